//! Incidents: writing one, reading it back, finding it again.
//!
//! Where a connector writes to (`import_set` or `table`) is decided here and nowhere else.

use serde::Deserialize;

use super::client::Call;
use super::{Client, CorrelationId, SysId, import_set, percent_encode, table};
use crate::connector::Api;
use crate::error::{Code, Error, Step};
use crate::host::Host;
use crate::params::{self, AdditionalFields};
use crate::schema::Value;

/// What is used of an incident, and so what is asked for.
pub(super) const COLUMNS: &str = "sys_id,number,state,correlation_id,sys_created_on,sys_updated_on";

/// How many incidents of one correlation ID are looked at.
const LOOKED_AT: u16 = 100;

/// An incident as ServiceNow holds it. A column that the user may not read is not there.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Incident {
    /// The record's identity.
    pub sys_id: String,
    /// The number that people use.
    pub number: Option<String>,
    /// The state's value, for instance `7` for closed.
    pub state: Option<String>,
    /// The correlation ID.
    pub correlation_id: Option<String>,
    /// When it was created, UTC.
    pub sys_created_on: Option<String>,
    /// When it was last changed, UTC.
    pub sys_updated_on: Option<String>,
}

impl Incident {
    /// Neither closed nor cancelled (servicenow-instance.md 4.2).
    #[must_use]
    pub fn is_open(&self) -> bool {
        !matches!(self.state.as_deref(), Some("7" | "8"))
    }
}

/// An incident that has been written.
#[derive(Debug)]
pub struct Written {
    /// Which one it is.
    pub sys_id: SysId,
    /// The record after the write, where the answer to the write holds it.
    pub record: Option<Incident>,
}

impl Written {
    /// The record after the write; asked for where the answer to the write did not hold it.
    ///
    /// # Errors
    /// Those of [`read`].
    pub async fn read_back<H: Host>(self, client: &Client<'_, H>) -> Result<Incident, Error> {
        match self.record {
            Some(incident) => Ok(incident),
            None => read(client, &self.sys_id).await,
        }
    }
}

/// The columns of an incident and their values, as the connector names them.
pub type Columns = Vec<(&'static str, Value)>;

/// The columns that a user's description of an incident fills (servicenow-itsm.md 3.1). An empty
/// one is sent as `null`.
#[must_use]
pub fn described(incident: &params::Incident) -> Columns {
    let correlation_id = incident.correlation_id.as_deref().and_then(CorrelationId::new);
    vec![
        ("short_description", Value::String(incident.short_description.clone())),
        ("description", incident.description.clone().into()),
        ("category", incident.category.clone().into()),
        ("subcategory", incident.subcategory.clone().into()),
        ("correlation_id", correlation_id.map(|id| id.as_str().to_owned()).into()),
        ("correlation_display", incident.correlation_display.clone().into()),
        ("severity", incident.severity.clone().into()),
        ("urgency", incident.urgency.clone().into()),
        ("impact", incident.impact.clone().into()),
    ]
}

/// Writes columns: to the incident that is named, or to a new one. Through the import set a "new"
/// one with a known correlation ID is the one that has it.
///
/// # Errors
/// Those of the request and of the import. Where it is not known whether the write took place, and
/// doing it again could do it twice, the error says that it must not be repeated.
pub async fn write<H: Host>(
    client: &Client<'_, H>,
    target: Option<&SysId>,
    columns: Columns,
    additional: Option<&AdditionalFields>,
) -> Result<Written, Error> {
    let repeatable = is_repeatable(client.connector.api, target, &columns);
    let written = match client.connector.api {
        Api::ImportSet => import_set::write(client, target, columns, additional).await,
        Api::Table => table::write(client, target, columns, additional).await,
    };
    written.map_err(|error| if repeatable { error } else { error.unless_repeated() })
}

/// Whether writing the same again changes nothing: a note is added each time, and so is a record
/// that nothing identifies.
fn is_repeatable(api: Api, target: Option<&SysId>, columns: &Columns) -> bool {
    let has = |name: &str| columns.iter().any(|(key, value)| *key == name && !value.is_nullish());
    let identified = target.is_some() || (api == Api::ImportSet && has("correlation_id"));
    identified && !has("work_notes")
}

/// The step that creates an incident, for an error that ends it (servicenow-itsm.md 4.2).
#[must_use]
pub fn create_step<H>(client: &Client<'_, H>) -> Step {
    let endpoint = match client.connector.api {
        Api::ImportSet => "import_set",
        Api::Table => "table",
    };
    Step { action: "Unable to create incident".into(), method: "post", endpoint }
}

/// The step that updates an incident: what it is called depends on what for.
#[must_use]
pub fn update_step<H>(client: &Client<'_, H>, action: String) -> Step {
    let (method, endpoint) = match client.connector.api {
        Api::ImportSet => ("post", "import_set"),
        Api::Table => ("patch", "table"),
    };
    Step { action: action.into(), method, endpoint }
}

/// The step that reads an incident.
#[must_use]
pub fn read_step(id: &str) -> Step {
    let action = format!("Unable to get incident with id {id}");
    Step { action: action.into(), method: "get", endpoint: "table" }
}

/// The step that looks an incident up.
#[must_use]
pub fn lookup_step(correlation_id: &str) -> Step {
    let action = format!("Unable to get incident by correlation ID {correlation_id}");
    Step { action: action.into(), method: "get", endpoint: "table" }
}

/// Reads what the connector uses of an incident.
///
/// # Errors
/// Those of the request, `not_found` among them; `other_incidents` where another one came.
pub async fn read<H: Host>(client: &Client<'_, H>, sys_id: &SysId) -> Result<Incident, Error> {
    let path = format!("{}/{}?sysparm_fields={COLUMNS}", table::PATH, sys_id.as_segment());
    let incident: Result<Incident, Error> = client.call(&Call::get(path)).await;
    incident
        .and_then(|incident| {
            if incident.sys_id.eq_ignore_ascii_case(sys_id.as_str()) {
                Ok(incident)
            } else {
                Err(other_incidents("an incident"))
            }
        })
        .map_err(|error| error.within(read_step(sys_id.as_str())))
}

/// Reads an incident whole, column by column as the instance gives it.
///
/// # Errors
/// Those of the request, `not_found` among them.
pub async fn read_record<H: Host>(client: &Client<'_, H>, sys_id: &SysId) -> Result<Value, Error> {
    let path = format!("{}/{}", table::PATH, sys_id.as_segment());
    let record: Result<Value, Error> = client.call(&Call::get(path)).await;
    record.map_err(|error| error.within(read_step(sys_id.as_str())))
}

/// The incident that a correlation ID stands for: the latest open one, or, where none is open, the
/// latest; none where there is none.
///
/// # Errors
/// Those of the request; `other_incidents` where the instance did not answer what was asked.
pub async fn find_by_correlation_id<H: Host>(
    client: &Client<'_, H>,
    correlation_id: &CorrelationId,
) -> Result<Option<Incident>, Error> {
    let id = correlation_id.as_str();
    let query = percent_encode(&format!("ORDERBYDESCsys_created_on^correlation_id={id}"));
    let path = format!(
        "{}?sysparm_query={query}&sysparm_fields={COLUMNS}&sysparm_limit={LOOKED_AT}",
        table::PATH
    );
    let found: Result<Vec<Incident>, Error> = client.call(&Call::get(path)).await;
    found.and_then(|incidents| choose(incidents, id)).map_err(|error| error.within(lookup_step(id)))
}

/// ServiceNow leaves out of a query what it does not understand, and then answers with other
/// people's incidents (servicenow-instance.md 3.2): each one is compared with what was asked for.
fn choose(incidents: Vec<Incident>, id: &str) -> Result<Option<Incident>, Error> {
    let some = !incidents.is_empty();
    let mut own: Vec<Incident> = incidents
        .into_iter()
        .filter(|incident| incident.correlation_id.as_deref() == Some(id))
        .filter(|incident| !incident.sys_id.is_empty())
        .collect();
    if some && own.is_empty() {
        return Err(other_incidents("incidents with the correlation ID"));
    }
    let latest_open = own.iter().position(Incident::is_open).unwrap_or(0);
    Ok((latest_open < own.len()).then(|| own.swap_remove(latest_open)))
}

fn other_incidents(asked: &str) -> Error {
    let text = format!("The instance was asked for {asked} and answered with others.");
    Error::new(Code::OtherIncidents, text)
}
