//! A column, or a column of the record that a reference points to: `caller_id.email`.

use super::schema::{self, Column, Kind, column_of};
use super::{Database, Row};

/// How many references a path follows at most.
const STEPS: usize = 3;

/// A way from a row to a cell.
pub(crate) struct Path {
    table: &'static str,
    references: Vec<(&'static str, &'static str)>,
    column: &'static Column,
}

impl Path {
    /// Reads a dotted name, for rows of `table`.
    pub(crate) fn parse(table: &str, text: &str) -> Option<Self> {
        let mut parts: Vec<&str> = text.split('.').collect();
        let last = parts.pop()?;
        if parts.len() > STEPS {
            return None;
        }
        let first = schema::name_of(table)?;
        let mut table = first;
        let mut references = Vec::new();
        for part in parts {
            let column = column_of(table, part)?;
            let Kind::Reference(target) = column.kind else { return None };
            references.push((column.name, target));
            table = target;
        }
        Some(Self { table: first, references, column: column_of(table, last)? })
    }

    /// Whether this is a column of the row itself.
    pub(crate) fn is_own(&self) -> bool {
        self.references.is_empty()
    }

    /// Whether the way leads through one of the columns, each `table.column`, or to it.
    pub(crate) fn passes(&self, columns: &[String]) -> bool {
        let mut table = self.table;
        let mut steps: Vec<(&str, &str)> = Vec::new();
        for (column, target) in &self.references {
            steps.push((table, column));
            table = target;
        }
        steps.push((table, self.column.name));
        columns.iter().any(|hidden| {
            let hidden = hidden.split_once('.');
            steps.iter().any(|step| hidden == Some(*step))
        })
    }

    pub(crate) fn column(&self) -> &'static Column {
        self.column
    }

    /// The row that the cell is in. A reference that is empty leads nowhere.
    pub(crate) fn row<'a>(&self, database: &'a Database, row: &'a Row) -> Option<&'a Row> {
        self.references
            .iter()
            .try_fold(row, |row, (column, table)| database.get(table, row.get(column)))
    }

    /// What is in the cell.
    pub(crate) fn value<'a>(&self, database: &'a Database, row: &'a Row) -> &'a str {
        self.row(database, row).map_or("", |row| row.get(self.column.name))
    }
}
