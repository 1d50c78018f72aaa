//! Where the rows of a table are that have a value, in any case, in a column.

use std::collections::{BTreeMap, BTreeSet};

use super::Row;

/// The places of a table's rows by what a column of them holds.
pub(super) struct Index {
    pub(super) column: &'static str,
    places: BTreeMap<String, BTreeSet<u64>>,
}

impl Index {
    pub(super) fn new(column: &'static str) -> Self {
        Self { column, places: BTreeMap::new() }
    }

    pub(super) fn put(&mut self, place: u64, row: &Row) {
        self.places.entry(self.key(row)).or_default().insert(place);
    }

    pub(super) fn take(&mut self, place: u64, row: &Row) {
        let key = self.key(row);
        if let Some(places) = self.places.get_mut(&key) {
            places.remove(&place);
            if places.is_empty() {
                self.places.remove(&key);
            }
        }
    }

    pub(super) fn places(&self, value: &str) -> Option<&BTreeSet<u64>> {
        self.places.get(&value.to_lowercase())
    }

    fn key(&self, row: &Row) -> String {
        row.get(self.column).to_lowercase()
    }
}
