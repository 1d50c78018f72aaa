//! The assertion, compared with what OpenSSL signs.

#![cfg(not(target_arch = "wasm32"))]

#[cfg(test)]
mod support;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use serde_json::{Value, json};
use servicenow_itsm_connector::oauth::assertion::{self, Claims};
use servicenow_itsm_connector::oauth::private_key::KeyFault;
use support::keys::{assertion, file, parse};

#[test]
fn it_is_signed_as_openssl_signs_it() {
    for name in ["pkcs1", "pkcs8-3072", "rsa-exponent-3"] {
        let key = parse(&file(&format!("{name}.pem")), None).unwrap();
        let expected = file(&format!("{name}.assertion"));
        assert_eq!(assertion(&key).unwrap(), expected, "{name}");
    }
}

#[test]
fn a_key_whose_numbers_fit_but_do_not_sign_gives_nothing_away() {
    let key = parse(&file("rsa-composite-factor.pem"), None).unwrap();
    assert_eq!(assertion(&key), Err(KeyFault::Damaged));
}

#[test]
fn it_says_who_it_is_for_and_for_how_long() {
    let (header, payload) = parts(&Claims {
        subject: "someone \"quoted\" ✓",
        client_id: "client",
        key_id: "",
        issued_at: 1_700_000_000,
        jti: [0xff; 16],
    });
    assert_eq!(header, json!({ "alg": "RS256", "typ": "JWT" }), "no kid where there is none");
    let expected = json!({
        "aud": "client",
        "iss": "client",
        "sub": "someone \"quoted\" ✓",
        "iat": 1_700_000_000,
        "exp": 1_700_003_600,
        "jti": "_____________________w",
    });
    assert_eq!(payload, expected);
}

#[test]
fn each_draws_its_own_jti() {
    let claims = |jti| Claims { subject: "s", client_id: "c", key_id: "k", issued_at: 0, jti };
    let (_, first) = parts(&claims([1; 16]));
    let (_, second) = parts(&claims([2; 16]));
    assert_ne!(first["jti"], second["jti"]);
}

#[cfg(test)]
fn parts(claims: &Claims<'_>) -> (Value, Value) {
    let key = parse(&file("pkcs1.pem"), None).unwrap();
    let assertion = assertion::sign(&key, claims).unwrap();
    let parts: Vec<&str> = assertion.expose().split('.').collect();
    let [header, payload, _signature] = *parts.as_slice() else { panic!("three parts") };
    let decode =
        |part| serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    (decode(header), decode(payload))
}
