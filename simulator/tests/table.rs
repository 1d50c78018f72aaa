//! The Table API, its headers and its errors (servicenow-instance.md 0, 2 and 4).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod common;

use common::*;
use serde_json::{Value, json};
use servicenow_simulator::{Answer, CorsRule, Instance, Setup};

fn create(instance: &mut Instance, record: &Value) -> Value {
    let answer = instance.handle(&request("POST", INCIDENT, &record.to_string()));
    assert_eq!(answer.status, 201, "{}", answer.body);
    body(&answer)["result"].clone()
}

fn change(instance: &mut Instance, sys_id: &Value, record: &Value) -> Answer {
    let target = format!("{INCIDENT}/{}", sys_id.as_str().unwrap());
    instance.handle(&request("PATCH", &target, &record.to_string()))
}

#[test]
fn a_new_incident_has_what_the_rules_give_it() {
    let mut instance = instance();
    let record = json!({ "short_description": "x", "impact": "1", "urgency": "2" });
    let incident = create(&mut instance, &record);
    for (name, value) in [
        ("number", "INC0010001"),
        ("state", "1"),
        ("incident_state", "1"),
        ("active", "true"),
        ("priority", "2"),
        ("severity", "3"),
        ("category", "inquiry"),
        ("opened_at", "2024-05-06 07:08:09"),
        ("sys_created_on", "2024-05-06 07:08:09"),
        ("sys_created_by", "elastic"),
        ("sys_mod_count", "0"),
        ("sys_class_name", "incident"),
        ("caller_id", ""),
        ("work_notes", ""),
    ] {
        assert_eq!(incident[name], value, "{name}");
    }
}

#[test]
fn priority_follows_impact_and_urgency_whatever_is_asked_for() {
    let table = ["123", "234", "345"];
    for (impact, row) in (1..).zip(table) {
        for (urgency, priority) in (1..).zip(row.chars()) {
            let record = json!({ "impact": impact, "urgency": urgency, "priority": "1" });
            let incident = create(&mut instance(), &record);
            assert_eq!(incident["priority"], priority.to_string(), "{impact} x {urgency}");
        }
    }
}

#[test]
fn a_change_is_counted_dated_and_signed() {
    let mut instance = instance();
    let sys_id = create(&mut instance, &json!({}))["sys_id"].clone();
    instance.set_now(NOW + 5_000);
    let answer = change(&mut instance, &sys_id, &json!({ "state": "2", "description": "y" }));
    assert_eq!(answer.status, 200);
    let incident = body(&answer)["result"].clone();
    assert_eq!(incident["sys_mod_count"], "1");
    assert_eq!(incident["sys_updated_on"], "2024-05-06 07:08:14");
    assert_eq!(incident["sys_created_on"], "2024-05-06 07:08:09");
    assert_eq!(incident["incident_state"], "2");
}

#[test]
fn incident_state_drives_state() {
    let mut instance = instance();
    let sys_id = create(&mut instance, &json!({}))["sys_id"].clone();
    let answer = change(&mut instance, &sys_id, &json!({ "incident_state": "8" }));
    let incident = body(&answer)["result"].clone();
    assert_eq!((&incident["state"], &incident["active"]), (&json!("8"), &json!("false")));
}

#[test]
fn resolving_keeps_an_incident_active_and_reopening_clears_the_dates() {
    let mut instance = instance();
    let sys_id = create(&mut instance, &json!({}))["sys_id"].clone();
    let resolve = json!({ "state": "6", "close_code": "Duplicate", "close_notes": "x" });
    let resolved = body(&change(&mut instance, &sys_id, &resolve))["result"].clone();
    assert_eq!(resolved["active"], "true");
    assert_eq!(resolved["resolved_at"], "2024-05-06 07:08:09");
    let reopened =
        body(&change(&mut instance, &sys_id, &json!({ "state": "2" })))["result"].clone();
    assert_eq!((&reopened["resolved_at"], &reopened["resolved_by"]), (&json!(""), &json!("")));
}

#[test]
fn closing_without_a_code_is_refused_by_the_data_policy() {
    let mut instance = instance();
    let sys_id = create(&mut instance, &json!({}))["sys_id"].clone();
    let answer = change(&mut instance, &sys_id, &json!({ "state": "7", "close_notes": "x" }));
    assert_eq!(answer.status, 403);
    let detail = "Data Policy Exception: The following fields are mandatory: Resolution code";
    assert_eq!(body(&answer)["error"], json!({ "message": "Operation Failed", "detail": detail }));
}

#[test]
fn null_leaves_a_field_alone_and_an_empty_text_clears_it_unless_it_is_a_choice() {
    let mut instance = instance();
    let record = json!({ "description": "x", "category": "software", "urgency": null });
    let incident = create(&mut instance, &record);
    assert_eq!(incident["urgency"], "3");
    let sys_id = incident["sys_id"].clone();
    change(&mut instance, &sys_id, &json!({ "description": null }));
    let answer = change(&mut instance, &sys_id, &json!({ "description": "", "category": "" }));
    let incident = body(&answer)["result"].clone();
    assert_eq!(incident["description"], "");
    assert_eq!(incident["category"], "software");
}

#[test]
fn a_deleted_incident_is_gone_and_its_number_is_not_given_again() {
    let mut instance = instance();
    let sys_id = create(&mut instance, &json!({}))["sys_id"].clone();
    let target = format!("{INCIDENT}/{}", sys_id.as_str().unwrap());
    let answer = instance.handle(&request("DELETE", &target, ""));
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    for method in ["GET", "PATCH", "DELETE"] {
        let answer = instance.handle(&request(method, &target, "{}"));
        assert_eq!(answer.status, 404);
        assert_eq!(body(&answer)["error"]["message"], "No Record found");
    }
    assert_eq!(create(&mut instance, &json!({}))["number"], "INC0010002");
}

#[test]
fn fields_are_chosen_and_unknown_ones_left_out() {
    let mut instance = instance();
    create(&mut instance, &json!({ "caller_id": "elastic" }));
    let target = format!("{INCIDENT}?sysparm_fields=number,nothing,caller_id.user_name");
    let record = body(&get(&mut instance, &target))["result"][0].clone();
    assert_eq!(record, json!({ "number": "INC0010001", "caller_id.user_name": "elastic" }));
}

#[test]
fn display_values_are_labels_names_and_journals() {
    let mut instance = instance();
    let record = json!({ "caller_id": "elastic", "urgency": "1", "work_notes": "seen" });
    let id = create(&mut instance, &record)["caller_id"]["value"].clone();
    let link = format!("http://127.0.0.1:1234/api/now/table/sys_user/{}", id.as_str().unwrap());
    let fields = "sysparm_fields=caller_id,urgency,work_notes";
    let mut show = |more: &str| {
        body(&get(&mut instance, &format!("{INCIDENT}?{fields}&{more}")))["result"][0].clone()
    };
    let note = "2024-05-06 07:08:09 - elastic (Work notes)\nseen\n\n";
    assert_eq!(
        show("sysparm_display_value=true"),
        json!({
            "caller_id": { "display_value": "elastic", "link": link },
            "urgency": "1 - High",
            "work_notes": note
        })
    );
    assert_eq!(
        show("sysparm_display_value=all")["urgency"],
        json!({ "display_value": "1 - High", "value": "1" })
    );
    assert_eq!(
        show("sysparm_exclude_reference_link=true"),
        json!({ "caller_id": id, "urgency": "1", "work_notes": "" })
    );
}

#[test]
fn pages_say_how_many_there_are_and_where_the_others_are() {
    let mut instance = instance();
    for _ in 0..5 {
        create(&mut instance, &json!({}));
    }
    let page = |offset: usize| {
        format!("{INCIDENT}?sysparm_query=ORDERBYnumber&sysparm_limit=2&sysparm_offset={offset}")
    };
    let answer = get(&mut instance, &page(2));
    assert_eq!(answer.header("X-Total-Count"), Some("5"));
    let link =
        |offset: usize, rel: &str| format!("<http://127.0.0.1:1234{}>;rel=\"{rel}\"", page(offset));
    let links = [link(0, "first"), link(0, "prev"), link(4, "next"), link(4, "last")].join(",");
    assert_eq!(answer.header("Link"), Some(links.as_str()));
    let first = get(&mut instance, &page(0));
    assert!(!first.header("Link").unwrap().contains("prev"));
    let last = get(&mut instance, &page(4));
    assert!(!last.header("Link").unwrap().contains("next"));
    assert_eq!(body(&last)["result"].as_array().unwrap().len(), 1);
    assert_eq!(get(&mut instance, INCIDENT).header("Link"), None);
}

#[test]
fn an_empty_list_is_an_answer_except_in_version_one() {
    let mut instance = instance();
    for target in [INCIDENT, "/api/now/table/incident"] {
        let answer = get(&mut instance, target);
        assert_eq!((answer.status, answer.body.as_str()), (200, r#"{"result":[]}"#));
    }
    assert_eq!(get(&mut instance, "/api/now/v1/table/incident").status, 404);
}

#[test]
fn what_is_not_there_is_said_to_be_so() {
    let mut instance = instance();
    for (method, target, status, message) in [
        ("GET", "/api/now/table/u_nothing", 400, "Invalid table u_nothing"),
        ("GET", "/api/now/other", 400, "Requested URI does not represent any resource"),
        ("GET", "/other", 400, "Requested URI does not represent any resource"),
        ("GET", "/api/now/table/incident/7", 404, "No Record found"),
        ("POST", "/api/now/table/incident/7", 405, "Method not supported"),
        ("TRACE", "/api/now/table/incident", 405, "Method not supported"),
        ("POST", "/api/now/table/sys_user", 403, "Operation Failed"),
    ] {
        let answer = instance.handle(&request(method, target, "{}"));
        assert_eq!(answer.status, status, "{method} {target}");
        assert_eq!(body(&answer)["error"]["message"], message);
        assert_eq!(body(&answer)["status"], "failure");
    }
}

#[test]
fn a_write_says_what_it_sends_and_what_it_takes() {
    let mut instance = instance();
    let post = || request("POST", INCIDENT, "{}");
    for (request, status) in [
        (without(post(), "Accept"), 400),
        (without(post(), "Content-Type"), 400),
        (with(post(), "Content-Type", "text/plain;charset=UTF-8"), 415),
        (with(post(), "Accept", "text/html"), 406),
        (with(post(), "Accept", "application/json, text/plain, */*"), 201),
        (with(post(), "Content-Type", "application/json; charset=utf-8"), 201),
        (without(request("GET", INCIDENT, ""), "Accept"), 200),
    ] {
        let answer = instance.handle(&request);
        assert_eq!(answer.status, status, "{}", answer.body);
    }
}

#[test]
fn head_is_a_get_without_its_body() {
    let mut instance = instance();
    create(&mut instance, &json!({}));
    let answer = instance.handle(&request("HEAD", INCIDENT, ""));
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    assert_eq!(answer.header("X-Total-Count"), Some("1"));
}

#[test]
fn a_method_may_be_overridden_and_a_body_declined() {
    let mut instance = instance();
    let sys_id = create(&mut instance, &json!({}))["sys_id"].clone();
    let target = format!("{INCIDENT}/{}", sys_id.as_str().unwrap());
    let patch =
        with(request("POST", &target, r#"{"state":"2"}"#), "X-HTTP-Method-Override", "PATCH");
    let answer = instance.handle(&with(patch, "X-no-response-body", "true"));
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    assert_eq!(instance.incidents().next().unwrap().fields["state"], "2");
}

#[test]
fn a_payload_over_ten_megabytes_is_refused() {
    let large = with(request("POST", INCIDENT, "{}"), "Content-Length", "15105102");
    let answer = instance().handle(&large);
    assert_eq!(answer.status, 400);
    let detail = "Rejected large REST payload with content-length = 15105102 bytes. \
                  Max allowed: 10485760 bytes.";
    assert_eq!(body(&answer)["error"]["detail"], detail);
}

#[test]
fn choices_are_rows_of_sys_choice() {
    let mut instance = instance();
    let target = "/api/now/table/sys_choice?sysparm_query=name=task^ORname=incident\
                  ^element=urgency^ORelement=subcategory^language=en\
                  &sysparm_fields=label,value,dependent_value,element";
    let rows = body(&get(&mut instance, target))["result"].as_array().unwrap().clone();
    assert!(rows.contains(
        &json!({ "label": "1 - High", "value": "1", "dependent_value": "", "element": "urgency" })
    ));
    assert!(rows.contains(&json!({
        "label": "Operating System", "value": "os",
        "dependent_value": "software", "element": "subcategory"
    })));
    let known = |row: &Value| row["element"] == "urgency" || row["element"] == "subcategory";
    assert!(rows.iter().all(known));
}

#[test]
fn text_fields_are_rows_of_sys_dictionary() {
    let mut instance = instance();
    let target = "/api/now/table/sys_dictionary?sysparm_query=name=task^ORname=incident\
                  ^internal_type=string&active=true&array=false&read_only=false\
                  &sysparm_fields=max_length,element,column_label,mandatory";
    let rows = body(&get(&mut instance, target))["result"].as_array().unwrap().clone();
    for (element, label, width) in [
        ("close_notes", "Close notes", "4000"),
        ("description", "Description", "4000"),
        ("short_description", "Short description", "160"),
    ] {
        assert!(rows.contains(&json!({
            "element": element, "column_label": label, "max_length": width, "mandatory": "false"
        })));
    }
    assert!(rows.iter().all(|row| row["element"] != "state" && row["element"] != "number"));
}

#[test]
fn pages_may_call_the_health_endpoint_only_by_a_rule() {
    let rule =
        |domain: &str| CorsRule { domain: domain.into(), methods: vec!["GET".into()], max_age: 0 };
    let cors_rules = vec![rule("http://kibana.local:5601"), rule("https://*.example.com")];
    let mut instance = Instance::new(Setup { cors_rules, ..setup() }).unwrap();
    let health = "/api/x_elas2_inc_int/elastic_api/health";
    for (origin, admitted) in [
        ("http://kibana.local:5601", true),
        ("https://a.example.com", true),
        ("https://.example.com", false),
        ("https://example.com", false),
        ("http://a.example.com", false),
        ("https://evil.com", false),
    ] {
        let expected = admitted.then_some(origin);
        let read = instance.handle(&with(request("GET", health, ""), "Origin", origin));
        assert_eq!((read.status, read.header("Access-Control-Allow-Origin")), (200, expected));
        let preflight = without(request("OPTIONS", health, ""), "Authorization");
        let preflight = with(preflight, "Origin", origin);
        let preflight = with(preflight, "Access-Control-Request-Method", "GET");
        let preflight = with(preflight, "Access-Control-Request-Headers", "authorization");
        let answer = instance.handle(&preflight);
        assert_eq!((answer.status, answer.header("Access-Control-Allow-Origin")), (200, expected));
        let headers = answer.header("Access-Control-Allow-Headers");
        assert_eq!(headers, admitted.then_some("authorization"));
    }
}
