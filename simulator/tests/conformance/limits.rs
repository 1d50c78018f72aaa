//! 8. Limits, and the sizes of section 2.4.

use serde_json::json;
use servicenow_simulator::{Instance, RateLimit, Resource};

use crate::common::*;
use crate::{status, with_setup};

fn limit(limit: u32, user: Option<&str>, role: Option<&str>) -> RateLimit {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    RateLimit { resource: Resource::Table, limit, user: owned(user), role: owned(role) }
}

fn limited(rules: Vec<RateLimit>) -> Instance {
    with_setup(|setup| setup.rate_limits = rules)
}

/// How many requests are answered before one is denied.
fn answered(instance: &mut Instance) -> usize {
    (0..20).take_while(|_| get(instance, INCIDENT).status == 200).count()
}

#[test]
fn without_a_rule_no_header_tells_of_any() {
    let none = status(200).without_header("X-RateLimit-Limit");
    none.check(&get(&mut instance(), INCIDENT), "8.1");
    let mut other = limited(vec![limit(1, None, None)]);
    let health = get(&mut other, "/api/x_elas2_inc_int/elastic_api/health");
    none.check(&health, "8.1: per REST resource");
}

#[test]
fn a_rule_tells_itself_and_denies_until_the_hour_is_over() {
    let mut instance = limited(vec![limit(2, None, None)]);
    // 2024-05-06 08:00:00, fifty-one minutes and fifty-one seconds from now.
    let told = |expected: crate::Expected| {
        expected.header("X-RateLimit-Limit", "2").header("X-RateLimit-Reset", "1714982400")
    };
    for _ in 0..2 {
        told(status(200)).check(&get(&mut instance, INCIDENT), "8.1");
    }
    let denied = get(&mut instance, INCIDENT);
    told(status(429))
        .error("Rate limit exceeded", "Rate limit of 2 requests per hour for Table API exceeded")
        .header("Retry-After", "3111")
        .check(&denied, "8.1");
    assert_eq!(denied.header("X-RateLimit-Rule").unwrap().len(), 32, "8.1: a sys_id");
    instance.set_now(1_714_982_399_999);
    status(429).header("Retry-After", "1").check(&get(&mut instance, INCIDENT), "8.1");
    instance.set_now(1_714_982_400_000);
    status(200)
        .header("X-RateLimit-Reset", "1714986000")
        .check(&get(&mut instance, INCIDENT), "8.1: scheduled reset");
}

#[test]
fn a_limit_can_be_soft_until_nodes_commit_their_counts() {
    let mut soft = with_setup(|setup| {
        setup.rate_limits = vec![limit(2, None, None)];
        setup.switches.rate_limit_commit = 30;
    });
    assert_eq!(answered(&mut soft), 20, "8.1: soft for 30 s");
    soft.set_now(NOW + 30_000);
    assert_eq!(answered(&mut soft), 0, "8.1");
}

#[test]
fn the_rule_for_the_user_counts_before_those_for_roles_and_for_all() {
    let all = || limit(1, None, None);
    let role = |most| limit(most, None, Some("import_set_loader"));
    for (source, rules, expected) in [
        ("8.1: all users", vec![all()], 1),
        ("8.1: a role beats all users", vec![all(), role(2)], 2),
        ("8.1: the lowest of several roles", vec![all(), role(4), role(3)], 3),
        ("8.1: the user beats roles", vec![all(), role(2), limit(5, Some("elastic"), None)], 5),
        ("8.1: another user's rule", vec![all(), limit(5, Some("other"), None)], 1),
        ("8.1: a role nobody has", vec![limit(1, None, Some("itil_admin"))], 20),
    ] {
        assert_eq!(answered(&mut limited(rules)), expected, "{source}");
    }
}

#[test]
fn sizes_are_limited() {
    let large = with(request("POST", INCIDENT, "{}"), "Content-Length", "15105102");
    let detail = "Rejected large REST payload with content-length = 15105102 bytes. \
                  Max allowed: 10485760 bytes.";
    status(400)
        .error("Exception while reading request", detail)
        .check(&instance().handle(&large), "2.4, 8.3");
    let long = format!("{INCIDENT}?sysparm_query=number={}", "1".repeat(23_000));
    let answer = get(&mut instance(), &long);
    assert!(answer.header("Content-Type").unwrap().starts_with("text/html"), "2.4");
    assert!(answer.body.starts_with("<html>"), "2.4");
    let body = json!({ "description": "x".repeat(1 << 20) }).to_string();
    status(201).check(&instance().handle(&request("POST", INCIDENT, &body)), "8.3");
}
