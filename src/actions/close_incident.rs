//! `closeIncident`: an alert has recovered, and its incident is over.

use super::{Attempt, Outcome, Summary};
use crate::error::{Code, Error, Retry};
use crate::host::{Host, Level};
use crate::params::CloseIncident;
use crate::schema::Value;
use crate::servicenow::{
    CLOSE_CODE, Client, Columns, CorrelationId, Incident, SysId, Which, another_close_code,
    find_to_close, read, steps, write,
};

/// Finds the incident and closes it, unless it is closed or not there (servicenow-itsm.md 3.5). An
/// action that is run again closes no other one than the attempt before.
pub async fn run<H: Host>(
    client: &Client<'_, H>,
    close: &CloseIncident,
    attempt: Attempt,
) -> Result<Outcome, Error> {
    let outcome = async {
        let Some(incident) = find(client, close, attempt).await? else {
            warn(client, close, "No incident found with", ".");
            return Ok(Outcome::Nothing {});
        };
        if !incident.is_open() {
            warn(client, close, "Incident with", " is closed.");
            return Summary::updated(client, incident).map(Outcome::Incident);
        }
        let closed = close_by_any_code(client, &incident, is_looked_up_again(close, attempt))
            .await
            .map_err(|error| error.with_incident(&incident.sys_id))?;
        let Some(incident) = closed else { return Ok(Outcome::Nothing {}) };
        if incident.state.is_some() && incident.is_open() {
            warn(
                client,
                close,
                "Incident with",
                " is open still: a rule of the instance keeps it, or what it shows is out of date.",
            );
        }
        Summary::updated(client, incident).map(Outcome::Incident)
    };
    match outcome.await {
        // ServiceNow itself says that there is none, or none any more.
        Err(error) if error.code() == Code::NotFound => {
            let id = shown(close.external_id.as_deref());
            let text =
                format!("[ServiceNow][CloseIncident] No incident found with incidentId: {id}.");
            client.log(Level::Warn, &text);
            Ok(Outcome::Nothing {})
        }
        outcome => outcome.map_err(|error| error.within(steps::close(client))),
    }
}

/// The incident that the run before had chosen, or that the params name: `externalId` wins, and an empty
/// text names nothing. Nor do blanks beside a correlation ID, which a template leaves that renders to
/// nothing.
async fn find<H: Host>(
    client: &Client<'_, H>,
    close: &CloseIncident,
    attempt: Attempt,
) -> Result<Option<Incident>, Error> {
    if let Some(id) = &close.chosen {
        match read(client, &SysId::parse(id)?).await {
            // It may have been written to just now: reading a single record may be behind.
            Err(error) if error.code() == Code::NotFound => {}
            found => return found.map(Some),
        }
    }
    let since = attempt.has_written_since();
    let correlation_id = close.correlation_id.as_deref();
    let is_name = |id: &&str| !id.is_empty() && (correlation_id.is_none() || !id.trim().is_empty());
    match (close.external_id.as_deref().filter(is_name), correlation_id) {
        (Some(id), _) => match SysId::parse(id) {
            Ok(sys_id) => read(client, &sys_id).await.map(Some),
            Err(error) => Err(error.within(steps::read(id))),
        },
        (None, Some(text)) if !text.is_empty() => match CorrelationId::new(text) {
            Some(id) => find_to_close(client, &id, since).await,
            None if text.trim().is_empty() => {
                let error = Error::new(Code::BlankIdentifier, "Correlation ID is empty.");
                Err(error.within(steps::look_up(text)))
            }
            None => Err(nothing_named()),
        },
        (None, None) if close.external_id.is_none() => Err(nothing_named()),
        _ => Ok(None),
    }
}

fn nothing_named() -> Error {
    Error::new(Code::NoIncidentNamed, "No correlationId or incidentId found.")
}

/// Whether an action that is run again would look for the incident anew, and not know which one this
/// one has closed.
fn is_looked_up_again(close: &CloseIncident, attempt: Attempt) -> bool {
    attempt == Attempt::Only && close.external_id.as_deref().is_none_or(|id| id.trim().is_empty())
}

/// Closes it, by another code where the instance does not have the usual one. One that is closed and not
/// shown any more is none.
async fn close_by_any_code<H: Host>(
    client: &Client<'_, H>,
    incident: &Incident,
    is_looked_up_again: bool,
) -> Result<Option<Incident>, Error> {
    match set_closed(client, incident, CLOSE_CODE, is_looked_up_again).await {
        // What is refused was not written.
        Err(refusal) if !refusal.is_outcome_unknown() => {
            let code = another_close_code(client, refusal).await?;
            set_closed(client, incident, &code, is_looked_up_again).await
        }
        outcome => outcome,
    }
}

async fn set_closed<H: Host>(
    client: &Client<'_, H>,
    incident: &Incident,
    code: &str,
    is_looked_up_again: bool,
) -> Result<Option<Incident>, Error> {
    let columns: Columns =
        [("state", "7"), ("close_code", code), ("close_notes", "Closed by Caller")]
            .map(|(key, value)| (key, Value::from(value)))
            .into();
    let closed = async {
        let sys_id = SysId::parse(&incident.sys_id)?;
        let written = match write(client, Which::Named(&sys_id), columns, None, false).await {
            Ok(written) => written,
            Err(error) if error.is_outcome_unknown() => {
                // Closed all the same? Done again, it would close the next one of the alert.
                return match read(client, &sys_id).await {
                    Ok(incident) if !incident.is_open() => Ok(Some(incident)),
                    Ok(_) if !error.may_go_on() => Err(error),
                    _ if is_looked_up_again => Err(error.never_again()),
                    _ => Err(error),
                };
            }
            Err(error) => return Err(error),
        };
        if !written.sys_id.as_str().eq_ignore_ascii_case(sys_id.as_str()) {
            let text = format!(
                "The instance was told to close the incident {} and has written {} instead.",
                incident.sys_id,
                written.sys_id.as_str()
            );
            return Err(Error::new(Code::OtherIncidents, text).with_remedy(
                "Look at both incidents in ServiceNow, and ask the administrator about the \
                 transform map of the Elastic for ITSM application.",
            ));
        }
        match written.read_back(client).await {
            Err(error) if error.retry() != Retry::Never || error.code() == Code::NotFound => {
                // Run again because of that, the action would close the next one of the alert.
                let text = format!(
                    "The incident {} was closed, and cannot be read: {}",
                    incident.sys_id,
                    error.text()
                );
                client.log(Level::Warn, &text);
                // The built-in type answers with none where a record is missing (servicenow-itsm.md 4.3).
                Ok((error.code() != Code::NotFound).then(|| Incident {
                    state: Some("7".to_owned()),
                    sys_updated_on: None,
                    ..incident.clone()
                }))
            }
            read => read.map(Some),
        }
    };
    closed.await.map_err(|error: Error| error.within(steps::update(client, &incident.sys_id)))
}

fn warn<H: Host>(client: &Client<'_, H>, close: &CloseIncident, what: &str, end: &str) {
    let text = format!(
        "[ServiceNow][CloseIncident] {what} correlation_id: {} or incidentId: {}{end}",
        shown(close.correlation_id.as_deref()),
        shown(close.external_id.as_deref()),
    );
    client.log(Level::Warn, &text);
}

fn shown(id: Option<&str>) -> &str {
    id.unwrap_or("null")
}
