//! A client for the tests: says in a line what is asked, and reads the answer.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::missing_panics_doc
)]

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::DecodePrivateKey;
use rsa::signature::{SignatureEncoding, Signer};
use serde_json::{Value, json};
use servicenow_simulator::{Answer, Instance, OAuthClient, Request, Setup, User, VerifierMap};
use sha2::Sha256;

pub const IMPORT: &str = "/api/now/import/x_elas2_inc_int_elastic_incident";
pub const INCIDENT: &str = "/api/now/v2/table/incident";
pub const CERTIFICATE: &str = include_str!("../fixtures/signer.cert.pem");
pub const KEY: &str = include_str!("../fixtures/signer.key.pem");

/// 2024-05-06 07:08:09.
pub const NOW: i64 = 1_714_979_289_000;

pub fn setup() -> Setup {
    Setup {
        seed: 1,
        now: NOW,
        users: vec![
            User::new("elastic", "changeme"),
            User { active: false, ..User::new("gone", "changeme") },
        ],
        oauth_clients: vec![client()],
        ..Setup::default()
    }
}

pub fn client() -> OAuthClient {
    OAuthClient {
        verifier_maps: vec![VerifierMap { key_id: "key".into(), certificate: CERTIFICATE.into() }],
        ..OAuthClient::new("client", "s3cret")
    }
}

pub fn instance() -> Instance {
    Instance::new(setup()).unwrap()
}

pub fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}

/// A request as a well-behaved client sends it.
pub fn request(method: &str, target: &str, body: &str) -> Request {
    let headers = [
        ("Authorization", basic("elastic", "changeme")),
        ("Accept", "application/json".to_owned()),
        ("Content-Type", "application/json".to_owned()),
    ];
    Request {
        method: method.into(),
        target: target.into(),
        headers: headers.map(|(name, value)| (name.to_owned(), value)).to_vec(),
        body: body.into(),
        origin: "http://127.0.0.1:1234".into(),
    }
}

pub fn with(mut request: Request, name: &str, value: &str) -> Request {
    request.headers.retain(|(key, _)| !key.eq_ignore_ascii_case(name));
    request.headers.push((name.to_owned(), value.to_owned()));
    request
}

pub fn without(mut request: Request, name: &str) -> Request {
    request.headers.retain(|(key, _)| !key.eq_ignore_ascii_case(name));
    request
}

pub fn body(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap()
}

pub fn get(instance: &mut Instance, target: &str) -> Answer {
    instance.handle(&request("GET", target, ""))
}

/// Imports a row and gives the one entry of the result.
pub fn import(instance: &mut Instance, row: &Value) -> Value {
    let answer = instance.handle(&request("POST", IMPORT, &row.to_string()));
    assert_eq!(answer.status, 201, "{}", answer.body);
    body(&answer)["result"][0].clone()
}

/// The incident with a `sys_id`, read through the Table API.
pub fn incident(instance: &mut Instance, sys_id: &Value) -> Value {
    let answer = get(instance, &format!("{INCIDENT}/{}", sys_id.as_str().unwrap()));
    assert_eq!(answer.status, 200);
    body(&answer)["result"].clone()
}

/// Numbers of the incidents that an encoded query finds.
pub fn find(instance: &mut Instance, query: &str) -> Vec<String> {
    let answer = get(instance, &format!("{INCIDENT}?sysparm_query={query}"));
    let rows = body(&answer)["result"].as_array().unwrap().clone();
    rows.iter().map(|row| row["number"].as_str().unwrap().to_owned()).collect()
}

/// The notes of the last request.
pub fn notes(instance: &Instance) -> Vec<String> {
    instance.requests().next_back().unwrap().notes.clone()
}

/// Claims that are in order.
pub fn claims() -> Value {
    let now = NOW / 1000;
    json!({
        "iss": "client", "aud": "client", "sub": "elastic@example.com",
        "iat": now, "exp": now + 3600
    })
}

pub fn assertion(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(header), part(claims));
    let key = SigningKey::<Sha256>::from_pkcs8_pem(KEY).unwrap();
    let signature = key.sign(signed.as_bytes()).to_bytes();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// A token request with these claims.
pub fn token_request(claims: &Value) -> Request {
    token_form("client", "s3cret", &assertion(&json!({ "alg": "RS256", "kid": "key" }), claims))
}

pub fn token_form(id: &str, secret: &str, assertion: &str) -> Request {
    let form = format!(
        "assertion={assertion}&client_id={id}&client_secret={secret}\
         &grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer"
    );
    let request = without(request("POST", "/oauth_token.do", &form), "Authorization");
    with(request, "Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
}
