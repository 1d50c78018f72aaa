//! The certificate of a private key, for ServiceNow's JWT verifier map: X.509 version 3 (RFC 5280),
//! signed by the key itself.
//!
//! It is a certificate of an end, not of an authority: whoever holds the key can sign assertions and
//! nothing else, even where somebody takes the certificate for one to be trusted.

use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine};
use pkcs8::ObjectIdentifier;
use pkcs8::der::asn1::{
    AnyRef, BitStringRef, GeneralizedTime, OctetStringRef, UintRef, UtcTime, Utf8StringRef,
};
use pkcs8::der::{DateTime, Encode, Result as DerResult, Tag, TagNumber};

use super::private_key::{EnteredKey, PrivateKey};
use crate::error::{Code, Error};
use crate::host::Milliseconds;
use crate::schema::{Dialect, Invalid, ObjectReader, Path, Problem, Value};

/// The longest common name, in characters (RFC 5280, A.1).
const LONGEST_NAME: usize = 64;

/// The longest life, in days.
const MOST_DAYS: f64 = 3650.0;

/// How long before now it begins, in seconds: an instance's clock may be behind.
const EARLIER: u64 = 3600;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const SHA256_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");

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

    /// The certificate, as PEM. Serial and seed have to be random, and others each time.
    ///
    /// # Errors
    /// What is wrong with the private key.
    pub fn make(
        &self,
        now: Milliseconds,
        serial: [u8; 16],
        seed: [u8; 32],
    ) -> Result<String, Error> {
        let key = self.key.open()?;
        let unwritable = |_| Error::new(Code::Internal, "The certificate cannot be written.");
        let signed = self.signed(&key, now, serial).map_err(unwritable)?;
        let signature = key.sign(&signed, seed)?;
        certificate(&signed, &signature).map(|der| pem(&der)).map_err(unwritable)
    }

    /// The `TBSCertificate`.
    fn signed(
        &self,
        key: &PrivateKey,
        now: Milliseconds,
        mut serial: [u8; 16],
    ) -> DerResult<Vec<u8>> {
        // A positive number, and always as long.
        if let Some(first) = serial.first_mut() {
            *first = *first & 0x7f | 0x40;
        }
        let attribute =
            sequence(&[&COMMON_NAME.to_der()?, &Utf8StringRef::new(&self.common_name)?.to_der()?])?;
        let name = sequence(&[&tagged(Tag::Set, &[&attribute])?])?;
        let now = u64::try_from(now.div_euclid(1000)).unwrap_or_default();
        let life = u64::from(self.days).saturating_mul(24 * 60 * 60);
        let validity =
            sequence(&[&time(now.saturating_sub(EARLIER))?, &time(now.saturating_add(life))?])?;
        let public_key =
            sequence(&[&algorithm(RSA)?, &BitStringRef::from_bytes(&key.public()?)?.to_der()?])?;
        // An empty one says that it is no authority's.
        let constraints = sequence(&[])?;
        let extension = sequence(&[
            &BASIC_CONSTRAINTS.to_der()?,
            &true.to_der()?,
            &OctetStringRef::new(&constraints)?.to_der()?,
        ])?;
        sequence(&[
            &explicit(0, &2u8.to_der()?)?,
            &UintRef::new(&serial)?.to_der()?,
            &algorithm(SHA256_WITH_RSA)?,
            &name,
            &validity,
            &name,
            &public_key,
            &explicit(3, &sequence(&[&extension])?)?,
        ])
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

fn certificate(signed: &[u8], signature: &[u8]) -> DerResult<Vec<u8>> {
    let signature = BitStringRef::from_bytes(signature)?.to_der()?;
    sequence(&[signed, &algorithm(SHA256_WITH_RSA)?, &signature])
}

/// An `AlgorithmIdentifier` of RSA, which has no parameters but says so.
fn algorithm(identifier: ObjectIdentifier) -> DerResult<Vec<u8>> {
    sequence(&[&identifier.to_der()?, &AnyRef::NULL.to_der()?])
}

/// With two digits for the year up to 2049, and four from then on.
fn time(seconds: u64) -> DerResult<Vec<u8>> {
    let time = DateTime::from_unix_duration(Duration::from_secs(seconds))?;
    match UtcTime::from_date_time(time) {
        Ok(time) => time.to_der(),
        Err(_) => GeneralizedTime::from_date_time(time).to_der(),
    }
}

fn sequence(parts: &[&[u8]]) -> DerResult<Vec<u8>> {
    tagged(Tag::Sequence, parts)
}

fn explicit(number: u32, value: &[u8]) -> DerResult<Vec<u8>> {
    tagged(Tag::ContextSpecific { constructed: true, number: TagNumber(number) }, &[value])
}

fn tagged(tag: Tag, parts: &[&[u8]]) -> DerResult<Vec<u8>> {
    AnyRef::new(tag, &parts.concat())?.to_der()
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
