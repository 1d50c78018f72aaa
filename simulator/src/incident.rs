//! Incidents: what may be written to them, and what the instance's own rules make of it
//! (servicenow-instance.md 4).

use std::collections::BTreeMap;

use crate::database::{Column, Database, Kind, Row};
use crate::ids;
use crate::transaction::Transaction;

const TABLE: &str = "incident";
const IN_PROGRESS_OR_NEW: [&str; 3] = ["1", "2", "3"];
const RESOLVED: &str = "6";
const CLOSED: &str = "7";
const CANCELED: &str = "8";

/// What a client wants in which column, not yet looked at by any rule.
pub(crate) type Values = BTreeMap<&'static str, String>;

/// Why nothing was written; the text is what the instance answers.
pub(crate) struct Aborted(pub(crate) String);

/// Whether a column is the instance's to fill: what a client sends for it is ignored.
pub(crate) fn is_set_by_rules(column: &Column) -> bool {
    let by_rules = ["active", "closed_by", "number", "priority", "resolved_by", "sys_mod_count"];
    matches!(column.kind, Kind::Id | Kind::DateTime) || by_rules.contains(&column.name)
}

/// Writes a new incident and gives its `sys_id`.
pub(crate) fn insert(work: &mut Transaction, values: &Values) -> Result<String, Aborted> {
    let sys_id = work.ids.sys_id(ids::Kind::Incident);
    let number = format!("INC{:07}", work.ids.count(ids::Kind::Incident).saturating_add(10_000));
    let now = work.now.text();
    let mut row = Row::from([
        ("sys_id", sys_id.as_str()),
        ("number", &number),
        ("approval", "not requested"),
        ("category", "inquiry"),
        ("escalation", "0"),
        ("impact", "3"),
        ("notify", "1"),
        ("opened_at", &now),
        ("opened_by", &work.caller.sys_id),
        ("severity", "3"),
        ("state", "1"),
        ("incident_state", "1"),
        ("sys_class_name", TABLE),
        ("sys_created_by", &work.caller.user_name),
        ("sys_created_on", &now),
        ("sys_domain", "global"),
        ("sys_mod_count", "0"),
        ("sys_updated_by", &work.caller.user_name),
        ("sys_updated_on", &now),
        ("upon_approval", "proceed"),
        ("upon_reject", "cancel"),
        ("urgency", "3"),
    ]);
    let before = row.clone();
    put(&mut row, values);
    apply_rules(work, &before, &mut row);
    check_data_policy(work.database, &row)?;
    let full = |_| Aborted("Error during insert of incident (the simulator is full)".to_owned());
    work.database.insert(TABLE, row).map_err(full)?;
    append_entries(work, &sys_id, values);
    Ok(sys_id)
}

/// Writes to an incident that is there, and says whether that changed anything.
pub(crate) fn update(
    work: &mut Transaction,
    before: &Row,
    values: &Values,
) -> Result<bool, Aborted> {
    let mut row = before.clone();
    put(&mut row, values);
    apply_rules(work, before, &mut row);
    let said_something = append_is_due(values);
    if row == *before && !said_something {
        return Ok(false);
    }
    check_data_policy(work.database, &row)?;
    let count = before.get("sys_mod_count").parse().unwrap_or(0_u64).saturating_add(1);
    row.set("sys_mod_count", count.to_string());
    row.set("sys_updated_by", &work.caller.user_name);
    row.set("sys_updated_on", work.now.text());
    let sys_id = row.sys_id().to_owned();
    work.database.replace(TABLE, row);
    append_entries(work, &sys_id, values);
    Ok(true)
}

fn put(row: &mut Row, values: &Values) {
    for (column, value) in values {
        if !is_journal(column) {
            row.set(column, value);
        }
    }
}

/// The business rules that keep state, priority and dates in step.
fn apply_rules(work: &Transaction, before: &Row, row: &mut Row) {
    if row.get("incident_state") == before.get("incident_state") {
        let state = row.get("state").to_owned();
        row.set("incident_state", state);
    } else {
        let state = row.get("incident_state").to_owned();
        row.set("state", state);
    }
    let state = row.get("state").to_owned();
    row.set("active", if [CLOSED, CANCELED].contains(&state.as_str()) { "false" } else { "true" });
    row.set("priority", priority(row.get("impact"), row.get("urgency")));
    if state == before.get("state") {
        return;
    }
    if state == RESOLVED {
        row.set("resolved_at", work.now.text());
        row.set("resolved_by", &work.caller.sys_id);
    }
    if state == CLOSED {
        row.set("closed_at", work.now.text());
        row.set("closed_by", &work.caller.sys_id);
    }
    if IN_PROGRESS_OR_NEW.contains(&state.as_str()) {
        for column in ["closed_at", "closed_by", "resolved_at", "resolved_by"] {
            row.set(column, "");
        }
    }
}

/// The priority look-up (servicenow-instance.md 4.5).
fn priority(impact: &str, urgency: &str) -> &'static str {
    match (impact, urgency) {
        ("1", "1") => "1",
        ("1", "2") | ("2", "1") => "2",
        ("1", "3") | ("2", "2") | ("3", "1") => "3",
        ("2", "3") | ("3", "2") => "4",
        _ => "5",
    }
}

/// Whoever resolves or closes has to say how. A code that is no choice counts as none.
fn check_data_policy(database: &Database, row: &Row) -> Result<(), Aborted> {
    if ![RESOLVED, CLOSED].contains(&row.get("state")) {
        return Ok(());
    }
    let code = database.choice("close_code", row.get("close_code")).is_some();
    let notes = !row.get("close_notes").trim().is_empty();
    let missing: Vec<&str> = [(code, "Resolution code"), (notes, "Resolution notes")]
        .into_iter()
        .filter_map(|(there, label)| (!there).then_some(label))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let missing = missing.join(", ");
    Err(Aborted(format!("Data Policy Exception: The following fields are mandatory: {missing}")))
}

fn is_journal(column: &str) -> bool {
    ["comments", "work_notes"].contains(&column)
}

fn append_is_due(values: &Values) -> bool {
    values.iter().any(|(column, value)| is_journal(column) && !value.is_empty())
}

fn append_entries(work: &mut Transaction, sys_id: &str, values: &Values) {
    for (column, value) in values {
        if !is_journal(column) || value.is_empty() {
            continue;
        }
        let entry = Row::from([
            ("sys_id", work.ids.sys_id(ids::Kind::JournalEntry).as_str()),
            ("element", column),
            ("element_id", sys_id),
            ("name", TABLE),
            ("sys_created_by", &work.caller.user_name),
            ("sys_created_on", &work.now.text()),
            ("value", value),
        ]);
        if work.database.insert("sys_journal_field", entry).is_err() {
            work.notes.push("sys_journal_field is full, the entry is lost".to_owned());
        }
    }
}
