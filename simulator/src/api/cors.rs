//! Which pages may call the health endpoint (servicenow-instance.md 7). A client that is no page
//! never notices.

use crate::http::{Answer, Call, Method};
use crate::setup::CorsRule;

/// The answer to a preflight. Without a rule it is empty, and the browser refuses by itself.
pub(crate) fn preflight(rules: &[CorsRule], call: &Call) -> Answer {
    let asked = call.header("Access-Control-Request-Method").unwrap_or_default();
    let answer = Answer::empty(200);
    let Some((origin, rule)) = allowed(rules, call, asked) else { return answer };
    let answer = answer
        .with("Access-Control-Allow-Origin", origin)
        .with("Access-Control-Allow-Methods", rule.methods.join(","))
        .with("Access-Control-Max-Age", rule.max_age.to_string());
    match call.header("Access-Control-Request-Headers") {
        Some(headers) => answer.with("Access-Control-Allow-Headers", headers),
        None => answer,
    }
}

/// Lets the page read the answer, if a rule says so.
pub(crate) fn admit(rules: &[CorsRule], call: &Call, answer: Answer) -> Answer {
    let method = if call.method == Method::Get { "GET" } else { "" };
    match allowed(rules, call, method) {
        Some((origin, _)) => answer.with("Access-Control-Allow-Origin", origin),
        None => answer,
    }
}

fn allowed<'a>(
    rules: &'a [CorsRule],
    call: &Call<'a>,
    method: &str,
) -> Option<(&'a str, &'a CorsRule)> {
    let origin = call.header("Origin")?;
    let admits = |rule: &&CorsRule| {
        matches(&rule.domain, origin)
            && rule.methods.iter().any(|allowed| allowed.eq_ignore_ascii_case(method))
    };
    let exact = rules.iter().filter(|rule| rule.domain == origin).find(admits);
    exact.or_else(|| rules.iter().find(admits)).map(|rule| (origin, rule))
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
