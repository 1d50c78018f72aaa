//! Where a fault can happen: what a call is for, told from its path, method and body.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::rule::FaultRule;
use super::unread::Unread;
use crate::database::{Database, Row, schema};
use crate::http::{Call, Method};

/// Which calls a fault happens to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// Every call.
    Anywhere,
    /// Every call of an API.
    Api,
    /// Calls with Basic credentials.
    Basic,
    /// Calls with an access token.
    Bearer,
    /// Token requests.
    Token,
    /// The health endpoint.
    Health,
    /// The health endpoint, asked by a page of another origin.
    HealthFromPage,
    /// The health endpoint and imports.
    Application,
    /// Imports.
    Import,
    /// Imports and writes through the Table API.
    Write,
    /// Writes that resolve or close an incident.
    Close,
    /// Writes that carry a correlation ID.
    Correlated,
    /// Writes that carry the column.
    Column,
    /// Writes that carry the column with a longer value.
    LongColumn,
    /// Writes that carry the choice.
    ChoiceColumn,
    /// Writes to an incident that is there.
    Update,
    /// Calls for one record.
    Record,
    /// Lists.
    List,
    /// Lists with a query.
    Query,
    /// Calls for a table or a staging table.
    Tables,
    /// Reads of `sys_choice`.
    Choices,
    /// Batches.
    Batch,
    /// Calls with a body.
    Body,
    /// The first read of a record after it was written.
    ReadBack,
    /// New connections by HTTPS.
    Handshake,
}

impl Place {
    /// In words.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Anywhere => "every call",
            Self::Api => "every API call",
            Self::Basic => "calls with Basic credentials",
            Self::Bearer => "calls with an access token",
            Self::Token => "token requests",
            Self::Health => "the health endpoint",
            Self::HealthFromPage => "the health endpoint, asked by a page",
            Self::Application => "the health endpoint and imports",
            Self::Import => "imports",
            Self::Write => "writes",
            Self::Close => "writes that resolve or close",
            Self::Correlated => "writes with a correlation ID",
            Self::Column => "writes with the column",
            Self::LongColumn => "writes with a longer value",
            Self::ChoiceColumn => "writes with the choice",
            Self::Update => "writes to an incident that is there",
            Self::Record => "calls for one record",
            Self::List => "lists",
            Self::Query => "lists with a query",
            Self::Tables => "Table API and imports",
            Self::Choices => "reads of sys_choice",
            Self::Batch => "batches",
            Self::Body => "calls with a body",
            Self::ReadBack => "the first read after a write",
            Self::Handshake => "new HTTPS connections",
        }
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text())
    }
}

/// What a call asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Resource<'a> {
    Token,
    Health,
    Import,
    Table(&'a str),
    Record(&'a str, &'a str),
    Batch,
    Other,
}

impl<'a> Resource<'a> {
    pub(super) fn of(path: &[&'a str]) -> Self {
        match *path {
            ["oauth_token.do"] => Self::Token,
            ["api", "x_elas2_inc_int", "elastic_api", "health"] => Self::Health,
            ["api", "now", "v1" | "v2", ref rest @ ..] | ["api", "now", ref rest @ ..] => {
                match *rest {
                    ["import", _] => Self::Import,
                    ["table", table] => Self::Table(table),
                    ["table", table, sys_id] => Self::Record(table, sys_id),
                    ["batch"] => Self::Batch,
                    _ => Self::Other,
                }
            }
            _ => Self::Other,
        }
    }
}

/// A call as the rules look at it.
pub(super) struct Scene<'a> {
    pub(super) call: &'a Call<'a>,
    pub(super) path: Vec<&'a str>,
    pub(super) resource: Resource<'a>,
    /// The name of the user that the call is made by.
    pub(super) user: Option<String>,
    /// The body, if it is a record.
    pub(super) fields: Option<Map<String, Value>>,
}

impl<'a> Scene<'a> {
    pub(super) fn of(call: &'a Call<'a>, user: Option<String>) -> Self {
        let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
        let resource = Resource::of(&path);
        let fields = serde_json::from_slice(call.body).ok();
        Self { call, path, resource, user, fields }
    }

    /// Whether the call is one of those that a fault happens to.
    pub(super) fn is_at(
        &self,
        place: Place,
        rule: &FaultRule,
        database: &Database,
        unread: &Unread,
    ) -> bool {
        let method = self.call.method;
        let reads = matches!(method, Method::Get | Method::Head);
        let lists = reads && matches!(self.resource, Resource::Table(_));
        let imports = self.resource == Resource::Import && method == Method::Post;
        let has = |column: Option<&(String, Value)>| column.is_some();
        match place {
            Place::Anywhere => true,
            Place::Api => self.path.first() == Some(&"api") && method != Method::Options,
            Place::Basic => self.signs_in_by("basic"),
            Place::Bearer => self.signs_in_by("bearer"),
            Place::Token => self.resource == Resource::Token && method == Method::Post,
            Place::Health => self.resource == Resource::Health && method != Method::Options,
            Place::HealthFromPage => {
                self.resource == Resource::Health && self.call.header("Origin").is_some()
            }
            Place::Application => imports || self.resource == Resource::Health && reads,
            Place::Import => imports,
            Place::Write => self.writes(),
            Place::Close => self.writes() && self.closes(),
            Place::Correlated => has(self.field("correlation_id").as_ref()),
            Place::Column => has(self.column(rule, "correlation_id").as_ref()),
            Place::LongColumn => self
                .column(rule, "correlation_id")
                .is_some_and(|(_, value)| characters(&value) > rule.length.unwrap_or(40)),
            Place::ChoiceColumn => has(self.column(rule, "category").as_ref()),
            Place::Update => self.writes() && self.target(database).is_some(),
            Place::Record => matches!(self.resource, Resource::Record(..)),
            Place::List => lists,
            Place::Query => {
                lists && self.call.param("sysparm_query").is_some_and(|query| !query.is_empty())
            }
            Place::Tables => matches!(
                self.resource,
                Resource::Table(_) | Resource::Record(..) | Resource::Import
            ),
            Place::Choices => lists && self.resource == Resource::Table("sys_choice"),
            Place::Batch => self.resource == Resource::Batch && method == Method::Post,
            Place::Body => method.writes() && self.call.length() > rule.length.unwrap_or_default(),
            Place::ReadBack => match self.resource {
                Resource::Record(_, sys_id) => reads && unread.holds(sys_id),
                _ => false,
            },
            Place::Handshake => false,
        }
    }

    /// Whether the call wants something written to a table.
    pub(super) fn writes(&self) -> bool {
        match self.resource {
            Resource::Import => self.call.method == Method::Post,
            Resource::Table(_) | Resource::Record(..) => self.call.method.writes(),
            _ => false,
        }
    }

    /// The name and value that the body of a write has for a column, which a staging table names
    /// with `u_` before it.
    fn field(&self, column: &str) -> Option<(String, Value)> {
        let bare = column.strip_prefix("u_").unwrap_or(column);
        let names = [format!("u_{bare}"), bare.to_owned(), column.to_owned()];
        let fields = self.fields.as_ref().filter(|_| self.writes())?;
        let name = names.into_iter().find(|name| fields.contains_key(name))?;
        let value = fields.get(&name).filter(|value| !value.is_null())?.clone();
        Some((name, value))
    }

    /// The name and value of the column that a rule is about.
    pub(super) fn column(&self, rule: &FaultRule, usual: &str) -> Option<(String, Value)> {
        self.field(rule.column.as_deref().unwrap_or(usual))
    }

    fn text(&self, column: &str) -> Option<String> {
        self.field(column)?.1.as_str().map(str::to_owned)
    }

    fn closes(&self) -> bool {
        let states = ["state", "incident_state"].map(|column| self.field(column));
        states.into_iter().flatten().any(|(_, value)| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            ["6", "7"].contains(&text.as_str())
        })
    }

    /// The incident that a write is going to change.
    pub(super) fn target(&self, database: &Database) -> Option<Row> {
        let row = match self.resource {
            Resource::Record("incident", sys_id) => database.get("incident", sys_id),
            Resource::Import => match self.fields.as_ref()?.get("elastic_incident_id") {
                Some(Value::String(sys_id)) if !sys_id.is_empty() => {
                    database.get("incident", sys_id)
                }
                _ => self.correlated(database),
            },
            _ => None,
        };
        row.cloned()
    }

    /// The first incident with the correlation ID that the body carries.
    pub(super) fn correlated<'d>(&self, database: &'d Database) -> Option<&'d Row> {
        let text = self.text("correlation_id").filter(|text| !text.is_empty())?;
        let width = schema::column_of("incident", "correlation_id")?.width;
        let kept: String = text.chars().take(width).collect();
        database.indexed("incident", "correlation_id", &kept).next()
    }

    fn signs_in_by(&self, scheme: &str) -> bool {
        let header = self.call.header("Authorization").map(str::trim_start).unwrap_or_default();
        header.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    }
}

/// How many characters a value has as text.
fn characters(value: &Value) -> usize {
    match value {
        Value::String(text) => text.chars().count(),
        other => other.to_string().chars().count(),
    }
}
