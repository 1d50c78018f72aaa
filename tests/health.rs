//! The health check of a connector: what the application is, or the cause of its silence.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may take for granted what it is about")]

#[cfg(test)]
mod support;

use futures::executor::block_on;
use servicenow_itsm_connector::error::{Code, Error};
use servicenow_itsm_connector::host::{Response, SendError};
use support::instance::{Bench, Line, answer, answer_with, basic, lost, oauth};

/// What a check says where this happens on the line.
fn fault(line: Line) -> Error {
    let bench = Bench::new();
    bench.line.set(line);
    block_on(bench.check_health(&basic(false))).unwrap_err()
}

#[test]
fn an_application_that_is_well_says_what_it_is() {
    let application = r#"{"name":"Elastic","version":"1.0.0","scope":"x_elas2_inc_int"}"#;
    let bench = Bench::new();
    assert_eq!(block_on(bench.check_health(&basic(false))).unwrap(), application);
    assert_eq!(bench.requests(), ["GET /api/x_elas2_inc_int/elastic_api/health 200"]);

    let bench = Bench::new();
    assert_eq!(block_on(bench.check_health(&oauth())).unwrap(), application);
    assert_eq!(bench.requests().len(), 2);
}

#[test]
fn a_deprecated_connector_is_asked_whether_incidents_can_be_read() {
    let bench = Bench::new();
    assert_eq!(block_on(bench.check_health(&basic(true))).unwrap(), "{}");
    assert_eq!(bench.requests(), ["GET /api/now/v2/table/incident 200"]);

    bench.line.set(|_| answer(403, r#"{"error":{"message":"User Not Authorized"}}"#));
    let error = block_on(bench.check_health(&basic(true))).unwrap_err();
    assert_eq!(error.code(), Code::Forbidden);
    assert_eq!(error.step().unwrap().endpoint, "table");
}

/// What is shown of three incidents.
fn of_three(body: &str) -> Option<Result<Response, SendError>> {
    answer_with(200, ("x-total-count", "3"), body)
}

#[test]
fn a_deprecated_connector_that_is_shown_no_incident_is_not_well() {
    let bench = Bench::new();
    bench.line.set(|_| of_three(r#"{"result":[{"sys_id":"9d38"}]}"#));
    block_on(bench.check_health(&basic(true))).unwrap();
    for (line, code) in [
        ((|_| answer(200, r#"{"result":"hello"}"#)) as Line, Code::UnexpectedAnswer),
        (|_| answer(200, r#"{"result":{}}"#), Code::UnexpectedAnswer),
        (|_| of_three(r#"{"result":[]}"#), Code::IncidentsHidden),
    ] {
        let bench = Bench::new();
        bench.line.set(line);
        assert_eq!(block_on(bench.check_health(&basic(true))).unwrap_err().code(), code);
    }
}

#[test]
fn the_text_is_that_of_the_built_in_types_health_call() {
    let error = fault(|_| answer(401, r#"{"error":{"message":"User Not Authenticated"}}"#));
    assert_eq!(
        error.text(),
        "[Action][ServiceNow]: Unable to get application version. Error: Request failed with \
         status code 401 Reason: User Not Authenticated [status=401] [method=get] \
         [endpoint=health]"
    );
    assert_eq!((error.code(), error.http_status()), (Code::Unauthenticated, Some(401)));
}

#[test]
fn each_cause_has_its_own_code_and_remedy() {
    let unknown =
        |_| answer(400, r#"{"error":{"message":"Requested URI does not represent any resource"}}"#);
    let gone = |_| answer(404, r#"{"error":{"message":"No such endpoint"}}"#);
    let elsewhere = |_| answer(404, "<html>nginx</html>");
    let other_port =
        |_| answer(400, "<html>400 The plain HTTP request was sent to HTTPS port</html>");
    let role = |_| {
        let body = r#"{"error":{"message":"User Not Authorized","detail":"Failed API level ACL Validation"}}"#;
        answer(403, body)
    };
    let asleep = |_| answer(200, "<html>Your instance is hibernating</html>");
    let login = |_| answer(200, "<html><title>Sign In | ServiceNow</title></html>");
    let no_json = |_| answer(200, "OK");
    let no_words = |_| answer(200, r#"{"result":{}}"#);
    let empty_words = |_| answer(200, r#"{"result":{"name":"","version":"","scope":""}}"#);
    let fenced = |_| {
        let body = r#"{"error":{"message":"com.glide.script.fencing.access.ScopeAccessNotGrantedException: read access to incident not granted"}}"#;
        answer(500, body)
    };
    let cases: [(Line, Code, &str); 13] = [
        (unknown, Code::AppNotInstalled, "Install Elastic for ITSM"),
        (gone, Code::AppNotInstalled, "Install Elastic for ITSM"),
        (elsewhere, Code::Refused, "that the URL is right"),
        (other_port, Code::Refused, "that the URL is right"),
        (role, Code::Forbidden, "role x_elas2_inc_int.integration_user"),
        (asleep, Code::Hibernating, "wake the instance"),
        (login, Code::UnexpectedAnswer, "login page"),
        (no_json, Code::UnexpectedAnswer, "Open the URL in a browser"),
        (|_| answer(200, ""), Code::UnexpectedAnswer, "cross-scope privileges"),
        (no_words, Code::UnexpectedAnswer, "cross-scope privileges"),
        (empty_words, Code::UnexpectedAnswer, "cross-scope privileges"),
        (fenced, Code::Refused, "cross-scope privileges"),
        (|_| lost(), Code::NoAnswer, "without interruption"),
    ];
    for (place, (line, code, remedy)) in cases.into_iter().enumerate() {
        let error = fault(line);
        assert_eq!(error.code(), code, "{place} {error}");
        assert!(error.remedy().contains(remedy), "{place} {}", error.remedy());
        assert_eq!(error.step().unwrap().endpoint, "health");
    }
}

#[test]
fn what_the_way_there_says_is_kept() {
    for (line, code, remedy) in [
        (
            (|_| sending("ENOTFOUND", "getaddrinfo ENOTFOUND dev1.service-now.com")) as Line,
            Code::Unreachable,
            "Check the URL",
        ),
        (|_| sending("ECONNREFUSED", "connect ECONNREFUSED"), Code::Unreachable, "be reached"),
        (
            |_| sending("SELF_SIGNED_CERT_IN_CHAIN", "self-signed certificate"),
            Code::Unreachable,
            "certificate authority",
        ),
        (
            |_| {
                sending(
                    "ERR_TLS_CERT_ALTNAME_INVALID",
                    "Host: a.test. is not in the cert's altnames",
                )
            },
            Code::Unreachable,
            "for other hosts",
        ),
        (|_| sending("ERR_NETWORK", "Failed to fetch"), Code::NoAnswer, "a CORS rule"),
        (
            |_| sending("ERR_NOT_ALLOWED", "target url is not added to allowedHosts"),
            Code::NotAllowed,
            "allowedHosts",
        ),
        (
            |_| sending("ERR_UNSAFE_PORT", "fetch blocks the port of the URL"),
            Code::BadUrl,
            "another port",
        ),
    ] {
        let error = fault(line);
        assert_eq!(error.code(), code, "{error}");
        assert!(error.remedy().contains(remedy), "{}", error.remedy());
    }
}

#[test]
fn what_oauth_needs_is_checked_on_the_way() {
    let bench = Bench::with_certificate(support::keys::file("certificate.pem"));
    let (config, secrets) = oauth();
    let wrong = secrets.replace("correct-horse", "battery");
    let error = block_on(bench.check_health(&(config.clone(), wrong))).unwrap_err();
    assert_eq!(error.code().as_str(), "private_key_passphrase_wrong");
    assert!(bench.requests().is_empty());

    let other = config.replace("svc-elastic@example.com", "nobody@example.com");
    let error = block_on(bench.check_health(&(other, secrets))).unwrap_err();
    assert_eq!(error.code(), Code::TokenRefused);
    assert_eq!(bench.requests().len(), 1);
}

/// No answer comes, for a reason that the host knows.
#[expect(clippy::unnecessary_wraps, reason = "it is what happens on a line")]
fn sending(code: &str, message: &str) -> Option<Result<Response, SendError>> {
    Some(Err(SendError { code: code.into(), message: message.into(), proxy: None, unsent: true }))
}
