//! What stands in a lambda's section, reached through a variable: all of it is the input.

use serde_json::json;
use servicenow_itsm_connector::schema::Value;

use crate::rendered::{compare, render};

/// Panics where a lambda makes something else of a text than the oracle's does.
pub fn check(lambda: &str, text: &str, variables: &serde_json::Value) {
    let mut variables = variables.clone();
    variables["v"] = json!(text);
    let variables = Value::from_json(&variables.to_string()).expect("it is JSON");
    let template = format!("{{{{#{lambda}}}}}{{{{{{v}}}}}}{{{{/{lambda}}}}}");
    let rendered = render(&template, &variables);
    compare(&template, &variables, &rendered);
}
