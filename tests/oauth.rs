//! Signing in with OAuth: from an encrypted private key to a token that many actions share.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may take for granted what it is about")]

#[cfg(test)]
mod support;

use futures::executor::block_on;
use futures::future::{FutureExt, join, join_all};
use servicenow_itsm_connector::error::{Code, Retry};
use servicenow_itsm_connector::host::{Response, SendError};
use servicenow_itsm_connector::oauth::{
    MemoryTokens, NewToken, TokenKey, TokenStore, authorization,
};
use support::instance::{Bench, answer, answer_with, ended, lost, oauth, others_turn};
use support::keys::file;

const TOKEN: &str = "POST /oauth_token.do 200";

async fn push(
    bench: &Bench,
    correlation_id: &str,
) -> Result<String, servicenow_itsm_connector::error::Error> {
    let params = serde_json::json!({
        "incident": { "short_description": "a", "correlation_id": correlation_id },
    });
    bench.run_as(&oauth(), "pushToService", &params.to_string()).await
}

fn tokens(bench: &Bench) -> usize {
    bench.requests().iter().filter(|request| *request == TOKEN).count()
}

#[test]
fn a_token_is_got_once_and_used_until_it_ends() {
    let bench = Bench::new();
    block_on(push(&bench, "1")).unwrap();
    block_on(push(&bench, "2")).unwrap();
    assert_eq!(bench.requests().first().map(String::as_str), Some(TOKEN));
    assert_eq!((tokens(&bench), bench.requests().len()), (1, 5));

    // In its last 30 seconds it could end on the way. The instance gives the same one, which lives
    // no longer for that.
    bench.advance(1_771_000);
    block_on(push(&bench, "3")).unwrap();
    assert_eq!(tokens(&bench), 2);
    bench.advance(29_000);
    block_on(push(&bench, "4")).unwrap();
    assert_eq!((tokens(&bench), bench.requests().len()), (3, 11));
}

#[test]
fn where_the_host_keeps_no_tokens_each_action_gets_one() {
    let bench = Bench::new();
    bench.keep_no_tokens();
    block_on(push(&bench, "1")).unwrap();
    assert_eq!((tokens(&bench), bench.requests().len()), (1, 3));
    block_on(push(&bench, "2")).unwrap();
    assert_eq!((tokens(&bench), bench.requests().len()), (2, 6));
}

#[test]
fn the_incident_is_opened_by_the_user_that_the_token_is_for() {
    let bench = Bench::new();
    block_on(push(&bench, "1")).unwrap();
    let incident = bench.incident("INC0010001");
    assert_eq!(incident.fields["sys_created_by"], "svc-elastic");
    assert!(!incident.fields["caller_id"].is_empty());
    assert_eq!(incident.fields["caller_id"], incident.fields["opened_by"]);
}

#[test]
fn actions_that_start_together_share_one_token_request() {
    let bench = Bench::new();
    let ids: Vec<String> = (0..16).map(|number| format!("alert-{number}")).collect();
    let outcomes = block_on(join_all(ids.iter().map(|id| push(&bench, id))));
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!((tokens(&bench), bench.requests().len()), (1, 33));
    assert_eq!(bench.incidents().len(), 16);
}

#[test]
fn actions_that_wait_for_a_token_that_is_refused_all_learn_why() {
    let bench = Bench::new();
    bench.line.set(|_| lost());
    let outcomes = block_on(join_all((0..4).map(|_| push(&bench, "1"))));
    for outcome in outcomes {
        let error = outcome.unwrap_err();
        assert_eq!((error.code(), error.retry()), (Code::NoAnswer, Retry::Soon));
    }
    assert_eq!(bench.requests().len(), 1);
}

#[test]
fn an_action_that_its_own_limits_end_leaves_the_others_to_ask_themselves() {
    for (line, code) in [
        (|place| if place == 0 { ended("ERR_CANCELED") } else { None }, Code::Canceled),
        (|place| if place == 0 { ended("ERR_DEADLINE") } else { None }, Code::NoAnswer),
        (|place| if place == 0 { ended("ERR_BAD_RESPONSE") } else { None }, Code::TooLarge),
    ] as [(support::instance::Line, Code); 3]
    {
        let bench = Bench::new();
        bench.line.set(line);
        let (one, other) = block_on(join(push(&bench, "1"), push(&bench, "2")));
        assert_eq!(one.unwrap_err().code(), code);
        other.unwrap();
    }
}

#[test]
fn an_action_that_is_dropped_leaves_the_others_to_ask_themselves() {
    let bench = Bench::new();
    block_on(async {
        let mut one = Box::pin(push(&bench, "1"));
        let mut other = Box::pin(push(&bench, "2"));
        assert!((&mut one).now_or_never().is_none() && (&mut other).now_or_never().is_none());
        drop(one);
        other.await.unwrap();
    });
    assert_eq!((tokens(&bench), bench.incidents().len()), (1, 1));
}

#[test]
fn an_action_waits_for_the_token_of_another_no_longer_than_it_may() {
    let bench = Bench::new();
    bench.over.set(|| ended("ERR_DEADLINE")?.err());
    let (one, other) = block_on(join(push(&bench, "1"), push(&bench, "2")));
    one.unwrap();
    let error = other.unwrap_err();
    assert!(error.text().contains("[status=ERR_DEADLINE]"), "{error}");
    assert_eq!(error.retry(), Retry::Soon);
    assert!(!error.remedy().contains("may have been written"), "{}", error.remedy());
    assert_eq!(tokens(&bench), 1);
}

#[test]
fn a_token_that_was_revoked_is_replaced_and_the_request_made_once_more() {
    let bench = Bench::new();
    block_on(push(&bench, "1")).unwrap();
    bench.revoke_tokens();
    let before = bench.requests().len();
    block_on(push(&bench, "2")).unwrap();
    let statuses: Vec<String> = bench.requests()[before..]
        .iter()
        .map(|request| request.rsplit(' ').next().unwrap().to_owned())
        .collect();
    assert_eq!(statuses, ["401", "200", "201", "200"]);
    assert_eq!(bench.incidents().len(), 2);
}

#[test]
fn a_token_that_others_still_take_for_good_is_replaced_once_for_all() {
    // Whenever the others come.
    for turns in 0..8 {
        let bench = Bench::new();
        block_on(push(&bench, "1")).unwrap();
        bench.revoke_tokens();
        let later = async {
            for _ in 0..turns {
                others_turn().await;
            }
            push(&bench, "3").await
        };
        let (one, other) = block_on(join(push(&bench, "2"), later));
        assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
        assert_eq!(tokens(&bench), 2, "{turns} turns later");
    }
}

#[test]
fn how_long_a_token_lives_is_told_by_a_number_or_a_text_or_is_an_hour() {
    for (line, until) in [
        (|_| answer(200, &token("60")), 60_000),
        (|_| answer(200, &token("\"60\"")), 60_000),
        (|_| answer(200, &token("\"soon\"")), 3_600_000),
        (|_| answer(200, &token("null")), 3_600_000),
    ] as [(support::instance::Line, i64); 4]
    {
        let bench = Bench::new();
        bench.line.set(line);
        let ask = || block_on(bench.run_as(&oauth(), "getChoices", r#"{"fields":["urgency"]}"#));
        ask().unwrap();
        bench.advance(until.checked_sub(31_000).unwrap());
        ask().unwrap();
        assert_eq!(tokens(&bench), 1);
        bench.advance(1000);
        ask().unwrap();
        assert_eq!(tokens(&bench), 2);
    }
}

/// A token that lives as long, and an empty list for whoever asks for one.
fn token(expires_in: &str) -> String {
    format!(r#"{{"access_token":"t","expires_in":{expires_in},"result":[]}}"#)
}

#[test]
fn an_answer_without_a_token_is_told_with_the_connector_where_it_has_an_id() {
    let bench = Bench::new();
    bench.line.set(|_| answer(200, "{}"));
    let error = block_on(push(&bench, "1")).unwrap_err();
    assert_eq!(error.code(), Code::TokenMissing);
    assert!(error.text().contains("access token for connectorId: c-1"), "{error}");
    // It may hold anything, and is no refusal.
    assert!(!bench.log.borrow().iter().any(|line| line.starts_with("Warn: ")), "{:?}", bench.log);
    let error = block_on(bench.check_health(&oauth())).unwrap_err();
    assert_eq!(error.code(), Code::TokenMissing);
    assert!(error.text().contains("The answer to the token request holds no access token."));
}

#[test]
fn a_connector_that_is_forgotten_gets_a_token_of_its_own_again() {
    let bench = Bench::new();
    block_on(push(&bench, "1")).unwrap();
    bench.forget_connector("c-2");
    block_on(push(&bench, "2")).unwrap();
    assert_eq!(tokens(&bench), 1);
    bench.forget_connector("c-1");
    block_on(push(&bench, "3")).unwrap();
    assert_eq!(tokens(&bench), 2);
}

#[test]
fn a_token_that_has_ended_is_kept_until_the_next_one_comes() {
    let tokens = MemoryTokens::default();
    let key = |name: &str| TokenKey { connector_id: None, credentials: name.to_owned() };
    for (name, requested_at, kept) in [
        ("1", 0, [true, false, false]),
        ("2", 1000, [true, true, false]),
        ("3", 30_500, [false, true, true]),
    ] {
        let authorization = authorization("Bearer a".to_owned()).unwrap();
        let token = NewToken { authorization, requested_at, expires_in: Some(60) };
        block_on(tokens.save(&key(name), &token));
        let is_kept = |name| block_on(tokens.load(&key(name))).is_some();
        assert_eq!(["1", "2", "3"].map(is_kept), kept);
    }
}

#[test]
fn what_is_wrong_with_the_set_up_is_said_with_a_remedy() {
    let (config, secrets) = oauth();
    let with = |from: &str, to: &str| (config.replace(from, to), secrets.replace(from, to));
    for (connector, code, remedy) in [
        (with("client-s3cret", "wrong"), "token_refused", "client secret"),
        (with("key-1", "key-2"), "token_refused", "JWT verifier key ID"),
        (with("svc-elastic@", "nobody@"), "token_refused", "user identifier"),
        (with("correct-horse", "wrong"), "private_key_passphrase_wrong", "passphrase"),
    ] {
        let bench = Bench::new();
        let params = r#"{"fields":["urgency"]}"#;
        let error = block_on(bench.run_as(&connector, "getChoices", params)).unwrap_err();
        assert_eq!(error.code().as_str(), code);
        assert_eq!(error.retry(), Retry::Never);
        assert!(error.remedy().contains(remedy), "{}", error.remedy());
        let told = format!("{error:?} {:?}", bench.log);
        for secret in ["client-s3cret", "correct-horse", "BEGIN", "assertion="] {
            assert!(!told.contains(secret), "{secret} in {told}");
        }
    }
}

#[test]
fn a_key_that_cannot_be_used_is_told_apart_before_anything_is_sent() {
    let (config, _) = oauth();
    for (name, code) in [
        ("certificate", "private_key_is_certificate"),
        ("ec", "private_key_elliptic_curve"),
        ("encrypted-default", "private_key_passphrase_missing"),
    ] {
        let bench = Bench::new();
        let key = file(&format!("{name}.pem"));
        let secrets = serde_json::json!({ "clientSecret": "client-s3cret", "privateKey": key });
        let connector = (config.clone(), secrets.to_string());
        let params = r#"{"fields":["urgency"]}"#;
        let error = block_on(bench.run_as(&connector, "getChoices", params)).unwrap_err();
        assert_eq!(error.code().as_str(), code);
        assert!(error.text().contains("Unable to generate JWT token. Error: "), "{error}");
        assert_eq!(bench.requests(), [""; 0]);
    }
}

#[test]
fn a_token_request_that_fails_has_written_nothing() {
    let nameless = r#"{"incident":{"short_description":"a","correlation_id":null}}"#;
    for line in
        [|_| lost(), |_| answer(503, "<html>"), |_| answer(200, "Your instance is hibernating")]
            as [support::instance::Line; 3]
    {
        let bench = Bench::new();
        bench.line.set(line);
        let error = block_on(bench.run_as(&oauth(), "pushToService", nameless)).unwrap_err();
        assert_eq!(error.retry(), Retry::Soon, "{error}");
        assert!(!error.remedy().contains("may have been written"));
    }
}

#[test]
fn what_a_proxy_repeats_of_the_request_is_not_told() {
    let bench = Bench::new();
    bench.line.set(|_| answer(400, "Bad form: client_secret=client-s3cret&x=client-s3cret"));
    let error = block_on(push(&bench, "1")).unwrap_err();
    assert!(error.text().contains("client_secret=[secret]"), "{error}");
    assert!(!format!("{error:?} {:?}", bench.log).contains("client-s3cret"));
}

#[test]
fn what_somebody_repeats_of_a_token_is_not_told() {
    for line in [
        |place| match place {
            0 => answer(200, r#"{"access_token":"t0ken-1"}"#),
            _ => answer(
                400,
                r#"{"error":{"message":"bad Bearer t0ken-1 (t0ken-1, client-s3cret)"}}"#,
            ),
        },
        // An answer of success.
        |place| match place {
            0 => answer(200, r#"{"access_token":"t0ken-1"}"#),
            _ => answer(
                201,
                r#"{"result":[{"status":"error",
                    "error_message":"bad Bearer t0ken-1 (t0ken-1, client-s3cret)"}]}"#,
            ),
        },
    ] as [support::instance::Line; 2]
    {
        let bench = Bench::new();
        bench.line.set(line);
        let error = block_on(push(&bench, "1")).unwrap_err();
        assert!(error.text().contains("bad [secret] ([secret], [secret])"), "{error}");
        assert!(!format!("{error:?} {:?}", bench.log).contains("t0ken-1"));
    }
}

#[test]
fn a_token_that_was_replaced_meanwhile_is_not_told_either() {
    let bench = Bench::new();
    bench.line.set(|place| match place {
        0 => answer(200, r#"{"access_token":"t0ken-1"}"#),
        1 => answer(200, r#"{"result":[{"sys_id":"1","state":"1","correlation_id":"c"}]}"#),
        2 => answer(200, r#"{"error":{"message":"bad t0ken-1"}}"#),
        3 => answer(401, "{}"),
        4 => answer(200, r#"{"access_token":"t0ken-2"}"#),
        _ => answer(200, r#"{"result":{"sys_id":"1","state":"1"}}"#),
    });
    let params = r#"{"incident":{"correlation_id":"c"}}"#;
    let error = block_on(bench.run_as(&oauth(), "closeIncident", params)).unwrap_err();
    assert!(error.text().contains("bad [secret]"), "{error}");
    assert_eq!(bench.requests().len(), 6);
}

#[test]
fn an_answer_without_end_to_a_token_request_is_cut() {
    let bench = Bench::new();
    bench.line.set(|_| answer(400, &"é".repeat(900_000)));
    let error = block_on(push(&bench, "1")).unwrap_err();
    assert!(error.text().len() < 5000, "{} bytes", error.text().len());
}

#[test]
fn an_answer_of_another_form_to_a_token_request_is_told_with_its_keys_sorted_at_any_depth() {
    let bench = Bench::new();
    bench.line.set(|_| answer(400, r#"{"b":[{"d":1,"c":2}],"a":{"z_token":"s3","y":null}}"#));
    let error = block_on(push(&bench, "1")).unwrap_err();
    let sorted = r#"{"a":{"y":null,"z_token":"[secret]"},"b":[{"c":2,"d":1}]}"#;
    assert!(error.text().contains(sorted), "{error}");
}

#[test]
fn what_a_token_answer_repeats_is_not_told_however_it_was_escaped() {
    for line in [
        |_| answer(401, r#"{"detail":"bad client cl\ud83d\ude00&13nt"}"#),
        |_| answer(401, r"bad client cl\ud83d\ude00&13nt"),
        |_| answer(401, r#"{"error":"bad client cl\ud83d\ude00&13nt"}"#),
        |_| answer(401, r#"{"detail":"<b>bad client</b> cl😀\u0026amp;13nt"}"#),
    ] as [support::instance::Line; 4]
    {
        let bench = Bench::new();
        bench.line.set(line);
        let (config, secrets) = oauth();
        let connector = (config, secrets.replace("client-s3cret", "cl😀&13nt"));
        let error = block_on(bench.run_as(&connector, "getFields", "{}")).unwrap_err();
        let log = bench.log.borrow();
        assert!(error.text().contains("[secret]"), "{error}");
        assert!(log.iter().any(|line| line.contains("[secret]")), "{log:?}");
        for told in log.iter().map(String::as_str).chain([error.text()]) {
            assert!(!told.contains("13nt"), "{told}");
        }
    }
}

#[test]
fn a_token_that_was_refused_is_explained_once_however_deep_the_step() {
    let bench = Bench::new();
    bench
        .line
        .set(|_| answer(401, r#"{"error":"invalid_grant","error_description":"User not found"}"#));
    let params = r#"{"incident":{"correlation_id":"c"}}"#;
    let error = block_on(bench.run_as(&oauth(), "closeIncident", params)).unwrap_err();
    assert_eq!(
        error.text(),
        "[Action][ServiceNow]: Unable to close incident. Error: [Action][ServiceNow]: Unable to get \
         incident by correlation ID c. Error: invalid_grant Reason: User not found [status=none] \
         [method=get] [endpoint=table] [status=none] [method=post] [endpoint=import_set]"
    );
    assert!(bench.log.borrow().iter().any(|line| line.starts_with("Debug: POST /oauth_token.do")));
}

#[test]
fn a_token_answer_that_is_not_about_credentials_is_told_as_any_other() {
    for (line, code, retry, text, remedy) in [
        (
            (|_| answer(202, "")) as support::instance::Line,
            Code::Unavailable,
            Retry::Soon,
            "issue with your Service Now Instance",
            "queue",
        ),
        (
            |_| answer(201, "<html><title>Sign In | ServiceNow</title></html>"),
            Code::UnexpectedAnswer,
            Retry::Never,
            "issue with your Service Now Instance",
            "login page",
        ),
        (
            |_| answer(403, "<html>Blocked by gateway</html>"),
            Code::Refused,
            Retry::Never,
            "\"<html>Blocked by gateway</html>\"",
            "the proxy or the gateway",
        ),
        (
            |_| answer(401, "<html>Authorization Required</html>"),
            Code::Unauthenticated,
            Retry::Never,
            "\"<html>Authorization Required</html>\"",
            "the proxy or the gateway",
        ),
        (
            |_| answer(404, "<html>nf</html>"),
            Code::Refused,
            Retry::Never,
            "\"<html>nf</html>\"",
            "not of a proxy",
        ),
        (
            |_| answer(404, r#"{"error":{"message":"No Record found"},"status":"failure"}"#),
            Code::Refused,
            Retry::Never,
            "No Record found",
            "not of a proxy",
        ),
        (
            |_| answer(403, r#"{"error":{"message":"Access denied"},"status":"failure"}"#),
            Code::Refused,
            Retry::Never,
            "Access denied",
            "not of a proxy",
        ),
        (
            |_| {
                let text = "Requested URI does not represent any resource";
                let body = r#"{"error":{"message":"TEXT","detail":null},"status":"failure"}"#;
                answer(400, &body.replace("TEXT", text))
            },
            Code::Refused,
            Retry::Never,
            "Requested URI does not represent any resource",
            "not of a proxy",
        ),
        (
            |_| answer(403, r#"{"status":403,"error":"Forbidden","path":"/oauth_token.do"}"#),
            Code::Refused,
            Retry::Never,
            "Error: Forbidden",
            "the proxy or the gateway",
        ),
        (|_| answer(302, ""), Code::Refused, Retry::Never, "status code 302", "not of a proxy"),
        (|_| answer(408, ""), Code::Unavailable, Retry::Soon, "status code 408", "Wait"),
        (|_| answer(425, ""), Code::Unavailable, Retry::Soon, "status code 425", "Wait"),
        (|_| answer(500, "<html>x"), Code::Refused, Retry::Soon, "\"<html>x\"", "took too long"),
        (
            |_| answer(503, r#"{"error":"temporarily_unavailable"}"#),
            Code::Unavailable,
            Retry::Soon,
            "Error: temporarily_unavailable",
            "Wait",
        ),
        (
            |_| answer(200, r#"{"error":{"message":"Transaction cancelled"}}"#),
            Code::Incomplete,
            Retry::Soon,
            "Transaction cancelled",
            "slow transactions",
        ),
    ] {
        let bench = Bench::new();
        bench.line.set(line);
        let error = block_on(push(&bench, "1")).unwrap_err();
        assert_eq!((error.code(), error.retry()), (code, retry), "{error}");
        assert!(error.text().contains(text), "{error}");
        assert!(error.remedy().contains(remedy), "{}", error.remedy());
        assert_eq!(bench.requests().len(), 1);
    }
}

#[test]
fn a_refusal_of_the_credentials_is_told_under_any_status_that_has_room_for_it() {
    for (line, text) in [
        (
            (|_| {
                let body = r#"{"error":"server_error","error_description":"access_denied"}"#;
                answer(200, body)
            }) as support::instance::Line,
            "server_error Reason: access_denied [status=none]",
        ),
        (|_| answer(400, r#"{"error":"invalid_grant"}"#), "invalid_grant [status=none]"),
        (|_| answer(403, r#"{"error":"access_denied"}"#), "access_denied [status=none]"),
        (|_| answer(401, ""), "Request failed with status code 401 [status=none]"),
        (|_| answer(401, r#"{"b":1,"a":2}"#), r#"{"a":2,"b":1} [status=none]"#),
    ] {
        let bench = Bench::new();
        bench.line.set(line);
        let error = block_on(push(&bench, "1")).unwrap_err();
        assert_eq!((error.code(), error.retry()), (Code::TokenRefused, Retry::Never), "{error}");
        assert!(error.text().contains(text), "{error}");
    }
}

/// A refusal of an instance that says what time it is there.
fn refused(date: &str) -> Option<Result<Response, SendError>> {
    answer_with(401, ("date", date), r#"{"error":"server_error"}"#)
}

#[test]
fn clocks_that_are_apart_are_what_to_look_at_first() {
    // The host's clock says 07:08:09.
    for (line, remedy) in [
        (
            (|_| refused("Mon, 06 May 2024 07:28:09 GMT")) as support::instance::Line,
            "Set this machine's clock: it is 20 min behind the instance's",
        ),
        (|_| refused("Mon, 06 May 2024 07:06:09 GMT"), "it is 2 min ahead of the instance's"),
        (|_| refused("Mon, 06 May 2024 07:08:59 GMT"), "Compare client ID"),
        (|_| refused("yesterday"), "Compare client ID"),
    ] {
        let bench = Bench::new();
        bench.line.set(line);
        let error = block_on(push(&bench, "1")).unwrap_err();
        assert_eq!(error.code(), Code::TokenRefused);
        assert!(error.remedy().contains(remedy), "{}", error.remedy());
    }
}

#[test]
fn a_token_under_another_status_is_not_told() {
    let bench = Bench::new();
    bench.line.set(|_| answer(201, r#"{"access_token":"SECRETTOKEN","token_type":"Bearer"}"#));
    let error = block_on(push(&bench, "1")).unwrap_err();
    assert_eq!((error.code(), bench.requests().len()), (Code::TokenMissing, 1), "{error}");
    assert!(!format!("{error:?} {:?}", bench.log).contains("SECRETTOKEN"));
}

#[test]
fn a_token_that_was_refused_is_not_kept_where_there_is_no_other_yet() {
    let bench = Bench::new();
    block_on(push(&bench, "1")).unwrap();
    bench.revoke_tokens();
    bench.line.set(|place| if place == 4 { answer(503, "") } else { None });
    let error = block_on(push(&bench, "2")).unwrap_err();
    assert_eq!(error.retry(), Retry::Soon, "{error}");
    let before = bench.requests().len();
    block_on(push(&bench, "2")).unwrap();
    assert_eq!(bench.requests()[before], TOKEN);
}

#[test]
fn a_new_token_that_is_refused_too_is_not_kept() {
    let bench = Bench::new();
    block_on(push(&bench, "1")).unwrap();
    bench.line.set(|place| match place {
        3 | 5 => answer(401, "{}"),
        _ => None,
    });
    block_on(push(&bench, "2")).unwrap_err();
    let before = tokens(&bench);
    bench.line.set(|_| None);
    block_on(push(&bench, "3")).unwrap();
    assert_eq!(tokens(&bench), before + 1);
}
