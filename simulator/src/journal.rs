//! What was asked of the instance, for tests and for people who watch. Headers and secrets are
//! not kept.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::clock::Milliseconds;
use crate::http::Call;

/// As many requests as are remembered.
const REQUESTS: usize = 10_000;
/// As many bytes of their bodies.
const BODIES: usize = 64 << 20;
/// As many bytes of one body.
const BODY: usize = 64 << 10;
/// As many notes a request.
const NOTES: usize = 100;

const SECRETS: [&str; 6] =
    ["access_token", "assertion", "client_assertion", "client_secret", "password", "refresh_token"];

/// A request, as a test sees it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The request's place among all of them, from 1.
    pub sequence: u64,
    /// When it came, by the instance's clock.
    pub at: Milliseconds,
    /// The method sent.
    pub method: String,
    /// Path and query as sent, without secrets.
    pub target: String,
    /// The name of the user that it was made by.
    pub user: Option<String>,
    /// The body as sent, without secrets; the beginning of a long one.
    pub body: String,
    /// The status of the answer.
    pub status: u16,
    /// What the client was not told: dropped query terms, cut values, why there was no token.
    pub notes: Vec<String>,
}

/// The last requests.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Journal {
    entries: VecDeque<Entry>,
    bytes: usize,
    count: u64,
}

impl Journal {
    pub(crate) fn push(
        &mut self,
        at: Milliseconds,
        method: &str,
        call: &Call,
        outcome: (Option<String>, u16, Vec<String>),
    ) {
        let (user, status, mut notes) = outcome;
        notes.truncate(NOTES);
        self.count = self.count.saturating_add(1);
        let entry = Entry {
            sequence: self.count,
            at,
            method: method.to_owned(),
            target: without_secrets(call.target),
            user,
            body: body(call),
            status,
            notes,
        };
        self.bytes = self.bytes.saturating_add(entry.body.len());
        self.entries.push_back(entry);
        while self.entries.len() > REQUESTS || self.bytes > BODIES {
            let oldest = self.entries.pop_front();
            self.bytes = self.bytes.saturating_sub(oldest.map_or(0, |entry| entry.body.len()));
        }
    }

    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    pub(crate) fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }
}

/// A body that may be kept. What is sent to the token endpoint is kept only as far as it can be
/// told from a secret.
fn body(call: &Call) -> String {
    let kept = call.body.get(..BODY).unwrap_or(call.body);
    let text = String::from_utf8_lossy(kept).into_owned();
    if call.path.first().is_none_or(|part| part != "oauth_token.do") {
        // A request in a batch may bring credentials of its own.
        let is_batch = call.path.last().is_some_and(|part| part == "batch");
        let signs_in = is_batch && text.to_ascii_lowercase().contains("authorization");
        return if signs_in { "[not kept]".to_owned() } else { text };
    }
    let media = call.header("Content-Type").unwrap_or_default();
    if text.is_empty() || media.starts_with("application/x-www-form-urlencoded") {
        redacted(&text)
    } else {
        "[not kept]".to_owned()
    }
}

fn without_secrets(target: &str) -> String {
    match target.split_once('?') {
        Some((path, query)) => format!("{path}?{}", redacted(query)),
        None => target.to_owned(),
    }
}

/// A form with its secrets replaced, otherwise as it was sent.
fn redacted(form: &str) -> String {
    let pairs: Vec<String> = form
        .split('&')
        .map(|pair| {
            let (key, _) = pair.split_once('=').unwrap_or((pair, ""));
            let name = percent_encoding::percent_decode_str(key).decode_utf8_lossy();
            if SECRETS.iter().any(|secret| name.eq_ignore_ascii_case(secret)) {
                format!("{key}=[secret]")
            } else {
                pair.to_owned()
            }
        })
        .collect();
    pairs.join("&")
}
