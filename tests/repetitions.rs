//! An action that is run again: it finds what an attempt before has done, takes nothing else for it, and
//! does the rest.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may take for granted what it is about")]
#![allow(clippy::arithmetic_side_effects, reason = "a test's own numbers")]

#[cfg(test)]
mod support;

use futures::executor::block_on;
use servicenow_itsm_connector::actions::{
    ActionDigest, Attempt, FirstRuns, TaskInfo, may_run_again,
};
use servicenow_itsm_connector::connector::Config;
use servicenow_itsm_connector::error::{Code, Error, Retry};
use servicenow_itsm_connector::host::{Host, Milliseconds, Response, SendError};
use servicenow_itsm_connector::schema::{Dialect, Value};
use support::actions::{alert, close, push, recovered};
use support::instance::{Bench, Line, answer, basic, ended, lost, params_of};

const MINUTE: Milliseconds = 60_000;

const GONE: &str = r#"{"error":{"message":"No Record found","detail":"ACL"}}"#;

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

fn journal(bench: &Bench) -> Vec<String> {
    let notes = bench.incident("INC0010001").journal;
    notes.iter().map(|note| note["value"].clone()).collect()
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
        // It was closed just now.
        assert!(closed.contains(r#""pushedDate":"2024-05-06T07:10:09.000Z""#), "{closed}");
        assert_eq!(states(&bench), ["1", "7"]);
        let log = bench.log.borrow();
        let warnings: Vec<_> = log.iter().filter(|line| line.starts_with("Warn: ")).collect();
        assert!(warnings[1].starts_with("Warn: The incident "), "{log:?}");
        assert_eq!(warnings.len(), 2, "one is of the two that are open: {log:?}");
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
    for text in ["disk 99 %", "disk 8", "disk 80 % of"] {
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

#[test]
fn an_alert_that_says_something_else_in_its_description_is_another_firing() {
    let bench = Bench::new();
    let params = alert("c", "Disk is full");
    insert(&bench, &params).unwrap();
    bench.attempt.set(Attempt::Repeated { since: Some(bench.now()) });
    insert(&bench, &params.replace("91 %", "92 %")).unwrap();
    assert_eq!(bench.incidents().len(), 2);
}

#[test]
fn an_incident_that_was_closed_meanwhile_is_not_the_one_of_an_alert_that_fires() {
    let bench = Bench::new();
    let since = bench.now();
    insert(&bench, &alert("c", "a")).unwrap();
    close(&bench, &recovered("c")).unwrap();
    bench.attempt.set(Attempt::Repeated { since: Some(since) });
    insert(&bench, &alert("c", "a")).unwrap();
    assert_eq!(states(&bench), ["7", "1"]);
}

#[test]
fn an_insert_that_nothing_identifies_is_looked_for_by_no_attempt() {
    let nameless = r#"{"incident":{"short_description":"a","correlation_id":null}}"#;
    for attempt in [Attempt::First { is_timed: true }, Attempt::Repeated { since: Some(0) }] {
        let bench = Bench::new();
        bench.attempt.set(attempt);
        bench.line.set(|_| lost());
        assert_eq!(insert(&bench, nameless).unwrap_err().retry(), Retry::Never, "{attempt:?}");
    }
}

#[test]
fn an_insert_whose_failure_the_instance_explains_is_not_waited_for() {
    let bench = Bench::new();
    bench.attempt.set(Attempt::First { is_timed: true });
    bench.line.set(|place| match place {
        0 => answer(500, r#"{"error":{"message":"Data Policy Exception: mandatory"}}"#),
        _ => answer(200, NONE),
    });
    let error = insert(&bench, &alert("c", "a")).unwrap_err();
    assert_eq!(error.retry(), Retry::Never, "{error}");
    assert!(error.remedy().contains("data policy"), "{}", error.remedy());
}

const COMMENTED: &str = r#"{"incident":{"short_description":"a","correlation_id":"c"},"comments":[
    {"commentId":"1","comment":"first"},{"commentId":"2","comment":"second"}]}"#;

#[test]
fn an_action_whose_time_is_up_before_a_comment_is_run_again() {
    let bench = Bench::new();
    bench.attempt.set(Attempt::First { is_timed: true });
    bench.line.set(|place| if place > 2 { over() } else { None });
    assert_eq!(push(&bench, COMMENTED).unwrap_err().retry(), Retry::Soon);

    bench.line.set(|_| None);
    bench.attempt.set(Attempt::Repeated { since: None });
    push(&bench, COMMENTED).unwrap();
    assert_eq!(bench.incident("INC0010001").journal.len(), 2);
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
fn an_insert_that_is_listed_and_cannot_be_read_yet_is_looked_for_again() {
    let bench = Bench::new();
    bench.attempt.set(Attempt::Repeated { since: Some(bench.now()) });
    bench.line.set(|place| match place {
        0 => earlier(),
        _ => answer(404, GONE),
    });
    let error = insert(&bench, &alert("c", "a")).unwrap_err();
    assert_eq!((error.code(), error.retry()), (Code::NotFound, Retry::Soon), "{error}");
}

#[test]
fn an_insert_that_the_instance_may_be_at_work_on_is_looked_for_when_it_must_be_done() {
    let params = alert("c", "a");
    for line in [
        |_| ended("ECONNABORTED"),
        |_| ended("ERR_DEADLINE"),
        |place| if place == 0 { answer(500, "{}") } else { answer(200, NONE) },
        |place| if place == 0 { answer(200, CANCELLED) } else { answer(200, NONE) },
    ] as [Line; 4]
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
    let done = bench.now() + 5 * MINUTE;
    assert_eq!(insert(&bench, &params).unwrap_err().retry(), Retry::At(done));
}

const CANCELLED: &str = r#"{"error":{"message":"Transaction cancelled"}}"#;

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

#[test]
fn where_the_host_counts_attempts_the_next_one_adds_the_comments_that_are_missing() {
    let params = r#"{"incident":{"short_description":"a","correlation_id":"c"},"comments":[
        {"commentId":"1","comment":"first"},{"commentId":"2","comment":"second"}]}"#;
    for failing in [2, 3] {
        let bench = Bench::new();
        bench.attempt.set(Attempt::First { is_timed: false });
        bench.line.set(match failing {
            2 => |place| if place == 2 { lost() } else { None },
            _ => |place| if place == 3 { lost() } else { None },
        });
        let done = bench.now() + 5 * MINUTE;
        assert_eq!(push(&bench, params).unwrap_err().retry(), Retry::At(done));
        bench.line.set(|_| None);
        bench.attempt.set(Attempt::Repeated { since: None });
        push(&bench, params).unwrap();
        assert_eq!(bench.incident("INC0010001").journal.len(), 2, "{failing} was lost");
    }
}

#[test]
fn a_comment_that_the_instance_may_be_at_work_on_is_looked_for_when_it_must_be_done() {
    for line in [
        |place| if place == 3 { answer(500, "{}") } else { None },
        |place| if place == 3 { ended("ECONNABORTED") } else { None },
        |place| if place == 3 { ended("ERR_CANCELED") } else { None },
        |place| {
            if place == 3 {
                answer(200, r#"{"error":{"message":"Transaction cancelled"}}"#)
            } else {
                None
            }
        },
    ] as [Line; 4]
    {
        let bench = Bench::new();
        bench.attempt.set(Attempt::First { is_timed: true });
        bench.line.set(line);
        let since = bench.now();
        let done = Retry::At(since + 5 * MINUTE);
        assert_eq!(push(&bench, COMMENTED).unwrap_err().retry(), done);

        bench.line.set(|_| None);
        bench.advance(5 * MINUTE);
        bench.attempt.set(Attempt::Repeated { since: Some(since) });
        push(&bench, COMMENTED).unwrap();
        assert_eq!(journal(&bench), ["first", "second"]);
    }
}

#[test]
fn a_comment_that_may_be_there_is_not_added_again_where_nobody_counts_attempts() {
    let bench = Bench::new();
    bench.line.set(|place| if place == 2 { answer(500, "{}") } else { None });
    let error = push(&bench, COMMENTED).unwrap_err();
    assert_eq!(error.retry(), Retry::Never);
    assert!(error.remedy().contains("may have been written"), "{}", error.remedy());
}

/// Runs of one action of connector `c-1`, by what Kibana says of them.
struct Runs<'a> {
    bench: &'a Bench,
    known: &'a FirstRuns,
    sub_action: &'static str,
    params: &'a str,
}

impl Runs<'_> {
    fn run(&self, attempts: u32, scheduled: Milliseconds) -> Result<String, Error> {
        let task = TaskInfo { attempts, scheduled: Some(scheduled), begun: None };
        let digest = || Some(ActionDigest::new(Some("c-1"), self.params));
        let run = self.known.begin(task, self.bench.now(), digest);
        self.bench.attempt.set(run.attempt);
        let params = run.of(params_of(self.sub_action, self.params));
        let (config, secrets) = basic(self.sub_action == "closeIncident");
        let outcome = block_on(self.bench.run_params((&config, &secrets), params));
        if let Err(error) = &outcome {
            self.known.failed(run, error, self.bench.now(), digest);
        }
        outcome
    }
}

/// The instance asks the third request to come again in an hour.
fn in_an_hour(place: usize) -> Option<Result<Response, SendError>> {
    let headers = vec![("retry-after".to_owned(), "3600".to_owned())];
    (place == 3).then(|| Ok(Response { status: 429, headers, body: "{}".to_owned() }))
}

#[test]
fn what_was_done_before_a_long_delay_is_known_still() {
    let (bench, known) = (Bench::new(), FirstRuns::default());
    let runs =
        Runs { bench: &bench, known: &known, sub_action: "pushToService", params: COMMENTED };
    bench.line.set(in_an_hour);
    let Retry::At(later) = runs.run(1, bench.now()).unwrap_err().retry() else { panic!() };
    bench.advance(later - bench.now());
    // And once more soon after it.
    bench.line.set(|place| if place == 4 { answer(503, "") } else { None });
    assert_eq!(runs.run(2, later).unwrap_err().retry(), Retry::Soon);
    bench.line.set(|_| None);
    bench.advance(MINUTE);
    runs.run(3, bench.now()).unwrap();
    assert_eq!(journal(&bench), ["first", "second"]);
}

#[test]
fn a_comment_whose_row_is_ignored_is_found_though_the_attempt_before_has_said_the_same() {
    let said = ["same", "same", "other"];
    let comments = said.map(|text| serde_json::json!({ "commentId": text, "comment": text }));
    let incident = serde_json::json!({ "short_description": "a", "correlation_id": "c" });
    let params = serde_json::json!({ "incident": incident, "comments": comments }).to_string();
    let bench = Bench::new();
    let since = bench.now();
    bench.attempt.set(Attempt::First { is_timed: true });
    bench.line.set(|place| if place == 2 { answer(502, "") } else { None });
    push(&bench, &params).unwrap_err();
    bench.advance(2 * MINUTE);
    bench.attempt.set(Attempt::Repeated { since: Some(since) });
    // Three requests before, three until the notes are read, and after each comment a look for it.
    bench.line.set(|place| match place {
        6 | 8 => answer(201, r#"{"result":[{"status":"ignored"}]}"#),
        _ => None,
    });
    push(&bench, &params).unwrap();
    assert_eq!(journal(&bench), said);
}

/// What another host makes of the second run of an action that is due at a time, by its own clock.
fn elsewhere(due: Milliseconds, now: Milliseconds) -> Attempt {
    Attempt::of(TaskInfo { attempts: 2, scheduled: Some(due), begun: None }, now)
}

#[test]
fn what_the_instance_has_put_off_is_found_by_another_host_whose_clock_is_behind() {
    for (minutes, behind) in [(1, 2_000), (30, 0), (60, 2_000)] {
        let bench = Bench::new();
        bench.attempt.set(Attempt::First { is_timed: true });
        // The incident is opened, and its comment is to come later.
        bench.line.set(|place| if place == 1 { answer(503, "") } else { None });
        insert(&bench, COMMENTED).unwrap_err();
        bench.line.set(|_| None);
        bench.advance(minutes * MINUTE);
        bench.attempt.set(elsewhere(bench.now(), bench.now() - behind));
        insert(&bench, COMMENTED).unwrap();
        assert_eq!(states(&bench), ["1"], "{minutes} min later, {behind} ms behind");

        // One of the two that the alert has now is closed, and nobody hears of it.
        insert(&bench, &alert("c", "newer")).unwrap();
        let recovery = recovered("c");
        let close = || block_on(bench.run_as(&basic(true), "closeIncident", &recovery));
        bench.attempt.set(Attempt::First { is_timed: true });
        close().unwrap();
        bench.advance(minutes * MINUTE);
        bench.attempt.set(elsewhere(bench.now(), bench.now() - behind));
        close().unwrap();
        assert_eq!(states(&bench), ["1", "7"], "{minutes} min later, {behind} ms behind");
    }
}

#[test]
fn a_recovery_that_is_run_again_closes_no_incident_that_the_alert_has_opened_since() {
    let recovery = recovered("c");
    // The third request closes the incident: nobody hears of it, or it never arrives.
    for is_heard in [true, false] {
        let (bench, known) = (Bench::new(), FirstRuns::default());
        let params = recovery.as_str();
        let runs = Runs { bench: &bench, known: &known, sub_action: "closeIncident", params };
        insert(&bench, &alert("c", "fired")).unwrap();
        bench.line.set(|place| if place >= 2 { lost() } else { None });
        bench.unheard.set(if is_heard { |_| false } else { |place| place == 2 });
        let failed_at = bench.now();
        let due = match runs.run(1, failed_at).unwrap_err().retry() {
            Retry::At(time) => time,
            retry => {
                assert_eq!(retry, Retry::Soon);
                failed_at + MINUTE
            }
        };
        bench.line.set(|_| None);
        bench.unheard.set(|_| false);
        bench.attempt.set(Attempt::Only);
        insert(&bench, &alert("c", "fired again")).unwrap();
        bench.advance(due - failed_at);
        runs.run(2, due).unwrap();
        assert_eq!(states(&bench), ["7", "1"], "{is_heard}: {:?}", bench.requests());
    }
}

#[test]
fn a_recovery_whose_incident_is_not_to_be_read_yet_looks_for_it_once_more() {
    let (bench, known) = (Bench::new(), FirstRuns::default());
    let params = recovered("c");
    let runs = Runs { bench: &bench, known: &known, sub_action: "closeIncident", params: &params };
    insert(&bench, &alert("c", "fired")).unwrap();
    bench.line.set(|place| if place == 2 { answer(429, "{}") } else { None });
    bench.unheard.set(|place| place == 2);
    runs.run(1, bench.now()).unwrap_err();
    bench.advance(MINUTE);
    bench.line.set(|place| if place == 3 { answer(404, GONE) } else { None });
    runs.run(2, bench.now()).unwrap();
    assert_eq!(states(&bench), ["7"]);
}

#[test]
fn what_another_action_has_said_just_before_is_no_sign_of_this_one() {
    let (bench, known) = (Bench::new(), FirstRuns::default());
    let runs =
        Runs { bench: &bench, known: &known, sub_action: "pushToService", params: COMMENTED };
    runs.run(1, bench.now()).unwrap();
    bench.advance(3 * MINUTE);
    bench.line.set(|place| if place >= 4 { answer(503, "") } else { None });
    assert_eq!(runs.run(1, bench.now()).unwrap_err().retry(), Retry::Soon);
    bench.line.set(|_| None);
    bench.advance(MINUTE / 2);
    runs.run(2, bench.now()).unwrap();
    assert_eq!(journal(&bench), ["first", "second", "first", "second"]);
}

#[test]
fn a_run_is_not_taken_for_the_next_one_of_another_action() {
    // Of an action that another host has run to its end.
    let (bench, known) = (Bench::new(), FirstRuns::default());
    let runs =
        Runs { bench: &bench, known: &known, sub_action: "pushToService", params: COMMENTED };
    bench.line.set(|place| if place == 3 { answer(503, "") } else { None });
    runs.run(1, bench.now()).unwrap_err();
    bench.line.set(|_| None);
    bench.advance(20 * MINUTE);
    runs.run(2, bench.now()).unwrap();
    assert_eq!(journal(&bench), ["first", "second", "first", "second"]);
}

#[test]
fn an_action_that_was_cut_off_and_is_run_again_adds_the_comments_that_are_not_there() {
    let params = |count: usize| {
        let comments = (1..=count).map(|id| format!(r#"{{"commentId":"{id}","comment":"same"}}"#));
        let comments = comments.collect::<Vec<_>>().join(",");
        let incident = r#"{"short_description":"a","correlation_id":"c"}"#;
        format!(r#"{{"incident":{incident},"comments":[{comments}]}}"#)
    };
    for done in 0..=3 {
        let bench = Bench::new();
        push(&bench, &params(done)).unwrap();
        bench.attempt.set(Attempt::Repeated { since: None });
        let pushed = push(&bench, &params(3)).unwrap();
        assert_eq!(bench.incident("INC0010001").journal.len(), 3, "{done} were there");
        assert_eq!(pushed["comments"].as_array().unwrap().len(), 3);
    }
}

#[test]
fn an_action_that_adds_no_comment_asks_for_none() {
    let params = r#"{"incident":{"short_description":"a","correlation_id":"c"},
        "comments":[{"commentId":"1","comment":" "}]}"#;
    let bench = Bench::new();
    bench.attempt.set(Attempt::Repeated { since: None });
    push(&bench, params).unwrap();
    assert_eq!(bench.requests().len(), 2, "{:?}", bench.requests());
}

#[test]
fn a_comment_that_quotes_a_note_is_not_added_again() {
    let bench = Bench::new();
    let params = r#"{"incident":{"short_description":"a","correlation_id":"c"},"comments":[
        {"commentId":"1","comment":"As before:\n2024-05-01 10:00:00 - Jane (Work notes)\nReplaced"}]}"#;
    push(&bench, params).unwrap();
    bench.attempt.set(Attempt::Repeated { since: None });
    push(&bench, params).unwrap();
    assert_eq!(bench.incident("INC0010001").journal.len(), 1);
}

#[test]
fn a_comment_that_was_said_before_is_no_sign_of_this_one() {
    const ALERT: &str = r#"{"incident":{"short_description":"a","correlation_id":"c"},
        "comments":[{"commentId":"1","comment":"CPU is high"}]}"#;
    // The last one is of before the action, by clocks that are a little apart.
    for (ago, there) in [(3_600_000, 2), (600_000, 2), (240_000, 1), (360_000, 1)] {
        let bench = Bench::new();
        push(&bench, ALERT).unwrap();
        bench.advance(ago);
        // The first attempt has failed before it wrote anything.
        let scheduled = Some(bench.now());
        bench
            .attempt
            .set(Attempt::of(TaskInfo { attempts: 2, scheduled, begun: None }, bench.now()));
        push(&bench, ALERT).unwrap();
        assert_eq!(bench.incident("INC0010001").journal.len(), there, "{ago} ago");
        // Another attempt finds what this one has added.
        push(&bench, ALERT).unwrap();
        assert_eq!(bench.incident("INC0010001").journal.len(), there, "{ago} ago");
    }
}

#[test]
fn the_time_of_a_comment_is_read_as_the_user_is_shown_it() {
    const COLUMNS: [&str; 4] = [
        r#""sys_updated_on":{"display_value":"05/06/2024 04:08:09 PM","value":"2024-05-06 07:08:09"},
            "work_notes":{"display_value":"05/06/2024 03:08:09 PM - Svc (Work notes)\nnote\n\n","value":""}"#,
        r#""sys_updated_on":{"display_value":"6 May","value":"2024-05-06 07:08:09"},
            "work_notes":{"display_value":"6 May - Svc (Work notes)\nnote\n\n","value":""}"#,
        r#""work_notes":{"display_value":"2024-05-06 06:08:09 - Svc (Work notes)\nnote\n\n"}"#,
        r#""sys_updated_on":"2024-05-06 07:08:09",
            "work_notes":"2024-05-06 06:08:09 - Svc (Work notes)\nnote\n\n""#,
    ];
    fn shown<const PLACE: usize>(place: usize) -> Option<Result<Response, SendError>> {
        let record =
            format!(r#"{{"result":{{"sys_id":"9d38","number":"INC1",{}}}}}"#, COLUMNS[PLACE]);
        match place {
            0 | 3 => answer(201, r#"{"result":[{"status":"updated","sys_id":"9d38"}]}"#),
            _ => answer(200, &record),
        }
    }
    let params = r#"{"incident":{"short_description":"a","correlation_id":"c"},
        "comments":[{"commentId":"1","comment":"note"}]}"#;
    // What cannot be read may be this action's; one that is an hour older is not.
    for (line, is_added) in
        [(shown::<0>, true), (shown::<1>, false), (shown::<2>, false), (shown::<3>, false)]
            as [(Line, bool); 4]
    {
        let bench = Bench::new();
        bench.line.set(line);
        bench.attempt.set(Attempt::Repeated { since: Some(bench.now()) });
        push(&bench, params).unwrap();
        assert_eq!(bench.requests().len() == 4, is_added, "{:?}", bench.requests());
    }
}

#[test]
fn the_comments_of_another_incident_count_for_nothing() {
    let bench = Bench::new();
    let params = r#"{"incident":{"short_description":"a","correlation_id":"c"},
        "comments":[{"commentId":"1","comment":"note"}]}"#;
    push(&bench, params).unwrap();
    bench.attempt.set(Attempt::Repeated { since: None });
    bench.line.set(|place| match place {
        5 => answer(200, r#"{"result":{"sys_id":"other","work_notes":""}}"#),
        _ => None,
    });
    let error = push(&bench, params).unwrap_err();
    assert_eq!((error.code(), error.retry()), (Code::OtherIncidents, Retry::Never));
    assert_eq!(bench.incident("INC0010001").journal.len(), 1);
}

#[test]
fn an_incident_that_was_written_and_is_not_to_be_read_yet_is_pushed_again() {
    let commented = r#"{"incident":{"short_description":"a","correlation_id":"c"},
        "comments":[{"commentId":"1","comment":"note"}]}"#;
    let nameless = r#"{"incident":{"short_description":"a","correlation_id":null}}"#;
    let not_read: Line = |place| if place == 1 { answer(404, GONE) } else { None };
    let no_notes: Line = |place| if place == 2 { answer(404, GONE) } else { None };
    for (line, params, retry) in [
        (not_read, commented, Retry::Soon),
        (no_notes, commented, Retry::Soon),
        (not_read, nameless, Retry::Never),
    ] {
        let bench = Bench::new();
        bench.attempt.set(Attempt::Repeated { since: None });
        bench.line.set(line);
        let error = push(&bench, params).unwrap_err();
        assert_eq!((error.code(), error.retry()), (Code::NotFound, retry), "{error}");
    }
}

#[test]
fn a_comment_is_added_where_nobody_may_see_whether_it_is_there() {
    let bench = Bench::new();
    bench.attempt.set(Attempt::Repeated { since: None });
    bench.line.set(|place| match place {
        0 | 3 => answer(201, r#"{"result":[{"status":"updated","sys_id":"9d38"}]}"#),
        _ => answer(200, r#"{"result":{"sys_id":"9d38","number":"INC1"}}"#),
    });
    let params = r#"{"incident":{"short_description":"a","correlation_id":"c"},
        "comments":[{"commentId":"1","comment":"note"}]}"#;
    push(&bench, params).unwrap();
    assert_eq!(bench.requests().len(), 4, "the last one adds the comment");
    let warning = "Warn: The work notes of the incident 9d38 cannot be read: ";
    assert!(bench.log.borrow().iter().any(|line| line.starts_with(warning)));
}

#[test]
fn a_record_that_was_inserted_before_the_action_was_cut_off_is_not_inserted_again() {
    let run = |bench: &Bench| {
        block_on(bench.run_as(&basic(true), "pushToService", &alert("c", "a"))).unwrap()
    };
    // The action began with the first insert, or later, or nobody knows when.
    for (later, incidents) in [(Some(0), 1), (Some(3_600_000), 2), (None, 2)] {
        let bench = Bench::new();
        let since = later.map(|later| bench.now() + later);
        run(&bench);
        bench.advance(3_600_000);
        bench.attempt.set(Attempt::Repeated { since });
        let pushed = run(&bench);
        assert!(pushed.contains(&format!("INC001000{incidents}")), "{pushed}");
        assert_eq!(bench.incidents().len(), incidents, "{later:?}");
    }
    // Of one whose age nobody may see it is not known that it is another action's.
    let bench = Bench::new();
    bench.attempt.set(Attempt::Repeated { since: Some(bench.now()) });
    bench.line.set(|place| match place {
        0 => answer(200, r#"{"result":[{"sys_id":"1","state":"1","correlation_id":"c"}]}"#),
        _ => answer(200, r#"{"result":{"sys_id":"1"}}"#),
    });
    run(&bench);
    assert_eq!(bench.requests().len(), 2, "it is found, and read");
}

#[test]
fn an_action_that_the_module_has_died_of_is_run_again_where_that_writes_nothing_twice() {
    let timed = Attempt::First { is_timed: true };
    let push = |incident: &str| format!(r#"{{"incident":{{"short_description":"a",{incident}}}}}"#);
    let known = r#""correlation_id":"c""#;
    let noted = r#""correlation_id":"c","additional_fields":"{\"work_notes\":\"a\"}""#;
    for (sub_action, params, uses_table_api, attempt, may) in [
        ("getFields", "{}".to_owned(), false, timed, true),
        ("getFields", "{}".to_owned(), false, Attempt::Only, false),
        ("closeIncident", recovered("c"), false, timed, true),
        ("closeIncident", recovered("c"), false, Attempt::First { is_timed: false }, false),
        ("pushToService", push(known), false, timed, true),
        ("pushToService", push(known), true, timed, true),
        ("pushToService", push(known), true, Attempt::First { is_timed: false }, false),
        ("pushToService", push(noted), false, timed, false),
        ("pushToService", push(r#""externalId":"9d38""#), true, timed, true),
        ("pushToService", push(r#""externalId":"..""#), true, timed, true),
        ("pushToService", push(r#""correlation_id":null"#), false, timed, false),
    ] {
        let config = Value::from_json(&basic(uses_table_api).0).unwrap();
        let config = Config::parse(config, Dialect::Zod4).unwrap();
        let of = may_run_again(&config, &params_of(sub_action, &params), attempt);
        assert_eq!(of, may, "{sub_action} {params} {uses_table_api} {attempt:?}");
    }
}
