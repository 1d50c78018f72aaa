//! 0. Common to every REST answer.

use serde_json::json;
use servicenow_simulator::User;

use crate::common::*;
use crate::{create, status, switched, with_setup};

const HEALTH: &str = "/api/x_elas2_inc_int/elastic_api/health";

#[test]
fn every_answer_carries_the_headers_that_were_recorded() {
    let answer = get(&mut instance(), INCIDENT);
    status(200)
        .header("Server", "snow_adc")
        .header("Content-Type", "application/json;charset=UTF-8")
        .header("X-Is-Logged-In", "true")
        .header("X-Content-Type-Options", "nosniff")
        .header("Pragma", "no-store,no-cache")
        .header("Cache-Control", "no-cache,no-store,must-revalidate,max-age=-1")
        .header("Expires", "0")
        .header("Server-Timing", "")
        .check(&answer, "0, recorded June 2026");
    assert_eq!(answer.header("X-Transaction-ID").unwrap().len(), 12);
}

#[test]
fn a_session_comes_with_its_cookies_once() {
    let mut instance = instance();
    let answer = get(&mut instance, INCIDENT);
    let cookies: Vec<&str> = answer
        .headers
        .iter()
        .filter(|(name, _)| name == "Set-Cookie")
        .map(|(_, value)| &**value)
        .collect();
    for name in [
        "JSESSIONID=",
        "glide_user=;",
        "glide_user_session=;",
        "glide_user_route=glide.",
        "glide_node_id_for_js=",
        "glide_session_store=",
    ] {
        assert!(cookies.iter().any(|cookie| cookie.starts_with(name)), "{name} in {cookies:?}");
    }
    let kept = with(request("GET", INCIDENT, ""), "Cookie", "a=b; JSESSIONID=1");
    status(200).without_header("Set-Cookie").check(&instance.handle(&kept), "0");
    let refused = without(request("GET", INCIDENT, ""), "Authorization");
    status(401).without_header("Set-Cookie").check(&instance.handle(&refused), "0");
}

#[test]
fn what_is_sent_and_taken_is_named_on_writes() {
    let post = || request("POST", INCIDENT, "{}");
    let id = "0".repeat(32);
    let delete = || request("DELETE", &format!("{INCIDENT}/{id}"), "");
    for (source, request, expected) in [
        ("0: POST needs Accept", without(post(), "Accept"), 400),
        ("0: POST needs Content-Type", without(post(), "Content-Type"), 400),
        ("0: Accept unsupported", with(post(), "Accept", "text/html"), 406),
        ("0: Content-Type unsupported", with(post(), "Content-Type", "text/plain"), 415),
        ("0: a list of types", with(post(), "Accept", "application/json, text/plain, */*"), 201),
        ("0: with charset", with(post(), "Content-Type", "application/json; charset=utf-8"), 201),
        ("0: GET does without", without(request("GET", INCIDENT, ""), "Accept"), 200),
        ("0: DELETE needs Accept", without(delete(), "Accept"), 400),
        ("0: DELETE sends nothing", without(delete(), "Content-Type"), 404),
    ] {
        status(expected).check(&instance().handle(&request), source);
    }
}

#[test]
fn a_body_may_be_declined_and_a_method_overridden() {
    let mut instance = instance();
    let sys_id = create(&mut instance, &json!({}));
    let target = format!("{INCIDENT}/{sys_id}");
    let patch =
        with(request("POST", &target, r#"{"state":"2"}"#), "X-HTTP-Method-Override", "PATCH");
    let answer = instance.handle(&with(patch, "X-no-response-body", "true"));
    status(200).check(&answer, "0");
    assert_eq!(answer.body, "");
    status(200).at("/result/state", "2").check(&get(&mut instance, &target), "0");
    let head = instance.handle(&request("HEAD", &target, ""));
    status(200).check(&head, "0: HEAD in place of GET");
    assert_eq!(head.body, "");
}

#[test]
fn whoever_is_not_let_in_is_told_in_the_words_of_an_instance() {
    let signed =
        |authorization: &str| with(request("GET", INCIDENT, ""), "Authorization", authorization);
    let unknown = status(401)
        .error("User Not Authenticated", "Required to provide Auth information")
        .header("WWW-Authenticate", "BASIC realm=\"Service-now\"")
        .header("X-Is-Logged-In", "false");
    for (source, authorization) in [
        ("0: wrong password", basic("elastic", "wrong")),
        ("0: unknown user", basic("nobody", "changeme")),
        ("0: inactive user", basic("gone", "changeme")),
        ("6.3: unknown token", "Bearer 0".to_owned()),
        ("0: no scheme that is known", "Digest x".to_owned()),
    ] {
        unknown.check(&instance().handle(&signed(&authorization)), source);
    }
    status(401)
        .header("WWW-Authenticate", "BEARER realm=\"Service-now\"")
        .check(&switched(|on| on.bearer_challenge = true).handle(&signed("Bearer 0")), "0, 11.13");
    let mut twice = request("GET", INCIDENT, "");
    twice.headers.push(("authorization".into(), basic("elastic", "changeme")));
    status(400).check(&instance().handle(&twice), "0: two Authorization headers");
}

#[test]
fn basic_authentication_can_be_kept_from_users() {
    let user = |change: fn(&mut User)| {
        let mut user = User::new("elastic", "changeme");
        change(&mut user);
        with_setup(|setup| setup.users = vec![user])
    };
    let mfa = &mut user(|user| user.mfa = true);
    status(401).header("X-MFA_TOKEN", "invalid").check(&get(mfa, INCIDENT), "6.4: right password");
    let wrong = with(request("GET", INCIDENT, ""), "Authorization", &basic("elastic", "x"));
    status(401).without_header("X-MFA_TOKEN").check(&mfa.handle(&wrong), "6.4: wrong password");
    status(401).check(&get(&mut user(|user| user.locked_out = true), INCIDENT), "6.2");
    let restricted = &mut with_setup(|setup| {
        let roles = Some(vec!["itil".to_owned()]);
        setup.users = vec![User { roles, ..User::new("elastic", "changeme") }];
        setup.switches.basic_needs_role = true;
    });
    status(401).check(&get(restricted, INCIDENT), "6.4, 11.14: Basic is restricted");
    let holder = &mut switched(|on| on.basic_needs_role = true);
    status(200).check(&get(holder, INCIDENT), "6.4: the role opens it");
}

#[test]
fn what_is_not_there_is_said_to_be_so() {
    let nothing =
        || status(400).error("Requested URI does not represent any resource", json!(null));
    for target in ["/api/now/other", "/api/x_other/api", "/other", "/api/now/table/incident/a/b"] {
        nothing().check(&get(&mut instance(), target), "0: unknown path or API");
    }
    let mut bare = instance();
    bare.set_step("application", false).unwrap();
    nothing().check(&get(&mut bare, HEALTH), "0: scoped application not installed");
    for (method, target) in
        [("POST", "/api/now/table/incident/7"), ("TRACE", INCIDENT), ("PUT", IMPORT)]
    {
        status(405).check(&instance().handle(&request(method, target, "{}")), "0: 405");
    }
}
