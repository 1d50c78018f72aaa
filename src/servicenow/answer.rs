//! What an HTTP answer of an instance means, before anyone asks what it holds.
//!
//! The order of the checks is the one that survives sleeping instances, proxies and cancelled
//! transactions (servicenow-instance.md 8.4): status, JSON, `error`, `result`.

use super::column;
use super::date::milliseconds_from_http;
use crate::connector::BaseUrl;
use crate::error::{Code, Error, ErrorSource, Retry};
use crate::host::{Milliseconds, Response};
use crate::schema::Value;

/// The status of an answer without a body to a request that stood in a queue for too long, and that
/// should not have been carried out (servicenow-instance.md 8.2).
const NOT_CARRIED_OUT: u16 = 202;

/// The reason of a refusal that ServiceNow has not explained, in the built-in type's words
/// (servicenow-itsm.md 4.1 a).
pub const UNEXPLAINED: &str = "unknown: no error in error response";

/// The longest that an instance can ask for: rate limits are for an hour.
pub const LONGEST_WAIT: Milliseconds = 3_600_000;

/// The `result` of an answer.
///
/// # Errors
/// One for every way in which the answer is no success; see the module.
pub fn result(response: &Response, base: &BaseUrl, now: Milliseconds) -> Result<Value, Error> {
    if !response.is_success() {
        return Err(refusal(response, now));
    }
    let body = Value::from_json(&response.body).map_err(|_| unexpected_page(response, base))?;
    if has_failed(&body) {
        // A transaction that took too long: what stands in `result` is not all there is.
        let text = explanation(&body).or_else(|| column::text(body.member("error")?, "detail"));
        let text = text.or_else(|| column::text(&body, "error")).filter(|text| !text.is_empty());
        let text = text.unwrap_or_else(|| "The instance does not say what failed".to_owned());
        return Err(Error::new(Code::Incomplete, clipped(text))
            .with_status(response.status)
            .with_retry(Retry::Soon));
    }
    match body.into_member("result") {
        None | Some(Value::Null) => Err(unexpected_page(response, base)),
        Some(result) => Ok(result),
    }
}

/// The error of a single record where many were asked for.
pub fn no_list() -> Error {
    let text = "The instance was asked for a list and answered with a single record.";
    Error::new(Code::UnexpectedAnswer, text).with_retry(Retry::Soon).with_remedy(
        "Ask who runs what is between here and the instance: it seems to change queries or answers.",
    )
}

/// What to do about an answer without a word.
pub const EMPTY: &str = "The answer is empty: check that the URL is that of the instance and not of a \
    proxy, and ask the administrator about the integration user's roles.";

/// A list of records; what is no list holds none.
pub fn list(result: Value) -> Vec<Value> {
    match result {
        Value::Array(records) => records,
        _ => Vec::new(),
    }
}

/// Whether a body says that something went wrong, whatever its status says
/// (servicenow-instance.md 8.3).
fn has_failed(body: &Value) -> bool {
    let has_error = match body.member("error") {
        None | Some(Value::Null | Value::Bool(false)) => false,
        Some(Value::String(text)) => !text.is_empty(),
        Some(_) => true,
    };
    has_error || says_failure(body)
}

/// What every error of ServiceNow's own says beside it (servicenow-instance.md 2.4).
fn says_failure(body: &Value) -> bool {
    column::text(body, "status").is_some_and(|status| status == "failure")
}

/// ServiceNow's explanation of what went wrong, where the body holds one.
fn explanation(body: &Value) -> Option<String> {
    let error = body.member("error")?;
    let part = |key| column::text(error, key).filter(|text| !text.is_empty());
    let explanation = match (part("message"), part("detail")) {
        (Some(message), Some(detail)) => Some(format!("{message}: {detail}")),
        (message, _) => message,
    };
    explanation.map(clipped)
}

/// Whoever writes megabytes into an explanation does not get them into a log.
fn clipped(text: String) -> String {
    const LONGEST: usize = 4000;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "...",
        None => text,
    }
}

/// An answer that another machine than an instance at work has given, and what to do about it.
pub fn unexpected_page(response: &Response, base: &BaseUrl) -> Error {
    let text = format!(
        "There is an issue with your Service Now Instance. Please check {}.",
        base.tls_server_name()
    );
    let body = response.body.to_ascii_lowercase();
    let is_page = body.trim_start().starts_with('<');
    let error = Error::new(Code::UnexpectedAnswer, text.as_str());
    let error = if is_page && body.contains("hibernating") {
        Error::new(Code::Hibernating, text).with_retry(Retry::Soon)
    } else if response.status == NOT_CARRIED_OUT && body.trim().is_empty() {
        Error::new(Code::Unavailable, text)
            .with_retry(Retry::Soon)
            .with_remedy("The instance's queue of this session is full: wait.")
    } else if response.status == 200 && body.trim().is_empty() {
        error.with_retry(Retry::Soon).with_remedy(EMPTY)
    } else if is_page && body.contains("sign in") {
        error.with_remedy(
            "The instance answers with its login page: check the URL and whether single sign-on \
             guards its API.",
        )
    } else if body.trim_start().starts_with('{') {
        error.with_retry(Retry::Soon).with_remedy(
            "The answer is not whole: try again, and check what is between here and the instance.",
        )
    } else {
        // A page of maintenance, perhaps.
        error.with_retry(Retry::Soon)
    };
    // The built-in type's text shows no status here.
    error.with_status(response.status).with_mark("none")
}

/// The error of a status that is no success (servicenow-itsm.md 4.1).
fn refusal(response: &Response, now: Milliseconds) -> Error {
    let status = response.status;
    let body = Value::from_json(&response.body).ok();
    let explanation = body.as_ref().and_then(explanation);
    let code = match status {
        401 => Code::Unauthenticated,
        // A page comes from somebody on the way; ServiceNow itself answers in JSON.
        403 if explanation.is_some() || response.body.is_empty() => Code::Forbidden,
        404 if body.as_ref().is_some_and(is_record_missing) => Code::NotFound,
        429 => Code::RateLimited,
        408 | 425 | 502..=504 => Code::Unavailable,
        _ => Code::Refused,
    };
    let text = format!("Request failed with status code {status}");
    let error = Error::new(code, text).with_status(status).with_retry(retry(response, now));
    let known = explanation.as_deref().and_then(remedy);
    let error = match (known, response.header("x-mfa_token")) {
        // What ServiceNow says is clear, and stays as it is until somebody acts.
        (Some(remedy), _) => error.with_retry(Retry::Never).with_remedy(remedy),
        (None, Some(_)) => error.with_remedy(
            "Use an integration user without multi-factor authentication, or OAuth.",
        ),
        (None, None) if explanation.is_some() && code == Code::Refused && status >= 500 => error.with_remedy(
            "Ask the administrator about the text: it is ServiceNow's own, and its log says more.",
        ),
        (None, None) if status == 413 => {
            error.with_remedy("Shorten the description, the comments and the additional fields.")
        }
        // Nobody at the instance has said anything: the load balancer has waited long enough.
        _ if explanation.is_none() && status == 500 => error.with_remedy(
            "The instance failed, or took too long: try again; ask the administrator about slow \
             transactions.",
        ),
        // Neither credentials nor roles: ServiceNow itself would have said which.
        _ if explanation.is_none()
            && matches!(status, 401 | 403 | 407)
            && !response.body.is_empty() =>
        {
            error.with_remedy(
                "Ask who runs the proxy or the gateway before the instance to let requests through.",
            )
        }
        _ => error,
    };
    let unknown = || UNEXPLAINED.to_owned();
    let reason = explanation.or_else(|| (!response.body.is_empty()).then(unknown));
    error.with_reason(reason).with_source(source(status))
}

/// Only ServiceNow itself can say that a record is not there, in whichever language. Of an API that it
/// does not have it says something else.
fn is_record_missing(body: &Value) -> bool {
    let Some(message) = body.member("error").and_then(|error| column::text(error, "message"))
    else {
        return false;
    };
    let is_of_api = message.contains("URI does not represent any resource");
    message == "No Record found" || (says_failure(body) && !is_of_api)
}

pub const CROSS_SCOPE_PRIVILEGES: &str = "Set the cross-scope privileges of the Elastic for ITSM \
    application to Allowed: GlideRecord.insert, GlideRecord.setValue, GlideRecordSecure.getValue, \
    ScriptableServiceResultBuilder.setBody, ScopedGlideElement, and reading the table Incident.";

/// What to do about explanations that ServiceNow is known to give (servicenow-instance.md 2.4, 10).
pub fn remedy(explanation: &str) -> Option<&'static str> {
    let known = [
        ("ScopeAccessNotGranted", CROSS_SCOPE_PRIVILEGES),
        // What its log says, which some answers repeat.
        ("from scope '", CROSS_SCOPE_PRIVILEGES),
        ("cross scope access privilege", CROSS_SCOPE_PRIVILEGES),
        (
            "Data Policy Exception",
            "Fill in the fields that the text names, with values that the instance has choices for, \
             or ask the administrator about the data policy.",
        ),
        ("aborted by Business Rule", "Ask the administrator about the business rule in the text."),
        ("Rejected large REST payload", "Shorten the description and the additional fields."),
        (
            "Insufficient rights to query records",
            "Give the integration user the right to read the incident's correlation ID and state.",
        ),
    ];
    known.into_iter().find_map(|(part, remedy)| explanation.contains(part).then_some(remedy))
}

/// The statuses that the host counts as the user's fault (servicenow-itsm.md 4.1).
fn source(status: u16) -> ErrorSource {
    match status {
        401 | 402 | 403 | 407 | 409 | 412 | 413 | 417 | 422 | 423 | 429 | 451 => ErrorSource::User,
        _ => ErrorSource::Framework,
    }
}

/// What the instance says about another try, or what is known of the status.
fn retry(response: &Response, now: Milliseconds) -> Retry {
    match response.status {
        429 | 503 => {
            let milliseconds = |name| milliseconds_from_seconds(response.header(name)?.trim());
            let after = milliseconds("retry-after")
                .map(|wait| now.saturating_add(wait))
                .or_else(|| milliseconds_from_http(response.header("retry-after")?));
            let reset = milliseconds("x-ratelimit-reset");
            let time = after.or(reset).filter(|time| *time > now);
            time.map_or(Retry::Soon, |time| Retry::At(time.min(now.saturating_add(LONGEST_WAIT))))
        }
        408 | 425 | 500..=599 => Retry::Soon,
        _ => Retry::Never,
    }
}

/// Seconds as digits, however many.
fn milliseconds_from_seconds(digits: &str) -> Option<Milliseconds> {
    let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(Milliseconds::MAX).saturating_mul(1000))
}
