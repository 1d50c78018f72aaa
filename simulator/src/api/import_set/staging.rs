//! A row of the staging table: texts only, each cut to its column, nothing that has no column
//! (servicenow-instance.md 1.4).

use std::collections::BTreeMap;

use super::STAGING_TABLE;
use crate::api::values::{self, Fields};
use crate::database::{Column, schema};
use crate::setup::Switches;
use crate::transaction::Transaction;

/// The column that names the incident to update.
const INCIDENT_ID: &str = "elastic_incident_id";
const INCIDENT_ID_LABEL: &str = "Elastic incident ID";

/// How the names in a body are to be read.
pub(super) type Naming = fn(&str) -> Option<Source>;

/// Names are the columns' own.
pub(super) const COLUMNS_BY_NAME: Naming = |name| {
    if name == INCIDENT_ID {
        return Some(Source::IncidentId);
    }
    schema::column_of("incident", name.strip_prefix("u_")?).map(Source::Column)
};

/// Names are the columns' labels.
pub(super) const COLUMNS_BY_LABEL: Naming = |label| {
    if label == INCIDENT_ID_LABEL {
        return Some(Source::IncidentId);
    }
    let mut columns = schema::columns("incident").iter();
    columns.find(|column| column.label == label).map(Source::Column)
};

/// A column of the staging table: every column of the incident has one, besides the one that
/// names the incident.
pub(super) enum Source {
    IncidentId,
    Column(&'static Column),
}

/// A row as it is stored.
#[derive(Default)]
pub(super) struct Staged {
    /// The incident that the row names.
    pub(super) incident_id: String,
    /// What is to go into which column of the incident.
    pub(super) values: BTreeMap<&'static str, String>,
}

impl Staged {
    pub(super) fn read(fields: &Fields, naming: Naming, work: &mut Transaction) -> Self {
        let mut row = Self::default();
        let width = work.configuration.switches.staging_width;
        for (name, value) in fields {
            let Some(source) = naming(name) else {
                let name = values::clip(name, 80);
                work.notes.push(format!("{STAGING_TABLE} has no column {name:?}, dropped"));
                continue;
            };
            let Some(mut text) = values::text(value) else { continue };
            let end = width.map_or(text.len(), |width| values::clip(&text, width).len());
            if end < text.len() {
                text.truncate(end);
                let width = width.unwrap_or_default();
                work.notes.push(format!("{name} is cut to {width} characters"));
            }
            match source {
                Source::IncidentId => row.incident_id = text,
                Source::Column(column) => {
                    row.values.insert(column.name, text);
                }
            }
        }
        row
    }

    /// How large the row is where it is stored. Without a width of its own a staging column is as
    /// wide as what it is mapped to.
    pub(super) fn bytes(&self, switches: &Switches) -> usize {
        let held = |(name, text): (&&str, &String)| {
            let column = schema::column_of("incident", name);
            column.map_or(text.len(), |column| values::held(switches, column, text).len())
        };
        let lengths = self.values.iter().map(held);
        lengths.fold(self.incident_id.len(), usize::saturating_add)
    }
}
