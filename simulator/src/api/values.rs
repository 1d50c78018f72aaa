//! A body of a write, read: JSON in, texts for columns out.

use serde_json::Value;

use crate::database::{Column, Kind, Row, schema};
use crate::http::{Answer, Call};
use crate::ids;
use crate::incident::{Values, is_set_by_rules};
use crate::refusal;
use crate::setup::{ChoiceAction, Switches};
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

/// What is done with a choice or a reference that is not there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unknown {
    /// A reference is left empty, a choice is taken as it is.
    Takes,
    /// The record is made.
    Creates,
    /// The field is left as it is.
    Ignores,
    /// Nothing of the row is written.
    Rejects,
}

impl From<ChoiceAction> for Unknown {
    fn from(action: ChoiceAction) -> Self {
        match action {
            ChoiceAction::Create => Self::Creates,
            ChoiceAction::Ignore => Self::Ignores,
            ChoiceAction::Reject => Self::Rejects,
        }
    }
}

/// A value is not there, and the row is not written therefore.
pub(super) struct Rejected;

/// Writes a text into the values, as the incident's column takes it.
pub(super) fn put(
    work: &mut Transaction,
    values: &mut Values,
    name: &str,
    text: String,
    unknown: Unknown,
) -> Result<(), Rejected> {
    let Some(column) = schema::column_of("incident", name) else {
        work.notes.push(format!("incident has no column {:?}, dropped", clip(name, QUOTED)));
        return Ok(());
    };
    if is_set_by_rules(column) {
        work.notes.push(format!("{name} is set by the instance, dropped"));
        return Ok(());
    }
    if let Some(value) = coerced(work, column, text, unknown)? {
        values.insert(column.name, value);
    }
    Ok(())
}

/// Writes a text into the values of a table that has no rules.
pub(super) fn put_plain(
    work: &mut Transaction,
    values: &mut Values,
    table: &str,
    name: &str,
    text: &str,
) {
    match schema::column_of(table, name) {
        Some(column) if column.kind != Kind::Id => {
            values.insert(column.name, clip(text, column.width).to_owned());
        }
        _ => {
            let name = clip(name, QUOTED);
            work.notes.push(format!("{table} has no column {name:?} to write to, dropped"));
        }
    }
}

/// The value that is stored; nothing when the field is left alone.
fn coerced(
    work: &mut Transaction,
    column: &'static Column,
    text: String,
    unknown: Unknown,
) -> Result<Option<String>, Rejected> {
    match column.kind {
        Kind::Choice | Kind::Level if text.is_empty() && unknown == Unknown::Takes => {
            work.notes.push(format!("{} is a choice and cannot be emptied", column.name));
            Ok(None)
        }
        Kind::Reference(_) if text.is_empty() => Ok(Some(text)),
        Kind::Reference(table) => reference(work, column, table, &text, unknown),
        Kind::Choice | Kind::Level if !text.is_empty() && unknown != Unknown::Takes => {
            let text = cut(work, column, text);
            choice(work, column, text, unknown)
        }
        _ => Ok(Some(cut(work, column, text))),
    }
}

/// A text as it fits into its column (servicenow-instance.md 4.6).
fn cut(work: &mut Transaction, column: &Column, text: String) -> String {
    let kept = held(&work.configuration.switches, column, &text);
    if kept.len() == text.len() {
        return text;
    }
    let width = kept.chars().count();
    work.notes.push(format!("{} is cut to {width} characters", column.name));
    kept.to_owned()
}

/// As much of a text as its column holds.
pub(super) fn held<'a>(switches: &Switches, column: &Column, text: &'a str) -> &'a str {
    let width = switches.column_widths.get(column.name).copied().unwrap_or(column.width);
    if switches.keeps_long_text && width > 255 { text } else { clip(text, width) }
}

fn choice(
    work: &mut Transaction,
    column: &'static Column,
    text: String,
    unknown: Unknown,
) -> Result<Option<String>, Rejected> {
    let (name, shown) = (column.name, clip(&text, QUOTED).to_owned());
    if !work.database.has_choices(name) {
        return Ok(Some(text));
    }
    if let Some(value) = work.database.choice_value(name, &text) {
        return Ok(Some(value.to_owned()));
    }
    let is_number = text.parse::<i64>().is_ok();
    match unknown {
        Unknown::Rejects => return Err(Rejected),
        Unknown::Ignores => {
            work.notes.push(format!("{name}: no choice {shown:?}, left as it is"));
            return Ok(None);
        }
        _ if column.kind == Kind::Level && !is_number => {
            work.notes.push(format!("{name}: {shown:?} is no number, left as it is"));
            return Ok(None);
        }
        // The data policy on closing has to find out that it is none.
        _ if name == "close_code" => return Ok(Some(text)),
        _ => {}
    }
    let sys_id = work.ids.sys_id(ids::Kind::Record);
    let row = Row::from([
        ("sys_id", sys_id.as_str()),
        ("name", column.origin),
        ("element", name),
        ("value", &text),
        ("label", &text),
        ("language", "en"),
        ("inactive", "false"),
    ]);
    if work.database.insert("sys_choice", row).is_ok() {
        work.notes.push(format!("{name}: choice {shown:?} made"));
    }
    Ok(Some(text))
}

fn reference(
    work: &mut Transaction,
    column: &Column,
    table: &'static str,
    text: &str,
    unknown: Unknown,
) -> Result<Option<String>, Rejected> {
    if let Some(row) = work.database.find_reference(table, text) {
        return Ok(Some(row.sys_id().to_owned()));
    }
    let (name, shown) = (column.name, clip(text, QUOTED));
    match unknown {
        Unknown::Rejects => return Err(Rejected),
        Unknown::Ignores => {
            work.notes.push(format!("{name}: no record {shown:?} in {table}, left as it is"));
            return Ok(None);
        }
        // A user made in passing could not sign in and would hide a wrong name from whoever sent
        // it.
        _ if unknown == Unknown::Takes || table == "sys_user" => {
            work.notes.push(format!("{name}: no record {shown:?} in {table}, left empty"));
            return Ok(Some(String::new()));
        }
        _ => {}
    }
    let sys_id = work.ids.sys_id(ids::Kind::Record);
    let row = Row::from([("sys_id", sys_id.as_str()), ("name", clip(text, 100))]);
    Ok(Some(match work.database.insert(table, row) {
        Ok(()) => {
            work.notes.push(format!("{name}: record {shown:?} made in {table}"));
            sys_id
        }
        Err(_) => String::new(),
    }))
}

/// The first characters of a text.
pub(super) fn clip(text: &str, characters: usize) -> &str {
    match text.char_indices().nth(characters) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}
