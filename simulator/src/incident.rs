//! Incidents: what may be written to them, and what the instance's own rules make of it
//! (servicenow-instance.md 4).

use std::collections::BTreeMap;

use crate::database::{Column, Database, Kind, Row};
use crate::setup::ClosedIncidents;
use crate::transaction::Transaction;
use crate::{ids, refusal, roles};

const TABLE: &str = "incident";
const ON_HOLD: &str = "3";
const OPEN: [&str; 3] = ["1", "2", ON_HOLD];
const RESOLVED: &str = "6";
const CLOSED: &str = "7";
const CANCELED: &str = "8";
/// A reason to be on hold.
const AWAITING_CALLER: &str = "1";

/// What a client wants in which column, not yet looked at by any rule.
pub(crate) type Values = BTreeMap<&'static str, String>;

/// How a write goes about it.
#[derive(Clone, Copy)]
pub(crate) struct Manner {
    pub(crate) business_rules: bool,
    pub(crate) data_policy: bool,
    /// Whether only an administrator of incidents may close them.
    pub(crate) closing_needs_role: bool,
}

/// Why nothing was written; the text is what the instance answers.
pub(crate) struct Aborted(pub(crate) String);

/// Whether a column is the instance's to fill: what a client sends for it is ignored.
pub(crate) fn is_set_by_rules(column: &Column) -> bool {
    let by_rules = ["active", "closed_by", "number", "priority", "resolved_by", "sys_mod_count"];
    matches!(column.kind, Kind::Id | Kind::DateTime) || by_rules.contains(&column.name)
}

/// Writes a new incident and gives its `sys_id`.
pub(crate) fn insert(
    work: &mut Transaction,
    values: &Values,
    manner: Manner,
) -> Result<String, Aborted> {
    let sys_id = work.ids.sys_id(ids::Kind::Incident);
    let number = format!("INC{:07}", work.ids.count(ids::Kind::Incident).saturating_add(10_000));
    let now = work.now.text();
    let mut row = Row::from([
        ("sys_id", sys_id.as_str()),
        ("number", &number),
        ("active", "true"),
        ("approval", "not requested"),
        ("category", "inquiry"),
        ("escalation", "0"),
        ("impact", "3"),
        ("notify", "1"),
        ("opened_at", &now),
        ("opened_by", &work.caller.sys_id),
        ("priority", "5"),
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
    check(work, &before, &mut row, values, manner)?;
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
    manner: Manner,
) -> Result<bool, Aborted> {
    let mut row = before.clone();
    put(&mut row, values);
    if row == *before && !append_is_due(values) {
        return Ok(false);
    }
    check(work, before, &mut row, values, manner)?;
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

/// Everything that is said about a write before it is done.
fn check(
    work: &Transaction,
    before: &Row,
    row: &mut Row,
    values: &Values,
    manner: Manner,
) -> Result<(), Aborted> {
    if manner.business_rules {
        keep_closed(work, before)?;
        apply_rules(work, before, row);
    }
    let closes = row.get("state") == CLOSED && before.get("state") != CLOSED;
    if closes && manner.closing_needs_role && !work.caller.has(roles::CLOSE) {
        return Err(Aborted(refusal::acl_exception("Update")));
    }
    if manner.data_policy { check_data_policy(work.database, row, values) } else { Ok(()) }
}

/// A rule that some instances have and new ones have not (servicenow-instance.md 4.4).
fn keep_closed(work: &Transaction, before: &Row) -> Result<(), Aborted> {
    let aborts = work.configuration.switches.closed_incidents == ClosedIncidents::Abort;
    if !aborts || before.get("active") != "false" {
        return Ok(());
    }
    let rule = "Keep closed incidents closed";
    let sys_id = work.ids.sys_id_of(rule);
    Err(Aborted(format!(
        "Operation against file 'incident' was aborted by Business Rule '{rule}^{sys_id}'. \
         Business Rule Stack:{rule}"
    )))
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
    if OPEN.contains(&state.as_str()) {
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

/// Whoever resolves or closes has to say how; whoever waits for the caller has to tell him
/// (servicenow-instance.md 4.2 and 4.3). A code that is no choice counts as none.
fn check_data_policy(database: &Database, row: &Row, values: &Values) -> Result<(), Aborted> {
    let ends = [RESOLVED, CLOSED].contains(&row.get("state"));
    let code = database.choice("close_code", row.get("close_code")).is_some();
    let notes = !row.get("close_notes").trim().is_empty();
    let waits = row.get("state") == ON_HOLD && row.get("hold_reason") == AWAITING_CALLER;
    let told = values.get("comments").is_some_and(|text| !text.trim().is_empty())
        || database.journal_of(row.sys_id()).any(|entry| entry.get("element") == "comments");
    let missing: Vec<&str> = [
        (ends && !code, "Resolution code"),
        (ends && !notes, "Resolution notes"),
        (waits && !told, "Additional comments"),
    ]
    .into_iter()
    .filter_map(|(missing, label)| missing.then_some(label))
    .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let missing = missing.join(", ");
    Err(Aborted(format!("Data Policy Exception: The following fields are mandatory: {missing}")))
}

/// Closes what has been resolved for long enough, as the instance's daily job does
/// (servicenow-instance.md 4.2).
pub(crate) fn autoclose(work: &mut Transaction) {
    let days = i64::from(work.configuration.switches.autoclose_days);
    let before = work.now.minus_days(days).text();
    let due: Vec<Row> = work
        .database
        .rows(TABLE)
        .filter(|row| row.get("state") == RESOLVED && row.get("resolved_at") <= before.as_str())
        .cloned()
        .collect();
    let values = Values::from([("state", CLOSED.to_owned())]);
    let manner = Manner { business_rules: true, data_policy: false, closing_needs_role: false };
    for incident in due {
        // What a rule keeps as it is stays as it is.
        let _ = update(work, &incident, &values, manner);
    }
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
