//! The token endpoint: a JWT bearer grant in, an access token out (servicenow-instance.md 6).

mod assertion;
mod client;
mod tokens;

use serde::Serialize;

use self::client::Client;
use self::tokens::{Grant, Tokens};
use crate::accounts;
use crate::clock::Moment;
use crate::database::Database;
use crate::http::{self, Answer, Call, Method};
use crate::ids::Ids;
use crate::refusal;
use crate::setup::{OAuthClient, SetupError};
use crate::transaction::Caller;

const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// The clients of the instance and the tokens that they were given.
pub(crate) struct OAuth {
    clients: Vec<Client>,
    tokens: Tokens,
}

#[derive(Serialize)]
struct TokenAnswer<'a> {
    access_token: &'a str,
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
    pub(crate) fn new(lifetime: u32) -> Self {
        Self { clients: Vec::new(), tokens: Tokens::new(lifetime) }
    }

    /// Adds a client, in place of the one with the same ID.
    pub(crate) fn add(&mut self, client: OAuthClient) -> Result<(), SetupError> {
        let client = Client::read(client)?;
        self.clients.retain(|other| other.id != client.id);
        self.clients.push(client);
        Ok(())
    }

    /// Ends every token now.
    pub(crate) fn revoke_tokens(&mut self) {
        self.tokens.revoke_all();
    }

    /// The user whose token this is, as long as it lives.
    pub(crate) fn bearer(&self, database: &Database, token: &str, now: Moment) -> Option<Caller> {
        accounts::caller(database.get("sys_user", self.tokens.user(token, now)?)?)
    }

    /// Answers a request to `/oauth_token.do`.
    pub(crate) fn answer(
        &mut self,
        call: &Call,
        database: &Database,
        ids: &mut Ids,
        now: Moment,
        notes: &mut Vec<String>,
    ) -> Answer {
        if call.method != Method::Post {
            return refusal::wrong_method();
        }
        match self.grant(call, database, ids, now) {
            Ok(Grant { token, expires_in }) => Answer::json(
                200,
                &TokenAnswer {
                    access_token: &token,
                    scope: "useraccount",
                    token_type: "Bearer",
                    expires_in,
                },
            ),
            Err(denied) => {
                notes.push(format!("no token: {}", denied.reason()));
                denied.answer()
            }
        }
    }

    fn grant(
        &mut self,
        call: &Call,
        database: &Database,
        ids: &mut Ids,
        now: Moment,
    ) -> Result<Grant, Denied> {
        let media = call.header("Content-Type").unwrap_or_default();
        let media = media.split(';').next().unwrap_or_default().trim();
        if !media.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(Denied::Access("the body is not form-encoded"));
        }
        let form = http::form(&String::from_utf8_lossy(call.body));
        let field = |name: &str| {
            let pair = form.iter().find(|(key, _)| key == name);
            pair.map(|(_, value)| value.as_str()).unwrap_or_default()
        };
        let id = field("client_id");
        let client = self.clients.iter_mut().find(|client| client.id == id);
        let client = client.ok_or(Denied::UnknownClient)?;
        if client.secret != field("client_secret") {
            return Err(Denied::Access("the client secret is wrong"));
        }
        if field("grant_type") != JWT_BEARER {
            return Err(Denied::UnknownGrant);
        }
        let subject = client.accept(field("assertion"), now).map_err(Denied::Access)?;
        let user = accounts::find(database, client.user_field, &subject);
        let user = user.ok_or(Denied::UnknownUser)?;
        let caller = accounts::caller(user).ok_or(Denied::Access("the user is not active"))?;
        Ok(self.tokens.grant(id, &caller.sys_id, now, ids))
    }
}

impl Denied {
    fn reason(&self) -> &'static str {
        match self {
            Self::UnknownClient => "the client ID is unknown",
            Self::UnknownGrant => "the grant type is not JWT bearer",
            Self::UnknownUser => "no user has that sub in the client's user field",
            Self::Access(reason) => reason,
        }
    }

    /// The answers of servicenow-instance.md 6.3.
    fn answer(&self) -> Answer {
        let (status, error, error_description) = match self {
            Self::UnknownClient => (401, "invalid_client", "The client is unknown"),
            Self::UnknownGrant => (400, "unsupported_grant_type", "The grant type is unknown"),
            Self::UnknownUser => (401, "invalid_grant", "User not found"),
            Self::Access(_) => (401, "server_error", "access_denied"),
        };
        Answer::json(status, &Denial { error_description, error })
    }
}
