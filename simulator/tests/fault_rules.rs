//! When faults happen: conditions, counts, chance, and rules that act together.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::*;
use serde_json::{Value, json};
use servicenow_simulator::{Coding, End, FaultRule, Instance, Setup, User};

const HEALTH: &str = "/api/x_elas2_inc_int/elastic_api/health";

fn inject(instance: &mut Instance, rule: Value) -> u64 {
    instance.inject(serde_json::from_value(rule).unwrap()).unwrap()
}

/// The statuses of so many equal requests.
fn statuses(instance: &mut Instance, target: &str, count: usize) -> Vec<u16> {
    (0..count).map(|_| get(instance, target).status).collect()
}

fn two_users() -> Setup {
    Setup {
        users: vec![User::new("elastic", "changeme"), User::new("bea", "b")],
        seed: 7,
        ..setup()
    }
}

#[test]
fn a_rule_is_for_a_path_in_whole_parts_or_for_a_pattern() {
    for (path, hit, missed) in [
        ("/api/now", "/api/now/v2/table/incident", "/api/nowhere"),
        ("/api/now/table/inc", "/api/now/table/inc/x", "/api/now/table/incident"),
        ("/api/now/*/incident", "/api/now/v2/table/incident", "/api/now/table/incident/x"),
        ("*/incident/*", "/api/now/table/incident/x", "/api/now/table/incident"),
        ("/oauth_token.do", "/oauth_token.do?x=1", "/api/now/table/incident"),
        ("/", "/anything", ""),
    ] {
        let mut instance = instance();
        inject(&mut instance, json!({ "fault": "hibernating", "path": path }));
        assert!(get(&mut instance, hit).body.contains("hibernating"), "{path} {hit}");
        if !missed.is_empty() {
            assert!(!get(&mut instance, missed).body.contains("hibernating"), "{path} {missed}");
        }
    }
}

#[test]
fn a_rule_is_for_methods_and_for_a_user() {
    let mut instance = Instance::new(two_users()).unwrap();
    inject(&mut instance, json!({ "fault": 37, "methods": ["post", "PATCH"], "user": "bea" }));
    let mut status = |method: &str, user: &str, password: &str| {
        let ask = request(method, INCIDENT, "{}");
        instance.handle(&with(ask, "Authorization", &basic(user, password))).status
    };
    assert_eq!(status("POST", "bea", "b"), 429);
    assert_eq!(status("GET", "bea", "b"), 200);
    assert_eq!(status("POST", "elastic", "changeme"), 201);
    assert_eq!(status("POST", "bea", "wrong"), 401);
}

#[test]
fn a_rule_is_for_some_of_the_calls_that_fulfil_it() {
    for (rule, expected) in [
        (json!({ "nth": 3 }), [200, 200, 429, 200, 200, 200]),
        (json!({ "to": 1 }), [429, 200, 200, 200, 200, 200]),
        (json!({ "from": 2, "to": 4 }), [200, 429, 429, 429, 200, 200]),
        (json!({ "every": 2 }), [200, 429, 200, 429, 200, 429]),
        (json!({ "from": 2, "every": 2 }), [200, 200, 429, 200, 429, 200]),
        (json!({ "times": 2 }), [429, 429, 200, 200, 200, 200]),
        (json!({ "every": 2, "times": 1 }), [200, 429, 200, 200, 200, 200]),
        (json!({ "probability": 0 }), [200; 6]),
        (json!({ "probability": 1 }), [429; 6]),
    ] {
        let mut instance = instance();
        let mut whole = rule.clone();
        whole["fault"] = json!("rate-limited");
        whole["path"] = json!("/api/now/v2");
        inject(&mut instance, whole);
        let mut seen = Vec::new();
        for _ in 0..6 {
            assert_eq!(get(&mut instance, HEALTH).status, 200, "it does not count");
            seen.push(get(&mut instance, INCIDENT).status);
        }
        assert_eq!(seen, expected, "{rule}");
        let happened = expected.iter().filter(|status| **status == 429).count();
        let active = &instance.fault_rules()[0];
        assert_eq!((active.matched, active.happened), (6, happened as u64));
    }
}

#[test]
fn chance_comes_from_the_seed() {
    let series = |seed| {
        let mut instance = Instance::new(Setup { seed, ..setup() }).unwrap();
        inject(&mut instance, json!({ "fault": 37, "probability": 0.3 }));
        inject(&mut instance, json!({ "fault": "edge-error", "probability": 0.3 }));
        statuses(&mut instance, INCIDENT, 200)
    };
    assert_eq!(series(1), series(1));
    assert_ne!(series(1), series(2));
    let often = |status: u16| series(1).iter().filter(|other| **other == status).count();
    assert!((40..80).contains(&often(429)), "{}", often(429));
    assert!((25..65).contains(&often(502)), "two rules do not draw alike: {}", often(502));
}

#[test]
fn of_rules_that_give_the_answer_the_first_does_and_the_others_wait() {
    let mut instance = instance();
    inject(&mut instance, json!({ "fault": "rate-limited", "times": 2 }));
    inject(&mut instance, json!({ "fault": "hibernating", "times": 1 }));
    inject(&mut instance, json!({ "fault": "edge-error", "variant": "503" }));
    assert_eq!(statuses(&mut instance, INCIDENT, 4), [429, 429, 200, 503]);
}

#[test]
fn a_changed_request_an_error_and_a_bad_line_come_together() {
    let mut instance = instance();
    inject(&mut instance, json!({ "fault": "value-cut", "column": "u_description", "length": 3 }));
    inject(&mut instance, json!({ "fault": "slow", "delay": 40 }));
    inject(&mut instance, json!({ "fault": "gzip" }));
    inject(&mut instance, json!({ "fault": "cut-off", "delay": 2, "length": 10 }));
    inject(&mut instance, json!({ "fault": "slow", "variant": "never", "delay": 0 }));
    inject(&mut instance, json!({ "fault": "edge-error", "committed": true }));
    let answer = instance.handle(&request("POST", IMPORT, r#"{"u_description":"abcdef"}"#));
    assert_eq!(answer.status, 502);
    let line = answer.line;
    assert_eq!((line.delay, line.coding, line.end), (42, Coding::Gzip, End::CutOff));
    assert_eq!(instance.incidents().next().unwrap().fields["description"], "abc");
    assert_eq!(notes(&instance).len(), 6);
}

#[test]
fn a_write_is_carried_out_only_if_no_rule_keeps_the_instance_from_it() {
    for (rules, count) in [
        (vec![json!({ "fault": "cut-off" })], 1),
        (vec![json!({ "fault": "cut-off", "committed": false })], 0),
        (vec![json!({ "fault": "cut-off" }), json!({ "fault": "edge-error" })], 0),
        (vec![json!({ "fault": "rate-limited", "committed": true })], 1),
    ] {
        let mut instance = instance();
        for rule in rules {
            inject(&mut instance, rule);
        }
        instance.handle(&request("POST", IMPORT, r#"{"u_description":"a"}"#));
        assert_eq!(instance.incident_count(), count);
    }
}

#[test]
fn whoever_has_not_signed_in_is_told_so_before_any_fault_of_the_instance() {
    let mut instance = instance();
    inject(&mut instance, json!({ "fault": "import-error" }));
    let ask = request("POST", IMPORT, "{}");
    assert_eq!(instance.handle(&without(ask, "Authorization")).status, 401);
    assert_eq!(instance.fault_rules()[0].matched, 0);
}

#[test]
fn rules_are_listed_removed_and_cleared() {
    let mut instance = instance();
    let first = inject(&mut instance, json!({ "fault": 43 }));
    let second = inject(&mut instance, json!({ "fault": 45 }));
    let ids = |instance: &Instance| -> Vec<u64> {
        instance.fault_rules().iter().map(|active| active.id).collect()
    };
    assert_eq!(ids(&instance), [first, second]);
    assert!(instance.remove_fault(first));
    assert!(!instance.remove_fault(first));
    assert_eq!(ids(&instance), [second]);
    instance.clear_faults();
    assert_eq!(get(&mut instance, INCIDENT).status, 200);
    assert!(inject(&mut instance, json!({ "fault": 43 })) > second, "an ID is used once");
}

#[test]
fn the_journal_tells_which_fault_happened() {
    let mut instance = instance();
    inject(&mut instance, json!({ "fault": 43, "times": 1 }));
    statuses(&mut instance, INCIDENT, 2);
    let notes: Vec<_> = instance.requests().map(|entry| entry.notes.clone()).collect();
    assert_eq!(notes, [vec!["fault 43 hibernating, rule 1".to_owned()], vec![]]);
}

#[test]
fn a_rule_that_cannot_be_is_refused_with_the_name_of_the_field() {
    for (rule, text) in [
        (json!({ "fault": "nonsense" }), "the name of a fault"),
        (json!({ "fault": 54 }), "1 to 53"),
        (json!({ "fault": 43, "colour": 1 }), "colour"),
        (json!({ "fault": 43, "path": "api" }), "path must begin with /"),
        (json!({ "fault": 43, "path": "/api?x" }), "path"),
        (json!({ "fault": 43, "methods": [""] }), "methods"),
        (json!({ "fault": 43, "nth": 0 }), "nth counts from 1"),
        (json!({ "fault": 43, "nth": 1, "every": 2 }), "nth is one call"),
        (json!({ "fault": 43, "from": 3, "to": 2 }), "to must not be less than from"),
        (json!({ "fault": 43, "times": 0 }), "times counts from 1"),
        (json!({ "fault": 43, "to": 1_u64 << 53 }), "to must be at most 4294967295"),
        (json!({ "fault": 43, "probability": 1.5 }), "probability must be from 0 to 1"),
        (json!({ "fault": 43, "retryAfter": 1 }), "retryAfter: hibernating takes none"),
        (json!({ "fault": 43, "variant": "deep" }), "variant: hibernating has none"),
        (json!({ "fault": 45, "variant": "505" }), "502, 503, 504, nginx-502"),
        (json!({ "fault": 43, "delay": 3_600_001 }), "delay must be at most"),
        (json!({ "fault": 24, "column": "a^b" }), "column must be the name of a column"),
        (json!({ "fault": 24, "committed": true }), "committed: column-dropped takes none"),
        (json!({ "fault": 53, "location": "a\nb" }), "location must be an address"),
        (json!({ "fault": 52, "path": "/" }), "certificate-bad happens before"),
    ] {
        let read = serde_json::from_value::<FaultRule>(rule.clone());
        let error = match read {
            Ok(rule) => instance().inject(rule).unwrap_err().to_string(),
            Err(error) => error.to_string(),
        };
        assert!(error.contains(text), "{rule}: {error}");
    }
}

#[test]
fn whatever_comes_in_while_faults_are_in_force_an_answer_goes_out() {
    let bodies = [
        "",
        "{",
        "[]",
        "[{\"u_correlation_id\":\"a\"}]",
        "null",
        "{\"u_correlation_id\":7,\"u_category\":[],\"u_state\":7}",
        "{\"correlation_id\":\"\u{e4}\u{1f600}\",\"category\":{},\"state\":\"7\"}",
        "{\"elastic_incident_id\":[],\"u_correlation_id\":\"\"}",
        "{\"rest_requests\":7}",
        "{\"rest_requests\":[7,{\"id\":1}]}",
    ];
    let targets = [
        IMPORT,
        INCIDENT,
        "/api/now/table/incident/x",
        "/api/now/v1/table/incident?sysparm_query=%FF^OR&sysparm_query=a",
        "/api/now/v2/table/incident?sysparm_query=^^NQ^ORDERBY&sysparm_offset=x&=&&",
        "/api/now/table",
        "/api/now/table/sys_choice?sysparm_limit=0",
        "/api/now/v1/batch",
        "/oauth_token.do?x",
        HEALTH,
        "//",
        "http://elsewhere",
        "",
    ];
    for facts in servicenow_simulator::faults::catalogue() {
        let variants = if facts.variants.is_empty() { &[""] } else { facts.variants };
        for variant in variants {
            let mut instance = instance();
            let mut rule = json!({ "fault": facts.number });
            if !variant.is_empty() {
                rule["variant"] = json!(variant);
            }
            inject(&mut instance, rule);
            for method in ["GET", "POST", "PATCH", "?"] {
                for target in targets {
                    let some = if method == "GET" { 1 } else { bodies.len() };
                    for body in &bodies[..some] {
                        let answer = instance.handle(&request(method, target, body));
                        assert!(
                            (100..600).contains(&answer.status),
                            "{rule_id}",
                            rule_id = facts.number
                        );
                    }
                }
            }
            let copy = Instance::load(&instance.save()).unwrap();
            assert_eq!(copy.fault_rules(), instance.fault_rules());
        }
    }
}
