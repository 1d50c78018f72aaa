//! The Import Set API (servicenow-instance.md 1): a row goes into the staging table of the
//! application, its transform map writes the incident, and the answer tells what came of it.

use serde::Serialize;

use super::values::{self, Fields, Unknown};
use crate::clock::Moment;
use crate::database::Row;
use crate::http::{Answer, Call, Method};
use crate::incident::{self, Aborted, Values};
use crate::steps::Gate;
use crate::transaction::Transaction;
use crate::{ids, refusal, roles};

const STAGING_TABLE: &str = "x_elas2_inc_int_elastic_incident";
const TRANSFORM_MAP: &str = "Elastic Incident";

/// The import set that collects the rows of a day.
#[derive(Default)]
pub(crate) struct ImportSets {
    day: Option<i64>,
    opened: u32,
}

impl ImportSets {
    pub(crate) fn current(&mut self, now: Moment) -> String {
        if self.day != Some(now.day()) {
            self.day = Some(now.day());
            self.opened = self.opened.saturating_add(1);
        }
        format!("ISET{:07}", self.opened.saturating_add(10_000))
    }
}

#[derive(Serialize)]
struct Imported {
    import_set: String,
    staging_table: &'static str,
    result: [Entry; 1],
}

/// What the transform map did with the row.
#[derive(Serialize)]
#[serde(untagged)]
enum Entry {
    Written {
        transform_map: &'static str,
        table: &'static str,
        display_name: &'static str,
        display_value: String,
        record_link: String,
        status: &'static str,
        sys_id: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        status_message: Option<&'static str>,
    },
    Failed {
        transform_map: &'static str,
        table: &'static str,
        status: &'static str,
        error_message: String,
    },
}

/// Answers a request below `/api/now/import`.
pub(crate) fn answer(
    call: &Call,
    rest: &[&str],
    work: &mut Transaction,
    sets: &mut ImportSets,
) -> Answer {
    if !work.configuration.is_done(Gate::Application) {
        let table = rest.first().copied().unwrap_or_default();
        return refusal::invalid_table(values::clip(table, 80));
    }
    for role in [roles::LOADER, roles::TRANSFORMER, roles::INTEGRATION] {
        if !work.caller.has(role) {
            return refusal::denied_by_acl("Insert");
        }
    }
    match rest {
        [STAGING_TABLE] if call.method == Method::Post => match values::fields(call) {
            Ok(fields) => import(call, &fields, work, sets),
            Err(answer) => answer,
        },
        [STAGING_TABLE, ..] => refusal::wrong_method(),
        [table, ..] => refusal::invalid_table(values::clip(table, 80)),
        [] => refusal::unknown_uri(),
    }
}

fn import(call: &Call, fields: &Fields, work: &mut Transaction, sets: &mut ImportSets) -> Answer {
    let import_set = sets.current(work.now);
    let row_id = work.ids.sys_id(ids::Kind::StagingRow);
    let entry = transform(call, fields, work).unwrap_or_else(|Aborted(error_message)| {
        work.notes.push(format!("the row ended in an error: {error_message}"));
        Entry::Failed {
            transform_map: TRANSFORM_MAP,
            table: "incident",
            status: "error",
            error_message,
        }
    });
    Answer::json(201, &Imported { import_set, staging_table: STAGING_TABLE, result: [entry] })
        .with("Location", format!("{}/api/now/import/{STAGING_TABLE}/{row_id}", call.origin))
}

/// What the transform map does: find the incident or make one.
fn transform(call: &Call, fields: &Fields, work: &mut Transaction) -> Result<Entry, Aborted> {
    let values = mapped(fields, work);
    for (gate, operation) in [
        (Gate::IncidentTable, "Read operation on table 'incident'"),
        (Gate::SetValue, "Execute operation on API 'GlideRecord.setValue'"),
    ] {
        if !work.configuration.is_done(gate) {
            return Err(Aborted(format!("{operation} was denied")));
        }
    }
    let (sys_id, status) = match target(fields, work)? {
        Some(incident) => {
            let changed = incident::update(work, &incident, &values)?;
            (incident.sys_id().to_owned(), if changed { "updated" } else { "ignored" })
        }
        None if !work.configuration.is_done(Gate::Insert) => {
            return Err(Aborted(
                "Execute operation on API 'GlideRecord.insert' was denied".to_owned(),
            ));
        }
        None => (incident::insert(work, &values)?, "inserted"),
    };
    let number = work.database.display_value("incident", &sys_id).to_owned();
    Ok(Entry::Written {
        transform_map: TRANSFORM_MAP,
        table: "incident",
        display_name: "number",
        display_value: number,
        record_link: format!("{}/api/now/table/incident/{sys_id}", call.origin),
        status,
        sys_id,
        status_message: (status == "ignored").then_some("No field values changed"),
    })
}

/// The incident that the row coalesces with: the one named, else the first with the same
/// correlation ID, whatever its state.
fn target(fields: &Fields, work: &Transaction) -> Result<Option<Row>, Aborted> {
    let field = |name: &str| fields.get(name).and_then(values::text).unwrap_or_default();
    let sys_id = field("elastic_incident_id");
    if !sys_id.is_empty() {
        let incident = work.database.get("incident", &sys_id.to_ascii_lowercase()).cloned();
        return match incident {
            Some(incident) => Ok(Some(incident)),
            None => Err(Aborted("Target record not found".to_owned())),
        };
    }
    let id = field("u_correlation_id");
    let id = values::clip(&id, 100);
    if id.is_empty() {
        return Ok(None);
    }
    Ok(work.database.indexed("incident", id).next().cloned())
}

/// The columns of the staging row, under the names of the incident's. Empty ones are not copied,
/// and the text `NULL` empties the field.
fn mapped(fields: &Fields, work: &mut Transaction) -> Values {
    let mut values = Values::new();
    for (name, value) in fields {
        if name == "elastic_incident_id" {
            continue;
        }
        let Some(column) = name.strip_prefix("u_") else {
            let name = values::clip(name, 80);
            work.notes.push(format!("{STAGING_TABLE} has no column {name:?}, dropped"));
            continue;
        };
        match values::text(value) {
            Some(text) if text == "NULL" => {
                values::put(work, &mut values, column, String::new(), Unknown::Creates);
            }
            Some(text) if !text.is_empty() => {
                values::put(work, &mut values, column, text, Unknown::Creates);
            }
            _ => {}
        }
    }
    values
}
