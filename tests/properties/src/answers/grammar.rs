//! What an instance answers, and what it never should.

use proptest::prelude::*;
use serde_json::Value as Json;

use super::BETWEEN;
use crate::grammar::{Texts, around, joined, one_of, some, words};

/// Flows and answers.
pub(super) fn inputs() -> Texts {
    let head = joined([
        one_of(&["push", "push", "comments", "close", "close", "get", "fields", "choices", "new"]),
        one_of(&[" import", " import", " table"]),
        one_of(&["", "", " named"]),
        one_of(&["", " first", " again", " again since"]),
        prop_oneof![12 => Just(String::new()), 1 => Just(" oauth".to_owned())].boxed(),
    ]);
    joined([head, some(around(BETWEEN, scripted(), ""), 6, "")])
}

/// Answers, and parts of them.
pub(super) fn pieces() -> Texts {
    prop_oneof![
        4 => around(BETWEEN, scripted(), ""), 2 => body(), 1 => one_of(HEADERS), 1 => one_of(STATUSES),
        1 => member(), 1 => one_of(VALUES),
    ]
    .boxed()
}

fn scripted() -> Texts {
    let headers = some(one_of(HEADERS), 2, "");
    let answer = joined([one_of(STATUSES), one_of(&["\n"]), headers, one_of(&["\n"]), body()]);
    prop_oneof![12 => answer, 1 => around("!", one_of(FAILURES), "")].boxed()
}

fn body() -> Texts {
    let record = around("{", some(member(), 5, ","), "}");
    let rows = around("[", some(record.clone(), 3, ","), "]");
    let result = prop_oneof![3 => record.clone(), 4 => rows, 1 => one_of(VALUES)];
    prop_oneof![
        6 => around("{\"result\":", result.boxed(), "}"),
        1 => around("{\"error\":{\"message\":", json_text(words()), ",\"detail\":null},\"status\":\"failure\"}"),
        1 => one_of(BODIES),
        1 => record,
        1 => words(),
    ]
    .boxed()
}

fn member() -> Texts {
    let any = joined([
        one_of(KEYS),
        one_of(&[":"]),
        prop_oneof![one_of(VALUES), json_text(words())].boxed(),
    ]);
    prop_oneof![3 => one_of(MEMBERS), 1 => any].boxed()
}

fn json_text(texts: Texts) -> Texts {
    texts.prop_map(|text| Json::from(text).to_string()).boxed()
}

const STATUSES: &[&str] = &[
    "200", "200", "200", "201", "201", "202", "204", "299", "301", "400", "401", "403", "404",
    "407", "408", "409", "429", "500", "502", "503", "504", "100", "0", "600", "65535",
];

const FAILURES: &[&str] = &[
    "ECONNRESET",
    "ECONNREFUSED",
    "ECONNABORTED",
    "ERR_DEADLINE",
    "proxy",
    "",
    "ERR_CANCELED",
    "ENOTFOUND",
];

const HEADERS: &[&str] = &[
    "x-total-count: 1\n",
    "x-total-count: 5\n",
    "x-total-count: 99999999999999999999\n",
    "retry-after: 30\n",
    "retry-after: Wed, 21 Oct 2065 07:28:00 GMT\n",
    "x-ratelimit-reset: 1714979999\n",
    "retry-after: -1\n",
    "retry-after: 4294967295\n",
    "content-type: text/html\n",
    "x-mfa_token: required\n",
    "x-total-count: 0\n",
];

const KEYS: &[&str] = &[
    "\"sys_id\"",
    "\"state\"",
    "\"number\"",
    "\"correlation_id\"",
    "\"sys_created_on\"",
    "\"sys_updated_on\"",
    "\"status\"",
    "\"table\"",
    "\"error_message\"",
    "\"status_message\"",
    "\"error\"",
    "\"name\"",
    "\"version\"",
    "\"access_token\"",
    "\"token_type\"",
    "\"expires_in\"",
    "\"result\"",
];

const MEMBERS: &[&str] = &[
    "\"sys_id\":\"9d385017c611228701d22104cc95c371\"",
    "\"sys_id\":\"9D385017C611228701D22104CC95C371\"",
    "\"sys_id\":\"0ther0ther0ther0ther0ther0ther00\"",
    "\"sys_id\":{\"value\":\"9d38\",\"display_value\":\"x\"}",
    "\"correlation_id\":\"r-77:web-1\"",
    "\"correlation_id\":\"R-77:WEB-1\"",
    "\"correlation_id\":\"other\"",
    "\"state\":\"1\"",
    "\"state\":\"7\"",
    "\"state\":7",
    "\"state\":\"8\"",
    "\"number\":\"INC0010001\"",
    "\"sys_created_on\":\"2024-05-06 07:08:09\"",
    "\"sys_updated_on\":\"2024-05-06 07:08:09\"",
    "\"sys_created_on\":\"2024-05-06 07:00:00\"",
    "\"sys_updated_on\":\"not a date\"",
    "\"status\":\"inserted\"",
    "\"status\":\"updated\"",
    "\"status\":\"ignored\"",
    "\"status\":\"error\"",
    "\"table\":\"incident\"",
    "\"table\":\"problem\"",
    "\"error_message\":\"no\"",
    "\"access_token\":\"t0ken-c4n4ry-0123456789\"",
    "\"token_type\":\"Bearer\"",
    "\"expires_in\":1799",
    "\"name\":\"Elastic\",\"version\":\"1\",\"scope\":\"x\"",
];

const VALUES: &[&str] = &[
    "null",
    "\"\"",
    "0",
    "-1",
    "1e308",
    "true",
    "[]",
    "{}",
    "\" \"",
    "\"..\"",
    "\"a/../b\"",
    "[[]]",
    "\"7\"",
    "{\"value\":\"7\"}",
    "{\"value\":null,\"link\":\"x\"}",
    "[null]",
    "\"x\\ny\"",
    "\"0000-00-00 00:00:00\"",
];

const BODIES: &[&str] = &[
    "",
    "<html>Sign in</html>",
    "Instance Hibernating page",
    "{",
    "null",
    "[]",
    "\u{feff}{\"result\":[]}",
    "{\"error\":\"access_denied\",\"error_description\":\"no\"}",
    "{\"result\":[],\"error\":{\"message\":\"cut\"}}",
    "{\"access_token\":\"t0ken-c4n4ry-0123456789\",\"expires_in\":1799,\"token_type\":\"Bearer\"}",
    "{\"error\":{\"message\":\"No Record found\",\"detail\":\"ACL\"},\"status\":\"failure\"}",
];
