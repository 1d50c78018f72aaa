//! Incidents as an instance holds them: reading one, and finding the one of an alert again.

use std::cmp::Reverse;

use super::answer::no_list;
use super::client::{Call, Listed};
use super::date::milliseconds_from_servicenow;
use super::{Client, CorrelationId, SysId, column, percent_encode, steps, table};
use crate::connector::Api;
use crate::error::{Code, Error, Retry};
use crate::host::{Host, Level, Milliseconds};
use crate::schema::Value;

/// What is used of an incident, and so what is asked for.
pub(super) const COLUMNS: &str = "sys_id,number,state,correlation_id,sys_created_on,sys_updated_on";

/// How far the host's clock and the instance's may be apart.
const MARGIN: Milliseconds = 300_000;

/// How many incidents of one correlation ID are looked at at once.
const LOOKED_AT: u16 = 100;

/// A term that leaves closed and cancelled ones out.
const OPEN: &str = "^state!=7^state!=8";

/// An incident as ServiceNow holds it. A column that the user may not read is not there.
#[derive(Clone, Debug)]
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
    pub(super) fn read(record: &Value) -> Self {
        let text = |key| column::text(record, key);
        Self {
            sys_id: text("sys_id").unwrap_or_default(),
            number: text("number"),
            state: text("state"),
            correlation_id: text("correlation_id"),
            sys_created_on: text("sys_created_on"),
            sys_updated_on: text("sys_updated_on"),
        }
    }

    /// Whether it may have been created at a time of the host's or later: where nobody knows, it may.
    #[must_use]
    pub fn may_be_created_since(&self, time: Milliseconds) -> bool {
        self.created().is_none_or(|created| created >= time.saturating_sub(MARGIN))
    }

    /// Whether it was closed, and may have been at a time of the host's or later.
    fn may_be_closed_since(&self, time: Milliseconds) -> bool {
        let updated = self.sys_updated_on.as_deref().and_then(milliseconds_from_servicenow);
        self.state.as_deref() == Some("7")
            && updated.is_some_and(|updated| updated >= time.saturating_sub(MARGIN))
    }

    /// When it was created, as the host counts time; none, where the user may not see it.
    #[must_use]
    pub fn created(&self) -> Option<Milliseconds> {
        self.sys_created_on.as_deref().and_then(milliseconds_from_servicenow)
    }

    /// Neither closed nor cancelled (servicenow-instance.md 4.2).
    #[must_use]
    pub fn is_open(&self) -> bool {
        !matches!(self.state.as_deref(), Some("7" | "8"))
    }
}

/// Reads what the connector uses of an incident.
///
/// # Errors
/// Those of the request, `not_found` among them; `other_incidents` where another one came.
pub async fn read<H: Host>(client: &Client<'_, H>, sys_id: &SysId) -> Result<Incident, Error> {
    let path = format!("{}/{}?sysparm_fields={COLUMNS}", table::PATH, sys_id.as_segment());
    own_record(client, Call::get(path), sys_id).await.map(|record| Incident::read(&record))
}

/// Reads an incident whole, column by column as the instance gives it.
///
/// # Errors
/// Those of the request, `not_found` among them.
pub async fn read_record<H: Host>(client: &Client<'_, H>, sys_id: &SysId) -> Result<Value, Error> {
    let path = format!("{}/{}", table::PATH, sys_id.as_segment());
    own_record(client, Call::get_long(path), sys_id).await
}

/// The record that was asked for, and no other.
pub(super) async fn own_record<H: Host>(
    client: &Client<'_, H>,
    call: Call,
    sys_id: &SysId,
) -> Result<Value, Error> {
    let record = client.call(&call).await.and_then(|record| {
        let answered = column::text(&record, "sys_id");
        let is_own = answered.as_ref().is_some_and(|id| id.eq_ignore_ascii_case(sys_id.as_str()));
        if is_own { Ok(record) } else { Err(another_record(answered)) }
    });
    record.map_err(|error| error.within(steps::read(sys_id.as_str())))
}

fn another_record(answered: Option<String>) -> Error {
    let answered = answered.filter(|id| !id.is_empty());
    let what = answered.map_or_else(|| "none".to_owned(), |id| format!("the record {id}"));
    let text = format!("The instance was asked for an incident and answered with {what}.");
    Error::new(Code::OtherIncidents, text).with_remedy(
        "Look for the incident in ServiceNow, and check that the user may read it and that nothing \
         between here and the instance changes its answers.",
    )
}

/// Asks whether incidents can be read.
///
/// # Errors
/// Those of the request.
pub async fn read_any<H: Host>(client: &Client<'_, H>) -> Result<(), Error> {
    let path = format!("{}?sysparm_fields=sys_id&sysparm_limit=1", table::PATH);
    let listed = client.list(&Call::get(path)).await;
    let shown = listed
        .and_then(|listed| if listed.records.is_empty() { none_hidden(&listed) } else { Ok(()) });
    shown.map_err(|error| error.within(steps::read_any()))
}

/// Whether an incident may be one that was written with these texts, of which an instance may have taken
/// blanks away, cut what is too long, or hide a column.
///
/// # Errors
/// Those of the request, `not_found` among them.
pub async fn may_hold<H: Host>(
    client: &Client<'_, H>,
    sys_id: &SysId,
    texts: &[(&'static str, String)],
) -> Result<bool, Error> {
    let columns: Vec<&str> = texts.iter().map(|(column, _)| *column).collect();
    let fields = columns.join(",");
    let path = format!("{}/{}?sysparm_fields=sys_id,{fields}", table::PATH, sys_id.as_segment());
    let record = own_record(client, Call::get_long(path), sys_id).await?;
    let is_like = |(column, sent): &(&'static str, String)| {
        column::text(&record, column).is_none_or(|held| may_be_left_of(sent, &held))
    };
    Ok(texts.iter().all(is_like))
}

/// The shortest text that may have been cut: no column of these is shorter.
const SHORTEST_CUT: usize = 100;

fn may_be_left_of(sent: &str, held: &str) -> bool {
    let (sent, held) = (sent.trim(), held.trim());
    sent == held || held.is_empty() || held.len() >= SHORTEST_CUT && sent.starts_with(held)
}

/// The incident that a correlation ID stands for: the latest open one, or, where none is open, the
/// latest; none where there is none.
///
/// # Errors
/// Those of the request; `other_incidents` where the instance did not answer what was asked,
/// `incidents_hidden` where it keeps back what might be the open one.
pub async fn find_by_correlation_id<H: Host>(
    client: &Client<'_, H>,
    correlation_id: &CorrelationId,
) -> Result<Option<Incident>, Error> {
    let found = match search(client, correlation_id, None).await {
        Ok(Found::Chosen(incident, _)) => Ok(incident),
        Ok(Found::NoList) => Err(no_list()),
        Err(error) => Err(error),
    };
    found.map_err(|error| error.within(steps::look_up(correlation_id.as_str())))
}

/// The same for who is about to close it. One that may have been closed at a time or later comes before
/// the open ones that are older: it is the one that an action closed, and did not hear of. To the
/// built-in type a single record is no incident that
/// was found, and Kibana's own tests have an instance that answers so (servicenow-itsm.md 9).
///
/// # Errors
/// As above, but for that.
pub async fn find_to_close<H: Host>(
    client: &Client<'_, H>,
    correlation_id: &CorrelationId,
    since: Option<Milliseconds>,
) -> Result<Option<Incident>, Error> {
    match search(client, correlation_id, since).await {
        Ok(Found::Chosen(incident, open)) => {
            warn_of_several(client, correlation_id, &open);
            Ok(incident)
        }
        Ok(Found::NoList) => Ok(None),
        Err(error) => Err(error.within(steps::look_up(correlation_id.as_str()))),
    }
}

/// The transform map writes to the one incident of an alert; the Table API opens one with each firing
/// (servicenow-instance.md 12, 23).
fn warn_of_several<H: Host>(client: &Client<'_, H>, id: &CorrelationId, open: &[String]) {
    if client.connector.api == Api::ImportSet && open.len() > 1 {
        let text = format!(
            "Several open incidents have the correlation ID {}: {}. Only the latest is closed: look at the \
             others, and check the transform maps of the Elastic for ITSM application.",
            id.as_str(),
            open.join(", ")
        );
        client.log(Level::Warn, &text);
    }
}

enum Found {
    /// One, and the numbers of all that are open and that were looked at.
    Chosen(Option<Incident>, Vec<String>),
    /// A single record came, and no list.
    NoList,
}

async fn search<H: Host>(
    client: &Client<'_, H>,
    id: &CorrelationId,
    closed_since: Option<Milliseconds>,
) -> Result<Found, Error> {
    let is_wanted = |incident: &Incident| {
        incident.is_open() || closed_since.is_some_and(|time| incident.may_be_closed_since(time))
    };
    let Some(latest) = ask_for(client, id, "").await? else { return Ok(Found::NoList) };
    let choose = |listed| choose(incidents(listed), id, client.connector.api, is_wanted);
    let chosen = choose(&latest)?;
    let numbers = open_ones(&latest, id);
    // Of several whose state the user may not read, nobody knows which one is open.
    let is_sure = chosen.as_ref().is_none_or(|incident| incident.state.is_some())
        || latest.records.len() == 1;
    if is_sure && chosen.as_ref().is_some_and(is_wanted) {
        return Ok(Found::Chosen(chosen, numbers));
    }
    if is_sure && latest.records.len() < usize::from(LOOKED_AT) {
        return none_hidden(&latest).map(|()| Found::Chosen(chosen, numbers));
    }
    // There may be more, and an older one may be open.
    let Some(open) = ask_for(client, id, OPEN).await? else { return Ok(Found::NoList) };
    match choose(&open)? {
        Some(incident) if incident.is_open() => Ok(Found::Chosen(Some(incident), numbers)),
        None => {
            let closed = |chosen: Incident| Incident {
                state: chosen.state.or_else(|| Some("7".to_owned())),
                ..chosen
            };
            none_hidden(&open).map(|()| Found::Chosen(chosen.map(closed), numbers))
        }
        Some(_) => Err(closed_ones_alone()),
    }
}

async fn ask_for<H: Host>(
    client: &Client<'_, H>,
    id: &CorrelationId,
    term: &str,
) -> Result<Option<Listed>, Error> {
    let id = id.as_str();
    let query = percent_encode(&format!("ORDERBYDESCsys_created_on^correlation_id={id}{term}"));
    let path = format!(
        "{}?sysparm_query={query}&sysparm_fields={COLUMNS}&sysparm_limit={LOOKED_AT}",
        table::PATH
    );
    client.list_or_record(&Call::get(path)).await
}

fn incidents(listed: &Listed) -> Vec<Incident> {
    listed.records.iter().map(Incident::read).collect()
}

/// The numbers of those that are known to be open, and to be of an ID.
fn open_ones(listed: &Listed, id: &CorrelationId) -> Vec<String> {
    let is_own = |own: &str| id.is_like(own);
    let of_id = incidents(listed)
        .into_iter()
        .filter(|incident| incident.correlation_id.as_deref().is_some_and(is_own));
    of_id
        .filter(|incident| incident.state.is_some() && incident.is_open())
        .filter_map(|incident| incident.number)
        .collect()
}

/// Rights on single records take rows out of the list and not out of the count, and a page may be
/// short (servicenow-instance.md 12, 30 and 31): that none is open is not known then.
fn none_hidden(listed: &Listed) -> Result<(), Error> {
    match listed.hidden() {
        0 => Ok(()),
        count => {
            let text = format!("Incidents that the instance counts and does not show: {count}");
            Err(Error::new(Code::IncidentsHidden, text).with_retry(Retry::Soon))
        }
    }
}

fn closed_ones_alone() -> Error {
    let text = format!(
        "There are {LOOKED_AT} closed incidents of the correlation ID or more, and the instance shows \
         no others though it was asked for open ones"
    );
    Error::new(Code::IncidentsHidden, text).with_remedy(
        "Look in ServiceNow for an open one. Ask the administrator whether the integration user may \
         query the incident's state.",
    )
}

/// ServiceNow leaves out of a query what it does not understand, and then answers with other
/// people's incidents (servicenow-instance.md 3.2): each one is compared with what was asked for.
/// What is chosen is the first one that is wanted, or the first of all.
///
/// Where case alone differs, the transform map has taken the ID for this one. The Table API has not: it
/// is another alert's.
fn choose(
    incidents: Vec<Incident>,
    id: &CorrelationId,
    api: Api,
    is_wanted: impl Fn(&Incident) -> bool,
) -> Result<Option<Incident>, Error> {
    let has_id = |incident: &Incident| incident.correlation_id.as_deref() == Some(id.as_str());
    let is_like_it =
        |incident: &Incident| incident.correlation_id.as_deref().is_some_and(|own| id.is_like(own));
    let (mut own, others): (Vec<Incident>, Vec<Incident>) = incidents
        .into_iter()
        .partition(|incident| !incident.sys_id.is_empty() && is_like_it(incident));
    if api == Api::Table || own.iter().any(has_id) {
        own.retain(has_id);
    }
    if own.is_empty() && !others.is_empty() {
        let text = "The instance was asked for incidents with the correlation ID and answered with \
                    others.";
        return Err(Error::new(Code::OtherIncidents, text));
    }
    // They were asked for in this order, which the instance may have left out of the query.
    let latest_first = |(_, incident): &(usize, &Incident)| Reverse(incident.created());
    let all = || own.iter().enumerate();
    let wanted = all().filter(|(_, incident)| is_wanted(incident)).min_by_key(latest_first);
    let chosen = wanted.or_else(|| all().min_by_key(latest_first)).map(|(place, _)| place);
    Ok(chosen.map(|place| own.swap_remove(place)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::arithmetic_side_effects, clippy::string_slice)]
    use super::*;

    const TEXT: &str = "2024-05-06 07:08:09";
    const TIME: Milliseconds = 1_714_979_289_000;

    fn incident(state: &str, at: Option<&str>) -> Incident {
        Incident {
            sys_id: "9d38".to_owned(),
            number: None,
            state: Some(state.to_owned()),
            correlation_id: None,
            sys_created_on: at.map(str::to_owned),
            sys_updated_on: at.map(str::to_owned),
        }
    }

    #[test]
    fn closed_and_cancelled_ones_are_not_open() {
        let is_open = |state| incident(state, None).is_open();
        assert_eq!(["1", "2", "6", "7", "8"].map(is_open), [true, true, true, false, false]);
        assert!(Incident { state: None, ..incident("7", None) }.is_open(), "nobody knows");
    }

    #[test]
    fn the_clocks_may_be_apart_by_five_minutes() {
        let one = incident("7", Some(TEXT));
        for (later, may_be) in [(-1, true), (MARGIN, true), (MARGIN + 1, false)] {
            assert_eq!(one.may_be_created_since(TIME + later), may_be, "{later}");
            assert_eq!(one.may_be_closed_since(TIME + later), may_be, "{later}");
        }
    }

    #[test]
    fn of_what_nobody_knows_the_worse_is_taken() {
        for at in [None, Some(""), Some("yesterday")] {
            let one = incident("7", at);
            assert!(one.may_be_created_since(TIME), "it would be there twice");
            assert!(!one.may_be_closed_since(TIME), "the open one would stay open");
        }
        assert!(!incident("8", Some(TEXT)).may_be_closed_since(TIME), "no action cancels one");
    }

    #[test]
    fn what_an_instance_may_have_left_of_a_text_is_that_text() {
        let long = "The disk of web-1 is full. ".repeat(10);
        for (sent, held, may_be) in [
            ("disk 80 %", "disk 80 %", true),
            (" disk 80 %\n", "disk 80 %", true),
            ("disk 80 %", "", true),
            ("disk 80 %", "disk 8", false),
            ("disk 8", "disk 80 %", false),
            (&long, &long[..SHORTEST_CUT], true),
            (&long, &long[..SHORTEST_CUT - 1], false),
            ("disk 80 %", &long, false),
        ] {
            assert_eq!(may_be_left_of(sent, held), may_be, "{sent:?} {held:?}");
        }
    }
}
