//! What goes over the wire: a request as it was sent, the same request read, and an answer.
//! Nothing here knows what an instance does with it.

use percent_encoding::percent_decode_str;
use serde::Serialize;

/// A request as the client sent it.
#[derive(Clone, Default)]
pub struct Request {
    /// `GET`, `POST`, ...
    pub method: String,
    /// Path and query as they stand on the request line.
    pub target: String,
    /// Every header, in order, repeated ones repeated.
    pub headers: Vec<(String, String)>,
    /// The body. Of one that is too large only the `Content-Length` header need be true.
    pub body: Vec<u8>,
    /// What links in an answer begin with: `http://127.0.0.1:8080`.
    pub origin: String,
}

/// An answer, and what happens to it on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Headers in order. Length and encoding belong to whoever serves the answer.
    pub headers: Vec<(String, String)>,
    /// The body. Everything an instance says is text.
    pub body: String,
    /// How the answer crosses the line.
    pub line: Line,
}

/// How an answer crosses the line. Whoever serves it enacts this.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// How many milliseconds the answer is held back.
    pub delay: u32,
    /// How the body is encoded.
    pub coding: Coding,
    /// So many spaces follow the body before it is encoded.
    pub padding: usize,
    /// What becomes of the answer.
    pub end: End,
    /// After how many bytes of the body, as encoded, an answer that is cut off or reset ends; half
    /// of it when absent.
    pub after: Option<usize>,
}

/// How a body is encoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Coding {
    /// Compressed if the client takes that.
    #[default]
    Negotiated,
    /// Compressed, whatever the client takes.
    Gzip,
    /// Said to be compressed, and not.
    Broken,
}

/// What becomes of an answer on the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum End {
    /// It arrives.
    #[default]
    Whole,
    /// The connection is closed amid the body.
    CutOff,
    /// The connection is reset amid the body.
    Reset,
    /// The connection is reset before anything was said.
    ResetFirst,
    /// Nothing comes, and the connection stays open.
    Never,
    /// What comes is not HTTP.
    Garbage,
}

impl Answer {
    /// An answer without body and headers.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: String::new(), line: Line::default() }
    }

    /// An answer that carries `body` as JSON.
    #[must_use]
    pub fn json<T: Serialize>(status: u16, body: &T) -> Self {
        let body = serde_json::to_string(body).unwrap_or_default();
        Self { body, ..Self::empty(status) }.with("Content-Type", "application/json;charset=UTF-8")
    }

    /// The same answer with one more header.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// A header's value.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name).next()
    }
}

/// What a client wants done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
    Options,
    Other,
}

impl Method {
    fn parse(text: &str) -> Self {
        match text.to_ascii_uppercase().as_str() {
            "GET" => Self::Get,
            "HEAD" => Self::Head,
            "POST" => Self::Post,
            "PUT" => Self::Put,
            "PATCH" => Self::Patch,
            "DELETE" => Self::Delete,
            "OPTIONS" => Self::Options,
            _ => Self::Other,
        }
    }

    pub(crate) fn writes(self) -> bool {
        matches!(self, Self::Post | Self::Put | Self::Patch | Self::Delete)
    }
}

/// A request, read.
pub(crate) struct Call<'a> {
    pub(crate) method: Method,
    /// The method as sent.
    pub(crate) sent: &'a str,
    /// Path and query, without the origin that a proxy's client puts before them.
    pub(crate) target: &'a str,
    /// The decoded parts of the path, without empty ones.
    pub(crate) path: Vec<String>,
    pub(crate) params: Vec<(String, String)>,
    pub(crate) body: &'a [u8],
    pub(crate) origin: &'a str,
    headers: &'a [(String, String)],
}

impl<'a> Call<'a> {
    pub(crate) fn read(request: &'a Request) -> Self {
        let target = without_origin(&request.target);
        let target = target.split_once('#').map_or(target, |(before, _)| before);
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let sent = Method::parse(&request.method);
        let instead = find(&request.headers, "X-HTTP-Method-Override").next();
        Self {
            method: match instead {
                Some(method) if sent == Method::Post => Method::parse(method),
                _ => sent,
            },
            sent: &request.method,
            target,
            path: path.split('/').filter(|part| !part.is_empty()).map(decoded).collect(),
            params: form(query),
            body: &request.body,
            origin: &request.origin,
            headers: &request.headers,
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&'a str> {
        find(self.headers, name).next()
    }

    pub(crate) fn header_count(&self, name: &str) -> usize {
        find(self.headers, name).count()
    }

    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether a parameter says `true`.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.param(name) == Some("true")
    }

    /// The body's length as sent, which may be more than was kept of it.
    pub(crate) fn length(&self) -> usize {
        let declared = self.header("Content-Length").and_then(|text| text.trim().parse().ok());
        declared.unwrap_or(0).max(self.body.len())
    }
}

fn find<'a>(headers: &'a [(String, String)], name: &str) -> impl Iterator<Item = &'a str> {
    headers
        .iter()
        .filter(move |(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
}

fn without_origin(target: &str) -> &str {
    let rest = target.strip_prefix("http://").or_else(|| target.strip_prefix("https://"));
    match rest {
        Some(rest) => rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/"),
        None => target,
    }
}

/// The pairs of a query or of a form-encoded body.
pub(crate) fn form(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(&key.replace('+', " ")), decoded(&value.replace('+', " ")))
        })
        .collect()
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
