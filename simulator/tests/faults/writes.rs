//! Faults of credentials, tokens, the application, and of what is written (1 to 27).

use serde_json::{Value, json};

use crate::cases::*;
use crate::common::*;

pub fn signing_in() -> Vec<Case> {
    vec![
        case(1, "0", json!({}), list, is_401),
        case(2, "6.4", json!({}), list, is_401),
        case(3, "6.4", json!({}), list, |answer, instance| {
            is_401(answer, instance);
            assert_eq!(answer.header("X-MFA_TOKEN"), Some("invalid"));
        }),
        case(5, "6.3", json!({}), token, is_denied),
        case(6, "6.3", json!({}), token, |answer, _| {
            assert_eq!((answer.status, &body(answer)["error"]), (401, &json!("invalid_client")));
        }),
        case(7, "6.3", json!({}), token, |answer, _| {
            let denial = json!({ "error": "invalid_grant", "error_description": "User not found" });
            assert_eq!(body(answer), denial);
        }),
        case(8, "6.3", json!({}), token, is_denied),
        case(9, "12", json!({}), token, |answer, instance| {
            is_denied(answer, instance);
            assert_eq!(answer.header("Date"), Some("Mon, 06 May 2024 07:18:09 GMT"));
        }),
        case(10, "8.4", json!({}), token, is_hibernating),
        case(11, "12", json!({}), token, |answer, _| {
            assert_eq!((answer.status, answer.body.as_str()), (200, "{}"));
        }),
        case(12, "7", json!({}), health, |answer, _| {
            let message = "Requested URI does not represent any resource";
            refusal(answer, 400, message, &Value::Null);
        }),
        case(12, "12", json!({}), row, |answer, instance| {
            let message = "Invalid table x_elas2_inc_int_elastic_incident";
            refusal(answer, 400, message, &Value::Null);
            is_untouched(instance);
        }),
        case(13, "7", json!({}), health, |answer, _| {
            let detail = json!("Failed API level ACL Validation");
            refusal(answer, 403, "User Not Authorized", &detail);
        }),
        case(13, "1.5", json!({ "path": "/api/now/import" }), row, |answer, instance| {
            assert_eq!(answer.status, 403);
            is_untouched(instance);
        }),
        case(15, "10", json!({}), row, |answer, instance| {
            let message = "com.glide.script.fencing.access.ScopeAccessNotGrantedException: \
                           read access to incident not granted";
            refusal(answer, 500, message, &json!(""));
            is_untouched(instance);
        }),
        case(15, "10", json!({ "text": "no" }), health, |answer, _| {
            refusal(answer, 500, "no", &json!(""));
        }),
    ]
}

pub fn imports() -> Vec<Case> {
    vec![
        case(16, "1.2", json!({}), row, |answer, instance| {
            let entry = entry(answer, "error");
            let text = "No transform entry or scripts are defined; Target record not found";
            assert_eq!(entry["error_message"], text);
            assert!(entry.get("sys_id").or(entry.get("record_link")).is_none());
            is_untouched(instance);
        }),
        case(17, "1.2", json!({}), row, |answer, instance| {
            let text = entry(answer, "error")["error_message"].as_str().unwrap().to_owned();
            let start = "Operation against file 'incident' was aborted by Business Rule '";
            assert!(text.starts_with(start) && text.contains("Business Rule Stack:"), "{text}");
            is_untouched(instance);
        }),
        case(
            17,
            "2.4",
            json!({ "text": "no" }),
            || request("POST", INCIDENT, "{}"),
            |answer, instance| {
                refusal(answer, 403, "Operation Failed", &json!("no"));
                assert_eq!(instance.incident_count(), 3);
            },
        ),
        case(
            18,
            "2.4",
            json!({}),
            || request("POST", INCIDENT, r#"{"state":7,"close_notes":"n"}"#),
            |answer, _| {
                let detail = json!(
                    "Data Policy Exception: The following fields are mandatory: Resolution code"
                );
                refusal(answer, 403, "Operation Failed", &detail);
            },
        ),
        case(
            18,
            "12",
            json!({}),
            || row_with("u_state", "7"),
            |answer, instance| {
                let text = entry(answer, "error")["error_message"].as_str().unwrap().to_owned();
                assert!(text.starts_with("Data Policy Exception:"));
                assert_eq!(known(instance)["state"], "1");
            },
        ),
        case(19, "1.2", json!({}), row, |answer, instance| {
            let entry = entry(answer, "ignored");
            assert_eq!(entry["status_message"], "No field values changed");
            assert_eq!(entry["sys_id"], known(instance)["sys_id"]);
            is_untouched(instance);
        }),
        case(20, "1.2", json!({}), row, |answer, instance| {
            let entry = entry(answer, "skipped");
            let text = "Unable to resolve target record, coalesce values not present";
            assert_eq!(entry["status_message"], text);
            assert!(entry.get("sys_id").is_none());
            is_untouched(instance);
        }),
        case(21, "12", json!({}), row, |answer, instance| {
            assert_eq!((answer.status, &body(answer)["result"]), (201, &json!([])));
            is_untouched(instance);
        }),
        case(22, "12", json!({}), row, |answer, instance| {
            let result = body(answer)["result"].clone();
            assert_eq!(
                (&result[0]["status"], &result[0]["table"]),
                (&json!("error"), &json!("task"))
            );
            let written = (&result[1]["status"], &result[1]["table"]);
            assert_eq!(written, (&json!("updated"), &json!("incident")));
            is_changed(instance);
        }),
        case(22, "12", json!({ "variant": "error-last" }), row, |answer, _| {
            assert_eq!(body(answer)["result"][1]["status"], "error");
        }),
        case(23, "1.3", json!({}), row, |answer, instance| {
            assert_eq!(entry(answer, "updated")["sys_id"], known(instance)["sys_id"]);
            let same = instance.incidents().filter(|row| row.fields["correlation_id"] == "known");
            let texts: Vec<_> = same.map(|row| row.fields["short_description"].clone()).collect();
            assert_eq!(texts, ["changed", "two"]);
        }),
        case(24, "1.4", json!({}), row, |answer, instance| {
            entry(answer, "inserted");
            is_untouched(instance);
            let last = instance.incidents().last().unwrap().fields;
            assert_eq!((&*last["short_description"], &*last["correlation_id"]), ("changed", ""));
        }),
        case(
            25,
            "1.4",
            json!({ "column": "short_description", "length": 4 }),
            row,
            |answer, instance| {
                entry(answer, "updated");
                assert_eq!(known(instance)["short_description"], "chan");
            },
        ),
        case(
            25,
            "4.6",
            json!({}),
            || request("POST", INCIDENT, &json!({ "correlation_id": "ä".repeat(41) }).to_string()),
            |answer, _| {
                assert_eq!(body(answer)["result"]["correlation_id"], "ä".repeat(40));
            },
        ),
        case(
            26,
            "12",
            json!({}),
            || row_with("u_category", "plumbing"),
            |answer, instance| {
                entry(answer, "updated");
                assert_eq!(known(instance)["category"], "");
            },
        ),
        case(
            26,
            "1.4",
            json!({ "variant": "created" }),
            || row_with("u_category", "plumbing"),
            |answer, instance| {
                entry(answer, "updated");
                assert_eq!(known(instance)["category"], "plumbing");
                let query = "sysparm_query=element=category^value=plumbing^inactive=false";
                assert_eq!(rows(&get(instance, &format!("{CHOICES}?{query}"))), 1);
            },
        ),
        case(
            26,
            "1.4",
            json!({ "variant": "skipped" }),
            || row_with("u_category", "plumbing"),
            |answer, instance| {
                entry(answer, "skipped");
                assert_eq!(known(instance)["category"], "inquiry");
            },
        ),
        case(27, "4.4", json!({}), row, |answer, instance| {
            entry(answer, "updated");
            is_changed(instance);
            assert_eq!((&*known(instance)["state"], &*known(instance)["active"]), ("7", "false"));
        }),
        case(27, "1.2", json!({ "variant": "aborted" }), row, |answer, instance| {
            let text = entry(answer, "error")["error_message"].as_str().unwrap().to_owned();
            assert!(text.contains("was aborted by Business Rule"));
            is_untouched(instance);
            assert_eq!(known(instance)["state"], "7");
        }),
    ]
}
