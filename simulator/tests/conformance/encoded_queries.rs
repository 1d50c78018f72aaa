//! 3. Encoded queries.

use serde_json::json;
use servicenow_simulator::{Instance, UnknownQueryField};

use crate::common::*;
use crate::{create, patch, status, switched, with_setup};

/// Four incidents, an hour apart from 2024-05-06 07:08:09, a Monday; the last one is canceled.
fn four(mut instance: Instance) -> Instance {
    for (hour, (id, text, state, impact)) in (0..).zip([
        ("a", "Disk full", "1", "1"),
        ("b", "disk slow", "2", "2"),
        ("c", "CPU high", "3", "3"),
        ("d ", "Fan ^ loud", "8", "1"),
    ]) {
        instance.set_now(NOW + hour * 3_600_000);
        let record = json!({
            "correlation_id": id, "short_description": text, "state": state, "impact": impact,
            "caller_id": if id == "a" { "elastic" } else { "" }
        });
        create(&mut instance, &record);
    }
    instance
}

/// The last digits of the numbers found.
fn found(instance: &mut Instance, query: &str) -> String {
    let query = query.replace(' ', "%20").replace('>', "%3E").replace('<', "%3C");
    find(instance, &query).iter().filter_map(|number| number.chars().last()).collect()
}

#[test]
fn operators_select_rows() {
    let mut instance = four(instance());
    for (query, expected) in [
        ("", "1234"),
        ("correlation_id=a", "1"),
        ("correlation_id=A", "1"),
        ("correlation_id!=a", "234"),
        ("correlation_id=", ""),
        ("active=true", "123"),
        ("active!=true", "4"),
        ("caller_id.active!=true", "234"),
        ("state<3", "12"),
        ("state<=3", "123"),
        ("state>2", "34"),
        ("state>=2", "234"),
        ("short_descriptionLIKEdisk", "12"),
        ("short_descriptionNOT LIKEdisk", "34"),
        ("short_descriptionNOTLIKEdisk", "34"),
        ("short_descriptionSTARTSWITHcpu", "3"),
        ("short_descriptionENDSWITHfull", "1"),
        ("correlation_idINa,c", "13"),
        ("correlation_idNOT INa,c", "24"),
        ("correlation_idNOTINa,c", "24"),
        ("caller_idISEMPTY", "234"),
        ("caller_idISNOTEMPTY", "1"),
        ("caller_idEMPTYSTRING", "234"),
        ("caller_idANYTHING", "1234"),
        ("caller_id.user_name=elastic", "1"),
        ("impactSAMEASstate", "123"),
        ("impactNSAMEASstate", "4"),
        ("stateGT_FIELDimpact", "4"),
        ("stateLT_FIELDpriority", "123"),
        ("stateGT_OR_EQUALS_FIELDimpact", "1234"),
        ("stateLT_OR_EQUALS_FIELDimpact", "123"),
        ("stateBETWEEN2@3", "23"),
        ("sys_created_onBETWEEN2024-05-06 08:00:00@2024-05-06 09:30:00", "23"),
        ("sys_created_on>2024-05-06 08:08:09", "34"),
        ("123TEXTQUERY321=disk full", "1"),
        ("priorityIN3,4^state=1^EQ", "1"),
    ] {
        assert_eq!(found(&mut instance, query), expected, "3.1: {query}");
        assert!(notes(&instance).is_empty(), "3.1: {query}: {:?}", notes(&instance));
    }
}

#[test]
fn operators_of_dates_are_read_without_running_scripts() {
    let mut instance = four(instance());
    instance.set_now(NOW + 3 * 3_600_000);
    let script = "javascript:gs.beginningOfToday()@javascript:gs.endOfToday()";
    for (query, expected) in [
        (format!("sys_created_onONToday@{script}"), "1234"),
        (format!("sys_created_onONYesterday@{script}"), ""),
        (format!("sys_created_onNOTONToday@{script}"), ""),
        (format!("sys_created_onONThis week@{script}"), "1234"),
        (format!("sys_created_onONLast month@{script}"), ""),
        (format!("sys_created_onONLast 7 days@{script}"), "1234"),
        (format!("sys_created_onONLast 2 hours@{script}"), "234"),
        (format!("sys_created_onONCurrent hour@{script}"), "4"),
        ("sys_created_onON2024-05-06@x@y".into(), "1234"),
        ("sys_created_onON2024-05-05@x@y".into(), ""),
        ("sys_created_onONCustom@2024-05-06 08:00:00@2024-05-06 09:08:09".into(), "23"),
        (
            "sys_created_onDATEPARTMonday@javascript:gs.datePart('dayofweek','monday','EE')".into(),
            "1234",
        ),
        ("sys_created_onDATEPARTTuesday@x".into(), ""),
        ("sys_created_onDATEPARTMay@x".into(), "1234"),
        ("sys_created_onRELATIVEGT@hour@ago@1".into(), "4"),
        ("sys_created_onRELATIVEGE@hour@ago@1".into(), "34"),
        ("sys_created_onRELATIVELT@hour@ago@1".into(), "12"),
        ("sys_created_onRELATIVELE@minute@ago@60".into(), "123"),
        ("sys_created_onRELATIVELT@month@ahead@1".into(), "1234"),
        ("sys_created_onMORETHANopened_at@day@after@1".into(), ""),
        ("sys_created_onLESSTHANopened_at@day@after@1".into(), "1234"),
    ] {
        assert_eq!(found(&mut instance, &query), expected, "3.1: {query}");
        assert!(notes(&instance).is_empty(), "3.1: {query}: {:?}", notes(&instance));
    }
}

#[test]
fn or_binds_to_the_term_before_and_new_queries_bind_loosest() {
    let mut instance = four(instance());
    for (query, expected) in [
        ("short_descriptionLIKEdisk^state=2^ORstate=3", "2"),
        ("state=2^ORstate=3^short_descriptionLIKEdisk", "2"),
        ("correlation_id=a^ORcorrelation_id=c", "13"),
        ("correlation_id=a^state=1^NQcorrelation_id=c^state=3", "13"),
        ("correlation_id=a%5EORcorrelation_id=b", "12"),
        ("correlation_id=x^ORactive=true", "123"),
    ] {
        assert_eq!(found(&mut instance, query), expected, "3.1, 3.3: {query}");
    }
}

#[test]
fn order_may_be_asked_for_anywhere() {
    let mut instance = four(instance());
    for (query, expected) in [
        ("ORDERBYDESCsys_created_on", "4321"),
        ("ORDERBYshort_description", "3124"),
        ("ORDERBYimpact^ORDERBYDESCnumber", "4123"),
        ("ORDERBYDESCsys_created_on^correlation_idINa,b", "21"),
        ("correlation_idINa,b^ORDERBYDESCnumber", "21"),
    ] {
        assert_eq!(found(&mut instance, query), expected, "3.1: {query}");
    }
}

#[test]
fn of_two_incidents_of_the_same_second_the_later_one_is_newer() {
    let mut instance = instance();
    for _ in 0..3 {
        create(&mut instance, &json!({}));
    }
    assert_eq!(found(&mut instance, "ORDERBYDESCsys_created_on"), "321");
    assert_eq!(found(&mut instance, "ORDERBYsys_created_on"), "123");
}

#[test]
fn a_term_that_is_not_understood_is_dropped_and_noted() {
    let mut instance = four(instance());
    for (query, expected) in [
        ("no_such_field=1", "1234"),
        ("Correlation_id=a", "1234"),
        ("correlation_idRESEMBLESa", "1234"),
        ("correlation_idlikea", "1234"),
        ("correlation_id=a^no_such_field=1", "1"),
        ("correlation_id=x^OR1=1", ""),
        ("correlation_id=x^NQ1=1", "1234"),
        ("caller_id=javascript:gs.getUserID()", "1234"),
        ("sys_created_onBETWEENjavascript:gs.daysAgo(1)@javascript:gs.daysAgo(0)", "1234"),
        ("caller_idDYNAMIC90d1921e5f510100a9ad2572f2b477fe", "1234"),
        ("stateVALCHANGES", "1234"),
        ("stateCHANGESFROM1", "1234"),
        ("stateCHANGESTO2", "1234"),
        ("stateBETWEEN2", "1234"),
        ("sys_created_onONSome day@x@y", "1234"),
        ("sys_created_onRELATIVEGT@age@ago@1", "1234"),
        ("ORDERBYnothing", "1234"),
        ("RLQUERYincident.number,>=1^ENDRLQUERY", "1234"),
    ] {
        assert_eq!(found(&mut instance, query), expected, "3.2: {query}");
        assert_eq!(notes(&instance).len(), 1, "3.2: {query}");
    }
}

#[test]
fn related_lists_and_joins_look_into_other_tables() {
    let mut instance = four(instance());
    let names = |instance: &mut Instance, query: &str| {
        let target =
            format!("/api/now/table/sys_user?sysparm_query={query}&sysparm_fields=user_name");
        let rows = body(&get(instance, &target))["result"].as_array().unwrap().clone();
        rows.iter().map(|row| row["user_name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for (query, expected) in [
        ("RLQUERYincident.caller_id,%3E=1^ENDRLQUERY", &["elastic"][..]),
        ("RLQUERYincident.caller_id,=0,m2m^ENDRLQUERY", &["gone"]),
        ("RLQUERYincident.caller_id,%3E=1^state=2^ENDRLQUERY", &[]),
        ("active=true^RLQUERYincident.caller_id,%3E0^state=1^ENDRLQUERY", &["elastic"]),
        ("JOINsys_user.sys_id=incident.caller_id!active=true", &["elastic"]),
    ] {
        assert_eq!(names(&mut instance, query), expected, "3.1: {query}");
    }
}

#[test]
fn a_caret_parts_terms_unless_it_can_be_escaped() {
    let query = "short_description=Fan ^^ loud";
    let mut plain = four(instance());
    assert_eq!(found(&mut plain, query), "", "3.3: the value ends at the caret");
    assert!(notes(&plain).iter().any(|note| note.contains("loud")), "3.3: and the rest is a term");
    let mut escaped = four(switched(|on| on.caret_escape = true));
    assert_eq!(found(&mut escaped, query), "4", "3.3, 11.1");
    assert_eq!(found(&mut escaped, "state=1^impact=1"), "1", "3.3, 11.1");
}

#[test]
fn what_is_unsettled_about_comparisons_can_be_switched() {
    let mut cased = four(switched(|on| on.case_sensitive = true));
    assert_eq!(found(&mut cased, "correlation_id=A"), "", "3.1, 11.8");
    assert_eq!(found(&mut cased, "short_descriptionLIKEdisk"), "2", "3.1, 11.8");
    assert_eq!(found(&mut four(instance()), "correlation_id=d"), "", "11.8: spaces count");
    let mut trimmed = four(switched(|on| on.ignores_trailing_spaces = true));
    assert_eq!(found(&mut trimmed, "correlation_id=d"), "4", "11.8");
}

#[test]
fn a_field_that_is_not_there_can_be_refused_or_find_nothing() {
    let target = format!("{INCIDENT}?sysparm_query=no_such_field=1");
    let with = |policy| four(switched(|on| on.unknown_query_field = policy));
    let denied = || {
        let detail = "Field(s) present in the query do not have permission to be read";
        status(403).error("Insufficient rights to query records", detail)
    };
    let mut refused = with(UnknownQueryField::Refused);
    denied().check(&get(&mut refused, &target), "2.4, 3.2, 11.12");
    let mut nothing = with(UnknownQueryField::NoRows);
    status(200).at("/result", json!([])).check(&get(&mut nothing, &target), "3.2: invalid query");
    let hidden =
        || with_setup(|setup| setup.unreadable_fields = vec!["incident.description".into()]);
    let query = format!("{INCIDENT}?sysparm_query=descriptionLIKEx");
    denied().check(&get(&mut hidden(), &query), "2.4: an unreadable field");
    let mut instance = hidden();
    let sys_id = create(&mut instance, &json!({ "description": "x" }));
    let record =
        body(&patch(&mut instance, &sys_id, &json!({ "description": "y" })))["result"].clone();
    assert_eq!(record.get("description"), None, "2.3: hidden by a field ACL");
    assert_eq!(record["state"], "1", "2.3");
}
