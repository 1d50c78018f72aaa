//! Faults of what is read, of limits, outages and the line (28 to 53).

use serde_json::{Value, json};
use servicenow_simulator::{Coding, End};

use crate::cases::*;
use crate::common::*;

pub fn reads() -> Vec<Case> {
    vec![
        case(28, "2.4", json!({}), || request("GET", &format!("{INCIDENT}/x"), ""), is_gone),
        case(
            29,
            "2.1",
            json!({}),
            || request("GET", &format!("{INCIDENT}?sysparm_query=number=x"), ""),
            is_gone,
        ),
        case(30, "2.4", json!({}), list, |answer, _| {
            assert_eq!((rows(answer), answer.header("X-Total-Count")), (0, Some("3")));
        }),
        case(
            31,
            "2.2",
            json!({}),
            || request("GET", &format!("{INCIDENT}?sysparm_limit=2"), ""),
            |answer, _| {
                assert_eq!((rows(answer), answer.header("X-Total-Count")), (1, Some("3")));
                assert!(answer.header("Link").unwrap().contains("rel=\"next\""));
            },
        ),
        case(32, "3.2", json!({}), query, |answer, _| assert_eq!(rows(answer), 3)),
        case(
            32,
            "3.2",
            json!({ "column": "correlation_id" }),
            || {
                let query = "correlation_id=known^short_description=one^ORDERBYDESCnumber";
                request("GET", &format!("{INCIDENT}?sysparm_query={query}"), "")
            },
            |answer, _| {
                assert_eq!(body(answer)["result"][0]["short_description"], "one");
                assert_eq!(rows(answer), 1);
            },
        ),
        case(33, "2.4", json!({}), query, |answer, _| {
            let detail = json!("Field(s) present in the query do not have permission to be read");
            refusal(answer, 403, "Insufficient rights to query records", &detail);
        }),
        case(34, "3.3", json!({}), query, |answer, _| assert_eq!(rows(answer), 3)),
        case(35, "2.5", json!({}), list, |answer, _| {
            let link = answer.header("Link").unwrap();
            assert!(link.contains("?sysparm_offset=-1>;rel=\"prev\""), "{link}");
            assert!(link.starts_with("<http://127.0.0.1:1234/api/"), "{link}");
        }),
        case(
            35,
            "2.5",
            json!({ "variant": "no-link" }),
            || request("GET", &format!("{INCIDENT}?sysparm_limit=1"), ""),
            |answer, _| assert_eq!(answer.header("Link"), None),
        ),
        case(35, "2.5", json!({ "variant": "no-count" }), list, |answer, _| {
            assert_eq!((rows(answer), answer.header("X-Total-Count")), (3, None));
        }),
        case(47, "2.4", json!({}), list, |answer, _| {
            refusal(answer, 400, "Invalid table incident", &Value::Null);
        }),
        case(
            48,
            "5",
            json!({}),
            || request("GET", CHOICES, ""),
            |answer, _| {
                assert_eq!(rows(answer), 0);
            },
        ),
        case(
            48,
            "5",
            json!({ "variant": "forbidden" }),
            || request("GET", CHOICES, ""),
            |answer, _| assert_eq!(answer.status, 403),
        ),
    ]
}

pub fn outages() -> Vec<Case> {
    vec![
        case(36, "8.1", json!({ "retryAfter": 7 }), list, |answer, _| {
            let detail = json!("Rate limit of 100 requests per hour for Table API exceeded");
            refusal(answer, 429, "Rate limit exceeded", &detail);
            assert_eq!(answer.header("Retry-After"), Some("7"));
            assert_eq!(answer.header("X-RateLimit-Limit"), Some("100"));
            let reset = (NOW / 1000 + 7).to_string();
            assert_eq!(answer.header("X-RateLimit-Reset"), Some(&*reset));
            assert_eq!(answer.header("X-RateLimit-Rule").unwrap().len(), 32);
        }),
        case(37, "8.2", json!({}), list, |answer, _| {
            assert_eq!((answer.status, answer.header("Content-Type")), (429, Some("text/html")));
            assert!(answer.body.contains("Too Many Requests with code: 429"));
            assert_eq!(answer.header("Retry-After"), None);
        }),
        case(38, "8.2", json!({}), row, |answer, instance| {
            assert_eq!((answer.status, answer.body.as_str()), (202, ""));
            is_untouched(instance);
        }),
        case(39, "8.3", json!({}), list, |answer, _| {
            assert_eq!(rows(answer), 1);
            let message = "Transaction cancelled: maximum execution time exceeded";
            assert_eq!(body(answer)["error"]["message"], message);
            assert_eq!(body(answer)["status"], "failure");
        }),
        case(39, "8.3", json!({ "variant": "truncated" }), row, |answer, instance| {
            assert_eq!(answer.status, 200);
            assert!(serde_json::from_str::<Value>(&answer.body).is_err());
            is_changed(instance);
        }),
        case(40, "12", json!({}), row, |answer, instance| {
            assert_eq!(
                (answer.status, answer.line.delay, answer.line.end),
                (201, 61_000, End::Whole)
            );
            is_changed(instance);
        }),
        case(40, "12", json!({ "variant": "never", "delay": 0 }), row, |answer, instance| {
            assert_eq!((answer.line.delay, answer.line.end), (0, End::Never));
            is_changed(instance);
        }),
        case(41, "8.3", json!({}), row, |answer, instance| {
            assert_eq!((answer.status, answer.line.delay), (500, 300_000));
            assert_eq!(answer.header("Content-Type"), Some("text/html"));
            is_changed(instance);
        }),
        case(42, "12", json!({ "length": 5 }), row, |answer, instance| {
            assert_eq!((answer.line.end, answer.line.after), (End::CutOff, Some(5)));
            is_changed(instance);
        }),
        case(
            42,
            "12",
            json!({ "variant": "reset", "committed": false }),
            row,
            |answer, instance| {
                assert_eq!((answer.line.end, answer.line.after), (End::Reset, None));
                is_untouched(instance);
            },
        ),
        case(43, "8.4", json!({}), row, |answer, instance| {
            is_hibernating(answer, instance);
            is_untouched(instance);
        }),
        case(44, "8.4", json!({}), list, |answer, _| {
            assert_eq!((answer.status, answer.header("Content-Type")), (200, Some("text/html")));
            assert!(answer.body.contains("<title>Sign In | ServiceNow</title>"));
        }),
        case(44, "8.4", json!({ "variant": "redirect" }), list, |answer, _| {
            let location = Some("/session_timeout.do");
            assert_eq!((answer.status, answer.header("Location")), (302, location));
        }),
        case(45, "8.4", json!({}), row, |answer, instance| {
            assert_eq!((answer.status, answer.body.len()), (502, 555));
            assert_eq!(answer.header("Server"), Some("snow_adc"));
            is_untouched(instance);
        }),
        case(45, "8.4", json!({ "variant": "nginx-502" }), list, |answer, _| {
            assert_eq!((answer.status, answer.body.len()), (502, 166));
            assert_eq!(answer.header("Server"), Some("nginx"));
            assert!(answer.body.contains("<title>502 Bad Gateway</title>"));
        }),
        case(45, "12", json!({ "variant": "504", "committed": true }), row, |answer, instance| {
            assert_eq!(answer.status, 504);
            is_changed(instance);
        }),
        case(46, "2.4", json!({}), row, |answer, instance| {
            let detail = json!(
                "Rejected large REST payload with content-length = 10485761 bytes. \
                 Max allowed: 10485760 bytes."
            );
            refusal(answer, 400, "Exception while reading request", &detail);
            is_untouched(instance);
        }),
        case(51, "0", json!({}), list, |answer, _| {
            assert_eq!((rows(answer), answer.line.coding), (3, Coding::Gzip));
        }),
        case(51, "12", json!({ "variant": "bomb", "length": 9 }), list, |answer, _| {
            assert_eq!((answer.line.coding, answer.line.padding), (Coding::Gzip, 9));
        }),
        case(53, "12", json!({}), list, |answer, _| {
            assert_eq!(answer.status, 302);
            let location = format!("https://elsewhere.example.com{INCIDENT}");
            assert_eq!(answer.header("Location"), Some(&*location));
        }),
    ]
}
