//! What goes wrong with recoveries: the alert's own incident is closed and no other, and none is said to be
//! that is not.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may take for granted what it is about")]

#[cfg(test)]
mod support;

use futures::executor::block_on;
use servicenow_itsm_connector::actions::Attempt;
use servicenow_itsm_connector::error::{Code, Retry};
use servicenow_itsm_connector::host::{Response, SendError};
use servicenow_simulator::CloseCodes;
use support::actions::{alert, close, push, recovered};
use support::instance::{Bench, Line, answer, basic, ended, lost};

#[test]
fn an_incident_that_was_not_the_one_to_close_is_an_error() {
    let bench = Bench::new();
    push(&bench, &alert("c", "a")).unwrap();
    bench.line.set(|place| match place {
        3 => {
            answer(201, r#"{"result":[{"status":"updated","sys_id":"other","table":"incident"}]}"#)
        }
        _ => None,
    });
    let error = close(&bench, &recovered("c")).unwrap_err();
    assert_eq!((error.code(), error.retry()), (Code::OtherIncidents, Retry::Never));
}

#[test]
fn an_instance_that_lacks_the_usual_close_code_gets_the_nearest_of_its_own() {
    for uses_table_api in [false, true] {
        let bench = Bench::set_up(|setup| {
            setup.switches.close_codes = CloseCodes::New;
            setup.transform_maps[0].run_business_rules = true;
        });
        let connector = basic(uses_table_api);
        block_on(bench.run_as(&connector, "pushToService", &alert("c", "a"))).unwrap();
        block_on(bench.run_as(&connector, "closeIncident", &recovered("c"))).unwrap();
        let incident = bench.incident("INC0010001");
        assert_eq!(incident.fields["state"], "7");
        assert_eq!(incident.fields["close_code"], "Resolved by caller");
    }
}

/// What is answered to a close that a data policy refuses.
fn no_such_code() -> Option<Result<Response, SendError>> {
    answer(
        201,
        r#"{"result":[{"status":"error","error_message":
            "Data Policy Exception: The following fields are mandatory: Resolution code"}]}"#,
    )
}

#[test]
fn of_close_codes_that_nobody_knows_any_is_better_than_an_incident_that_stays_open() {
    let bench = Bench::new();
    push(&bench, &alert("c", "a")).unwrap();
    bench.line.set(|place| match place {
        3 => no_such_code(),
        4 => answer(
            200,
            r#"{"result":[{"value":""},{"value":"User error"},{"value":"Known error"}]}"#,
        ),
        _ => None,
    });
    close(&bench, &recovered("c")).unwrap();
    assert_eq!(bench.incident("INC0010001").fields["close_code"], "User error");
}

#[test]
fn a_data_policy_that_no_close_code_satisfies_ends_the_recovery() {
    let none: Line = |place| match place {
        3 => no_such_code(),
        4 => answer(200, r#"{"result":[]}"#),
        _ => None,
    };
    let unreadable: Line = |place| match place {
        3 => no_such_code(),
        4 => answer(403, "{}"),
        _ => None,
    };
    let usual: Line = |place| if place == 3 { no_such_code() } else { None };
    for (line, remedy) in
        [(none, "personalize_choices"), (unreadable, "personalize_choices"), (usual, "data policy")]
    {
        let bench = Bench::new();
        push(&bench, &alert("c", "a")).unwrap();
        bench.line.set(line);
        let error = close(&bench, &recovered("c")).unwrap_err();
        assert_eq!((error.code(), error.retry()), (Code::ImportFailed, Retry::Never), "{error}");
        assert!(error.remedy().contains(remedy), "{}", error.remedy());
        assert!(error.text().contains("Unable to close incident"), "{error}");
        assert_eq!(bench.requests().len(), 5);
    }
}

#[test]
fn a_close_that_was_canceled_under_way_is_not_made_again_where_nobody_counts_attempts() {
    let bench = Bench::new();
    push(&bench, &alert("c", "a")).unwrap();
    bench.line.set(|place| if place > 2 { ended("ERR_CANCELED") } else { None });
    let error = close(&bench, &recovered("c")).unwrap_err();
    assert_eq!((error.code(), error.retry()), (Code::Canceled, Retry::Never));
    assert!(error.remedy().starts_with("Look at the incident"), "{}", error.remedy());
}

#[test]
fn only_servicenow_can_say_that_there_is_no_such_incident() {
    let bench = Bench::new();
    bench.line.set(|_| answer(404, "<html>no such page</html>"));
    let error = close(&bench, r#"{"incident":{"externalId":"9d38"}}"#).unwrap_err();
    assert_eq!(error.code(), Code::Refused);
}

#[test]
fn a_close_that_took_place_all_the_same_is_not_made_again() {
    for uses_table_api in [false, true] {
        let bench = Bench::new();
        push(&bench, &alert("c", "a")).unwrap();
        bench.line.set(|place| if place == 3 { lost() } else { None });
        let connector = basic(uses_table_api);
        block_on(bench.run_as(&connector, "closeIncident", &recovered("c"))).unwrap();
        assert_eq!(bench.incident("INC0010001").fields["state"], "7");
    }
}

/// The incident of an alert, as a list of it has it.
fn found() -> Option<Result<Response, SendError>> {
    answer(200, r#"{"result":[{"sys_id":"9d38","state":"1","correlation_id":"c"}]}"#)
}

/// Two incidents of an alert, as a list of them has them for who may not read their state.
const STATELESS: &str = r#"{"result":[
    {"sys_id":"9d39","correlation_id":"c"},{"sys_id":"9d38","correlation_id":"c"}]}"#;

/// The incident, open.
fn open() -> Option<Result<Response, SendError>> {
    answer(200, r#"{"result":{"sys_id":"9d38","state":"1","correlation_id":"c"}}"#)
}

#[test]
fn a_close_that_did_not_take_place_is_made_again() {
    let refused: Line = |place| match place {
        0 => found(),
        1 => answer(502, ""),
        _ => open(),
    };
    let unanswered: Line = |place| match place {
        0 => found(),
        1 => lost(),
        _ => open(),
    };
    let named: Line = |place| if place == 1 { lost() } else { open() };
    let (by_correlation, by_id) = (recovered("c"), r#"{"incident":{"externalId":"9d38"}}"#);
    for (line, params, attempt, retry) in [
        (refused, by_correlation.as_str(), Attempt::Only, Retry::Soon),
        (named, by_id, Attempt::Only, Retry::Soon),
        (unanswered, &by_correlation, Attempt::First { is_timed: true }, Retry::Soon),
        // The instance may close it yet, and then the next one of the alert would be closed as well.
        (unanswered, &by_correlation, Attempt::Only, Retry::Never),
    ] {
        for uses_table_api in [false, true] {
            let bench = Bench::new();
            bench.attempt.set(attempt);
            bench.line.set(line);
            let connector = basic(uses_table_api);
            let error = block_on(bench.run_as(&connector, "closeIncident", params)).unwrap_err();
            assert_eq!(error.retry(), retry, "{error}");
            assert_eq!(error.remedy().starts_with("Look at the incident"), retry == Retry::Never);
        }
    }
}

#[test]
fn of_several_open_incidents_of_an_alert_the_log_tells_where_there_should_be_one() {
    let connector = basic(true);
    for uses_table_api in [false, true] {
        let bench = Bench::new();
        for text in ["older", "newer"] {
            block_on(bench.run_as(&connector, "pushToService", &alert("c", text))).unwrap();
        }
        let recovery = recovered("c");
        block_on(bench.run_as(&basic(uses_table_api), "closeIncident", &recovery)).unwrap();
        let log = bench.log.borrow().join(" ");
        let warning =
            "Warn: Several open incidents have the correlation ID c: INC0010002, INC0010001.";
        assert_eq!(log.contains(warning), !uses_table_api, "{log}");
    }
}

#[test]
fn the_latest_is_closed_in_whichever_order_they_come() {
    let bench = Bench::new();
    bench.line.set(|place| match place {
        0 => answer(
            200,
            r#"{"result":[
                {"sys_id":"9d37","state":"1","correlation_id":"c","sys_created_on":"2024-05-06 07:08:08"},
                {"sys_id":"9d38","state":"1","correlation_id":"c","sys_created_on":"2024-05-06 07:08:09"}
            ]}"#,
        ),
        1 => answer(201, r#"{"result":[{"status":"updated","sys_id":"9d38"}]}"#),
        _ => open(),
    });
    let closed = close(&bench, &recovered("c")).unwrap();
    assert!(closed.contains("9d38"), "{closed}");
}

#[test]
fn of_several_whose_state_cannot_be_read_the_instance_says_which_is_open() {
    let closing: Line = |place| match place {
        0 => answer(200, STATELESS),
        1 => answer(200, r#"{"result":[{"sys_id":"9d38","correlation_id":"c"}]}"#),
        2 => answer(201, r#"{"result":[{"status":"updated","sys_id":"9d38"}]}"#),
        _ => open(),
    };
    let bench = Bench::new();
    bench.line.set(closing);
    let closed = close(&bench, &recovered("c")).unwrap();
    assert!(closed.contains("9d38"), "{closed}");
    let none_open: Line = |place| match place {
        0 => answer(200, STATELESS),
        _ => answer(200, r#"{"result":[]}"#),
    };
    let bench = Bench::new();
    bench.line.set(none_open);
    let closed = close(&bench, &recovered("c")).unwrap();
    assert!(closed.contains("9d39"), "{closed}");
    assert_eq!(bench.requests().len(), 2, "nothing was written");
}

#[test]
fn a_close_of_which_nobody_may_see_what_it_came_to_is_an_error() {
    let bench = Bench::new();
    bench.line.set(|place| match place {
        0 => found(),
        1 => answer(201, r#"{"result":[{"status":"updated","sys_id":"9d38"}]}"#),
        _ => answer(403, r#"{"error":{"message":"User Not Authorized"}}"#),
    });
    let error = close(&bench, &recovered("c")).unwrap_err();
    assert_eq!((error.code(), error.retry()), (Code::Forbidden, Retry::Never), "{error}");
}

#[test]
fn an_incident_that_is_gone_is_none_to_close() {
    for (uses_table_api, place) in [(false, 0), (true, 0), (true, 1)] {
        let bench = Bench::new();
        push(&bench, &alert("c", "a")).unwrap();
        bench.line.set(match place {
            0 => |sent| if sent == 2 { answer(404, GONE) } else { None },
            _ => |sent| if sent == 3 { answer(404, GONE) } else { None },
        });
        let connector = basic(uses_table_api);
        let outcome = block_on(bench.run_as(&connector, "closeIncident", &recovered("c")));
        assert_eq!(outcome.unwrap(), "{}");
        let warning = "Warn: [ServiceNow][CloseIncident] No incident found with incidentId: null.";
        assert!(bench.log.borrow().contains(&warning.to_owned()));
    }
    let bench = Bench::new();
    push(&bench, &alert("c", "a")).unwrap();
    bench.line.set(|sent| if sent == 3 { answer(404, GONE) } else { None });
    let error = close(&bench, &recovered("c")).unwrap_err();
    assert_eq!(error.code(), Code::Refused, "the import is not there, which is no clean close");
}

#[test]
fn an_incident_that_is_not_shown_once_it_is_closed_was_closed_all_the_same() {
    let bench = Bench::new();
    push(&bench, &alert("c", "a")).unwrap();
    bench.line.set(|sent| if sent == 4 { answer(404, GONE) } else { None });
    assert_eq!(close(&bench, &recovered("c")).unwrap(), "{}");
    assert_eq!(bench.incidents()[0].fields["state"], "7");
    let log = bench.log.borrow();
    let warnings: Vec<&String> = log.iter().filter(|line| line.starts_with("Warn: ")).collect();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains(" was closed, and cannot be read: "), "{warnings:?}");
}

const GONE: &str = r#"{"error":{"message":"No Record found","detail":"ACL"}}"#;

#[test]
fn an_id_is_the_same_in_capitals() {
    let bench = Bench::new();
    bench.line.set(|place| match place {
        0 => answer(200, r#"{"result":{"sys_id":"9d38","state":"1"}}"#),
        1 => answer(201, r#"{"result":[{"status":"updated","sys_id":"9d38"}]}"#),
        _ => answer(200, r#"{"result":{"sys_id":"9d38","state":"7","number":"INC1"}}"#),
    });
    let closed = close(&bench, r#"{"incident":{"externalId":"9D38"}}"#).unwrap();
    assert!(closed.contains("INC1"), "{closed}");
}

#[test]
fn an_incident_that_a_rule_keeps_open_is_told_of() {
    let bench = Bench::new();
    bench.line.set(|place| match place {
        0 => found(),
        1 => answer(201, r#"{"result":[{"status":"updated","sys_id":"9d38"}]}"#),
        _ => answer(200, r#"{"result":{"sys_id":"9d38","state":"1"}}"#),
    });
    close(&bench, &recovered("c")).unwrap();
    assert!(bench.log.borrow().iter().any(|line| line.contains("is open still")));

    // Of one whose state the user may not see, nobody knows.
    let bench = Bench::new();
    bench.line.set(|place| match place {
        0 => found(),
        1 => answer(201, r#"{"result":[{"status":"updated","sys_id":"9d38"}]}"#),
        _ => answer(200, r#"{"result":{"sys_id":"9d38"}}"#),
    });
    close(&bench, &recovered("c")).unwrap();
    assert!(!bench.log.borrow().iter().any(|line| line.starts_with("Warn: ")));
}

#[test]
fn a_recovery_is_not_over_while_the_instance_keeps_incidents_back() {
    let bench = Bench::new();
    push(&bench, &alert("c", "a")).unwrap();
    bench.line.set(|place| {
        let mut answer = answer(200, r#"{"result":[]}"#);
        if let Some(Ok(answer)) = &mut answer {
            answer.headers.push(("x-total-count".into(), "1".into()));
        }
        (place == 2).then_some(answer).flatten()
    });
    let error = close(&bench, &recovered("c")).unwrap_err();
    assert_eq!((error.code(), error.retry()), (Code::IncidentsHidden, Retry::Soon), "{error}");
    close(&bench, &recovered("c")).unwrap();
    assert_eq!(bench.incidents()[0].fields["state"], "7");

    // Nor where the open one may be among them, behind a hundred that are closed.
    let bench = Bench::new();
    bench.line.set(|place| {
        let record = r#"{"sys_id":"9d38","correlation_id":"c","state":"7"}"#;
        let closed = format!(r#"{{"result":[{}]}}"#, [record; 100].join(","));
        let mut answer = answer(200, if place == 0 { &closed } else { r#"{"result":[]}"# });
        if let Some(Ok(answer)) = &mut answer {
            answer.headers.push(("x-total-count".into(), "1".into()));
        }
        answer
    });
    let error = close(&bench, &recovered("c")).unwrap_err();
    assert_eq!((error.code(), error.retry()), (Code::IncidentsHidden, Retry::Soon), "{error}");
}

#[test]
fn incidents_of_others_that_come_instead_of_the_alerts_own_are_not_closed() {
    let bench = Bench::new();
    bench.line.set(|_| {
        answer(
            200,
            r#"{"result":[{"sys_id":"1","state":"1","correlation_id":"other"},
                {"sys_id":"2","state":"1"}]}"#,
        )
    });
    let error = close(&bench, &recovered("c")).unwrap_err();
    assert_eq!((error.code(), error.retry()), (Code::OtherIncidents, Retry::Never), "{error}");
    assert_eq!(bench.requests().len(), 1, "nothing is written");
}

#[test]
fn of_incidents_whose_ids_differ_in_case_the_alerts_own_is_closed() {
    let bench = Bench::new();
    bench.line.set(|place| match place {
        0 => answer(
            200,
            r#"{"result":[{"sys_id":"","state":"1","correlation_id":"c"},
                {"sys_id":"1","state":"1","correlation_id":"C"},
                {"sys_id":"2","state":"1","correlation_id":"c"}]}"#,
        ),
        1 => answer(201, r#"{"result":[{"status":"updated","sys_id":"2"}]}"#),
        _ => answer(200, r#"{"result":{"sys_id":"2","state":"7","number":"INC2"}}"#),
    });
    assert!(close(&bench, &recovered("c")).unwrap().contains("INC2"));
}
