//! A table: its rows, oldest first, found by `sys_id` and by the columns that are indexed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::index::Index;
use super::schema;

/// As many rows as a table takes.
const CAPACITY: usize = 200_000;

/// A record. Empty cells are not kept.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Row(BTreeMap<&'static str, String>);

impl Row {
    pub(crate) fn get(&self, column: &str) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }

    pub(crate) fn set(&mut self, column: &'static str, value: impl Into<String>) {
        let value = value.into();
        if value.is_empty() {
            self.0.remove(column);
        } else {
            self.0.insert(column, value);
        }
    }

    pub(crate) fn sys_id(&self) -> &str {
        self.get("sys_id")
    }
}

impl<const N: usize> From<[(&'static str, &str); N]> for Row {
    fn from(cells: [(&'static str, &str); N]) -> Self {
        let mut row = Self::default();
        for (column, value) in cells {
            row.set(column, value);
        }
        row
    }
}

/// The table is as full as it gets.
#[derive(Debug)]
pub(crate) struct Full;

/// A table's rows.
pub(super) struct Table {
    schema: &'static schema::Table,
    rows: BTreeMap<u64, Row>,
    places: BTreeMap<String, u64>,
    indexes: Vec<Index>,
    inserted: u64,
}

impl Table {
    pub(super) fn new(schema: &'static schema::Table) -> Self {
        let indexes = schema.indexes.iter().map(|column| Index::new(column)).collect();
        Self { schema, rows: BTreeMap::new(), places: BTreeMap::new(), indexes, inserted: 0 }
    }

    pub(super) fn display(&self) -> &'static str {
        self.schema.display
    }

    pub(super) fn rows(&self) -> impl DoubleEndedIterator<Item = &Row> {
        self.rows.values()
    }

    pub(super) fn count(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn get(&self, sys_id: &str) -> Option<&Row> {
        self.rows.get(self.places.get(sys_id)?)
    }

    /// The rows with a value, in any case, in an indexed column.
    pub(super) fn indexed(
        &self,
        column: &str,
        value: &str,
    ) -> impl DoubleEndedIterator<Item = &Row> {
        let places = self.index(column).and_then(|index| index.places(value));
        places.into_iter().flatten().filter_map(|place| self.rows.get(place))
    }

    /// How many rows that are; nothing for a column without an index.
    pub(super) fn indexed_count(&self, column: &str, value: &str) -> Option<usize> {
        Some(self.index(column)?.places(value).map_or(0, std::collections::BTreeSet::len))
    }

    fn index(&self, column: &str) -> Option<&Index> {
        self.indexes.iter().find(|index| index.column == column)
    }

    pub(super) fn insert(&mut self, row: Row) -> Result<(), Full> {
        if self.rows.len() >= CAPACITY {
            return Err(Full);
        }
        self.inserted = self.inserted.saturating_add(1);
        self.places.insert(row.sys_id().to_owned(), self.inserted);
        self.put(self.inserted, row);
        Ok(())
    }

    /// The rows with their places, and the last place that was given.
    pub(super) fn saved(&self) -> (impl Iterator<Item = (u64, &Row)>, u64) {
        (self.rows.iter().map(|(place, row)| (*place, row)), self.inserted)
    }

    /// Puts a row where it was, and says whether there was room for it.
    pub(super) fn restore(&mut self, place: u64, row: Row) -> bool {
        let is_new = !self.rows.contains_key(&place) && !self.places.contains_key(row.sys_id());
        if is_new {
            self.places.insert(row.sys_id().to_owned(), place);
            self.put(place, row);
        }
        is_new
    }

    /// Goes on giving places where another table left off.
    pub(super) fn resume(&mut self, inserted: u64) {
        self.inserted = inserted;
    }

    pub(super) fn replace(&mut self, row: Row) {
        if let Some(place) = self.places.get(row.sys_id()).copied() {
            self.take(place);
            self.put(place, row);
        }
    }

    pub(super) fn remove(&mut self, sys_id: &str) -> Option<Row> {
        let place = self.places.remove(sys_id)?;
        self.take(place)
    }

    fn put(&mut self, place: u64, row: Row) {
        for index in &mut self.indexes {
            index.put(place, &row);
        }
        self.rows.insert(place, row);
    }

    fn take(&mut self, place: u64) -> Option<Row> {
        let row = self.rows.remove(&place)?;
        for index in &mut self.indexes {
            index.take(place, &row);
        }
        Some(row)
    }
}
