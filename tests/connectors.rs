//! Which connectors and params can be used, and what a user is told of those that cannot.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may take for granted what it is about")]

#[cfg(test)]
mod support;

use futures::executor::block_on;
use servicenow_itsm_connector::connector::{
    Config, Connector, Secrets, check_config, check_connector, check_secrets,
};
use servicenow_itsm_connector::error::{Code, ErrorSource, Retry};
use servicenow_itsm_connector::host::{Response, SendError};
use servicenow_itsm_connector::schema::{Dialect, Value};
use support::actions::{alert, push};
use support::instance::{Bench, Line};

fn value(json: &str) -> Value {
    Value::from_json(json).unwrap()
}

fn config(json: &str) -> Config {
    Config::parse(value(json), Dialect::Zod4).unwrap()
}

fn secrets(json: &str) -> Secrets {
    Secrets::parse(value(json), Dialect::Zod4).unwrap()
}

#[test]
fn a_config_of_oauth_names_the_first_key_that_it_lacks() {
    let check = |json: &str| check_config(&config(json)).err().unwrap_or_default();
    assert_eq!(check(r#"{"apiUrl":"a"}"#), "");
    for (json, missing) in [
        (r#"{"apiUrl":"a","isOAuth":true}"#, "userIdentifierValue"),
        (r#"{"apiUrl":"a","isOAuth":true,"userIdentifierValue":"u"}"#, "clientId"),
        (r#"{"apiUrl":"a","isOAuth":true,"userIdentifierValue":"u","clientId":""}"#, "jwtKeyId"),
    ] {
        assert_eq!(check(json), format!("{missing} must be provided when isOAuth = true"));
    }
    let whole =
        r#"{"apiUrl":"a","isOAuth":true,"userIdentifierValue":"u","clientId":"c","jwtKeyId":"k"}"#;
    assert_eq!(check(whole), "");
}

#[test]
fn secrets_are_those_of_one_way_to_sign_in_and_all_of_them() {
    let check = |json: &str| check_secrets(&secrets(json)).err().unwrap_or_default();
    for json in ["{}", r#"{"username":"","password":""}"#, r#"{"privateKeyPassword":"p"}"#] {
        assert_eq!(check(json), "Either basic auth or OAuth credentials must be specified");
    }
    for json in [r#"{"username":"u"}"#, r#"{"password":"p","clientSecret":"c"}"#] {
        assert_eq!(check(json), "username and password must both be specified");
    }
    for json in [r#"{"clientSecret":"c"}"#, r#"{"privateKey":"k"}"#] {
        assert_eq!(check(json), "clientSecret and privateKey must both be specified");
    }
    for json in [r#"{"username":"u","password":"p"}"#, r#"{"clientSecret":"c","privateKey":"k"}"#] {
        assert_eq!(check(json), "");
    }
}

#[test]
fn config_and_secrets_have_to_fit_each_other() {
    let check = |config: &str, secrets: &str| {
        check_connector(&value(config), &value(secrets)).unwrap_or_default()
    };
    let config = r#"{"isOAuth":true,"userIdentifierValue":"u","clientId":"c","jwtKeyId":"k"}"#;
    let secrets = r#"{"clientSecret":"s","privateKey":"k"}"#;
    let basic = r#"{"username":"u","password":"p"}"#;
    assert_eq!(check(config, secrets), "");
    assert_eq!(check("{}", basic), "");
    assert_eq!(check(config, basic), "clientSecret must be provided when isOAuth = true");
    assert_eq!(
        check(config, r#"{"clientSecret":"s","privateKey":"k","username":"u"}"#),
        "Username and password should not be provided with isOAuth = true",
    );
    assert_eq!(check("{}", secrets), "username must be provided when isOAuth = false");
    assert!(check(r#"{"clientId":"c"}"#, basic).ends_with("not be provided with isOAuth = false"));
}

#[test]
fn a_connector_that_lacks_something_says_what_to_fill_in() {
    for (config_json, secrets_json, missing) in [
        (r#"{"apiUrl":""}"#, r#"{"username":"u","password":"p"}"#, "apiUrl"),
        (r#"{"apiUrl":"https://a.test"}"#, r#"{"username":"u"}"#, "password"),
        (r#"{"apiUrl":"https://a.test","isOAuth":true}"#, "{}", "clientId"),
    ] {
        let error = Connector::new(config(config_json), secrets(secrets_json)).unwrap_err();
        assert_eq!(error.code(), Code::WrongConfiguration);
        assert_eq!(error.source(), ErrorSource::Framework);
        assert_eq!(error.remedy(), format!("Edit the connector and fill in {missing}."));
    }
}

#[test]
fn an_unknown_schema_library_is_none() {
    for (name, dialect) in [
        ("config-schema", Some(Dialect::ConfigSchema)),
        ("zod3", Some(Dialect::Zod3)),
        ("zod4", Some(Dialect::Zod4)),
        ("joi", None),
    ] {
        assert_eq!(Dialect::named(name), dialect);
    }
}

#[test]
fn a_handshake_is_refused_as_the_built_in_type_refuses_it() {
    let error = block_on(Bench::new().run("handshake", "{}")).unwrap_err();
    assert_eq!(error.code(), Code::UnsupportedSubAction);
    assert_eq!(error.text(), "[Action][ExternalService] subAction handshake not implemented.");
}

#[test]
fn whose_fault_it_is_has_the_names_of_the_host() {
    assert_eq!(ErrorSource::User.as_str(), "user");
    assert_eq!(ErrorSource::Framework.as_str(), "framework");
}

#[test]
fn an_answer_that_is_printed_for_debugging_does_not_show_its_body() {
    let body = r#"{"access_token":"t0ken"}"#.to_owned();
    let printed = format!("{:?}", Response { status: 200, headers: Vec::new(), body });
    assert!(printed.contains("200") && !printed.contains("t0ken"), "{printed}");
}

/// A request that a proxy has not let through, or that cannot be made here.
#[expect(clippy::unnecessary_wraps, reason = "it is what happens on a line")]
fn unsent(code: &str, proxy: Option<&str>) -> Option<Result<Response, SendError>> {
    Some(Err(SendError {
        code: code.into(),
        message: "no way".into(),
        proxy: proxy.map(Into::into),
        unsent: true,
    }))
}

#[test]
fn a_proxy_that_refuses_is_named_with_what_to_do_about_it() {
    const PROXY: Option<&str> = Some("proxy.test:3128");
    for (line, remedy, retry) in [
        (|_| unsent("407", PROXY), "the user and the password", Retry::Never),
        (|_| unsent("403", PROXY), "Ask who runs the proxy", Retry::Never),
        (|_| unsent("429", PROXY), "let more requests through", Retry::Soon),
        (|_| unsent("502", PROXY), "reached from the proxy", Retry::Soon),
        (|_| unsent("ERR_SSL_WRONG_VERSION_NUMBER", PROXY), "http:// or https://", Retry::Soon),
        (|_| unsent("CERT_HAS_EXPIRED", PROXY), "the proxy's certificate", Retry::Never),
        (|_| unsent("ECONNREFUSED", PROXY), "that the proxy can be reached", Retry::Soon),
    ] as [(Line, &str, Retry); 7]
    {
        let bench = Bench::new();
        bench.line.set(line);
        let error = push(&bench, &alert("c", "a")).unwrap_err();
        assert_eq!(error.code(), Code::Unreachable);
        assert!(error.text().contains("no way (proxy proxy.test:3128)"), "{error}");
        assert!(error.remedy().contains(remedy), "{}", error.remedy());
        assert_eq!(error.retry(), retry);
    }
}

#[test]
fn settings_that_cannot_be_followed_here_name_the_runtimes_that_follow_them() {
    let bench = Bench::new();
    bench.line.set(|_| unsent("ERR_NO_OTHER_WAY", None));
    let error = push(&bench, &alert("c", "a")).unwrap_err();
    assert_eq!(error.code(), Code::NetworkSettings);
    assert!(error.remedy().contains("Node or Deno"), "{}", error.remedy());
}
