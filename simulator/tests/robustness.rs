//! Whatever comes in, an answer goes out, and nothing grows without bound.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod common;

use common::*;
use servicenow_simulator::{Instance, Request};

/// A small generator, so that a failure repeats.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }

    /// Pieces of what is understood, in an order in which it is not.
    fn text(&mut self, pieces: &[&str], most: usize) -> String {
        (0..self.roll(most)).map(|_| self.pick(pieces)).collect()
    }
}

const TARGET: &[&str] = &[
    "/",
    "api",
    "/api",
    "/now",
    "/table",
    "/v1",
    "/v2",
    "/incident",
    "/import",
    "/sys_choice",
    "/x_elas2_inc_int_elastic_incident",
    "/insertMultiple",
    "/batch",
    "/x_elas2_inc_int/elastic_api/health",
    "?",
    "&",
    "#",
    "sysparm_query=",
    "sysparm_limit=",
    "sysparm_offset=",
    "sysparm_fields=",
    "0",
    "-1",
    "99999999999999999999",
    "sysparm_display_value=all",
    "number",
    "caller_id",
    ".",
    "name",
    "^",
    "^OR",
    "^NQ",
    "ORDERBY",
    "ORDERBYDESC",
    "=",
    "<",
    "LIKE",
    "BETWEEN",
    "ON",
    "Last 9 months@",
    "RELATIVEGT@year@ago@9999999999",
    "MORETHAN",
    "DATEPART",
    "sys_created_on",
    "^RLQUERYincident.caller_id,>=1^",
    "^ENDRLQUERY",
    "JOINincident.sys_id=incident.sys_id!",
    "123TEXTQUERY321=",
    "SAMEAS",
    "GT_FIELD",
    "IN",
    "@",
    ",",
    "%5E",
    "%",
    "%zz",
    "%ff",
    "ß",
    "\u{0}",
    "http://",
    "/oauth_token.do",
    "/api/now/v2/table/incident",
];
const BODY: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "\"u_state\"",
    "\"u_correlation_id\"",
    "\"state\"",
    "\"7\"",
    "null",
    "true",
    "1e999",
    "\\u0000",
    "\\ud800",
    "ß",
    "grant_type=",
    "&",
    "assertion=",
    "eyJ",
    ".",
    "client_id=client",
    "&client_secret=s3cret",
    "{\"u_work_notes\":\"x\"}",
    "{\"records\":[",
    "{\"rest_requests\":[{\"id\":1,\"method\":\"GET\",\"url\":\"",
    "password",
    "refresh_token",
    "\u{feff}",
];
const COLUMNS: &[&str] = &[
    "u_state",
    "state",
    "u_caller_id",
    "caller_id",
    "u_cmdb_ci",
    "u_correlation_id",
    "work_notes",
    "u_comments",
    "elastic_incident_id",
    "sys_id",
    "u_",
    "",
];
const HEADER: &[&str] = &[
    "application/json",
    "*/*",
    "Basic ",
    "Bearer ",
    "ZWxhc3RpYzpjaGFuZ2VtZQ==",
    "text/html",
    ";",
    ",",
    "application/x-www-form-urlencoded",
    "-1",
    "99999999999999999999",
    "PATCH",
    "https://*",
];
const NAMES: &[&str] = &[
    "Authorization",
    "Accept",
    "Content-Type",
    "Content-Length",
    "X-HTTP-Method-Override",
    "X-no-response-body",
    "Origin",
    "Access-Control-Request-Method",
];

#[test]
fn random_requests_are_answered() {
    let mut instance = instance();
    let mut dice = Dice(7);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..20_000 {
        let method =
            dice.pick(&["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "", "é"]);
        let start = dice.pick(&["", "", IMPORT, INCIDENT, "/oauth_token.do"]);
        let target = format!("{start}{}", dice.text(TARGET, 12));
        let body = match dice.roll(2) {
            0 => dice.text(BODY, 10),
            _ => serde_json::json!({ dice.pick(COLUMNS): dice.text(BODY, 10) }).to_string(),
        };
        let mut request = request(method, &target, &body);
        for _ in 0..dice.roll(3) {
            let name = dice.pick(NAMES);
            request = with(request, name, &dice.text(HEADER, 4));
        }
        let answer = instance.handle(&request);
        assert!((200..500).contains(&answer.status), "{}", answer.status);
        seen.insert(answer.status);
    }
    for status in [200, 201, 400, 401, 404, 405] {
        assert!(seen.contains(&status), "no {status} among {seen:?}");
    }
}

#[test]
fn the_journal_keeps_the_last_ten_thousand_requests() {
    let mut instance = instance();
    for _ in 0..10_010 {
        instance.handle(&Request {
            method: "GET".into(),
            target: "/".into(),
            ..Request::default()
        });
    }
    assert_eq!(instance.requests().count(), 10_000);
    assert_eq!(instance.requests().next().unwrap().sequence, 11);
}

#[test]
fn the_clock_stays_where_a_calendar_reaches() {
    let mut instance = instance();
    for (time, written) in [(i64::MAX, "9999-12-31 23:59:59"), (i64::MIN, "1970-01-01 00:00:00")] {
        instance.set_now(time);
        import(&mut instance, &serde_json::json!({}));
        let newest = instance.incidents().next_back().unwrap();
        assert_eq!(newest.fields["sys_created_on"], written);
    }
}

#[test]
fn the_same_seed_gives_the_same_answers() {
    let play = |seed: u64| {
        let mut instance = Instance::new(servicenow_simulator::Setup { seed, ..setup() }).unwrap();
        let request = request("POST", IMPORT, r#"{"u_correlation_id":"a"}"#);
        [instance.handle(&request), instance.handle(&request)]
    };
    assert_eq!(play(1), play(1));
    assert_ne!(play(1), play(2));
}

#[test]
fn queries_nest_no_deeper_than_the_stack_reaches() {
    let mut instance = instance();
    import(&mut instance, &serde_json::json!({}));
    for piece in
        ["RLQUERYincident.caller_id,>=0^", "JOINincident.sys_id=incident.sys_id!", "^NQ^OR"]
    {
        let url = format!("{INCIDENT}?sysparm_query={}", piece.repeat(100_000));
        let batch =
            serde_json::json!({ "rest_requests": [{ "id": 1, "method": "GET", "url": url }] });
        let answer = instance.handle(&request("POST", "/api/now/batch", &batch.to_string()));
        assert_eq!(answer.status, 200);
        assert!(answer.body.contains("\"status_code\":200"), "{}", answer.body);
    }
}
