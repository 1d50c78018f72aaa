//! Encryption by triple DES with a key that SHA-1 makes of the passphrase, as PKCS#12 has it (RFC 7292,
//! appendices B and C). OpenSSL's 3 and older ones know it as `PBE-SHA1-3DES` and `PBE-SHA1-2DES`.

use pkcs8::der::Decode;
use pkcs8::der::asn1::{OctetStringRef, UintRef};
use pkcs8::spki::AlgorithmIdentifierRef;
use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

use super::KeyFault;
use super::cipher::Cipher;
use super::encrypted::{parameters, small};

/// The most rounds. OpenSSL makes 2048 by itself.
const MOST_ITERATIONS: u32 = 2_000_000;

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
    let iterations = match small(iterations) {
        Some(0) => return Err(KeyFault::Damaged),
        Some(iterations) if iterations <= MOST_ITERATIONS => iterations,
        _ => return Err(KeyFault::ExcessiveCost("PBE-SHA1 with more than 2,000,000 iterations")),
    };
    let passphrase = as_pkcs12_has_it(passphrase.ok_or(KeyFault::PassphraseMissing)?);
    let derive = |purpose, length| derive(purpose, &passphrase, salt, iterations, length);

    let cipher = Cipher::DesEde3;
    let key = derive(FOR_KEY, keys.length());
    // Of two keys the first comes once more.
    let key: Vec<u8> = key.iter().copied().cycle().take(cipher.key_length()).collect();
    let key = Zeroizing::new(key);
    let iv = derive(FOR_IV, cipher.block_length());
    cipher.decrypt(&key, &iv, ciphertext)
}

/// In UTF-16, with a zero at its end.
fn as_pkcs12_has_it(passphrase: &[u8]) -> Zeroizing<Vec<u8>> {
    let text = str::from_utf8(passphrase).unwrap_or_default();
    Zeroizing::new(text.encode_utf16().chain([0]).flat_map(u16::to_be_bytes).collect())
}

/// What a text is derived for, as the first block of what is hashed says it.
const FOR_KEY: u8 = 1;
const FOR_IV: u8 = 2;

/// The bytes of what SHA-1 hashes at a time.
const BLOCK: usize = 64;

/// RFC 7292, appendix B.2. OpenSSL's library does the same; of those in Rust none does without making
/// DER's reader more lenient.
fn derive(
    purpose: u8,
    passphrase: &[u8],
    salt: &[u8],
    iterations: u32,
    length: usize,
) -> Zeroizing<Vec<u8>> {
    let whole_blocks = |text: &[u8]| text.len().next_multiple_of(BLOCK);
    let room = whole_blocks(salt).saturating_add(whole_blocks(passphrase));
    let mut input = Zeroizing::new(Vec::with_capacity(room));
    for text in [salt, passphrase] {
        input.extend(text.iter().copied().cycle().take(whole_blocks(text)));
    }
    let mut output = Zeroizing::new(Vec::new());
    loop {
        let mut hash = Sha1::new().chain_update([purpose; BLOCK]).chain_update(&input).finalize();
        for _ in 1..iterations {
            hash = Sha1::digest(hash);
        }
        output.extend_from_slice(&hash);
        if output.len() >= length {
            output.truncate(length);
            return output;
        }
        for block in input.chunks_exact_mut(BLOCK) {
            add_one_and(&hash, block);
        }
    }
}

/// Adds a number, which is written as often as there is room for it, and 1 to another one.
fn add_one_and(hash: &[u8], block: &mut [u8]) {
    let summand: Vec<u8> = hash.iter().copied().cycle().take(block.len()).collect();
    let mut carry = 1;
    for (byte, more) in block.iter_mut().zip(summand).rev() {
        let sum = u16::from(*byte).saturating_add(u16::from(more)).saturating_add(carry);
        let [high, low] = sum.to_be_bytes();
        *byte = low;
        carry = u16::from(high);
    }
}
