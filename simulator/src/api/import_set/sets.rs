//! Import sets: one a day, and what became of their rows.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use crate::clock::Moment;

/// After how many days the daily job removes a row (servicenow-instance.md 1.1).
const KEPT_DAYS: i64 = 7;

/// As many rows as are remembered.
const ROWS: usize = 10_000;

/// The import set that collects the rows of a day, and the rows of the last ones.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct ImportSets {
    day: Option<i64>,
    opened: u32,
    /// The day of each row and its answer.
    rows: BTreeMap<String, (i64, String)>,
    /// The rows, oldest first.
    order: VecDeque<String>,
}

impl ImportSets {
    pub(crate) fn current(&mut self, now: Moment) -> String {
        if self.day != Some(now.day()) {
            self.day = Some(now.day());
            self.opened = self.opened.saturating_add(1);
        }
        format!("ISET{:07}", self.opened.saturating_add(10_000))
    }

    pub(super) fn remember(&mut self, row_id: String, answer: String, now: Moment) {
        self.order.push_back(row_id.clone());
        self.rows.insert(row_id, (now.day(), answer));
        if self.order.len() > ROWS
            && let Some(oldest) = self.order.pop_front()
        {
            self.rows.remove(&oldest);
        }
    }

    /// The answer that a row was given, as long as the row is there.
    pub(super) fn answer(&self, row_id: &str, now: Moment) -> Option<&str> {
        let (day, answer) = self.rows.get(row_id)?;
        (now.day().saturating_sub(*day) <= KEPT_DAYS).then_some(answer)
    }
}
