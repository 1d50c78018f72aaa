//! The Batch API (servicenow-instance.md 9): requests inside a request. What answers the inner
//! ones is handed in.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::http::{Answer, Call, Request};
use crate::refusal;

/// The largest body of an inner request, in bytes.
const LARGEST_ITEM: usize = 5 << 20;

/// The largest body of an inner answer, in bytes, unless the caller sets it lower.
const LARGEST_ANSWER: usize = 10 << 20;

/// As many requests as fit into the thirty seconds that a batch has.
const SERVICED: usize = 1_000;

#[derive(Deserialize)]
struct Batch {
    #[serde(default)]
    batch_request_id: Value,
    rest_requests: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    id: Value,
    method: String,
    url: String,
    #[serde(default)]
    headers: Vec<Header>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    exclude_response_headers: bool,
}

#[derive(Serialize, Deserialize)]
struct Header {
    name: String,
    value: String,
}

#[derive(Serialize)]
struct Served {
    batch_request_id: String,
    serviced_requests: Vec<ServedItem>,
    unserviced_requests: Vec<String>,
}

#[derive(Serialize)]
struct ServedItem {
    id: String,
    body: String,
    status_code: u16,
    status_text: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    headers: Option<Vec<Header>>,
    execution_time: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_message: Option<String>,
}

/// Answers a batch; `handle` answers what is in it.
pub(crate) fn answer(call: &Call, mut handle: impl FnMut(&Request) -> Answer) -> Answer {
    let Ok(batch) = serde_json::from_slice::<Batch>(call.body) else {
        let detail = "The payload is no batch: rest_requests with id, method and url each";
        return refusal::unreadable_body(detail);
    };
    let limit = call.header("X-BATCHREQUEST-MAX-OUTPUT-SIZE");
    let limit = limit.and_then(|text| text.trim().parse().ok()).unwrap_or(LARGEST_ANSWER);
    let limit = limit.min(LARGEST_ANSWER);
    let mut served = Served {
        batch_request_id: text(&batch.batch_request_id),
        serviced_requests: Vec::new(),
        unserviced_requests: Vec::new(),
    };
    for (place, item) in batch.rest_requests.into_iter().enumerate() {
        if place >= SERVICED {
            served.unserviced_requests.push(text(&item.id));
        } else {
            served.serviced_requests.push(serve(call, &item, limit, &mut handle));
        }
    }
    Answer::json(200, &served)
}

fn serve(
    call: &Call,
    item: &Item,
    limit: usize,
    handle: &mut impl FnMut(&Request) -> Answer,
) -> ServedItem {
    let answer = match request(call, item) {
        Ok(request) => handle(&request),
        Err(problem) => refusal::unreadable_body(problem),
    };
    let answer = if answer.body.len() > limit {
        let detail = format!("The response is larger than {limit} bytes");
        refusal::failure(500, "Response too large", Some(&detail))
    } else {
        answer
    };
    let headers = || {
        let header =
            |(name, value): &(String, String)| Header { name: name.clone(), value: value.clone() };
        answer.headers.iter().map(header).collect()
    };
    ServedItem {
        id: text(&item.id),
        body: STANDARD.encode(&answer.body),
        status_code: answer.status,
        status_text: status_text(answer.status),
        headers: (!item.exclude_response_headers).then(headers),
        execution_time: 1,
        error_message: (answer.status >= 400).then(|| error_message(&answer)),
    }
}

fn request(call: &Call, item: &Item) -> Result<Request, &'static str> {
    let body = STANDARD.decode(item.body.as_deref().unwrap_or_default());
    let body = body.map_err(|_| "The body of a request is not base64")?;
    if body.len() > LARGEST_ITEM {
        return Err("The body of a request is larger than 5 MB");
    }
    let mut headers: Vec<(String, String)> =
        item.headers.iter().map(|header| (header.name.clone(), header.value.clone())).collect();
    // Who asks is known from outside, and a batch in a batch is none.
    headers.retain(|(name, _)| !name.eq_ignore_ascii_case("Authorization"));
    // What is taken and what is sent is JSON unless an inner request says otherwise: clients leave
    // that to the outer one.
    for name in ["Accept", "Content-Type"] {
        if !headers.iter().any(|(held, _)| held.eq_ignore_ascii_case(name)) {
            headers.push((name.to_owned(), "application/json".to_owned()));
        }
    }
    let target =
        if item.url.starts_with('/') { item.url.clone() } else { format!("/{}", item.url) };
    let origin = call.origin.to_owned();
    Ok(Request { method: item.method.clone(), target, headers, body, origin })
}

/// What went wrong, from the envelope of the answer.
fn error_message(answer: &Answer) -> String {
    let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let message = body.pointer("/error/message").and_then(Value::as_str);
    message.unwrap_or(status_text(answer.status)).to_owned()
}

/// Clients send numbers as IDs, too; they come back as text.
fn text(id: &Value) -> String {
    match id {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn status_text(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        429 => "Too Many Requests",
        _ => "Internal Server Error",
    }
}
