//! The ways an instance says no, each in the words that were seen on the wire
//! (servicenow-instance.md 0 and 2.4).

use serde::Serialize;

use crate::http::Answer;

#[derive(Serialize)]
struct Envelope<'a> {
    error: Fault<'a>,
    status: &'static str,
}

#[derive(Serialize)]
struct Fault<'a> {
    message: &'a str,
    detail: Option<&'a str>,
}

/// Any failure, in the envelope that all of them share.
pub(crate) fn failure(status: u16, message: &str, detail: Option<&str>) -> Answer {
    Answer::json(status, &Envelope { error: Fault { message, detail }, status: "failure" })
}

pub(crate) fn not_authenticated() -> Answer {
    failure(401, "User Not Authenticated", Some("Required to provide Auth information"))
        .with("WWW-Authenticate", "BASIC realm=\"Service-now\"")
}

/// The same for a token, where an authentication policy names that scheme (11.13).
pub(crate) fn bad_bearer() -> Answer {
    failure(401, "User Not Authenticated", Some("Required to provide Auth information"))
        .with("WWW-Authenticate", "BEARER realm=\"Service-now\"")
}

/// An ACL of the endpoint keeps the user out.
pub(crate) fn not_authorized() -> Answer {
    failure(403, "User Not Authorized", Some("Failed API level ACL Validation"))
}

/// An ACL of the table keeps the user from an `Insert`, an `Update` or a `Delete`.
pub(crate) fn denied_by_acl(operation: &str) -> Answer {
    operation_failed(&acl_exception(operation))
}

pub(crate) fn acl_exception(operation: &str) -> String {
    format!("ACL Exception {operation} Failed due to security constraints")
}

/// The application may not do something to another scope (10).
pub(crate) fn scope_denied(what: &str) -> Answer {
    let message = format!(
        "com.glide.script.fencing.access.ScopeAccessNotGrantedException: {what} not granted"
    );
    failure(500, &message, Some(""))
}

/// What comes in place of JSON when the address is longer than the edge takes.
pub(crate) fn long_address() -> Answer {
    let page = "<html><head><title>414 Request-URI Too Large</title></head>\
                <body><h1>414 Request-URI Too Large</h1></body></html>";
    Answer { body: page.to_owned(), ..Answer::empty(414) }.with("Content-Type", "text/html")
}

pub(crate) fn unknown_uri() -> Answer {
    failure(400, "Requested URI does not represent any resource", None)
}

pub(crate) fn wrong_method() -> Answer {
    failure(405, "Method not supported", None)
}

pub(crate) fn no_record() -> Answer {
    let detail = "Record doesn't exist or ACL restricts the record retrieval";
    failure(404, "No Record found", Some(detail))
}

pub(crate) fn invalid_table(name: &str) -> Answer {
    failure(400, &format!("Invalid table {name}"), None)
}

pub(crate) fn operation_failed(detail: &str) -> Answer {
    failure(403, "Operation Failed", Some(detail))
}

/// A query looks into a column that the caller may not read.
pub(crate) fn unreadable_query() -> Answer {
    let detail = "Field(s) present in the query do not have permission to be read";
    failure(403, "Insufficient rights to query records", Some(detail))
}

pub(crate) fn unreadable_body(detail: &str) -> Answer {
    failure(400, "Exception while reading request", Some(detail))
}
