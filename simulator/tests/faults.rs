//! Every fault of the fault table: what is asked, what the answer looks like, and where the fact
//! sheet (servicenow-instance.md) says so.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::too_many_lines)]

mod common;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use common::*;
use serde_json::{Value, json};
use servicenow_simulator::faults::catalogue;
use servicenow_simulator::{Answer, Certificate, Coding, End, Instance, Request};

const HEALTH: &str = "/api/x_elas2_inc_int/elastic_api/health";
const CHOICES: &str = "/api/now/table/sys_choice";

struct Case {
    number: u8,
    /// Where the fact sheet tells the answer.
    source: &'static str,
    /// The rule, but for the fault.
    rule: Value,
    ask: fn() -> Request,
    expect: fn(&Answer, &mut Instance),
}

fn case(
    number: u8,
    source: &'static str,
    rule: Value,
    ask: fn() -> Request,
    expect: fn(&Answer, &mut Instance),
) -> Case {
    Case { number, source, rule, ask, expect }
}

fn inject(instance: &mut Instance, rule: Value) -> u64 {
    instance.inject(serde_json::from_value(rule).unwrap()).unwrap()
}

/// An instance with three incidents; the second one's correlation ID is `known`.
fn populated() -> Instance {
    let mut instance = instance();
    for (text, id) in [("one", "first"), ("two", "known"), ("three", "third")] {
        import(&mut instance, &json!({ "u_short_description": text, "u_correlation_id": id }));
    }
    instance
}

fn known(instance: &Instance) -> std::collections::BTreeMap<&'static str, String> {
    let mut rows = instance.incidents();
    rows.find(|incident| incident.fields["correlation_id"] == "known").unwrap().fields
}

fn row() -> Request {
    row_with("u_short_description", "changed")
}

fn row_with(name: &str, value: &str) -> Request {
    request("POST", IMPORT, &json!({ "u_correlation_id": "known", name: value }).to_string())
}

fn health() -> Request {
    request("GET", HEALTH, "")
}

fn list() -> Request {
    request("GET", INCIDENT, "")
}

fn query() -> Request {
    request("GET", &format!("{INCIDENT}?sysparm_query=correlation_id=known"), "")
}

fn token() -> Request {
    token_request(&claims())
}

fn is_401(answer: &Answer, _: &mut Instance) {
    assert_eq!(answer.status, 401);
    assert_eq!(answer.header("WWW-Authenticate"), Some("BASIC realm=\"Service-now\""));
    let error = json!({
        "message": "User Not Authenticated", "detail": "Required to provide Auth information"
    });
    assert_eq!(body(answer), json!({ "error": error, "status": "failure" }));
}

fn is_denied(answer: &Answer, _: &mut Instance) {
    assert_eq!(answer.status, 401);
    let denial = json!({ "error_description": "access_denied", "error": "server_error" });
    assert_eq!(body(answer), denial);
}

fn is_hibernating(answer: &Answer, _: &mut Instance) {
    assert_eq!((answer.status, answer.header("Content-Type")), (200, Some("text/html")));
    assert!(answer.body.contains("<title>Instance Hibernating page</title>"));
    assert!(answer.body.contains("Your instance is hibernating"));
    assert_eq!(answer.body.len(), 5900);
    assert_eq!(answer.header("Server"), Some("snow_adc"));
    assert_eq!(answer.header("Set-Cookie"), None);
    assert_eq!(answer.header("X-Transaction-ID"), None);
}

fn refusal(answer: &Answer, status: u16, message: &str, detail: &Value) {
    assert_eq!(answer.status, status);
    assert_eq!(body(answer)["error"], json!({ "message": message, "detail": detail }));
    assert_eq!(body(answer)["status"], "failure");
}

/// The one entry of an import.
fn entry(answer: &Answer, status: &str) -> Value {
    assert_eq!(answer.status, 201, "{}", answer.body);
    let body = body(answer);
    assert!(body["import_set"].as_str().unwrap().starts_with("ISET"));
    assert_eq!(body["staging_table"], "x_elas2_inc_int_elastic_incident");
    assert_eq!(body["result"].as_array().unwrap().len(), 1);
    assert_eq!(body["result"][0]["status"], status);
    body["result"][0].clone()
}

fn rows(answer: &Answer) -> usize {
    assert_eq!(answer.status, 200, "{}", answer.body);
    body(answer)["result"].as_array().unwrap().len()
}

fn is_untouched(instance: &Instance) {
    assert_eq!(known(instance)["short_description"], "two");
}

fn is_changed(instance: &Instance) {
    assert_eq!(known(instance)["short_description"], "changed");
}

fn signing_in() -> Vec<Case> {
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

fn imports() -> Vec<Case> {
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

fn reads() -> Vec<Case> {
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

fn is_gone(answer: &Answer, _: &mut Instance) {
    let detail = json!("Record doesn't exist or ACL restricts the record retrieval");
    refusal(answer, 404, "No Record found", &detail);
}

fn outages() -> Vec<Case> {
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

/// Those that one request cannot show; each has a test of its own.
const ELSEWHERE: [u8; 5] = [4, 14, 49, 50, 52];

#[test]
fn every_fault_gives_the_answer_of_the_fact_sheet() {
    let cases = [signing_in(), imports(), reads(), outages()].concat_all();
    for Case { number, source, rule, ask, expect } in &cases {
        let mut instance = populated();
        let mut whole = rule.clone();
        whole["fault"] = json!(number);
        inject(&mut instance, whole);
        let answer = instance.handle(&ask());
        println!("fault {number} {rule}, servicenow-instance.md {source}");
        expect(&answer, &mut instance);
        assert_eq!(instance.fault_rules()[0].happened, 1, "fault {number}");
    }
    let mut numbers: Vec<u8> = cases.iter().map(|case| case.number).chain(ELSEWHERE).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers, (1..=53).collect::<Vec<u8>>());
}

/// `concat` for what cannot be cloned.
trait ConcatAll {
    fn concat_all(self) -> Vec<Case>;
}

impl<const N: usize> ConcatAll for [Vec<Case>; N] {
    fn concat_all(self) -> Vec<Case> {
        self.into_iter().flatten().collect()
    }
}

#[test]
fn the_catalogue_has_a_line_for_each_fault() {
    let numbers: Vec<u8> = catalogue().map(|facts| facts.number).collect();
    assert_eq!(numbers, (1..=53).collect::<Vec<u8>>());
    for facts in catalogue() {
        let named: servicenow_simulator::Fault =
            serde_json::from_value(json!(facts.fault.id())).unwrap();
        let numbered: servicenow_simulator::Fault =
            serde_json::from_value(json!(facts.number)).unwrap();
        assert_eq!((named, numbered), (facts.fault, facts.fault));
    }
}

/// Fault 4.
#[test]
fn an_access_token_ends_and_the_next_one_is_another() {
    let mut instance = instance();
    let sign_in = |instance: &mut Instance| {
        let answer = instance.handle(&token());
        format!("Bearer {}", body(&answer)["access_token"].as_str().unwrap())
    };
    let first = sign_in(&mut instance);
    inject(&mut instance, json!({ "fault": "token-expired", "times": 1 }));
    assert_eq!(instance.handle(&list()).status, 200, "Basic is not concerned");
    let answer = instance.handle(&with(list(), "Authorization", &first));
    is_401(&answer, &mut instance);
    assert_eq!(instance.handle(&with(list(), "Authorization", &first)).status, 401);
    let second = sign_in(&mut instance);
    assert_ne!(second, first);
    assert_eq!(instance.handle(&with(list(), "Authorization", &second)).status, 200);
}

/// Fault 14.
#[test]
fn without_a_cors_rule_the_answer_lacks_one_header() {
    let mut instance = Instance::new(servicenow_simulator::Setup {
        cors_rules: vec![
            serde_json::from_value(json!({ "domain": "https://kibana.example.com" })).unwrap(),
        ],
        ..setup()
    })
    .unwrap();
    let ask = || with(health(), "Origin", "https://kibana.example.com");
    let header = "Access-Control-Allow-Origin";
    assert!(instance.handle(&ask()).header(header).is_some());
    inject(&mut instance, json!({ "fault": 14 }));
    let answer = instance.handle(&ask());
    assert_eq!((answer.status, answer.header(header)), (200, None));
    assert_eq!(body(&answer)["result"]["name"], "Elastic");
    let preflight = with(ask(), "Access-Control-Request-Method", "GET");
    let preflight = Request { method: "OPTIONS".into(), ..preflight };
    assert_eq!(instance.handle(&preflight).header(header), None);
}

/// Fault 49.
#[test]
fn a_batch_is_left_unfinished() {
    let mut instance = instance();
    let part = |id: &str| {
        let body = STANDARD.encode(format!(r#"{{"short_description":"{id}"}}"#));
        let headers = json!([
            { "name": "Content-Type", "value": "application/json" },
            { "name": "Accept", "value": "application/json" },
        ]);
        json!({ "id": id, "method": "POST", "url": INCIDENT, "headers": headers, "body": body })
    };
    let batch =
        json!({ "batch_request_id": "b", "rest_requests": [part("1"), part("2"), part("3")] });
    let ask = || request("POST", "/api/now/v1/batch", &batch.to_string());
    inject(&mut instance, json!({ "fault": "batch-unserviced", "times": 1 }));
    let answer = instance.handle(&ask());
    assert_eq!(answer.status, 200);
    assert_eq!(body(&answer)["serviced_requests"].as_array().unwrap().len(), 1);
    assert_eq!(body(&answer)["unserviced_requests"], json!(["2", "3"]));
    assert_eq!(instance.incident_count(), 1);
    assert_eq!(body(&instance.handle(&ask()))["unserviced_requests"], json!([]));
    assert_eq!(instance.incident_count(), 4);
}

/// Fault 50.
#[test]
fn the_first_read_after_a_write_finds_nothing_or_what_was_there_before() {
    let mut instance = populated();
    let id = known(&instance)["sys_id"].clone();
    let path = format!("{INCIDENT}/{id}");
    inject(&mut instance, json!({ "fault": "read-after-write" }));
    assert_eq!(get(&mut instance, &path).status, 200, "nothing was written");
    instance.handle(&row());
    is_gone(&get(&mut instance, &path), &mut populated());
    assert_eq!(get(&mut instance, &path).status, 200);

    instance.clear_faults();
    inject(&mut instance, json!({ "fault": "read-after-write", "variant": "stale" }));
    instance.handle(&row_with("u_short_description", "again"));
    let mut text = || body(&get(&mut instance, &path))["result"]["short_description"].clone();
    assert_eq!((text(), text()), (json!("changed"), json!("again")));

    let new = import(&mut instance, &json!({ "u_correlation_id": "new" }));
    let path = format!("{INCIDENT}/{}", new["sys_id"].as_str().unwrap());
    assert_eq!(get(&mut instance, &path).status, 404, "it was not there before");
    assert_eq!(get(&mut instance, &path).status, 200);
}

/// Fault 52.
#[test]
fn a_connection_is_shown_a_bad_certificate() {
    let mut instance = instance();
    assert_eq!(instance.handshake(), Certificate::Good);
    inject(&mut instance, json!({ "fault": 52, "nth": 2 }));
    let id = inject(&mut instance, json!({ "fault": 52, "variant": "other-host", "from": 3 }));
    let shown: Vec<_> = (0..3).map(|_| instance.handshake()).collect();
    assert_eq!(shown, [Certificate::Good, Certificate::Expired, Certificate::OtherHost]);
    assert_eq!(instance.handle(&list()).status, 200, "requests are not concerned");
    assert!(instance.remove_fault(id));
    assert_eq!(instance.handshake(), Certificate::Good);
}
