//! Which pages may call the health endpoint (servicenow-instance.md 7). A client that is no page
//! never notices.

use crate::configuration::Configuration;
use crate::http::{Answer, Call, Method};
use crate::refusal;
use crate::setup::{CorsRule, SetupError, Switches};
use crate::steps::Gate;

/// Checks a rule's domain as the form does (servicenow-instance.md 7).
pub(crate) fn check(rule: &CorsRule) -> Result<(), SetupError> {
    let domain = &rule.domain;
    let host = domain.strip_prefix("http://").or_else(|| domain.strip_prefix("https://"));
    let fits = host.is_some_and(|host| {
        let rest = host.strip_prefix('*').unwrap_or(host);
        let has_name = rest.chars().any(char::is_alphanumeric);
        has_name && !rest.contains(['*', '/', '?', '#', ' '])
    });
    if fits {
        return Ok(());
    }
    Err(SetupError(format!(
        "corsRules: domain {domain:?} must be http:// or https:// and a host, such as \
         https://kibana.example.com:5601 or https://*.example.com"
    )))
}

/// The answer to a preflight. Without a rule it is empty, and the browser refuses by itself.
pub(crate) fn preflight(rules: &[CorsRule], configuration: &Configuration, call: &Call) -> Answer {
    let asked = call.header("Access-Control-Request-Method").unwrap_or_default();
    let Some((origin, rule)) = allowed(rules, configuration, call, asked) else {
        return if configuration.switches.preflight_401 {
            refusal::not_authenticated()
        } else {
            Answer::empty(200)
        };
    };
    let answer = Answer::empty(200)
        .with("Access-Control-Allow-Origin", origin)
        .with("Access-Control-Allow-Methods", rule.methods.join(","))
        .with("Access-Control-Max-Age", rule.max_age.to_string())
        .with("Vary", "Origin");
    match call.header("Access-Control-Request-Headers") {
        Some(headers) => answer.with("Access-Control-Allow-Headers", headers),
        None => answer,
    }
}

/// Lets the page read the answer, if a rule says so.
pub(crate) fn admit(
    rules: &[CorsRule],
    configuration: &Configuration,
    call: &Call,
    answer: Answer,
) -> Answer {
    let method = if call.method == Method::Get { "GET" } else { "" };
    match allowed(rules, configuration, call, method) {
        Some((origin, _)) => {
            answer.with("Access-Control-Allow-Origin", origin).with("Vary", "Origin")
        }
        None => answer,
    }
}

/// Lets a page read an answer of the token endpoint, which has a property in place of rules.
pub(crate) fn admit_to_tokens(switches: &Switches, call: &Call, answer: Answer) -> Answer {
    let allowed = switches.oauth_cors_origin.as_deref();
    match call.header("Origin").filter(|origin| Some(*origin) == allowed) {
        Some(origin) if call.method == Method::Options => answer
            .with("Access-Control-Allow-Origin", origin)
            .with("Access-Control-Allow-Methods", "POST"),
        Some(origin) => answer.with("Access-Control-Allow-Origin", origin),
        None => answer,
    }
}

/// The rule that admits a call; one that names the origin stands before one with a wildcard.
fn allowed<'a>(
    rules: &'a [CorsRule],
    configuration: &Configuration,
    call: &Call<'a>,
    method: &str,
) -> Option<(&'a str, &'a CorsRule)> {
    let origin = call.header("Origin")?;
    let steps = [Gate::CorsRule, Gate::CorsDomain, Gate::CorsMethod];
    if !steps.into_iter().all(|step| configuration.is_done(step)) {
        return None;
    }
    let fits = |domain: &str| {
        if configuration.switches.cors_ignores_port {
            matches(without_port(domain), without_port(origin))
        } else {
            matches(domain, origin)
        }
    };
    let admits = |rule: &&CorsRule| {
        fits(&rule.domain)
            && rule.methods.iter().any(|allowed| allowed.eq_ignore_ascii_case(method))
    };
    let exact = rules.iter().filter(|rule| !rule.domain.contains('*')).find(admits);
    exact.or_else(|| rules.iter().find(admits)).map(|rule| (origin, rule))
}

fn without_port(domain: &str) -> &str {
    match domain.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => domain,
    }
}

/// A wildcard stands straight after the scheme: `https://*.example.com`.
fn matches(domain: &str, origin: &str) -> bool {
    match domain.split_once("://*") {
        Some((scheme, rest)) => origin
            .strip_prefix(scheme)
            .and_then(|origin| origin.strip_prefix("://"))
            .is_some_and(|host| host.len() > rest.len() && host.ends_with(rest)),
        None => domain.eq_ignore_ascii_case(origin),
    }
}
