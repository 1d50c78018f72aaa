//! The instance: its state, and the way of a request from the door to the API it is for.

mod doors;
mod faults;
mod jobs;
mod saved;
mod steps;

pub use self::saved::StateError;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::accounts::Accounts;
use crate::api::cors;
use crate::api::import_set::ImportSets;
use crate::clock::{Milliseconds, Moment};
use crate::configuration::Configuration;
use crate::database::{Database, Row, schema};
use crate::faults::{self as fault_rules, Faults};
use crate::http::{Answer, Call, Method, Request};
use crate::ids::{self, Ids};
use crate::journal::{self, Journal};
use crate::oauth::OAuth;
use crate::rate_limit::RateLimits;
use crate::setup::{CorsRule, OAuthClient, Setup, SetupError, User};
use crate::steps::Steps;

/// A ServiceNow instance with the application "Elastic for ITSM" installed.
#[derive(Serialize, Deserialize)]
pub struct Instance {
    pub(crate) now: Moment,
    pub(crate) ids: Ids,
    pub(crate) database: Database,
    pub(crate) accounts: Accounts,
    pub(crate) oauth: OAuth,
    pub(crate) cors_rules: Vec<CorsRule>,
    pub(crate) import_sets: ImportSets,
    pub(crate) journal: Journal,
    pub(crate) configuration: Configuration,
    pub(crate) rate_limits: RateLimits,
    pub(crate) faults: Faults,
}

/// A request's answer on its way out, with the name of whoever asked.
pub(crate) struct Handled {
    pub(crate) answer: Answer,
    pub(crate) user: Option<String>,
}

impl From<Answer> for Handled {
    fn from(answer: Answer) -> Self {
        Self { answer, user: None }
    }
}

impl Instance {
    /// Sets an instance up.
    ///
    /// # Errors
    /// Names the part of the set-up that cannot be, such as a certificate that is none.
    pub fn new(setup: Setup) -> Result<Self, SetupError> {
        let ids = Ids::new(setup.seed);
        let rate_limits = RateLimits::new(setup.rate_limits, &ids);
        let mut instance = Self {
            now: Moment::new(setup.now),
            database: Database::new(&ids, &setup.switches),
            ids,
            accounts: Accounts::default(),
            oauth: OAuth::new(setup.token_lifetime, setup.refresh_token_lifetime),
            cors_rules: Vec::new(),
            configuration: Configuration {
                steps: Steps::default(),
                switches: setup.switches,
                transform_maps: setup.transform_maps,
                unreadable: setup.unreadable_fields,
            },
            rate_limits,
            import_sets: ImportSets::default(),
            journal: Journal::default(),
            faults: Faults::default(),
        };
        for user in setup.users {
            instance.add_user(user)?;
        }
        for rule in setup.cors_rules {
            instance.add_cors_rule(rule)?;
        }
        for client in setup.oauth_clients {
            instance.add_oauth_client(client)?;
        }
        Ok(instance)
    }

    /// Answers a request.
    pub fn handle(&mut self, request: &Request) -> Answer {
        let call = Call::read(request);
        let mut notes = Vec::new();
        let Handled { answer, user } = if self.faults.are_none() {
            self.answered(&call, &mut notes)
        } else {
            fault_rules::happen(self, request, &mut notes)
        };
        let outcome = (user, answer.status, notes);
        self.journal.push(self.now.milliseconds(), &request.method, &call, outcome);
        answer
    }

    /// Answers a request to which no fault happens.
    pub(crate) fn answered(&mut self, call: &Call, notes: &mut Vec<String>) -> Handled {
        let Handled { answer, user } = self.route(call, notes);
        Handled { answer: self.dressed(call, answer, user.is_some()), user }
    }

    /// The instance's clock.
    #[must_use]
    pub fn now(&self) -> Milliseconds {
        self.now.milliseconds()
    }

    /// Puts the clock to a time; it stands there. Jobs that were due in between have run.
    pub fn set_now(&mut self, now: Milliseconds) {
        let before = self.now.day();
        self.now = Moment::new(now);
        if self.now.day() > before {
            self.run_daily_jobs();
        }
    }

    /// Adds a user, in place of the one with the same name.
    ///
    /// # Errors
    /// Names the field that cannot be.
    pub fn add_user(&mut self, user: User) -> Result<(), SetupError> {
        self.accounts.add(&mut self.database, &self.ids, user)
    }

    /// Adds an OAuth client, in place of the one with the same ID.
    ///
    /// # Errors
    /// Names the field that cannot be.
    pub fn add_oauth_client(&mut self, client: OAuthClient) -> Result<(), SetupError> {
        self.oauth.add(client)
    }

    /// Adds a CORS rule, in place of the one with the same domain.
    ///
    /// # Errors
    /// Names the field that cannot be.
    pub fn add_cors_rule(&mut self, rule: CorsRule) -> Result<(), SetupError> {
        cors::check(&rule)?;
        self.cors_rules.retain(|other| other.domain != rule.domain);
        self.cors_rules.push(rule);
        Ok(())
    }

    /// Ends every access token.
    pub fn revoke_tokens(&mut self) {
        self.oauth.revoke_tokens();
    }

    /// The last requests, oldest first.
    #[must_use]
    pub fn requests(&self) -> impl DoubleEndedIterator<Item = &journal::Entry> {
        self.journal.entries()
    }

    /// How many requests there were since the beginning.
    #[must_use]
    pub fn request_count(&self) -> u64 {
        self.journal.count()
    }

    /// Every incident, oldest first.
    #[must_use]
    pub fn incidents(&self) -> impl DoubleEndedIterator<Item = Incident> {
        self.database.rows("incident").map(|row| self.shown(row))
    }

    /// How many incidents there are.
    #[must_use]
    pub fn incident_count(&self) -> usize {
        self.database.count("incident")
    }

    /// An incident by its number or `sys_id`.
    #[must_use]
    pub fn incident(&self, id: &str) -> Option<Incident> {
        let numbered = || self.database.rows("incident").find(|row| row.get("number") == id);
        self.database.get("incident", id).or_else(numbered).map(|row| self.shown(row))
    }

    fn shown(&self, row: &Row) -> Incident {
        let cells = |table, row: &Row| -> BTreeMap<&'static str, String> {
            let columns = schema::columns(table).iter();
            columns.map(|column| (column.name, row.get(column.name).to_owned())).collect()
        };
        let entries = self.database.journal_of(row.sys_id());
        Incident {
            fields: cells("incident", row),
            journal: entries.map(|entry| cells("sys_journal_field", entry)).collect(),
        }
    }

    /// The cookies of a new session. A client that brings one keeps it.
    fn with_session(&mut self, answer: Answer) -> Answer {
        let session = self.ids.sys_id(ids::Kind::Session);
        let node = self.ids.sys_id_of("node");
        answer
            .with("Set-Cookie", format!("JSESSIONID={session}; Path=/; HttpOnly"))
            .with("Set-Cookie", "glide_user=; Max-Age=0; Path=/; HttpOnly")
            .with("Set-Cookie", "glide_user_session=; Max-Age=0; Path=/; HttpOnly")
            .with(
                "Set-Cookie",
                format!("glide_user_route=glide.{node}; Max-Age=2147483647; Path=/"),
            )
            .with("Set-Cookie", format!("glide_node_id_for_js={node}; Path=/"))
            .with("Set-Cookie", format!("glide_session_store={session}; Max-Age=1800; Path=/"))
    }

    /// What every answer carries (servicenow-instance.md 0). `Strict-Transport-Security` is left
    /// out: it would turn a developer's browser away from plain HTTP on his own machine.
    pub(crate) fn dressed(&mut self, call: &Call, mut answer: Answer, signed_in: bool) -> Answer {
        let silent = call.method.writes() && call.header("X-no-response-body") == Some("true");
        if call.method == Method::Head || silent {
            answer.body.clear();
        }
        if signed_in && !call.header("Cookie").is_some_and(|held| held.contains("JSESSIONID=")) {
            answer = self.with_session(answer);
        }
        answer
            .with("Server", "snow_adc")
            .with("X-Is-Logged-In", if signed_in { "true" } else { "false" })
            .with("X-Transaction-ID", self.ids.transaction())
            .with("X-Content-Type-Options", "nosniff")
            .with("Pragma", "no-store,no-cache")
            .with("Cache-Control", "no-cache,no-store,must-revalidate,max-age=-1")
            .with("Expires", "0")
            .with("Server-Timing", "sem_wait;dur=0, sesh_wait;dur=0")
    }
}

/// An incident with its journal entries, as a test sees it.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Incident {
    /// Every column and its value; a reference is the bare `sys_id`.
    #[serde(flatten)]
    pub fields: BTreeMap<&'static str, String>,
    /// Comments and work notes, oldest first, as rows of `sys_journal_field`.
    pub journal: Vec<BTreeMap<&'static str, String>>,
}
