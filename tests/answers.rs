//! What the words of an answer mean, and what they must not be taken for.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may take for granted what it is about")]

#[cfg(test)]
mod support;

use futures::executor::block_on;
use servicenow_itsm_connector::error::{Code, Error, ErrorSource, Retry};
use servicenow_itsm_connector::host::{Response, SendError};
use support::actions::{alert, close, push, recovered};
use support::instance::{Bench, Line, answer, answer_with, basic, ended};

/// An incident that stands there, and what closing it comes to where all answers are as given.
fn closing(line: Line) -> Result<String, Error> {
    let bench = Bench::new();
    push(&bench, &alert("c", "a")).unwrap();
    bench.line.set(line);
    close(&bench, &recovered("c"))
}

#[test]
fn only_servicenow_says_that_an_incident_is_not_there() {
    let missing: [Line; 2] = [
        |_| answer(404, r#"{"error":{"message":"No Record found","detail":null}}"#),
        |_| answer(404, r#"{"error":{"message":"Nicht gefunden","detail":""},"status":"failure"}"#),
    ];
    for line in missing {
        assert_eq!(closing(line).unwrap(), "{}");
    }
    let others: [Line; 4] = [
        |_| answer(404, r#"{"error":{"code":"404","message":"Resource not found"}}"#),
        |_| {
            let text = "Requested URI does not represent any resource";
            let body = r#"{"error":{"message":"TEXT","detail":null},"status":"failure"}"#;
            answer(404, &body.replace("TEXT", text))
        },
        |_| answer(404, r#"{"message":"no Route matched with those values"}"#),
        |_| answer(404, "<h1>404 Not Found</h1>"),
    ];
    for line in others {
        assert_eq!(closing(line).unwrap_err().code(), Code::Refused);
    }
}

#[test]
fn a_request_that_came_too_late_or_too_early_may_come_again() {
    for line in [|_| answer(408, ""), |_| answer(425, "")] as [Line; 2] {
        let error = closing(line).unwrap_err();
        assert_eq!((error.code(), error.retry()), (Code::Unavailable, Retry::Soon), "{error}");
    }
}

#[test]
fn what_is_not_there_now_may_be_there_soon() {
    for line in [
        |_| answer(502, ""),
        |_| answer(503, ""),
        |_| answer(504, ""),
        // It stood in a queue for too long.
        |_| answer(202, ""),
    ] as [Line; 4]
    {
        let error = closing(line).unwrap_err();
        assert_eq!((error.code(), error.retry()), (Code::Unavailable, Retry::Soon), "{error}");
    }
    for line in [|_| answer(200, ""), |_| answer(202, "<html>")] as [Line; 2] {
        let error = closing(line).unwrap_err();
        assert_eq!((error.code(), error.retry()), (Code::UnexpectedAnswer, Retry::Soon), "{error}");
        assert!(error.http_status().is_some() && error.text().contains("[status=none]"), "{error}");
    }
}

#[test]
fn an_error_beside_a_result_says_that_the_result_is_not_all_there_is() {
    let lines: [Line; 5] = [
        |_| answer(200, r#"{"result":[],"error":{"detail":"Transaction cancelled"}}"#),
        |_| answer(200, r#"{"result":[],"error":{"message":null}}"#),
        |_| answer(200, r#"{"result":[],"error":[]}"#),
        |_| answer(200, r#"{"result":[],"error":"Transaction cancelled"}"#),
        |_| answer(200, r#"{"result":[],"status":"failure"}"#),
    ];
    for line in lines {
        let error = closing(line).unwrap_err();
        assert_eq!((error.code(), error.retry()), (Code::Incomplete, Retry::Soon), "{error}");
        assert_eq!(error.http_status(), Some(200));
    }
    for line in [
        |_| answer(200, r#"{"result":[],"error":null}"#),
        |_| answer(200, r#"{"result":[],"error":"","status":"success"}"#),
        |_| answer(200, r#"{"result":[],"error":false}"#),
    ] as [Line; 3]
    {
        assert_eq!(closing(line).unwrap(), "{}");
    }
}

#[test]
fn a_single_record_where_many_were_asked_for_is_none_that_was_found() {
    let line: Line = |_| answer(200, r#"{"result":{"sys_id":"123","number":"INC01"}}"#);
    assert_eq!(closing(line).unwrap(), "{}");
    let bench = Bench::new();
    bench.line.set(line);
    for asked in [("getFields", "{}"), ("getChoices", r#"{"fields":["urgency"]}"#)] {
        let error = block_on(bench.run(asked.0, asked.1)).unwrap_err();
        assert_eq!(error.code(), Code::UnexpectedAnswer, "{error}");
    }
}

#[test]
fn an_alert_whose_name_is_that_of_a_sleeping_instance_is_not_inserted_twice() {
    let bench = Bench::new();
    bench.line.set(|place| match place {
        0 => answer(201, r#"{"result":{"sys_id":"9d38","correlation_id":"vm-hibernating:1","num"#),
        _ => None,
    });
    let table = basic(true);
    block_on(bench.run_as(&table, "pushToService", &alert("vm-hibernating:1", "a"))).unwrap();
    assert_eq!(bench.incidents().len(), 1);
}

#[test]
fn an_open_incident_is_found_behind_a_hundred_closed_ones() {
    let bench = Bench::new();
    let table = basic(true);
    let run = |sub_action: &str, params: &str| {
        bench.advance(1000);
        block_on(bench.run_as(&table, sub_action, params)).unwrap();
    };
    run("pushToService", &alert("c", "the oldest"));
    for _ in 0..100 {
        run("pushToService", &alert("c", "a"));
        run("closeIncident", &recovered("c"));
    }
    assert_eq!(bench.incident("INC0010001").fields["state"], "1");
    run("closeIncident", &recovered("c"));
    assert_eq!(bench.incident("INC0010001").fields["state"], "7");
    run("closeIncident", &recovered("c"));
}

#[test]
fn what_cannot_be_read_back_is_not_told_as_untouched() {
    let bench = Bench::new();
    bench.line.set(|place| if place == 1 { answer(200, r#"{"result":{}}"#) } else { None });
    let error = push(&bench, &alert("c", "a")).unwrap_err();
    assert_eq!(error.code(), Code::OtherIncidents);
    assert!(error.remedy().starts_with("Look for the incident"), "{}", error.remedy());

    let bench = Bench::new();
    push(&bench, &alert("c", "a")).unwrap();
    bench.line.set(|place| match place {
        3 => answer(
            201,
            r#"{"result":[{"table":"incident","status":"updated","sys_id":"a0000000000000000000000000000000"}]}"#,
        ),
        _ => None,
    });
    let error = close(&bench, &recovered("c")).unwrap_err();
    assert!(error.text().contains("a0000000000000000000000000000000"), "{error}");
    assert!(error.remedy().starts_with("Look at both incidents"), "{}", error.remedy());
}

#[test]
fn a_date_that_is_none_is_not_told_as_another_server() {
    let bench = Bench::new();
    bench.line.set(|place| match place {
        0 => {
            answer(201, r#"{"result":[{"table":"incident","status":"inserted","sys_id":"9d38"}]}"#)
        }
        _ => answer(200, r#"{"result":{"sys_id":"9d38","sys_created_on":""}}"#),
    });
    let error = push(&bench, &alert("c", "a")).unwrap_err();
    assert!(error.text().contains("Invalid time value"), "{error}");
    assert!(error.remedy().starts_with("Look at the incident"), "{}", error.remedy());
}

#[test]
fn credentials_that_an_answer_of_success_repeats_are_told_nobody() {
    const REPEATED: &str = "Basic c3ZjLWVsYXN0aWM6czNjcmV0";
    let bench = Bench::new();
    bench.line.set(|place| match place {
        0 => answer(
            201,
            r#"{"result":[{"table":"incident","status":"inserted","sys_id":"Basic c3ZjLWVsYXN0aWM6czNjcmV0"}]}"#,
        ),
        _ => answer(404, "{}"),
    });
    let error = push(&bench, &alert("c", "a")).unwrap_err();
    assert!(error.text().contains("with id [secret]."), "{error}");
    let log = bench.log.borrow().join(" ");
    assert!(log.contains("/incident/[secret]") && !log.contains("c3ZjLWVs"), "{log}");

    let bench = Bench::new();
    bench.line.set(|place| match place {
        0 => {
            answer(201, r#"{"result":[{"table":"incident","status":"inserted","sys_id":"9d38"}]}"#)
        }
        _ => answer(200, r#"{"result":{"sys_id":"9d38","correlation_id":"s3cret"}}"#),
    });
    push(&bench, &alert("c", "a")).unwrap();
    let log = bench.log.borrow().join(" ");
    assert!(log.contains("holds the correlation ID \"[secret]\""), "{log}");
    assert!(!log.contains("s3cret") && !log.contains(REPEATED), "{log}");
}

#[test]
fn an_alert_writes_no_lines_of_its_own_into_the_log() {
    let bench = Bench::new();
    close(&bench, &recovered("web-1\n[ERROR] forged\u{1b}[31m")).unwrap();
    let log = bench.log.borrow();
    assert!(log.iter().any(|line| line.contains("correlation_id: web-1 [ERROR] forged [31m")));
    assert!(log.iter().all(|line| !line.contains(char::is_control)));
}

#[test]
fn an_explanation_without_end_is_cut() {
    fn endless(status: u16, error: &str) -> Option<Result<Response, SendError>> {
        let error = error.replace("TEXT", &"é".repeat(900_000));
        answer(status, &format!(r#"{{"error":{error}}}"#))
    }
    for line in [
        |_| endless(403, r#"{"message":"TEXT"}"#),
        |_| endless(200, r#"{"detail":"TEXT"}"#),
        |_| endless(200, r#""TEXT""#),
    ] as [Line; 3]
    {
        let error = closing(line).unwrap_err();
        assert!(
            error.text().contains("éé") && error.text().len() < 50_000,
            "{}",
            error.text().len()
        );
    }
}

#[test]
fn who_may_not_read_choices_or_fields_is_told_which_right_that_takes() {
    let bench = Bench::new();
    bench.line.set(|_| {
        let body =
            r#"{"error":{"message":"Insufficient rights to query records"},"status":"failure"}"#;
        answer(403, body)
    });
    let error = block_on(bench.run("getChoices", r#"{"fields":["urgency"]}"#)).unwrap_err();
    assert!(error.remedy().contains("personalize_choices"), "{}", error.remedy());
    let error = block_on(bench.run("getFields", "{}")).unwrap_err();
    assert!(error.remedy().contains("sys_dictionary"), "{}", error.remedy());
}

#[test]
fn nobodys_page_says_that_the_application_is_not_installed() {
    for line in
        [|_| answer(404, ""), |_| answer(400, ""), |_| answer(404, "<h1>gateway</h1>")] as [Line; 3]
    {
        let bench = Bench::new();
        bench.line.set(line);
        assert_eq!(push(&bench, &alert("c", "a")).unwrap_err().code(), Code::Refused);
    }
}

#[test]
fn a_long_wait_is_waited_for_an_hour_and_not_for_nothing() {
    for line in [
        |_| limited("4294967296"),
        |_| limited("99999999999999999999"),
        |_| limited("Sunday, 06-Nov-50 08:49:37 GMT"),
    ] as [Line; 3]
    {
        let bench = Bench::new();
        bench.line.set(line);
        let error = push(&bench, &alert("c", "a")).unwrap_err();
        assert_eq!(error.retry(), Retry::At(1_714_979_289_000 + 3_600_000), "{error}");
    }
}

#[test]
fn how_long_to_wait_is_what_the_instance_says_where_that_is_still_to_come() {
    const NOW: i64 = 1_714_979_289;
    fn with(status: u16, headers: &[(&str, i64)]) -> Option<Result<Response, SendError>> {
        let mut answer = answer(status, "{}");
        if let Some(Ok(answer)) = &mut answer {
            let headers = headers.iter().map(|(name, value)| ((*name).into(), value.to_string()));
            answer.headers.extend(headers);
        }
        answer
    }
    for (line, retry) in [
        ((|_| with(503, &[("retry-after", 60)])) as Line, Retry::At((NOW + 60) * 1000)),
        (|_| with(429, &[("x-ratelimit-reset", NOW + 9)]), Retry::At((NOW + 9) * 1000)),
        (
            |_| with(429, &[("x-ratelimit-reset", NOW + 9), ("retry-after", 60)]),
            Retry::At((NOW + 60) * 1000),
        ),
        (|_| with(429, &[("x-ratelimit-reset", NOW)]), Retry::Soon),
        (|_| with(429, &[("retry-after", 0)]), Retry::Soon),
    ] {
        let bench = Bench::new();
        bench.line.set(line);
        assert_eq!(push(&bench, &alert("c", "a")).unwrap_err().retry(), retry);
    }
}

#[test]
fn a_refusal_says_whose_fault_it_is() {
    for (line, source) in [
        ((|_| answer(401, "{}")) as Line, ErrorSource::User),
        (|_| answer(403, "{}"), ErrorSource::User),
        (|_| answer(429, "{}"), ErrorSource::User),
        (|_| ended("ERR_BAD_RESPONSE"), ErrorSource::User),
        (|_| answer(201, r#"{"result":[{"status":"error"}]}"#), ErrorSource::User),
        (|_| answer(400, "{}"), ErrorSource::Framework),
        (|_| answer(404, "{}"), ErrorSource::Framework),
        (|_| answer(503, "{}"), ErrorSource::Framework),
        (|_| ended("ECONNREFUSED"), ErrorSource::Framework),
    ] {
        let bench = Bench::new();
        bench.line.set(line);
        let error = push(&bench, &alert("c", "a")).unwrap_err();
        assert_eq!(error.source(), source, "{error}");
    }
}

#[test]
fn what_a_gateway_finds_too_large_is_to_be_shortened() {
    let error = closing(|_| answer(413, "<html>too large")).unwrap_err();
    assert_eq!((error.code(), error.retry()), (Code::Refused, Retry::Never), "{error}");
    assert!(error.remedy().starts_with("Shorten"), "{}", error.remedy());
}

#[test]
fn choices_and_fields_that_nobody_may_read_are_not_passed_over_in_silence() {
    let bench = Bench::new();
    bench.line.set(|_| answer_with(200, ("x-total-count", "3"), r#"{"result":[]}"#));
    block_on(bench.run("getChoices", r#"{"fields":["urgency"]}"#)).unwrap();
    block_on(bench.run("getFields", "{}")).unwrap();
    let log = bench.log.borrow().join("\n");
    assert!(log.contains("Warn: Choices that the instance counts and does not show: 3."), "{log}");
    assert!(log.contains("personalize_choices"), "{log}");
    assert!(log.contains("Warn: Fields that the instance counts and does not show: 3."), "{log}");
    assert!(log.contains("sys_dictionary"), "{log}");
}

#[test]
fn a_refusal_without_a_word_is_the_instances_own() {
    for (line, code, remedy) in [
        ((|_| answer(401, "")) as Line, Code::Unauthenticated, "credentials"),
        (|_| answer(403, ""), Code::Forbidden, "roles"),
        (mfa, Code::Unauthenticated, "without multi-factor authentication"),
        // One with a word needs nobody to guess.
        (|_| answer(500, r#"{"error":{"message":"Script error"}}"#), Code::Refused, "its log"),
    ] {
        let error = closing(line).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.remedy().contains(remedy), "{}", error.remedy());
        assert_eq!(error.text().contains("Reason: "), error.text().contains("Script"), "{error}");
    }
}

fn mfa(_: usize) -> Option<Result<Response, SendError>> {
    let mut answer = answer(401, "");
    if let Some(Ok(answer)) = &mut answer {
        answer.headers.push(("x-mfa_token".into(), "required".into()));
    }
    answer
}

fn limited(after: &str) -> Option<Result<Response, SendError>> {
    let mut answer = answer(429, "{}");
    if let Some(Ok(answer)) = &mut answer {
        answer.headers.push(("retry-after".into(), after.into()));
    }
    answer
}

#[test]
fn an_instance_that_shows_closed_incidents_alone_is_not_taken_for_one_without_open_ones() {
    let bench = Bench::new();
    bench.line.set(|_| {
        let record = r#"{"sys_id":"9d38","correlation_id":"c","state":"7"}"#;
        answer(200, &format!(r#"{{"result":[{}]}}"#, [record; 100].join(",")))
    });
    let error = close(&bench, &recovered("c")).unwrap_err();
    assert_eq!((error.code(), error.retry()), (Code::IncidentsHidden, Retry::Never), "{error}");
    assert!(error.remedy().contains("query the incident's state"), "{}", error.remedy());
}
