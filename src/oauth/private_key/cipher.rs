//! The ciphers that private keys are encrypted with.

use aes::{Aes128Dec, Aes192Dec, Aes256Dec};
use cbc::Decryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit};
use des::TdesEde3;
use zeroize::Zeroizing;

use super::KeyFault;

/// A block cipher in CBC mode, padded as PKCS#7 says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cipher {
    /// AES with a key of 128 bits.
    Aes128,
    /// AES with a key of 192 bits.
    Aes192,
    /// AES with a key of 256 bits.
    Aes256,
    /// Triple DES with three keys.
    DesEde3,
}

impl Cipher {
    /// The longest key's bytes.
    pub const LONGEST_KEY: usize = 32;

    /// The cipher of a name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "AES-128-CBC" => Some(Self::Aes128),
            "AES-192-CBC" => Some(Self::Aes192),
            "AES-256-CBC" => Some(Self::Aes256),
            "DES-EDE3-CBC" => Some(Self::DesEde3),
            _ => None,
        }
    }

    /// The key's bytes.
    pub fn key_length(self) -> usize {
        match self {
            Self::Aes128 => 16,
            Self::Aes192 | Self::DesEde3 => 24,
            Self::Aes256 => Self::LONGEST_KEY,
        }
    }

    /// The bytes of the initialization vector, and of a block.
    pub fn block_length(self) -> usize {
        match self {
            Self::Aes128 | Self::Aes192 | Self::Aes256 => 16,
            Self::DesEde3 => 8,
        }
    }

    /// The plain text. Where its padding is wrong, which need not mean that the key is, it comes
    /// with what there is in the place of a padding.
    pub fn decrypt(
        self,
        key: &[u8],
        iv: &[u8],
        ciphertext: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeyFault> {
        let decrypt = match self {
            Self::Aes128 => decrypt::<Aes128Dec>,
            Self::Aes192 => decrypt::<Aes192Dec>,
            Self::Aes256 => decrypt::<Aes256Dec>,
            Self::DesEde3 => decrypt::<TdesEde3>,
        };
        if ciphertext.is_empty() || !ciphertext.len().is_multiple_of(self.block_length()) {
            return Err(KeyFault::Damaged);
        }
        decrypt(key, iv, ciphertext)
    }
}

fn decrypt<C: BlockCipherDecrypt + KeyInit>(
    key: &[u8],
    iv: &[u8],
    ciphertext: &[u8],
) -> Result<Zeroizing<Vec<u8>>, KeyFault> {
    let decryptor = Decryptor::<C>::new_from_slices(key, iv).map_err(|_| KeyFault::Damaged)?;
    let mut buffer = Zeroizing::new(ciphertext.to_vec());
    let unpadded = decryptor.decrypt_padded::<Pkcs7>(&mut buffer).map(<[u8]>::len);
    if let Ok(length) = unpadded {
        buffer.truncate(length);
    }
    Ok(buffer)
}
