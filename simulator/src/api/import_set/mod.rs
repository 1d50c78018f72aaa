//! The Import Set API (servicenow-instance.md 1): a row goes into the staging table of the
//! application, its transform maps write the incident, and the answer tells what came of it.
//! `staging` is the row as it is stored, `transform` what a map makes of it.

mod sets;
mod staging;
mod transform;

use serde::Serialize;
use serde_json::{Value, json};

pub(crate) use self::sets::ImportSets;
use self::staging::{COLUMNS_BY_LABEL, COLUMNS_BY_NAME, Staged};
use self::transform::{Entry, Failure};
use super::values;
use crate::http::{Answer, Call, Method};
use crate::setup::{ImportDenied, PrivilegeDenied, UnknownStagingTable};
use crate::steps::Gate;
use crate::transaction::Transaction;
use crate::{ids, refusal, roles};

const STAGING_TABLE: &str = "x_elas2_inc_int_elastic_incident";

#[derive(Serialize)]
struct Imported<'a> {
    import_set: String,
    staging_table: &'static str,
    result: Vec<Entry<'a>>,
}

/// Answers a request below `/api/now/import`.
pub(crate) fn answer(
    call: &Call,
    rest: &[&str],
    work: &mut Transaction,
    sets: &mut ImportSets,
) -> Answer {
    let [table, rest @ ..] = rest else { return refusal::unknown_uri() };
    if *table != STAGING_TABLE || !work.configuration.is_done(Gate::Application) {
        return unknown_table(table, work);
    }
    if let Err(answer) = check_roles(work) {
        return answer;
    }
    match (call.method, rest) {
        (Method::Post, []) => match values::fields(call) {
            Ok(fields) => {
                let row = Staged::read(&fields, COLUMNS_BY_NAME, work);
                import(call, &row, work, sets)
            }
            Err(answer) => answer,
        },
        (Method::Post, ["insertMultiple"]) => insert_multiple(call, work, sets),
        (Method::Get | Method::Head, [row]) => match sets.answer(row, work.now) {
            Some(text) => Answer { body: text.to_owned(), ..Answer::json(200, &()) },
            None => refusal::no_record(),
        },
        (_, [] | [_]) => refusal::wrong_method(),
        _ => refusal::unknown_uri(),
    }
}

fn unknown_table(table: &str, work: &Transaction) -> Answer {
    match work.configuration.switches.unknown_staging_table {
        UnknownStagingTable::InvalidTable => refusal::invalid_table(values::clip(table, 80)),
        UnknownStagingTable::InvalidStagingTable => {
            refusal::failure(400, "Invalid staging table", None)
        }
    }
}

/// The roles that a transform needs are looked at before it runs, too: it would leave a row that
/// nobody transforms.
fn check_roles(work: &Transaction) -> Result<(), Answer> {
    let denied = work.configuration.switches.import_denied;
    let needed = [roles::LOADER, roles::INTEGRATION, roles::TRANSFORMER];
    let Some(role) = needed.into_iter().find(|role| !work.caller.has(role)) else { return Ok(()) };
    match denied {
        ImportDenied::NotAuthorized => Err(refusal::not_authorized()),
        ImportDenied::ErrorEntry if role == roles::TRANSFORMER => Ok(()),
        _ => Err(refusal::denied_by_acl("Insert")),
    }
}

fn import(call: &Call, row: &Staged, work: &mut Transaction, sets: &mut ImportSets) -> Answer {
    let import_set = sets.current(work.now);
    let row_id = work.ids.sys_id(ids::Kind::StagingRow);
    let result = match transformed(call, row, work) {
        Ok(result) => result,
        Err(answer) => return answer,
    };
    let status = if work.configuration.switches.import_answers_200 { 200 } else { 201 };
    let answer =
        Answer::json(status, &Imported { import_set, staging_table: STAGING_TABLE, result });
    let location = format!("{}/api/now/import/{STAGING_TABLE}/{row_id}", call.origin);
    sets.remember(row_id, answer.body.clone(), work.now);
    answer.with("Location", location)
}

/// What every map makes of the row, one entry a map.
fn transformed<'a>(
    call: &Call,
    row: &Staged,
    work: &mut Transaction<'a>,
) -> Result<Vec<Entry<'a>>, Answer> {
    let configuration = work.configuration;
    let mut entries = Vec::new();
    for map in configuration.transform_maps.iter().filter(|map| map.active) {
        let entry = match transform::run(call, row, map, work) {
            Ok(entry) => entry,
            Err(Failure::Denied { log, refused })
                if configuration.switches.privilege_denied == PrivilegeDenied::ServerError =>
            {
                work.notes.push(log);
                return Err(refusal::scope_denied(refused));
            }
            Err(Failure::Denied { log, .. }) => transform::failed(map, log),
            Err(Failure::Aborted(message)) => transform::failed(map, message),
            Err(Failure::Skipped(message)) => transform::skipped(map, message),
            Err(Failure::Ignored { message, error }) => transform::ignored(map, message, error),
        };
        entry.note(work.notes);
        entries.push(entry);
    }
    if entries.is_empty() {
        work.notes.push(format!("{STAGING_TABLE} has no transform map that is active"));
    }
    Ok(entries)
}

/// Rows by the dozen, of which the client learns nothing more (servicenow-instance.md 1.6). They
/// are transformed at once, unless the clock would have to move for it.
fn insert_multiple(call: &Call, work: &mut Transaction, sets: &mut ImportSets) -> Answer {
    let body: Value = match serde_json::from_slice(call.body) {
        Ok(body) => body,
        Err(_) => return refusal::unreadable_body("The payload is not valid JSON"),
    };
    let Some(records) = body.get("records").and_then(Value::as_array) else {
        return refusal::unreadable_body("The payload has no records");
    };
    let by_name = work.configuration.switches.insert_multiple_by_name;
    let columns = if by_name { COLUMNS_BY_NAME } else { COLUMNS_BY_LABEL };
    for record in records {
        let Some(fields) = record.as_object() else {
            return refusal::unreadable_body("The payload holds what is no record");
        };
        let row = Staged::read(fields, columns, work);
        if let Err(answer) = transformed(call, &row, work) {
            work.notes.push(format!("a row failed: {}", answer.status));
        }
    }
    sets.current(work.now);
    let import_set = work.ids.sys_id(ids::Kind::StagingRow);
    let several = match call.param("multi_import_set_id") {
        Some(id) if !id.is_empty() => id.to_owned(),
        _ => work.ids.sys_id(ids::Kind::StagingRow),
    };
    let answer = json!({ "import_set_id": import_set, "multi_import_set_id": several });
    Answer::json(201, &answer)
}
