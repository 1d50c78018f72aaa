//! Whether a connector would work: asked by a person before it is saved, not by any action.

use super::Outcome;
use crate::connector::Api;
use crate::error::Error;
use crate::host::Host;
use crate::servicenow::{self, Client};

/// Signs in and asks the Elastic for ITSM application what it is (servicenow-itsm.md 7.2). A
/// deprecated connector has no application to ask: there, whether incidents can be read.
pub async fn run<H: Host>(client: &Client<'_, H>) -> Result<Outcome, Error> {
    match client.connector.api {
        Api::ImportSet => servicenow::application(client).await.map(Outcome::Application),
        Api::Table => servicenow::read_any(client).await.map(|()| Outcome::Nothing {}),
    }
}
