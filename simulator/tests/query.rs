//! Encoded queries (servicenow-instance.md 3).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod common;

use common::*;
use serde_json::json;
use servicenow_simulator::Instance;

/// Three incidents, a second apart: INC0010001 to INC0010003.
fn three() -> Instance {
    let mut instance = instance();
    for (second, (id, text, state)) in
        (0..).zip([("a", "Disk full", "1"), ("b", "disk slow", "2"), ("c", "CPU high", "3")])
    {
        instance.set_now(NOW + second * 1_000);
        let row = json!({
            "u_correlation_id": id, "u_short_description": text, "u_state": state,
            "u_caller_id": if id == "a" { "elastic" } else { "" }
        });
        import(&mut instance, &row);
    }
    instance
}

/// The last digits of the numbers found.
fn found(instance: &mut Instance, query: &str) -> String {
    find(instance, query).iter().filter_map(|number| number.chars().last()).collect()
}

#[test]
fn terms_select_rows() {
    let mut instance = three();
    for (query, expected) in [
        ("", "123"),
        ("correlation_id=a", "1"),
        ("correlation_id=A", "1"),
        ("correlation_id!=a", "23"),
        ("short_descriptionLIKEdisk", "12"),
        ("short_descriptionNOT%20LIKEdisk", "3"),
        ("short_descriptionSTARTSWITHcpu", "3"),
        ("short_descriptionENDSWITHfull", "1"),
        ("correlation_idINa,c", "13"),
        ("correlation_idNOT+INa,c", "2"),
        ("state<3", "12"),
        ("state>=2", "23"),
        ("stateBETWEEN2@3", "23"),
        ("sys_created_on>2024-05-06%2007:08:09", "23"),
        ("caller_idISEMPTY", "23"),
        ("caller_idISNOTEMPTY", "1"),
        ("caller_id.user_name=elastic", "1"),
        ("active=true^EQ", "123"),
        ("correlation_id=", ""),
    ] {
        assert_eq!(found(&mut instance, query), expected, "{query}");
        assert!(notes(&instance).is_empty(), "{query}");
    }
}

#[test]
fn or_binds_to_the_term_before_and_new_queries_bind_loosest() {
    let mut instance = three();
    for (query, expected) in [
        ("short_descriptionLIKEdisk^state=2^ORstate=3", "2"),
        ("correlation_id=a^ORcorrelation_id=c", "13"),
        ("correlation_id=a^state=1^NQcorrelation_id=c^state=3", "13"),
        ("correlation_id=a%5EORcorrelation_id=b", "12"),
    ] {
        assert_eq!(found(&mut instance, query), expected, "{query}");
    }
}

#[test]
fn order_may_be_asked_for_anywhere() {
    let mut instance = three();
    for (query, expected) in [
        ("ORDERBYDESCsys_created_on", "321"),
        ("ORDERBYshort_description", "312"),
        ("ORDERBYDESCsys_created_on^correlation_idINa,b", "21"),
        ("correlation_idINa,b^ORDERBYDESCnumber", "21"),
    ] {
        assert_eq!(found(&mut instance, query), expected, "{query}");
    }
}

#[test]
fn of_two_incidents_of_the_same_second_the_later_one_is_newer() {
    let mut instance = instance();
    for _ in 0..3 {
        import(&mut instance, &json!({}));
    }
    assert_eq!(found(&mut instance, "ORDERBYDESCsys_created_on"), "321");
    assert_eq!(found(&mut instance, "ORDERBYsys_created_on"), "123");
}

#[test]
fn a_term_that_is_not_understood_is_dropped_and_noted() {
    let mut instance = three();
    for (query, expected) in [
        ("no_such_field=1", "123"),
        ("correlation_idRESEMBLESa", "123"),
        ("correlation_id=a^no_such_field=1", "1"),
        ("correlation_id=x^OR1=1", ""),
        ("correlation_id=x^NQ1=1", "123"),
        ("caller_id=javascript:gs.getUserID()", "123"),
        ("ORDERBYnothing", "123"),
    ] {
        assert_eq!(found(&mut instance, query), expected, "{query}");
        assert_eq!(notes(&instance).len(), 1, "{query}");
    }
}

#[test]
fn parameters_named_like_columns_narrow_a_list() {
    let mut instance = three();
    assert_eq!(found(&mut instance, "short_descriptionLIKEdisk&state=2"), "2");
    assert_eq!(found(&mut instance, "correlation_id=a^NQcorrelation_id=b&state=2"), "2");
}
