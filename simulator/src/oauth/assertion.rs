//! A JWT that asks for a token, taken apart.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::Value;

use super::key::Key;

/// An assertion, taken apart.
pub(super) struct Assertion<'a> {
    algorithm: String,
    pub(super) key_id: String,
    pub(super) claims: Claims,
    signed: &'a str,
    signature: Vec<u8>,
}

/// What an assertion claims. Claims without which it is worthless are not optional.
pub(super) struct Claims {
    pub(super) issuer: String,
    pub(super) audience: Vec<String>,
    pub(super) subject: String,
    pub(super) expires: i64,
    pub(super) issued: Option<i64>,
    pub(super) not_before: Option<i64>,
    pub(super) id: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: String,
}

#[derive(Deserialize)]
struct Payload {
    iss: String,
    aud: Audience,
    sub: String,
    exp: Value,
    iat: Option<Value>,
    nbf: Option<Value>,
    jti: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl<'a> Assertion<'a> {
    /// Takes an assertion apart; nothing when it lacks a part or a claim that it needs.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, payload) = signed.split_once('.')?;
        let header: Header = serde_json::from_slice(&decoded(header)?).ok()?;
        let payload: Payload = serde_json::from_slice(&decoded(payload)?).ok()?;
        let date = |value: Option<Value>| match value {
            Some(value) => seconds(&value).map(Some),
            None => Some(None),
        };
        let claims = Claims {
            issuer: payload.iss,
            audience: match payload.aud {
                Audience::One(audience) => vec![audience],
                Audience::Several(audiences) => audiences,
            },
            subject: payload.sub,
            expires: seconds(&payload.exp)?,
            issued: date(payload.iat)?,
            not_before: date(payload.nbf)?,
            id: payload.jti,
        };
        let signature = decoded(signature)?;
        Some(Self { algorithm: header.alg, key_id: header.kid, claims, signed, signature })
    }

    /// Whether the signature is the key's, by the algorithm that the assertion names.
    pub(super) fn is_signed_by(&self, key: &Key) -> bool {
        key.verifies(&self.algorithm, self.signed.as_bytes(), &self.signature)
    }
}

/// What an assertion claims, before anything of it is believed.
pub(super) fn payload(text: &str) -> Option<Value> {
    serde_json::from_slice(&decoded(text.split('.').nth(1)?)?).ok()
}

fn decoded(part: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(part).ok()
}

/// A date of a claim; fractions of a second do not matter.
fn seconds(value: &Value) -> Option<i64> {
    let whole = |number: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
        (number.abs() < 1e15).then_some(number as i64)
    };
    value.as_i64().or_else(|| value.as_f64().and_then(whole))
}
