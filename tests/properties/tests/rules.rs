//! The rules that need nobody else.

#![cfg(not(target_arch = "wasm32"))]

#[cfg(test)]
mod support;

use servicenow_itsm_properties::{RULES, answers, params, private_key, query};
use support::{check_corpus, check_inputs};

#[test]
fn an_id_means_itself_and_nothing_else() {
    check_inputs(&query::RULE, 200);
}

#[test]
fn a_private_key_is_refused_with_a_reason_or_signs() {
    check_inputs(&private_key::RULE, 150);
}

#[test]
fn params_config_and_secrets_are_read_or_refused_and_no_secret_is_told() {
    check_inputs(&params::RULE, 2000);
}

#[test]
fn whatever_an_instance_answers_an_action_ends_with_a_decided_outcome() {
    check_inputs(&answers::RULE, 2000);
}

#[test]
fn every_input_of_the_corpus_is_as_the_rules_have_it() {
    RULES.iter().filter(|rule| !rule.needs_oracle).for_each(check_corpus);
}

#[test]
fn every_rule_has_a_fuzz_target() {
    for rule in RULES {
        let file = servicenow_itsm_properties::in_project("fuzz/targets").join(rule.name);
        assert!(file.with_extension("rs").is_file(), "{}", rule.name);
    }
}
