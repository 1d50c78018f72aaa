//! The way of a request to the API it is for: who sent it, whether its headers will do, and which
//! part of the instance answers.

use super::{Handled, Instance};
use crate::accounts::Rejected;
use crate::api::table::{self, Version};
use crate::api::{batch, cors, health, import_set};
use crate::http::{Answer, Call, Method};
use crate::oauth::Registry;
use crate::rate_limit::Counted;
use crate::refusal;
use crate::roles;
use crate::setup::Resource;
use crate::steps::Gate;
use crate::transaction::{Caller, Transaction};

/// The largest body that an instance reads, in bytes.
const LARGEST_BODY: usize = 10_485_760;

/// The longest address that is looked at, in bytes (servicenow-instance.md 2.4).
const LONGEST_TARGET: usize = 23_000;

impl Instance {
    pub(super) fn route(&mut self, call: &Call, notes: &mut Vec<String>) -> Handled {
        if call.header_count("Authorization") > 1 {
            return refusal::failure(400, "Bad Request", None).into();
        }
        if call.target.len() >= LONGEST_TARGET {
            return refusal::long_address().into();
        }
        let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
        match path.as_slice() {
            ["oauth_token.do"] => {
                let answer = self.token(call, notes);
                cors::admit_to_tokens(&self.configuration.switches, call, answer).into()
            }
            ["api", "x_elas2_inc_int", "elastic_api", "health"]
                if self.configuration.is_done(Gate::Application) =>
            {
                if call.method == Method::Options {
                    return cors::preflight(&self.cors_rules, &self.configuration, call).into();
                }
                let Handled { answer, user } = self.api(call, &path, notes);
                let answer = cors::admit(&self.cors_rules, &self.configuration, call, answer);
                Handled { answer, user }
            }
            ["api", ..] => self.api(call, &path, notes),
            _ => refusal::unknown_uri().into(),
        }
    }

    /// The APIs, which answer nobody who has not signed in.
    fn api(&mut self, call: &Call, path: &[&str], notes: &mut Vec<String>) -> Handled {
        let caller = match self.caller(call) {
            Ok(caller) => caller,
            Err(answer) => return answer.into(),
        };
        let user = Some(caller.user_name.clone());
        Handled { answer: self.limited(call, path, &caller, notes), user }
    }

    /// The answer to a caller, unless he asked too often.
    fn limited(
        &mut self,
        call: &Call,
        path: &[&str],
        caller: &Caller,
        notes: &mut Vec<String>,
    ) -> Answer {
        let (api, rest) = Api::of(path);
        let resource = api.resource();
        let commit = self.configuration.switches.rate_limit_commit;
        let counted =
            resource.and_then(|api| self.rate_limits.count(api, caller, self.now, commit));
        let denial = counted.as_ref().and_then(Counted::denial);
        let checked = || check_headers(call).and_then(|()| check_length(call));
        let answer = match denial.map_or_else(checked, Err) {
            Err(answer) => answer,
            Ok(()) if api == Api::Batch => self.batch(call, rest, caller, notes),
            Ok(()) => self.answer(call, (api, rest), caller, notes),
        };
        match counted {
            Some(counted) => counted.told(answer),
            None => answer,
        }
    }

    /// What answers the requests in a batch is what answers any other; only who asks is known.
    fn batch(
        &mut self,
        call: &Call,
        rest: &[&str],
        caller: &Caller,
        notes: &mut Vec<String>,
    ) -> Answer {
        if !rest.is_empty() {
            return refusal::unknown_uri();
        }
        if call.method != Method::Post {
            return refusal::wrong_method();
        }
        batch::answer(call, |request| {
            let inner = Call::read(request);
            let path: Vec<&str> = inner.path.iter().map(String::as_str).collect();
            if Api::of(&path).0 == Api::Batch {
                return refusal::unknown_uri();
            }
            let answer = self.limited(&inner, &path, caller, notes);
            if inner.method == Method::Head {
                Answer { body: String::new(), ..answer }
            } else {
                answer
            }
        })
    }

    fn answer(
        &mut self,
        call: &Call,
        (api, rest): (Api, &[&str]),
        caller: &Caller,
        notes: &mut Vec<String>,
    ) -> Answer {
        let mut work = Transaction {
            configuration: &self.configuration,
            database: &mut self.database,
            ids: &mut self.ids,
            now: self.now,
            caller: caller.clone(),
            notes,
        };
        let needs_role = work.configuration.switches.rest_api_needs_role;
        match api {
            Api::Table(_) | Api::ImportSet if needs_role && !caller.has(roles::REST_ACCESS) => {
                refusal::not_authorized()
            }
            Api::Table(version) => table::answer(call, version, rest, &mut work),
            Api::ImportSet => import_set::answer(call, rest, &mut work, &mut self.import_sets),
            Api::Health if self.configuration.is_done(Gate::Application) => match call.method {
                Method::Get | Method::Head => health::answer(&work),
                _ => refusal::wrong_method(),
            },
            Api::Health | Api::Batch | Api::Unknown => refusal::unknown_uri(),
        }
    }

    fn token(&mut self, call: &Call, notes: &mut Vec<String>) -> Answer {
        let registry = Registry {
            accounts: &self.accounts,
            configuration: &self.configuration,
            database: &self.database,
            now: self.now,
        };
        self.oauth.answer(call, &registry, &mut self.ids, notes)
    }

    pub(crate) fn caller(&self, call: &Call) -> Result<Caller, Answer> {
        let header = call.header("Authorization").unwrap_or_default().trim();
        let (scheme, credentials) = header.split_once(' ').unwrap_or((header, ""));
        match scheme.to_ascii_lowercase().as_str() {
            "basic" => self.basic(credentials),
            "bearer" => {
                let active = self.configuration.switches.oauth_active;
                let user = self.oauth.user(credentials.trim(), self.now).filter(|_| active);
                let row = user.and_then(|user| self.database.get("sys_user", user));
                let bearer = self.configuration.switches.bearer_challenge;
                row.and_then(|row| self.accounts.caller(row)).ok_or_else(|| {
                    if bearer { refusal::bad_bearer() } else { refusal::not_authenticated() }
                })
            }
            _ => Err(refusal::not_authenticated()),
        }
    }

    /// Who Basic credentials belong to (servicenow-instance.md 6.4).
    fn basic(&self, credentials: &str) -> Result<Caller, Answer> {
        let needs_role = self.configuration.switches.basic_needs_role;
        match self.accounts.signed_in(&self.database, credentials) {
            Ok(caller) if needs_role && !caller.has(roles::BASIC_ACCESS) => {
                Err(refusal::not_authenticated())
            }
            Ok(caller) => Ok(caller),
            Err(Rejected::Credentials) => Err(refusal::not_authenticated()),
            Err(Rejected::SecondFactor) => {
                Err(refusal::not_authenticated().with("X-MFA_TOKEN", "invalid"))
            }
        }
    }
}

/// Which API a path is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Api {
    Table(Version),
    ImportSet,
    Batch,
    Health,
    Unknown,
}

impl Api {
    /// The API and what follows its name.
    fn of<'a, 'b>(path: &'a [&'b str]) -> (Self, &'a [&'b str]) {
        match path {
            ["api", "now", "table", rest @ ..] | ["api", "now", "v2", "table", rest @ ..] => {
                (Self::Table(Version::Two), rest)
            }
            ["api", "now", "v1", "table", rest @ ..] => (Self::Table(Version::One), rest),
            ["api", "now", "import", rest @ ..] | ["api", "now", "v1", "import", rest @ ..] => {
                (Self::ImportSet, rest)
            }
            ["api", "now", "batch", rest @ ..] | ["api", "now", "v1", "batch", rest @ ..] => {
                (Self::Batch, rest)
            }
            ["api", "x_elas2_inc_int", "elastic_api", "health"] => (Self::Health, &[]),
            _ => (Self::Unknown, &[]),
        }
    }

    /// What a rate limit rule calls it.
    fn resource(self) -> Option<Resource> {
        match self {
            Self::Table(_) => Some(Resource::Table),
            Self::ImportSet => Some(Resource::ImportSet),
            Self::Batch => Some(Resource::Batch),
            Self::Health => Some(Resource::Elastic),
            Self::Unknown => None,
        }
    }
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
