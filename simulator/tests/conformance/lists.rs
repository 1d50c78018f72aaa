//! 5. `sys_choice` and `sys_dictionary`, and what else the form needs.

use serde_json::{Value, json};
use servicenow_simulator::ChoicesDenied;

use crate::common::*;
use crate::{status, switched};

const CHOICES: &str = "/api/now/table/sys_choice?sysparm_query=name=task^ORname=incident\
                       ^element=urgency^ORelement=subcategory^ORelement=priority^language=en";

fn rows(answer: &servicenow_simulator::Answer) -> Vec<Value> {
    body(answer)["result"].as_array().unwrap().clone()
}

#[test]
fn choices_are_rows_by_table_element_and_value() {
    let mut instance = instance();
    let target = format!("{CHOICES}&sysparm_fields=label,value,dependent_value,element");
    let rows = rows(&get(&mut instance, &target));
    for (label, value, dependent, element) in [
        ("1 - Critical", "1", "", "priority"),
        ("1 - High", "1", "", "urgency"),
        ("Operating System", "os", "software", "subcategory"),
    ] {
        let row = json!({
            "label": label, "value": value, "dependent_value": dependent, "element": element
        });
        assert!(rows.contains(&row), "5: {row}");
    }
    let asked = ["urgency", "subcategory", "priority"];
    assert!(rows.iter().all(|row| asked.contains(&row["element"].as_str().unwrap())), "3.1");
    let all = get(&mut instance, "/api/now/table/sys_choice?sysparm_limit=1");
    for column in ["name", "language", "sequence", "inactive", "hint"] {
        assert!(body(&all)["result"][0].get(column).is_some(), "5: {column}");
    }
}

#[test]
fn choices_are_closed_to_whoever_lacks_the_role() {
    let mut silent = instance();
    silent.set_step("role.personalize_choices", false).unwrap();
    status(200).at("/result", json!([])).check(&get(&mut silent, CHOICES), "5, 10: empty list");
    let mut loud = switched(|on| on.choices_denied = ChoicesDenied::Forbidden);
    loud.set_step("role.personalize_choices", false).unwrap();
    status(403).check(&get(&mut loud, CHOICES), "5, 10: 403");
}

#[test]
fn text_fields_are_rows_of_sys_dictionary() {
    let target = "/api/now/table/sys_dictionary?sysparm_query=name=task^ORname=incident\
                  ^internal_type=string^active=true^array=false^read_only=false\
                  &sysparm_fields=max_length,element,column_label,mandatory";
    let rows = rows(&get(&mut instance(), target));
    for (element, label, width) in [
        ("close_notes", "Close notes", "4000"),
        ("description", "Description", "4000"),
        ("short_description", "Short description", "160"),
        ("correlation_id", "Correlation ID", "100"),
    ] {
        let row = json!({
            "element": element, "column_label": label, "max_length": width, "mandatory": "false"
        });
        assert!(rows.contains(&row), "5, 4.1: {row}");
    }
    assert!(rows.iter().all(|row| row["element"] != "state" && row["element"] != "number"), "5");
    let wider = &mut switched(|on| on.column_widths = [("description".into(), 8000)].into());
    let target = "/api/now/table/sys_dictionary?element=description";
    status(200).at("/result/0/max_length", "8000").check(&get(wider, target), "5, 11.9");
}

#[test]
fn users_and_groups_can_be_looked_up() {
    let mut instance = instance();
    let target = "/api/now/table/sys_user?sysparm_query=active=true\
                  &sysparm_fields=user_name,email,active";
    let user = json!({ "user_name": "elastic", "email": "elastic@example.com", "active": "true" });
    status(200).at("/result", json!([user])).check(&get(&mut instance, target), "4.1, 6.1");
    import(&mut instance, &json!({ "u_assignment_group": "Testing" }));
    let target = "/api/now/table/sys_user_group?name=Testing&sysparm_fields=name";
    let group = json!([{ "name": "Testing" }]);
    status(200).at("/result", group).check(&get(&mut instance, target), "1.4: reference made");
}
