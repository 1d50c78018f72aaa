//! The RSA key itself: its numbers, what is asked of them, and signing.

use pkcs1::{RsaPrivateKeyRef, RsaPublicKeyRef};
use pkcs8::der::asn1::{AnyRef, UintRef};
use pkcs8::der::{Decode, Encode, Result as DerResult, SliceReader, Tag, Tagged};
use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, Pkcs1v15Sign};
use sha2::{Digest, Sha256};

use super::KeyFault;

/// The bits of the shortest key that RS256 may be computed with (RFC 7518, 3.3).
pub const SHORTEST: u32 = 2048;

/// The bits of the longest key, as OpenSSL has it: signing grows with their third power.
pub const LONGEST: u32 = 16_384;

/// The bits of the largest public exponent. A larger one serves nobody, and makes verifying slow.
const LARGEST_EXPONENT: u32 = 33;

/// An RSA key with two primes whose numbers fit together.
pub struct RsaKey(rsa::PrivateKey);

impl RsaKey {
    /// Reads an `RSAPrivateKey` (RFC 8017, A.1.2). Its last three numbers only make computing
    /// faster; they are computed anew.
    pub fn from_pkcs1(der: &[u8]) -> Result<Self, KeyFault> {
        if is_multi_prime(der) {
            return Err(KeyFault::RareRsa("more than two primes"));
        }
        let key = RsaPrivateKeyRef::from_der(der).map_err(|_| KeyFault::Damaged)?;
        let bits = width(&key.modulus);
        // Nothing is computed with numbers that are too long.
        if bits < SHORTEST {
            return Err(KeyFault::TooShort(bits));
        }
        if bits > LONGEST {
            return Err(KeyFault::TooLong(bits));
        }
        if width(&key.public_exponent) > LARGEST_EXPONENT {
            return Err(KeyFault::RareRsa("a public exponent of more than 33 bits"));
        }
        let half = bits.div_ceil(2);
        if width(&key.prime1).max(width(&key.prime2)) > half {
            return Err(KeyFault::RareRsa("primes of different lengths"));
        }
        let number = |number: &UintRef<'_>, bits: u32| {
            BoxedUint::from_be_slice(number.as_bytes(), bits).map_err(|_| KeyFault::Damaged)
        };
        rsa::PrivateKey::from_components(
            number(&key.modulus, bits)?,
            number(&key.public_exponent, 64)?,
            number(&key.private_exponent, bits)?,
            vec![number(&key.prime1, half)?, number(&key.prime2, half)?],
        )
        .map(Self)
        .map_err(|_| KeyFault::Damaged)
    }

    /// The bits of its modulus.
    pub fn bits(&self) -> u32 {
        self.0.n().bit_width()
    }

    /// The `RSAPublicKey` (RFC 8017, A.1.1) that belongs to it.
    pub fn public(&self) -> DerResult<Vec<u8>> {
        let (modulus, exponent) = (self.0.n().to_be_bytes(), self.0.e().to_be_bytes());
        RsaPublicKeyRef {
            modulus: UintRef::new(&modulus)?,
            public_exponent: UintRef::new(&exponent)?,
        }
        .to_der()
    }

    /// The RS256 signature of a message. The library gives none that it has not verified: a wrong one
    /// could give the key away.
    ///
    /// It is computed without blinding, which takes half as long again (benches/README.md). Blinding
    /// is against those who choose what is signed, or know it, and measure how long that takes.
    /// Nobody chooses it here: each message holds a hundred random bits and more of our own, and an
    /// assertion is sent to the instance alone. And the library's arithmetic takes the same time
    /// whatever the numbers are.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyFault> {
        let digest = Sha256::digest(message);
        self.0.sign(Pkcs1v15Sign::new::<Sha256>(), &digest).map_err(|_| KeyFault::Damaged)
    }
}

/// Whether the version says so.
fn is_multi_prime(der: &[u8]) -> bool {
    let version = AnyRef::from_der(der)
        .ok()
        .filter(|any| any.tag() == Tag::Sequence)
        .and_then(|any| UintRef::decode(&mut SliceReader::new(any.value()).ok()?).ok());
    version.is_some_and(|version| version.as_bytes() == [1])
}

fn width(number: &UintRef<'_>) -> u32 {
    let bytes = number.as_bytes();
    let leading = bytes.first().map_or(0, |byte| byte.leading_zeros());
    u32::try_from(bytes.len()).unwrap_or(u32::MAX).saturating_mul(8).saturating_sub(leading)
}
