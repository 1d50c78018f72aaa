//! 7. Health endpoint and CORS.

use serde_json::json;
use servicenow_simulator::{Answer, CorsRule, Instance, Request, User};

use crate::common::*;
use crate::{status, switched, with_setup};

const HEALTH: &str = "/api/x_elas2_inc_int/elastic_api/health";
const KIBANA: &str = "http://kibana.local:5601";

fn rule(domain: &str) -> CorsRule {
    CorsRule { domain: domain.into(), methods: vec!["GET".into()], max_age: 60 }
}

fn with_rules(domains: &[&str]) -> Instance {
    with_setup(|setup| setup.cors_rules = domains.iter().map(|domain| rule(domain)).collect())
}

fn preflight(origin: &str) -> Request {
    let asked = without(request("OPTIONS", HEALTH, ""), "Authorization");
    let asked = with(asked, "Origin", origin);
    let asked = with(asked, "Access-Control-Request-Method", "GET");
    with(asked, "Access-Control-Request-Headers", "authorization")
}

#[test]
fn health_names_the_application() {
    status(200)
        .at("/result", json!({ "name": "Elastic", "scope": "x_elas2_inc_int", "version": "1.0.0" }))
        .check(&get(&mut instance(), HEALTH), "7");
    let other = &mut switched(|on| on.application_version = "2.1.3".into());
    status(200).at("/result/version", "2.1.3").check(&get(other, HEALTH), "7, 11.3");
    let roles = Some(vec!["itil".to_owned()]);
    let user = User { roles, ..User::new("elastic", "changeme") };
    let stranger = &mut with_setup(|setup| setup.users = vec![user]);
    status(403)
        .error("User Not Authorized", "Failed API level ACL Validation")
        .check(&get(stranger, HEALTH), "7: role missing");
}

#[test]
fn a_rule_lets_a_page_read_and_ask_first() {
    let mut instance = with_rules(&[KIBANA, "https://*.example.com"]);
    for (origin, admitted) in [
        (KIBANA, true),
        ("https://a.example.com", true),
        ("http://kibana.local", false),
        ("http://kibana.local:5602", false),
        ("https://example.com", false),
        ("https://.example.com", false),
        ("http://a.example.com", false),
        ("https://evil.com", false),
    ] {
        let allowed =
            |answer: &Answer| answer.header("Access-Control-Allow-Origin").map(str::to_owned);
        let expected = admitted.then(|| origin.to_owned());
        let read = instance.handle(&with(request("GET", HEALTH, ""), "Origin", origin));
        assert_eq!((read.status, allowed(&read)), (200, expected.clone()), "{origin}");
        let asked = instance.handle(&preflight(origin));
        assert_eq!((asked.status, allowed(&asked), &*asked.body), (200, expected, ""), "{origin}");
    }
    status(200)
        .header("Access-Control-Allow-Methods", "GET")
        .header("Access-Control-Allow-Headers", "authorization")
        .header("Access-Control-Max-Age", "60")
        .check(&instance.handle(&preflight(KIBANA)), "7: preflight");
    let post = with(preflight(KIBANA), "Access-Control-Request-Method", "POST");
    let no_leave = status(200).without_header("Access-Control-Allow-Origin");
    no_leave.check(&instance.handle(&post), "7: the rule picks GET");
    let refused = with(without(request("GET", HEALTH, ""), "Authorization"), "Origin", KIBANA);
    status(401)
        .header("Access-Control-Allow-Origin", KIBANA)
        .check(&instance.handle(&refused), "7: a page reads the refusal, too");
}

#[test]
fn what_is_unsettled_about_rules_can_be_switched() {
    let strict = &mut switched(|on| on.preflight_401 = true);
    status(401).check(&strict.handle(&preflight(KIBANA)), "7, 11.6: no rule");
    let mut portless = with_setup(|setup| {
        setup.cors_rules = vec![rule("http://kibana.local")];
        setup.switches.cors_ignores_port = true;
    });
    let answer = portless.handle(&preflight(KIBANA));
    status(200).header("Access-Control-Allow-Origin", KIBANA).check(&answer, "7, 11.6: port");
}

#[test]
fn a_domain_is_checked_as_the_form_does() {
    for domain in
        ["*", "kibana.local", "https://*", "https://a.*.com", "ftp://a.com", "http://a.com/x"]
    {
        let mut instance = instance();
        let error = instance.add_cors_rule(rule(domain)).unwrap_err().to_string();
        assert!(error.contains(domain), "7: {error}");
    }
}
