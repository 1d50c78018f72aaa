//! The set-up of the product documentation: every step can be undone, shows on the wire as
//! servicenow-instance.md 10 says, and can be done again.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod common;

use common::*;
use serde_json::{Value, json};
use servicenow_simulator::{CorsRule, Instance, Setup};

const HEALTH: &str = "/api/x_elas2_inc_int/elastic_api/health";
const KIBANA: &str = "http://kibana.local:5601";

/// An instance that is set up as the chapter says.
fn set_up() -> Instance {
    let rule = CorsRule { domain: KIBANA.into(), methods: vec!["GET".into()], max_age: 0 };
    Instance::new(Setup { cors_rules: vec![rule], ..setup() }).unwrap()
}

/// What a client sees that looks at everything the connector uses.
fn seen(instance: &mut Instance) -> Value {
    let health = with(request("GET", HEALTH, ""), "Origin", KIBANA);
    let health = instance.handle(&health);
    let import = instance.handle(&request("POST", IMPORT, r#"{"u_correlation_id":"new"}"#));
    let status = |answer: &servicenow_simulator::Answer| {
        let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
        let entry = body["result"][0]["status"].as_str().map(str::to_owned);
        entry.unwrap_or_else(|| answer.status.to_string())
    };
    let incidents = get(instance, INCIDENT);
    let choices = get(instance, "/api/now/table/sys_choice?sysparm_limit=1");
    let rows = |answer| body(answer)["result"].as_array().map_or(0, Vec::len);
    let created = instance.handle(&request("POST", INCIDENT, "{}"));
    let token = instance.handle(&token_request(&claims()));
    json!({
        "health": health.status,
        "health body": !health.body.is_empty(),
        "page": health.header("Access-Control-Allow-Origin").is_some(),
        "import": status(&import),
        "incidents": rows(&incidents) > 0,
        "choices": rows(&choices) > 0,
        "write": created.status,
        "token": if token.status == 200 { json!("given") } else { body(&token)["error"].clone() },
    })
}

#[test]
fn everything_is_done_where_everything_is_set_up() {
    assert!(set_up().steps().iter().all(|step| step.done));
}

#[test]
fn an_undone_step_shows_on_the_wire_and_only_there_until_it_is_done_again() {
    let whole = seen(&mut set_up());
    assert_eq!(
        whole,
        json!({
            "health": 200, "health body": true, "page": true, "import": "inserted",
            "incidents": true, "choices": true, "write": 201, "token": "given"
        })
    );
    for (id, differences) in [
        ("application", json!({ "health": 400, "page": false, "import": "400" })),
        ("privilege.GlideRecord.insert", json!({ "import": "error" })),
        ("privilege.GlideRecord.setValue", json!({ "import": "error" })),
        ("privilege.GlideRecordSecure.getValue", json!({ "health": 500 })),
        ("privilege.Incident", json!({ "health": 500, "import": "error" })),
        ("privilege.ScriptableServiceResultBuilder.setBody", json!({ "health body": false })),
        ("privilege.ScopedGlideElement", json!({ "health": 500 })),
        ("role.import_set_loader", json!({ "import": "403" })),
        ("role.import_transformer", json!({ "import": "403" })),
        ("role.personalize_choices", json!({ "choices": false })),
        ("role.x_elas2_inc_int.integration_user", json!({ "health": 403, "import": "403" })),
        ("incident.read", json!({ "incidents": false })),
        ("incident.write", json!({ "write": 403 })),
        ("cors.rule", json!({ "page": false })),
        ("cors.domain", json!({ "page": false })),
        ("cors.method", json!({ "page": false })),
        ("certificate", json!({ "token": "server_error" })),
        ("certificate.current", json!({ "token": "server_error" })),
        ("certificate.fits", json!({ "token": "server_error" })),
        ("oauth.endpoint", json!({ "token": "invalid_client" })),
        ("oauth.userField", json!({ "token": "invalid_grant" })),
        ("oauth.verifierMap", json!({ "token": "server_error" })),
    ] {
        let mut instance = set_up();
        // So that a list of incidents is not empty for want of incidents.
        import(&mut instance, &json!({}));
        instance.set_step(id, false).unwrap();
        let undone: Vec<&str> =
            instance.steps().iter().filter(|step| !step.done).map(|step| step.id).collect();
        assert_eq!(undone, [id]);
        let mut expected = whole.clone();
        expected.as_object_mut().unwrap().extend(differences.as_object().unwrap().clone());
        assert_eq!(seen(&mut instance), expected, "{id}");
        instance.set_step(id, true).unwrap();
        instance.revoke_tokens();
        let again = seen(&mut instance);
        assert_eq!((&again["health"], &again["token"]), (&whole["health"], &whole["token"]));
        assert!(instance.steps().iter().all(|step| step.done), "{id}");
    }
    assert_eq!(set_up().steps().len(), 22, "a case for each step");
}

#[test]
fn a_role_is_done_again_for_users_who_never_had_it() {
    let mut user = servicenow_simulator::User::new("elastic", "changeme");
    user.roles = Some(vec!["import_admin".into()]);
    let mut instance = Instance::new(Setup { users: vec![user], ..setup() }).unwrap();
    let done = |instance: &Instance, id: &str| {
        instance.steps().iter().any(|step| step.id == id && step.done)
    };
    assert!(done(&instance, "role.import_set_loader"), "import_admin contains it");
    let choices = "role.personalize_choices";
    assert!(!done(&instance, choices));
    instance.set_step(choices, true).unwrap();
    assert!(done(&instance, choices));
}

#[test]
fn a_cors_rule_without_a_domain_is_for_kibanas_usual_address() {
    let mut instance = instance();
    instance.set_step("cors.rule", true).unwrap();
    let health = with(request("GET", HEALTH, ""), "Origin", "http://localhost:5601");
    let answer = instance.handle(&health);
    assert_eq!(answer.header("Access-Control-Allow-Origin"), Some("http://localhost:5601"));
}

#[test]
fn a_step_that_cannot_be_done_says_what_is_missing() {
    let mut bare = Instance::new(Setup::default()).unwrap();
    let error = bare.set_step("certificate", true).unwrap_err().to_string();
    assert!(error.contains("addOAuthClient"), "{error}");
    let error = bare.set_step("nothing", true).unwrap_err().to_string();
    assert!(error.contains("no step \"nothing\""), "{error}");
}
