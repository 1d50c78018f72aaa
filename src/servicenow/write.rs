//! Writing incidents: which one, what becomes of it, and whether it may be written again.
//!
//! Where a connector writes to (`import_set` or `table`) is decided here and nowhere else.

use super::{
    Client, CorrelationId, Incident, SysId, find_by_correlation_id, import_set, may_hold, read,
    table,
};
use crate::connector::Api;
use crate::error::{Code, Error, Retry};
use crate::host::{Host, Milliseconds};
use crate::params::{self, AdditionalFields};
use crate::schema::Value;

/// An incident that has been written.
#[derive(Debug)]
pub struct Written {
    /// Which one it is.
    pub sys_id: SysId,
    /// The record after the write, where the answer to the write holds it.
    pub record: Option<Incident>,
    /// What it would do to make the write again.
    pub repetition: Repetition,
}

/// Which incident a write is for.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// The one with this ID.
    Named(&'a SysId),
    /// The one of this alert or case.
    Correlated(&'a CorrelationId),
    /// One that nothing identifies.
    New,
}

impl<'a> Which<'a> {
    fn sys_id(self) -> Option<&'a SysId> {
        match self {
            Self::Named(sys_id) => Some(sys_id),
            Self::Correlated(_) | Self::New => None,
        }
    }
}

/// What it does to make a write again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repetition {
    /// Nothing that has not been done.
    Harmless,
    /// A second note, or a second incident.
    WritesTwice,
}

impl Repetition {
    /// ... of a write with additional fields. An action is traced of which another attempt looks for what
    /// this one has inserted ([`inserted_since`]).
    #[must_use]
    pub fn of(
        api: Api,
        which: Which<'_>,
        additional: Option<&AdditionalFields>,
        is_traced: bool,
    ) -> Self {
        if is_insert(api, which) && is_traced {
            return Self::Harmless;
        }
        let is_note = |key: &str| matches!(key.trim_start_matches("u_"), "work_notes" | "comments");
        let adds_note =
            additional.into_iter().flat_map(AdditionalFields::iter).any(|(key, _)| is_note(key));
        let identified = match which {
            Which::Named(_) => true,
            // The transform map finds it; the Table API does not look.
            Which::Correlated(_) => api == Api::ImportSet,
            Which::New => false,
        };
        if identified && !adds_note { Self::Harmless } else { Self::WritesTwice }
    }

    /// An error that came after the write: where the action must not be run again, it says so.
    #[must_use]
    pub fn after_write(self, error: Error) -> Error {
        match self {
            Self::Harmless => error,
            Self::WritesTwice => error.never_again(),
        }
    }
}

/// Whether a write inserts an incident that can be looked for: the Table API does not look by itself.
fn is_insert(api: Api, which: Which<'_>) -> bool {
    matches!((api, which), (Api::Table, Which::Correlated(_)))
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

/// The columns that a user's description of an incident fills (servicenow-itsm.md 3.1). One that is
/// absent is sent as `null`.
#[must_use]
pub fn described(incident: &params::Incident, correlation_id: Option<&CorrelationId>) -> Columns {
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

/// Writes columns to an incident. Where the answer does not tell which one it was, it is looked up. An
/// action is traced of which another attempt looks for what this one has inserted ([`inserted_since`]).
///
/// # Errors
/// Those of the request and of the import. Where it is not known whether the write took place, and
/// doing it again could do it twice, the error says that it must not be repeated, or not before the
/// instance is done with it.
pub async fn write<H: Host>(
    client: &Client<'_, H>,
    which: Which<'_>,
    columns: Columns,
    additional: Option<&AdditionalFields>,
    is_traced: bool,
) -> Result<Written, Error> {
    let api = client.connector.api;
    let repetition = Repetition::of(api, which, additional, is_traced);
    match write_once(client, which, columns, additional).await {
        Ok(Done { sys_id, record, .. }) => Ok(Written { sys_id, record, repetition }),
        Err(error) => Err(match repetition {
            Repetition::Harmless if is_insert(api, which) => not_before_done(client, error),
            Repetition::Harmless => error,
            Repetition::WritesTwice => error.of_unrepeatable_write(),
        }),
    }
}

/// How long an instance may be at work on a request that nobody waits for any more
/// (servicenow-instance.md 8.3).
const LONGEST_TRANSACTION: Milliseconds = 5 * 60_000;

/// The error of a write that the next attempt looks for: by then the instance must be done with it.
#[must_use]
pub fn not_before_done<H: Host>(client: &Client<'_, H>, error: Error) -> Error {
    if !error.may_go_on() || error.retry() == Retry::Never {
        return error;
    }
    let done = client.host.now().saturating_add(LONGEST_TRANSACTION);
    error.with_retry(Retry::At(done))
}

/// The incident that an action has inserted since a time, and been cut off. The transform map finds it
/// by itself; the Table API does not look, and each action inserts one: an earlier one may well be as
/// young, and says something else.
///
/// # Errors
/// Those of [`find_by_correlation_id`] and of [`may_hold`].
pub async fn inserted_since<H: Host>(
    client: &Client<'_, H>,
    correlation_id: &CorrelationId,
    columns: &Columns,
    since: Milliseconds,
) -> Result<Option<Written>, Error> {
    if client.connector.api != Api::Table {
        return Ok(None);
    }
    let found = find_by_correlation_id(client, correlation_id).await?;
    let found = found.filter(|found| found.is_open() && found.may_be_created_since(since));
    let Some(record) = found else { return Ok(None) };
    let sys_id = SysId::parse(&record.sys_id)?;
    let is_own = may_hold(client, &sys_id, &texts(columns)).await.map_err(|error| {
        // It has just been listed: reading may be behind.
        if error.code() == Code::NotFound { error.with_retry(Retry::Soon) } else { error }
    })?;
    let repetition = Repetition::Harmless;
    Ok(is_own.then_some(Written { sys_id, record: Some(record), repetition }))
}

/// What an alert says in its own words, by which one insert is told from another.
fn texts(columns: &Columns) -> Vec<(&'static str, String)> {
    let text = |(column, value): &(&'static str, Value)| match value {
        Value::String(text) if matches!(*column, "short_description" | "description") => {
            Some((*column, text.clone()))
        }
        _ => None,
    };
    columns.iter().filter_map(text).collect()
}

/// Adds a work note to an incident. Who calls it knows whether that may be done again.
///
/// # Errors
/// Those of the request and of the import; and where the answer says that the note is on another
/// incident, which the same write once more would not mend.
pub async fn write_note<H: Host>(
    client: &Client<'_, H>,
    sys_id: &SysId,
    text: &str,
) -> Result<Noted, Error> {
    let columns = vec![("work_notes", Value::from(text))];
    let done = write_once(client, Which::Named(sys_id), columns, None).await?;
    match done.ignored {
        Some(ignored) => Ok(Noted::Unknown(ignored.with_remedy(
            "The comment is not on the incident: ask the ServiceNow administrator why the \
             transform map of the Elastic for ITSM application ignores its row.",
        ))),
        None if done.sys_id.as_str().eq_ignore_ascii_case(sys_id.as_str()) => Ok(Noted::There),
        None => Err(noted_elsewhere(sys_id, &done.sys_id)),
    }
}

/// What became of a note.
#[derive(Debug)]
pub enum Noted {
    /// It is on the incident.
    There,
    /// Its row was ignored. That is said of rows that change no column, and a note changes none that
    /// is stored with the incident. The error is for where it is not there.
    Unknown(Error),
}

fn noted_elsewhere(sys_id: &SysId, other: &SysId) -> Error {
    let (sys_id, other) = (sys_id.as_str(), other.as_str());
    let text = format!("A note for the incident {sys_id} was written to {other} instead");
    Error::new(Code::OtherIncidents, text).with_remedy(
        "Ask the ServiceNow administrator why the transform map of the Elastic for ITSM application \
         does not write to the incident that elastic_incident_id names.",
    )
}

/// What a write has come to.
struct Done {
    sys_id: SysId,
    record: Option<Incident>,
    /// Why it has changed nothing, where it has not.
    ignored: Option<Error>,
}

impl Done {
    fn with_record(record: Incident) -> Result<Self, Error> {
        Ok(Self { sys_id: SysId::parse(&record.sys_id)?, record: Some(record), ignored: None })
    }
}

async fn write_once<H: Host>(
    client: &Client<'_, H>,
    which: Which<'_>,
    columns: Columns,
    additional: Option<&AdditionalFields>,
) -> Result<Done, Error> {
    match client.connector.api {
        Api::ImportSet => import(client, which, columns, additional).await,
        Api::Table => insert(client, which, columns, additional).await,
    }
}

async fn import<H: Host>(
    client: &Client<'_, H>,
    which: Which<'_>,
    columns: Columns,
    additional: Option<&AdditionalFields>,
) -> Result<Done, Error> {
    let imported = import_set::write(client, which.sys_id(), columns, additional).await?;
    if let Some(sys_id) = imported.sys_id {
        return Ok(Done { sys_id, record: None, ignored: imported.ignored });
    }
    let unnamed = || Error::new(Code::ImportFailed, "The answer to the import names no incident");
    let Which::Correlated(correlation_id) = which else { return Err(unnamed()) };
    let incident = find_by_correlation_id(client, correlation_id).await?.ok_or_else(unnamed)?;
    Done::with_record(incident)
}

async fn insert<H: Host>(
    client: &Client<'_, H>,
    which: Which<'_>,
    columns: Columns,
    additional: Option<&AdditionalFields>,
) -> Result<Done, Error> {
    let since = client.host.now();
    let sent = texts(&columns);
    let error = match table::write(client, which.sys_id(), columns, additional).await {
        Ok((sys_id, record)) => return Ok(Done { sys_id, record: Some(record), ignored: None }),
        Err(error) => error,
    };
    let Which::Correlated(correlation_id) = which else { return Err(error) };
    if !error.is_outcome_unknown() {
        return Err(error);
    }
    // The record may stand there all the same; inserted again, it would stand there twice.
    match find_by_correlation_id(client, correlation_id).await {
        Ok(Some(incident)) if incident.is_open() && incident.may_be_created_since(since) => {
            // Of one whose age nobody knows, nobody knows which insert it is of.
            if incident.created().is_none() {
                return Err(error);
            }
            let done = Done::with_record(incident)?;
            match may_hold(client, &done.sys_id, &sent).await {
                Ok(true) => Ok(done),
                // It is an earlier one.
                Ok(false) => Err(not_inserted(error)),
                Err(_) => Err(error),
            }
        }
        Ok(_) => Err(not_inserted(error)),
        Err(_) => Err(error),
    }
}

/// The error of an insert of which no record is there: there will be none, unless the instance is at
/// work on it still.
fn not_inserted(error: Error) -> Error {
    if error.may_go_on() { error } else { error.before_sending() }
}
