//! Traditionally encrypted PEM (`Proc-Type`, `DEK-Info`), as OpenSSL wrote it before version 3 and
//! still does where it is told to.

use md5::{Digest, Md5};
use zeroize::Zeroizing;

use super::KeyFault;
use super::cipher::Cipher;

/// How the body of a PEM is encrypted.
#[derive(Debug)]
pub struct Encryption {
    cipher: Cipher,
    iv: Vec<u8>,
}

impl Encryption {
    /// Reads what follows `DEK-Info:`, and gives back what stands behind it: the body. As many
    /// digits are read as the cipher needs, for the line's end may be lost.
    pub fn parse(text: &str) -> Result<(Self, &str), KeyFault> {
        let (name, rest) = text.split_once(',').ok_or(KeyFault::Damaged)?;
        let name = name.trim();
        let cipher = Cipher::named(name).ok_or_else(|| unsupported(name))?;
        let digits = cipher.block_length().saturating_mul(2);
        let (iv, body) = rest.trim_start().split_at_checked(digits).ok_or(KeyFault::Damaged)?;
        Ok((Self { cipher, iv: decode_hex(iv).ok_or(KeyFault::Damaged)? }, body))
    }

    /// Decrypts a body.
    pub fn open(
        &self,
        body: &[u8],
        passphrase: Option<&[u8]>,
    ) -> Result<Zeroizing<Vec<u8>>, KeyFault> {
        let passphrase = passphrase.ok_or(KeyFault::PassphraseMissing)?;
        let key = derive(passphrase, &self.iv, self.cipher.key_length());
        self.cipher.decrypt(&key, &self.iv, body)
    }
}

/// Only what looks like a name gets into an error.
fn unsupported(name: &str) -> KeyFault {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if name.is_empty() || name.len() > 32 || !name.bytes().all(is_name) {
        return KeyFault::Damaged;
    }
    KeyFault::UnsupportedEncryption(name.to_owned().into())
}

/// OpenSSL's `EVP_BytesToKey` with MD5, one round, and the beginning of the initialization vector as
/// salt.
fn derive(passphrase: &[u8], iv: &[u8], length: usize) -> Zeroizing<Vec<u8>> {
    let salt = iv.get(..8).unwrap_or(iv);
    let mut key = Zeroizing::new(Vec::with_capacity(2 * Cipher::LONGEST_KEY));
    while key.len() < length {
        let last = key.len().saturating_sub(16);
        let digest = Md5::new()
            .chain_update(key.get(last..).unwrap_or_default())
            .chain_update(passphrase)
            .chain_update(salt)
            .finalize();
        key.extend_from_slice(&Zeroizing::<[u8; 16]>::new(digest.into())[..]);
    }
    key.truncate(length);
    key
}

fn decode_hex(digits: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = digits.chars().map(|digit| digit.to_digit(16)).collect();
    let digits = digits?;
    let (pairs, _) = digits.as_chunks();
    pairs.iter().map(|[high, low]| u8::try_from(high << 4 | low).ok()).collect()
}
