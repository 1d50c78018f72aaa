//! The request that gives an assertion for an access token, and its answer.

use super::assertion::{self, Claims};
use super::private_key::KeyFault;
use super::tokens::authorization;
use super::{JwtBearer, NewToken};
use crate::connector::BaseUrl;
use crate::error::{Code, Error};
use crate::host::{Host, Level, Milliseconds, Request, Response};
use crate::schema::Value;
use crate::secret::{self, Secret};
use crate::servicenow::{self, milliseconds_from_http, percent_encode};
use zeroize::Zeroizing;

const PATH: &str = "/oauth_token.do";
const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// Asks the instance for a token.
///
/// # Errors
/// `private_key_*` where no assertion can be signed, `token_refused` and `token_missing` for what
/// the instance answers, those of any answer that is not about the token, and those of the transport.
pub async fn send(
    host: &impl Host,
    base: &BaseUrl,
    grant: &JwtBearer,
    connector_id: Option<&str>,
) -> Result<NewToken, Error> {
    let requested_at = host.now();
    let assertion = sign(host, grant, connector_id, requested_at)?;
    let url = base.join(PATH);
    let request = Request {
        method: "POST",
        url: url.clone(),
        headers: vec![
            ("accept", "application/json, text/plain, */*"),
            ("content-type", "application/x-www-form-urlencoded; charset=UTF-8"),
            servicenow::UNCOMPRESSED,
        ],
        authorization: None,
        body: Some(form(grant, &assertion)),
        is_token_request: true,
    };
    let client_secret = grant.client_secret.expose();
    let encoded = Zeroizing::new(percent_encode(client_secret));
    let secrets = [client_secret, encoded.as_str(), assertion.expose()];
    let mut response = servicenow::send(host, request, PATH, &secrets).await?;
    if let Some(token) = read(&response, requested_at) {
        return Ok(token);
    }
    response.body = secret::without(&response.body, &secrets);
    if response.status != 200 {
        let body = explanation(&response.body);
        let text = format!("error thrown getting the access token from {url}: {body}");
        servicenow::log(host, Level::Warn, &text, &secrets);
    }
    Err(failure(&response, base, requested_at, connector_id).without(&secrets))
}

fn sign(
    host: &impl Host,
    grant: &JwtBearer,
    connector_id: Option<&str>,
    now: Milliseconds,
) -> Result<Secret, Error> {
    let failed = |fault: KeyFault| {
        let text = format!("Unable to generate JWT token. Error: {fault} {}", fault.remedy());
        host.log(Level::Warn, &text);
        Error::new(Code::PrivateKey(fault.code()), text).with_remedy(fault.remedy())
    };
    let key = host
        .private_keys()
        .read(&grant.private_key, grant.private_key_password.as_ref(), connector_id, now)
        .map_err(failed)?;
    let claims = Claims {
        subject: &grant.user_identifier_value,
        client_id: &grant.client_id,
        key_id: &grant.jwt_key_id,
        issued_at: now.div_euclid(1000),
        jti: host.random(),
    };
    assertion::sign(&key, &claims).map_err(failed)
}

/// The form fields in alphabetical order (servicenow-itsm.md 6).
fn form(grant: &JwtBearer, assertion: &Secret) -> Secret {
    let fields = [
        ("assertion", assertion.expose()),
        ("client_id", &grant.client_id),
        ("client_secret", grant.client_secret.expose()),
        ("grant_type", GRANT_TYPE),
    ];
    let mut form = String::new();
    for (name, value) in fields {
        if !form.is_empty() {
            form.push('&');
        }
        form.push_str(name);
        form.push('=');
        form.push_str(&percent_encode(value));
    }
    Secret::from(form)
}

/// The token of an answer that gives one.
fn read(response: &Response, requested_at: Milliseconds) -> Option<NewToken> {
    let answer = Value::from_json(&response.body).ok().filter(|_| response.status == 200)?;
    let scheme = text(&answer, "token_type").unwrap_or("Bearer");
    let authorization = authorization(format!("{scheme} {}", text(&answer, "access_token")?))?;
    let expires_in = answer.member("expires_in").and_then(read_seconds);
    Some(NewToken { authorization, requested_at, expires_in })
}

fn text<'a>(answer: &'a Value, key: &str) -> Option<&'a str> {
    match answer.member(key) {
        Some(Value::String(text)) if !text.is_empty() => Some(text),
        _ => None,
    }
}

/// A number, or a number written as text.
fn read_seconds(value: &Value) -> Option<u32> {
    let seconds = match value {
        Value::Number(number) => *number,
        Value::String(text) => text.parse().ok()?,
        _ => return None,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range")]
    (0.0..=f64::from(u32::MAX)).contains(&seconds).then_some(seconds as u32)
}

/// What an answer without a token means. Only an error of OAuth (RFC 6749 5.2), or a 401 that is no
/// page of somebody's on the way, is about credentials; all others mean what they mean elsewhere.
///
/// The built-in type's text is the answer's `error` and `error_description`, or else the answer's
/// body as it came (servicenow-itsm.md 4.1 b and 6).
fn failure(
    response: &Response,
    base: &BaseUrl,
    now: Milliseconds,
    connector_id: Option<&str>,
) -> Error {
    let body = Value::from_json(&response.body).ok();
    let member = |key| body.as_ref().and_then(|body| text(body, key)).map(str::to_owned);
    let elsewhere = match servicenow::result(response, base, now) {
        // Neither a role nor a record is what is missing.
        Err(error) if matches!(error.code(), Code::Forbidden | Code::NotFound) => {
            error.with_code(Code::Refused)
        }
        Err(error) if body.is_none() || error.code() != Code::UnexpectedAnswer => error,
        _ => missing(connector_id),
    };
    let is_page = response.body.trim_start().starts_with('<');
    let code = match response.status {
        401 if !is_page => Code::TokenRefused,
        200..=299 | 400 | 403 if member("error").is_some_and(|error| is_oauth(&error)) => {
            Code::TokenRefused
        }
        200..=299 => return elsewhere,
        _ => elsewhere.code(),
    };
    let words = match member("error") {
        Some(error) => error,
        None if response.body.is_empty() => elsewhere.text().to_owned(),
        None => explanation(&response.body),
    };
    let error = Error::new(code, words).with_reason(member("error_description"));
    if code == Code::TokenRefused {
        return match clocks_apart(response, now) {
            Some(remedy) => error.with_remedy(remedy),
            None => error,
        };
    }
    let remedy = match elsewhere.remedy() {
        // The application that this one names has no part in it.
        remedy if remedy == Code::Refused.remedy() => Code::TokenMissing.remedy(),
        remedy => remedy,
    };
    error.with_remedy(remedy.to_owned()).with_retry(elsewhere.retry())
}

/// How far the clocks may be apart, and an answer be on its way, before they are what to look at first.
const MARGIN: Milliseconds = 60_000;

const MINUTE: u64 = 60_000;

/// What to do about an assertion that is from another time than the instance's
/// (servicenow-instance.md 12, 9).
fn clocks_apart(response: &Response, now: Milliseconds) -> Option<String> {
    let apart = milliseconds_from_http(response.header("date")?)?.checked_sub(now)?;
    if apart.checked_abs()? <= MARGIN {
        return None;
    }
    let minutes = apart.unsigned_abs().saturating_add(MINUTE / 2) / MINUTE;
    let is = if apart > 0 { "behind" } else { "ahead of" };
    Some(format!(
        "Set this machine's clock: it is {minutes} min {is} the instance's, and an assertion is good \
         for a time only. If that does not help: {}",
        Code::TokenRefused.remedy()
    ))
}

/// Whether an `error` is one of OAuth's, which are all written like `invalid_grant`: gateways have one in
/// their JSON, too, and say `Forbidden`.
fn is_oauth(error: &str) -> bool {
    error.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

fn missing(connector_id: Option<&str>) -> Error {
    let text = match connector_id {
        Some(id) => format!("Unable to retrieve access token for connectorId: {id}"),
        None => "The answer to the token request holds no access token.".to_owned(),
    };
    Error::new(Code::TokenMissing, text)
}

/// An answer's body, in JSON with its keys sorted, short enough for a log line.
fn explanation(body: &str) -> String {
    const LONGEST: usize = 1000;
    let value = Value::from_json(body).map_or_else(|_| Value::from(body), sorted);
    value.to_json().chars().take(LONGEST).collect()
}

/// A value with the keys of its objects sorted, and without tokens: under another status than 200 a token
/// is none that is used, but one all the same.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(mut members) => {
            members.sort_by(|(a, _), (b, _)| a.cmp(b));
            let told = |(key, value): (String, Value)| {
                let value = if key.ends_with("_token") { "[secret]".into() } else { sorted(value) };
                (key, value)
            };
            Value::Object(members.into_iter().map(told).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}
