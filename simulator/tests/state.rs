//! A state that is saved and loaded: the instance goes on as if nothing had been.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::*;
use serde_json::{Value, json};
use servicenow_simulator::{Answer, CorsRule, Instance, Request, Setup};

fn inject(instance: &mut Instance, rule: Value) {
    instance.inject(serde_json::from_value(rule).unwrap()).unwrap();
}

/// A bit of everything that an instance remembers.
fn lived_in() -> Instance {
    let cors_rules: Vec<CorsRule> =
        vec![serde_json::from_value(json!({ "domain": "https://kibana.example.com" })).unwrap()];
    let mut instance = Instance::new(Setup { seed: 5, cors_rules, ..setup() }).unwrap();
    inject(&mut instance, json!({ "fault": "rate-limited", "every": 3, "times": 4 }));
    inject(&mut instance, json!({ "fault": "cut-off", "probability": 0.5 }));
    inject(&mut instance, json!({ "fault": "read-after-write", "variant": "stale" }));
    for request in requests() {
        instance.handle(&request);
    }
    instance.set_step("application", true).unwrap();
    instance.set_now(NOW + 3_600_000);
    instance
}

fn requests() -> Vec<Request> {
    let import = |id: &str, text: &str| {
        let row = json!({ "u_correlation_id": id, "u_work_notes": text, "u_cmdb_ci": text });
        request("POST", IMPORT, &row.to_string())
    };
    vec![
        token_request(&claims()),
        import("a", "one"),
        import("b", "two"),
        request("GET", INCIDENT, ""),
        import("a", "three"),
        request("GET", &format!("{INCIDENT}?sysparm_display_value=all"), ""),
        request("POST", INCIDENT, r#"{"state":"7","close_notes":"x"}"#),
        with(request("GET", "/api/x_elas2_inc_int/elastic_api/health", ""), "Origin", "x"),
        request("DELETE", &format!("{INCIDENT}/x"), ""),
        request("GET", "/api/now/table/sys_user?sysparm_query=ORDERBYname", ""),
        token_request(&claims()),
    ]
}

fn answers(instance: &mut Instance) -> Vec<Answer> {
    let bearer = body(&instance.handle(&token_request(&claims())))["access_token"].clone();
    let mut asked = requests();
    if let Some(token) = bearer.as_str() {
        let token = format!("Bearer {token}");
        asked.push(with(request("GET", INCIDENT, ""), "Authorization", &token));
    }
    // Written before and not read since.
    asked.extend(
        instance.incident("INC0010001").map(|incident| {
            request("GET", &format!("{INCIDENT}/{}", incident.fields["sys_id"]), "")
        }),
    );
    asked.iter().map(|request| instance.handle(request)).collect()
}

#[test]
fn a_loaded_instance_gives_the_same_answers_with_the_same_ids() {
    let mut original = lived_in();
    let state = original.save();
    let mut loaded = Instance::load(&state).unwrap();
    assert_eq!(loaded.save(), state);
    assert_eq!(loaded.now(), original.now());
    for _ in 0..3 {
        assert_eq!(answers(&mut original), answers(&mut loaded));
    }
    assert_eq!(loaded.fault_rules(), original.fault_rules());
    assert_eq!(loaded.save(), original.save());
    assert!(original.fault_rules().iter().all(|rule| rule.matched > 0));
}

#[test]
fn saving_changes_nothing_and_loading_needs_no_set_up() {
    let (mut saved, mut unsaved) = (lived_in(), lived_in());
    assert!(!saved.save().is_empty());
    assert_eq!(answers(&mut saved), answers(&mut unsaved));
}

#[test]
fn a_state_that_is_none_is_refused() {
    let state = lived_in().save();
    for (text, problem) in [
        (String::new(), "no saved state"),
        ("[]".to_owned(), "no saved state"),
        ("{}".to_owned(), "missing field `version`"),
        (state.chars().take(state.len() / 2).collect(), "no saved state"),
        (state.replace("\"version\":1", "\"version\":2"), "reads version 1"),
        (state.replace("\"incident\":{\"rows\"", "\"events\":{\"rows\""), "incident is missing"),
        (state.replace("\"correlation_id\":\"b\"", "\"colour\":\"b\""), "no column \"colour\""),
        (state.replace("\"userField\"", "\"x\"").replace("\"email\"", "\"shoe\""), ""),
        (state.replace("\"rate-limited\"", "\"unlimited\""), "the name of a fault"),
        (state.replace("BEGIN CERTIFICATE", "BEGIN NOTHING"), "certificate"),
    ] {
        let error = Instance::load(&text).err().map(|error| error.to_string());
        let error = error.unwrap_or_else(|| panic!("loaded: {problem}"));
        assert!(error.starts_with("state: ") && error.contains(problem), "{error}");
        assert!(!error.contains("changeme") && !error.contains("s3cret"), "{error}");
    }
}
