//! Encryption by triple DES with a key that SHA-1 makes of the passphrase, as PKCS#12 has it (RFC 7292,
//! appendices B and C). OpenSSL's 3 and older ones know it as `PBE-SHA1-3DES` and `PBE-SHA1-2DES`.

use pkcs8::der::Decode;
use pkcs8::der::asn1::{OctetStringRef, UintRef};
use pkcs8::spki::AlgorithmIdentifierRef;
use pkcs12::kdf::{Pkcs12KeyType, derive_key};
use sha1::Sha1;
use zeroize::Zeroizing;

use super::KeyFault;
use super::cipher::Cipher;
use super::encrypted::{parameters, small};

/// The most rounds. OpenSSL makes 2048 by itself.
const MOST_ITERATIONS: i32 = 2_000_000;

/// How many keys triple DES has.
#[derive(Clone, Copy)]
pub enum TripleDes {
    /// The first is the third, too.
    TwoKeys,
    /// All differ.
    ThreeKeys,
}

impl TripleDes {
    /// The bytes of its keys.
    fn length(self) -> usize {
        match self {
            Self::TwoKeys => 16,
            Self::ThreeKeys => 24,
        }
    }
}

/// Decrypts what was encrypted so.
pub fn open(
    keys: TripleDes,
    algorithm: AlgorithmIdentifierRef<'_>,
    ciphertext: &[u8],
    passphrase: Option<&[u8]>,
) -> Result<Zeroizing<Vec<u8>>, KeyFault> {
    let (salt, iterations) = parameters(algorithm, |reader| {
        Ok((<&OctetStringRef>::decode(reader)?.as_bytes(), UintRef::decode(reader)?))
    })?;
    let iterations = match small(iterations).map(i32::try_from) {
        Some(Ok(0)) => return Err(KeyFault::Damaged),
        Some(Ok(iterations)) if iterations <= MOST_ITERATIONS => iterations,
        _ => return Err(KeyFault::ExcessiveCost("PBE-SHA1 with more than 2,000,000 iterations")),
    };
    let passphrase = as_pkcs12_has_it(passphrase.ok_or(KeyFault::PassphraseMissing)?);
    let derive = |what, length| {
        Zeroizing::new(derive_key::<Sha1>(&passphrase, salt, what, iterations, length))
    };

    let cipher = Cipher::DesEde3;
    let key = derive(Pkcs12KeyType::EncryptionKey, keys.length());
    // Of two keys the first comes once more.
    let key: Vec<u8> = key.iter().copied().cycle().take(cipher.key_length()).collect();
    let key = Zeroizing::new(key);
    let iv = derive(Pkcs12KeyType::Iv, cipher.block_length());
    cipher.decrypt(&key, &iv, ciphertext)
}

/// In UTF-16, with a zero at its end.
fn as_pkcs12_has_it(passphrase: &[u8]) -> Zeroizing<Vec<u8>> {
    let text = str::from_utf8(passphrase).unwrap_or_default();
    Zeroizing::new(text.encode_utf16().chain([0]).flat_map(u16::to_be_bytes).collect())
}
