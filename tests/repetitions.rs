//! An action that is run again: it finds what an attempt before has done, takes nothing else for it, and
//! does the rest.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may take for granted what it is about")]
#![allow(clippy::arithmetic_side_effects, reason = "a test's own numbers")]

#[cfg(test)]
mod support;

use futures::executor::block_on;
use servicenow_itsm_connector::actions::Attempt;
use servicenow_itsm_connector::error::{Code, Error, Retry};
use servicenow_itsm_connector::host::{Host, Milliseconds, Response, SendError};
use support::actions::{alert, close, push, recovered};
use support::instance::{Bench, Line, answer, basic, ended, lost};

const MINUTE: Milliseconds = 60_000;

fn insert(bench: &Bench, params: &str) -> Result<String, Error> {
    block_on(bench.run_as(&basic(true), "pushToService", params))
}

/// A bench whose alert `c` has two open incidents.
fn with_two() -> Bench {
    let bench = Bench::new();
    for text in ["older", "newer"] {
        insert(&bench, &alert("c", text)).unwrap();
        bench.advance(MINUTE);
    }
    bench
}

fn states(bench: &Bench) -> Vec<String> {
    let incidents = bench.incidents();
    incidents.iter().filter_map(|incident| incident.fields.get("state").cloned()).collect()
}

/// No answer comes, because the action is over, and the request was not sent.
fn over() -> Option<Result<Response, SendError>> {
    ended("ERR_DEADLINE").map(|ended| ended.map_err(|error| SendError { unsent: true, ..error }))
}

#[test]
fn an_incident_that_was_closed_and_cannot_be_read_back_ends_the_recovery() {
    // Two requests open the incidents, two find and close the latest, and the fifth reads it.
    for line in [
        |place| if place == 4 { answer(502, "") } else { None },
        |place| if place == 4 { answer(429, "{}") } else { None },
        |place| if place == 4 { answer(200, "<html>maintenance") } else { None },
        |place| if place == 4 { lost() } else { None },
        |place| if place == 4 { over() } else { None },
    ] as [Line; 5]
    {
        let bench = with_two();
        bench.line.set(line);
        let closed = close(&bench, &recovered("c")).unwrap();
        assert!(closed.contains("INC0010002"), "{closed}");
        assert_eq!(states(&bench), ["1", "7"]);
        let log = bench.log.borrow();
        assert!(log.iter().any(|line| line.starts_with("Warn: The incident ")), "{log:?}");
    }
}

#[test]
fn a_close_that_nobody_heard_of_is_not_made_again_on_the_next_incident() {
    for uses_table_api in [false, true] {
        let bench = with_two();
        let connector = basic(uses_table_api);
        let run = || block_on(bench.run_as(&connector, "closeIncident", &recovered("c")));
        bench.attempt.set(Attempt::First { is_timed: true });
        bench.line.set(|place| if place > 2 { lost() } else { None });
        let since = bench.now();
        assert_eq!(run().unwrap_err().retry(), Retry::Soon);
        assert_eq!(states(&bench), ["1", "7"]);

        bench.line.set(|_| None);
        bench.advance(MINUTE);
        bench.attempt.set(Attempt::Repeated { since: Some(since) });
        assert!(run().unwrap().contains("INC0010002"));
        assert_eq!(states(&bench), ["1", "7"]);
    }
}

#[test]
fn what_was_closed_before_is_not_taken_for_what_was_to_be_closed() {
    // Closed long ago, though it is the latest.
    let bench = with_two();
    close(&bench, &recovered("c")).unwrap();
    bench.advance(60 * MINUTE);
    bench.attempt.set(Attempt::Repeated { since: Some(bench.now()) });
    close(&bench, &recovered("c")).unwrap();
    assert_eq!(states(&bench), ["7", "7"]);

    // Closed just now, before the alert fired again.
    let bench = Bench::new();
    insert(&bench, &alert("c", "a")).unwrap();
    close(&bench, &recovered("c")).unwrap();
    bench.advance(MINUTE);
    insert(&bench, &alert("c", "a")).unwrap();
    bench.attempt.set(Attempt::Repeated { since: Some(bench.now() - MINUTE) });
    close(&bench, &recovered("c")).unwrap();
    assert_eq!(states(&bench), ["7", "7"]);
}

/// An earlier firing, a moment ago.
fn earlier() -> Option<Result<Response, SendError>> {
    answer(
        200,
        r#"{"result":[{"sys_id":"1","number":"INC1","state":"1","correlation_id":"c",
            "sys_created_on":"2024-05-06 07:08:00"}]}"#,
    )
}

fn earlier_texts() -> Option<Result<Response, SendError>> {
    answer(
        200,
        r#"{"result":{"sys_id":"1","short_description":"disk 80 %","description":"91 % of /data"}}"#,
    )
}

const SAID_EARLIER: Line = |place| match place {
    0 => answer(503, ""),
    1 => earlier(),
    _ => earlier_texts(),
};

#[test]
fn an_insert_that_failed_is_not_found_in_what_an_earlier_one_said() {
    let after_failing = |text| {
        let bench = Bench::new();
        bench.line.set(SAID_EARLIER);
        insert(&bench, &alert("c", text))
    };
    for text in ["disk 99 %", "disk 8"] {
        let error = after_failing(text).unwrap_err();
        assert_eq!((error.code(), error.retry()), (Code::Unavailable, Retry::Soon), "{text}");
    }
    assert!(after_failing("disk 80 %").unwrap().contains("INC1"));
    // Where it cannot be read, nobody knows what was inserted.
    let bench = Bench::new();
    bench.line.set(|place| match place {
        0 => answer(503, ""),
        1 => earlier(),
        _ => lost(),
    });
    assert_eq!(insert(&bench, &alert("c", "disk 99 %")).unwrap_err().retry(), Retry::Never);
}

#[test]
fn an_earlier_firing_is_not_taken_for_the_one_that_was_cut_off() {
    let long = "The disk of web-1 is full. ".repeat(20);
    for (first, second, incidents) in [
        ("disk 80 %", "disk 99 %", 2),
        ("disk 80 %", "disk 80 % ", 1),
        // The instance cuts it.
        (long.as_str(), long.as_str(), 1),
    ] {
        let bench = Bench::new();
        insert(&bench, &alert("c", first)).unwrap();
        bench.advance(9 * MINUTE);
        bench.attempt.set(Attempt::Repeated { since: Some(bench.now() - 10 * MINUTE) });
        insert(&bench, &alert("c", second)).unwrap();
        assert_eq!(bench.incidents().len(), incidents, "{second}");
    }
}

const COMMENTED: &str = r#"{"incident":{"short_description":"a","correlation_id":"c"},"comments":[
    {"commentId":"1","comment":"first"},{"commentId":"2","comment":"second"}]}"#;

#[test]
fn a_comment_that_was_not_sent_is_added_by_the_next_attempt() {
    let bench = Bench::new();
    bench.attempt.set(Attempt::First { is_timed: true });
    bench.line.set(|place| if place > 2 { over() } else { None });
    assert_eq!(push(&bench, COMMENTED).unwrap_err().retry(), Retry::Soon);
}

#[test]
fn an_inserted_incident_gets_its_comments_by_the_next_attempt() {
    for line in [
        |place| if place == 1 { answer(429, "{}") } else { None },
        |place| if place == 1 { answer(503, "") } else { None },
        |place| if place == 2 { lost() } else { None },
    ] as [Line; 3]
    {
        let bench = Bench::new();
        let since = bench.now();
        bench.attempt.set(Attempt::First { is_timed: true });
        bench.line.set(line);
        let error = insert(&bench, COMMENTED).unwrap_err();
        assert_ne!(error.retry(), Retry::Never, "{error}");

        bench.line.set(|_| None);
        bench.attempt.set(Attempt::Repeated { since: Some(since) });
        insert(&bench, COMMENTED).unwrap();
        assert_eq!(bench.incidents().len(), 1);
        assert_eq!(bench.incident("INC0010001").journal.len(), 2);
    }
    // An attempt that would not know since when would insert another one.
    for attempt in
        [Attempt::Only, Attempt::First { is_timed: false }, Attempt::Repeated { since: None }]
    {
        let bench = Bench::new();
        bench.attempt.set(attempt);
        bench.line.set(|place| if place == 1 { answer(429, "{}") } else { None });
        assert_eq!(insert(&bench, COMMENTED).unwrap_err().retry(), Retry::Never, "{attempt:?}");
    }
}

#[test]
fn an_insert_that_the_instance_may_be_at_work_on_is_looked_for_when_it_must_be_done() {
    let params = alert("c", "a");
    for line in [
        |_| ended("ECONNABORTED"),
        |place| if place == 0 { answer(500, "{}") } else { answer(200, NONE) },
    ] as [Line; 2]
    {
        let bench = Bench::new();
        bench.line.set(line);
        assert_eq!(insert(&bench, &params).unwrap_err().retry(), Retry::Never, "nobody looks");

        let bench = Bench::new();
        let since = bench.now();
        bench.attempt.set(Attempt::First { is_timed: true });
        bench.line.set(line);
        let error = insert(&bench, &params).unwrap_err();
        assert_eq!(error.retry(), Retry::At(since + 5 * MINUTE), "{error}");

        bench.line.set(|_| None);
        bench.advance(5 * MINUTE);
        bench.attempt.set(Attempt::Repeated { since: Some(since) });
        insert(&bench, &params).unwrap();
        assert_eq!(bench.incidents().len(), 1);
    }
    // Where nobody could look, the next attempt does.
    let bench = Bench::new();
    bench.attempt.set(Attempt::First { is_timed: true });
    bench.line.set(|_| lost());
    assert_eq!(insert(&bench, &params).unwrap_err().retry(), Retry::Soon);
}

const NONE: &str = r#"{"result":[]}"#;

#[test]
fn a_comment_is_added_where_there_are_too_many_to_be_read() {
    let bench = Bench::new();
    bench.attempt.set(Attempt::Repeated { since: None });
    bench.line.set(|place| if place == 2 { ended("ERR_BAD_RESPONSE") } else { None });
    push(&bench, COMMENTED).unwrap();
    assert_eq!(bench.incident("INC0010001").journal.len(), 2);
    let log = bench.log.borrow();
    assert!(log.iter().any(|line| line.contains("maximum response size")), "{log:?}");
}
