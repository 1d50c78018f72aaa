//! An ID means itself and nothing else: it cannot change a query, add a condition to it or leave
//! its parameter or its path, and a correlation ID finds exactly the incident that was written with it.

use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use serde_json::json;
use servicenow_itsm_connector::actions::Outcome;
use servicenow_itsm_connector::error::Code;
use servicenow_itsm_connector::host::Response;
use servicenow_itsm_connector::params::DEFAULT_CORRELATION_ID;
use servicenow_itsm_connector::servicenow::CorrelationId;
use servicenow_simulator::{Instance, Request, Setup, User};
use std::cell::RefCell;

use crate::grammar::{Texts, joined, one_of, some, words};
use crate::memory_host::{Answer, Exchange, MemoryHost, NOW, ORIGIN, PASSWORD, basic};
use crate::{Rule, text};

/// See the module.
pub const RULE: Rule = Rule { name: "query", check, inputs, pieces, needs_oracle: false };

const INCIDENTS: &str = "/api/now/v2/table/incident";

fn check(input: &[u8]) {
    let id = text(input);
    form_is_safe(&id);
    look_up_asks_for_it_alone(&id);
    path_holds_it_alone(&id);
    choices_are_those_of_the_fields(&id);
    finds_its_own_incident(&id);
}

/// What ServiceNow can hold, and takes for a value (servicenow-instance.md 3.3, 4.6).
fn form_is_safe(id: &str) {
    let Some(form) = CorrelationId::new(id) else {
        assert!(id.trim().is_empty() || id == DEFAULT_CORRELATION_ID, "it is no ID: {id:?}");
        return;
    };
    let form = form.as_str();
    assert!(form.chars().count() <= 100, "{form:?} is too long");
    assert!(
        !form.contains('^') && !form.chars().any(char::is_control),
        "{form:?} is more than a value"
    );
    assert_eq!(form.trim(), form, "blanks at the ends are lost");
    assert!(!form.to_lowercase().contains("javascript:"), "{form:?} would be run");
    let again = CorrelationId::new(form).expect("a form is an ID");
    assert_eq!(again.as_str(), form, "a form is its own form");
    let other = CorrelationId::new(&format!("{id}x")).expect("it is an ID");
    assert_ne!(other.as_str(), form, "two IDs have one form");
}

fn look_up_asks_for_it_alone(id: &str) {
    let host = MemoryHost::new(|_| answer(200, r#"{"result":[]}"#));
    let params = json!({ "incident": { "correlation_id": id } });
    let outcome = host.run(&basic(false), "closeIncident", &params);
    let exchanges = host.exchanges.take();
    let Some(form) = CorrelationId::new(id) else {
        assert!(exchanges.is_empty(), "nothing was named, and {exchanges:?} asked");
        return;
    };
    assert!(matches!(outcome, Ok(Outcome::Nothing {})), "{outcome:?}");
    let [exchange] = &exchanges[..] else { panic!("one look-up: {exchanges:?}") };
    let (path, parameters) = parsed(&exchange.target);
    assert_eq!(path, INCIDENTS);
    let names: Vec<&str> = parameters.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["sysparm_query", "sysparm_fields", "sysparm_limit"]);
    let terms: Vec<&str> = parameters[0].1.split('^').collect();
    let own = format!("correlation_id={}", form.as_str());
    assert_eq!(terms, ["ORDERBYDESCsys_created_on", own.as_str()]);
}

fn path_holds_it_alone(id: &str) {
    let params = [
        ("getIncident", json!({ "externalId": id })),
        ("closeIncident", json!({ "incident": { "externalId": id } })),
        (
            "pushToService",
            json!({ "incident": { "short_description": "a",
            "externalId": id, "correlation_id": null } }),
        ),
    ];
    for (sub_action, params) in params {
        let host = MemoryHost::new(|_| answer(404, r#"{"error":{"message":"No Record found"}}"#));
        let outcome = host.run(&basic(true), sub_action, &params);
        for exchange in host.exchanges.take() {
            let (path, _) = parsed(&exchange.target);
            if path == INCIDENTS && exchange.method == "POST" {
                assert!(id.trim().is_empty(), "{id:?} was named, and another incident made");
                continue;
            }
            let segment = path.strip_prefix(INCIDENTS).and_then(|rest| rest.strip_prefix('/'));
            let segment = segment.unwrap_or_else(|| panic!("{path} is another place"));
            assert!(!matches!(segment, "." | ".." | ""), "{path} is another place");
            assert_eq!(percent_decode_str(segment).decode_utf8().unwrap(), id);
        }
        if let Err(error) = outcome {
            let decided = [Code::NotFound, Code::BlankIdentifier, Code::NoIncidentNamed];
            assert!(decided.contains(&error.code()), "{error:?}");
        }
    }
}

fn choices_are_those_of_the_fields(id: &str) {
    let fields: Vec<&str> = id.split(',').collect();
    let host = MemoryHost::new(|_| answer(200, r#"{"result":[]}"#));
    let outcome = host.run(&basic(false), "getChoices", &json!({ "fields": fields }));
    match &host.exchanges.take()[..] {
        [] => assert_eq!(outcome.unwrap_err().code(), Code::BlankIdentifier),
        [exchange] => {
            let (_, parameters) = parsed(&exchange.target);
            let elements: Vec<String> =
                fields.iter().map(|name| format!("element={name}")).collect();
            let query = format!("name=task^ORname=incident^{}^language=en", elements.join("^OR"));
            assert_eq!(parameters[0], ("sysparm_query".to_owned(), query.clone()));
            assert_eq!(query.split('^').count(), fields.len() + 3, "a field is more than a name");
        }
        more => panic!("{more:?}"),
    }
}

fn finds_its_own_incident(id: &str) {
    let Some(form) = CorrelationId::new(id) else { return };
    let setup =
        Setup { now: NOW, users: vec![User::new("svc-elastic", PASSWORD)], ..Setup::default() };
    let instance = RefCell::new(Instance::new(setup).unwrap());
    let host = MemoryHost::new(|exchange| ask(&mut instance.borrow_mut(), exchange));
    let push = |id: &str| {
        let params = json!({ "incident": { "short_description": id, "correlation_id": id } });
        match host.run(&basic(false), "pushToService", &params) {
            Ok(Outcome::Incident(summary)) => summary.id,
            other => panic!("{other:?}"),
        }
    };
    let close = |id: &str| {
        let params = json!({ "incident": { "correlation_id": id } });
        host.run(&basic(false), "closeIncident", &params)
    };
    let others = ["r-1:db-07", "x", &format!("{id}x"), &format!("x{id}")].map(push);
    let found = close(id);
    let is_like = |other: &str| other.eq_ignore_ascii_case(form.as_str());
    let is_there = ["r-1:db-07", "x"].into_iter().any(is_like);
    if !is_there {
        assert!(matches!(found, Ok(Outcome::Nothing {})), "nobody has opened it: {found:?}");
    }
    let own = push(id);
    assert_eq!(push(id), own, "the same alert, the same incident");
    assert!(is_there || !others.contains(&own), "it is somebody else's");
    match close(id) {
        Ok(Outcome::Incident(summary)) => assert_eq!(summary.id, own),
        other => panic!("{other:?}"),
    }
    for incident in instance.borrow().incidents() {
        let is_closed = incident.fields["state"] == "7";
        let is_own = incident.fields["sys_id"] == own;
        assert!(is_closed == is_own || is_there, "{:?}", incident.fields);
    }
}

/// What the simulator answers.
#[expect(clippy::unnecessary_wraps, reason = "it is what comes on a line")]
pub(crate) fn ask(instance: &mut Instance, exchange: &Exchange) -> Answer {
    let mut headers = exchange.headers.clone();
    headers.extend(exchange.authorization.clone().map(|value| ("authorization".to_owned(), value)));
    let answer = instance.handle(&Request {
        method: exchange.method.into(),
        target: exchange.target.clone(),
        headers,
        body: exchange.body.clone().into(),
        origin: ORIGIN.into(),
    });
    let headers =
        answer.headers.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value));
    Ok(Response { status: answer.status, headers: headers.collect(), body: answer.body })
}

#[expect(clippy::unnecessary_wraps, reason = "it is what comes on a line")]
fn answer(status: u16, body: &str) -> Answer {
    Ok(Response { status, headers: Vec::new(), body: body.to_owned() })
}

/// Path and parameters of a URL whose parts mean nothing but themselves.
fn parsed(target: &str) -> (&str, Vec<(String, String)>) {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~%/?&=,".contains(c);
    assert!(target.chars().all(is_plain), "{target} has to be read by rules of its own");
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    assert!(!query.contains(['?', '/']), "{target} has two queries");
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().unwrap().into_owned();
    let parameters = query.split('&').filter(|parameter| !parameter.is_empty());
    let pair = |parameter: &str| {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        assert!(!value.contains('='), "{target} has a value with a value");
        (decoded(name), decoded(value))
    };
    (path, parameters.map(pair).collect())
}

fn inputs() -> Texts {
    let repeated = (pieces(), 1..60_usize).prop_map(|(text, count)| text.repeat(count));
    prop_oneof![4 => some(pieces(), 4, ""), 2 => words(), 1 => repeated].boxed()
}

fn pieces() -> Texts {
    let plain = one_of(&[
        "r-77:web-1",
        "x",
        "urgency",
        "impact,urgency",
        "~0123456789abcdef0123456789abcdef",
        "a.b",
        "9d385017c611228701d22104cc95c371",
    ]);
    let terms = one_of(&[
        "^",
        "^state=1",
        "^ORstate!=7",
        "^NQactive=true",
        "^ORDERBYsys_id",
        "^EQ",
        "^^",
        "=",
        "!=",
        "ISEMPTY",
        "ANYTHING",
        "STARTSWITH",
        "@",
        "javascript:",
        "JavaScript:gs.getUserID()",
        "{{rule.id}}:{{alert.id}}",
        "DYNAMIC",
        "IN1,2",
    ]);
    let url = one_of(&[
        "&",
        "?",
        "#",
        "/",
        "..",
        ".",
        "../",
        "%2e",
        "%5E",
        "%",
        "%00",
        "+",
        ";",
        "&sysparm_limit=1",
        "\\",
        "/../sys_user",
        "//evil.example",
    ]);
    let blanks = one_of(&[
        " ", "\n", "\t", "\0", "\u{a0}", "\u{7f}", "\u{85}", "\u{2028}", "\u{200b}", "İ", "ſ",
    ]);
    prop_oneof![3 => plain.clone(), 3 => terms, 2 => url, 2 => blanks, 1 => words(), 1 => joined([plain, words()])]
        .boxed()
}
