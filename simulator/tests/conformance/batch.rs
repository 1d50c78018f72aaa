//! 9. Batch API.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use servicenow_simulator::{Answer, Instance};

use crate::common::*;
use crate::{create, status};

const BATCH: &str = "/api/now/v1/batch";

fn batch(instance: &mut Instance, requests: &Value) -> Answer {
    let body = json!({ "batch_request_id": "b1", "rest_requests": requests });
    instance.handle(&request("POST", BATCH, &body.to_string()))
}

fn served(answer: &Answer, place: usize) -> (Value, Value) {
    let item = body(answer)["serviced_requests"][place].clone();
    let inner = STANDARD.decode(item["body"].as_str().unwrap()).unwrap();
    (item, serde_json::from_slice(&inner).unwrap_or_default())
}

#[test]
fn requests_in_a_batch_are_answered_one_by_one() {
    let mut instance = instance();
    let sys_id = create(&mut instance, &json!({}));
    let answer = batch(
        &mut instance,
        &json!([
            { "id": "1", "method": "GET", "url": format!("{INCIDENT}/{sys_id}"),
              "headers": [{ "name": "Accept", "value": "application/json" }] },
            { "id": 2, "method": "PATCH", "url": format!("{INCIDENT}/{sys_id}"),
              "body": STANDARD.encode(r#"{"state":"2"}"#), "exclude_response_headers": true },
            { "id": "3", "method": "GET", "url": "/api/now/table/u_other" },
            { "id": "4", "method": "DELETE", "url": format!("{INCIDENT}/{sys_id}") }
        ]),
    );
    status(200)
        .at("/batch_request_id", "b1")
        .at("/unserviced_requests", json!([]))
        .at("/serviced_requests/0/status_text", "OK")
        .at("/serviced_requests/1/headers", json!(null))
        .at("/serviced_requests/2/error_message", "Invalid table u_other")
        .check(&answer, "9");
    let statuses: Vec<(Value, Value)> = (0..4)
        .map(|place| served(&answer, place).0)
        .map(|item| (item["id"].clone(), item["status_code"].clone()))
        .collect();
    let expected = [("1", 200), ("2", 200), ("3", 400), ("4", 204)];
    assert_eq!(statuses, expected.map(|(id, status)| (json!(id), json!(status))), "9");
    assert_eq!(served(&answer, 0).1["result"]["sys_id"], sys_id, "9: bodies are base64");
    assert_eq!(served(&answer, 1).1["result"]["state"], "2", "9");
    let headers = served(&answer, 0).0["headers"].clone();
    let json = json!({ "name": "Content-Type", "value": "application/json;charset=UTF-8" });
    assert!(headers.as_array().unwrap().contains(&json), "9: {headers}");
    assert_eq!(instance.incident_count(), 0, "9");
}

#[test]
fn rights_and_limits_hold_for_each_request() {
    let mut instance = instance();
    create(&mut instance, &json!({ "description": "x".repeat(3000) }));
    instance.set_step("incident.write", false).unwrap();
    let write =
        json!([{ "id": "1", "method": "POST", "url": INCIDENT, "body": STANDARD.encode("{}") }]);
    assert_eq!(served(&batch(&mut instance, &write), 0).0["status_code"], 403, "9: ACLs");
    let large = STANDARD.encode(vec![b' '; (5 << 20) + 1]);
    let large = json!([{ "id": "1", "method": "POST", "url": INCIDENT, "body": large }]);
    assert_eq!(served(&batch(&mut instance, &large), 0).0["status_code"], 400, "9: 5 MB in");
    let read = json!({ "rest_requests": [{ "id": "1", "method": "GET", "url": INCIDENT }] });
    let read = request("POST", BATCH, &read.to_string());
    let answer = instance.handle(&with(read, "X-BATCHREQUEST-MAX-OUTPUT-SIZE", "2000"));
    assert_eq!(served(&answer, 0).0["status_code"], 500, "9: the output size");
    let inner =
        json!([{ "id": "1", "method": "POST", "url": BATCH, "body": STANDARD.encode("{}") }]);
    assert_eq!(served(&batch(&mut instance, &inner), 0).0["status_code"], 400);
    let many: Vec<Value> = (0..1001)
        .map(|id| json!({ "id": id.to_string(), "method": "GET", "url": "/api/now/other" }))
        .collect();
    let answer = batch(&mut instance, &json!(many));
    status(200).at("/unserviced_requests", json!(["1000"])).check(&answer, "9: what did not run");
}

#[test]
fn what_is_no_batch_is_refused() {
    for text in ["", "{}", r#"{"rest_requests":[{"id":"1"}]}"#] {
        status(400).check(&instance().handle(&request("POST", BATCH, text)), "9: required members");
    }
    status(405).check(&get(&mut instance(), BATCH), "9: only POST");
    let outer = without(request("POST", BATCH, "{}"), "Authorization");
    status(401).check(&instance().handle(&outer), "9");
}
