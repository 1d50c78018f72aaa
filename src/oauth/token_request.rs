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
use crate::servicenow::{self, percent_encode, retry, unexpected_page};
use zeroize::Zeroizing;

const PATH: &str = "/oauth_token.do";
const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// Asks the instance for a token.
///
/// # Errors
/// `private_key_*` where no assertion can be signed, `token_refused` and `token_missing` for what
/// the instance answers, and those of the transport.
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
        ],
        authorization: None,
        body: Some(form(grant, &assertion)),
        is_token_request: true,
    };
    let client_secret = grant.client_secret.expose();
    let encoded = Zeroizing::new(percent_encode(client_secret));
    let secrets = [client_secret, encoded.as_str(), assertion.expose()];
    let mut response = servicenow::send(host, request, PATH, &secrets).await?;
    if response.status != 200 {
        // Whatever the status, it is none that is used.
        response.body = secret::without(&response.body, &secrets);
    }
    read(&response, base, requested_at, connector_id).map_err(|error| {
        if response.status != 200 {
            let body = explanation(&response.body);
            let text = format!("error thrown getting the access token from {url}: {body}");
            servicenow::log(host, Level::Warn, &text, &secrets);
        }
        error.without(&secrets)
    })
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

fn read(
    response: &Response,
    base: &BaseUrl,
    requested_at: Milliseconds,
    connector_id: Option<&str>,
) -> Result<NewToken, Error> {
    if response.status != 200 {
        return Err(refusal(response, requested_at));
    }
    let answer = Value::from_json(&response.body).map_err(|_| unexpected_page(response, base))?;
    let text = |key: &str| match answer.member(key) {
        Some(Value::String(text)) if !text.is_empty() => Some(text.as_str()),
        _ => None,
    };
    let authorization = text("access_token").and_then(|token| {
        authorization(format!("{} {token}", text("token_type").unwrap_or("Bearer")))
    });
    let Some(authorization) = authorization else {
        let text = match connector_id {
            Some(id) => format!("Unable to retrieve access token for connectorId: {id}"),
            None => "The answer to the token request holds no access token.".to_owned(),
        };
        return Err(Error::new(Code::TokenMissing, text));
    };
    let expires_in = answer.member("expires_in").and_then(read_seconds);
    Ok(NewToken { authorization, requested_at, expires_in })
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

/// The built-in type's text is the answer's `error` and `error_description`, or else the answer's
/// body as it came (servicenow-itsm.md 4.1 b and 6).
fn refusal(response: &Response, now: Milliseconds) -> Error {
    let body = Value::from_json(&response.body).ok();
    let member = |key: &str| match body.as_ref().and_then(|body| body.member(key)) {
        Some(Value::String(text)) => Some(text.clone()),
        _ => None,
    };
    let code = match response.status {
        429 => Code::RateLimited,
        500..=599 => Code::Unavailable,
        _ => Code::TokenRefused,
    };
    let error = match member("error") {
        Some(error) => Error::new(code, error).with_reason(member("error_description")),
        None => Error::new(code, explanation(&response.body)),
    };
    match code {
        Code::TokenRefused => error,
        _ => error.with_retry(retry(response, now)),
    }
}

/// An answer's body, in JSON with its keys sorted, short enough for a log line.
fn explanation(body: &str) -> String {
    const LONGEST: usize = 1000;
    let value = match Value::from_json(body) {
        Ok(Value::Object(mut members)) => {
            members.sort_by(|(a, _), (b, _)| a.cmp(b));
            // Under another status than 200 a token is none that is used, but one all the same.
            for (_, token) in members.iter_mut().filter(|(key, _)| key.ends_with("_token")) {
                *token = "[secret]".into();
            }
            Value::Object(members)
        }
        Ok(value) => value,
        Err(_) => Value::from(body),
    };
    value.to_json().chars().take(LONGEST).collect()
}
