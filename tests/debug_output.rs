//! What `{:?}` prints of everything that can hold a secret: no part of it.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may take for granted what it is about")]

use std::fmt::Debug;

use futures::executor::block_on;
use servicenow_itsm_connector::connector::{Config, Connector, Secrets};
use servicenow_itsm_connector::error::Error;
use servicenow_itsm_connector::host::{Request, Response, SendError};
use servicenow_itsm_connector::oauth::assertion::{self, Claims};
use servicenow_itsm_connector::oauth::certificate::CertificateRequest;
use servicenow_itsm_connector::oauth::private_key::{EnteredKey, KeyFault, PrivateKey};
use servicenow_itsm_connector::oauth::{
    AccessToken, JwtBearer, MemoryTokens, NewToken, PrivateKeys, TokenKey, TokenRequests,
    TokenStore, authorization,
};
use servicenow_itsm_connector::schema::{Dialect, Value};
use servicenow_itsm_connector::secret::Secret;

const PASSWORD: &str = "canary-password-5f0c2a";
const CLIENT_SECRET: &str = "canary-client-secret-93be1d";
const TOKEN: &str = "canary-token-77d0e4";
const PASSPHRASE: &str = "correct-horse";
const PLAIN: &str = include_str!("keys/pkcs8.pem");
const ENCRYPTED: &str = include_str!("keys/encrypted-default.pem");

/// Whether a text holds the password, the secret, the token, the passphrase or a line of a key.
fn secret_in(text: &str) -> Option<&str> {
    let lines = PLAIN.lines().chain(ENCRYPTED.lines()).filter(|line| !line.starts_with("-----"));
    lines.chain([PASSWORD, CLIENT_SECRET, TOKEN, PASSPHRASE]).find(|secret| {
        let bytes = secret.as_bytes();
        text.contains(*secret)
            || text.contains(&secret.escape_debug().to_string())
            || text.contains(&format!("{bytes:?}"))
    })
}

#[track_caller]
fn assert_hidden(what: &impl Debug) {
    for text in [format!("{what:?}"), format!("{what:#?}")] {
        assert_eq!(secret_in(&text), None, "{text}");
    }
}

fn secret(text: &str) -> Secret {
    Secret::from(text.to_owned())
}

fn value(json: &serde_json::Value) -> Value {
    Value::from_json(&json.to_string()).unwrap()
}

fn basic() -> serde_json::Value {
    serde_json::json!({ "username": "elastic", "password": PASSWORD })
}

fn oauth() -> serde_json::Value {
    serde_json::json!({
        "clientSecret": CLIENT_SECRET,
        "privateKey": ENCRYPTED,
        "privateKeyPassword": PASSPHRASE,
    })
}

fn connector(secrets: &serde_json::Value) -> Connector {
    let is_oauth = secrets.get("clientSecret").is_some();
    let config = serde_json::json!({
        "apiUrl": "https://dev1.service-now.com",
        "usesTableApi": false,
        "isOAuth": is_oauth,
        "clientId": is_oauth.then_some("client-1"),
        "jwtKeyId": is_oauth.then_some("key-1"),
        "userIdentifierValue": is_oauth.then_some("elastic@example.com"),
    });
    let config = Config::parse(value(&config), Dialect::Zod4).unwrap();
    Connector::new(config, Secrets::parse(value(secrets), Dialect::Zod4).unwrap()).unwrap()
}

fn grant() -> JwtBearer {
    JwtBearer {
        client_id: "client-1".into(),
        client_secret: secret(CLIENT_SECRET),
        user_identifier_value: "elastic@example.com".into(),
        jwt_key_id: "key-1".into(),
        private_key: secret(ENCRYPTED),
        private_key_password: Some(secret(PASSPHRASE)),
    }
}

#[test]
fn a_secret_and_what_it_came_from() {
    for text in [PASSWORD, CLIENT_SECRET, TOKEN, PASSPHRASE, PLAIN, ENCRYPTED] {
        assert_hidden(&secret(text));
        assert_hidden(&Some(vec![secret(text)]));
    }
    for secrets in [basic(), oauth(), serde_json::json!([[PASSWORD], { "a": PLAIN }])] {
        assert_hidden(&value(&secrets));
        assert_hidden(&Secrets::parse(value(&secrets), Dialect::Zod4));
    }
    assert_eq!(format!("{:?}", value(&basic())), r#"{"password": string, "username": string}"#);
}

#[test]
fn a_connector_and_its_way_to_sign_in() {
    for secrets in [basic(), oauth()] {
        let connector = connector(&secrets);
        assert_hidden(&connector);
        assert_hidden(&connector.sign_in);
    }
    assert_hidden(&grant());
}

#[test]
fn requests_and_what_comes_of_them() {
    let authorization = authorization(format!("Bearer {TOKEN}")).unwrap();
    assert_hidden(&Request {
        method: "POST",
        url: "https://dev1.service-now.com/oauth_token.do".into(),
        headers: vec![("accept", "application/json")],
        authorization: Some(authorization),
        body: Some(secret(&format!("client_secret={CLIENT_SECRET}"))),
        is_token_request: true,
    });
    assert_hidden(&Response {
        status: 200,
        headers: vec![("set-cookie".into(), TOKEN.into())],
        body: format!(r#"{{"access_token":"{TOKEN}"}}"#),
    });
    assert_hidden(&SendError {
        code: "ERR_INVALID_CHAR".into(),
        message: format!("Invalid character in header content: Bearer {TOKEN}"),
        proxy: Some("proxy.example.com:3128".into()),
        unsent: true,
    });
}

#[test]
fn tokens_and_where_they_are_kept() {
    let new = NewToken {
        authorization: authorization(format!("Bearer {TOKEN}")).unwrap(),
        requested_at: 0,
        expires_in: Some(1800),
    };
    assert_hidden(&new);
    let kept: AccessToken = new.kept();
    assert_hidden(&kept);
    let key = TokenKey::new(Some("c-1"), &connector(&oauth()).base, &grant());
    assert_hidden(&key);
    let tokens = MemoryTokens::default();
    block_on(tokens.save(&key, &new));
    assert_hidden(&tokens);
    assert_hidden(&TokenRequests::default());
}

#[test]
fn private_keys_and_what_is_made_of_them() {
    for (pem, passphrase) in [(PLAIN, None), (ENCRYPTED, Some(PASSPHRASE))] {
        let passphrase = passphrase.map(secret);
        let key = PrivateKey::parse(&secret(pem), passphrase.as_ref()).unwrap();
        assert_eq!(format!("{key:?}"), "PrivateKey");
        assert_hidden(&key.describe());
        let keys = PrivateKeys::default();
        keys.read(&secret(pem), passphrase.as_ref(), None, 0).unwrap();
        let shown = format!("{keys:?}");
        assert!(shown.contains("key: PrivateKey"), "{shown}");
        assert_hidden(&keys);
        let claims = Claims {
            subject: "elastic@example.com",
            client_id: "client-1",
            key_id: "key-1",
            issued_at: 0,
            jti: [7; 16],
        };
        assert_hidden(&claims);
        let assertion = assertion::sign(&key, &claims).unwrap();
        assert_eq!(format!("{assertion:?}"), "[secret]");
    }
    let entered = serde_json::json!({ "privateKey": ENCRYPTED, "privateKeyPassword": PASSPHRASE });
    assert_hidden(&EnteredKey::parse(value(&entered)).unwrap());
    let mut request = entered;
    request["commonName"] = "elastic".into();
    request["days"] = 30.into();
    assert_hidden(&CertificateRequest::parse(value(&request)).unwrap());
}

#[test]
fn faults_and_errors() {
    let other = "canary-client-secret-93be1d";
    let cut = PLAIN.replace("-----END PRIVATE KEY-----", "");
    let dotted = PLAIN.replacen("MII", "M…I", 1);
    let texts = [PASSWORD, &cut, &dotted, ENCRYPTED];
    for text in texts {
        for passphrase in [None, Some(secret(other))] {
            let fault = PrivateKey::parse(&secret(text), passphrase.as_ref()).unwrap_err();
            assert_hidden(&fault);
            assert_hidden(&Error::from(fault));
        }
    }
    for fault in KeyFault::examples() {
        assert_hidden(&Error::from(fault));
    }
    for wrong in [
        serde_json::json!({ "password": [PASSWORD], "privateKey": { "pem": PLAIN } }),
        serde_json::json!({ "password": PASSWORD, "more": CLIENT_SECRET }),
        serde_json::json!(PASSWORD),
    ] {
        for dialect in [Dialect::ConfigSchema, Dialect::Zod3, Dialect::Zod4] {
            assert_hidden(&Secrets::parse(value(&wrong), dialect).unwrap_err());
        }
        assert_hidden(&EnteredKey::parse(value(&wrong)).unwrap_err());
        assert_hidden(&CertificateRequest::parse(value(&wrong)).unwrap_err());
    }
}
