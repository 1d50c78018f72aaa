//! RSA private keys: from the text that a person has entered to a key that signs.
//!
//! The way: [`pem`] finds the key in the text, [`content`] tells by its form what it is, [`legacy`]
//! or [`encrypted`] open it if it is encrypted, and [`rsa_key`] takes its numbers. Wherever the way ends
//! early, a [`KeyFault`] says why and what to do. [`entered`] is where a form asks for it, without a
//! connector.

mod cipher;
mod content;
mod encrypted;
mod entered;
mod fault;
mod legacy;
mod names;
mod pbe_sha1;
mod pbes2;
mod pem;
mod rsa_key;

use std::fmt::{Debug, Formatter};

use pkcs8::PrivateKeyInfoRef;
use pkcs8::der::{Decode, Result as DerResult};
use serde::Serialize;

use self::content::Content;
pub use self::entered::EnteredKey;
pub use self::fault::KeyFault;
use self::rsa_key::RsaKey;
use crate::secret::Secret;

/// An RSA private key that is fit to sign with.
pub struct PrivateKey {
    key: RsaKey,
    format: &'static str,
    encrypted: bool,
}

/// What may be shown of a private key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Description {
    /// Its size: the bits of its modulus.
    pub bits: u32,
    /// The form that its numbers are written in: `PKCS#1` or `PKCS#8`.
    pub format: &'static str,
    /// Whether it takes a passphrase to open it.
    pub encrypted: bool,
}

impl PrivateKey {
    /// Reads a key. The passphrase is for encrypted keys alone; for others it is ignored. An empty
    /// one is none.
    ///
    /// # Errors
    /// [`KeyFault`] says what is wrong with the key and what to do about it.
    pub fn parse(pem: &Secret, passphrase: Option<&Secret>) -> Result<Self, KeyFault> {
        let passphrase = passphrase
            .map(|passphrase| passphrase.expose().as_bytes())
            .filter(|passphrase| !passphrase.is_empty());
        let found = pem::find(pem.expose())?;
        if let Some(encryption) = found.encryption {
            let opened = encryption.open(&found.der, passphrase)?;
            return read_opened(&opened);
        }
        match Content::of(&found.der) {
            Some(Content::EncryptedPkcs8) => read_opened(&encrypted::open(&found.der, passphrase)?),
            content => read(content, &found.der),
        }
    }

    /// What may be shown of it.
    #[must_use]
    pub fn describe(&self) -> Description {
        let Self { key, format, encrypted } = self;
        Description { bits: key.bits(), format, encrypted: *encrypted }
    }

    /// The `RSAPublicKey` that belongs to it.
    pub(super) fn public(&self) -> DerResult<Vec<u8>> {
        self.key.public()
    }

    /// The RS256 signature of a message that nobody can foresee.
    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyFault> {
        self.key.sign(message)
    }
}

impl Debug for PrivateKey {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("PrivateKey")
    }
}

fn read(content: Option<Content>, der: &[u8]) -> Result<PrivateKey, KeyFault> {
    let read_as = |format, key| PrivateKey { key, format, encrypted: false };
    match content {
        Some(Content::Pkcs1) => RsaKey::from_pkcs1(der).map(|key| read_as("PKCS#1", key)),
        Some(Content::Pkcs8) => read_pkcs8(der).map(|key| read_as("PKCS#8", key)),
        Some(Content::Sec1) => Err(KeyFault::EllipticCurve),
        Some(Content::Certificate) => Err(KeyFault::Certificate),
        Some(Content::CertificateRequest) => Err(KeyFault::CertificateRequest),
        Some(Content::PublicKey) => Err(KeyFault::PublicKey),
        Some(Content::Other(name)) => Err(KeyFault::OtherFormat(name.into())),
        Some(Content::EncryptedPkcs8) | None => Err(KeyFault::Damaged),
    }
}

/// A wrong passphrase makes noise of the key; now and then it even ends in a correct padding.
fn read_opened(der: &[u8]) -> Result<PrivateKey, KeyFault> {
    match Content::of(der) {
        Some(content @ (Content::Pkcs1 | Content::Pkcs8 | Content::Sec1)) => {
            read(Some(content), der).map(|key| PrivateKey { encrypted: true, ..key })
        }
        _ if content::begins_as_key(der) => Err(KeyFault::Damaged),
        _ => Err(KeyFault::PassphraseWrong),
    }
}

fn read_pkcs8(der: &[u8]) -> Result<RsaKey, KeyFault> {
    let info = PrivateKeyInfoRef::from_der(der).map_err(|_| KeyFault::Damaged)?;
    let algorithm = names::name(info.algorithm.oid);
    match &*algorithm {
        "RSA" => RsaKey::from_pkcs1(info.private_key.as_bytes()),
        "EC" => Err(KeyFault::EllipticCurve),
        "RSASSA-PSS" => Err(KeyFault::RareRsa("a restriction to RSASSA-PSS signatures")),
        _ => Err(KeyFault::OtherAlgorithm(algorithm)),
    }
}
