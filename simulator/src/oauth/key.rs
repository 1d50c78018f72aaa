//! The public key of a certificate, and whether a signature is of it: RS256, RS384 and RS512 by an
//! RSA key, ES256, ES384 and ES512 each by a key of its curve (servicenow-instance.md 6.1).

use rsa::pkcs1v15::VerifyingKey;
use rsa::pkcs8::DecodePublicKey;
use rsa::signature::Verifier;
use serde::{Deserialize, Serialize};
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

#[derive(Clone)]
enum PublicKey {
    Rsa(rsa::PublicKey),
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
    P521(p521::ecdsa::VerifyingKey),
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
        let key = PublicKey::from_der(&key)
            .ok_or("holds no RSA key of up to 8192 bits and no key on P-256, P-384 or P-521")?;
        Ok(Self { key, certificate: pem.to_owned() })
    }

    /// Whether a signature by an algorithm, as a JWT writes both, is of this key.
    pub(super) fn verifies(&self, algorithm: &str, signed: &[u8], signature: &[u8]) -> bool {
        let verified = match (&self.key, algorithm) {
            (PublicKey::Rsa(key), "RS256") => {
                verify(&VerifyingKey::<Sha256>::new(key.clone()), signed, signature)
            }
            (PublicKey::Rsa(key), "RS384") => {
                verify(&VerifyingKey::<Sha384>::new(key.clone()), signed, signature)
            }
            (PublicKey::Rsa(key), "RS512") => {
                verify(&VerifyingKey::<Sha512>::new(key.clone()), signed, signature)
            }
            (PublicKey::P256(key), "ES256") => {
                verify::<_, p256::ecdsa::Signature>(key, signed, signature)
            }
            (PublicKey::P384(key), "ES384") => {
                verify::<_, p384::ecdsa::Signature>(key, signed, signature)
            }
            (PublicKey::P521(key), "ES512") => {
                verify::<_, p521::ecdsa::Signature>(key, signed, signature)
            }
            _ => None,
        };
        verified.is_some()
    }
}

fn verify<'a, K: Verifier<S>, S: TryFrom<&'a [u8]>>(
    key: &K,
    signed: &[u8],
    signature: &'a [u8],
) -> Option<()> {
    key.verify(signed, &S::try_from(signature).ok()?).ok()
}

impl PublicKey {
    fn from_der(der: &[u8]) -> Option<Self> {
        if let Ok(key) = rsa::PublicKey::from_public_key_der(der) {
            return Some(Self::Rsa(key));
        }
        if let Ok(key) = p256::ecdsa::VerifyingKey::from_public_key_der(der) {
            return Some(Self::P256(key));
        }
        if let Ok(key) = p384::ecdsa::VerifyingKey::from_public_key_der(der) {
            return Some(Self::P384(key));
        }
        p521::ecdsa::VerifyingKey::from_public_key_der(der).ok().map(Self::P521)
    }
}
