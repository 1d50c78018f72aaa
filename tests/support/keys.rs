//! Keys and assertions, as the tests of private keys need them.

use std::path::Path;

use servicenow_itsm_connector::oauth::assertion::{self, Claims};
use servicenow_itsm_connector::oauth::private_key::{KeyFault, PrivateKey};
use servicenow_itsm_connector::secret::Secret;

/// The passphrase of the encrypted keys.
pub const PASSPHRASE: &str = "correct-horse";

/// A file of `tests/keys`.
pub fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keys").join(name);
    std::fs::read_to_string(path).unwrap()
}

pub fn parse(text: &str, passphrase: Option<&str>) -> Result<PrivateKey, KeyFault> {
    let passphrase = passphrase.map(|passphrase| Secret::from(passphrase.to_owned()));
    PrivateKey::parse(&Secret::from(text.to_owned()), passphrase.as_ref())
}

/// What is wrong with a key.
pub fn fault(text: &str, passphrase: Option<&str>) -> KeyFault {
    parse(text, passphrase).unwrap_err()
}

/// The assertion that the `.assertion` files hold.
pub fn assertion(key: &PrivateKey) -> Result<String, KeyFault> {
    let claims = Claims {
        subject: "user@example.com",
        client_id: "client-1",
        key_id: "key-1",
        issued_at: 1_700_000_000,
        jti: std::array::from_fn(|index| u8::try_from(index).unwrap()),
    };
    assertion::sign(key, &claims).map(|assertion| assertion.expose().to_owned())
}

/// The text is the key of `pkcs1.pem`: it signs as OpenSSL signs with that.
#[track_caller]
pub fn assert_is_the_key(text: &str, passphrase: Option<&str>) {
    let key = parse(text, passphrase).unwrap();
    assert_eq!(assertion(&key).unwrap(), file("pkcs1.assertion"));
}

/// The DER of a PEM.
pub fn der(pem: &str) -> Vec<u8> {
    use base64::prelude::{BASE64_STANDARD, Engine};
    let body: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    BASE64_STANDARD.decode(body).unwrap()
}

/// A PEM of a DER, in one line.
pub fn pem(label: &str, der: &[u8]) -> String {
    use base64::prelude::{BASE64_STANDARD, Engine};
    let body = BASE64_STANDARD.encode(der);
    format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n")
}

/// A DER value of its parts, its length in as few bytes as can be.
pub fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let [high, low] = u16::try_from(body.len()).unwrap().to_be_bytes();
    let head = match (high, low) {
        (0, 0..=0x7f) => vec![tag, low],
        (0, _) => vec![tag, 0x81, low],
        _ => vec![tag, 0x82, high, low],
    };
    [head, body].concat()
}

pub fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tlv(0x30, parts)
}

pub fn octets(bytes: &[u8]) -> Vec<u8> {
    tlv(0x04, &[bytes])
}

pub fn integer(number: u64) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let skip = bytes.iter().position(|byte| *byte != 0).unwrap_or(7);
    let sign: &[u8] = if bytes[skip] < 0x80 { &[] } else { &[0] };
    tlv(0x02, &[sign, &bytes[skip..]])
}

/// The parts of a DER sequence, each with its head.
pub fn children(der: &[u8]) -> Vec<Vec<u8>> {
    let split = |der: &[u8]| match der[1] {
        length @ 0..=0x7f => (2, usize::from(length)),
        0x81 => (3, usize::from(der[2])),
        _ => (4, usize::from(u16::from_be_bytes([der[2], der[3]]))),
    };
    let mut rest = &der[split(der).0..];
    let mut children = Vec::new();
    while !rest.is_empty() {
        let (head, length) = split(rest);
        let (child, others) = rest.split_at(head.checked_add(length).unwrap());
        children.push(child.to_vec());
        rest = others;
    }
    children
}
