//! Records of every table but `incident`: no rules, only columns and their widths. Administrators
//! may write them.

use crate::database::{Row, schema};
use crate::ids;
use crate::incident::{Aborted, Values};
use crate::transaction::Transaction;

/// Writes a new record and gives its `sys_id`.
pub(crate) fn insert(
    work: &mut Transaction,
    table: &'static str,
    values: &Values,
) -> Result<String, Aborted> {
    let sys_id = work.ids.sys_id(ids::Kind::Record);
    let mut row = Row::from([("sys_id", sys_id.as_str())]);
    put(&mut row, values);
    // What is made is on, unless it is said to be off.
    for (column, value) in [("active", "true"), ("inactive", "false"), ("language", "en")] {
        if let Some(column) = schema::column_of(table, column)
            && row.get(column.name).is_empty()
        {
            row.set(column.name, value);
        }
    }
    let full = |_| Aborted(format!("Error during insert of {table} (the simulator is full)"));
    work.database.insert(table, row).map_err(full)?;
    Ok(sys_id)
}

/// Writes to a record that is there.
pub(crate) fn update(work: &mut Transaction, table: &'static str, before: &Row, values: &Values) {
    let mut row = before.clone();
    put(&mut row, values);
    work.database.replace(table, row);
}

fn put(row: &mut Row, values: &Values) {
    for (column, value) in values {
        row.set(column, value);
    }
}
