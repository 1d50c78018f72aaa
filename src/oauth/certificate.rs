//! The certificate of a private key, for ServiceNow's JWT verifier map: X.509 version 3 (RFC 5280),
//! signed by the key itself.
//!
//! It is a certificate of an end, not of an authority: whoever holds the key can sign assertions and
//! nothing else, even where somebody takes the certificate for one to be trusted.

use base64::prelude::{BASE64_STANDARD, Engine};
use pkcs8::der::asn1::AnyRef;
use pkcs8::der::{Encode, Error as DerError, Tag};

use super::private_key::{EnteredKey, PrivateKey};
use crate::error::{Code, Error};
use crate::host::Milliseconds;
use crate::schema::{Dialect, Invalid, ObjectReader, Path, Problem, Value};
use crate::servicenow::iso_from_milliseconds;

/// The longest common name, in characters (RFC 5280, A.1).
const LONGEST_NAME: usize = 64;

/// The longest life, in days.
const MOST_DAYS: f64 = 3650.0;

/// How long before now it begins: an instance's clock may be behind.
const EARLIER: Milliseconds = 3_600_000;

const DAY: Milliseconds = 86_400_000;

// What is the same in every certificate, as DER.

/// `version`: 3.
const VERSION: &[u8] = b"\xa0\x03\x02\x01\x02";
/// The `AlgorithmIdentifier` of `rsaEncryption` (1.2.840.113549.1.1.1).
const RSA: &[u8] = b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00";
/// The `AlgorithmIdentifier` of `sha256WithRSAEncryption` (1.2.840.113549.1.1.11).
const SHA256_WITH_RSA: &[u8] = b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b\x05\x00";
/// The identifier of `commonName` (2.5.4.3).
const COMMON_NAME: &[u8] = b"\x06\x03\x55\x04\x03";
/// `extensions`: critical `basicConstraints` (2.5.29.19), empty, which says that it is no
/// authority's.
const EXTENSIONS: &[u8] =
    b"\xa3\x10\x30\x0e\x30\x0c\x06\x03\x55\x1d\x13\x01\x01\xff\x04\x02\x30\x00";

/// What a certificate is made of.
#[derive(Debug)]
pub struct CertificateRequest {
    key: EnteredKey,
    common_name: String,
    days: u16,
}

impl CertificateRequest {
    /// Reads `{ privateKey, privateKeyPassword, commonName, days }`.
    ///
    /// # Errors
    /// Every key that is unknown, missing, of another type or out of bounds; no secret.
    pub fn parse(value: Value) -> Result<Self, Invalid> {
        let mut invalid = Invalid::new(Dialect::Zod4);
        let request = ObjectReader::new(value, Path::default(), &mut invalid).map(|mut object| {
            let request = Self {
                key: EnteredKey::take(&mut object),
                common_name: common_name(&mut object),
                days: days(&mut object),
            };
            object.finish();
            request
        });
        invalid.into_result(request)
    }

    /// The certificate, as PEM. The serial has to be random, and another one each time.
    ///
    /// # Errors
    /// What is wrong with the private key.
    pub fn make(&self, now: Milliseconds, serial: [u8; 16]) -> Result<String, Error> {
        let key = self.key.open()?;
        let signed = self.signed(&key, now, serial)?;
        let signature = value(Tag::BitString, &[&[0], &key.sign(&signed)?])?;
        value(Tag::Sequence, &[&signed, SHA256_WITH_RSA, &signature]).map(|der| pem(&der))
    }

    /// The `TBSCertificate`.
    fn signed(
        &self,
        key: &PrivateKey,
        now: Milliseconds,
        mut serial: [u8; 16],
    ) -> Result<Vec<u8>, Error> {
        // A positive number, and always as long.
        if let Some(first) = serial.first_mut() {
            *first = *first & 0x7f | 0x40;
        }
        let common_name = value(Tag::Utf8String, &[self.common_name.as_bytes()])?;
        let name = value(Tag::Sequence, &[COMMON_NAME, &common_name])?;
        let name = value(Tag::Sequence, &[&value(Tag::Set, &[&name])?])?;
        let begin = now.saturating_sub(EARLIER);
        let end = now.saturating_add(Milliseconds::from(self.days).saturating_mul(DAY));
        let validity = value(Tag::Sequence, &[&time(begin)?, &time(end)?])?;
        let public_key = value(Tag::BitString, &[&[0], &key.public().map_err(unwritable)?])?;
        value(
            Tag::Sequence,
            &[
                VERSION,
                &value(Tag::Integer, &[&serial])?,
                SHA256_WITH_RSA,
                &name,
                &validity,
                &name,
                &value(Tag::Sequence, &[RSA, &public_key])?,
                EXTENSIONS,
            ],
        )
    }
}

fn common_name(object: &mut ObjectReader<'_>) -> String {
    let fits = |name: &str| {
        !name.trim().is_empty()
            && name.chars().count() <= LONGEST_NAME
            && !name.chars().any(char::is_control)
    };
    match object.take("commonName") {
        Value::String(name) if fits(&name) => name,
        _ => {
            let rule = format!(
                "must be a text of 1 to {LONGEST_NAME} characters, none of them a control character"
            );
            broken(object, "commonName", rule)
        }
    }
}

fn days(object: &mut ObjectReader<'_>) -> u16 {
    match object.take("days") {
        Value::Number(days) if (1.0..=MOST_DAYS).contains(&days) && days.fract() == 0.0 => {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "in range"
            )]
            return days as u16;
        }
        _ => broken(object, "days", format!("must be a whole number from 1 to {MOST_DAYS}")),
    }
}

/// Notes that a member breaks its rule, and goes on with a stand-in.
fn broken<T: Default>(object: &mut ObjectReader<'_>, key: &str, rule: String) -> T {
    let path = object.path_of(key);
    object.invalid().add(path, Problem::Rule(rule));
    T::default()
}

/// A time, its year in two digits up to 2049 and in four from then on (RFC 5280, 4.1.2.5).
fn time(time: Milliseconds) -> Result<Vec<u8>, Error> {
    let iso = iso_from_milliseconds(time)?;
    let digits: String = iso.chars().filter(char::is_ascii_digit).take(14).collect();
    match digits.split_at_checked(2) {
        Some((_, short)) if ("1950".."2050").contains(&digits.as_str()) => {
            value(Tag::UtcTime, &[short.as_bytes(), b"Z"])
        }
        _ => value(Tag::GeneralizedTime, &[digits.as_bytes(), b"Z"]),
    }
}

/// The one way to DER: a way for each type would make the module larger.
#[inline(never)]
fn value(tag: Tag, parts: &[&[u8]]) -> Result<Vec<u8>, Error> {
    AnyRef::new(tag, &parts.concat()).and_then(|value| value.to_der()).map_err(unwritable)
}

fn unwritable(_: DerError) -> Error {
    Error::new(Code::Internal, "The certificate cannot be written.")
}

/// In lines of 64 characters (RFC 7468).
fn pem(der: &[u8]) -> String {
    let base64 = BASE64_STANDARD.encode(der);
    let mut pem = "-----BEGIN CERTIFICATE-----".to_owned();
    for (place, character) in base64.chars().enumerate() {
        if place.is_multiple_of(64) {
            pem.push('\n');
        }
        pem.push(character);
    }
    pem.push_str("\n-----END CERTIFICATE-----\n");
    pem
}
