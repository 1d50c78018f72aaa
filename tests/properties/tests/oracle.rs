//! The rules that are checked by comparison with the oracle: Kibana's rules on Kibana's libraries.

#![cfg(not(target_arch = "wasm32"))]

#[cfg(test)]
mod support;

use servicenow_itsm_properties::{RULES, eval_math, format_date, hjson, template};
use support::{check_corpus, check_inputs};

#[test]
fn a_template_renders_as_it_does_in_kibana() {
    check_inputs(&template::RULE, 1000);
}

#[test]
fn hjson_is_read_as_it_is_in_kibana() {
    check_inputs(&hjson::RULE, 1000);
}

#[test]
fn an_expression_comes_to_what_it_does_in_kibana() {
    check_inputs(&eval_math::RULE, 1000);
}

#[test]
fn a_date_is_written_as_it_is_in_kibana() {
    check_inputs(&format_date::RULE, 1000);
}

#[test]
fn every_input_of_the_corpus_renders_as_it_does_in_kibana() {
    RULES.iter().filter(|rule| rule.needs_oracle).for_each(check_corpus);
}
