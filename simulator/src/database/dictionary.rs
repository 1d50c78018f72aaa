//! `sys_dictionary`: what the incident's columns are, as rows.

use std::collections::BTreeMap;

use super::Row;
use super::schema::{Kind, columns};
use crate::ids::Ids;
use crate::incident;

/// One row a column, under the table that brings it.
pub(super) fn rows(ids: &Ids, widths: &BTreeMap<String, usize>) -> Vec<Row> {
    columns("incident")
        .iter()
        .map(|column| {
            let name = format!("sys_dictionary {} {}", column.origin, column.name);
            let width = widths.get(column.name).copied().unwrap_or(column.width);
            let read_only = incident::is_set_by_rules(column);
            Row::from([
                ("sys_id", ids.sys_id_of(&name).as_str()),
                ("name", column.origin),
                ("element", column.name),
                ("column_label", column.label),
                ("internal_type", internal_type(column.kind)),
                ("max_length", &width.to_string()),
                ("mandatory", "false"),
                ("active", "true"),
                ("array", "false"),
                ("read_only", if read_only { "true" } else { "false" }),
            ])
        })
        .collect()
}

fn internal_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Choice => "string",
        Kind::Level | Kind::Number => "integer",
        Kind::Boolean => "boolean",
        Kind::DateTime => "glide_date_time",
        Kind::Reference(_) => "reference",
        Kind::Journal => "journal_input",
        Kind::Id => "GUID",
    }
}
