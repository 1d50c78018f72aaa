//! 6. OAuth.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::DecodePrivateKey;
use rsa::signature::{SignatureEncoding, Signer};
use serde_json::json;
use servicenow_simulator::{Audience, Grant, Instance, OAuthClient, OAuthDenials, Setup, User};
use sha2::{Sha384, Sha512};

use crate::common::*;
use crate::{status, switched, with_setup};

/// Keys on curves, and their certificates.
const ES256: (&str, &str) =
    (include_str!("../fixtures/es256.key.pem"), include_str!("../fixtures/es256.cert.pem"));
const ES384: (&str, &str) =
    (include_str!("../fixtures/es384.key.pem"), include_str!("../fixtures/es384.cert.pem"));
const ES512: (&str, &str) =
    (include_str!("../fixtures/es512.key.pem"), include_str!("../fixtures/es512.cert.pem"));

const HEALTH: &str = "/api/x_elas2_inc_int/elastic_api/health";

#[test]
fn a_password_may_hold_colons_and_letters_of_any_script() {
    let users = vec![User::new("jörg", "pä:ss:wörd")];
    let mut instance = Instance::new(Setup { users, ..setup() }).unwrap();
    let signed = basic("jörg", "pä:ss:wörd");
    let answer = instance.handle(&with(request("GET", HEALTH, ""), "authorization", &signed));
    assert_eq!(answer.status, 200);
}

#[test]
fn an_assertion_in_order_gets_a_token_that_signs_in_until_it_expires() {
    let mut instance = instance();
    let answer = instance.handle(&token_request(&claims()));
    let token = body(&answer);
    assert_eq!(answer.status, 200, "{token}");
    assert_eq!(token["token_type"], "Bearer");
    assert_eq!(token["scope"], "useraccount");
    assert_eq!(token["expires_in"], 1800);
    assert_eq!(token.get("refresh_token"), None);

    let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap());
    let signed = with(request("GET", HEALTH, ""), "Authorization", &bearer);
    assert_eq!(instance.handle(&signed).status, 200);
    assert_eq!(instance.requests().next_back().unwrap().user.as_deref(), Some("elastic"));
    instance.set_now(NOW + 1_799_999);
    assert_eq!(instance.handle(&signed).status, 200);
    instance.set_now(NOW + 1_800_000);
    assert_eq!(instance.handle(&signed).status, 401);
}

#[test]
fn asked_again_in_its_lifetime_the_same_token_comes_back_with_less_time_left() {
    let mut instance = instance();
    let first = body(&instance.handle(&token_request(&claims())));
    instance.set_now(NOW + 60_000);
    let again = body(&instance.handle(&token_request(&claims())));
    assert_eq!(again["access_token"], first["access_token"]);
    assert_eq!(again["expires_in"], 1740);
    instance.revoke_tokens();
    let fresh = body(&instance.handle(&token_request(&claims())));
    assert_ne!(fresh["access_token"], first["access_token"]);
    assert_eq!(fresh["expires_in"], 1800);
}

#[test]
fn an_audience_may_be_one_of_several() {
    let mut claims = claims();
    claims["aud"] = json!(["other", "client"]);
    assert_eq!(instance().handle(&token_request(&claims)).status, 200);
}

#[test]
fn an_assertion_with_a_claim_that_is_wrong_is_refused_without_saying_which() {
    let now = NOW / 1000;
    let cases = [
        ("iss", json!("other"), "iss is not the client ID"),
        ("aud", json!("other"), "aud is not the client ID"),
        ("exp", json!(now - 300), "the assertion has expired"),
        ("exp", json!("soon"), "the assertion is no JWT"),
        ("iat", json!(now + 301), "iat is in the future"),
        ("nbf", json!(now + 301), "nbf is in the future"),
        ("sub", json!("gone@example.com"), "the user is not active"),
        ("sub", json!(null), "the assertion is no JWT"),
    ];
    for (name, value, reason) in cases {
        let mut instance = instance();
        let mut claims = claims();
        claims[name] = value;
        let answer = instance.handle(&token_request(&claims));
        assert_eq!(answer.status, 401, "{name}");
        let expected = json!({ "error": "server_error", "error_description": "access_denied" });
        assert_eq!(body(&answer), expected);
        assert_eq!(notes(&instance), [format!("no token: {reason}")]);
    }
}

#[test]
fn clocks_may_be_five_minutes_apart() {
    let now = NOW / 1000;
    for (name, value) in [("exp", now - 299), ("iat", now + 300), ("nbf", now + 300)] {
        let mut claims = claims();
        claims[name] = json!(value);
        assert_eq!(instance().handle(&token_request(&claims)).status, 200, "{name}");
    }
}

#[test]
fn only_a_signature_of_the_key_that_kid_names_counts() {
    let good = assertion(&json!({ "alg": "RS256", "kid": "key" }), &claims());
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let (header, _) = signed.split_once('.').unwrap();
    let other = assertion(&json!({ "alg": "RS256", "kid": "key" }), &json!({ "sub": "x" }));
    let cases = [
        assertion(&json!({ "alg": "RS512", "kid": "key" }), &claims()),
        assertion(&json!({ "alg": "HS256", "kid": "key" }), &claims()),
        assertion(&json!({ "alg": "none", "kid": "key" }), &claims()),
        assertion(&json!({ "alg": "RS256", "kid": "other" }), &claims()),
        assertion(&json!({ "alg": "RS256" }), &claims()),
        format!("{signed}."),
        format!("{signed}.{}", other.rsplit_once('.').unwrap().1),
        format!("{header}.{}.{signature}", other.split('.').nth(1).unwrap()),
        "a.b".into(),
        String::new(),
    ];
    for assertion in cases {
        let answer = instance().handle(&token_form("client", "s3cret", &assertion));
        assert_eq!(answer.status, 401, "{assertion}");
        assert_eq!(body(&answer)["error"], "server_error");
    }
}

#[test]
fn an_assertion_with_jti_is_good_once() {
    let mut instance = instance();
    let mut claims = claims();
    claims["jti"] = json!("once");
    assert_eq!(instance.handle(&token_request(&claims)).status, 200);
    assert_eq!(instance.handle(&token_request(&claims)).status, 401);
    assert_eq!(notes(&instance), ["no token: jti was used before"]);
    claims["jti"] = json!("another");
    assert_eq!(instance.handle(&token_request(&claims)).status, 200);
}

#[test]
fn a_missing_jti_passes_unless_the_client_requires_it() {
    assert_eq!(instance().handle(&token_request(&claims())).status, 200);
    let oauth_clients = vec![OAuthClient { require_jti: true, ..client() }];
    let mut strict = Instance::new(Setup { oauth_clients, ..setup() }).unwrap();
    assert_eq!(strict.handle(&token_request(&claims())).status, 401);
}

#[test]
fn the_token_endpoint_has_an_answer_for_each_way_to_be_wrong() {
    let good = assertion(&json!({ "alg": "RS256", "kid": "key" }), &claims());
    let form = token_form("client", "s3cret", &good);
    let mut device = form.clone();
    device.body = b"client_id=client&client_secret=s3cret&grant_type=device_code".to_vec();
    let mut stranger = claims();
    stranger["sub"] = json!("nobody@example.com");
    let cases = [
        (token_form("other", "s3cret", &good), 401, "invalid_client"),
        (token_form("client", "wrong", &good), 401, "server_error"),
        (device, 400, "unsupported_grant_type"),
        (token_request(&stranger), 401, "invalid_grant"),
        (with(form, "Content-Type", "application/json"), 401, "server_error"),
    ];
    for (request, status, error) in cases {
        let answer = instance().handle(&request);
        assert_eq!((answer.status, &body(&answer)["error"]), (status, &json!(error)));
    }
    assert_eq!(get(&mut instance(), "/oauth_token.do").status, 405);
}

/// A token request of the client with these further fields.
fn grant(fields: &str) -> servicenow_simulator::Request {
    let mut request = token_form("client", "s3cret", "");
    request.body = format!("client_id=client&client_secret=s3cret&{fields}").into_bytes();
    request
}

#[test]
fn a_password_grant_brings_a_refresh_token_that_is_good_for_another() {
    let mut instance = instance();
    let granted = instance.handle(&grant("grant_type=password&username=elastic&password=changeme"));
    assert_eq!(granted.status, 200);
    let refresh = body(&granted)["refresh_token"].as_str().unwrap().to_owned();
    instance.set_now(NOW + 1_800_000);
    let again = grant(&format!("grant_type=refresh_token&refresh_token={refresh}"));
    let renewed = instance.handle(&again);
    assert_ne!(body(&renewed)["access_token"], body(&granted)["access_token"]);
    assert_eq!(body(&renewed)["refresh_token"], body(&granted)["refresh_token"]);
    instance.set_now(NOW + 8_640_000_000);
    assert_eq!(instance.handle(&again).status, 401);
    for wrong in ["username=elastic&password=x", "username=gone&password=changeme"] {
        let answer = instance.handle(&grant(&format!("grant_type=password&{wrong}")));
        assert_eq!(body(&answer)["error"], "server_error", "{wrong}");
    }
}

#[test]
fn a_client_is_its_application_user_by_itself() {
    let oauth_clients = vec![OAuthClient { application_user: Some("elastic".into()), ..client() }];
    let mut instance = Instance::new(Setup { oauth_clients, ..setup() }).unwrap();
    let mut request = grant("");
    request.body = b"grant_type=client_credentials".to_vec();
    let answer = instance.handle(&with(request, "Authorization", &basic("client", "s3cret")));
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(body(&answer).get("refresh_token"), None);
    assert_eq!(get_with(&mut instance, &body(&answer)["access_token"]), 200);
}

fn get_with(instance: &mut Instance, token: &serde_json::Value) -> u16 {
    let bearer = format!("Bearer {}", token.as_str().unwrap());
    instance.handle(&with(request("GET", HEALTH, ""), "Authorization", &bearer)).status
}

#[test]
fn a_client_asks_only_in_the_ways_it_may() {
    let grants = Some(vec![Grant::JwtBearer]);
    let oauth_clients = vec![OAuthClient { grants, ..client() }];
    let mut instance = Instance::new(Setup { oauth_clients, ..setup() }).unwrap();
    let password = grant("grant_type=password&username=elastic&password=changeme");
    assert_eq!(instance.handle(&password).status, 401);
    assert_eq!(notes(&instance), ["no token: the grant type is off for this client"]);
    assert_eq!(instance.handle(&token_request(&claims())).status, 200);
}

#[test]
fn a_public_client_leaves_its_id_and_secret_to_the_assertion() {
    let form = || {
        let good = assertion(&json!({ "alg": "RS256", "kid": "key" }), &claims());
        let mut request = token_form("", "", "");
        let kind = "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer";
        request.body = format!("grant_type={kind}&assertion={good}").into_bytes();
        request
    };
    assert_eq!(instance().handle(&form()).status, 401);
    let oauth_clients = vec![OAuthClient { public: true, ..client() }];
    let mut instance = Instance::new(Setup { oauth_clients, ..setup() }).unwrap();
    assert_eq!(instance.handle(&form()).status, 200);
}

#[test]
fn the_subject_is_looked_up_in_the_clients_user_field() {
    for (field, subject) in [("user_name", "elastic"), ("name", "Elastic"), ("email", "E@x.org")] {
        let user = User {
            email: Some("e@x.org".into()),
            name: Some("Elastic".into()),
            ..User::new("elastic", "changeme")
        };
        let client = OAuthClient { user_field: field.into(), ..client() };
        let setup = Setup { users: vec![user], oauth_clients: vec![client], ..setup() };
        let mut claims = claims();
        claims["sub"] = json!(subject);
        let answer = Instance::new(setup).unwrap().handle(&token_request(&claims));
        assert_eq!(answer.status, 200, "{field}");
    }
}

#[test]
fn no_secret_is_journaled() {
    let mut instance = instance();
    instance.handle(&token_request(&claims()));
    let mut json = token_request(&claims());
    json = with(json, "Content-Type", "application/json");
    json.body = br#"{"client_secret":"s3cret"}"#.to_vec();
    instance.handle(&json);
    let mut query = token_request(&claims());
    query.target = "/oauth_token.do?CLIENT%5Fsecret=s3cret&assertion=eyJ".into();
    query.body.clear();
    instance.handle(&query);
    let inner = r#"{"rest_requests":[{"id":"1","method":"GET","url":"/","headers":
        [{"name":"Authorization","value":"Basic ZWxhc3RpYw=="}]}]}"#;
    instance.handle(&request("POST", "/api/now/v1/batch", inner));
    get(&mut instance, HEALTH);
    let journal = serde_json::to_string(&instance.requests().collect::<Vec<_>>()).unwrap();
    for secret in ["s3cret", "eyJ", "changeme", "Basic"] {
        assert!(!journal.contains(secret), "{secret} in {journal}");
    }
    assert!(journal.contains("client_id=client&client_secret=[secret]"));
}

#[test]
fn a_set_up_that_cannot_be_names_what_is_wrong() {
    let edwards = include_str!("../fixtures/edwards.cert.pem");
    let with_certificate = |certificate: &str| {
        let mut client = client();
        client.verifier_maps[0].certificate = certificate.into();
        Setup { oauth_clients: vec![client], ..setup() }
    };
    let with_user = |user: User| Setup { users: vec![user], ..setup() };
    let odd = OAuthClient { user_field: "password".into(), ..client() };
    let cases = [
        (with_certificate("no"), "keyId \"key\" is not an X.509 certificate"),
        (with_certificate(edwards), "keyId \"key\" holds no RSA key"),
        (Setup { oauth_clients: vec![odd], ..setup() }, "userField \"password\""),
        (with_user(User::new("a:b", "")), "userName"),
        (with_user(User { sys_id: Some("7".into()), ..User::new("a", "") }), "sysId of a"),
    ];
    for (setup, text) in cases {
        let error = Instance::new(setup).err().unwrap().to_string();
        assert!(error.contains(text), "{error}");
    }
}

/// An assertion in order, signed by a key and algorithm of its own.
fn signed_by<S: SignatureEncoding>(algorithm: &str, key: &impl Signer<S>) -> String {
    let part = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let header = json!({ "alg": algorithm, "kid": "key" });
    let signed = format!("{}.{}", part(&header), part(&claims()));
    let signature = key.sign(signed.as_bytes()).to_bytes();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

#[test]
fn assertions_are_signed_by_rsa_keys_or_on_curves() {
    let es256 = p256::ecdsa::SigningKey::from_pkcs8_pem(ES256.0).unwrap();
    let es384 = p384::ecdsa::SigningKey::from_pkcs8_pem(ES384.0).unwrap();
    let es512 = p521::ecdsa::SigningKey::from_pkcs8_pem(ES512.0).unwrap();
    let rs384 = SigningKey::<Sha384>::from_pkcs8_pem(KEY).unwrap();
    let rs512 = SigningKey::<Sha512>::from_pkcs8_pem(KEY).unwrap();
    let es256 = signed_by::<p256::ecdsa::Signature>("ES256", &es256);
    let rs512 = signed_by("RS512", &rs512);
    for (source, certificate, signed, expected) in [
        ("6.1: RS384", CERTIFICATE, signed_by("RS384", &rs384), 200),
        ("6.1: RS512", CERTIFICATE, rs512.clone(), 200),
        ("6.1: ES256", ES256.1, es256.clone(), 200),
        ("6.1: ES384", ES384.1, signed_by::<p384::ecdsa::Signature>("ES384", &es384), 200),
        ("6.1: ES512", ES512.1, signed_by::<p521::ecdsa::Signature>("ES512", &es512), 200),
        ("6.1: another curve's key", ES384.1, es256, 401),
        ("6.1: another kind of key", ES256.1, rs512, 401),
        ("6.1: RS384 by another digest", CERTIFICATE, signed_by("RS384", &rs384_as_512()), 401),
    ] {
        let mut client = client();
        client.verifier_maps[0].certificate = certificate.into();
        let mut instance = with_setup(|setup| setup.oauth_clients = vec![client]);
        let answer = instance.handle(&token_form("client", "s3cret", &signed));
        status(expected).check(&answer, source);
    }
}

fn rs384_as_512() -> SigningKey<Sha512> {
    SigningKey::from_pkcs8_pem(KEY).unwrap()
}

#[test]
fn what_is_unsettled_about_tokens_can_be_switched() {
    let endpoint = "http://127.0.0.1:1234/oauth_token.do";
    for (source, audience, sent, expected) in [
        ("6.1: client ID", Audience::ClientId, "client", 200),
        ("6.1: not the endpoint", Audience::ClientId, endpoint, 401),
        ("6.1, 11.5: endpoint", Audience::TokenEndpoint, endpoint, 200),
        ("6.1, 11.5: not the client ID", Audience::TokenEndpoint, "client", 401),
        ("6.1, 11.5: either", Audience::Either, endpoint, 200),
        ("6.1, 11.5: neither", Audience::Either, "other", 401),
    ] {
        let mut claims = claims();
        claims["aud"] = json!(sent);
        let mut instance = switched(|on| on.assertion_audience = audience);
        status(expected).check(&instance.handle(&token_request(&claims)), source);
    }
    let mut claims = claims();
    claims["exp"] = json!(NOW / 1000 - 1);
    let mut punctual = switched(|on| on.clock_skew = 0);
    status(401).check(&punctual.handle(&token_request(&claims)), "6.1, 11.5: no skew");
    let mut silent = switched(|on| on.oauth_denials = OAuthDenials::Uniform);
    let unknown = token_form("other", "s3cret", "");
    status(401)
        .at("/error", "server_error")
        .at("/error_description", "access_denied")
        .check(&silent.handle(&unknown), "6.3, 11.5");
}

#[test]
fn oauth_can_be_off_and_open_to_a_page() {
    let mut off = switched(|on| on.oauth_active = false);
    status(401).at("/error", "server_error").check(&off.handle(&token_request(&claims())), "6.3");
    let origin = "https://kibana.local:5601";
    let asked = || with(token_request(&claims()), "Origin", origin);
    let closed = status(200).without_header("Access-Control-Allow-Origin");
    closed.check(&instance().handle(&asked()), "7: empty by default");
    let mut open = switched(|on| on.oauth_cors_origin = Some(origin.into()));
    let admitted = status(200).header("Access-Control-Allow-Origin", origin);
    admitted.check(&open.handle(&asked()), "7");
    let mut preflight = asked();
    preflight.method = "OPTIONS".into();
    admitted.header("Access-Control-Allow-Methods", "POST").check(&open.handle(&preflight), "7");
}
