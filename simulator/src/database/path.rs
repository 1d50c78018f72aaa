//! A column, or a column of the record that a reference points to: `caller_id.email`.

use super::schema::{Column, Kind, column_of};
use super::{Database, Row};

/// How many references a path follows at most.
const STEPS: usize = 3;

/// A way from a row to a cell.
pub(crate) struct Path {
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
        let mut table = table;
        let mut references = Vec::new();
        for part in parts {
            let column = column_of(table, part)?;
            let Kind::Reference(target) = column.kind else { return None };
            references.push((column.name, target));
            table = target;
        }
        Some(Self { references, column: column_of(table, last)? })
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
