//! The Table API (servicenow-instance.md 2). Every table can be read, incidents can be written, and
//! by administrators the others, too.

use serde_json::{Value, json};

use super::pages::Page;
use super::record::View;
use super::values::{self, Unknown};
use crate::database::{Kind, Path, Query, Reading, Row, schema};
use crate::http::{Answer, Call, Method};
use crate::incident::{self, Aborted, Manner, Values};
use crate::setup::{ChoicesDenied, UnknownQueryField};
use crate::transaction::Transaction;
use crate::{plain, refusal, roles};

const INCIDENT: &str = "incident";

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
        (Method::Get | Method::Head, []) => list(call, version, table, work),
        (Method::Get | Method::Head, [sys_id]) => get(call, table, sys_id, work),
        (Method::Post, []) => create(call, table, work),
        (Method::Put | Method::Patch, [sys_id]) => update(call, table, sys_id, work),
        (Method::Delete, [sys_id]) => delete(table, sys_id, work),
        (_, [] | [_]) => Err(refusal::wrong_method()),
        _ => Err(refusal::unknown_uri()),
    };
    answer.unwrap_or_else(|refused| refused)
}

fn list(
    call: &Call,
    version: Version,
    table: &'static str,
    work: &mut Transaction,
) -> Result<Answer, Answer> {
    let switches = &work.configuration.switches;
    let readable = may_read(table, work);
    if table == "sys_choice" && !readable && switches.choices_denied == ChoicesDenied::Forbidden {
        return Err(refusal::not_authorized());
    }
    let query = query(call, table, work);
    let misunderstood =
        |policy| query.has_dropped_terms() && switches.unknown_query_field == policy;
    if query.looks_into_unreadable() || misunderstood(UnknownQueryField::Refused) {
        return Err(refusal::unreadable_query());
    }
    let mut rows = if misunderstood(UnknownQueryField::NoRows) {
        Vec::new()
    } else {
        query.run(work.database, table, switches)
    };
    let mut page = Page::of(call, rows.len());
    // The limit counts before the ACLs do: a page may be empty although there are rows.
    if !readable {
        rows.clear();
        if !switches.total_counts_hidden {
            page.total = 0;
        }
    }
    let view = View::of(call, table, &work.configuration.unreadable);
    let shown = rows.into_iter().skip(page.offset).take(page.limit);
    let records: Vec<Value> = shown.map(|row| view.show(work.database, row)).collect();
    if records.is_empty() && version == Version::One {
        return Err(refusal::no_record());
    }
    let answer = Answer::json(200, &json!({ "result": records }));
    Ok(page.described(call, switches.negative_prev_link, answer))
}

/// The encoded query, or the filters in its place: parameters named like columns
/// (servicenow-instance.md 2.2).
fn query(call: &Call, table: &'static str, work: &mut Transaction) -> Query {
    let configuration = work.configuration;
    let text = call.param("sysparm_query").unwrap_or_default();
    let reading = Reading {
        switches: &configuration.switches,
        unreadable: &configuration.unreadable,
        now: work.now,
        nested: false,
    };
    let mut query = Query::parse(table, text, reading, work.notes);
    let filters = configuration.switches.filters_beside_query || text.is_empty();
    for (name, value) in call.params.iter().filter(|(name, _)| !name.starts_with("sysparm_")) {
        let shown = values::clip(name, 80);
        match Path::parse(table, name) {
            Some(_) if !filters => {
                work.notes.push(format!("{shown:?} beside sysparm_query, not filtered by"));
            }
            Some(path) => {
                let values = work.database.meant(path.column(), value);
                query.filter(path, values);
            }
            None => work.notes.push(format!("no column {shown:?} to filter by")),
        }
    }
    query
}

fn get(
    call: &Call,
    table: &'static str,
    sys_id: &str,
    work: &Transaction,
) -> Result<Answer, Answer> {
    let row = existing(table, sys_id, work)?;
    Ok(shown(200, call, table, work, row))
}

fn create(call: &Call, table: &'static str, work: &mut Transaction) -> Result<Answer, Answer> {
    let values = read_values(call, table, "Insert", work)?;
    let inserted = if table == INCIDENT {
        incident::insert(work, &values, manner(work))
    } else {
        plain::insert(work, table, &values)
    };
    let sys_id = inserted.map_err(aborted)?;
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
    if table == INCIDENT {
        incident::update(work, &before, &values, manner(work)).map_err(aborted)?;
    } else {
        plain::update(work, table, &before, &values);
    }
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
    let view = View::of(call, table, &work.configuration.unreadable);
    Answer::json(status, &json!({ "result": view.show(work.database, row) }))
}

/// What the body wants written. `null` leaves a field alone.
fn read_values(
    call: &Call,
    table: &'static str,
    operation: &str,
    work: &mut Transaction,
) -> Result<Values, Answer> {
    check_writable(table, operation, work)?;
    let labels = call.flag("sysparm_input_display_value");
    let mut values = Values::new();
    for (name, value) in &values::fields(call)? {
        let Some(text) = values::text(value) else { continue };
        let text = if labels { work.stored(name, text) } else { text };
        if table == INCIDENT {
            // With this nothing is rejected.
            let _ = values::put(work, &mut values, name, text, Unknown::Takes);
        } else {
            values::put_plain(work, &mut values, table, name, &text);
        }
    }
    Ok(values)
}

impl Transaction<'_> {
    /// What is stored for a display value: the value of the choice with that label.
    fn stored(&self, name: &str, text: String) -> String {
        let column = schema::column_of(INCIDENT, name);
        let is_choice = |kind| matches!(kind, Kind::Choice | Kind::Level);
        if !column.is_some_and(|column| is_choice(column.kind)) {
            return text;
        }
        self.database.choice_value(name, &text).map_or(text, str::to_owned)
    }
}

/// The row that a request is about, if the caller can see it.
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
        INCIDENT => work.caller.has(roles::READ),
        "sys_choice" => work.caller.has(roles::CHOICES),
        _ => true,
    }
}

fn check_writable(table: &str, operation: &str, work: &Transaction) -> Result<(), Answer> {
    let role = if table == INCIDENT { roles::WRITE } else { roles::ADMIN };
    if work.caller.has(role) { Ok(()) } else { Err(refusal::denied_by_acl(operation)) }
}

fn aborted(Aborted(detail): Aborted) -> Answer {
    refusal::operation_failed(&detail)
}
