//! 2. Table API.

use serde_json::{Value, json};
use servicenow_simulator::{Instance, User};

use crate::common::*;
use crate::{create, patch, status, switched, with_setup};

const LINK: &str = "http://127.0.0.1:1234/api/now/table";

#[test]
fn calls_answer_as_the_table_says() {
    let mut instance = instance();
    let created = instance.handle(&request("POST", INCIDENT, r#"{"description":"x"}"#));
    status(201)
        .header("Location", "http://127.0.0.1:1234/api/now/table/incident/")
        .at("/result/description", "x")
        .check(&created, "2.1: POST");
    let sys_id = body(&created)["result"]["sys_id"].as_str().unwrap().to_owned();
    let one = format!("{INCIDENT}/{sys_id}");
    for (source, method, text, expected) in [
        ("2.1: PATCH", "PATCH", r#"{"description":"y"}"#, "y"),
        ("2.1: PUT", "PUT", r#"{"description":"z"}"#, "z"),
        ("2.1: null leaves alone", "PATCH", r#"{"description":null}"#, "z"),
        (
            "2.1: only the first record",
            "PATCH",
            r#"[{"description":"a"},{"description":"b"}]"#,
            "a",
        ),
        ("2.3: a text can be emptied", "PATCH", r#"{"description":""}"#, ""),
    ] {
        let answer = instance.handle(&request(method, &one, text));
        status(200).at("/result/description", expected).check(&answer, source);
    }
    let emptied = patch(&mut instance, &sys_id, &json!({ "category": "" }));
    status(200).at("/result/category", "inquiry").check(&emptied, "2.3: a choice cannot");
    status(200).at("/result/0/sys_id", &*sys_id).check(&get(&mut instance, INCIDENT), "2.1: list");
    status(200).at("/result/sys_id", &*sys_id).check(&get(&mut instance, &one), "2.1: record");
    let deleted = instance.handle(&request("DELETE", &one, ""));
    assert_eq!((deleted.status, &*deleted.body), (204, ""), "2.1: DELETE");
    for method in ["GET", "PATCH", "PUT", "DELETE"] {
        let detail = "Record doesn't exist or ACL restricts the record retrieval";
        let answer = instance.handle(&request(method, &one, "{}"));
        status(404).error("No Record found", detail).check(&answer, "2.4");
    }
}

#[test]
fn versions_differ_in_an_empty_list() {
    let mut instance = instance();
    for (target, expected) in [
        ("/api/now/table/incident", 200),
        ("/api/now/v2/table/incident", 200),
        ("/api/now/v1/table/incident", 404),
    ] {
        status(expected).check(&get(&mut instance, target), "2.1");
    }
    create(&mut instance, &json!({}));
    status(200).check(&get(&mut instance, "/api/now/v1/table/incident"), "2.1");
    let past = "/api/now/v1/table/incident?sysparm_offset=1";
    status(404).check(&get(&mut instance, past), "2.1");
}

#[test]
fn fields_are_chosen_and_unknown_ones_left_out() {
    let mut instance = instance();
    create(&mut instance, &json!({ "caller_id": "elastic" }));
    let target = format!("{INCIDENT}?sysparm_fields=number,nothing,caller_id.user_name");
    status(200)
        .at("/result/0", json!({ "number": "INC0010001", "caller_id.user_name": "elastic" }))
        .check(&get(&mut instance, &target), "2.2");
}

#[test]
fn values_are_texts_and_display_values_what_a_form_shows() {
    let mut instance = instance();
    let record = json!({ "caller_id": "elastic", "urgency": "1" });
    create(&mut instance, &record);
    let id = instance.incidents().next().unwrap().fields["caller_id"].clone();
    let link = format!("{LINK}/sys_user/{id}");
    let fields = "sysparm_fields=caller_id,urgency,active,assigned_to,sys_mod_count";
    for (source, more, expected) in [
        (
            "2.3: stored",
            "",
            json!({
                "caller_id": { "link": link, "value": id }, "urgency": "1", "active": "true",
                "assigned_to": "", "sys_mod_count": "0"
            }),
        ),
        (
            "2.3: links excluded",
            "&sysparm_exclude_reference_link=true",
            json!({
                "caller_id": id, "urgency": "1", "active": "true", "assigned_to": "",
                "sys_mod_count": "0"
            }),
        ),
        (
            "2.3: display values",
            "&sysparm_display_value=true",
            json!({
                "caller_id": { "display_value": "elastic", "link": link }, "urgency": "1 - High",
                "active": "true", "assigned_to": "", "sys_mod_count": "0"
            }),
        ),
        (
            "2.3: both",
            "&sysparm_display_value=all",
            json!({
                "caller_id": { "display_value": "elastic", "link": link, "value": id },
                "urgency": { "display_value": "1 - High", "value": "1" },
                "active": { "display_value": "true", "value": "true" },
                "assigned_to": { "display_value": "", "value": "" },
                "sys_mod_count": { "display_value": "0", "value": "0" }
            }),
        ),
    ] {
        let answer = get(&mut instance, &format!("{INCIDENT}?{fields}{more}"));
        status(200).at("/result/0", expected).check(&answer, source);
    }
}

#[test]
fn display_values_can_be_written() {
    let mut instance = instance();
    let target = format!("{INCIDENT}?sysparm_input_display_value=true");
    let record = json!({ "urgency": "1 - High", "state": "In Progress", "caller_id": "elastic" });
    let answer = instance.handle(&request("POST", &target, &record.to_string()));
    status(201).at("/result/urgency", "1").at("/result/state", "2").check(&answer, "2.2");
    let stranger = json!({ "caller_id": "stranger" });
    create(&mut instance, &stranger);
    assert!(notes(&instance)[0].contains("stranger"));
}

#[test]
fn filters_stand_in_for_a_query_and_not_beside_one() {
    let mut instance = instance();
    create(&mut instance, &json!({ "urgency": "1", "caller_id": "elastic" }));
    create(&mut instance, &json!({ "urgency": "2" }));
    let count = |instance: &mut Instance, query: &str| {
        let answer = get(instance, &format!("{INCIDENT}?{query}"));
        body(&answer)["result"].as_array().unwrap().len()
    };
    for (source, query, expected) in [
        ("2.2: filter", "urgency=1", 1),
        ("2.2: two filters", "urgency=1&state=2", 0),
        ("2.2: display value", "urgency=2%20-%20Medium", 1),
        ("2.2: display value of a reference", "caller_id=elastic", 1),
        ("2.2: not together with a query", "sysparm_query=state=1&urgency=1", 2),
        ("2.2: a name that is no column", "nothing=1", 2),
    ] {
        assert_eq!(count(&mut instance, query), expected, "{source}");
    }
    let mut both = switched(|on| on.filters_beside_query = true);
    create(&mut both, &json!({ "urgency": "1" }));
    assert_eq!(count(&mut both, "sysparm_query=state=1&urgency=2"), 0, "2.2, 11.12");
}

#[test]
fn pages_say_how_many_there_are_and_where_the_others_are() {
    let five = |mut instance: Instance| {
        for _ in 0..5 {
            create(&mut instance, &json!({}));
        }
        instance
    };
    let page = |offset: i64| {
        format!("{INCIDENT}?sysparm_query=ORDERBYnumber&sysparm_limit=2&sysparm_offset={offset}")
    };
    let link =
        |offset: i64, rel: &str| format!("<http://127.0.0.1:1234{}>;rel=\"{rel}\"", page(offset));
    let mut instance = five(instance());
    for (offset, links) in [
        (0, vec![link(0, "first"), link(-2, "prev"), link(2, "next"), link(4, "last")]),
        (2, vec![link(0, "first"), link(0, "prev"), link(4, "next"), link(4, "last")]),
        (4, vec![link(0, "first"), link(2, "prev"), link(4, "last")]),
    ] {
        let answer = get(&mut instance, &page(offset));
        status(200).header("X-Total-Count", "5").check(&answer, "2.5");
        assert_eq!(answer.header("Link"), Some(links.join(",").as_str()), "2.5: {offset}");
    }
    assert_eq!(body(&get(&mut instance, &page(4)))["result"].as_array().unwrap().len(), 1, "2.2");
    let no_links = status(200).without_header("Link");
    no_links.check(&get(&mut instance, INCIDENT), "2.5: a single page");
    let silent = format!("{}&sysparm_suppress_pagination_header=true", page(0));
    no_links.check(&get(&mut instance, &silent), "2.2");
    let uncounted = format!("{}&sysparm_no_count=true", page(0));
    status(200).without_header("X-Total-Count").check(&get(&mut instance, &uncounted), "2.2");
    let mut positive = five(switched(|on| on.negative_prev_link = false));
    let first = get(&mut positive, &page(0));
    assert!(!first.header("Link").unwrap().contains("prev"), "2.5, 11.7");
}

#[test]
fn rights_hide_rows_and_refuse_writes() {
    let mut instance = instance();
    let sys_id = create(&mut instance, &json!({}));
    let one = format!("{INCIDENT}/{sys_id}");
    instance.set_step("incident.read", false).unwrap();
    status(404).at("/error/message", "No Record found").check(&get(&mut instance, &one), "10");
    status(200)
        .at("/result", json!([]))
        .header("X-Total-Count", "1")
        .check(&get(&mut instance, INCIDENT), "10, 2.5: counted before the ACLs");
    let mut discreet = switched(|on| on.total_counts_hidden = false);
    create(&mut discreet, &json!({}));
    discreet.set_step("incident.read", false).unwrap();
    status(200).header("X-Total-Count", "0").check(&get(&mut discreet, INCIDENT), "11.7");
    instance.set_step("incident.read", true).unwrap();
    instance.set_step("incident.write", false).unwrap();
    for (method, target, operation) in
        [("POST", INCIDENT, "Insert"), ("PATCH", &*one, "Update"), ("DELETE", &*one, "Delete")]
    {
        let detail = format!("ACL Exception {operation} Failed due to security constraints");
        let answer = instance.handle(&request(method, target, "{}"));
        status(403).error("Operation Failed", detail).check(&answer, "2.4, 10");
    }
    let answer = instance.handle(&request("POST", "/api/now/table/sys_user", "{}"));
    status(403).at("/error/message", "Operation Failed").check(&answer, "2.4");
}

#[test]
fn administrators_write_the_other_tables() {
    let mut instance = with_setup(|setup| {
        let roles = Some(vec!["admin".to_owned()]);
        setup.users = vec![User { roles, ..User::new("elastic", "changeme") }];
    });
    let choices = "/api/now/table/sys_choice";
    let choice = json!({
        "name": "incident", "element": "category", "value": "power", "label": "Power", "nothing": 1
    });
    let answer = instance.handle(&request("POST", choices, &choice.to_string()));
    status(201).at("/result/language", "en").at("/result/inactive", "false").check(&answer, "5");
    let one = answer.header("Location").unwrap().to_owned();
    let retire = request("PATCH", &one, r#"{"inactive":"true"}"#);
    status(200).at("/result/inactive", "true").check(&instance.handle(&retire), "5: deactivated");
    status(204).check(&instance.handle(&request("DELETE", &one, "")), "2.1");
    status(404).check(&get(&mut instance, &one), "2.4");
}

#[test]
fn tables_that_are_not_there_are_named() {
    let answer = get(&mut instance(), "/api/now/table/u_nothing");
    status(400).error("Invalid table u_nothing", Value::Null).check(&answer, "2.4");
    for text in ["", "{", "7", "[]", "[7]", "\u{feff}{}", &"[".repeat(10_000)] {
        let answer = instance().handle(&request("POST", INCIDENT, text));
        status(400).at("/error/message", "Exception while reading request").check(&answer, "1.4");
    }
}
