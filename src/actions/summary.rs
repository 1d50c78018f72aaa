//! What an action says of the incident that it was about (servicenow-itsm.md 3.4).

use serde::Serialize;

use crate::error::Error;
use crate::host::Host;
use crate::servicenow::{Client, Incident, iso_from_milliseconds, iso_from_servicenow};

/// The incident in the words of rules and cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// Its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its `sys_id`.
    pub id: String,
    /// When it was written, ISO 8601 in UTC.
    pub pushed_date: String,
    /// Where a person finds it.
    pub url: String,
    /// The comments that were added, where any were.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<PushedComment>,
}

/// A comment that was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PushedComment {
    /// The ID that the params gave it.
    pub comment_id: String,
    /// The incident's date: comments have none of their own.
    pub pushed_date: String,
}

impl Summary {
    /// An incident that was created.
    ///
    /// # Errors
    /// `Invalid time value` for a date that is none.
    pub fn created<H: Host>(client: &Client<'_, H>, incident: Incident) -> Result<Self, Error> {
        let date = incident.sys_created_on.clone();
        Self::new(client, incident, date)
    }

    /// An incident that was changed.
    ///
    /// # Errors
    /// `Invalid time value` for a date that is none.
    pub fn updated<H: Host>(client: &Client<'_, H>, incident: Incident) -> Result<Self, Error> {
        let date = incident.sys_updated_on.clone();
        Self::new(client, incident, date)
    }

    fn new<H: Host>(
        client: &Client<'_, H>,
        incident: Incident,
        date: Option<String>,
    ) -> Result<Self, Error> {
        let pushed_date = match date {
            Some(date) => iso_from_servicenow(&date)?,
            None => iso_from_milliseconds(client.host.now())?,
        };
        let page = format!("/nav_to.do?uri=incident.do?sys_id={}", incident.sys_id);
        Ok(Self {
            title: incident.number,
            url: client.connector.base.join(&page),
            id: incident.sys_id,
            pushed_date,
            comments: Vec::new(),
        })
    }
}
