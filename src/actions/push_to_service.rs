//! `pushToService`: an alert or a case becomes an incident, or its incident is updated, and its
//! comments become work notes.

use super::{Attempt, Outcome, PushedComment, Summary};
use crate::connector::Api;
use crate::error::{Code, Error, Retry};
use crate::host::{Host, Level, Milliseconds};
use crate::params::{Comment, PushToService};
use crate::schema::Value;
use crate::servicenow::{
    Client, CorrelationId, Incident, Noted, Repetition, SysId, Which, WorkNotes, Written,
    described, inserted_since, not_before_done, steps, work_notes, write, write_note,
};

/// Writes the incident, reads it back, adds the comments one after another. An action that is known
/// to be run again does what an attempt before has not done.
pub async fn run<H: Host>(
    client: &Client<'_, H>,
    push: &PushToService,
    attempt: Attempt,
) -> Result<Outcome, Error> {
    // What is noted from then on is this action's.
    let since =
        if attempt.is_repeated() { attempt.has_noted_since() } else { Some(client.host.now()) };
    let Pushed { sys_id, repetition, mut summary } = match named(push) {
        None => create(client, push, attempt).await?,
        Some(external_id) => update(client, external_id, push).await?,
    };
    let mut before = if attempt.is_repeated() && has_comments(push) {
        added_before(client, &sys_id, since).await.map_err(|error| repetition.after_write(error))?
    } else {
        WorkNotes::default()
    };
    let comments = push.comments.as_deref().unwrap_or_default();
    for (place, comment) in comments.iter().enumerate() {
        if !before.find(&comment.comment) {
            let is_same = |other: &&Comment| other.comment.trim() == comment.comment.trim();
            let times = comments.iter().take(place.saturating_add(1)).filter(is_same).count();
            let said = (since, times);
            add(client, &sys_id, comment, said).await.map_err(|error| match (attempt, place) {
                (Attempt::Only, 0) => repetition.after_write(error.of_unrepeatable_write()),
                // The comments before this one would be added a second time.
                (Attempt::Only, _) => error.never_again(),
                // The next attempt reads what is there.
                _ => repetition.after_write(not_before_done(client, error)),
            })?;
        }
        summary.comments.push(PushedComment {
            comment_id: comment.comment_id.clone(),
            pushed_date: summary.pushed_date.clone(),
        });
    }
    let text = format!("response push to service for incident id: {}", summary.id);
    client.log(Level::Debug, &text);
    Ok(Outcome::Incident(summary))
}

/// The incident that the params name. A template that renders to nothing names nothing.
fn named(push: &PushToService) -> Option<&str> {
    push.incident.external_id.as_deref().filter(|id| !id.trim().is_empty())
}

/// What it would do to run an action again of which nobody knows what it has done. Its comments are looked
/// for then.
pub fn repetition(push: &PushToService, api: Api, attempt: Attempt) -> Repetition {
    let additional = push.incident.additional_fields.as_ref();
    match (named(push).map(SysId::parse), correlation_id(push)) {
        (Some(Ok(sys_id)), _) => Repetition::of(api, Which::Named(&sys_id), additional, false),
        // Such an action ends before it writes anything.
        (Some(Err(_)), _) => Repetition::Harmless,
        (None, Some(id)) => {
            Repetition::of(api, Which::Correlated(&id), additional, attempt.is_traced())
        }
        (None, None) => Repetition::WritesTwice,
    }
}

/// An incident that stands in ServiceNow, without its comments.
struct Pushed {
    sys_id: SysId,
    repetition: Repetition,
    summary: Summary,
}

async fn create<H: Host>(
    client: &Client<'_, H>,
    push: &PushToService,
    attempt: Attempt,
) -> Result<Pushed, Error> {
    let caller = client.connector.sign_in.caller();
    let correlation_id = correlation_id(push);
    let mut columns = described(&push.incident, correlation_id.as_ref());
    columns.extend([("caller_id", Value::from(caller)), ("opened_by", Value::from(caller))]);
    let additional = push.incident.additional_fields.as_ref();
    let create = async {
        let before = match (attempt.has_written_since(), &correlation_id) {
            (Some(since), Some(id)) => inserted_since(client, id, &columns, since).await?,
            _ => None,
        };
        let which = correlation_id.as_ref().map_or(Which::New, Which::Correlated);
        let written = match before {
            Some(written) => written,
            None => write(client, which, columns, additional, attempt.is_traced()).await?,
        };
        read_back(client, written, |incident| {
            if let Some(sent) = &correlation_id {
                check_correlation_id(client, sent, &incident);
            }
            Summary::created(client, incident)
        })
        .await
    };
    create.await.map_err(|error: Error| error.within(steps::create(client)))
}

async fn update<H: Host>(
    client: &Client<'_, H>,
    external_id: &str,
    push: &PushToService,
) -> Result<Pushed, Error> {
    let columns = described(&push.incident, correlation_id(push).as_ref());
    let additional = push.incident.additional_fields.as_ref();
    let update = async {
        let target = SysId::parse(external_id)?;
        let written = write(client, Which::Named(&target), columns, additional, false).await?;
        if !written.sys_id.as_str().eq_ignore_ascii_case(target.as_str()) {
            let text = format!(
                "The incident {external_id} was named, and the instance has written {} instead",
                written.sys_id.as_str()
            );
            client.log(Level::Warn, &text);
        }
        read_back(client, written, |incident| Summary::updated(client, incident)).await
    };
    update.await.map_err(|error: Error| error.within(steps::update(client, external_id)))
}

fn correlation_id(push: &PushToService) -> Option<CorrelationId> {
    push.incident.correlation_id.as_deref().and_then(CorrelationId::new)
}

async fn read_back<H: Host>(
    client: &Client<'_, H>,
    written: Written,
    summarize: impl FnOnce(Incident) -> Result<Summary, Error>,
) -> Result<Pushed, Error> {
    let (sys_id, repetition) = (written.sys_id.clone(), written.repetition);
    let incident =
        written.read_back(client).await.inspect(|incident| warn_if_over(client, incident));
    let summary = incident.and_then(summarize);
    let summary = summary.map_err(|error| match error.code() {
        // It has just been written: reading may be behind.
        Code::NotFound => repetition.after_write(error.with_retry(Retry::Soon)),
        _ => repetition.after_write(error),
    })?;
    Ok(Pushed { sys_id, repetition, summary })
}

/// Of an alert that fires again, the transform map finds the incident that it had, closed or not
/// (servicenow-instance.md 1.3): nobody looks at that any more.
fn warn_if_over<H: Host>(client: &Client<'_, H>, incident: &Incident) {
    let over = match incident.state.as_deref() {
        Some("6") => "resolved",
        Some("7") => "closed",
        Some("8") => "canceled",
        _ => return,
    };
    let number = incident.number.as_deref().unwrap_or(&incident.sys_id);
    let text = format!(
        "The incident {number} has been written to and is {over}: nobody may notice. Open it again in \
         ServiceNow, and have alerts that fire again use another correlation ID, for instance one with \
         {{{{alert.uuid}}}}."
    );
    client.log(Level::Warn, &text);
}

/// A column that the staging table lacks is dropped without a word, and one that is too short cuts
/// (servicenow-instance.md 1.4): then the alert has an incident that nobody finds again.
fn check_correlation_id<H: Host>(
    client: &Client<'_, H>,
    sent: &CorrelationId,
    incident: &Incident,
) {
    let Some(held) = &incident.correlation_id else { return };
    if !sent.is_like(held) {
        let text = format!(
            "The incident {} holds the correlation ID \"{held}\" and not \"{}\": recovery will not \
             find it. Check the transform map of the Elastic for ITSM application.",
            incident.sys_id,
            sent.as_str()
        );
        client.log(Level::Warn, &text);
    }
}

fn has_comments(push: &PushToService) -> bool {
    push.comments.iter().flatten().any(|comment| !comment.comment.trim().is_empty())
}

async fn added_before<H: Host>(
    client: &Client<'_, H>,
    sys_id: &SysId,
    since: Option<Milliseconds>,
) -> Result<WorkNotes, Error> {
    let remedy = match work_notes(client, sys_id, since).await {
        Ok(Some(notes)) => return Ok(notes),
        Ok(None) => "Give the integration user the right to read them.",
        // They come as one text, which only grows.
        Err(error) if error.code() == Code::TooLarge => "Raise the host's maximum response size.",
        // It has just been written: reading may be behind.
        Err(error) if error.code() == Code::NotFound => return Err(error.with_retry(Retry::Soon)),
        Err(error) => return Err(error),
    };
    let text = format!(
        "The work notes of the incident {} cannot be read: a comment that was added before the \
         action was cut off is added again. {remedy}",
        sys_id.as_str()
    );
    client.log(Level::Warn, &text);
    Ok(WorkNotes::default())
}

/// Since when, where anybody knows, and how often.
type Said = (Option<Milliseconds>, usize);

/// The comment alone: what the incident is was written before. An empty one, which a form leaves
/// behind, adds nothing. `said` is since when this action says something, and how often it has said this
/// then.
async fn add<H: Host>(
    client: &Client<'_, H>,
    sys_id: &SysId,
    comment: &Comment,
    said: Said,
) -> Result<(), Error> {
    if comment.comment.trim().is_empty() {
        return Ok(());
    }
    let noted = async {
        match write_note(client, sys_id, &comment.comment).await? {
            Noted::There => Ok(()),
            Noted::Unknown(ignored) => check(client, sys_id, comment, said, ignored).await,
        }
    };
    noted.await.map_err(|error: Error| error.within(steps::update(client, sys_id.as_str())))
}

/// Looks whether a comment is there whose row was ignored: since a time, and so many times. Who may not
/// see it is told that nobody knows.
async fn check<H: Host>(
    client: &Client<'_, H>,
    sys_id: &SysId,
    comment: &Comment,
    (since, times): Said,
    ignored: Error,
) -> Result<(), Error> {
    if let Ok(Some(mut notes)) = work_notes(client, sys_id, since).await {
        let is_there = (0..times).all(|_| notes.find(&comment.comment));
        return if is_there { Ok(()) } else { Err(ignored) };
    }
    let text = format!(
        "The instance has ignored the row of the comment {} of the incident {}, whose work notes \
         cannot be read: it may not be there. {}",
        comment.comment_id,
        sys_id.as_str(),
        ignored.text()
    );
    client.log(Level::Warn, &text);
    Ok(())
}
