//! A body of a write, read: JSON in, texts for columns out.

use serde_json::Value;

use crate::database::{Column, Kind, Row, schema};
use crate::http::{Answer, Call};
use crate::ids;
use crate::incident::{Values, is_set_by_rules};
use crate::refusal;
use crate::transaction::Transaction;

/// As many characters of what a client sent as a note repeats.
const QUOTED: usize = 100;

/// A body's names and values, in the order of their names.
pub(super) type Fields = serde_json::Map<String, Value>;

/// Reads the record in a body; of several only the first counts (servicenow-instance.md 2.1).
pub(super) fn fields(call: &Call) -> Result<Fields, Answer> {
    let body = serde_json::from_slice(call.body);
    match body {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(Value::Array(records)) => match records.into_iter().next() {
            Some(Value::Object(fields)) => Ok(fields),
            _ => Err(refusal::unreadable_body("The payload holds no record")),
        },
        Ok(_) => Err(refusal::unreadable_body("The payload is not a record")),
        Err(_) => Err(refusal::unreadable_body("The payload is not valid JSON")),
    }
}

/// A value's text form; nothing for `null`. A nested value comes out garbled, as on an instance
/// (servicenow-instance.md 1.1).
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Number(number) => Some(number.to_string()),
        nested => Some(nested.to_string().replace(':', "=")),
    }
}

/// What is done with a reference that points to nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unknown {
    /// The field is left empty.
    Empties,
    /// The record is made, as the choice action of a transform map does by default.
    Creates,
}

/// Writes a text into the values, as the incident's column takes it.
pub(super) fn put(
    work: &mut Transaction,
    values: &mut Values,
    name: &str,
    text: String,
    unknown: Unknown,
) {
    let Some(column) = schema::column_of("incident", name) else {
        work.notes.push(format!("incident has no column {:?}, dropped", clip(name, QUOTED)));
        return;
    };
    if is_set_by_rules(column) {
        work.notes.push(format!("{name} is set by the instance, dropped"));
        return;
    }
    if let Some(value) = coerced(work, column, text, unknown) {
        values.insert(column.name, value);
    }
}

/// The value that is stored; nothing when the field is left alone.
fn coerced(
    work: &mut Transaction,
    column: &'static Column,
    text: String,
    unknown: Unknown,
) -> Option<String> {
    match column.kind {
        Kind::Choice | Kind::Level if text.is_empty() && unknown == Unknown::Empties => {
            work.notes.push(format!("{} is a choice and cannot be emptied", column.name));
            None
        }
        Kind::Reference(_) if text.is_empty() => Some(text),
        Kind::Reference(table) => Some(reference(work, column, table, &text, unknown)),
        _ => {
            let kept = clip(&text, column.width);
            if kept.len() < text.len() {
                work.notes.push(format!("{} is cut to {} characters", column.name, column.width));
            }
            Some(kept.to_owned())
        }
    }
}

fn reference(
    work: &mut Transaction,
    column: &Column,
    table: &'static str,
    text: &str,
    unknown: Unknown,
) -> String {
    if let Some(row) = work.database.find_reference(table, text) {
        return row.sys_id().to_owned();
    }
    let shown = clip(text, QUOTED);
    // A user made in passing could not sign in and would hide a wrong name from whoever sent it.
    if unknown == Unknown::Empties || table == "sys_user" {
        work.notes.push(format!("{}: no record {shown:?} in {table}, left empty", column.name));
        return String::new();
    }
    let sys_id = work.ids.sys_id(ids::Kind::Record);
    let row = Row::from([("sys_id", sys_id.as_str()), ("name", clip(text, 100))]);
    match work.database.insert(table, row) {
        Ok(()) => {
            work.notes.push(format!("{}: record {shown:?} made in {table}", column.name));
            sys_id
        }
        Err(_) => String::new(),
    }
}

/// The first characters of a text.
pub(super) fn clip(text: &str, characters: usize) -> &str {
    match text.char_indices().nth(characters) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}
