//! Tables, rows, and reading them. What may be written, and what follows from it, is
//! [`crate::incident`]'s.

mod choices;
mod dictionary;
mod path;
mod query;
pub(crate) mod schema;

use std::collections::BTreeMap;

pub(crate) use path::Path;
pub(crate) use query::Query;
pub(crate) use schema::{Column, Kind};

use crate::ids::Ids;

/// A record. Empty cells are not kept.
#[derive(Clone, Default, PartialEq, Eq)]
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

/// A table's rows, oldest first.
#[derive(Default)]
struct Table {
    display: &'static str,
    rows: BTreeMap<u64, Row>,
    places: BTreeMap<String, u64>,
    inserted: u64,
}

/// The table is as full as it gets.
#[derive(Debug)]
pub(crate) struct Full;

/// All tables.
pub(crate) struct Database {
    tables: BTreeMap<&'static str, Table>,
}

impl Database {
    /// As many rows as a table takes.
    const CAPACITY: usize = 200_000;

    /// Empty tables, except for what an instance comes with: choices and the dictionary.
    pub(crate) fn new(ids: &Ids) -> Self {
        let tables = schema::TABLES
            .iter()
            .map(|(name, display, _)| (*name, Table { display, ..Table::default() }))
            .collect();
        let mut database = Self { tables };
        for row in choices::rows(ids) {
            let _ = database.insert("sys_choice", row);
        }
        for row in dictionary::rows(ids) {
            let _ = database.insert("sys_dictionary", row);
        }
        database
    }

    /// The table's name as the schema writes it.
    pub(crate) fn table_name(&self, name: &str) -> Option<&'static str> {
        self.tables.get_key_value(name).map(|(name, _)| *name)
    }

    pub(crate) fn rows(&self, table: &str) -> impl DoubleEndedIterator<Item = &Row> {
        self.tables.get(table).into_iter().flat_map(|table| table.rows.values())
    }

    pub(crate) fn get(&self, table: &str, sys_id: &str) -> Option<&Row> {
        let table = self.tables.get(table)?;
        table.rows.get(table.places.get(sys_id)?)
    }

    pub(crate) fn insert(&mut self, table: &str, row: Row) -> Result<(), Full> {
        let table = self.tables.get_mut(table).ok_or(Full)?;
        if table.rows.len() >= Self::CAPACITY {
            return Err(Full);
        }
        table.inserted = table.inserted.saturating_add(1);
        table.places.insert(row.sys_id().to_owned(), table.inserted);
        table.rows.insert(table.inserted, row);
        Ok(())
    }

    /// Puts `row` where the row with its `sys_id` is.
    pub(crate) fn replace(&mut self, table: &str, row: Row) {
        if let Some(table) = self.tables.get_mut(table)
            && let Some(place) = table.places.get(row.sys_id())
        {
            table.rows.insert(*place, row);
        }
    }

    /// Removes a row, and says whether there was one.
    pub(crate) fn remove(&mut self, table: &str, sys_id: &str) -> bool {
        self.tables.get_mut(table).is_some_and(|table| {
            table.places.remove(sys_id).is_some_and(|place| table.rows.remove(&place).is_some())
        })
    }

    /// What lists show for a record: its number, its name.
    pub(crate) fn display_value(&self, table: &str, sys_id: &str) -> &str {
        let display = self.tables.get(table).map_or("", |table| table.display);
        self.get(table, sys_id).map_or("", |row| row.get(display))
    }

    /// The record that a reference written as text means: its `sys_id` or what lists show, and
    /// for users their name to sign in with or their address too.
    pub(crate) fn find_reference(&self, table: &str, text: &str) -> Option<&Row> {
        let display = self.tables.get(table)?.display;
        let is = |value: &str| value.eq_ignore_ascii_case(text);
        self.get(table, text).or_else(|| {
            self.rows(table).find(|row| {
                is(row.get(display))
                    || table == "sys_user" && (is(row.get("user_name")) || is(row.get("email")))
            })
        })
    }

    /// The label of a choice of the incident form.
    pub(crate) fn choice(&self, element: &str, value: &str) -> Option<&Row> {
        self.rows("sys_choice").find(|row| {
            row.get("element") == element
                && row.get("value") == value
                && row.get("inactive") == "false"
        })
    }

    /// The entries of a record's journal, oldest first.
    pub(crate) fn journal_of<'a>(
        &'a self,
        sys_id: &'a str,
    ) -> impl DoubleEndedIterator<Item = &'a Row> {
        self.rows("sys_journal_field").filter(move |row| row.get("element_id") == sys_id)
    }
}
