//! What a form asks of a private key: what it is, and a certificate of it.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may take for granted what it is about")]
#![allow(clippy::indexing_slicing, reason = "a test may take for granted what it is about")]

#[cfg(test)]
mod support;

use futures::executor::block_on;
use serde_json::{Value as Json, json};
use servicenow_itsm_connector::error::Error;
use servicenow_itsm_connector::oauth::certificate::CertificateRequest;
use servicenow_itsm_connector::oauth::private_key::EnteredKey;
use servicenow_itsm_connector::schema::Value;
use support::instance::{Bench, oauth};
use support::keys::{PASSPHRASE, children, der, file};

/// 2024-05-06T07:08:09Z.
const NOW: i64 = 1_714_979_289_000;

fn value(json: &Json) -> Value {
    Value::from_json(&json.to_string()).unwrap()
}

fn described(name: &str, passphrase: Option<&str>) -> Result<String, Error> {
    let entered = json!({ "privateKey": file(name), "privateKeyPassword": passphrase });
    let key = EnteredKey::parse(value(&entered)).unwrap().open()?;
    Ok(serde_json::to_string(&key.describe()).unwrap())
}

fn request(changes: &Json) -> Json {
    let mut request = json!({
        "privateKey": file("pkcs8.pem"),
        "commonName": "kibana",
        "days": 730,
    });
    request.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    request
}

fn made_at(now: i64, changes: &Json, serial: u8) -> String {
    let request = CertificateRequest::parse(value(&request(changes))).unwrap();
    request.make(now, [serial; 16]).unwrap()
}

/// The parts of a certificate's `TBSCertificate`.
fn parts(pem: &str) -> Vec<Vec<u8>> {
    children(&children(&der(pem))[0])
}

fn refusal(changes: &Json) -> String {
    CertificateRequest::parse(value(&request(changes))).unwrap_err().to_string()
}

#[test]
fn a_key_is_described_whatever_form_it_has() {
    for (name, passphrase, expected) in [
        ("pkcs1.pem", None, r#"{"bits":2048,"format":"PKCS#1","encrypted":false}"#),
        ("pkcs8.pem", None, r#"{"bits":2048,"format":"PKCS#8","encrypted":false}"#),
        ("pkcs8.pem", Some("needless"), r#"{"bits":2048,"format":"PKCS#8","encrypted":false}"#),
        ("pkcs8-3072.pem", None, r#"{"bits":3072,"format":"PKCS#8","encrypted":false}"#),
        (
            "encrypted-default.pem",
            Some(PASSPHRASE),
            r#"{"bits":2048,"format":"PKCS#8","encrypted":true}"#,
        ),
        (
            "traditional-des3.pem",
            Some(PASSPHRASE),
            r#"{"bits":2048,"format":"PKCS#1","encrypted":true}"#,
        ),
    ] {
        assert_eq!(described(name, passphrase).unwrap(), expected, "{name}");
    }
}

#[test]
fn what_is_wrong_with_a_key_is_said_without_a_connector_too() {
    let error = described("encrypted-default.pem", Some("wrong")).unwrap_err();
    assert_eq!(error.code().as_str(), "private_key_passphrase_wrong");
    assert_eq!(error.text(), "The passphrase does not open the private key.");
    assert!(error.remedy().contains("passphrase"), "{}", error.remedy());
    let error = described("certificate.pem", None).unwrap_err();
    assert_eq!(error.code().as_str(), "private_key_is_certificate");
}

#[test]
fn what_is_no_key_is_named_and_not_repeated() {
    let refusal = |json: Json| EnteredKey::parse(value(&json)).unwrap_err().to_string();
    assert_eq!(
        refusal(json!({ "privateKey": 1, "privatekey": "s3cret" })),
        "✖ Unrecognized key: \"privatekey\"\n✖ Invalid input: expected string, received number\n  \
         → at privateKey"
    );
    assert_eq!(refusal(json!(null)), "✖ Invalid input: expected object, received null");
}

#[test]
fn an_instance_accepts_assertions_by_the_certificate() {
    let encrypted = json!({
        "privateKey": file("encrypted-default.pem"),
        "privateKeyPassword": PASSPHRASE,
        "commonName": "Überwachung 🚨",
    });
    let bench = Bench::with_certificate(made_at(NOW, &encrypted, 1));
    block_on(bench.check_health(&oauth())).unwrap();

    let other = json!({ "privateKey": file("pkcs8-3072.pem") });
    let bench = Bench::with_certificate(made_at(NOW, &other, 1));
    let error = block_on(bench.check_health(&oauth())).unwrap_err();
    assert_eq!(error.code().as_str(), "token_refused");
}

#[test]
fn it_begins_an_hour_ago_and_ends_after_its_days() {
    let validity = |now, days| parts(&made_at(now, &json!({ "days": days }), 1))[4].clone();
    let text = |der: &[u8]| String::from_utf8(der[2..].to_vec()).unwrap();
    let times = |der: &[u8]| children(der).iter().map(|time| text(time)).collect::<Vec<_>>();
    assert_eq!(times(&validity(NOW, 730)), ["240506060809Z", "260506070809Z"]);
    // 2048-12-31T12:00:00Z: from 2050 on a year has four digits.
    let late = 2_493_028_800_000;
    assert_eq!(times(&validity(late, 365)), ["481231110000Z", "491231120000Z"]);
    assert_eq!(times(&validity(late, 366)), ["481231110000Z", "20500101120000Z"]);
    assert_eq!(validity(late, 366)[17], 0x18, "a GeneralizedTime");
}

#[test]
fn its_serial_is_positive_and_as_random_as_it_is_told() {
    for byte in [0, 0x7f, 0x80, 0xff] {
        let serial = parts(&made_at(NOW, &json!({}), byte))[1].clone();
        assert_eq!((serial[0], serial[1]), (2, 16));
        assert!((0x40..0x80).contains(&serial[2]));
        assert_eq!(serial[3..], [byte; 15]);
    }
}

#[test]
fn its_name_is_the_subjects_and_the_issuers() {
    let parts = parts(&made_at(NOW, &json!({ "commonName": "Zürich 🚨" }), 1));
    assert_eq!(parts[3], parts[5]);
    let attribute = &children(&children(&parts[3])[0])[0];
    let name = &children(attribute)[1];
    assert_eq!((name[0], &name[2..]), (0x0c, "Zürich 🚨".as_bytes()));
}

#[test]
fn a_name_and_a_life_that_no_certificate_has_are_refused() {
    for name in [json!(""), json!("  "), json!("ü".repeat(65)), json!("a\0b"), json!(null)] {
        let text = refusal(&json!({ "commonName": name }));
        assert!(text.contains("1 to 64 characters") && text.contains("at commonName"), "{text}");
    }
    for days in [json!(0), json!(-1), json!(1.5), json!(3651), json!("730"), json!(null)] {
        let text = refusal(&json!({ "days": days }));
        assert_eq!(text, "✖ must be a whole number from 1 to 3650\n  → at days");
    }
    for (name, days) in [("ü".repeat(64), 1), ("a".to_owned(), 3650)] {
        made_at(NOW, &json!({ "commonName": name, "days": days }), 1);
    }
}

#[test]
fn it_is_a_pem_of_lines_of_64_characters() {
    let pem = made_at(NOW, &json!({}), 1);
    assert!(pem.starts_with("-----BEGIN CERTIFICATE-----\nMII"));
    assert!(pem.ends_with("\n-----END CERTIFICATE-----\n"));
    let lines: Vec<&str> = pem.lines().collect();
    let (last, full) = lines[1..lines.len() - 1].split_last().unwrap();
    assert!(full.iter().all(|line| line.len() == 64) && !last.is_empty() && last.len() <= 64);
}

#[test]
fn a_clock_that_no_calendar_holds_is_an_error() {
    let request = CertificateRequest::parse(value(&request(&json!({})))).unwrap();
    assert!(request.make(i64::MAX, [1; 16]).is_err());
}
