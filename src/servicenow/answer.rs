//! What an HTTP answer of an instance means, before anyone asks what it holds.
//!
//! The order of the checks is the one that survives sleeping instances, proxies and cancelled
//! transactions (servicenow-instance.md 8.4): status, JSON, `error`, `result`.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::connector::BaseUrl;
use crate::error::{Code, Error, ErrorSource, Retry};
use crate::host::{Milliseconds, Response};

/// The envelope of every answer.
#[derive(Deserialize)]
struct Envelope<T> {
    result: Option<T>,
    error: Option<Explanation>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Explanation {
    message: Option<String>,
    detail: Option<String>,
}

/// The `result` of an answer, as the type that the caller expects.
///
/// # Errors
/// One for every way in which the answer is no success; see the module.
pub fn result<T: DeserializeOwned>(
    response: &Response,
    base: &BaseUrl,
    now: Milliseconds,
) -> Result<T, Error> {
    if !response.is_success() {
        return Err(refusal(response, now));
    }
    let envelope: Envelope<serde_json::Value> =
        serde_json::from_str(&response.body).map_err(|_| unexpected_page(response, base))?;
    if let Some(Explanation { message: Some(message), .. }) = envelope.error {
        // A transaction that took too long: what stands in `result` is not all there is.
        return Err(Error::new(Code::Incomplete, message)
            .with_status(response.status)
            .with_retry(Retry::Soon)
            .from_framework());
    }
    let result = envelope.result.ok_or_else(|| unexpected_page(response, base))?;
    serde_json::from_value(result).map_err(|error| {
        let text = format!("The answer has another form than expected: {error}");
        Error::new(Code::UnexpectedAnswer, text).with_status(response.status).from_framework()
    })
}

/// An answer that another machine than an instance at work has given, and what to do about it.
#[must_use]
pub fn unexpected_page(response: &Response, base: &BaseUrl) -> Error {
    let text = format!(
        "There is an issue with your Service Now Instance. Please check {}.",
        base.tls_server_name()
    );
    let body = response.body.to_ascii_lowercase();
    let error = if body.contains("hibernating") {
        Error::new(Code::Hibernating, text).with_retry(Retry::Soon)
    } else if response.status == 202 && body.trim().is_empty() {
        Error::new(Code::Unavailable, text).with_retry(Retry::Soon).with_remedy(
            "The instance's queue of this session is full and the request was not carried out: \
             wait.",
        )
    } else if body.contains("sign in") || body.contains("log in") {
        Error::new(Code::UnexpectedAnswer, text).with_remedy(
            "The instance answers with its login page: check the URL and whether single sign-on \
             guards its API.",
        )
    } else {
        Error::new(Code::UnexpectedAnswer, text)
    };
    error.from_framework()
}

/// The error of a status that is no success (servicenow-itsm.md 4.1).
fn refusal(response: &Response, now: Milliseconds) -> Error {
    let status = response.status;
    let reason = reason(&response.body);
    let code = match status {
        401 => Code::Unauthenticated,
        403 => Code::Forbidden,
        404 => Code::NotFound,
        429 => Code::RateLimited,
        502..=504 => Code::Unavailable,
        _ => Code::Refused,
    };
    let text = format!("Request failed with status code {status}");
    let error = Error::new(code, text).with_status(status).with_retry(retry(response, now));
    let error = match &reason {
        Some(reason) if reason.contains("ScopeAccessNotGranted") => {
            error.with_retry(Retry::Never).with_remedy(
                "Set the cross-scope privileges of the Elastic for ITSM application to Allowed.",
            )
        }
        _ => error,
    };
    let error = error.with_reason(reason);
    match source(status) {
        ErrorSource::User => error,
        ErrorSource::Framework => error.from_framework(),
    }
}

/// ServiceNow's explanation; none where the body is empty.
fn reason(body: &str) -> Option<String> {
    if body.is_empty() {
        return None;
    }
    let envelope: Option<Envelope<serde::de::IgnoredAny>> = serde_json::from_str(body).ok();
    let explanation = envelope.and_then(|envelope| envelope.error).unwrap_or_default();
    let reason = match (explanation.message, explanation.detail) {
        (Some(message), Some(detail)) if !detail.is_empty() => format!("{message}: {detail}"),
        (Some(message), _) => message,
        (None, _) => "unknown: no error in error response".to_owned(),
    };
    Some(reason)
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
            let number =
                |name| response.header(name).and_then(|text| text.trim().parse::<u32>().ok());
            let after = number("retry-after").map(|seconds| {
                now.saturating_add(Milliseconds::from(seconds).saturating_mul(1000))
            });
            let reset = number("x-ratelimit-reset")
                .map(|seconds| Milliseconds::from(seconds).saturating_mul(1000));
            after.or(reset).map_or(Retry::Soon, Retry::At)
        }
        408 | 500..=599 => Retry::Soon,
        _ => Retry::Never,
    }
}
