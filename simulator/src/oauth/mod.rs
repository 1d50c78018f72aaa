//! The token endpoint: a grant in, an access token out (servicenow-instance.md 6).

mod assertion;
mod client;
mod key;
mod tokens;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use self::client::Client;
use self::tokens::{Granted, Tokens};
use crate::accounts::{self, Accounts};
use crate::clock::Moment;
use crate::configuration::Configuration;
use crate::database::{Database, Row};
use crate::http::{self, Answer, Call, Method};
use crate::ids::Ids;
use crate::refusal;
use crate::setup::{Grant, OAuthClient, OAuthDenials, SetupError};
use crate::steps::Gate;

/// How grants are written in a request.
const GRANTS: &[(&str, Grant)] = &[
    ("urn:ietf:params:oauth:grant-type:jwt-bearer", Grant::JwtBearer),
    ("password", Grant::Password),
    ("client_credentials", Grant::ClientCredentials),
    ("refresh_token", Grant::RefreshToken),
];

/// The clients of the instance and the tokens that they were given.
#[derive(Serialize, Deserialize)]
pub(crate) struct OAuth {
    clients: Vec<Client>,
    tokens: Tokens,
}

/// What a grant is judged by.
pub(crate) struct Registry<'a> {
    pub(crate) accounts: &'a Accounts,
    pub(crate) configuration: &'a Configuration,
    pub(crate) database: &'a Database,
    pub(crate) now: Moment,
}

#[derive(Serialize)]
struct TokenAnswer<'a> {
    access_token: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a str>,
    scope: &'static str,
    token_type: &'static str,
    expires_in: i64,
}

#[derive(Serialize)]
struct Denial {
    error_description: &'static str,
    error: &'static str,
}

/// Why no token was given. The client is told less than the journal.
enum Denied {
    UnknownClient,
    UnknownGrant,
    UnknownUser,
    Access(&'static str),
}

impl OAuth {
    pub(crate) fn new(lifetime: u32, refresh_lifetime: u32) -> Self {
        Self { clients: Vec::new(), tokens: Tokens::new(lifetime, refresh_lifetime) }
    }

    /// Adds a client, in place of the one with the same ID.
    pub(crate) fn add(&mut self, client: OAuthClient) -> Result<(), SetupError> {
        let client = Client::read(client)?;
        self.clients.retain(|other| other.id != client.id);
        self.clients.push(client);
        Ok(())
    }

    pub(crate) fn has_client(&self) -> bool {
        !self.clients.is_empty()
    }

    pub(crate) fn has_verifier_map(&self) -> bool {
        self.clients.iter().any(Client::has_verifier_map)
    }

    /// Ends every token now.
    pub(crate) fn revoke_tokens(&mut self) {
        self.tokens.revoke_all();
    }

    /// The `sys_id` of the user whose access token this is, as long as it lives.
    pub(crate) fn user(&self, token: &str, now: Moment) -> Option<&str> {
        self.tokens.user(token, now)
    }

    /// Answers a request to `/oauth_token.do`.
    pub(crate) fn answer(
        &mut self,
        call: &Call,
        registry: &Registry,
        ids: &mut Ids,
        notes: &mut Vec<String>,
    ) -> Answer {
        match call.method {
            Method::Post => {}
            Method::Options => return Answer::empty(200),
            _ => return refusal::wrong_method(),
        }
        match self.grant(call, registry, ids) {
            Ok(Granted { token, refresh_token, expires_in }) => Answer::json(
                200,
                &TokenAnswer {
                    access_token: &token,
                    refresh_token: refresh_token.as_deref(),
                    scope: "useraccount",
                    token_type: "Bearer",
                    expires_in,
                },
            ),
            Err(denied) => {
                notes.push(format!("no token: {}", denied.reason()));
                denied.answer(registry.configuration.switches.oauth_denials)
            }
        }
    }

    fn grant(
        &mut self,
        call: &Call,
        registry: &Registry,
        ids: &mut Ids,
    ) -> Result<Granted, Denied> {
        if !registry.configuration.switches.oauth_active {
            return Err(Denied::Access("OAuth is off"));
        }
        let form = Form::read(call)?;
        let (id, secret) = form.client();
        let endpoint_exists = registry.configuration.is_done(Gate::Endpoint);
        let client = self
            .clients
            .iter_mut()
            .find(|client| client.id == id && endpoint_exists)
            .ok_or(Denied::UnknownClient)?;
        let grant = GRANTS.iter().find(|(written, _)| *written == form.field("grant_type"));
        let &(_, grant) = grant.ok_or(Denied::UnknownGrant)?;
        let omits_secret = client.public && grant == Grant::JwtBearer && secret.is_empty();
        if client.secret != secret && !omits_secret {
            return Err(Denied::Access("the client secret is wrong"));
        }
        if !client.may_ask_by(grant) {
            return Err(Denied::Access("the grant type is off for this client"));
        }
        let now = registry.now;
        let user = match grant {
            Grant::JwtBearer => asserted(client, &form, call.origin, registry)?,
            Grant::Password => signed_in(&form, registry)?,
            Grant::ClientCredentials => by_itself(client, registry)?,
            Grant::RefreshToken => {
                let user = self.tokens.refreshed(&id, form.field("refresh_token"), now);
                let user = user.and_then(|user| registry.database.get("sys_user", user));
                user.ok_or(Denied::Access("the refresh token is unknown or has expired"))?
            }
        };
        if !accounts::may_come_in(user) {
            return Err(Denied::Access("the user is not active"));
        }
        let user = user.sys_id();
        let refreshes = client.may_ask_by(Grant::RefreshToken)
            && matches!(grant, Grant::Password | Grant::RefreshToken);
        Ok(self.tokens.grant(&id, user, refreshes, now, ids))
    }
}

/// The user that an assertion speaks for.
fn asserted<'a>(
    client: &mut Client,
    form: &Form,
    origin: &str,
    registry: &Registry<'a>,
) -> Result<&'a Row, Denied> {
    let Registry { configuration, database, now, .. } = *registry;
    let subject = client.accept(form.field("assertion"), origin, configuration, now);
    let subject = subject.map_err(Denied::Access)?;
    if !configuration.is_done(Gate::UserField) {
        return Err(Denied::UnknownUser);
    }
    accounts::find(database, &client.user_field, &subject).ok_or(Denied::UnknownUser)
}

fn signed_in<'a>(form: &Form, registry: &Registry<'a>) -> Result<&'a Row, Denied> {
    let (name, password) = (form.field("username"), form.field("password"));
    let caller = registry.accounts.caller_by_password(registry.database, name, password);
    let row = caller.and_then(|caller| registry.database.get("sys_user", &caller.sys_id));
    row.ok_or(Denied::Access("the user's name or password is wrong"))
}

fn by_itself<'a>(client: &Client, registry: &Registry<'a>) -> Result<&'a Row, Denied> {
    let name = client.application_user.as_deref().unwrap_or_default();
    accounts::find(registry.database, "user_name", name)
        .ok_or(Denied::Access("the client has no OAuth application user"))
}

/// The fields of a token request.
struct Form {
    fields: Vec<(String, String)>,
    /// The client's ID and secret, when it sends them as Basic credentials.
    basic: Option<(String, String)>,
}

impl Form {
    fn read(call: &Call) -> Result<Self, Denied> {
        let media = call.header("Content-Type").unwrap_or_default();
        let media = media.split(';').next().unwrap_or_default().trim();
        if !media.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(Denied::Access("the body is not form-encoded"));
        }
        let basic = call.header("Authorization").and_then(|header| {
            let (scheme, credentials) = header.trim().split_once(' ')?;
            let text = String::from_utf8(STANDARD.decode(credentials.trim()).ok()?).ok()?;
            let (id, secret) = text.split_once(':')?;
            scheme.eq_ignore_ascii_case("basic").then(|| (id.to_owned(), secret.to_owned()))
        });
        Ok(Self { fields: http::form(&String::from_utf8_lossy(call.body)), basic })
    }

    fn field(&self, name: &str) -> &str {
        let pair = self.fields.iter().find(|(key, _)| key == name);
        pair.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// The client's ID and secret. A public client may leave its ID to the assertion.
    fn client(&self) -> (String, String) {
        let (id, secret) = (self.field("client_id"), self.field("client_secret"));
        match &self.basic {
            Some(basic) if id.is_empty() || secret.is_empty() => basic.clone(),
            _ if id.is_empty() => (issuer(self.field("assertion")), secret.to_owned()),
            _ => (id.to_owned(), secret.to_owned()),
        }
    }
}

/// Who an assertion says that it is from, before anything of it is believed.
fn issuer(assertion: &str) -> String {
    assertion::payload(assertion)
        .and_then(|payload| payload.get("iss").and_then(Value::as_str).map(str::to_owned))
        .unwrap_or_default()
}

impl Denied {
    fn reason(&self) -> &'static str {
        match self {
            Self::UnknownClient => "the client ID is unknown",
            Self::UnknownGrant => "the grant type is unknown",
            Self::UnknownUser => "no user has that sub in the client's user field",
            Self::Access(reason) => reason,
        }
    }

    /// The answers of servicenow-instance.md 6.3.
    fn answer(&self, denials: OAuthDenials) -> Answer {
        let (status, error, error_description) = match self {
            _ if denials == OAuthDenials::Uniform => (401, "server_error", "access_denied"),
            Self::UnknownClient => (401, "invalid_client", "The client is unknown"),
            Self::UnknownGrant => (400, "unsupported_grant_type", "The grant type is unknown"),
            Self::UnknownUser => (401, "invalid_grant", "User not found"),
            Self::Access(_) => (401, "server_error", "access_denied"),
        };
        Answer::json(status, &Denial { error_description, error })
    }
}
