//! A row as the Table API shows it (servicenow-instance.md 2.3): every value a text.

use serde_json::{Map, Value, json};

use crate::database::{Column, Database, Kind, Path, Row, schema};
use crate::http::Call;

/// How records are to be shown.
pub(super) struct View<'a> {
    table: &'static str,
    fields: Vec<(String, Path)>,
    display: Display,
    links: bool,
    origin: &'a str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Display {
    Stored,
    Shown,
    Both,
}

impl<'a> View<'a> {
    /// What the query's parameters ask for. Unknown fields are left out silently.
    pub(super) fn of(call: &Call<'a>, table: &'static str, unreadable: &[String]) -> Self {
        let named = |name: &str| {
            let path = Path::parse(table, name).filter(|path| !path.passes(unreadable));
            Some((name.to_owned(), path?))
        };
        let fields = match call.param("sysparm_fields") {
            Some(list) if !list.is_empty() => {
                list.split(',').filter_map(|name| named(name.trim())).collect()
            }
            _ => schema::columns(table).iter().filter_map(|column| named(column.name)).collect(),
        };
        let display = match call.param("sysparm_display_value") {
            Some("true") => Display::Shown,
            Some("all") => Display::Both,
            _ => Display::Stored,
        };
        let links = !call.flag("sysparm_exclude_reference_link");
        Self { table, fields, display, links, origin: call.origin }
    }

    /// One record.
    pub(super) fn show(&self, database: &Database, row: &Row) -> Value {
        let shown = |(name, path): &(String, Path)| {
            let value = match path.row(database, row) {
                Some(row) => self.cell(database, row, path.column()),
                None => json!(""),
            };
            (name.clone(), value)
        };
        Value::Object(self.fields.iter().map(shown).collect::<Map<_, _>>())
    }

    fn cell(&self, database: &Database, row: &Row, column: &Column) -> Value {
        let value = row.get(column.name);
        let link = match column.kind {
            Kind::Reference(table) if self.links && !value.is_empty() => {
                Some(format!("{}/api/now/table/{table}/{value}", self.origin))
            }
            _ => None,
        };
        let shown = || self.display_value(database, row, column);
        match (self.display, link) {
            (Display::Stored, None) => json!(value),
            (Display::Stored, Some(link)) => json!({ "link": link, "value": value }),
            (Display::Shown, None) => json!(shown()),
            (Display::Shown, Some(link)) => {
                json!({ "display_value": shown(), "link": link })
            }
            (Display::Both, None) => json!({ "display_value": shown(), "value": value }),
            (Display::Both, Some(link)) => {
                json!({ "display_value": shown(), "link": link, "value": value })
            }
        }
    }

    fn display_value(&self, database: &Database, row: &Row, column: &Column) -> String {
        let value = row.get(column.name);
        match column.kind {
            Kind::Reference(table) => database.display_value(table, value).to_owned(),
            Kind::Choice | Kind::Level if self.table == "incident" => {
                let choice = database.choice(column.name, value);
                choice.map_or(value, |choice| choice.get("label")).to_owned()
            }
            Kind::Journal => {
                let entry = |entry: &Row| {
                    let (on, by) = (entry.get("sys_created_on"), entry.get("sys_created_by"));
                    format!("{on} - {by} ({})\n{}\n\n", column.label, entry.get("value"))
                };
                let entries = database.journal_of(row.sys_id()).rev();
                let entries = entries.filter(|entry| entry.get("element") == column.name);
                entries.map(entry).collect::<Vec<_>>().concat()
            }
            _ => value.to_owned(),
        }
    }
}
