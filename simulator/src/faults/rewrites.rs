//! Faults for which the instance's answer is changed.

use serde_json::{Value, json};

use super::Planned;
use super::fault::Fault;
use super::place::Scene;
use crate::http::Answer;
use crate::refusal;

/// Changes an answer, and says whether there was anything to change.
pub(super) fn rewrite(planned: &Planned, scene: &Scene, answer: &mut Answer) -> bool {
    let changed = match (planned.rule.fault, planned.variant()) {
        (Fault::CorsMissing, _) => without_header(answer, "Access-Control-"),
        (Fault::TwoMaps, variant) => two_maps(planned, variant == "error-last", answer),
        (Fault::EmptyListMissing, _) => empty_list(answer),
        (Fault::ListHidden, _) => shortened(answer, |_| 0),
        (Fault::ShortPage, _) => shortened(answer, |rows| planned.rule.length.unwrap_or(rows / 2)),
        (Fault::PaginationBad, "no-link") => without_header(answer, "Link"),
        (Fault::PaginationBad, "no-count") => without_header(answer, "X-Total-Count"),
        (Fault::PaginationBad, _) => negative_prev(scene, answer),
        (Fault::TransactionCancelled, "truncated") => truncated(planned, answer),
        (Fault::TransactionCancelled, _) => cancelled(planned, answer),
        (Fault::BatchUnserviced, _) => unserviced(planned, scene, answer),
        _ => None,
    };
    changed.is_some()
}

fn without_header(answer: &mut Answer, start: &str) -> Option<()> {
    let before = answer.headers.len();
    answer.headers.retain(|(name, _)| !name.starts_with(start));
    (answer.headers.len() < before).then_some(())
}

/// Changes the body, if it is JSON.
fn with_body(answer: &mut Answer, change: impl FnOnce(&mut Value) -> Option<()>) -> Option<()> {
    let mut body: Value = serde_json::from_str(&answer.body).ok()?;
    change(&mut body)?;
    answer.body = body.to_string();
    Some(())
}

fn rows(body: &mut Value) -> Option<&mut Vec<Value>> {
    body.get_mut("result")?.as_array_mut()
}

fn two_maps(planned: &Planned, last: bool, answer: &mut Answer) -> Option<()> {
    let entry = json!({
        "transform_map": "Another map",
        "table": "task",
        "status": "error",
        "error_message": planned.rule.text("Target record not found"),
    });
    with_body(answer, |body| {
        let entries = rows(body)?;
        entries.insert(if last { entries.len() } else { 0 }, entry);
        Some(())
    })
}

/// Version 1 has no empty lists.
fn empty_list(answer: &mut Answer) -> Option<()> {
    let mut body: Value = serde_json::from_str(&answer.body).ok()?;
    if !rows(&mut body)?.is_empty() {
        return None;
    }
    let refused = refusal::no_record();
    answer.status = refused.status;
    answer.body = refused.body;
    without_header(answer, "X-Total-Count");
    Some(())
}

fn shortened(answer: &mut Answer, kept: impl FnOnce(usize) -> usize) -> Option<()> {
    with_body(answer, |body| {
        let rows = rows(body)?;
        let kept = kept(rows.len());
        let is_shorter = kept < rows.len();
        rows.truncate(kept);
        is_shorter.then_some(())
    })
}

/// A `prev` link with offset -1, as was seen on a first page (servicenow-instance.md 2.5).
fn negative_prev(scene: &Scene, answer: &mut Answer) -> Option<()> {
    with_body(answer, |body| rows(body).map(|_| ()))?;
    let (path, query) = scene.call.target.split_once('?').unwrap_or((scene.call.target, ""));
    let pairs = query.split('&');
    let others = pairs.filter(|pair| !pair.is_empty() && !pair.starts_with("sysparm_offset="));
    let others: Vec<&str> = others.collect();
    let part = |offset: &str, rel: &str| {
        let offset = format!("sysparm_offset={offset}");
        let pairs = [others.as_slice(), &[&offset]].concat().join("&");
        format!("<{}{path}?{pairs}>;rel=\"{rel}\"", scene.call.origin)
    };
    let link = answer.header("Link").map(str::to_owned);
    let mut parts: Vec<String> = match &link {
        Some(link) => {
            link.split(",<").map(|part| format!("<{}", part.trim_start_matches('<'))).collect()
        }
        None => vec![part("0", "first"), part("0", "last")],
    };
    parts.retain(|part| !part.ends_with("rel=\"prev\""));
    parts.insert(1.min(parts.len()), part("-1", "prev"));
    without_header(answer, "Link");
    answer.headers.push(("Link".to_owned(), parts.join(",")));
    Some(())
}

/// servicenow-instance.md 8.3.
fn cancelled(planned: &Planned, answer: &mut Answer) -> Option<()> {
    with_body(answer, |body| {
        if let Some(rows) = rows(body) {
            rows.truncate(rows.len() / 2);
        }
        let body = body.as_object_mut()?;
        body.entry("result").or_insert_with(|| json!([]));
        let usual = "Transaction cancelled: maximum execution time exceeded";
        let error = json!({
            "message": planned.rule.text(usual),
            "detail": "Transaction cancelled: maximum execution time exceeded Check logs for \
                       error trace or enable glide.rest.debug property to verify REST request \
                       processing",
        });
        body.insert("error".to_owned(), error);
        body.insert("status".to_owned(), json!("failure"));
        Some(())
    })?;
    answer.status = 200;
    Some(())
}

fn truncated(planned: &Planned, answer: &mut Answer) -> Option<()> {
    if answer.body.is_empty() {
        return None;
    }
    let half = answer.body.len() / 2;
    let mut end = planned.rule.length.unwrap_or(half).min(answer.body.len());
    while !answer.body.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    answer.body.truncate(end);
    answer.status = 200;
    Some(())
}

/// Lists the parts of a batch that did not arrive.
fn unserviced(planned: &Planned, scene: &Scene, answer: &mut Answer) -> Option<()> {
    let requests = scene.fields.as_ref()?.get("rest_requests")?.as_array()?;
    let late = requests.iter().skip(planned.rule.length.unwrap_or(1));
    let ids: Vec<Value> = late.filter_map(|request| request.get("id").cloned()).collect();
    with_body(answer, |body| {
        let listed = body.as_object_mut()?.get_mut("unserviced_requests")?;
        listed.as_array_mut()?.extend(ids);
        Some(())
    })
}
