//! PBES2 (RFC 8018), with PBKDF2 or scrypt (RFC 7914).

use std::borrow::Cow;

use pbkdf2::pbkdf2_hmac;
use pkcs8::der::Decode;
use pkcs8::der::asn1::{AnyRef, OctetStringRef, UintRef};
use pkcs8::spki::AlgorithmIdentifierRef;
use scrypt::scrypt;
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

use super::KeyFault;
use super::cipher::Cipher;
use super::encrypted::{parameters, small};
use super::names::name;

/// The most rounds of PBKDF2. OpenSSL makes 2048 by itself; today's advice for passwords ends at
/// 1,300,000.
const MOST_ITERATIONS: u32 = 2_000_000;

/// The most memory of scrypt: N times r, in blocks of 128 bytes. OpenSSL takes 16 MiB by itself and
/// refuses more than 32; today's advice for passwords is 128.
const MOST_BLOCKS: u32 = (128 << 20) / 128;

/// The most work of scrypt: N times r times p, which that advice comes to. A host stands still for
/// as long as it takes, some two seconds.
const MOST_WORK: u32 = 1 << 20;

/// Decrypts what was encrypted by PBES2.
pub fn open(
    algorithm: AlgorithmIdentifierRef<'_>,
    ciphertext: &[u8],
    passphrase: Option<&[u8]>,
) -> Result<Zeroizing<Vec<u8>>, KeyFault> {
    // What can be said without a passphrase is said first.
    let (kdf, encryption) = parameters(algorithm, |reader| {
        Ok((AlgorithmIdentifierRef::decode(reader)?, AlgorithmIdentifierRef::decode(reader)?))
    })?;
    let (cipher, iv) = read_encryption(encryption)?;
    let kdf = Kdf::parse(kdf, cipher)?;
    let passphrase = passphrase.ok_or(KeyFault::PassphraseMissing)?;

    let mut key = Zeroizing::new(vec![0; cipher.key_length()]);
    kdf.derive(passphrase, &mut key)?;
    cipher.decrypt(&key, iv, ciphertext)
}

fn read_encryption(algorithm: AlgorithmIdentifierRef<'_>) -> Result<(Cipher, &[u8]), KeyFault> {
    let name = name(algorithm.oid);
    let cipher = Cipher::named(&name).ok_or(KeyFault::UnsupportedEncryption(name))?;
    let iv = algorithm
        .parameters
        .and_then(|parameters| parameters.decode_as::<&OctetStringRef>().ok())
        .map(OctetStringRef::as_bytes)
        .filter(|iv| iv.len() == cipher.block_length())
        .ok_or(KeyFault::Damaged)?;
    Ok((cipher, iv))
}

/// How the key is derived from the passphrase, at a cost that is accepted.
enum Kdf<'a> {
    Pbkdf2 { salt: &'a [u8], iterations: u32, hash: Hash },
    Scrypt { salt: &'a [u8], params: scrypt::Params },
}

/// What HMAC is computed with.
enum Hash {
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

impl<'a> Kdf<'a> {
    fn parse(algorithm: AlgorithmIdentifierRef<'a>, cipher: Cipher) -> Result<Self, KeyFault> {
        let name = name(algorithm.oid);
        match &*name {
            "PBKDF2" => Self::parse_pbkdf2(algorithm, cipher),
            "scrypt" => Self::parse_scrypt(algorithm, cipher),
            _ => Err(KeyFault::UnsupportedEncryption(name)),
        }
    }

    fn parse_pbkdf2(
        algorithm: AlgorithmIdentifierRef<'a>,
        cipher: Cipher,
    ) -> Result<Self, KeyFault> {
        let (salt, iterations, key_length, prf) = parameters(algorithm, |reader| {
            Ok((
                AnyRef::decode(reader)?,
                UintRef::decode(reader)?,
                Option::<UintRef<'_>>::decode(reader)?,
                Option::<AlgorithmIdentifierRef<'_>>::decode(reader)?,
            ))
        })?;
        let Ok(salt) = salt.decode_as::<&OctetStringRef>() else {
            let other = "PBKDF2 with a salt from elsewhere";
            return Err(KeyFault::UnsupportedEncryption(Cow::Borrowed(other)));
        };
        check_key_length(key_length, cipher)?;
        let prf = prf.map_or(Cow::Borrowed("hmacWithSHA1"), |prf| name(prf.oid));
        let hash = match &*prf {
            "hmacWithSHA1" => Hash::Sha1,
            "hmacWithSHA224" => Hash::Sha224,
            "hmacWithSHA256" => Hash::Sha256,
            "hmacWithSHA384" => Hash::Sha384,
            "hmacWithSHA512" => Hash::Sha512,
            _ => return Err(KeyFault::UnsupportedEncryption(prf)),
        };
        match small(iterations) {
            Some(0) => Err(KeyFault::Damaged),
            Some(iterations) if iterations <= MOST_ITERATIONS => {
                Ok(Self::Pbkdf2 { salt: salt.as_bytes(), iterations, hash })
            }
            _ => Err(KeyFault::ExcessiveCost("PBKDF2 with more than 2,000,000 iterations")),
        }
    }

    fn parse_scrypt(
        algorithm: AlgorithmIdentifierRef<'a>,
        cipher: Cipher,
    ) -> Result<Self, KeyFault> {
        let (salt, [n, r, p], key_length) = parameters(algorithm, |reader| {
            let salt = <&OctetStringRef>::decode(reader)?;
            let [n, r, p] =
                [UintRef::decode(reader)?, UintRef::decode(reader)?, UintRef::decode(reader)?];
            Ok((salt, [n, r, p], Option::<UintRef<'_>>::decode(reader)?))
        })?;
        check_key_length(key_length, cipher)?;
        let excessive =
            KeyFault::ExcessiveCost("scrypt with more than 128 MiB of memory, or as much work");
        let (Some(n), Some(r), Some(p)) = (small(n), small(r), small(p)) else {
            return Err(excessive);
        };
        if n < 2 || !n.is_power_of_two() || r == 0 || p == 0 {
            return Err(KeyFault::Damaged);
        }
        let blocks = n.checked_mul(r).filter(|blocks| *blocks <= MOST_BLOCKS);
        let work = blocks.and_then(|blocks| blocks.checked_mul(p));
        if work.is_none_or(|work| work > MOST_WORK) {
            return Err(excessive);
        }
        let log_n = u8::try_from(n.ilog2()).map_err(|_| KeyFault::Damaged)?;
        let params = scrypt::Params::new(log_n, r, p).map_err(|_| KeyFault::Damaged)?;
        Ok(Self::Scrypt { salt: salt.as_bytes(), params })
    }

    fn derive(&self, passphrase: &[u8], key: &mut [u8]) -> Result<(), KeyFault> {
        match self {
            Self::Pbkdf2 { salt, iterations, hash } => {
                let derive = match hash {
                    Hash::Sha1 => pbkdf2_hmac::<Sha1>,
                    Hash::Sha224 => pbkdf2_hmac::<Sha224>,
                    Hash::Sha256 => pbkdf2_hmac::<Sha256>,
                    Hash::Sha384 => pbkdf2_hmac::<Sha384>,
                    Hash::Sha512 => pbkdf2_hmac::<Sha512>,
                };
                derive(passphrase, salt, *iterations, key);
                Ok(())
            }
            Self::Scrypt { salt, params } => {
                scrypt(passphrase, salt, params, key).map_err(|_| KeyFault::Damaged)
            }
        }
    }
}

/// The key's length may be said once more; then it is the cipher's.
fn check_key_length(length: Option<UintRef<'_>>, cipher: Cipher) -> Result<(), KeyFault> {
    let expected = u32::try_from(cipher.key_length()).ok();
    match length.map(small) {
        Some(length) if length != expected => Err(KeyFault::Damaged),
        _ => Ok(()),
    }
}
