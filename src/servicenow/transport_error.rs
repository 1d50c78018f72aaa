//! Why no answer came: the names that Node and HTTP clients have for it, and what to do about each.

use crate::error::{Code, Error, Retry};
use crate::host::SendError;

/// The error of a request that got no answer, in the HTTP client's words.
#[must_use]
pub fn transport_error(error: SendError) -> Error {
    let SendError { code, message, proxy, unsent } = error;
    let message = tls_failure(&message).unwrap_or(message);
    if let Some(proxy) = proxy {
        return proxy_error(code, &message, &proxy);
    }
    let kind = match code.as_str() {
        "ERR_CANCELED" => Code::Canceled,
        "ERR_INVALID_URL" | "ERR_UNSAFE_PORT" => Code::BadUrl,
        "ERR_NOT_ALLOWED" | "ERR_FR_REDIRECTION_FAILURE" => Code::NotAllowed,
        "ERR_REDIRECT_REFUSED" | "ERR_FR_TOO_MANY_REDIRECTS" => Code::Redirected,
        "ETIMEDOUT" if message.starts_with("connect ") => Code::Unreachable,
        "ERR_NETWORK_SETTINGS" | "ERR_NO_OTHER_WAY" | "ERR_UNDICI" => Code::NetworkSettings,
        "ERR_BAD_RESPONSE" => Code::TooLarge,
        "ECONNREFUSED"
        | "ENOTFOUND"
        | "EAI_AGAIN"
        | "EHOSTUNREACH"
        | "ENETUNREACH"
        | "UND_ERR_CONNECT_TIMEOUT" => Code::Unreachable,
        code if is_about_certificates(code) => Code::Unreachable,
        code if is_before_tls(code, &message) => Code::Unreachable,
        _ => Code::NoAnswer,
    };
    let remedy = match code.as_str() {
        "ERR_UNSAFE_PORT" => Some(
            "Have the instance, or what is before it, listen on another port, and enter the URL \
             with that one: fetch never asks ports of other protocols.",
        ),
        "ERR_UNDICI" => Some("Install it beside this connector's package: npm install undici@7."),
        "ERR_NO_OTHER_WAY" => Some(
            "Give getConnectorType a fetch that follows them, or run this in Node or Deno, where \
             they are followed.",
        ),
        "ERR_TLS_CERT_ALTNAME_INVALID" => Some(
            "The certificate is for other hosts, which the text names: check the URL of the instance, \
             and who answers under that name.",
        ),
        code if is_about_certificates(code) => Some(
            "Check the instance's certificate, or give its certificate authority to the host's \
             TLS settings.",
        ),
        _ => None,
    };
    let no_tls = is_about_tls(&code);
    let may_be_kept_from_page = is_of_page(&message);
    let too_late = code == "ERR_DEADLINE";
    // The host's own refusal has no code in the built-in type's texts.
    let mark = if code == "ERR_NOT_ALLOWED" { "none".to_owned() } else { code };
    let error = Error::new(kind, message).with_mark(mark);
    let error = if unsent { error.before_sending() } else { error };
    let error = match kind {
        Code::NotAllowed
        | Code::Redirected
        | Code::TooLarge
        | Code::BadUrl
        | Code::NetworkSettings => error,
        _ => error.with_retry(Retry::Soon),
    };
    match remedy {
        Some(remedy) => error.with_remedy(remedy).with_retry(Retry::Never),
        None if too_late => error.with_remedy(
            "Ask the administrator why the instance is slow, or give actions more time \
             (actionTimeout).",
        ),
        None if no_tls => error.with_remedy(NO_TLS),
        None if may_be_kept_from_page => error.with_remedy(NOT_FOR_PAGE),
        None => error,
    }
}

/// The error of a proxy that cannot be reached or that refuses, which therefore has not asked the
/// instance.
fn proxy_error(code: String, message: &str, proxy: &str) -> Error {
    let (remedy, retry) = if code == "407" {
        ("Check the user and the password in the host's proxy settings.", Retry::Never)
    } else if ["408", "425", "429"].contains(&code.as_str()) {
        ("Wait, or ask who runs the proxy to let more requests through.", Retry::Soon)
    } else if code.starts_with('4') {
        ("Ask who runs the proxy to let requests to the instance through.", Retry::Never)
    } else if code.starts_with('5') {
        ("Check that the instance can be reached from the proxy.", Retry::Soon)
    } else if is_about_certificates(&code) {
        ("Check the proxy's certificate and the host's TLS settings for proxies.", Retry::Never)
    } else if is_about_tls(&code) {
        ("Check whether the proxy's URL begins with http:// or https://.", Retry::Soon)
    } else {
        ("Check the host's proxy settings and that the proxy can be reached.", Retry::Soon)
    };
    Error::new(Code::Unreachable, format!("{message} (proxy {proxy})"))
        .with_mark(code)
        .with_remedy(remedy)
        .with_retry(retry)
}

const NO_TLS: &str =
    "Check the URL's port, and that what listens there, or is before it, speaks TLS 1.2 or later.";

const NOT_FOR_PAGE: &str = "Check that the instance can be reached from this browser, and that it has \
    a CORS rule for the page that asks: a browser does not tell which of the two is missing.";

/// What Chrome, Firefox and Safari say of an answer that a page may not see, as of one that never came.
fn is_of_page(message: &str) -> bool {
    ["Failed to fetch", "NetworkError when attempting to fetch resource.", "Load failed"]
        .contains(&message)
}

/// The names that OpenSSL and Node give to certificates that they do not accept.
fn is_about_certificates(code: &str) -> bool {
    ["CERT", "UNABLE_TO_VERIFY", "UNABLE_TO_GET_ISSUER"].iter().any(|part| code.contains(part))
}

/// ... and to all else that TLS can fail of, before a request or after it.
fn is_about_tls(code: &str) -> bool {
    !is_about_certificates(code) && (code == "EPROTO" || code.starts_with("ERR_SSL"))
}

/// Whether a handshake has failed, so that no request was sent: the two did not agree on anything, or the
/// other side has gone before that.
fn is_before_tls(code: &str, message: &str) -> bool {
    let failures = [
        "wrong version number",
        "unsupported protocol",
        "protocol version",
        "handshake failure",
        "before secure TLS connection was established",
    ];
    let is_about_tls = is_about_tls(code) || code == "ECONNRESET";
    is_about_tls && failures.iter().any(|failure| message.contains(failure))
}

/// What OpenSSL says, without the number of the thread, the path that it was built in, and the end of the
/// line: `80:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../s3_record.c:350:`.
fn tls_failure(message: &str) -> Option<String> {
    let (_, failure) = message.split_once(":SSL routines:")?;
    let reason = failure.split(':').nth(1).filter(|reason| !reason.is_empty())?;
    Some(format!("TLS has failed: {reason}"))
}
