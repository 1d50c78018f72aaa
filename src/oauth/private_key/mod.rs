//! RSA private keys.

mod fault;
mod rsa_key;

pub use fault::KeyFault;

use crate::secret::Secret;

/// An RSA private key that is fit to sign with.
#[derive(Debug)]
pub struct PrivateKey {}

impl PrivateKey {
    /// Reads a key.
    ///
    /// # Errors
    /// [`KeyFault`] says what is wrong with the key and what to do about it.
    pub fn parse(pem: &Secret, _passphrase: Option<&Secret>) -> Result<Self, KeyFault> {
        if pem.expose().is_empty() { Err(KeyFault::Empty) } else { Err(KeyFault::NotPem) }
    }
}
