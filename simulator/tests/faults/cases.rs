//! A case of the table: which fault, what is asked, and what an answer has to be.

use serde_json::{Value, json};
use servicenow_simulator::{Answer, Instance, Request};

use crate::common::*;

pub const HEALTH: &str = "/api/x_elas2_inc_int/elastic_api/health";
pub const CHOICES: &str = "/api/now/table/sys_choice";

pub struct Case {
    pub number: u8,
    /// Where the fact sheet tells the answer.
    pub source: &'static str,
    /// The rule, but for the fault.
    pub rule: Value,
    pub ask: fn() -> Request,
    pub expect: fn(&Answer, &mut Instance),
}

pub fn case(
    number: u8,
    source: &'static str,
    rule: Value,
    ask: fn() -> Request,
    expect: fn(&Answer, &mut Instance),
) -> Case {
    Case { number, source, rule, ask, expect }
}

pub fn inject(instance: &mut Instance, rule: Value) -> u64 {
    instance.inject(serde_json::from_value(rule).unwrap()).unwrap()
}

/// An instance with three incidents; the second one's correlation ID is `known`.
pub fn populated() -> Instance {
    let mut instance = instance();
    for (text, id) in [("one", "first"), ("two", "known"), ("three", "third")] {
        import(&mut instance, &json!({ "u_short_description": text, "u_correlation_id": id }));
    }
    instance
}

pub fn known(instance: &Instance) -> std::collections::BTreeMap<&'static str, String> {
    let mut rows = instance.incidents();
    rows.find(|incident| incident.fields["correlation_id"] == "known").unwrap().fields
}

pub fn row() -> Request {
    row_with("u_short_description", "changed")
}

pub fn row_with(name: &str, value: &str) -> Request {
    request("POST", IMPORT, &json!({ "u_correlation_id": "known", name: value }).to_string())
}

pub fn health() -> Request {
    request("GET", HEALTH, "")
}

pub fn list() -> Request {
    request("GET", INCIDENT, "")
}

pub fn query() -> Request {
    request("GET", &format!("{INCIDENT}?sysparm_query=correlation_id=known"), "")
}

pub fn token() -> Request {
    token_request(&claims())
}

pub fn is_401(answer: &Answer, _: &mut Instance) {
    assert_eq!(answer.status, 401);
    assert_eq!(answer.header("WWW-Authenticate"), Some("BASIC realm=\"Service-now\""));
    let error = json!({
        "message": "User Not Authenticated", "detail": "Required to provide Auth information"
    });
    assert_eq!(body(answer), json!({ "error": error, "status": "failure" }));
}

pub fn is_denied(answer: &Answer, _: &mut Instance) {
    assert_eq!(answer.status, 401);
    let denial = json!({ "error_description": "access_denied", "error": "server_error" });
    assert_eq!(body(answer), denial);
}

pub fn is_hibernating(answer: &Answer, _: &mut Instance) {
    assert_eq!((answer.status, answer.header("Content-Type")), (200, Some("text/html")));
    assert!(answer.body.contains("<title>Instance Hibernating page</title>"));
    assert!(answer.body.contains("Your instance is hibernating"));
    assert_eq!(answer.body.len(), 5900);
    assert_eq!(answer.header("Server"), Some("snow_adc"));
    assert_eq!(answer.header("Set-Cookie"), None);
    assert_eq!(answer.header("X-Transaction-ID"), None);
}

pub fn refusal(answer: &Answer, status: u16, message: &str, detail: &Value) {
    assert_eq!(answer.status, status);
    assert_eq!(body(answer)["error"], json!({ "message": message, "detail": detail }));
    assert_eq!(body(answer)["status"], "failure");
}

/// The one entry of an import.
pub fn entry(answer: &Answer, status: &str) -> Value {
    assert_eq!(answer.status, 201, "{}", answer.body);
    let body = body(answer);
    assert!(body["import_set"].as_str().unwrap().starts_with("ISET"));
    assert_eq!(body["staging_table"], "x_elas2_inc_int_elastic_incident");
    assert_eq!(body["result"].as_array().unwrap().len(), 1);
    assert_eq!(body["result"][0]["status"], status);
    body["result"][0].clone()
}

pub fn rows(answer: &Answer) -> usize {
    assert_eq!(answer.status, 200, "{}", answer.body);
    body(answer)["result"].as_array().unwrap().len()
}

pub fn is_untouched(instance: &Instance) {
    assert_eq!(known(instance)["short_description"], "two");
}

pub fn is_changed(instance: &Instance) {
    assert_eq!(known(instance)["short_description"], "changed");
}

pub fn is_gone(answer: &Answer, _: &mut Instance) {
    let detail = json!("Record doesn't exist or ACL restricts the record retrieval");
    refusal(answer, 404, "No Record found", &detail);
}
