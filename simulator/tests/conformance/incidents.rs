//! 4. Incident table.

use serde_json::{Value, json};
use servicenow_simulator::{CloseCodes, ClosedIncidents, Instance, User};

use crate::common::*;
use crate::{create, patch, status, switched, with_setup};

fn columns(record: &Value, names: &[&str]) -> Vec<String> {
    names.iter().map(|name| record[name].as_str().unwrap().to_owned()).collect()
}

fn changed(instance: &mut Instance, sys_id: &str, record: &Value) -> Value {
    let answer = patch(instance, sys_id, record);
    assert_eq!(answer.status, 200, "{}", answer.body);
    body(&answer)["result"].clone()
}

#[test]
fn a_new_incident_has_the_values_of_a_fresh_one() {
    let mut instance = instance();
    let sys_id = create(&mut instance, &json!({}));
    let incident = incident(&mut instance, &json!(sys_id));
    for (source, name, value) in [
        ("4.1", "number", "INC0010001"),
        ("4.1", "category", "inquiry"),
        ("4.1", "impact", "3"),
        ("4.1", "urgency", "3"),
        ("4.1", "severity", "3"),
        ("4.5", "priority", "5"),
        ("4.2", "state", "1"),
        ("4.2", "incident_state", "1"),
        ("4.2", "active", "true"),
        ("4.1", "opened_at", "2024-05-06 07:08:09"),
        ("4.1", "sys_created_on", "2024-05-06 07:08:09"),
        ("4.1: a name and no sys_id", "sys_created_by", "elastic"),
        ("4.1", "sys_updated_by", "elastic"),
        ("4.1", "sys_mod_count", "0"),
        ("4.1", "upon_approval", "proceed"),
        ("4.1", "upon_reject", "cancel"),
        ("4.1", "approval", "not requested"),
        ("4.1", "escalation", "0"),
        ("4.1", "notify", "1"),
        ("4.1", "sys_class_name", "incident"),
        ("4.1", "sys_domain", "global"),
        ("2.3", "caller_id", ""),
        ("4.7", "work_notes", ""),
        ("4.7", "comments", ""),
    ] {
        assert_eq!(incident[name], value, "{source}: {name}");
    }
    assert!(sys_id.bytes().all(|byte| b"0123456789abcdef".contains(&byte)), "4.1: lower case");
}

#[test]
fn priority_is_looked_up_whatever_is_asked_for() {
    for (impact, row) in (1..).zip(["123", "234", "345"]) {
        for (urgency, priority) in (1..).zip(row.chars()) {
            let mut instance = instance();
            let record = json!({ "impact": impact, "urgency": urgency, "priority": "1" });
            create(&mut instance, &record);
            let held = instance.incidents().next().unwrap().fields["priority"].clone();
            assert_eq!(held, priority.to_string(), "4.5: {impact} x {urgency}");
        }
    }
}

#[test]
fn states_drive_active_and_the_dates() {
    let close = json!({ "close_code": "Duplicate", "close_notes": "x" });
    let with_state = |name: &str, state: &str| {
        let mut record = close.clone();
        record[name] = json!(state);
        record
    };
    let seen = ["state", "incident_state", "active", "resolved_at", "closed_at"];
    let now = "2024-05-06 07:08:09";
    for (source, name, state, expected) in [
        ("4.2: In Progress", "state", "2", ["2", "2", "true", "", ""]),
        ("4.2: On Hold", "state", "3", ["3", "3", "true", "", ""]),
        ("4.2: Resolved stays active", "state", "6", ["6", "6", "true", now, ""]),
        ("4.2: Closed", "state", "7", ["7", "7", "false", "", now]),
        ("4.2: Canceled", "state", "8", ["8", "8", "false", "", ""]),
        ("4.2: incident_state drives", "incident_state", "7", ["7", "7", "false", "", now]),
    ] {
        let mut instance = instance();
        let sys_id = create(&mut instance, &json!({}));
        let incident = changed(&mut instance, &sys_id, &with_state(name, state));
        assert_eq!(columns(&incident, &seen), expected, "{source}");
        let reopened = changed(&mut instance, &sys_id, &json!({ "state": "2" }));
        assert_eq!(columns(&reopened, &seen), ["2", "2", "true", "", ""], "{source}, reopened");
    }
}

#[test]
fn closing_demands_a_code_and_notes() {
    let mut instance = instance();
    let sys_id = create(&mut instance, &json!({}));
    let policy = |missing: &str| {
        json!(format!("Data Policy Exception: The following fields are mandatory: {missing}"))
    };
    for (source, record, missing) in [
        ("4.3: code", json!({ "state": "7", "close_notes": "x" }), "Resolution code"),
        ("4.3: notes", json!({ "state": "7", "close_code": "Duplicate" }), "Resolution notes"),
        ("4.3: both, resolved", json!({ "state": "6" }), "Resolution code, Resolution notes"),
        (
            "4.3: an unknown choice counts as empty",
            json!({ "state": "7", "close_code": "Done", "close_notes": "x" }),
            "Resolution code",
        ),
        (
            "4.2: awaiting caller",
            json!({ "state": "3", "hold_reason": "1" }),
            "Additional comments",
        ),
    ] {
        let answer = patch(&mut instance, &sys_id, &record);
        status(403).error("Operation Failed", policy(missing)).check(&answer, source);
    }
    assert_eq!(instance.incidents().next().unwrap().fields["state"], "1", "nothing is written");
    let told = json!({ "state": "3", "hold_reason": "1", "comments": "your turn" });
    changed(&mut instance, &sys_id, &told);
}

#[test]
fn which_codes_close_depends_on_the_age_of_the_instance() {
    let old =
        json!({ "state": "7", "close_code": "Closed/Resolved by Caller", "close_notes": "x" });
    let new = json!({ "state": "7", "close_code": "Resolved by caller", "close_notes": "x" });
    for (codes, closes_old, closes_new) in
        [(CloseCodes::Both, 200, 200), (CloseCodes::Old, 200, 403), (CloseCodes::New, 403, 200)]
    {
        for (record, expected) in [(&old, closes_old), (&new, closes_new)] {
            let mut instance = switched(|on| on.close_codes = codes);
            let sys_id = create(&mut instance, &json!({}));
            let answer = patch(&mut instance, &sys_id, record);
            status(expected).check(&answer, &format!("4.3: {codes:?}"));
        }
    }
}

#[test]
fn closing_can_need_a_role() {
    let close = json!({ "state": "7", "close_code": "Duplicate", "close_notes": "x" });
    let mut strict = switched(|on| on.closing_needs_role = true);
    let sys_id = create(&mut strict, &json!({ "correlation_id": "a" }));
    let detail = "ACL Exception Update Failed due to security constraints";
    status(403)
        .error("Operation Failed", detail)
        .check(&patch(&mut strict, &sys_id, &close), "4.3, 11.4");
    let row = json!({
        "u_correlation_id": "a", "u_state": "7",
        "u_close_code": "Duplicate", "u_close_notes": "x"
    });
    assert_eq!(import(&mut strict, &row)["status"], "updated", "4.3: imports run as System");
    let mut admin = with_setup(|setup| {
        let roles = Some(vec!["itil_admin".to_owned()]);
        setup.users = vec![User { roles, ..User::new("elastic", "changeme") }];
        setup.switches.closing_needs_role = true;
    });
    let sys_id = create(&mut admin, &json!({}));
    status(200).check(&patch(&mut admin, &sys_id, &close), "4.3: itil_admin closes");
}

#[test]
fn a_closed_incident_takes_updates_unless_a_rule_aborts_them() {
    let close = json!({
        "correlation_id": "a", "state": "7", "close_code": "Duplicate", "close_notes": "x"
    });
    let row = json!({ "u_correlation_id": "a", "u_description": "again" });
    let mut open = instance();
    create(&mut open, &close);
    assert_eq!(import(&mut open, &row)["status"], "updated", "4.4, 1.3");
    assert_eq!(open.incidents().next().unwrap().fields["state"], "7", "4.4: stays closed");

    let mut kept = switched(|on| on.closed_incidents = ClosedIncidents::Abort);
    let sys_id = create(&mut kept, &close);
    let entry = import(&mut kept, &row);
    assert_eq!(entry["status"], "error", "4.4, 11.10");
    let message = entry["error_message"].as_str().unwrap().to_owned();
    let begins = "Operation against file 'incident' was aborted by Business Rule '";
    assert!(message.starts_with(begins), "1.2: {message}");
    assert!(message.contains("Business Rule Stack:"), "1.2: {message}");
    status(403)
        .error("Operation Failed", message)
        .check(&patch(&mut kept, &sys_id, &json!({ "state": "2" })), "2.4");
}

#[test]
fn a_job_closes_what_has_been_resolved_for_days() {
    let resolve = json!({ "state": "6", "close_code": "Duplicate", "close_notes": "x" });
    let state = |instance: &Instance| instance.incidents().next().unwrap().fields["state"].clone();
    for (days, after, expected) in [(7, 6, "6"), (7, 8, "7"), (1, 2, "7"), (0, 100, "6")] {
        let mut instance = switched(|on| on.autoclose_days = days);
        create(&mut instance, &resolve);
        instance.set_now(NOW + after * 86_400_000);
        assert_eq!(state(&instance), expected, "4.2: {days} days, after {after}");
    }
}

#[test]
fn what_is_too_long_is_cut_to_its_column() {
    let long = "ß".repeat(5_000);
    let record = json!({
        "correlation_id": long, "short_description": long, "description": long,
        "close_notes": long, "category": long
    });
    let names = ["correlation_id", "short_description", "description", "close_notes", "category"];
    let lengths = |mut instance: Instance| {
        create(&mut instance, &record);
        let incident = instance.incidents().next().unwrap();
        names.map(|name| incident.fields[name].chars().count())
    };
    assert_eq!(lengths(instance()), [100, 160, 4000, 4000, 40], "4.1, 4.6");
    let keeps = switched(|on| on.keeps_long_text = true);
    assert_eq!(lengths(keeps), [100, 160, 5000, 5000, 40], "4.6, 11.9: MEDIUMTEXT keeps more");
    let wider = switched(|on| on.column_widths = [("correlation_id".into(), 255)].into());
    assert_eq!(lengths(wider)[0], 255, "11.9");
}

#[test]
fn journals_pile_up_and_read_as_nothing() {
    let mut instance = instance();
    let sys_id = create(&mut instance, &json!({ "work_notes": "one", "comments": "hello" }));
    for _ in 0..2 {
        changed(&mut instance, &sys_id, &json!({ "work_notes": "two" }));
    }
    let incident = incident(&mut instance, &json!(sys_id));
    assert_eq!(incident["work_notes"], "", "4.7");
    let target = format!(
        "/api/now/table/sys_journal_field?sysparm_query=element_id={sys_id}^element=work_notes\
         &sysparm_fields=value,name,sys_created_by"
    );
    let entry =
        |text: &str| json!({ "value": text, "name": "incident", "sys_created_by": "elastic" });
    status(200)
        .at("/result", json!([entry("one"), entry("two"), entry("two")]))
        .check(&get(&mut instance, &target), "4.7: repeating repeats the entry");
    let shown = get(&mut instance, &format!("{INCIDENT}/{sys_id}?sysparm_display_value=true"));
    let shown = body(&shown)["result"]["work_notes"].as_str().unwrap().to_owned();
    assert!(shown.contains("elastic (Work notes)\none"), "4.7: {shown}");
}

#[test]
fn a_change_is_counted_dated_and_signed() {
    let mut instance = instance();
    let sys_id = create(&mut instance, &json!({}));
    instance.set_now(NOW + 5_000);
    let incident = changed(&mut instance, &sys_id, &json!({ "description": "y" }));
    let names = ["sys_mod_count", "sys_updated_on", "sys_created_on"];
    let expected = ["1", "2024-05-06 07:08:14", "2024-05-06 07:08:09"];
    assert_eq!(columns(&incident, &names), expected, "4.1");
}

#[test]
fn numbers_are_not_given_again() {
    let mut instance = instance();
    let sys_id = create(&mut instance, &json!({}));
    instance.handle(&request("DELETE", &format!("{INCIDENT}/{sys_id}"), ""));
    create(&mut instance, &json!({}));
    assert_eq!(instance.incidents().next().unwrap().fields["number"], "INC0010002", "4.1");
}
