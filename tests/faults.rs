//! What goes wrong on the way: no alert is lost, and none becomes two incidents.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may take for granted what it is about")]

#[cfg(test)]
mod support;

use futures::executor::block_on;
use servicenow_itsm_connector::actions::{Attempt, TaskInfo};
use servicenow_itsm_connector::error::{Code, Retry};
use servicenow_itsm_connector::host::{Response, SendError};
use support::actions::{alert, close, push, recovered};
use support::instance::{Bench, Line, answer, basic, ended, lost};

/// The attempt of a number, of which a host tells nothing else.
fn counted(attempts: u32) -> Attempt {
    Attempt::of(TaskInfo { attempts, ..TaskInfo::default() }, 0)
}

#[test]
fn an_alert_is_pushed_again_after_a_fault_and_has_one_incident() {
    for line in [
        |place| if place == 0 { lost() } else { None },
        |place| if place == 1 { lost() } else { None },
        |place| if place == 0 { answer(503, "<html>") } else { None },
        |place| if place == 1 { answer(200, "<html>maintenance") } else { None },
        |place| if place == 0 { answer(200, "<html>Your instance is hibernating") } else { None },
        |place| if place == 0 { answer(200, r#"{"result":null}"#) } else { None },
        |place| if place == 0 { answer(520, "<html>") } else { None },
        |place| if place == 0 { ended("ECONNABORTED") } else { None },
        |place| if place == 0 { answer(500, "{}") } else { None },
        // Cut, whatever it speaks of.
        |place| {
            if place == 1 { answer(200, r#"{"result":{"description":"sign in fa"#) } else { None }
        },
    ] as [Line; 10]
    {
        let bench = Bench::new();
        bench.line.set(line);
        let error = push(&bench, &alert("c", "a")).unwrap_err();
        assert_eq!(error.retry(), Retry::Soon, "{error}");
        push(&bench, &alert("c", "a")).unwrap();
        assert_eq!(bench.incidents().len(), 1);
    }
}

#[test]
fn what_nothing_identifies_is_not_pushed_again_once_it_may_have_been_written() {
    let nameless = r#"{"incident":{"short_description":"a","correlation_id":null},
        "comments":[{"commentId":"1","comment":"c"}]}"#;
    for line in [
        |place| if place == 0 { lost() } else { None },
        |place| if place == 1 { lost() } else { None },
        |place| if place == 1 { answer(429, "{}") } else { None },
        |place| if place == 2 { answer(429, "{}") } else { None },
        |place| if place == 0 { ended("ETIMEDOUT") } else { None },
        |place| if place == 0 { answer(500, "{}") } else { None },
    ] as [Line; 6]
    {
        let bench = Bench::new();
        bench.line.set(line);
        let error = push(&bench, nameless).unwrap_err();
        assert_eq!(error.retry(), Retry::Never, "{error}");
        assert!(error.remedy().contains("may have been written"), "{}", error.remedy());
    }
    let bench = Bench::new();
    bench.line.set(|_| answer(429, "{}"));
    let error = push(&bench, nameless).unwrap_err();
    assert_eq!(error.retry(), Retry::Soon, "nothing was written: {error}");
}

#[test]
fn what_never_left_is_sent_again() {
    let nameless = r#"{"incident":{"short_description":"a","correlation_id":null}}"#;
    for line in [
        |_| ended("ECONNREFUSED"),
        |_| ended("ENOTFOUND"),
        |_| ended("EAI_AGAIN"),
        |_| ended("EHOSTUNREACH"),
        |_| ended("ENETUNREACH"),
        |_| ended("UND_ERR_CONNECT_TIMEOUT"),
        |_| {
            let (code, message) = ("ETIMEDOUT".to_owned(), "connect ETIMEDOUT".to_owned());
            Some(Err(SendError { code, message, proxy: None, unsent: false }))
        },
    ] as [Line; 7]
    {
        let bench = Bench::new();
        bench.line.set(line);
        let error = push(&bench, nameless).unwrap_err();
        assert_eq!((error.code(), error.retry()), (Code::Unreachable, Retry::Soon), "{error}");
    }
}

/// A connection that fails of TLS, as Node and OpenSSL say it.
#[expect(clippy::unnecessary_wraps, reason = "it is what happens on a line")]
fn tls_failed(code: &str, message: &str) -> Option<Result<Response, SendError>> {
    Some(Err(SendError { code: code.into(), message: message.into(), proxy: None, unsent: false }))
}

#[test]
fn only_what_fails_before_there_is_tls_has_written_nothing() {
    const PLAIN: &str = "809C638D:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:\
        ../deps/openssl/ssl/record/ssl3_record.c:350:\n";
    const DAMAGED: &str = "809C638D:error:0A000119:SSL routines:ssl3_get_record:decryption failed or bad \
        record mac:../deps/openssl/ssl/record/ssl3_record.c:622:\n";
    let nameless = r#"{"incident":{"short_description":"a","correlation_id":null}}"#;
    for (line, code, retry, text) in [
        (
            (|_| tls_failed("ERR_SSL_WRONG_VERSION_NUMBER", PLAIN)) as Line,
            Code::Unreachable,
            Retry::Soon,
            "Error: TLS has failed: wrong version number [status=",
        ),
        (
            |_| {
                let before = "before secure TLS connection was established";
                tls_failed("ECONNRESET", &format!("Client network socket disconnected {before}"))
            },
            Code::Unreachable,
            Retry::Soon,
            "disconnected before secure TLS",
        ),
        (
            |_| tls_failed("ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC", DAMAGED),
            Code::NoAnswer,
            Retry::Never,
            "Error: TLS has failed: decryption failed or bad record mac [status=",
        ),
    ] {
        let bench = Bench::new();
        bench.line.set(line);
        let error = push(&bench, nameless).unwrap_err();
        assert_eq!((error.code(), error.retry()), (code, retry), "{error}");
        assert!(error.text().contains(text), "{error}");
        assert!(!error.text().contains('\n'), "{error}");
    }
}

#[test]
fn an_instance_that_sleeps_has_written_nothing() {
    let nameless = r#"{"incident":{"short_description":"a","correlation_id":null}}"#;
    let bench = Bench::new();
    bench.line.set(|_| answer(200, "<html>Your instance is hibernating"));
    let error = push(&bench, nameless).unwrap_err();
    assert_eq!((error.code(), error.retry()), (Code::Hibernating, Retry::Soon), "{error}");
}

#[test]
fn what_only_a_person_can_mend_is_not_tried_again() {
    for (line, code, mark) in [
        ((|_| ended("ERR_BAD_RESPONSE")) as Line, Code::TooLarge, "ERR_BAD_RESPONSE"),
        (|_| ended("CERT_HAS_EXPIRED"), Code::Unreachable, "CERT_HAS_EXPIRED"),
        (|_| ended("ERR_REDIRECT_REFUSED"), Code::Redirected, "ERR_REDIRECT_REFUSED"),
        (|_| ended("ERR_NOT_ALLOWED"), Code::NotAllowed, "none"),
    ] {
        let bench = Bench::new();
        bench.line.set(line);
        let error = push(&bench, &alert("c", "a")).unwrap_err();
        assert_eq!((error.code(), error.retry()), (code, Retry::Never), "{error}");
        assert!(error.text().contains(&format!("[status={mark}]")), "{error}");
    }
}

#[test]
fn a_note_among_the_additional_fields_is_not_written_twice() {
    for field in ["u_work_notes", "work_notes", "u_comments", "comments"] {
        let bench = Bench::new();
        bench.line.set(|_| lost());
        let incident = r#""short_description":"a","correlation_id":"c""#;
        let fields = format!(r#""additional_fields":{{"{field}":"seen"}}"#);
        let error = push(&bench, &format!(r#"{{"incident":{{{incident},{fields}}}}}"#));
        assert_eq!(error.unwrap_err().retry(), Retry::Never, "{field}");
    }
}

#[test]
fn comments_that_were_added_are_not_added_again() {
    let params = r#"{"incident":{"short_description":"a","correlation_id":"c"},"comments":[
        {"commentId":"1","comment":"first"},{"commentId":"2","comment":"second"}]}"#;
    for line in [
        |place| if place == 3 { lost() } else { None },
        // The second was not added; the first was.
        |place| if place == 3 { answer(429, "{}") } else { None },
    ] as [Line; 2]
    {
        let bench = Bench::new();
        bench.line.set(line);
        assert_eq!(push(&bench, params).unwrap_err().retry(), Retry::Never);
    }
}

#[test]
fn a_comment_that_is_refused_keeps_the_remedy_of_the_refusal() {
    let bench = Bench::new();
    bench.line.set(|place| if place == 3 { answer(401, "{}") } else { None });
    let params = r#"{"incident":{"short_description":"a","correlation_id":"c"},"comments":[
        {"commentId":"1","comment":"first"},{"commentId":"2","comment":"second"}]}"#;
    let error = push(&bench, params).unwrap_err();
    assert_eq!((error.code(), error.retry()), (Code::Unauthenticated, Retry::Never));
    assert!(!error.remedy().contains("may have been written"), "{}", error.remedy());
}

#[test]
fn an_answer_is_read_in_every_form_that_an_instance_has_for_it() {
    let bench = Bench::new();
    bench.line.set(|place| match place {
        0 => answer(201, r#"{"result":[{"status":"inserted","sys_id":"9d38"}]}"#),
        _ => answer(
            200,
            r#"{"result":{"sys_id":{"value":"9d38","display_value":"9d38"},"number":42,
                "sys_created_on":{"value":"2024-05-06 07:08:09","display_value":"Monday"},
                "short_description":"cut \ud83d"}}"#,
        ),
    });
    let pushed = push(&bench, &alert("c", "a")).unwrap();
    assert_eq!(pushed["title"], "42");
    assert_eq!(pushed["pushedDate"], "2024-05-06T07:08:09.000Z");

    for body in [r#"[["a"],null]"#, "null", "7", r#"{"result":null}"#, "{}"] {
        let bench = Bench::new();
        bench.line.set(match body {
            "null" => |_| answer(200, "null"),
            "7" => |_| answer(200, "7"),
            "{}" => |_| answer(200, "{}"),
            r#"{"result":null}"# => |_| answer(200, r#"{"result":null}"#),
            _ => |_| answer(200, r#"[["a"],null]"#),
        });
        let error = close(&bench, &recovered("c")).unwrap_err();
        assert_eq!(error.code(), Code::UnexpectedAnswer, "{body}");
    }
}

#[test]
fn a_record_that_stands_there_all_the_same_is_not_inserted_again() {
    let bench = Bench::new();
    bench.line.set(|place| if place == 0 { lost() } else { None });
    let params = alert("c", "a");
    let pushed = block_on(bench.run_as(&basic(true), "pushToService", &params)).unwrap();
    assert!(pushed.contains("INC0010001"), "{pushed}");
    assert_eq!(bench.incidents().len(), 1);

    // So it may whatever has become of the answer, if that does not say what was inserted.
    for line in [
        |place| if place == 0 { answer(201, r#"{"result":{}}"#) } else { None },
        |place| if place == 0 { answer(200, r#"{"error":{"message":"cancelled"}}"#) } else { None },
        |place| if place == 0 { answer(500, "{}") } else { None },
        |place| if place == 0 { answer(504, "") } else { None },
        |place| if place == 0 { answer(520, "") } else { None },
        |place| if place == 0 { ended("ERR_BAD_RESPONSE") } else { None },
    ] as [Line; 6]
    {
        let bench = Bench::new();
        bench.line.set(line);
        let pushed = block_on(bench.run_as(&basic(true), "pushToService", &params)).unwrap();
        assert!(pushed.contains("INC0010001"), "{pushed}");
        assert_eq!(bench.incidents().len(), 1);
    }

    // What was not sent, is not.
    let bench = Bench::new();
    bench.line.set(|_| {
        ended("ERR_DEADLINE")
            .map(|ended| ended.map_err(|error| SendError { unsent: true, ..error }))
    });
    let error = block_on(bench.run_as(&basic(true), "pushToService", &params)).unwrap_err();
    assert_eq!((error.code(), error.retry()), (Code::NoAnswer, Retry::Soon));
    assert!(error.remedy().contains("actionTimeout"), "{}", error.remedy());
    assert_eq!(bench.requests().len(), 1, "nobody looks for it");

    // What stood in a queue for too long was not carried out, and is not there.
    let bench = Bench::new();
    bench.line.set(|place| match place {
        0 => answer(202, ""),
        _ => answer(200, r#"{"result":[]}"#),
    });
    let error = block_on(bench.run_as(&basic(true), "pushToService", &params)).unwrap_err();
    assert_eq!((error.code(), error.retry()), (Code::Unavailable, Retry::Soon));

    // Where it is not there, it is inserted again, unless the instance may be at work on it still or
    // cannot be asked.
    let late = |_| {
        let code = "ECONNABORTED".to_owned();
        Some(Err(SendError { code, message: "late".into(), proxy: None, unsent: false }))
    };
    for (line, retry) in [
        (|place| if place == 0 { answer(502, "") } else { nothing_found() }, Retry::Soon),
        (|place| if place == 0 { lost() } else { nothing_found() }, Retry::Never),
        (|place| if place == 0 { answer(504, "") } else { nothing_found() }, Retry::Never),
        (|place| if place == 0 { answer(500, "") } else { nothing_found() }, Retry::Never),
        (|place| if place == 0 { answer(502, "") } else { lost() }, Retry::Never),
        (|place| if place == 0 { lost() } else { ageless_found() }, Retry::Never),
        // One that says the same, too.
        (
            |place| match place {
                0 => lost(),
                1 => ageless_found(),
                _ => answer(200, r#"{"result":{"sys_id":"1"}}"#),
            },
            Retry::Never,
        ),
        // Who changes queries or answers does not say that there is none.
        (
            |place| match place {
                0 => lost(),
                _ => answer(200, r#"{"result":{"sys_id":"1"}}"#),
            },
            Retry::Never,
        ),
        (late, Retry::Never),
    ] as [(Line, Retry); 9]
    {
        let bench = Bench::new();
        bench.line.set(line);
        let error = block_on(bench.run_as(&basic(true), "pushToService", &params)).unwrap_err();
        assert_eq!(error.retry(), retry, "{error}");
    }
}

/// One of the very ID, of which the user may not see when it was created.
fn ageless_found() -> Option<Result<Response, SendError>> {
    answer(200, r#"{"result":[{"sys_id":"1","state":"1","correlation_id":"c"}]}"#)
}

fn nothing_found() -> Option<Result<Response, SendError>> {
    answer(200, r#"{"result":[]}"#)
}

#[test]
fn an_older_incident_of_the_alert_is_not_taken_for_the_one_that_was_to_be_written() {
    let bench = Bench::new();
    let params = alert("c", "a");
    let push = || block_on(bench.run_as(&basic(true), "pushToService", &params));
    push().unwrap();
    bench.advance(3_600_000);
    bench.line.set(|place| if place == 1 { answer(502, "") } else { None });
    // The record was written before the answer was lost, and is found: not the older one.
    assert!(push().unwrap().contains("INC0010002"));

    let bench = Bench::new();
    block_on(bench.run_as(&basic(true), "pushToService", &params)).unwrap();
    bench.advance(3_600_000);
    bench.line.set(|place| match place {
        1 => answer(502, ""),
        2 => answer(
            200,
            r#"{"result":[{"sys_id":"1","state":"1","correlation_id":"c",
                "sys_created_on":"2020-01-01 00:00:00"}]}"#,
        ),
        _ => None,
    });
    let error = block_on(bench.run_as(&basic(true), "pushToService", &params)).unwrap_err();
    assert_eq!((error.code(), error.retry()), (Code::Unavailable, Retry::Soon));
}

#[test]
fn a_closed_incident_of_the_alert_is_not_taken_for_the_one_that_was_to_be_written() {
    let bench = Bench::new();
    bench.line.set(|place| match place {
        0 => answer(502, ""),
        1 => answer(
            200,
            r#"{"result":[{"sys_id":"1","state":"7","correlation_id":"c",
                "sys_created_on":"2024-05-06 07:08:09"}]}"#,
        ),
        _ => answer(200, r#"{"result":{"sys_id":"1","short_description":"a"}}"#),
    });
    let params = alert("c", "a");
    let error = block_on(bench.run_as(&basic(true), "pushToService", &params)).unwrap_err();
    assert_eq!((error.code(), error.retry()), (Code::Unavailable, Retry::Soon));
}

#[test]
fn an_incident_of_which_another_one_was_written_is_told_of() {
    let bench = Bench::new();
    bench.line.set(|place| match place {
        0 => answer(201, r#"{"result":[{"status":"updated","sys_id":"other"}]}"#),
        _ => answer(200, r#"{"result":{"sys_id":"other","number":"INC2"}}"#),
    });
    let params = r#"{"incident":{"short_description":"a","externalId":"9d38"}}"#;
    assert_eq!(push(&bench, params).unwrap()["title"], "INC2");
    let warning = "Warn: The incident 9d38 was named, and the instance has written other instead";
    assert!(bench.log.borrow().contains(&warning.to_owned()), "{:?}", bench.log);
}

#[test]
fn what_somebody_repeats_of_the_credentials_is_not_told() {
    let bench = Bench::new();
    bench.line.set(|_| {
        answer(400, r#"{"error":{"message":"bad header Basic c3ZjLWVsYXN0aWM6czNjcmV0 (s3cret)"}}"#)
    });
    let error = push(&bench, &alert("c", "a")).unwrap_err();
    assert!(error.text().contains("bad header [secret] ([secret])"), "{error}");
    bench.line.set(|_| {
        let message = "invalid value Basic c3ZjLWVsYXN0aWM6czNjcmV0".to_owned();
        Some(Err(SendError { code: "none".into(), message, proxy: None, unsent: false }))
    });
    let error = push(&bench, &alert("c", "a")).unwrap_err();
    assert!(error.text().contains("invalid value [secret]"), "{error}");
    assert!(!format!("{error:?} {:?}", bench.log).contains("c3ZjLWVs"));
}

#[test]
fn a_row_that_changes_nothing_is_the_incident_that_it_is_about() {
    let bench = Bench::new();
    push(&bench, &alert("c", "a")).unwrap();
    bench.line.set(|place| match place {
        2 => answer(201, r#"{"result":[{"status":"ignored","table":"incident"}]}"#),
        _ => None,
    });
    assert_eq!(push(&bench, &alert("c", "a")).unwrap()["title"], "INC0010001");
}

#[test]
fn an_application_that_is_not_there_is_named_and_asked_for_only_then() {
    let bench = Bench::new();
    bench.line.set(|place| match place {
        0 => answer(400, r#"{"error":{"message":"Invalid table x_elas2","detail":null}}"#),
        _ => {
            answer(400, r#"{"error":{"message":"Requested URI does not represent any resource"}}"#)
        }
    });
    let error = push(&bench, &alert("c", "a")).unwrap_err();
    assert_eq!(error.code(), Code::AppNotInstalled);
    assert!(error.remedy().contains("Install Elastic for ITSM"));
    assert_eq!(
        error.text(),
        "[Action][ServiceNow]: Unable to create incident. Error: Request failed with status code \
         400 Reason: Invalid table x_elas2 [status=400] [method=post] [endpoint=import_set]"
    );

    let bench = Bench::new();
    bench.line.set(|place| match place {
        0 => answer(403, r#"{"error":{"message":"User Not Authorized"}}"#),
        _ => None,
    });
    let error = push(&bench, &alert("c", "a")).unwrap_err();
    assert_eq!(error.code(), Code::Forbidden, "the application is there");

    let bench = Bench::new();
    bench.line.set(|_| answer(403, r#"{"error":{"message":"User Not Authorized"}}"#));
    let error = push(&bench, &alert("c", "a")).unwrap_err();
    let remedy = error.remedy();
    assert!(remedy.starts_with("Give the integration user the role x_elas2_inc_int"), "{remedy}");
}

#[test]
fn a_wrong_password_is_refused_with_a_remedy_and_without_the_password() {
    let bench = Bench::new();
    let (config, _) = basic(false);
    let wrong = (config, r#"{"username":"svc-elastic","password":"hunter2"}"#.to_owned());
    let error = block_on(bench.run_as(&wrong, "pushToService", &alert("c", "a"))).unwrap_err();
    assert_eq!((error.code(), error.retry()), (Code::Unauthenticated, Retry::Never));
    assert_eq!(
        error.text(),
        "[Action][ServiceNow]: Unable to create incident. Error: Request failed with status code \
         401 Reason: User Not Authenticated: Required to provide Auth information [status=401] \
         [method=post] [endpoint=import_set]"
    );
    assert!(error.remedy().contains("credentials"));
    assert!(!format!("{error:?} {:?}", bench.log).contains("hunter2"));
    assert_eq!(bench.requests().len(), 1);
}

#[test]
fn what_servicenow_explains_has_a_remedy_of_its_own() {
    for (line, remedy) in [
        (
            |place| (place == 0).then(|| explained(500, "ScopeAccessNotGrantedException: read"))?,
            "GlideRecord.setValue",
        ),
        (
            |place| (place == 0).then(|| explained(403, "Data Policy Exception: mandatory"))?,
            "data policy",
        ),
        (|place| (place == 0).then(|| explained(400, "Rejected large REST payload"))?, "Shorten"),
        (
            |place| (place == 0).then(|| explained(403, "no cross scope access privilege"))?,
            "GlideRecord.setValue",
        ),
        (
            |place| (place == 0).then(|| explained(403, "aborted by Business Rule 'x'"))?,
            "business rule in the text",
        ),
        (
            |place| (place == 0).then(|| explained(403, "Insufficient rights to query records"))?,
            "correlation ID and state",
        ),
        (|place| (place == 0).then(|| answer(403, "<html>blocked by proxy</html>"))?, "proxy"),
    ] as [(Line, &str); 7]
    {
        let bench = Bench::new();
        bench.line.set(line);
        let error = push(&bench, &alert("c", "a")).unwrap_err();
        assert!(error.remedy().contains(remedy), "{}", error.remedy());
        assert_eq!(error.retry(), Retry::Never);
    }
}

fn explained(status: u16, detail: &str) -> Option<Result<Response, SendError>> {
    answer(status, &format!(r#"{{"error":{{"message":"Operation Failed","detail":"{detail}"}}}}"#))
}

#[test]
fn an_incident_that_nobody_will_find_again_is_told_of() {
    let bench = Bench::new();
    bench.line.set(|place| match place {
        0 => answer(201, r#"{"result":[{"status":"inserted","sys_id":"9d38"}]}"#),
        _ => answer(200, r#"{"result":{"sys_id":"9d38","correlation_id":""}}"#),
    });
    push(&bench, &alert("c", "a")).unwrap();
    assert!(bench.log.borrow().iter().any(|line| line.contains("recovery will not find it")));

    // Case does not count, and of what the user may not see nobody knows.
    for line in [
        |place| match place {
            0 => answer(201, r#"{"result":[{"status":"inserted","sys_id":"9d38"}]}"#),
            _ => answer(200, r#"{"result":{"sys_id":"9d38","correlation_id":"C"}}"#),
        },
        |place| match place {
            0 => answer(201, r#"{"result":[{"status":"inserted","sys_id":"9d38"}]}"#),
            _ => answer(200, r#"{"result":{"sys_id":"9d38"}}"#),
        },
    ] as [Line; 2]
    {
        let bench = Bench::new();
        bench.line.set(line);
        push(&bench, &alert("c", "a")).unwrap();
        assert!(!bench.log.borrow().iter().any(|line| line.starts_with("Warn: ")));
    }
}

#[test]
fn an_answer_that_is_no_list_does_not_say_that_there_is_nothing() {
    let lines: [Line; 3] = [
        |_| answer(200, r#"{"result":""}"#),
        |_| answer(200, r#"{"result":{}}"#),
        |_| answer(200, r#"{"result":{"sys_id":""}}"#),
    ];
    for line in lines {
        let bench = Bench::new();
        push(&bench, &alert("c", "a")).unwrap();
        bench.line.set(line);
        let asked = [
            block_on(bench.run("closeIncident", &recovered("c"))),
            block_on(bench.run("getFields", "{}")),
            block_on(bench.run("getChoices", r#"{"fields":["urgency"]}"#)),
        ];
        for outcome in asked {
            let error = outcome.unwrap_err();
            let what = (error.code(), error.retry());
            assert_eq!(what, (Code::UnexpectedAnswer, Retry::Soon), "{error}");
        }
        assert_eq!(bench.incidents()[0].fields["state"], "1");
    }
}

#[test]
fn a_row_that_failed_is_told_with_the_status_of_its_answer() {
    let bench = Bench::new();
    bench.line.set(|_| answer(201, r#"{"result":[{"status":"error","error_message":"no"}]}"#));
    let error = push(&bench, &alert("c", "a")).unwrap_err();
    assert_eq!((error.code(), error.http_status()), (Code::ImportFailed, Some(201)), "{error}");
    assert!(error.text().contains("Error: no [status=201]"), "{error}");
}

#[test]
fn what_other_transform_maps_did_is_told_of() {
    let bench = Bench::new();
    bench.line.set(|place| match place {
        0 => answer(
            201,
            r#"{"result":[{"transform_map":"CMDB","status":"error","error_message":"no CI s3cret"},
                {"table":"incident","status":"ignored","sys_id":"9d38"}]}"#,
        ),
        _ => answer(200, r#"{"result":{"sys_id":"9d38","number":"INC1"}}"#),
    });
    assert_eq!(push(&bench, &alert("c", "a")).unwrap()["title"], "INC1");
    let warning =
        "Warn: A transform map beside that of the incident has failed, CMDB: no CI [secret]";
    assert!(bench.log.borrow().contains(&warning.to_owned()), "{:?}", bench.log);
}

const IGNORED: &str = r#"{"result":[{"status":"ignored",
    "status_message":"Row transform ignored by onBefore script"}]}"#;
const ELSEWHERE: &str = r#"{"result":[{"status":"updated","sys_id":"other","table":"incident"}]}"#;
const ONE_NOTE: &str = r#"{"incident":{"short_description":"a","correlation_id":"c"},
    "comments":[{"commentId":"1","comment":"note"}]}"#;

#[test]
fn a_comment_that_went_to_another_incident_is_not_told_as_pushed() {
    // A second attempt reads the notes before it adds one.
    for (attempt, line) in [
        (1, |place| (place == 2).then(|| answer(201, ELSEWHERE))?),
        (2, |place| (place == 3).then(|| answer(201, ELSEWHERE))?),
    ] as [(u32, Line); 2]
    {
        let bench = Bench::new();
        bench.attempt.set(counted(attempt));
        bench.line.set(line);
        let error = push(&bench, ONE_NOTE).unwrap_err();
        // Once more would add to the other incident a second time.
        assert_eq!((error.code(), error.retry()), (Code::OtherIncidents, Retry::Never), "{error}");
        assert!(error.text().contains("to other"), "{error}");
    }
}

#[test]
fn a_comment_that_is_ignored_is_not_found_in_what_was_said_before() {
    let note = |text| {
        let params = serde_json::json!({
            "incident": { "short_description": "a", "correlation_id": "c" },
            "comments": text,
        });
        params.to_string()
    };
    let one = serde_json::json!([{ "commentId": "1", "comment": "still firing" }]);
    let two = serde_json::json!([
        { "commentId": "1", "comment": "still firing" },
        { "commentId": "2", "comment": "still firing" },
    ]);
    // What `place` asks for is not carried out: the row is an empty one.
    let bench = Bench::new();
    push(&bench, &note(one.clone())).unwrap();
    bench.advance(3_600_000);
    bench.unheard.set(|place| place == 5);
    bench.line.set(|place| (place == 5).then(|| answer(201, IGNORED))?);
    let error = push(&bench, &note(one)).unwrap_err();
    assert_eq!(error.code(), Code::ImportFailed, "{error}");

    let bench = Bench::new();
    bench.unheard.set(|place| place == 3);
    bench.line.set(|place| (place == 3).then(|| answer(201, IGNORED))?);
    let error = push(&bench, &note(two)).unwrap_err();
    assert_eq!(error.code(), Code::ImportFailed, "{error}");
    assert_eq!(bench.incident("INC0010001").journal.len(), 1);
}

#[test]
fn who_raises_the_limit_of_answers_is_told_to_look_first() {
    let bench = Bench::new();
    let params = r#"{"incident":{"short_description":"a","correlation_id":null}}"#;
    bench.line.set(|place| (place == 0).then(|| ended("ERR_BAD_RESPONSE"))?);
    let error = push(&bench, params).unwrap_err();
    let remedy = error.remedy();
    assert!(remedy.starts_with("Look at the incident in ServiceNow before"), "{remedy}");
    assert!(remedy.ends_with("Raise the host's maximum response size."), "{remedy}");
}

#[test]
fn a_comment_whose_row_is_ignored_is_looked_for() {
    let ignoring = |line: Line| {
        let bench = Bench::new();
        push(&bench, &alert("c", "a")).unwrap();
        bench.line.set(line);
        (push(&bench, ONE_NOTE), bench)
    };
    let (pushed, bench) = ignoring(|place| (place == 4).then(|| answer(201, IGNORED))?);
    assert_eq!(pushed.unwrap()["comments"][0]["commentId"], "1", "it is there");
    assert_eq!(bench.incident("INC0010001").journal.len(), 1);

    let (pushed, bench) = ignoring(|place| match place {
        4 => answer(201, IGNORED),
        5 => answer(200, r#"{"result":{"sys_id":"SYS_ID","work_notes":""}}"#),
        _ => None,
    });
    pushed.unwrap();
    let log = bench.log.borrow().join(" ");
    assert!(log.contains("it may not be there. Row transform ignored by onBefore"), "{log}");

    let (pushed, _) = ignoring(|place| match place {
        4 => answer(201, IGNORED),
        // Of the first incident of every bench.
        5 => answer(
            200,
            r#"{"result":{"sys_id":"421daf3033e887a3b56bb005019396c7","work_notes":""}}"#,
        ),
        _ => None,
    });
    let error = pushed.unwrap_err();
    assert_eq!((error.code(), error.retry()), (Code::ImportFailed, Retry::Never), "{error}");
    assert!(error.text().contains("onBefore script [status=201]"), "{error}");
    assert!(error.remedy().starts_with("The comment is not on the incident"), "{error}");
}
