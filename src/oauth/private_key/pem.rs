//! Finds the key in the text that a person has entered.
//!
//! A text goes through forms, clipboards, environment variables and JSON before it gets here. What
//! that does to line breaks and blanks does no harm, nor does what stands around the key. What is
//! no whole PEM is looked at until it can be said what it is.

use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{Engine, decoded_len_estimate};
use zeroize::Zeroizing;

use super::KeyFault;
use super::content::Content;
use super::fault::{KEYSTORE, PUTTY};
use super::legacy::Encryption;

/// The longest text. A key with a chain of certificates has a tenth of it.
const LONGEST: usize = 100_000;

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The body of a PEM that is a private key by its label.
pub struct Found {
    /// The body, decoded.
    pub der: Zeroizing<Vec<u8>>,
    /// How the body is encrypted, where its headers say that it is.
    pub encryption: Option<Encryption>,
}

/// Finds the first private key.
pub fn find(text: &str) -> Result<Found, KeyFault> {
    if text.len() > LONGEST {
        return Err(KeyFault::TooLarge);
    }
    let text = with_line_breaks(text);
    let text = text.trim_matches(is_blank);
    if text.is_empty() {
        return Err(KeyFault::Empty);
    }
    let blocks: Vec<Block<'_>> = text.split(BEGIN).skip(1).filter_map(Block::parse).collect();
    let mut keys = blocks.iter().filter(|block| block.label.ends_with("PRIVATE KEY"));
    if let Some(key) = keys.clone().find(|block| block.body.is_some()).or_else(|| keys.next()) {
        return read(key);
    }
    match blocks.iter().find(|block| block.body.is_some()) {
        Some(block) => Err(other_than_key(block.label)),
        None => Err(no_pem(text)),
    }
}

/// A PEM. It has no body where its END line is missing.
struct Block<'a> {
    label: &'a str,
    body: Option<&'a str>,
}

impl<'a> Block<'a> {
    /// Reads what follows `-----BEGIN `, up to the next such.
    fn parse(text: &'a str) -> Option<Self> {
        let (label, rest) = text.split_once(DASHES)?;
        let is_label = |byte: u8| byte.is_ascii_alphanumeric() || b" .-".contains(&byte);
        if label.len() > 40 || !label.bytes().all(is_label) {
            return None;
        }
        let body = rest
            .split_once(END)
            .and_then(|(body, end)| end.strip_prefix(label)?.starts_with(DASHES).then_some(body));
        Some(Self { label, body })
    }
}

fn read(block: &Block<'_>) -> Result<Found, KeyFault> {
    match block.label {
        "PRIVATE KEY" | "RSA PRIVATE KEY" | "ENCRYPTED PRIVATE KEY" => {}
        "EC PRIVATE KEY" => return Err(KeyFault::EllipticCurve),
        "DSA PRIVATE KEY" => return Err(KeyFault::OtherAlgorithm("DSA".into())),
        "OPENSSH PRIVATE KEY" => {
            let decoded = block.body.and_then(decode);
            return Err(decoded.map_or(KeyFault::OpenSsh, |bytes| openssh(&bytes)));
        }
        other => return Err(KeyFault::OtherFormat(other.to_owned().into())),
    }
    let body = block.body.ok_or(KeyFault::Truncated)?;
    let (encryption, body) = match body.split_once("DEK-Info:") {
        Some((_, info)) => {
            let (encryption, body) = Encryption::parse(info)?;
            (Some(encryption), body)
        }
        None => (None, body),
    };
    let der = decode(body).ok_or(KeyFault::DamagedBase64)?;
    if der.is_empty() {
        return Err(KeyFault::Damaged);
    }
    Ok(Found { der, encryption })
}

fn other_than_key(label: &str) -> KeyFault {
    match label {
        "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => KeyFault::Certificate,
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => KeyFault::CertificateRequest,
        "PUBLIC KEY" | "RSA PUBLIC KEY" => KeyFault::PublicKey,
        other => KeyFault::OtherFormat(other.to_owned().into()),
    }
}

/// What a text is that holds no whole PEM.
fn no_pem(text: &str) -> KeyFault {
    let other = |name: &'static str| KeyFault::OtherFormat(name.into());
    if text.starts_with("PuTTY-User-Key-File") {
        return other(PUTTY);
    }
    if text.starts_with("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY") {
        return other("SSH2 ENCRYPTED PRIVATE KEY");
    }
    if text.starts_with("ssh-") || text.starts_with("---- BEGIN SSH2 PUBLIC KEY") {
        return KeyFault::PublicKey;
    }
    if text.starts_with('{') && text.contains("\"kty\"") {
        return other("a JSON Web Key");
    }
    if text.starts_with("<RSAKeyValue") {
        return other("an RSA key as XML");
    }
    let has_line = |word| text.contains(word) && text.contains("PRIVATE KEY");
    if text.contains(BEGIN) || text.contains(END) || has_line("BEGIN") || has_line("END") {
        return KeyFault::Truncated;
    }
    // DER that was read as if it were text.
    if text.starts_with("0\u{fffd}") || text.starts_with("0\u{82}") {
        return KeyFault::NoPemLines;
    }
    match decode(text) {
        Some(bytes) => no_pem_but_base64(&bytes),
        None => KeyFault::NotPem,
    }
}

fn no_pem_but_base64(bytes: &[u8]) -> KeyFault {
    if bytes.windows(BEGIN.len()).any(|window| window == BEGIN.as_bytes()) {
        return KeyFault::Base64OfPem;
    }
    if bytes.starts_with(b"openssh-key-v1") {
        return openssh(bytes);
    }
    if bytes.starts_with(&[0xfe, 0xed, 0xfe, 0xed]) {
        return KeyFault::OtherFormat(KEYSTORE.into());
    }
    match Content::of(bytes) {
        Some(Content::Pkcs1 | Content::Pkcs8 | Content::EncryptedPkcs8 | Content::Sec1) => {
            KeyFault::NoPemLines
        }
        Some(Content::Certificate) => KeyFault::Certificate,
        Some(Content::CertificateRequest) => KeyFault::CertificateRequest,
        Some(Content::PublicKey) => KeyFault::PublicKey,
        Some(Content::Other(name)) => KeyFault::OtherFormat(name.into()),
        None if bytes.starts_with(&[0x30, 0x82]) => KeyFault::Truncated,
        None => KeyFault::NotPem,
    }
}

/// What a key in OpenSSH's own format is: the name of its algorithm stands before what may be encrypted
/// (OpenSSH, PROTOCOL.key). Only an RSA key is worth converting.
fn openssh(bytes: &[u8]) -> KeyFault {
    const HEAD: usize = 400;
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let has = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
    if has(b"ssh-ed25519") {
        KeyFault::OtherAlgorithm("Ed25519".into())
    } else if has(b"ecdsa-sha2-") {
        KeyFault::EllipticCurve
    } else if has(b"ssh-dss") {
        KeyFault::OtherAlgorithm("DSA".into())
    } else {
        KeyFault::OpenSsh
    }
}

/// The text with the line breaks that were written as `\n` or `\r\n`, each backslash perhaps more
/// than once, as blanks. Base64 knows no backslash.
fn with_line_breaks(text: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let after = after.trim_start_matches('\\');
        out.push(' ');
        rest = after.strip_prefix(['n', 'r']).unwrap_or(after);
    }
    out.push_str(rest);
    out
}

/// Blanks, and what is as little to be seen.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{feff}' | '\u{200b}')
}

/// Decodes base64 with blanks in it.
fn decode(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut base64 = Zeroizing::new(String::with_capacity(text.len()));
    base64.extend(text.chars().filter(|character| !is_blank(*character)));
    let mut bytes = Zeroizing::new(vec![0; decoded_len_estimate(base64.len())]);
    let length = BASE64.decode_slice(base64.as_bytes(), &mut bytes).ok()?;
    bytes.truncate(length);
    Some(bytes)
}
