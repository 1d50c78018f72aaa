//! Faults for which the instance holds something else than the client believes.

use super::Planned;
use super::catalogue::Facts;
use super::fault::Fault;
use super::place::{Resource, Scene};
use super::rule::FaultRule;
use super::unread::{self, Unread};
use crate::database::Row;
use crate::ids;
use crate::instance::Instance;

/// Whether the fault, in the form that the rule wants, gives the answer, too.
pub(super) fn answers(rule: &FaultRule, facts: &Facts, scene: &Scene, unread: &Unread) -> bool {
    match (rule.fault, rule.variant(facts)) {
        (Fault::IncidentClosed, "aborted") | (Fault::ReadAfterWrite, "missing") => true,
        (Fault::ReadAfterWrite, _) => match scene.resource {
            Resource::Record(_, sys_id) => unread.is_new(sys_id),
            _ => false,
        },
        (Fault::ChoiceInvalid, "skipped") => scene.resource == Resource::Import,
        _ => false,
    }
}

/// What happened before the call came. A record that is shown as it was is handed over as it is.
pub(super) fn before(planned: &Planned, scene: &Scene, instance: &mut Instance) -> Option<Row> {
    match (planned.rule.fault, planned.variant()) {
        (Fault::TokenExpired, _) => instance.oauth.revoke_tokens(),
        (Fault::SeveralTargets, _) => double(scene, instance),
        (Fault::IncidentClosed, _) => close(scene, instance),
        (Fault::ChoiceInvalid, "created") => add_choice(planned, scene, instance),
        (Fault::ReadAfterWrite, _) => return show_old(scene, instance),
        _ => {}
    }
    None
}

/// What happens once the call was carried out.
pub(super) fn after(planned: &Planned, scene: &Scene, instance: &mut Instance) {
    // The first incident with that ID may not have been there before.
    if planned.rule.fault == Fault::SeveralTargets {
        double(scene, instance);
    }
}

/// Gives an incident a second one with the same correlation ID.
fn double(scene: &Scene, instance: &mut Instance) {
    let Some(first) = scene.correlated(&instance.database).cloned() else { return };
    let id = first.get("correlation_id");
    if instance.database.indexed_count("incident", "correlation_id", id) != Some(1) {
        return;
    }
    let mut second = first;
    second.set("sys_id", instance.ids.sys_id(ids::Kind::Incident));
    let count = instance.ids.count(ids::Kind::Incident);
    second.set("number", format!("INC{:07}", count.saturating_add(10_000)));
    // In a full table the incident stays the only one.
    let _ = instance.database.insert("incident", second);
}

/// Closes the incident that a write is for, as somebody else does on the form.
fn close(scene: &Scene, instance: &mut Instance) {
    let Some(mut row) = scene.target(&instance.database) else { return };
    if row.get("state") == "7" {
        return;
    }
    for (column, value) in [
        ("state", "7"),
        ("incident_state", "7"),
        ("active", "false"),
        ("close_code", "Closed/Resolved by Caller"),
        ("close_notes", "Closed by somebody else"),
        ("closed_at", &instance.now.text()),
    ] {
        row.set(column, value);
    }
    instance.database.replace("incident", row);
}

fn add_choice(planned: &Planned, scene: &Scene, instance: &mut Instance) {
    let Some((name, value)) = scene.column(&planned.rule, "category") else { return };
    let element = name.strip_prefix("u_").unwrap_or(&name);
    let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if value.is_empty() || instance.database.choice(element, &value).is_some() {
        return;
    }
    let row = Row::from([
        ("sys_id", instance.ids.sys_id(ids::Kind::Record).as_str()),
        ("name", "incident"),
        ("element", element),
        ("value", &value),
        ("label", &value),
        ("language", "en"),
        ("inactive", "false"),
    ]);
    let _ = instance.database.insert("sys_choice", row);
}

/// Puts the incident as it was before the last write in the place of the one that is.
fn show_old(scene: &Scene, instance: &mut Instance) -> Option<Row> {
    let Resource::Record("incident", sys_id) = scene.resource else { return None };
    let old = instance.faults.unread.take(sys_id)?;
    let current = instance.database.get("incident", sys_id).cloned();
    instance.database.replace("incident", unread::row(&old));
    current
}
