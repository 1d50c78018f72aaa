//! `getIncident`: an incident's own data.

use super::Outcome;
use crate::error::Error;
use crate::host::Host;
use crate::params::GetIncident;
use crate::servicenow::{Client, SysId, read_record, steps};

/// Reads the incident that the params name.
pub async fn run<H: Host>(client: &Client<'_, H>, get: &GetIncident) -> Result<Outcome, Error> {
    match SysId::parse(&get.external_id) {
        Ok(sys_id) => read_record(client, &sys_id).await.map(Outcome::Record),
        Err(error) => Err(error.within(steps::read(&get.external_id))),
    }
}
