//! Encrypted PKCS#8 (RFC 5958): by which scheme, [`pbes2`] or what was there before it.

use pkcs8::der::asn1::{AnyRef, OctetStringRef, UintRef};
use pkcs8::der::{Decode, Result as DerResult, SliceReader};
use pkcs8::spki::AlgorithmIdentifierRef;
use zeroize::Zeroizing;

use super::KeyFault;
use super::names::name;
use super::pbe_sha1::{self, TripleDes};
use super::pbes2;

/// Decrypts an `EncryptedPrivateKeyInfo`.
pub fn open(der: &[u8], passphrase: Option<&[u8]>) -> Result<Zeroizing<Vec<u8>>, KeyFault> {
    let info = AnyRef::from_der(der).map_err(|_| KeyFault::Damaged)?;
    let (algorithm, ciphertext) = sequence(info, |reader| {
        Ok((AlgorithmIdentifierRef::decode(reader)?, <&OctetStringRef>::decode(reader)?.as_bytes()))
    })?;
    let scheme = name(algorithm.oid);
    match &*scheme {
        "PBES2" => pbes2::open(algorithm, ciphertext, passphrase),
        "pbeWithSHA1And3-KeyTripleDES-CBC" => {
            pbe_sha1::open(TripleDes::ThreeKeys, algorithm, ciphertext, passphrase)
        }
        "pbeWithSHA1And2-KeyTripleDES-CBC" => {
            pbe_sha1::open(TripleDes::TwoKeys, algorithm, ciphertext, passphrase)
        }
        _ => Err(KeyFault::UnsupportedEncryption(scheme)),
    }
}

/// Reads the parameters of an algorithm.
pub(super) fn parameters<'a, T>(
    algorithm: AlgorithmIdentifierRef<'a>,
    read: impl FnOnce(&mut SliceReader<'a>) -> DerResult<T>,
) -> Result<T, KeyFault> {
    sequence(algorithm.parameters.ok_or(KeyFault::Damaged)?, read)
}

fn sequence<'a, T>(
    any: AnyRef<'a>,
    read: impl FnOnce(&mut SliceReader<'a>) -> DerResult<T>,
) -> Result<T, KeyFault> {
    any.sequence(read).map_err(|_| KeyFault::Damaged)
}

/// A number, unless it is larger than any that is accepted.
pub(super) fn small(number: UintRef<'_>) -> Option<u32> {
    number
        .as_bytes()
        .iter()
        .try_fold(0u32, |sum, byte| sum.checked_mul(256)?.checked_add(u32::from(*byte)))
}
