//! The instance: its state, and the way of a request from the door to the API it is for.

use std::collections::BTreeMap;

use crate::accounts::Accounts;
use crate::api::import_set::{self, ImportSets};
use crate::api::table::{self, Version};
use crate::api::{cors, health};
use crate::clock::{Milliseconds, Moment};
use crate::database::{Database, Row, schema};
use crate::faults::{self, ActiveRule, Certificate, FaultError, FaultRule, Faults};
use crate::http::{Answer, Call, Method, Request};
use crate::ids::{self, Ids};
use crate::journal::{self, Journal};
use crate::oauth::OAuth;
use crate::refusal;
use crate::setup::{CorsRule, OAuthClient, Setup, SetupError, User};
use crate::transaction::{Caller, Transaction};

/// The largest body that an instance reads, in bytes.
const LARGEST_BODY: usize = 10_485_760;

/// A ServiceNow instance with the application "Elastic for ITSM" installed.
pub struct Instance {
    pub(crate) now: Moment,
    pub(crate) ids: Ids,
    pub(crate) database: Database,
    pub(crate) accounts: Accounts,
    pub(crate) oauth: OAuth,
    pub(crate) cors_rules: Vec<CorsRule>,
    pub(crate) import_sets: ImportSets,
    pub(crate) journal: Journal,
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
        let mut instance = Self {
            now: Moment::new(setup.now),
            database: Database::new(&ids),
            ids,
            accounts: Accounts::default(),
            oauth: OAuth::new(setup.token_lifetime),
            cors_rules: setup.cors_rules,
            import_sets: ImportSets::default(),
            journal: Journal::default(),
            faults: Faults::default(),
        };
        for user in setup.users {
            instance.add_user(user)?;
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
            faults::happen(self, request, &mut notes)
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

    /// Puts the clock to a time; it stands there.
    pub fn set_now(&mut self, now: Milliseconds) {
        self.now = Moment::new(now);
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

    /// Ends every access token.
    pub fn revoke_tokens(&mut self) {
        self.oauth.revoke_tokens();
    }

    /// Adds a fault rule and gives the ID that it can be removed by.
    ///
    /// # Errors
    /// Names the field that cannot be.
    pub fn inject(&mut self, rule: FaultRule) -> Result<u64, FaultError> {
        self.faults.inject(rule)
    }

    /// The fault rules and what they did, in the order in which they were injected.
    #[must_use]
    pub fn fault_rules(&self) -> &[ActiveRule] {
        self.faults.rules()
    }

    /// Takes a fault rule away, and says whether there was one.
    pub fn remove_fault(&mut self, id: u64) -> bool {
        self.faults.remove(id)
    }

    /// Takes every fault rule away.
    pub fn clear_faults(&mut self) {
        self.faults.clear();
    }

    /// Which certificate the next HTTPS connection is shown.
    pub fn handshake(&mut self) -> Certificate {
        self.faults.handshake(&self.ids)
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

    fn route(&mut self, call: &Call, notes: &mut Vec<String>) -> Handled {
        if call.header_count("Authorization") > 1 {
            return refusal::failure(400, "Bad Request", None).into();
        }
        let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
        match path.as_slice() {
            ["oauth_token.do"] => {
                self.oauth.answer(call, &self.database, &mut self.ids, self.now, notes).into()
            }
            ["api", "x_elas2_inc_int", "elastic_api", "health"]
                if call.method == Method::Options =>
            {
                cors::preflight(&self.cors_rules, call).into()
            }
            ["api", "x_elas2_inc_int", "elastic_api", "health"] => {
                let Handled { answer, user } = self.api(call, &path, notes);
                Handled { answer: cors::admit(&self.cors_rules, call, answer), user }
            }
            ["api", ..] => self.api(call, &path, notes),
            _ => refusal::unknown_uri().into(),
        }
    }

    /// The APIs, which answer nobody who has not signed in.
    fn api(&mut self, call: &Call, path: &[&str], notes: &mut Vec<String>) -> Handled {
        let Some(caller) = self.caller(call) else { return refusal::not_authenticated().into() };
        let user = Some(caller.user_name.clone());
        if let Err(answer) = check_headers(call).and_then(|()| check_length(call)) {
            return Handled { answer, user };
        }
        let mut work = Transaction {
            database: &mut self.database,
            ids: &mut self.ids,
            now: self.now,
            caller,
            notes,
        };
        let answer = match path {
            ["api", "now", "table", rest @ ..] | ["api", "now", "v2", "table", rest @ ..] => {
                table::answer(call, Version::Two, rest, &mut work)
            }
            ["api", "now", "v1", "table", rest @ ..] => {
                table::answer(call, Version::One, rest, &mut work)
            }
            ["api", "now", "import", rest @ ..] | ["api", "now", "v1", "import", rest @ ..] => {
                import_set::answer(call, rest, &mut work, &mut self.import_sets)
            }
            ["api", "x_elas2_inc_int", "elastic_api", "health"] => match call.method {
                Method::Get | Method::Head => health::answer(),
                _ => refusal::wrong_method(),
            },
            _ => refusal::unknown_uri(),
        };
        Handled { answer, user }
    }

    pub(crate) fn caller(&self, call: &Call) -> Option<Caller> {
        let (scheme, credentials) = call.header("Authorization")?.trim().split_once(' ')?;
        match scheme.to_ascii_lowercase().as_str() {
            "basic" => self.accounts.signed_in(&self.database, credentials),
            "bearer" => self.oauth.bearer(&self.database, credentials.trim(), self.now),
            _ => None,
        }
    }

    /// What every answer carries (servicenow-instance.md 0). `Strict-Transport-Security` is left
    /// out: it would turn a developer's browser away from plain HTTP on his own machine.
    pub(crate) fn dressed(&mut self, call: &Call, mut answer: Answer, signed_in: bool) -> Answer {
        let silent = call.method.writes() && call.header("X-no-response-body") == Some("true");
        if call.method == Method::Head || silent {
            answer.body.clear();
        }
        if signed_in {
            let session = self.ids.sys_id(ids::Kind::Session);
            let cookie = format!("JSESSIONID={session}; Path=/; HttpOnly");
            answer = answer.with("Set-Cookie", cookie);
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

/// A write needs to say what it sends and what it takes; what is said has to be JSON.
fn check_headers(call: &Call) -> Result<(), Answer> {
    let names_json = |value: &str, any: &[&str]| {
        let media = value.split(',').filter_map(|media| media.split(';').next()).map(str::trim);
        media
            .into_iter()
            .any(|media| media.to_ascii_lowercase().ends_with("json") || any.contains(&media))
    };
    let accept = call.header("Accept");
    let content = call.header("Content-Type");
    let has_body = call.method.writes() && call.method != Method::Delete;
    if call.method.writes() && accept.is_none() {
        return Err(refusal::failure(400, "Bad Request", Some("Accept header is missing")));
    }
    if has_body && content.is_none() {
        return Err(refusal::failure(400, "Bad Request", Some("Content-Type header is missing")));
    }
    if accept.is_some_and(|accept| !names_json(accept, &["*/*", "application/*"])) {
        return Err(refusal::failure(406, "Accept header is not supported", None));
    }
    if has_body && content.is_some_and(|content| !names_json(content, &[])) {
        return Err(refusal::failure(415, "Content-Type header is not supported", None));
    }
    Ok(())
}

fn check_length(call: &Call) -> Result<(), Answer> {
    let length = call.length();
    if length <= LARGEST_BODY {
        return Ok(());
    }
    Err(refusal::unreadable_body(&format!(
        "Rejected large REST payload with content-length = {length} bytes. \
         Max allowed: {LARGEST_BODY} bytes."
    )))
}
