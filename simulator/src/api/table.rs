//! The Table API (servicenow-instance.md 2). Every table can be read, incidents can be written.

use serde_json::{Value, json};

use super::record::View;
use super::values::{self, Unknown};
use crate::database::{Path, Query, Row};
use crate::http::{Answer, Call, Method};
use crate::incident::{self, Aborted, Manner, Values};
use crate::refusal;
use crate::roles;
use crate::setup::ChoicesDenied;
use crate::transaction::Transaction;

/// As many rows as a list holds without `sysparm_limit`, and at most.
const LIMIT: usize = 10_000;

/// Whether an empty list is an answer or a fault.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    One,
    Two,
}

/// Answers a request below `/api/now/table`.
pub(crate) fn answer(
    call: &Call,
    version: Version,
    rest: &[&str],
    work: &mut Transaction,
) -> Answer {
    let [name, rest @ ..] = rest else { return refusal::unknown_uri() };
    let Some(table) = work.database.table_name(name) else {
        return refusal::invalid_table(values::clip(name, 80));
    };
    let answer = match (call.method, rest) {
        (Method::Get | Method::Head, []) => Ok(list(call, version, table, work)),
        (Method::Get | Method::Head, [sys_id]) => get(call, table, sys_id, work),
        (Method::Post, []) => create(call, table, work),
        (Method::Put | Method::Patch, [sys_id]) => update(call, table, sys_id, work),
        (Method::Delete, [sys_id]) => delete(table, sys_id, work),
        (_, [] | [_]) => Err(refusal::wrong_method()),
        _ => Err(refusal::unknown_uri()),
    };
    answer.unwrap_or_else(|refused| refused)
}

fn list(call: &Call, version: Version, table: &'static str, work: &mut Transaction) -> Answer {
    if hides_choices(table, work)
        && work.configuration.switches.choices_denied == ChoicesDenied::Forbidden
    {
        return refusal::not_authorized();
    }
    let query = query(call, table, work);
    let mut rows = query.run(work.database, table);
    let number = |name: &str| call.param(name).and_then(|text| text.trim().parse::<usize>().ok());
    let limit = number("sysparm_limit").unwrap_or(LIMIT).min(LIMIT);
    let offset = number("sysparm_offset").unwrap_or(0);
    let mut total = rows.len();
    if !may_read(table, work) {
        rows.clear();
        if !work.configuration.switches.total_counts_hidden {
            total = 0;
        }
    }
    let view = View::of(call, table);
    let page: Vec<Value> = rows
        .into_iter()
        .skip(offset)
        .take(limit)
        .map(|row| view.show(work.database, row))
        .collect();
    if page.is_empty() && version == Version::One {
        return refusal::no_record();
    }
    let mut answer = Answer::json(200, &json!({ "result": page }));
    if !call.flag("sysparm_no_count") {
        answer = answer.with("X-Total-Count", total.to_string());
    }
    match links(call, limit, offset, total) {
        Some(links) if !call.flag("sysparm_suppress_pagination_header") => {
            answer.with("Link", links)
        }
        _ => answer,
    }
}

/// The encoded query and the filters beside it: parameters named like columns.
fn query(call: &Call, table: &'static str, work: &mut Transaction) -> Query {
    let text = call.param("sysparm_query").unwrap_or_default();
    let mut query = Query::parse(table, text, work.notes);
    for (name, value) in call.params.iter().filter(|(name, _)| !name.starts_with("sysparm_")) {
        match Path::parse(table, name) {
            Some(path) => query.filter(path, value),
            None => work.notes.push(format!("no column {:?} to filter by", values::clip(name, 80))),
        }
    }
    query
}

/// The other pages of a list; nothing when there is only one (servicenow-instance.md 2.5).
fn links(call: &Call, limit: usize, offset: usize, total: usize) -> Option<String> {
    let last = total.checked_sub(1)?.checked_div(limit)?.saturating_mul(limit);
    if last == 0 {
        return None;
    }
    let page = |offset: usize, rel: &str| {
        let (path, query) = call.target.split_once('?').unwrap_or((call.target, ""));
        let mut pairs: Vec<&str> = query
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with("sysparm_offset="))
            .collect();
        let offset = format!("sysparm_offset={offset}");
        pairs.push(&offset);
        format!("<{}{path}?{}>;rel=\"{rel}\"", call.origin, pairs.join("&"))
    };
    let mut parts = vec![page(0, "first")];
    if offset > 0 {
        parts.push(page(offset.saturating_sub(limit), "prev"));
    }
    if offset < last {
        parts.push(page(offset.saturating_add(limit), "next"));
    }
    parts.push(page(last, "last"));
    Some(parts.join(","))
}

fn get(
    call: &Call,
    table: &'static str,
    sys_id: &str,
    work: &Transaction,
) -> Result<Answer, Answer> {
    if !may_read(table, work) {
        return Err(refusal::no_record());
    }
    let row = work.database.get(table, sys_id).ok_or_else(refusal::no_record)?;
    Ok(shown(200, call, table, work, row))
}

fn create(call: &Call, table: &'static str, work: &mut Transaction) -> Result<Answer, Answer> {
    let values = read_values(call, table, "Insert", work)?;
    let sys_id = incident::insert(work, &values, manner(work)).map_err(aborted)?;
    let row = work.database.get(table, &sys_id).ok_or_else(refusal::no_record)?;
    let location = format!("{}/api/now/table/{table}/{sys_id}", call.origin);
    Ok(shown(201, call, table, work, row).with("Location", location))
}

fn update(
    call: &Call,
    table: &'static str,
    sys_id: &str,
    work: &mut Transaction,
) -> Result<Answer, Answer> {
    let before = existing(table, sys_id, work)?.clone();
    let values = read_values(call, table, "Update", work)?;
    incident::update(work, &before, &values, manner(work)).map_err(aborted)?;
    get(call, table, sys_id, work)
}

fn delete(table: &'static str, sys_id: &str, work: &mut Transaction) -> Result<Answer, Answer> {
    existing(table, sys_id, work)?;
    check_writable(table, "Delete", work)?;
    work.database.remove(table, sys_id);
    Ok(Answer::empty(204))
}

/// Through this API every rule holds.
fn manner(work: &Transaction) -> Manner {
    let closing_needs_role = work.configuration.switches.closing_needs_role;
    Manner { business_rules: true, data_policy: true, closing_needs_role }
}

fn shown(status: u16, call: &Call, table: &'static str, work: &Transaction, row: &Row) -> Answer {
    let record = View::of(call, table).show(work.database, row);
    Answer::json(status, &json!({ "result": record }))
}

/// What the body wants written. `null` leaves a field alone.
fn read_values(
    call: &Call,
    table: &str,
    operation: &str,
    work: &mut Transaction,
) -> Result<Values, Answer> {
    check_writable(table, operation, work)?;
    let mut values = Values::new();
    for (name, value) in &values::fields(call)? {
        if let Some(text) = values::text(value) {
            // With this nothing is rejected.
            let _ = values::put(work, &mut values, name, text, Unknown::Takes);
        }
    }
    Ok(values)
}

/// The row that is to be written, if the caller can see it.
fn existing<'a>(
    table: &'static str,
    sys_id: &str,
    work: &'a Transaction,
) -> Result<&'a Row, Answer> {
    let row = work.database.get(table, sys_id).filter(|_| may_read(table, work));
    row.ok_or_else(refusal::no_record)
}

/// Whether the ACLs of a table show the caller its rows (servicenow-instance.md 10).
fn may_read(table: &str, work: &Transaction) -> bool {
    match table {
        "incident" => work.caller.has(roles::READ),
        "sys_choice" => work.caller.has(roles::CHOICES),
        _ => true,
    }
}

fn hides_choices(table: &str, work: &Transaction) -> bool {
    table == "sys_choice" && !may_read(table, work)
}

fn check_writable(table: &str, operation: &str, work: &Transaction) -> Result<(), Answer> {
    if table == "incident" && work.caller.has(roles::WRITE) {
        return Ok(());
    }
    Err(refusal::denied_by_acl(operation))
}

fn aborted(Aborted(detail): Aborted) -> Answer {
    refusal::operation_failed(&detail)
}
