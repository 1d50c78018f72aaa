//! Whatever an instance answers, an action ends with a decided outcome: after few requests, with a
//! success only where an answer proves it, with no other incident touched than the one that it is
//! about, and with nothing secret in what it says.
//!
//! An input is a line that names the flow, and answers after lines with `%` alone: a status (or `!`
//! and the code of a connection that failed), headers, an empty line, a body.

mod grammar;
mod proofs;

use std::cell::RefCell;

use serde_json::{Value as Json, json};
use servicenow_itsm_connector::actions::{Attempt, Outcome, Summary};
use servicenow_itsm_connector::error::{Error, Retry};
use servicenow_itsm_connector::host::{Response, SendError};

use self::proofs::Proofs;
use crate::memory_host::{Answer, Exchange, MemoryHost, NOW, ORIGIN, PASSWORD, basic};
use crate::{Rule, in_project, text};

/// See the module.
pub const RULE: Rule = Rule {
    name: "answers",
    check,
    inputs: grammar::inputs,
    pieces: grammar::pieces,
    needs_oracle: false,
};

const BETWEEN: &str = "\n%\n";

/// The incident that params name.
const NAMED: &str = "9d385017c611228701d22104cc95c371";

/// The correlation ID that params name.
const CORRELATION_ID: &str = "r-77:web-1";

/// The most requests of an action that adds two comments, each with a refused and a new token.
const MOST_REQUESTS: usize = 32;

/// What is asked of the connector.
struct Flow {
    sub_action: &'static str,
    params: Json,
    named: Option<&'static str>,
    correlated: bool,
    comments: usize,
    is_table: bool,
    attempt: Attempt,
}

fn check(input: &[u8]) {
    let input = text(input);
    let mut parts = input.split(BETWEEN);
    let head = parts.next().unwrap_or_default();
    let script: Vec<Answer> = parts.map(answer).collect();
    let script = RefCell::new(script.into_iter());
    let host = MemoryHost::new(|_| {
        script.borrow_mut().next().unwrap_or_else(|| Err(failed("ECONNRESET")))
    });
    let flow = flow(head);
    let connector =
        if head.contains("oauth") { oauth(head) } else { basic(head.contains("table")) };
    let outcome = host.attempt(&connector, flow.sub_action, &flow.params, flow.attempt);
    let (exchanges, log) = (host.exchanges.take(), host.log.take());
    assert!(exchanges.len() <= MOST_REQUESTS, "{} requests", exchanges.len());
    for exchange in &exchanges {
        let value = exchange.authorization.as_deref().unwrap_or("none");
        assert!(value.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{value:?} cannot be sent");
    }
    touches_its_own(&flow, &exchanges);
    match &outcome {
        Ok(outcome) => is_proved(&flow, outcome, &exchanges),
        Err(error) => is_decided(error),
    }
    let said = match &outcome {
        Ok(outcome) => serde_json::to_string(outcome).unwrap(),
        Err(error) => format!("{error} {} {error:?}", error.remedy()),
    };
    tells_nothing(&format!("{said}\n{}", log.join("\n")), &exchanges);
}

fn flow(head: &str) -> Flow {
    let incident = |extra: Json| {
        let mut incident = json!({ "short_description": "Disk", "correlation_id": null });
        for (key, value) in extra.as_object().unwrap() {
            incident[key] = value.clone();
        }
        incident
    };
    let comments = json!([
        { "comment": "first", "commentId": "1" },
        { "comment": " ", "commentId": "2" },
        { "comment": "third", "commentId": "3" },
    ]);
    let by_id = json!({ "externalId": NAMED });
    let by_correlation = json!({ "correlation_id": CORRELATION_ID });
    let named = head.contains("named").then_some(NAMED);
    let given = if named.is_some() { by_id } else { by_correlation };
    let flow = |sub_action, params| Flow {
        sub_action,
        params,
        named,
        correlated: named.is_none(),
        comments: 0,
        is_table: head.contains("table"),
        attempt: match head {
            _ if head.contains("again") => {
                Attempt::Repeated { since: head.contains("since").then_some(0) }
            }
            _ if head.contains("first") => Attempt::First { is_timed: true },
            _ => Attempt::Only,
        },
    };
    match head.split(' ').next().unwrap_or_default() {
        "close" => flow("closeIncident", json!({ "incident": given })),
        "get" => flow("getIncident", json!({ "externalId": NAMED })),
        "fields" => flow("getFields", json!({})),
        "choices" => flow("getChoices", json!({ "fields": ["urgency", "impact"] })),
        "new" => Flow {
            correlated: false,
            named: None,
            ..flow("pushToService", json!({ "incident": incident(json!({})) }))
        },
        "comments" => Flow {
            comments: 2,
            ..flow("pushToService", json!({ "incident": incident(given), "comments": comments }))
        },
        _ => flow("pushToService", json!({ "incident": incident(given) })),
    }
}

fn oauth(head: &str) -> (Json, Json) {
    let key = std::fs::read_to_string(in_project("tests/keys/pkcs1.pem")).unwrap();
    let config = json!({
        "apiUrl": ORIGIN, "usesTableApi": head.contains("table"), "isOAuth": true, "clientId": "client-1",
        "jwtKeyId": "key-1", "userIdentifierValue": "svc-elastic@example.com",
    });
    (config, json!({ "clientSecret": PASSWORD, "privateKey": key }))
}

fn answer(text: &str) -> Answer {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.split('\n');
    let status = lines.next().unwrap_or_default();
    if let Some(code) = status.strip_prefix('!') {
        return Err(failed(code));
    }
    let header = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
    };
    Ok(Response {
        status: status.trim().parse().unwrap_or(200),
        headers: lines.filter_map(header).collect(),
        body: body.to_owned(),
    })
}

fn failed(code: &str) -> SendError {
    SendError {
        code: code.to_owned(),
        message: format!("it has failed with {code}"),
        proxy: code.contains("proxy").then(|| "proxy:3128".to_owned()),
        unsent: code == "ECONNREFUSED",
    }
}

/// What is written is written to what the params name, or what the instance has named as that.
fn touches_its_own(flow: &Flow, exchanges: &[Exchange]) {
    for (place, exchange) in exchanges.iter().enumerate() {
        let Some(target) = proofs::target(exchange) else { continue };
        let before = Proofs(&exchanges[..place]);
        let is_own = flow.named.is_some_and(|named| named.eq_ignore_ascii_case(&target))
            || (flow.correlated && before.has_correlated(&target, CORRELATION_ID))
            || (flow.sub_action == "pushToService" && before.was_written(&target));
        assert!(is_own, "{target} is another incident");
    }
}

/// A success that an answer proves.
fn is_proved(flow: &Flow, outcome: &Outcome, exchanges: &[Exchange]) {
    let proofs = Proofs(exchanges);
    match outcome {
        Outcome::Incident(summary) => {
            is_whole(summary);
            assert!(proofs.has_incident(&summary.id), "nobody has answered with {}", summary.id);
            if flow.sub_action == "closeIncident" {
                assert!(proofs.is_closed(&summary.id), "nobody has closed {}", summary.id);
                return;
            }
            let notes = |exchange: &&Exchange| exchange.body.contains("work_notes\"");
            let added = exchanges.iter().filter(notes).filter(|exchange| is_done(exchange)).count();
            // Of an action that is run again, some may have been there.
            let is_repeated = flow.attempt.is_repeated();
            let least = if is_repeated { 0 } else { flow.comments };
            assert!((least..=flow.comments).contains(&added), "{added} comments");
            let is_write = |exchange: &&Exchange| matches!(exchange.method, "POST" | "PATCH");
            let first =
                exchanges.iter().filter(is_write).find(|one| one.target.starts_with("/api/"));
            let is_found = flow.correlated && proofs.has_correlated(&summary.id, CORRELATION_ID);
            // What an attempt before has inserted may be all that there is to do.
            assert!(first.is_some() || (is_repeated && is_found), "nothing was written");
            assert!(is_found || exchanges.iter().filter(is_write).any(is_done), "{first:?}");
        }
        Outcome::Nothing {} => {
            assert_eq!(flow.sub_action, "closeIncident");
            // For the Table API these are other alerts'.
            let are_others = flow.is_table && proofs.says_others_in_case(CORRELATION_ID);
            assert!(proofs.says_none() || are_others, "nobody has said that there is no incident");
        }
        Outcome::Record(record) => {
            assert!(proofs.has_incident(NAMED), "{}", record.to_json());
        }
        Outcome::List(_) => {
            let last = exchanges.last().and_then(proofs::result);
            assert!(
                last.is_some_and(|result| result.is_array()),
                "nobody has answered with a list"
            );
        }
        Outcome::Application(_) => panic!("nobody has asked for it"),
    }
}

fn is_done(exchange: &Exchange) -> bool {
    proofs::result(exchange).is_some()
}

fn is_whole(summary: &Summary) {
    let date = summary.pushed_date.as_str();
    assert!(date.len() >= 24 && date.ends_with('Z') && date.contains('T'), "{date:?} is no date");
    assert!(summary.url.starts_with(&format!("{ORIGIN}/nav_to.do?uri=")), "{}", summary.url);
    assert!(!summary.id.trim().is_empty());
}

fn is_decided(error: &Error) {
    assert!(!error.text().trim().is_empty() && !error.remedy().trim().is_empty(), "{error:?}");
    if let Retry::At(time) = error.retry() {
        assert!(time > NOW && time <= NOW + 3_600_000, "{time} is no time to wait for");
    }
}

/// Neither the password, nor what it is sent as, nor a token that an instance has given.
fn tells_nothing(said: &str, exchanges: &[Exchange]) {
    let answers = exchanges.iter().filter_map(|exchange| exchange.answer.as_ref());
    let repeats = |secret: &str| answers.clone().any(|answer| answer.body.contains(secret));
    assert!(!said.contains(PASSWORD) || repeats(PASSWORD), "it tells the password: {said}");
    for exchange in exchanges {
        let Some((_, credentials)) =
            exchange.authorization.as_deref().and_then(|value| value.split_once(' '))
        else {
            continue;
        };
        let is_told = credentials.len() >= 16 && said.contains(credentials);
        assert!(!is_told || repeats(credentials), "it tells what it has signed in with: {said}");
    }
}
