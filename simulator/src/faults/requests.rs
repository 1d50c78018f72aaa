//! Faults for which a request arrives changed.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use super::Planned;
use super::fault::Fault;
use super::place::{Resource, Scene};
use crate::http::Request;

/// The request as a fault has it arrive, if it changes it.
pub(super) fn rewritten(planned: &Planned, scene: &Scene, request: &Request) -> Option<Request> {
    let rule = &planned.rule;
    match rule.fault {
        Fault::ColumnDropped => {
            let (name, _) = scene.column(rule, "correlation_id")?;
            with_body(request, |fields| {
                let value = fields.remove(&name)?;
                fields.insert(misspelt(&name), value);
                Some(())
            })
        }
        Fault::ValueCut => {
            let (name, _) = scene.column(rule, "correlation_id")?;
            let kept = rule.length.unwrap_or(40);
            with_body(request, |fields| {
                let value = fields.get_mut(&name)?;
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                *value = text.chars().take(kept).collect::<String>().into();
                Some(())
            })
        }
        Fault::ChoiceInvalid if planned.variant() != "created" => {
            let (name, _) = scene.column(rule, "category")?;
            with_body(request, |fields| {
                // What empties a field of a transform map; the Table API leaves a choice alone.
                if scene.resource == Resource::Import {
                    fields.insert(name.clone(), "NULL".into());
                } else {
                    fields.remove(&name);
                }
                Some(())
            })
        }
        Fault::QueryIgnored => with_query(request, |query| {
            let is_ignored = |term: &str| {
                let term = term.strip_prefix("NQ").unwrap_or(term);
                let term = term.strip_prefix("OR").unwrap_or(term);
                rule.column.as_ref().is_none_or(|column| {
                    let rest = term.strip_prefix(column.as_str()).unwrap_or("x");
                    !rest.starts_with(|c: char| c.is_ascii_lowercase() || "_.".contains(c))
                })
            };
            let is_order = |term: &&str| term.starts_with("ORDERBY");
            let kept = query.split('^').filter(|term| is_order(term) || !is_ignored(term));
            kept.collect::<Vec<_>>().join("^")
        }),
        Fault::CaretSplits => {
            with_query(request, |query| format!("{query}{}", rule.text("^ORsys_idISNOTEMPTY")))
        }
        Fault::BatchUnserviced => {
            let serviced = rule.length.unwrap_or(1);
            with_body(request, |fields| {
                fields.get_mut("rest_requests")?.as_array_mut()?.truncate(serviced);
                Some(())
            })
        }
        _ => None,
    }
}

/// A name that no column has.
fn misspelt(name: &str) -> String {
    format!("{name}_x_no_such_column")
}

/// The request with other fields in its body; of several records the first.
fn with_body(
    request: &Request,
    change: impl FnOnce(&mut Map<String, Value>) -> Option<()>,
) -> Option<Request> {
    let mut body: Value = serde_json::from_slice(&request.body).ok()?;
    change(body.as_object_mut()?)?;
    Some(Request { body: body.to_string().into_bytes(), ..request.clone() })
}

/// The request with another encoded query.
fn with_query(request: &Request, change: impl FnOnce(&str) -> String) -> Option<Request> {
    let (path, query) = request.target.split_once('?')?;
    let mut pairs = crate::http::form(query);
    let (_, value) = pairs.iter_mut().find(|(name, _)| name == "sysparm_query")?;
    *value = change(value);
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs = pairs.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    let query = pairs.collect::<Vec<_>>().join("&");
    Some(Request { target: format!("{path}?{query}"), ..request.clone() })
}
