//! The assertion: a signed JSON Web Token that says for whom a token is asked (servicenow-itsm.md
//! 6).

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use serde::Serialize;

use super::private_key::{KeyFault, PrivateKey};
use crate::secret::Secret;

/// How long an assertion is good, in seconds.
const LIFETIME: i64 = 3600;

/// What an assertion says.
#[derive(Debug)]
pub struct Claims<'a> {
    /// `sub`: the user that the token is for, as the connector's `userIdentifierValue`.
    pub subject: &'a str,
    /// `iss` and `aud`: the client's identifier.
    pub client_id: &'a str,
    /// The header's `kid`: the key identifier of the JWT verifier map. Left out where empty.
    pub key_id: &'a str,
    /// `iat`, in seconds since 1970-01-01T00:00:00Z.
    pub issued_at: i64,
    /// Random bytes that `jti` is made of; each assertion needs its own.
    pub jti: [u8; 16],
}

#[derive(Serialize)]
struct Header<'a> {
    alg: &'static str,
    typ: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    kid: &'a str,
}

#[derive(Serialize)]
struct Payload<'a> {
    aud: &'a str,
    iss: &'a str,
    sub: &'a str,
    iat: i64,
    exp: i64,
    jti: String,
}

/// Signs an assertion with RS256.
///
/// # Errors
/// [`KeyFault::Damaged`] where the key makes signatures that it does not verify itself.
pub fn sign(key: &PrivateKey, claims: &Claims<'_>) -> Result<Secret, KeyFault> {
    let header = Header { alg: "RS256", typ: "JWT", kid: claims.key_id };
    let payload = Payload {
        aud: claims.client_id,
        iss: claims.client_id,
        sub: claims.subject,
        iat: claims.issued_at,
        exp: claims.issued_at.saturating_add(LIFETIME),
        jti: BASE64_URL_SAFE_NO_PAD.encode(claims.jti),
    };
    let signed = format!("{}.{}", part(&header), part(&payload));
    let signature = key.sign(signed.as_bytes())?;
    Ok(Secret::from(format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))))
}

fn part(value: &impl Serialize) -> String {
    // Texts and numbers always have a form in JSON.
    let json = serde_json::to_vec(value).unwrap_or_default();
    BASE64_URL_SAFE_NO_PAD.encode(json)
}
