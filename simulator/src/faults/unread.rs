//! Incidents that were written and not read since: what the first read shows can be out of date.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::place::Scene;
use crate::database::{Row, schema};
use crate::http::Answer;
use crate::instance::Instance;

/// As many as are remembered; the rest reads as it is.
const REMEMBERED: usize = 1_000;

/// The columns of a record and what they hold.
pub(super) type Cells = BTreeMap<String, String>;

/// What was there before the write, by `sys_id`: nothing of an incident that is new.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Unread(BTreeMap<String, Option<Cells>>);

impl Unread {
    pub(super) fn holds(&self, sys_id: &str) -> bool {
        self.0.contains_key(sys_id)
    }

    pub(super) fn is_new(&self, sys_id: &str) -> bool {
        self.0.get(sys_id).is_some_and(Option::is_none)
    }

    pub(super) fn take(&mut self, sys_id: &str) -> Option<Cells> {
        self.0.remove(sys_id).flatten()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

/// What the incident holds that a call is going to change, if that is of interest.
pub(super) fn before(instance: &Instance, scene: &Scene) -> Option<Cells> {
    if !instance.faults.delays_reads() || !scene.writes() {
        return None;
    }
    let row = scene.target(&instance.database)?;
    let columns = schema::columns("incident").iter();
    Some(columns.map(|column| (column.name.to_owned(), row.get(column.name).to_owned())).collect())
}

/// Remembers which incident was written, if that is of interest.
pub(super) fn note(instance: &mut Instance, scene: &Scene, before: Option<Cells>, answer: &Answer) {
    if !instance.faults.delays_reads() || !scene.writes() || answer.status >= 300 {
        return;
    }
    let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let result = body.get("result");
    let record = result.and_then(|result| result.get(0)).or(result);
    let sys_id = record.and_then(|record| record.get("sys_id")).and_then(Value::as_str);
    let unread = &mut instance.faults.unread.0;
    if let Some(sys_id) = sys_id
        && unread.len() < REMEMBERED
    {
        unread.entry(sys_id.to_owned()).or_insert(before);
    }
}

/// The incident as it was.
pub(super) fn row(cells: &Cells) -> Row {
    let mut row = Row::default();
    for (name, value) in cells {
        if let Some(column) = schema::column_of("incident", name) {
            row.set(column.name, value);
        }
    }
    row
}
