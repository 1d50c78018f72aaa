//! What an action does: one file a sub-action, each a flow that reads like its description. The
//! health check is none that a host could ask for as an action.

mod attempt;
mod check_health;
mod close_incident;
mod first_runs;
mod get_choices;
mod get_fields;
mod get_incident;
mod push_to_service;
mod summary;

use serde::Serialize;

use crate::connector::{Api, Config, Connector, Secrets};
use crate::error::{Code, Error};
use crate::host::{Host, Level};
use crate::params::Params;
use crate::schema::Value;
use crate::servicenow::{Application, Client, Repetition};

pub use attempt::{Attempt, TaskInfo};
pub use first_runs::{ActionDigest, FirstRuns, Run};
pub use summary::{PushedComment, Summary};

/// What an action answers.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Outcome {
    /// About an incident.
    Incident(Summary),
    /// Nothing was there to be done: `{}`.
    Nothing {},
    /// The application that writes the incidents.
    Application(Application),
    /// An incident's own data, as the instance gives it.
    Record(Value),
    /// Choices or fields, as the instance gives them.
    List(Vec<Value>),
}

/// Executes an action.
///
/// # Errors
/// Whatever ended it, in the host's words.
pub async fn run<H: Host>(
    host: &H,
    connector_id: Option<&str>,
    config: Config,
    secrets: Secrets,
    params: Params,
    attempt: Attempt,
) -> Result<Outcome, Error> {
    // Broken credentials win over anything that is wrong with the sub-action
    // (servicenow-itsm.md 1).
    let connector = Connector::new(config, secrets)?;
    let client = Client::new(host, &connector, connector_id);
    perform(&client, params, attempt).await.map_err(|error| client.told(error))
}

/// Whether an action may be run again of which nobody knows what it has done, because the module has died
/// while it ran: another attempt would look for that, and write nothing twice.
#[must_use]
pub fn may_run_again(config: &Config, params: &Params, attempt: Attempt) -> bool {
    match (attempt, params) {
        (Attempt::Only, _) => false,
        (_, Params::PushToService(push)) => {
            push_to_service::repetition(push, Api::of(config), attempt) == Repetition::Harmless
        }
        // Of one that nobody knows the beginning of, the next would close another incident.
        (_, Params::CloseIncident(_)) => attempt.is_traced(),
        _ => true,
    }
}

async fn perform<H: Host>(
    client: &Client<'_, H>,
    params: Params,
    attempt: Attempt,
) -> Result<Outcome, Error> {
    match params {
        Params::PushToService(push) => push_to_service::run(client, &push, attempt).await,
        Params::CloseIncident(close) => close_incident::run(client, &close, attempt).await,
        Params::GetIncident(get) => get_incident::run(client, &get).await,
        Params::GetFields {} => get_fields::run(client).await,
        Params::GetChoices(get) => get_choices::run(client, &get).await,
        Params::Handshake {} => {
            let text = "[Action][ExternalService] subAction handshake not implemented.";
            client.host.log(Level::Error, text);
            Err(Error::new(Code::UnsupportedSubAction, text))
        }
    }
}

/// Checks whether a connector would work.
///
/// # Errors
/// Why it would not.
pub async fn check_health<H: Host>(
    host: &H,
    config: Config,
    secrets: Secrets,
) -> Result<Outcome, Error> {
    let connector = Connector::new(config, secrets)?;
    let client = Client::new(host, &connector, None);
    check_health::run(&client).await.map_err(|error| client.told(error))
}
