//! `getChoices`: what some fields can be.

use super::Outcome;
use crate::error::Error;
use crate::host::Host;
use crate::params::GetChoices;
use crate::servicenow::{self, Client};

/// Asks for the choices of the fields.
pub async fn run<H: Host>(client: &Client<'_, H>, get: &GetChoices) -> Result<Outcome, Error> {
    servicenow::get_choices(client, &get.fields).await.map(Outcome::List)
}
