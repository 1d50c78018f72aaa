//! `getFields`: which text fields an incident has.

use super::Outcome;
use crate::error::Error;
use crate::host::Host;
use crate::servicenow::{self, Client};

/// Asks for the fields.
pub async fn run<H: Host>(client: &Client<'_, H>) -> Result<Outcome, Error> {
    servicenow::get_fields(client).await.map(Outcome::List)
}
