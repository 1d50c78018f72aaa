//! The Import Set API (servicenow-instance.md 1).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod common;

use common::*;
use serde_json::{Value, json};

#[test]
fn a_row_without_a_match_inserts_an_incident() {
    let mut instance = instance();
    let row = json!({ "u_short_description": "Disk full", "u_correlation_id": "a" });
    let answer = instance.handle(&request("POST", IMPORT, &row.to_string()));
    let link = "http://127.0.0.1:1234/api/now";
    assert_eq!(answer.status, 201);
    assert!(answer.header("Location").unwrap().starts_with(&format!("{link}/import/x_elas2_")));
    let body = body(&answer);
    let sys_id = body["result"][0]["sys_id"].as_str().unwrap();
    assert_eq!(
        body,
        json!({
            "import_set": "ISET0010001",
            "staging_table": "x_elas2_inc_int_elastic_incident",
            "result": [{
                "transform_map": "Elastic Incident",
                "table": "incident",
                "display_name": "number",
                "display_value": "INC0010001",
                "record_link": format!("{link}/table/incident/{sys_id}"),
                "status": "inserted",
                "sys_id": sys_id
            }]
        })
    );
    assert_eq!(sys_id.len(), 32);
}

#[test]
fn the_versioned_path_does_the_same() {
    let target = IMPORT.replace("/now/", "/now/v1/");
    assert_eq!(instance().handle(&request("POST", &target, "{}")).status, 201);
}

#[test]
fn the_same_correlation_id_in_any_case_updates_the_same_incident() {
    let mut instance = instance();
    let first = import(&mut instance, &json!({ "u_correlation_id": "Rule:Änder" }));
    let row = json!({ "u_correlation_id": "rule:änder", "u_short_description": "again" });
    let second = import(&mut instance, &row);
    assert_eq!(second["status"], "updated");
    assert_eq!(second["sys_id"], first["sys_id"]);
    assert_eq!(incident(&mut instance, &first["sys_id"])["short_description"], "again");
}

#[test]
fn an_empty_correlation_id_matches_nothing() {
    let mut instance = instance();
    for id in [json!(""), json!(null)] {
        let entry = import(&mut instance, &json!({ "u_correlation_id": id }));
        assert_eq!(entry["status"], "inserted");
    }
    assert_eq!(instance.incident_count(), 2);
}

#[test]
fn the_incident_that_is_named_wins_over_the_correlation_id() {
    let mut instance = instance();
    let named = import(&mut instance, &json!({ "u_correlation_id": "a" }));
    import(&mut instance, &json!({ "u_correlation_id": "b" }));
    let row = json!({
        "elastic_incident_id": named["sys_id"], "u_correlation_id": "b", "u_description": "x"
    });
    let entry = import(&mut instance, &row);
    assert_eq!(entry["sys_id"], named["sys_id"]);
    assert_eq!(incident(&mut instance, &named["sys_id"])["correlation_id"], "b");
}

#[test]
fn naming_an_incident_that_is_not_there_is_an_error_in_the_entry() {
    let mut instance = instance();
    let entry = import(&mut instance, &json!({ "elastic_incident_id": "0".repeat(32) }));
    assert_eq!(
        entry,
        json!({
            "transform_map": "Elastic Incident",
            "table": "incident",
            "status": "error",
            "error_message": "Target record not found"
        })
    );
    assert_eq!(instance.incident_count(), 0);
}

#[test]
fn a_row_that_changes_nothing_is_ignored() {
    let mut instance = instance();
    let row = json!({ "u_correlation_id": "a", "u_short_description": "x" });
    let first = import(&mut instance, &row);
    let second = import(&mut instance, &row);
    assert_eq!(second["status"], "ignored");
    assert_eq!(second["status_message"], "No field values changed");
    assert_eq!(second["sys_id"], first["sys_id"]);
    assert_eq!(incident(&mut instance, &first["sys_id"])["sys_mod_count"], "0");
}

#[test]
fn null_and_empty_texts_leave_a_field_alone_and_the_word_null_clears_it() {
    let mut instance = instance();
    let row = json!({ "u_correlation_id": "a", "u_description": "x", "u_category": "software" });
    let sys_id = import(&mut instance, &row)["sys_id"].clone();
    for silent in [json!(null), json!("")] {
        let row = json!({
            "u_correlation_id": "a", "u_description": silent, "u_category": silent
        });
        assert_eq!(import(&mut instance, &row)["status"], "ignored");
    }
    assert_eq!(incident(&mut instance, &sys_id)["description"], "x");
    let row = json!({ "u_correlation_id": "a", "u_description": "NULL", "u_category": "NULL" });
    import(&mut instance, &row);
    let incident = incident(&mut instance, &sys_id);
    assert_eq!((&incident["description"], &incident["category"]), (&json!(""), &json!("")));
}

#[test]
fn an_unknown_column_is_dropped_and_noted() {
    let mut instance = instance();
    let row = json!({ "u_colleration_id": "a", "short_description": "x" });
    assert_eq!(import(&mut instance, &row)["status"], "inserted");
    let noted = notes(&instance).join("\n");
    assert!(noted.contains("colleration_id") && noted.contains("short_description"), "{noted}");
    assert_eq!(instance.incidents().next().unwrap().fields["short_description"], "");
}

#[test]
fn what_is_too_long_is_cut_and_noted() {
    let mut instance = instance();
    let long = "ß".repeat(5_000);
    let row = json!({
        "u_correlation_id": long, "u_short_description": long, "u_description": long
    });
    let first = import(&mut instance, &row);
    let incident = incident(&mut instance, &first["sys_id"]);
    let length = |name: &str| incident[name].as_str().unwrap().chars().count();
    let lengths = ["correlation_id", "short_description", "description"].map(length);
    assert_eq!(lengths, [100, 160, 4000]);
    import(&mut instance, &row);
    assert!(notes(&instance).iter().any(|note| note == "correlation_id is cut to 100 characters"));
    assert_eq!(instance.incident_count(), 1, "the cut ID still matches");
}

#[test]
fn notes_and_comments_pile_up_in_the_journal() {
    let mut instance = instance();
    for text in ["one", "two"] {
        let row = json!({ "u_correlation_id": "a", "u_work_notes": text, "u_comments": text });
        import(&mut instance, &row);
    }
    let incident = &instance.incidents().next().unwrap();
    let entries: Vec<(&str, &str)> = incident
        .journal
        .iter()
        .map(|entry| (entry["element"].as_str(), entry["value"].as_str()))
        .collect();
    let expected =
        [("comments", "one"), ("work_notes", "one"), ("comments", "two"), ("work_notes", "two")];
    assert_eq!(entries, expected);
    assert_eq!(incident.fields["work_notes"], "");
    assert_eq!(incident.fields["sys_mod_count"], "1");
}

#[test]
fn values_of_other_types_are_stored_as_their_text() {
    let mut instance = instance();
    let row = json!({ "u_urgency": 1, "u_short_description": true, "u_description": { "a": "b" } });
    let sys_id = import(&mut instance, &row)["sys_id"].clone();
    let incident = incident(&mut instance, &sys_id);
    assert_eq!(incident["urgency"], "1");
    assert_eq!(incident["short_description"], "true");
    assert!(incident["description"].as_str().unwrap().contains('='));
}

#[test]
fn the_caller_is_found_by_name_or_address() {
    for caller in ["elastic", "ELASTIC@example.com"] {
        let mut instance = instance();
        let row = json!({ "u_caller_id": caller, "u_opened_by": caller });
        let sys_id = import(&mut instance, &row)["sys_id"].clone();
        let incident = incident(&mut instance, &sys_id);
        let link = incident["caller_id"]["link"].as_str().unwrap().to_owned();
        assert!(link.starts_with("http://127.0.0.1:1234/api/now/table/sys_user/"));
        assert_eq!(incident["caller_id"], incident["opened_by"]);
    }
    let mut instance = instance();
    import(&mut instance, &json!({ "u_caller_id": "stranger" }));
    assert_eq!(instance.incidents().next().unwrap().fields["caller_id"], "");
    assert!(notes(&instance)[0].contains("stranger"));
}

#[test]
fn a_configuration_item_that_is_not_there_is_made() {
    let mut instance = instance();
    let row = json!({ "u_cmdb_ci": "web-1" });
    let sys_ids = [import(&mut instance, &row), import(&mut instance, &row)];
    let items = sys_ids.map(|entry| incident(&mut instance, &entry["sys_id"])["cmdb_ci"].clone());
    assert_eq!(items[0], items[1]);
    let item = get(&mut instance, items[0]["link"].as_str().unwrap());
    assert_eq!(body(&item)["result"]["name"], "web-1");
}

#[test]
fn closing_needs_a_code_and_notes() {
    let mut instance = instance();
    import(&mut instance, &json!({ "u_correlation_id": "a" }));
    let close = |code: &str, notes: &str| {
        json!({
            "u_correlation_id": "a", "u_state": "7",
            "u_close_code": code, "u_close_notes": notes
        })
    };
    let policy = "Data Policy Exception: The following fields are mandatory: ";
    for (code, notes, missing) in [
        ("", "", "Resolution code, Resolution notes"),
        ("No such code", "done", "Resolution code"),
        ("Duplicate", "", "Resolution notes"),
    ] {
        let entry = import(&mut instance, &close(code, notes));
        assert_eq!(entry["status"], "error");
        assert_eq!(entry["error_message"], format!("{policy}{missing}"));
        assert_eq!(entry.get("sys_id"), None);
        assert_eq!(instance.incidents().next().unwrap().fields["state"], "1");
    }
    instance.set_now(NOW + 1_000);
    let entry = import(&mut instance, &close("Closed/Resolved by Caller", "Closed by Caller"));
    assert_eq!(entry["status"], "updated");
    let fields = &instance.incidents().next().unwrap().fields;
    let closed = ["state", "incident_state", "active", "closed_at"].map(|name| &*fields[name]);
    assert_eq!(closed, ["7", "7", "false", "2024-05-06 07:08:10"]);
}

#[test]
fn a_closed_incident_takes_updates_and_stays_closed() {
    let mut instance = instance();
    let row = json!({
        "u_correlation_id": "a", "u_state": "7", "u_close_code": "Duplicate", "u_close_notes": "x"
    });
    import(&mut instance, &row);
    let again = json!({ "u_correlation_id": "a", "u_description": "again" });
    assert_eq!(import(&mut instance, &again)["status"], "updated");
    assert_eq!(instance.incident_count(), 1);
    assert_eq!(instance.incidents().next().unwrap().fields["state"], "7");
}

#[test]
fn an_import_set_collects_the_rows_of_a_day() {
    let mut instance = instance();
    let number = |instance: &mut servicenow_simulator::Instance| -> Value {
        body(&instance.handle(&request("POST", IMPORT, "{}")))["import_set"].clone()
    };
    assert_eq!(number(&mut instance), "ISET0010001");
    assert_eq!(number(&mut instance), "ISET0010001");
    instance.set_now(NOW + 86_400_000);
    assert_eq!(number(&mut instance), "ISET0010002");
}

#[test]
fn a_body_that_is_no_record_is_refused() {
    let mut instance = instance();
    for text in ["", "{", "7", "[]", "[7]", "\u{feff}{}", &"[".repeat(10_000)] {
        let answer = instance.handle(&request("POST", IMPORT, text));
        assert_eq!(answer.status, 400, "{text}");
        assert_eq!(body(&answer)["error"]["message"], "Exception while reading request");
    }
    assert_eq!(instance.incident_count(), 0);
}

#[test]
fn a_staging_table_that_is_not_there_is_refused() {
    let answer = instance().handle(&request("POST", "/api/now/import/u_other", "{}"));
    assert_eq!(answer.status, 400);
    assert_eq!(body(&answer)["error"]["message"], "Invalid table u_other");
}
