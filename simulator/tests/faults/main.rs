//! Every fault of the fault table: what is asked, what the answer looks like, and where the fact
//! sheet (servicenow-instance.md) says so. The cases are in `writes` and `reads`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::too_many_lines)]

mod cases;
#[path = "../common/mod.rs"]
mod common;
mod reads;
mod writes;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cases::*;
use common::*;
use serde_json::json;
use servicenow_simulator::faults::catalogue;
use servicenow_simulator::{Certificate, Instance, Request};

/// Those that one request cannot show; each has a test of its own.
const ELSEWHERE: [u8; 5] = [4, 14, 49, 50, 52];

#[test]
fn every_fault_gives_the_answer_of_the_fact_sheet() {
    let cases =
        [writes::signing_in(), writes::imports(), reads::reads(), reads::outages()].concat_all();
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
