//! A private key, whatever it is, is refused with a reason or signs; never a panic, and nothing of
//! the passphrase in what is said. A key that is accepted is accepted however its lines are broken,
//! and an instance that has its certificate takes what it signs.
//!
//! An input is a passphrase on a line and a text; or, where its first byte is a small number, the
//! DER that goes into a PEM with the label of that number.

use base64::prelude::{BASE64_STANDARD, Engine};
use proptest::prelude::*;
use serde_json::json;
use servicenow_itsm_connector::actions::Outcome;
use servicenow_itsm_connector::error::Error;
use servicenow_itsm_connector::oauth::assertion::{self, Claims};
use servicenow_itsm_connector::oauth::certificate::CertificateRequest;
use servicenow_itsm_connector::oauth::private_key::{KeyFault, PrivateKey};
use servicenow_itsm_connector::schema::Value;
use servicenow_itsm_connector::secret::Secret;
use servicenow_simulator::{Instance, OAuthClient, Setup, VerifierMap};
use std::cell::RefCell;

use crate::grammar::{Texts, joined, one_of, some, words};
use crate::memory_host::{MemoryHost, NOW, ORIGIN};
use crate::query::ask;
use crate::{Rule, in_project, text};

/// See the module.
pub const RULE: Rule = Rule { name: "private_key", check, inputs, pieces, needs_oracle: false };

/// The passphrase of the keys in `tests/keys`, which DER comes with.
const PASSPHRASE: &str = "correct-horse";

const LABELS: [&str; 8] = [
    "PRIVATE KEY",
    "RSA PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "EC PRIVATE KEY",
    "CERTIFICATE",
    "PUBLIC KEY",
    "ANY PRIVATE KEY",
    "CERTIFICATE REQUEST",
];

fn check(input: &[u8]) {
    match input.split_first() {
        Some((label, der)) if usize::from(*label) < LABELS.len() => {
            let label = LABELS[usize::from(*label)];
            let body = BASE64_STANDARD.encode(der);
            check_text(
                &format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n"),
                PASSPHRASE,
            );
            // DER as it is, read as text, and as base64 alone.
            check_text(&text(der), PASSPHRASE);
            check_text(&body, PASSPHRASE);
        }
        _ => {
            let input = text(input);
            let (passphrase, pem) = input.split_once('\n').unwrap_or(("", &input));
            check_text(pem, passphrase);
        }
    }
}

fn check_text(pem: &str, passphrase: &str) {
    match parse(pem, Some(passphrase)) {
        Ok(key) => signs(&key, pem, passphrase),
        Err(fault) => says_why(fault, pem, passphrase),
    }
    let _ = parse(pem, None).map_err(|fault| says_why(fault, pem, passphrase));
}

fn parse(pem: &str, passphrase: Option<&str>) -> Result<PrivateKey, KeyFault> {
    let passphrase = passphrase.map(|passphrase| Secret::from(passphrase.to_owned()));
    PrivateKey::parse(&Secret::from(pem.to_owned()), passphrase.as_ref())
}

fn says_why(fault: KeyFault, pem: &str, passphrase: &str) {
    // All that is quoted, and so all that could tell something: a label, the name of a cipher, or an
    // object identifier.
    if let KeyFault::OtherFormat(name)
    | KeyFault::OtherAlgorithm(name)
    | KeyFault::UnsupportedEncryption(name) = &fault
    {
        let is_name = |c: char| c.is_ascii_alphanumeric() || " .-#/_+".contains(c);
        assert!(name.len() <= 128 && name.chars().all(is_name), "{fault:?}");
        let is_told =
            passphrase.len() >= 16 && name.contains(passphrase) && !pem.contains(passphrase);
        assert!(!is_told, "it tells the passphrase: {fault:?}");
        // The numbers of a key, in lines of base64.
        let mut lines = pem.lines().map(str::trim).filter(|line| line.len() >= 48);
        assert!(!lines.any(|line| name.contains(line)), "it tells the key: {fault:?}");
    }
    let error = Error::from(fault);
    assert!(!error.remedy().is_empty() && !error.text().is_empty());
}

fn signs(key: &PrivateKey, pem: &str, passphrase: &str) {
    assert_eq!(format!("{key:?}"), "PrivateKey");
    let description = key.describe();
    assert!((2048..=16_384).contains(&description.bits), "{description:?}");
    for broken in [pem.replace('\n', "\r\n"), pem.replace('\n', "\\n"), format!("\n {pem}\n\n")] {
        let again = parse(&broken, Some(passphrase)).expect("line breaks do no harm");
        assert_eq!(again.describe(), description);
    }
    let claims = Claims {
        subject: "user@example.com",
        client_id: "client-1",
        key_id: "key-1",
        issued_at: 1_700_000_000,
        jti: [1; 16],
    };
    if assertion::sign(key, &claims).is_err() {
        return;
    }
    // It takes several signatures: one key in eight will do.
    if pem.len().is_multiple_of(8) {
        is_taken(pem, passphrase);
    }
}

/// An instance that has the key's certificate gives a token for what it signs.
fn is_taken(pem: &str, passphrase: &str) {
    let request = json!({
        "privateKey": pem, "privateKeyPassword": passphrase, "commonName": "kibana", "days": 730,
    });
    let request =
        CertificateRequest::parse(Value::from_json(&request.to_string()).unwrap()).unwrap();
    let certificate = request.make(NOW, [1; 16]).expect("it signs");
    let setup = Setup {
        now: NOW,
        users: vec![servicenow_simulator::User::new("user", "x")],
        oauth_clients: vec![OAuthClient {
            verifier_maps: vec![VerifierMap { key_id: "key-1".into(), certificate }],
            ..OAuthClient::new("client-1", "client-s3cret")
        }],
        ..Setup::default()
    };
    let instance = RefCell::new(Instance::new(setup).expect("it takes the certificate"));
    let host = MemoryHost::new(|exchange| ask(&mut instance.borrow_mut(), exchange));
    let config = json!({
        "apiUrl": ORIGIN, "usesTableApi": true, "isOAuth": true, "clientId": "client-1",
        "jwtKeyId": "key-1", "userIdentifierValue": "user@example.com",
    });
    let secrets = json!({
        "clientSecret": "client-s3cret", "privateKey": pem, "privateKeyPassword": passphrase,
    });
    let outcome = host.run(&(config, secrets), "getChoices", &json!({ "fields": ["urgency"] }));
    assert!(matches!(outcome, Ok(Outcome::List(_))), "{outcome:?}");
}

fn inputs() -> Texts {
    let changed = (key_file(), pieces(), any::<prop::sample::Index>(), 0..80_usize).prop_map(
        |(file, piece, place, length)| {
            let chars: Vec<char> = file.chars().collect();
            let start = place.index(chars.len() + 1);
            let end = (start + length % 7).min(chars.len());
            let (before, after) = (&chars[..start], &chars[end..]);
            format!(
                "{}{piece}{}",
                before.iter().collect::<String>(),
                after.iter().collect::<String>()
            )
        },
    );
    let around = joined([words(), one_of(&["\n"]), words()]);
    prop_oneof![2 => key_file(), 6 => changed, 1 => around, 1 => some(pieces(), 6, "")].boxed()
}

/// A key of `tests/keys` that does not cost much, after a passphrase.
fn key_file() -> Texts {
    let file = |name: String| {
        let path = in_project("tests/keys").join(format!("{name}.pem"));
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    joined([
        one_of(&["correct-horse\n", "correct-horse\n", "\n", "wrong\n"]),
        one_of(FILES).prop_map(file).boxed(),
    ])
}

fn pieces() -> Texts {
    prop_oneof![
        4 => one_of(&[
            "-----BEGIN PRIVATE KEY-----\n", "-----END PRIVATE KEY-----\n",
            "-----BEGIN RSA PRIVATE KEY-----\n",
            "-----END RSA PRIVATE KEY-----\n", "-----BEGIN ENCRYPTED PRIVATE KEY-----\n",
            "-----BEGIN ", "-----END ",
            "-----", "-----BEGIN CERTIFICATE-----", "-----BEGIN OPENSSH PRIVATE KEY-----",
            "Proc-Type: 4,ENCRYPTED\n",
            "DEK-Info: AES-256-CBC,", "DEK-Info: DES-EDE3-CBC,0011223344556677\n\n",
            "DEK-Info:", ",",
        ]),
        2 => one_of(&["\r\n", "\\n", "\\r\\n", "\\\\n", "\n\n", " ", "\t", "\u{feff}",
        "\u{200b}", "\0", "\\", "\""]),
        2 => one_of(&["=", "==", "A", "/", "+", "-", "_", "é", "\u{1f511}", "MII", "AAAA",
        "AQAB", "0", ":", "&"]),
        1 => words(),
    ]
    .boxed()
}

const FILES: &[&str] = &[
    "pkcs1",
    "pkcs8",
    "encrypted-aes128",
    "encrypted-default",
    "encrypted-aes256-hmacWithSHA512",
    "encrypted-des3",
    "traditional-aes256",
    "traditional-des3",
    "traditional-des",
    "pkcs12-bag",
    "rsa-exponent-3",
    "rsa-3-primes",
    "rsa-1024",
    "rsa-2047",
    "rsa-pss",
    "rsa-composite-factor",
    "rsa-large-exponent",
    "ec",
    "ec-pkcs8",
    "ec-encrypted",
    "ed25519",
    "dsa",
    "openssh",
    "public",
    "public-pkcs1",
    "certificate",
    "certificate-request",
    "encrypted-pbes1-md5-des",
    "encrypted-camellia256",
    "encrypted-20000000-iterations",
];
