//! Alerts and cases become incidents, through the Import Set API.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may take for granted what it is about")]

#[cfg(test)]
mod support;

use futures::executor::block_on;
use servicenow_itsm_connector::error::Code;
use support::actions::{alert, close, push, recovered};
use support::instance::{Bench, basic};

const IMPORT: &str = "POST /api/now/import/x_elas2_inc_int_elastic_incident 201";
const LOOK_UP: &str = "GET /api/now/v2/table/incident 200";

fn is_read(request: &str) -> bool {
    request.starts_with("GET /api/now/v2/table/incident/")
}

#[test]
fn an_alert_that_fires_twice_and_recovers_is_one_incident_from_first_to_last() {
    let bench = Bench::new();
    let first = push(&bench, &alert("r-77:web-1", "Disk is filling")).unwrap();
    let again = push(&bench, &alert("r-77:web-1", "Disk is full")).unwrap();
    assert_eq!(first["title"], "INC0010001");
    assert_eq!((&first["id"], &first["url"]), (&again["id"], &again["url"]));
    let incident = bench.incident("INC0010001");
    assert_eq!(incident.fields["short_description"], "Disk is full");
    assert_eq!(incident.fields["priority"], "2");
    assert_eq!(incident.fields["state"], "1");

    close(&bench, &recovered("r-77:web-1")).unwrap();
    let incident = bench.incident("INC0010001");
    assert_eq!(incident.fields["state"], "7");
    assert_eq!(incident.fields["close_code"], "Closed/Resolved by Caller");
    assert_eq!(incident.fields["close_notes"], "Closed by Caller");
    assert_eq!(bench.incidents().len(), 1);
}

#[test]
fn an_alert_that_fires_again_after_its_incident_was_closed_is_no_secret() {
    let bench = Bench::new();
    push(&bench, &alert("c", "Disk is full")).unwrap();
    close(&bench, &recovered("c")).unwrap();
    let warned = || bench.log.borrow().iter().filter(|line| line.starts_with("Warn: ")).count();
    assert_eq!(warned(), 0);
    push(&bench, &alert("c", "Disk is full again")).unwrap();
    let log = bench.log.borrow().join("\n");
    assert!(
        log.contains("Warn: The incident INC0010001 has been written to and is closed: "),
        "{log}"
    );
    assert!(log.contains("{{alert.uuid}}"), "{log}");
}

#[test]
fn it_takes_two_requests_to_push_and_three_to_close() {
    let bench = Bench::new();
    push(&bench, &alert("r-77:web-1", "Disk is full")).unwrap();
    let requests = bench.requests();
    let [write, read] = requests.as_slice() else { panic!("{requests:?}") };
    assert_eq!(write, IMPORT);
    assert!(is_read(read), "{read}");

    close(&bench, &recovered("r-77:web-1")).unwrap();
    let [_, _, find, write, read] = &bench.requests()[..] else { panic!() };
    assert_eq!((find.as_str(), write.as_str()), (LOOK_UP, IMPORT));
    assert!(is_read(read), "{read}");
    let log = bench.log.borrow();
    assert!(log[3].starts_with("Debug: GET /api/now/v2/table/incident: 200, "), "{log:?}");
    assert_eq!(bench.notes(), [""; 0], "the instance understood every term");
}

#[test]
fn comments_become_work_notes_each_with_one_request_and_once() {
    let bench = Bench::new();
    let params = r#"{"incident":{"short_description":"a","correlation_id":"c"},"comments":[
        {"commentId":"1","comment":"first"},{"commentId":"2","comment":" "},
        {"commentId":"3","comment":"second"}]}"#;
    let pushed = push(&bench, params).unwrap();
    let incident = bench.incident("INC0010001");
    let notes: Vec<&str> = incident.journal.iter().map(|note| note["value"].as_str()).collect();
    assert_eq!(notes, ["first", "second"]);
    assert!(incident.journal.iter().all(|note| note["element"] == "work_notes"));
    assert_eq!(bench.requests().len(), 4);
    let ids: Vec<&str> = pushed["comments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|comment| comment["commentId"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["1", "2", "3"]);
}

#[test]
fn an_incident_that_is_named_is_the_one_that_is_updated() {
    let bench = Bench::new();
    let id = push(&bench, &alert("c", "before")).unwrap()["id"].as_str().unwrap().to_owned();
    let params = serde_json::json!({
        "incident": { "short_description": "after", "externalId": id, "correlation_id": null },
    });
    bench.advance(60_000);
    let pushed = push(&bench, &params.to_string()).unwrap();
    assert_eq!(pushed["id"], id.as_str());
    assert_eq!(pushed["pushedDate"], "2024-05-06T07:09:09.000Z", "when it was updated");
    assert_eq!(bench.incident("INC0010001").fields["short_description"], "after");
    assert_eq!(bench.incident("INC0010001").fields["correlation_id"], "c");

    let params = params.to_string().replace("null", r#""d""#);
    push(&bench, &params).unwrap();
    assert_eq!(bench.incident("INC0010001").fields["correlation_id"], "d");

    let named = serde_json::json!({ "incident": { "externalId": id, "correlation_id": null } });
    close(&bench, &named.to_string()).unwrap();
    assert_eq!(bench.incident("INC0010001").fields["state"], "7");
}

#[test]
fn the_columns_of_an_incident_win_over_additional_fields_of_their_names() {
    let bench = Bench::new();
    let params = r#"{"incident":{"short_description":"a","correlation_id":"c",
        "additional_fields":{"u_short_description":"b","u_correlation_id":"d"}}}"#;
    push(&bench, params).unwrap();
    let incident = bench.incident("INC0010001");
    assert_eq!(incident.fields["short_description"], "a");
    assert_eq!(incident.fields["correlation_id"], "c");
}

#[test]
fn closing_what_is_closed_or_was_never_there_changes_nothing() {
    let bench = Bench::new();
    assert_eq!(close(&bench, &recovered("nobody")).unwrap(), "{}");
    assert_eq!(close(&bench, &recovered("")).unwrap(), "{}");
    let gone = r#"{"incident":{"externalId":"0123456789abcdef0123456789abcdef"}}"#;
    assert_eq!(close(&bench, gone).unwrap(), "{}");

    push(&bench, &alert("c", "a")).unwrap();
    let closed = close(&bench, &recovered("c")).unwrap();
    let before = bench.requests().len();
    assert_eq!(close(&bench, &recovered("c")).unwrap(), closed);
    assert_eq!(bench.requests()[before..], [LOOK_UP]);
    let log = bench.log.borrow();
    assert!(log.contains(
        &"Warn: [ServiceNow][CloseIncident] Incident with correlation_id: c or incidentId: null is \
          closed."
            .to_owned()
    ));
}

#[test]
fn a_correlation_id_never_selects_another_incident() {
    let bench = Bench::new();
    push(&bench, &alert("innocent", "a")).unwrap();
    let long = "x".repeat(150);
    let odd = [
        "x^ORstate=1",
        "x^NQcorrelation_id=innocent",
        "javascript:gs.getUserID()",
        " JavaScript:gs.getUserID()",
        " innocent",
        "innocent\n",
        "a&sysparm_limit=1",
        "#",
        "a+b%5Ec",
        "Größe, 漢字 @ 50 %",
        &long,
    ];
    for id in odd {
        push(&bench, &alert(id, id)).unwrap();
        push(&bench, &alert(id, id)).unwrap();
    }
    assert_eq!(bench.incidents().len(), odd.len().saturating_add(1), "each has its own, and one");
    for (done, id) in odd.iter().enumerate() {
        close(&bench, &recovered(id)).unwrap();
        let closed = bench.incidents().iter().filter(|one| one.fields["state"] == "7").count();
        assert_eq!(closed, done.saturating_add(1), "{id} closes its own");
    }
    assert_eq!(bench.incident("INC0010001").fields["state"], "1");
    assert_eq!(bench.notes(), [""; 0], "the instance understood every term");
}

#[test]
fn actions_that_name_no_alert_share_no_incident() {
    let bench = Bench::new();
    for correlation_id in ["", r#","correlation_id":"""#, r#","correlation_id":null"#] {
        let params = format!(r#"{{"incident":{{"short_description":"test"{correlation_id}}}}}"#);
        push(&bench, &params).unwrap();
    }
    assert_eq!(bench.incidents().len(), 3);
    let error = close(&bench, r#"{"incident":{}}"#).unwrap_err();
    assert_eq!(error.code(), Code::NoIncidentNamed);
    let error = close(&bench, r#"{"incident":{"correlation_id":null}}"#).unwrap_err();
    assert_eq!(error.code(), Code::NoIncidentNamed);
    let error = close(&bench, &recovered(" ")).unwrap_err();
    assert_eq!(
        error.text(),
        "[Action][ServiceNow]: Unable to close incident. Error: [Action][ServiceNow]: Unable to get \
         incident by correlation ID  . Error: Correlation ID is empty. [status=none] [method=get] \
         [endpoint=table] [status=none] [method=post] [endpoint=import_set]"
    );
}

#[test]
fn an_id_is_one_segment_of_a_path() {
    let bench = Bench::new();
    let table = basic(true);
    for (id, segment) in [
        ("../sys_user/1", "..%2Fsys_user%2F1"),
        ("a?b", "a%3Fb"),
        ("a#b", "a%23b"),
        ("a/b", "a%2Fb"),
    ] {
        let before = bench.requests().len();
        let params = serde_json::json!({ "externalId": id });
        let error = block_on(bench.run("getIncident", &params.to_string())).unwrap_err();
        assert_eq!(error.code(), Code::NotFound, "{id}");
        let params = serde_json::json!({ "incident": { "externalId": id } }).to_string();
        assert_eq!(close(&bench, &params).unwrap(), "{}");
        let incident = serde_json::json!({ "short_description": "a", "externalId": id });
        let params = serde_json::json!({ "incident": incident }).to_string();
        let error = block_on(bench.run_as(&table, "pushToService", &params)).unwrap_err();
        assert_eq!(error.code(), Code::NotFound, "{id}");
        let asked = ["GET", "GET", "PATCH"]
            .map(|method| format!("{method} /api/now/v2/table/incident/{segment} 404"));
        assert_eq!(bench.requests()[before..], asked);
    }
}

#[test]
fn what_can_be_no_id_and_no_field_is_not_asked_for() {
    let bench = Bench::new();
    for id in ["", " ", ".", "..", " .. "] {
        let params = serde_json::json!({ "externalId": id });
        let error = block_on(bench.run("getIncident", &params.to_string())).unwrap_err();
        assert_eq!(error.code(), Code::BlankIdentifier, "{id:?}");
    }
    for field in ["", "urgency^ORname=sys_user", "urgency,impact", "ü"] {
        let params = serde_json::json!({ "fields": ["urgency", field] });
        let error = block_on(bench.run("getChoices", &params.to_string())).unwrap_err();
        assert_eq!(error.code(), Code::BlankIdentifier, "{field:?}");
    }
    assert_eq!(bench.requests(), [""; 0]);
}

#[test]
fn an_incidents_own_data_choices_and_fields_can_be_asked_for() {
    let bench = Bench::new();
    let id = push(&bench, &alert("c", "a")).unwrap()["id"].as_str().unwrap().to_owned();
    let asked = serde_json::json!({ "externalId": id }).to_string();
    let record = block_on(bench.run("getIncident", &asked)).unwrap();
    let record: serde_json::Value = serde_json::from_str(&record).unwrap();
    assert_eq!((&record["number"], &record["state"]), (&"INC0010001".into(), &"1".into()));

    let choices = block_on(bench.run("getChoices", r#"{"fields":["urgency","close_code"]}"#));
    let choices: Vec<serde_json::Value> = serde_json::from_str(&choices.unwrap()).unwrap();
    assert!(choices.iter().any(|choice| choice["element"] == "urgency" && choice["value"] == "1"));
    assert!(choices.iter().any(|choice| choice["value"] == "Closed/Resolved by Caller"));
    let before = bench.requests().len();
    let none = block_on(bench.run("getChoices", r#"{"fields":[]}"#)).unwrap();
    assert_eq!((none.as_str(), bench.requests().len()), ("[]", before), "nothing was asked for");

    let fields = block_on(bench.run("getFields", "{}")).unwrap();
    let fields: Vec<serde_json::Value> = serde_json::from_str(&fields).unwrap();
    assert!(fields.iter().any(|field| field["element"] == "short_description"));
}

#[test]
fn ids_that_differ_in_case_alone_are_one_as_they_are_for_the_transform_map() {
    let bench = Bench::new();
    push(&bench, &alert("R-77:Über-1", "a")).unwrap();
    push(&bench, &alert("r-77:über-1", "b")).unwrap();
    assert_eq!(bench.incidents().len(), 1);
    close(&bench, &recovered("R-77:ÜBER-1")).unwrap();
    assert_eq!(bench.incident("INC0010001").fields["state"], "7");
    assert!(!bench.log.borrow().iter().any(|line| line.starts_with("Warn: ")), "{:?}", bench.log);
}

#[test]
fn ids_that_differ_in_case_alone_are_two_where_no_transform_map_takes_them_for_one() {
    let bench = Bench::new();
    let connector = basic(true);
    let run =
        |sub_action, params: &str| block_on(bench.run_as(&connector, sub_action, params)).unwrap();
    run("pushToService", &alert("/srv/Data", "a"));
    assert_eq!(run("closeIncident", &recovered("/srv/data")), "{}");
    run("pushToService", &alert("/srv/data", "b"));
    run("closeIncident", &recovered("/srv/data"));
    let states =
        ["INC0010001", "INC0010002"].map(|number| bench.incident(number).fields["state"].clone());
    assert_eq!(states, ["1", "7"]);
}

#[test]
fn an_id_that_a_transform_map_takes_for_nothing_is_one_all_the_same() {
    let bench = Bench::new();
    for _firing in 0..2 {
        push(&bench, &alert("NULL", "a")).unwrap();
    }
    close(&bench, &recovered("NULL")).unwrap();
    assert_eq!(bench.incidents().len(), 1);
    assert_eq!(bench.incident("INC0010001").fields["state"], "7");
}

#[test]
fn an_external_id_that_renders_to_nothing_names_nothing() {
    let bench = Bench::new();
    let params = r#"{"incident":{"short_description":"a","correlation_id":"c","externalId":" "}}"#;
    assert_eq!(push(&bench, params).unwrap()["title"], "INC0010001");
    let params = r#"{"incident":{"correlation_id":"c","externalId":" "}}"#;
    assert!(close(&bench, params).unwrap().contains("INC0010001"));
    assert_eq!(bench.incident("INC0010001").fields["state"], "7");
}

#[test]
fn five_comments_cost_five_requests() {
    let comments: Vec<serde_json::Value> = (1..=5)
        .map(|number| serde_json::json!({ "commentId": number.to_string(), "comment": "c" }))
        .collect();
    let params = serde_json::json!({
        "incident": { "short_description": "a", "correlation_id": "c" },
        "comments": comments,
    });
    for (uses_table_api, requests) in [(false, 7), (true, 6)] {
        let bench = Bench::new();
        let connector = basic(uses_table_api);
        block_on(bench.run_as(&connector, "pushToService", &params.to_string())).unwrap();
        assert_eq!(bench.requests().len(), requests);
        assert_eq!(bench.incident("INC0010001").journal.len(), 5);
    }
}

#[test]
fn the_table_api_takes_no_additional_fields() {
    let bench = Bench::new();
    let params = r#"{"incident":{"short_description":"a","correlation_id":"c",
        "additional_fields":{"u_cmdb_ci":"web-1"}}}"#;
    let error = block_on(bench.run_as(&basic(true), "pushToService", params)).unwrap_err();
    assert_eq!((error.code(), error.http_status()), (Code::AdditionalFieldsUnsupported, Some(400)));
    assert_eq!(bench.requests(), [""; 0]);
}

#[test]
fn the_table_api_needs_one_request_to_push_and_two_to_close() {
    let bench = Bench::new();
    let run = |sub_action: &str, params: &str| {
        block_on(bench.run_as(&basic(true), sub_action, params)).unwrap()
    };
    run("pushToService", &alert("c", "a"));
    assert_eq!(bench.requests().len(), 1);
    run("closeIncident", &recovered("c"));
    assert_eq!(bench.requests().len(), 3);
    assert_eq!(bench.incident("INC0010001").fields["state"], "7");
}
