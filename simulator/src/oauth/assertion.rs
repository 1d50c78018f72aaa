//! A JWT that asks for a token: taken apart, and its signature checked.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::PublicKey;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::pkcs8::DecodePublicKey;
use rsa::signature::Verifier;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Sha256, Sha384, Sha512};
use x509_cert::Certificate;
use x509_cert::der::{DecodePem, Encode};

/// The public key of a certificate. Saved as the certificate that it is from.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct Key {
    key: PublicKey,
    certificate: String,
}

impl TryFrom<String> for Key {
    type Error = String;

    fn try_from(certificate: String) -> Result<Self, String> {
        Self::from_certificate(&certificate).map_err(|problem| format!("a certificate {problem}"))
    }
}

impl From<Key> for String {
    fn from(key: Key) -> Self {
        key.certificate
    }
}

impl Key {
    /// Reads a certificate; the problem goes on after "the certificate".
    pub(super) fn from_certificate(pem: &str) -> Result<Self, &'static str> {
        let certificate = Certificate::from_pem(pem.trim())
            .map_err(|_| "is not an X.509 certificate in PEM (-----BEGIN CERTIFICATE-----)")?;
        let key = certificate.tbs_certificate().subject_public_key_info().to_der();
        let key = key.map_err(|_| "holds a key that cannot be read")?;
        PublicKey::from_public_key_der(&key)
            .map(|key| Self { key, certificate: pem.to_owned() })
            .map_err(|_| "holds no RSA key of up to 8192 bits")
    }
}

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

    pub(super) fn names_algorithm(&self) -> bool {
        ["RS256", "RS384", "RS512"].contains(&self.algorithm.as_str())
    }

    pub(super) fn is_signed_by(&self, key: &Key) -> bool {
        let Ok(signature) = Signature::try_from(self.signature.as_slice()) else { return false };
        let (key, signed) = (key.key.clone(), self.signed.as_bytes());
        let verified = match self.algorithm.as_str() {
            "RS256" => VerifyingKey::<Sha256>::new(key).verify(signed, &signature),
            "RS384" => VerifyingKey::<Sha384>::new(key).verify(signed, &signature),
            "RS512" => VerifyingKey::<Sha512>::new(key).verify(signed, &signature),
            _ => return false,
        };
        verified.is_ok()
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
