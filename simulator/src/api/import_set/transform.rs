//! What a transform map makes of a row: find the incident or make one, and say which
//! (servicenow-instance.md 1.2 to 1.4).

use serde::Serialize;

use super::staging::Staged;
use crate::api::values::{self, Rejected};
use crate::database::{Row, schema};
use crate::http::Call;
use crate::incident::{self, Aborted, Manner, Values};
use crate::refusal;
use crate::roles;
use crate::setup::{EnforceMandatory, OnBefore, RunsAs, TransformMap};
use crate::steps::Gate;
use crate::transaction::{Caller, Transaction};

/// What became of a row.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Entry<'a> {
    Written {
        transform_map: &'a str,
        table: &'a str,
        display_name: &'static str,
        display_value: String,
        record_link: String,
        status: &'static str,
        sys_id: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        status_message: Option<&'static str>,
    },
    NotWritten {
        transform_map: &'a str,
        table: &'a str,
        status: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        error_message: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        status_message: Option<String>,
    },
}

/// Why a row was not written.
pub(super) enum Failure {
    Aborted(String),
    /// A cross-scope privilege is missing: what the log says, and what was refused.
    Denied {
        log: String,
        refused: &'static str,
    },
    Skipped(String),
    Ignored {
        message: &'static str,
        error: &'static str,
    },
}

impl From<Aborted> for Failure {
    fn from(Aborted(message): Aborted) -> Self {
        Self::Aborted(message)
    }
}

impl Entry<'_> {
    /// Tells the journal what the client may overlook.
    pub(super) fn note(&self, notes: &mut Vec<String>) {
        if let Self::NotWritten { status, error_message, status_message, .. } = self {
            let message = error_message.as_ref().or(status_message.as_ref());
            let message = message.map_or("", String::as_str);
            let ended = if *status == "error" { "in an error" } else { *status };
            notes.push(format!("the row ended {ended}: {message}"));
        }
    }
}

fn not_written<'a>(map: &'a TransformMap, status: &'static str) -> Entry<'a> {
    Entry::NotWritten {
        transform_map: &map.name,
        table: &map.table,
        status,
        error_message: None,
        status_message: None,
    }
}

pub(super) fn failed(map: &TransformMap, message: String) -> Entry<'_> {
    let mut entry = not_written(map, "error");
    if let Entry::NotWritten { error_message, .. } = &mut entry {
        *error_message = Some(message);
    }
    entry
}

pub(super) fn skipped(map: &TransformMap, message: String) -> Entry<'_> {
    let mut entry = not_written(map, "skipped");
    if let Entry::NotWritten { status_message, .. } = &mut entry {
        *status_message = Some(message);
    }
    entry
}

pub(super) fn ignored<'a>(map: &'a TransformMap, message: &str, error: &str) -> Entry<'a> {
    let mut entry = not_written(map, "ignored");
    if let Entry::NotWritten { status_message, error_message, .. } = &mut entry {
        *status_message = Some(message.to_owned());
        *error_message = Some(error.to_owned());
    }
    entry
}

/// Transforms a row.
pub(super) fn run<'a>(
    call: &Call,
    row: &Staged,
    map: &'a TransformMap,
    work: &mut Transaction,
) -> Result<Entry<'a>, Failure> {
    check(row, map, work)?;
    let values = mapped(row, map, work)?;
    check_mandatory(&values, map)?;
    let found = target(row, &values, map, work)?;
    privilege(work, Gate::SetValue, EXECUTE_SET_VALUE)?;
    let manner = Manner {
        business_rules: map.run_business_rules,
        data_policy: map.run_business_rules && work.configuration.switches.data_policy_on_import,
        closing_needs_role: false,
    };
    let caller = work.caller.clone();
    if work.configuration.switches.transform_runs_as == RunsAs::System {
        work.caller = Caller::system();
    }
    let written = write(found, &values, manner, work);
    work.caller = caller;
    let (sys_id, status) = written?;
    let number = work.database.display_value("incident", &sys_id).to_owned();
    Ok(Entry::Written {
        transform_map: &map.name,
        table: &map.table,
        display_name: "number",
        display_value: number,
        record_link: format!("{}/api/now/table/incident/{sys_id}", call.origin),
        status,
        sys_id,
        status_message: (status == "ignored").then_some("No field values changed"),
    })
}

fn write(
    found: Option<Row>,
    values: &Values,
    manner: Manner,
    work: &mut Transaction,
) -> Result<(String, &'static str), Failure> {
    if let Some(incident) = found {
        let changed = incident::update(work, &incident, values, manner)?;
        return Ok((incident.sys_id().to_owned(), if changed { "updated" } else { "ignored" }));
    }
    privilege(work, Gate::Insert, EXECUTE_INSERT)?;
    Ok((incident::insert(work, values, manner)?, "inserted"))
}

/// What keeps a row from being transformed at all.
fn check(row: &Staged, map: &TransformMap, work: &Transaction) -> Result<(), Failure> {
    let switches = &work.configuration.switches;
    let may_write = work.caller.has(roles::WRITE);
    if !work.caller.has(roles::TRANSFORMER)
        || switches.transform_runs_as == RunsAs::CallerWithRights && !may_write
    {
        return Err(Failure::Aborted(refusal::acl_exception("Insert")));
    }
    if let Some(most) = switches.maximum_row_bytes
        && row.bytes(switches) > most
    {
        return Err(Failure::Skipped(format!("Row size too large: more than {most} bytes")));
    }
    if map.table != "incident" {
        return Err(Failure::Aborted("Invalid table".to_owned()));
    }
    match map.on_before {
        OnBefore::Pass => Ok(()),
        OnBefore::Ignore => Err(Failure::Ignored {
            message: "Row transform ignored by onBefore script",
            error: "Target record not found",
        }),
        OnBefore::Error => Err(Failure::Aborted(
            "No transform entry or scripts are defined; Target record not found".to_owned(),
        )),
    }
}

const READ_INCIDENT: (&str, &str) =
    ("Read operation on table 'incident'", "read access to incident");
const EXECUTE_SET_VALUE: (&str, &str) =
    ("Execute operation on API 'GlideRecord.setValue'", "execute access to GlideRecord.setValue");
const EXECUTE_INSERT: (&str, &str) =
    ("Execute operation on API 'GlideRecord.insert'", "execute access to GlideRecord.insert");

/// Whether the application may do what it does next (servicenow-instance.md 10).
fn privilege(
    work: &Transaction,
    gate: Gate,
    (operation, refused): (&str, &'static str),
) -> Result<(), Failure> {
    if work.configuration.is_done(gate) {
        return Ok(());
    }
    let log = format!(
        "{operation} from scope 'x_elas2_inc_int' was denied. The application 'x_elas2_inc_int' \
         must declare a cross scope access privilege. Please contact the application admin to \
         update their access requests."
    );
    Err(Failure::Denied { log, refused })
}

/// What is to be written. Empty values are not copied unless the map says so, and the text `NULL`
/// empties the field.
fn mapped(row: &Staged, map: &TransformMap, work: &mut Transaction) -> Result<Values, Failure> {
    let mut values = Values::new();
    for (column, text) in &row.values {
        let text = match text.as_str() {
            "NULL" => String::new(),
            "" if !map.copy_empty_fields => continue,
            text => text.to_owned(),
        };
        values::put(work, &mut values, column, text, map.choice_action.into()).map_err(
            |Rejected| Failure::Skipped(format!("{column}: the value is no choice, row rejected")),
        )?;
    }
    Ok(values)
}

/// What the vendor's answer says of an empty mandatory field is not recorded
/// (servicenow-instance.md 11.2).
fn check_mandatory(values: &Values, map: &TransformMap) -> Result<(), Failure> {
    let empty = |column: &&String| {
        let written = schema::column_of("incident", column).and_then(|at| values.get(at.name));
        match (map.enforce_mandatory, written) {
            (EnforceMandatory::No, _) | (EnforceMandatory::OnlyMapped, None) => false,
            (_, written) => written.is_none_or(|value| value.trim().is_empty()),
        }
    };
    let missing: Vec<&str> = map
        .mandatory
        .iter()
        .filter(empty)
        .map(|column| schema::column_of("incident", column).map_or(column.as_str(), |at| at.label))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let missing = missing.join(", ");
    Err(Failure::Aborted(format!("Mandatory fields are empty: {missing}")))
}

/// The incident that the row coalesces with: the one named, else the first that matches in every
/// column, whatever its state.
fn target(
    row: &Staged,
    values: &Values,
    map: &TransformMap,
    work: &Transaction,
) -> Result<Option<Row>, Failure> {
    privilege(work, Gate::IncidentTable, READ_INCIDENT)?;
    if !row.incident_id.is_empty() {
        let incident = work.database.get("incident", &row.incident_id.to_ascii_lowercase());
        let incident = incident.cloned().map(Some);
        return incident.ok_or_else(|| Failure::Aborted("Target record not found".to_owned()));
    }
    let coalesced = map.coalesce.iter().filter_map(|name| schema::column_of("incident", name));
    let wanted: Vec<(&str, &str)> = coalesced
        .map(|column| (column.name, values.get(column.name).map_or("", String::as_str)))
        .collect();
    if wanted.is_empty() {
        return Ok(None);
    }
    if !map.coalesce_empty_fields && wanted.iter().any(|(_, value)| value.is_empty()) {
        return if map.create_on_empty_coalesce {
            Ok(None)
        } else {
            let message = "Unable to resolve target record, coalesce values not present";
            Err(Failure::Skipped(message.to_owned()))
        };
    }
    let same = |left: &str, right: &str| {
        left == right || !map.coalesce_case_sensitive && left.to_lowercase() == right.to_lowercase()
    };
    let matches = |row: &&Row| wanted.iter().all(|(column, value)| same(row.get(column), value));
    let by_index = wanted.iter().find(|(column, _)| *column == "correlation_id");
    Ok(match by_index {
        Some((_, id)) => {
            work.database.indexed("incident", "correlation_id", id).find(matches).cloned()
        }
        None => work.database.rows("incident").find(matches).cloned(),
    })
}
