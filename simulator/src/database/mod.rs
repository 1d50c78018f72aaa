//! Tables, rows, and reading them. What may be written, and what follows from it, is
//! [`crate::incident`]'s.

mod choices;
mod dictionary;
mod index;
mod path;
mod query;
mod saved;
pub(crate) mod schema;
mod table;

use std::collections::BTreeMap;

pub(crate) use path::Path;
pub(crate) use query::{Query, Reading};
pub(crate) use schema::{Column, Kind};
pub(crate) use table::{Full, Row};

use table::Table;

use crate::ids::Ids;
use crate::setup::Switches;

/// All tables.
pub(crate) struct Database {
    tables: BTreeMap<&'static str, Table>,
}

impl Database {
    /// Empty tables, except for what an instance comes with: choices and the dictionary.
    pub(crate) fn new(ids: &Ids, switches: &Switches) -> Self {
        let tables = schema::TABLES.iter().map(|schema| (schema.name, Table::new(schema)));
        let mut database = Self { tables: tables.collect() };
        for row in choices::rows(ids, switches.close_codes) {
            let _ = database.insert("sys_choice", row);
        }
        for row in dictionary::rows(ids, &switches.column_widths) {
            let _ = database.insert("sys_dictionary", row);
        }
        database
    }

    /// The table's name as the schema writes it.
    pub(crate) fn table_name(&self, name: &str) -> Option<&'static str> {
        self.tables.get_key_value(name).map(|(name, _)| *name)
    }

    pub(crate) fn rows(&self, table: &str) -> impl DoubleEndedIterator<Item = &Row> {
        self.tables.get(table).into_iter().flat_map(Table::rows)
    }

    /// How many rows a table has.
    pub(crate) fn count(&self, table: &str) -> usize {
        self.tables.get(table).map_or(0, Table::count)
    }

    pub(crate) fn get(&self, table: &str, sys_id: &str) -> Option<&Row> {
        self.tables.get(table)?.get(sys_id)
    }

    /// The rows with a value, in any case, in a column by which the table is indexed.
    pub(crate) fn indexed(
        &self,
        table: &str,
        column: &str,
        value: &str,
    ) -> impl DoubleEndedIterator<Item = &Row> {
        self.tables.get(table).into_iter().flat_map(move |table| table.indexed(column, value))
    }

    /// How many rows that are; nothing for a column by which the table is not indexed.
    pub(crate) fn indexed_count(&self, table: &str, column: &str, value: &str) -> Option<usize> {
        self.tables.get(table)?.indexed_count(column, value)
    }

    pub(crate) fn insert(&mut self, table: &str, row: Row) -> Result<(), Full> {
        self.tables.get_mut(table).ok_or(Full)?.insert(row)
    }

    /// Puts `row` where the row with its `sys_id` is.
    pub(crate) fn replace(&mut self, table: &str, row: Row) {
        if let Some(table) = self.tables.get_mut(table) {
            table.replace(row);
        }
    }

    /// Removes a row, and says whether there was one.
    pub(crate) fn remove(&mut self, table: &str, sys_id: &str) -> bool {
        self.tables.get_mut(table).is_some_and(|table| table.remove(sys_id).is_some())
    }

    /// What lists show for a record: its number, its name.
    pub(crate) fn display_value(&self, table: &str, sys_id: &str) -> &str {
        let display = self.tables.get(table).map_or("", Table::display);
        self.get(table, sys_id).map_or("", |row| row.get(display))
    }

    /// The record that a reference written as text means: its `sys_id` or what lists show, and
    /// for users their name to sign in with or their address too.
    pub(crate) fn find_reference(&self, table: &str, text: &str) -> Option<&Row> {
        let display = self.tables.get(table)?.display();
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
        self.choices(element).find(|row| row.get("value") == value)
    }

    /// Whether a column of the incident form has choices.
    pub(crate) fn has_choices(&self, element: &str) -> bool {
        self.choices(element).next().is_some()
    }

    /// The value of the choice that a text means: its value or its label.
    pub(crate) fn choice_value(&self, element: &str, text: &str) -> Option<&str> {
        let is =
            |column: &'static str| move |row: &&Row| row.get(column).eq_ignore_ascii_case(text);
        let by_value = self.choices(element).find(is("value"));
        let found = by_value.or_else(|| self.choices(element).find(is("label")));
        found.map(|row| row.get("value"))
    }

    /// The values that a text means in a column: itself, and what it is the display value of.
    pub(crate) fn meant(&self, column: &Column, text: &str) -> Vec<String> {
        let stored = match column.kind {
            Kind::Reference(table) => self.find_reference(table, text).map(Row::sys_id),
            Kind::Choice | Kind::Level => self.choice_value(column.name, text),
            _ => None,
        };
        [Some(text), stored].into_iter().flatten().map(str::to_owned).collect()
    }

    /// The choices of a column that are offered.
    fn choices(&self, element: &str) -> impl Iterator<Item = &Row> {
        self.indexed("sys_choice", "element", element).filter(|row| row.get("inactive") == "false")
    }

    /// The entries of a record's journal, oldest first.
    pub(crate) fn journal_of(&self, sys_id: &str) -> impl DoubleEndedIterator<Item = &Row> {
        self.indexed("sys_journal_field", "element_id", sys_id)
    }
}
