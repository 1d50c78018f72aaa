//! Tables as they are saved and loaded. Names of tables and columns are those of the schema, or
//! the state is not one of this simulator.

use std::collections::BTreeMap;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::table::{Row, Table};
use super::{Database, schema};

/// A table: its rows by their places, and the last place that was given.
#[derive(Deserialize)]
struct SavedTable {
    rows: Vec<(u64, BTreeMap<String, String>)>,
    inserted: u64,
}

#[derive(Serialize)]
struct TableToSave<'a> {
    rows: Vec<(u64, &'a Row)>,
    inserted: u64,
}

impl Serialize for Database {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.tables.iter().map(|(name, table)| {
            let (rows, inserted) = table.saved();
            (name, TableToSave { rows: rows.collect(), inserted })
        }))
    }
}

impl<'de> Deserialize<'de> for Database {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut saved = BTreeMap::<String, SavedTable>::deserialize(deserializer)?;
        let mut tables = BTreeMap::new();
        for schema in schema::TABLES {
            let table = saved.remove(schema.name);
            let table = table.ok_or_else(|| missing::<D>(schema.name))?;
            tables.insert(schema.name, restored(schema, table).map_err(D::Error::custom)?);
        }
        match saved.keys().next() {
            Some(name) => Err(D::Error::custom(format!("there is no table {name:?}"))),
            None => Ok(Self { tables }),
        }
    }
}

fn missing<'de, D: Deserializer<'de>>(table: &str) -> D::Error {
    D::Error::custom(format!("the table {table} is missing"))
}

fn restored(schema: &'static schema::Table, saved: SavedTable) -> Result<Table, String> {
    let mut table = Table::new(schema);
    for (place, cells) in saved.rows {
        let mut row = Row::default();
        for (name, value) in cells {
            let column = schema.columns.iter().find(|column| column.name == name);
            let column = column.ok_or_else(|| format!("{} has no column {name:?}", schema.name))?;
            row.set(column.name, value);
        }
        let fits = place <= saved.inserted && table.restore(place, row);
        if !fits {
            return Err(format!("two rows of {} are the same", schema.name));
        }
    }
    table.resume(saved.inserted);
    Ok(table)
}
