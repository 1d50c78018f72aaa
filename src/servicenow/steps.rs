//! The steps of the flows, as an error that ends one calls it (servicenow-itsm.md 4.2).

use std::borrow::Cow;

use super::Client;
use crate::connector::Api;
use crate::error::Step;

/// Creating an incident.
#[must_use]
pub fn create<H>(client: &Client<'_, H>) -> Step {
    let (_, endpoint) = writes(client);
    Step { action: "Unable to create incident".into(), method: "post", endpoint }
}

/// Changing an incident.
#[must_use]
pub fn update<H>(client: &Client<'_, H>, id: &str) -> Step {
    let (method, endpoint) = writes(client);
    Step { action: format!("Unable to update incident with id {id}").into(), method, endpoint }
}

/// Closing an incident, from finding it on.
#[must_use]
pub fn close<H>(client: &Client<'_, H>) -> Step {
    let (method, endpoint) = writes(client);
    Step { action: "Unable to close incident".into(), method, endpoint }
}

/// Reading an incident.
#[must_use]
pub fn read(id: &str) -> Step {
    table(format!("Unable to get incident with id {id}"))
}

/// Looking an incident up.
#[must_use]
pub fn look_up(correlation_id: &str) -> Step {
    table(format!("Unable to get incident by correlation ID {correlation_id}"))
}

/// Asking for the choices of fields.
#[must_use]
pub fn choices() -> Step {
    table("Unable to get choices")
}

/// Asking for the fields.
#[must_use]
pub fn fields() -> Step {
    table("Unable to get fields")
}

/// Asking the application how it is.
#[must_use]
pub fn health() -> Step {
    Step { action: "Unable to get application version".into(), method: "get", endpoint: "health" }
}

/// Asking whether incidents can be read.
#[must_use]
pub fn read_any() -> Step {
    table("Unable to get incidents")
}

/// The method and the endpoint of a change.
fn writes<H>(client: &Client<'_, H>) -> (&'static str, &'static str) {
    match client.connector.api {
        Api::ImportSet => ("post", "import_set"),
        Api::Table => ("patch", "table"),
    }
}

fn table(action: impl Into<Cow<'static, str>>) -> Step {
    Step { action: action.into(), method: "get", endpoint: "table" }
}
