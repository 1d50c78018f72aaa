//! 1. Import Set API.

use serde_json::{Value, json};
use servicenow_simulator::{
    ChoiceAction, EnforceMandatory, ImportDenied, Instance, OnBefore, PrivilegeDenied, RunsAs,
    TransformMap, UnknownStagingTable, User,
};

use crate::common::*;
use crate::{create, status, switched, with_setup};

/// An instance whose transform map differs from the usual one.
fn mapped(change: impl FnOnce(&mut TransformMap)) -> Instance {
    let mut map = TransformMap::default();
    change(&mut map);
    with_setup(|setup| setup.transform_maps = vec![map])
}

/// Imports a row into an instance that has an incident with the correlation ID `a`.
fn imported(instance: &mut Instance, row: &Value) -> Value {
    if instance.incident_count() == 0 {
        create(instance, &json!({ "correlation_id": "a", "short_description": "x" }));
    }
    import(instance, row)
}

#[test]
fn the_answer_tells_of_every_map() {
    let answer = instance().handle(&request("POST", IMPORT, r#"{"u_correlation_id":"a"}"#));
    let link = "http://127.0.0.1:1234/api/now";
    status(201)
        .at("/import_set", "ISET0010001")
        .at("/staging_table", "x_elas2_inc_int_elastic_incident")
        .at("/result/0/transform_map", "Elastic Incident")
        .at("/result/0/table", "incident")
        .at("/result/0/display_name", "number")
        .at("/result/0/display_value", "INC0010001")
        .at("/result/0/status", "inserted")
        .at("/result/0/status_message", json!(null))
        .at("/result/0/error_message", json!(null))
        .check(&answer, "1.1");
    let entry = &body(&answer)["result"][0];
    let sys_id = entry["sys_id"].as_str().unwrap();
    assert_eq!(entry["record_link"], format!("{link}/table/incident/{sys_id}"), "1.1");
    assert_eq!(sys_id.len(), 32, "1.1");
}

#[test]
fn statuses_are_those_of_the_table() {
    let cases: [(&str, Instance, Value, Value); 8] = [
        ("1.2: inserted", instance(), json!({}), json!({ "status": "inserted" })),
        (
            "1.2: updated",
            instance(),
            json!({ "u_correlation_id": "A", "u_description": "y" }),
            json!({ "status": "updated", "display_value": "INC0010001" }),
        ),
        (
            "1.2: ignored, nothing to change",
            instance(),
            json!({ "u_correlation_id": "a", "u_short_description": "x" }),
            json!({ "status": "ignored", "status_message": "No field values changed" }),
        ),
        (
            "1.2: ignored by a script",
            mapped(|map| map.on_before = OnBefore::Ignore),
            json!({ "u_correlation_id": "a" }),
            json!({
                "status": "ignored", "error_message": "Target record not found", "sys_id": null,
                "status_message": "Row transform ignored by onBefore script"
            }),
        ),
        (
            "1.2: skipped, coalesce value missing",
            mapped(|map| map.create_on_empty_coalesce = false),
            json!({}),
            json!({
                "status": "skipped", "sys_id": null,
                "status_message": "Unable to resolve target record, coalesce values not present"
            }),
        ),
        (
            "1.2: error by a script",
            mapped(|map| map.on_before = OnBefore::Error),
            json!({}),
            json!({
                "status": "error", "sys_id": null, "record_link": null, "display_value": null,
                "error_message": "No transform entry or scripts are defined; Target record not found"
            }),
        ),
        (
            "1.2: error, no such record",
            instance(),
            json!({ "elastic_incident_id": "0".repeat(32) }),
            json!({ "status": "error", "error_message": "Target record not found", "sys_id": null }),
        ),
        (
            "1.2: error, no such table",
            mapped(|map| map.table = "u_other".into()),
            json!({}),
            json!({ "status": "error", "error_message": "Invalid table", "table": "u_other" }),
        ),
    ];
    for (source, mut instance, row, expected) in cases {
        let entry = imported(&mut instance, &row);
        for (name, value) in expected.as_object().unwrap() {
            let held = entry.get(name).unwrap_or(&Value::Null);
            assert_eq!(held, value, "{source}: {name}");
        }
    }
}

#[test]
fn several_maps_give_several_entries_and_none_gives_none() {
    let second =
        TransformMap { name: "Second".into(), table: "u_log".into(), ..TransformMap::default() };
    let mut two = with_setup(|setup| setup.transform_maps.push(second));
    status(201)
        .at("/result/0/status", "inserted")
        .at("/result/1/transform_map", "Second")
        .at("/result/1/status", "error")
        .check(&two.handle(&request("POST", IMPORT, "{}")), "1.1: one entry per map");
    let mut inactive = mapped(|map| map.active = false);
    status(201)
        .at("/result", json!([]))
        .check(&inactive.handle(&request("POST", IMPORT, "{}")), "1.2: empty result");
}

#[test]
fn matching_goes_by_every_coalesce_field() {
    let two =
        |map: &mut TransformMap| map.coalesce = vec!["correlation_id".into(), "category".into()];
    let row = |id: &str, category: &str| json!({ "u_correlation_id": id, "u_category": category });
    let none = |map: &mut TransformMap| map.coalesce.clear();
    let cases: Vec<(&str, Instance, Value, &str)> = vec![
        ("1.3: no coalesce field", mapped(none), row("a", "inquiry"), "inserted"),
        ("1.3: all match", mapped(two), row("a", "inquiry"), "ignored"),
        ("1.3: one does not", mapped(two), row("a", "network"), "inserted"),
        ("1.3: case is ignored", instance(), row("A", ""), "updated"),
        (
            "1.3: unless it counts",
            mapped(|map| map.coalesce_case_sensitive = true),
            row("A", ""),
            "inserted",
        ),
        ("1.3: an empty value matches nothing", instance(), row("", ""), "inserted"),
    ];
    for (source, mut instance, row, expected) in cases {
        assert_eq!(imported(&mut instance, &row)["status"], expected, "{source}");
    }
    let mut empty = mapped(|map| map.coalesce_empty_fields = true);
    create(&mut empty, &json!({}));
    let row = json!({ "u_short_description": "y" });
    assert_eq!(import(&mut empty, &row)["status"], "updated", "1.3: coalesce empty fields");
}

#[test]
fn of_several_targets_only_the_first_is_updated() {
    let mut instance = instance();
    let first = create(&mut instance, &json!({ "correlation_id": "a" }));
    let second = create(&mut instance, &json!({ "correlation_id": "a" }));
    let row = json!({ "u_correlation_id": "a", "u_description": "y" });
    assert_eq!(import(&mut instance, &row)["sys_id"], first, "1.3");
    assert_eq!(incident(&mut instance, &json!(second))["description"], "", "1.3");
}

#[test]
fn the_incident_that_is_named_is_updated() {
    let mut instance = instance();
    let named = create(&mut instance, &json!({ "correlation_id": "a" }));
    create(&mut instance, &json!({ "correlation_id": "b" }));
    let row = json!({ "elastic_incident_id": named, "u_correlation_id": "b" });
    assert_eq!(import(&mut instance, &row)["sys_id"], named, "1.3");
}

#[test]
fn an_import_set_is_a_day_old_at_most_and_its_rows_a_week() {
    let mut instance = instance();
    let answer = instance.handle(&request("POST", IMPORT, "{}"));
    let location = answer.header("Location").unwrap().to_owned();
    let reread = get(&mut instance, &location);
    assert_eq!((reread.status, &reread.body), (200, &answer.body), "1.1: GET re-reads the answer");
    instance.set_now(NOW + 86_400_000);
    status(201)
        .at("/import_set", "ISET0010002")
        .check(&instance.handle(&request("POST", IMPORT, "{}")), "1.1: a new set after midnight");
    instance.set_now(NOW + 8 * 86_400_000);
    status(404).check(&get(&mut instance, &location), "1.1: cleaned after 7 days");
    let versioned = IMPORT.replace("/now/", "/now/v1/");
    status(201).check(&instance.handle(&request("POST", &versioned, "{}")), "1.1: v1");
    for method in ["PUT", "PATCH", "DELETE"] {
        status(405).check(&instance.handle(&request(method, IMPORT, "{}")), "1.1: only POST");
    }
}

#[test]
fn bad_input_is_stored_as_far_as_it_fits() {
    let mut instance = instance();
    let row = json!({
        "u_colleration_id": "a", "short_description": "x", "u_urgency": 1,
        "u_description": { "a": "b" }, "u_correlation_display": "d".repeat(200)
    });
    let entry = import(&mut instance, &row);
    assert_eq!(entry["status"], "inserted", "1.4: unknown columns are dropped");
    let stored = incident(&mut instance, &entry["sys_id"]);
    assert_eq!(stored["correlation_id"], "", "1.4");
    assert_eq!(stored["short_description"], "", "1.4");
    assert_eq!(stored["urgency"], "1", "1.4: a number is stored as its text");
    assert_eq!(stored["description"], "{\"a\"=\"b\"}", "1.1: a nested object is garbled");
    assert_eq!(stored["correlation_display"].as_str().unwrap().len(), 100, "1.4: cut");

    let mut narrow = switched(|on| on.staging_width = Some(40));
    let entry = import(&mut narrow, &json!({ "u_short_description": "d".repeat(100) }));
    let stored = incident(&mut narrow, &entry["sys_id"]);
    assert_eq!(stored["short_description"].as_str().unwrap().len(), 40, "1.4: sampled columns");

    let long = "d".repeat(9_000);
    let entry = import(&mut instance, &json!({ "u_description": long }));
    assert_eq!(entry["status"], "inserted", "1.4: cut to its column, the row is small enough");
    let large = json!({ "u_description": long, "u_close_notes": long, "u_work_notes": long });
    let entry = import(&mut instance, &large);
    assert_eq!(entry["status"], "skipped", "1.4: a row of more than 8126 bytes");
    assert_eq!(entry["sys_id"], json!(null), "1.2: skipped rows name no record");
    let mut roomy = switched(|on| on.maximum_row_bytes = None);
    assert_eq!(import(&mut roomy, &large)["status"], "inserted", "1.4");

    for text in ["", "{", "7", "[]"] {
        let answer = instance.handle(&request("POST", IMPORT, text));
        status(400).at("/error/message", "Exception while reading request").check(&answer, "1.4");
    }
    let other = request("POST", "/api/now/import/u_other", "{}");
    status(400).error("Invalid table u_other", json!(null)).check(&instance.handle(&other), "1.4");
    let table = UnknownStagingTable::InvalidStagingTable;
    let mut worded = switched(|on| on.unknown_staging_table = table);
    status(400)
        .error("Invalid staging table", json!(null))
        .check(&worded.handle(&other), "1.4, 11.11");
}

#[test]
fn null_clears_and_empty_leaves_alone_unless_the_map_copies_it() {
    for (source, mut instance, text, expected) in [
        ("1.4: NULL clears", instance(), "NULL", ""),
        ("1.4: empty is not copied", instance(), "", "x"),
        ("1.4: copy empty fields", mapped(|map| map.copy_empty_fields = true), "", ""),
    ] {
        let row = json!({ "u_correlation_id": "a", "u_short_description": text });
        imported(&mut instance, &row);
        let held = instance.incidents().next().unwrap().fields["short_description"].clone();
        assert_eq!(held, expected, "{source}");
    }
}

#[test]
fn the_choice_action_decides_on_what_is_not_there() {
    use ChoiceAction::{Create, Ignore, Reject};
    for (source, action, column, status, held, made) in [
        ("1.4: choice made", Create, "category", "updated", "u-new", 1),
        ("1.4: choice ignored", Ignore, "category", "ignored", "inquiry", 0),
        ("1.4: choice rejects", Reject, "category", "skipped", "inquiry", 0),
        ("1.4: reference ignored", Ignore, "cmdb_ci", "ignored", "", 0),
        ("1.4: reference rejects", Reject, "cmdb_ci", "skipped", "", 0),
    ] {
        let mut instance = mapped(|map| map.choice_action = action);
        let mut row = json!({ "u_correlation_id": "a" });
        row[format!("u_{column}")] = json!("u-new");
        assert_eq!(imported(&mut instance, &row)["status"], status, "{source}");
        assert_eq!(instance.incidents().next().unwrap().fields[column], held, "{source}");
        let choices = get(&mut instance, "/api/now/table/sys_choice?value=u-new");
        assert_eq!(body(&choices)["result"].as_array().unwrap().len(), made, "{source}");
    }
    let mut instance = instance();
    let entry = import(&mut instance, &json!({ "u_cmdb_ci": "web-1", "u_category": "Network" }));
    let stored = incident(&mut instance, &entry["sys_id"]);
    let item = get(&mut instance, stored["cmdb_ci"]["link"].as_str().unwrap());
    status(200).at("/result/name", "web-1").check(&item, "1.4: reference made");
    assert_eq!(stored["category"], "network", "1.4: a label means its choice");
}

#[test]
fn mandatory_fields_are_enforced_as_far_as_the_map_says() {
    let enforced = |how| {
        mapped(|map| {
            map.enforce_mandatory = how;
            map.mandatory = vec!["short_description".into()];
        })
    };
    let empty = json!({ "u_short_description": "NULL" });
    for (source, how, row, expected) in [
        ("1.4: No", EnforceMandatory::No, json!({}), "inserted"),
        ("1.4: Only mapped, not mapped", EnforceMandatory::OnlyMapped, json!({}), "inserted"),
        ("1.4: Only mapped", EnforceMandatory::OnlyMapped, empty, "error"),
        ("1.4: All", EnforceMandatory::All, json!({}), "error"),
    ] {
        assert_eq!(import(&mut enforced(how), &row)["status"], expected, "{source}");
    }
}

#[test]
fn the_policy_on_closing_holds_for_imports_unless_it_is_opted_out() {
    let close = json!({ "u_correlation_id": "a", "u_state": "7" });
    let entry = imported(&mut instance(), &close);
    let text = "Data Policy Exception: The following fields are mandatory: \
                Resolution code, Resolution notes";
    assert_eq!((&entry["status"], &entry["error_message"]), (&json!("error"), &json!(text)), "1.4");
    let mut opted_out = switched(|on| on.data_policy_on_import = false);
    assert_eq!(imported(&mut opted_out, &close)["status"], "updated", "1.4, 11.3");
    let mut unruly = mapped(|map| map.run_business_rules = false);
    let row = json!({ "u_impact": "1", "u_urgency": "1" });
    let entry = import(&mut unruly, &row);
    assert_eq!(incident(&mut unruly, &entry["sys_id"])["priority"], "5", "1.4: no rules run");
}

#[test]
fn roles_open_the_api() {
    let roles = |roles: &[&str]| {
        let roles = Some(roles.iter().map(|role| (*role).to_owned()).collect());
        User { roles, ..User::new("elastic", "changeme") }
    };
    let integration = "x_elas2_inc_int.integration_user";
    let denied = || {
        status(403)
            .error("Operation Failed", "ACL Exception Insert Failed due to security constraints")
    };
    let post = || request("POST", IMPORT, "{}");
    for held in [
        &[integration, "import_transformer"][..],
        &[integration, "import_set_loader"],
        &["import_admin"],
    ] {
        let mut instance = with_setup(|setup| setup.users = vec![roles(held)]);
        denied().check(&instance.handle(&post()), "1.5, 10");
    }
    let admin = [integration, "import_admin"];
    let mut instance = with_setup(|setup| setup.users = vec![roles(&admin)]);
    status(201).check(&instance.handle(&post()), "1.5: import_admin contains both");
    let lacking = |denied: ImportDenied| {
        with_setup(|setup| {
            setup.users = vec![roles(&[integration, "import_set_loader"])];
            setup.switches.import_denied = denied;
        })
    };
    status(403)
        .error("User Not Authorized", "Failed API level ACL Validation")
        .check(&lacking(ImportDenied::NotAuthorized).handle(&post()), "1.5, 11.2");
    status(201)
        .at("/result/0/status", "error")
        .check(&lacking(ImportDenied::ErrorEntry).handle(&post()), "10, 11.2");
    let mut guarded = with_setup(|setup| {
        setup.users = vec![roles(&admin)];
        setup.switches.rest_api_needs_role = true;
    });
    status(403).at("/error/message", "User Not Authorized").check(&guarded.handle(&post()), "1.5");
}

#[test]
fn what_is_unsettled_about_imports_can_be_switched() {
    let mut accepted = switched(|on| on.import_answers_200 = true);
    status(200).check(&accepted.handle(&request("POST", IMPORT, "{}")), "1.1, 11.2");
    let mut system = switched(|on| on.transform_runs_as = RunsAs::System);
    let entry = import(&mut system, &json!({}));
    let signed = incident(&mut system, &entry["sys_id"])["sys_created_by"].clone();
    assert_eq!(signed, "system", "4.3, 11.4");
    let mut caller = switched(|on| on.transform_runs_as = RunsAs::CallerWithRights);
    caller.set_step("incident.write", false).unwrap();
    assert_eq!(import(&mut caller, &json!({}))["status"], "error", "11.4");
    let mut server = switched(|on| on.privilege_denied = PrivilegeDenied::ServerError);
    server.set_step("privilege.Incident", false).unwrap();
    let text = "com.glide.script.fencing.access.ScopeAccessNotGrantedException: \
                read access to incident not granted";
    status(500).error(text, "").check(&server.handle(&request("POST", IMPORT, "{}")), "10");
}

#[test]
fn many_rows_go_in_by_label_and_tell_nothing() {
    let target = format!("{IMPORT}/insertMultiple");
    let rows = json!({ "records": [
        { "Short description": "x", "Correlation ID": "a" },
        { "Short description": "y", "Correlation ID": "a" },
        { "u_short_description": "names are not labels" }
    ] });
    let mut labelled = instance();
    let answer = labelled.handle(&request("POST", &target, &rows.to_string()));
    let body = body(&answer);
    let mut names: Vec<&String> = body.as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(names, ["import_set_id", "multi_import_set_id"], "1.6");
    let texts: Vec<String> =
        labelled.incidents().map(|incident| incident.fields["short_description"].clone()).collect();
    assert_eq!(texts, ["y", ""], "1.6");
    let given = format!("{target}?multi_import_set_id=m1");
    let answer = labelled.handle(&request("POST", &given, r#"{"records":[]}"#));
    status(201).at("/multi_import_set_id", "m1").check(&answer, "1.6");
    status(400).check(&labelled.handle(&request("POST", &target, "{}")), "1.6: no records");
    let mut by_name = switched(|on| on.insert_multiple_by_name = true);
    by_name.handle(&request("POST", &target, r#"{"records":[{"u_description":"z"}]}"#));
    assert_eq!(by_name.incidents().next().unwrap().fields["description"], "z", "1.6");
}
