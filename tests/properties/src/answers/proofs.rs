//! What the answers to an action's requests prove, read by other means than the connector's.

use serde_json::Value as Json;

use crate::memory_host::Exchange;

/// The exchanges so far.
pub(super) struct Proofs<'e>(pub &'e [Exchange]);

impl Proofs<'_> {
    /// The records of answers that say that all went well.
    fn records(&self) -> impl Iterator<Item = (&Exchange, Json)> {
        self.0.iter().flat_map(|exchange| {
            let records = match result(exchange) {
                Some(Json::Array(items)) => items,
                Some(record) => vec![record],
                None => Vec::new(),
            };
            records.into_iter().map(move |record| (exchange, record))
        })
    }

    /// An answer names the incident.
    pub fn has_incident(&self, sys_id: &str) -> bool {
        self.records().any(|(_, record)| is(&record, "sys_id", sys_id))
    }

    /// An answer names the incident as one with the correlation ID.
    pub fn has_correlated(&self, sys_id: &str, correlation_id: &str) -> bool {
        self.records().any(|(_, record)| {
            is(&record, "sys_id", sys_id) && is(&record, "correlation_id", correlation_id)
        })
    }

    /// The answer to a write names the incident.
    pub fn was_written(&self, sys_id: &str) -> bool {
        self.records()
            .any(|(exchange, record)| exchange.method != "GET" && is(&record, "sys_id", sys_id))
    }

    /// An answer shows the incident closed, or a write that closes it went well.
    pub fn is_closed(&self, sys_id: &str) -> bool {
        let is_shown = self.records().any(|(_, record)| {
            is(&record, "sys_id", sys_id) && matches!(&*column(&record, "state"), "7" | "8")
        });
        is_shown
            || self.0.iter().any(|exchange| {
                target(exchange).is_some_and(|id| id.eq_ignore_ascii_case(sys_id))
                    && exchange.body.contains("state\":\"7\"")
                    && result(exchange).is_some()
            })
    }

    /// An answer says that there is none: an empty list, a single record instead of a list, or that the
    /// record is not there.
    pub fn says_none(&self) -> bool {
        self.0.iter().any(|exchange| {
            let Some(answer) = &exchange.answer else { return false };
            let result = result(exchange);
            let is_empty = result == Some(Json::Array(Vec::new()));
            let is_query = exchange.target.contains("sysparm_query=");
            let is_record =
                result.is_some_and(|it| it.is_object() && !column(&it, "sys_id").is_empty());
            let is_servicenow =
                answer.body.contains("No Record found") || answer.body.contains("failure");
            (is_empty && exchange.method == "GET")
                || (is_record && is_query)
                || (answer.status == 404 && answer.body.contains("message") && is_servicenow)
        })
    }

    /// An answer lists incidents of IDs that differ from this one in case alone, and no others.
    pub fn says_others_in_case(&self, correlation_id: &str) -> bool {
        let differs_in_case = |record: &Json| {
            let id = column(record, "correlation_id");
            id != correlation_id && id.eq_ignore_ascii_case(correlation_id)
        };
        self.0.iter().filter_map(result).any(|result| {
            result.as_array().is_some_and(|records| records.iter().all(differs_in_case))
        })
    }
}

/// The `result` of an answer that says that all went well.
pub(super) fn result(exchange: &Exchange) -> Option<Json> {
    let answer = exchange.answer.as_ref().filter(|answer| answer.is_success())?;
    let body: Json = serde_json::from_str(&answer.body).ok()?;
    let nothing = [Json::Null, Json::Bool(false), Json::String(String::new())];
    let has_error = body.get("error").is_some_and(|error| !nothing.contains(error));
    let result = body.get("result").cloned().filter(|result| !result.is_null());
    if has_error || is(&body, "status", "failure") { None } else { result }
}

/// The incident that a write is for, where it names one.
pub(super) fn target(exchange: &Exchange) -> Option<String> {
    const PLACE: &str = "/api/now/v2/table/incident/";
    let decoded =
        |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    match exchange.method {
        "PATCH" => {
            let rest = exchange.target.strip_prefix(PLACE).expect("only incidents are changed");
            Some(decoded(rest.split('?').next().unwrap_or_default()))
        }
        "POST" if exchange.target.starts_with("/api/now/import/") => {
            let body: Json = serde_json::from_str(&exchange.body).expect("it is JSON");
            body.get("elastic_incident_id").map(|id| id.as_str().expect("it is a text").to_owned())
        }
        _ => None,
    }
}

fn is(record: &Json, key: &str, value: &str) -> bool {
    column(record, key).eq_ignore_ascii_case(value)
}

/// A column's value, which may come with what is displayed.
fn column(record: &Json, key: &str) -> String {
    match record.get(key) {
        Some(Json::Object(parts)) => parts.get("value").map(plain).unwrap_or_default(),
        Some(value) => plain(value),
        None => String::new(),
    }
}

fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Bool(truth) => truth.to_string(),
        // As JavaScript has them: without what it cannot hold.
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) if whole.abs() < 1 << 53 => whole.to_string(),
            (_, Some(real)) => Json::from(real).to_string(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}
