//! Making a request to an instance: authenticated, logged, and answered with a type.

use std::cell::RefCell;

use super::{UNCOMPRESSED, answer, column, log, send};
use crate::connector::{Connector, SignIn};
use crate::error::Error;
use crate::host::{Host, Level, Request, Response};
use crate::oauth::{self, AccessToken, JwtBearer};
use crate::schema::Value;
use crate::secret::Secret;

/// A connector's way to its instance, for one action.
#[derive(Debug)]
pub struct Client<'a, H> {
    /// Who runs the action.
    pub host: &'a H,
    /// Where and how.
    pub connector: &'a Connector,
    /// The connector's ID, where the host has given it one.
    pub connector_id: Option<&'a str>,
    /// The token of this action's last request, so that a host that cannot keep tokens costs an
    /// action one token request and not one a request.
    token: RefCell<Option<AccessToken>>,
}

/// What is asked.
#[derive(Debug)]
pub(super) struct Call {
    /// `GET`, `POST` or `PATCH`.
    pub method: &'static str,
    /// The path and the query after the instance's URL.
    pub path: String,
    /// The body, as JSON.
    pub body: Option<String>,
    /// Whether the answer may be long.
    pub is_answer_long: bool,
}

impl Call {
    /// Reads what is told in a few lines.
    pub fn get(path: String) -> Self {
        Self { method: "GET", path, body: None, is_answer_long: false }
    }

    /// Reads what may be as long as it likes.
    pub fn get_long(path: String) -> Self {
        Self { is_answer_long: true, ..Self::get(path) }
    }

    /// Writes, and reads what is told of that.
    pub fn write(method: &'static str, path: String, body: String) -> Self {
        Self { method, path, body: Some(body), is_answer_long: false }
    }
}

/// Records that were asked for.
#[derive(Debug)]
pub(super) struct Listed {
    /// Those that are shown.
    pub records: Vec<Value>,
    /// How many the instance says that there are.
    pub total: Option<usize>,
}

impl Listed {
    /// How many the instance counts and does not show.
    pub fn hidden(&self) -> usize {
        let shown = self.records.len();
        self.total.unwrap_or(shown).saturating_sub(shown)
    }
}

impl<'a, H: Host> Client<'a, H> {
    /// A connector's way to its instance.
    pub fn new(host: &'a H, connector: &'a Connector, connector_id: Option<&'a str>) -> Self {
        Self { host, connector, connector_id, token: RefCell::default() }
    }

    /// Asks, and reads the `result` of the answer.
    pub(super) async fn call(&self, call: &Call) -> Result<Value, Error> {
        self.call_with_status(call).await.map(|(result, _)| result)
    }

    /// Writes a line to the host's log.
    pub fn log(&self, level: Level, text: &str) {
        let authorization = self.authorization();
        log(self.host, level, text, &self.secrets(&authorization));
    }

    /// An error without the secrets that an answer of success has repeated: of one that is no success
    /// they are taken out before it is read.
    #[must_use]
    pub fn told(&self, error: Error) -> Error {
        let authorization = self.authorization();
        error.without(&self.secrets(&authorization))
    }

    /// What the last request was authorized by.
    fn authorization(&self) -> Secret {
        match &self.connector.sign_in {
            SignIn::Basic { username, password } => basic(username, password),
            SignIn::JwtBearer(_) => {
                let token = self.token.borrow();
                token.as_ref().map(|token| token.authorization.clone()).unwrap_or_default()
            }
        }
    }

    /// What is secret in a request: somebody may repeat the header, or what it says.
    fn secrets<'b>(&'b self, authorization: &'b Secret) -> Vec<&'b str> {
        let mut secrets = vec![authorization.expose()];
        secrets.extend(authorization.expose().split_once(' ').map(|(_, credentials)| credentials));
        match &self.connector.sign_in {
            SignIn::Basic { password, .. } => secrets.push(password.expose()),
            SignIn::JwtBearer(grant) => secrets.push(grant.client_secret.expose()),
        }
        secrets
    }

    /// Asks for records. What is no list does not say that there are none.
    pub(super) async fn list(&self, call: &Call) -> Result<Listed, Error> {
        self.list_or_record(call).await?.ok_or_else(answer::no_list)
    }

    /// Asks for records; nothing where a single record comes instead.
    pub(super) async fn list_or_record(&self, call: &Call) -> Result<Option<Listed>, Error> {
        let response = self.authenticated(call).await?;
        match self.result(&response)? {
            Value::Array(records) => {
                let total = response.header("x-total-count");
                let total = total.and_then(|total| total.trim().parse().ok());
                Ok(Some(Listed { records, total }))
            }
            record if column::text(&record, "sys_id").is_some_and(|id| !id.is_empty()) => Ok(None),
            _ => Err(answer::unexpected_page(&response, &self.connector.base)),
        }
    }

    /// The records that are shown. Who may not read some of them is not told so by the instance, but by
    /// the host's log, with what to do about it (servicenow-instance.md 12, 30, 31 and 48).
    pub(super) fn shown(&self, listed: Listed, what: &str, remedy: &str) -> Vec<Value> {
        let hidden = listed.hidden();
        if hidden > 0 {
            let text =
                format!("{what} that the instance counts and does not show: {hidden}. {remedy}");
            self.log(Level::Warn, &text);
        }
        listed.records
    }

    /// Asks, and reads the `result` of the answer with its status.
    pub(super) async fn call_with_status(&self, call: &Call) -> Result<(Value, u16), Error> {
        let response = self.authenticated(call).await?;
        let result = self.result(&response)?;
        Ok((result, response.status))
    }

    /// Its errors lose their secrets here and not only in the end, when another token may be in use.
    fn result(&self, response: &Response) -> Result<Value, Error> {
        answer::result(response, &self.connector.base, self.host.now())
            .map_err(|error| self.told(error))
    }

    async fn authenticated(&self, call: &Call) -> Result<Response, Error> {
        let grant = match &self.connector.sign_in {
            SignIn::Basic { username, password } => {
                return self.send(call, &basic(username, password)).await;
            }
            SignIn::JwtBearer(grant) => grant,
        };
        let last = self.token.borrow().clone();
        let token = match last {
            Some(token) if token.is_usable(self.host.now()) => token,
            _ => self.access_token(grant, None).await?,
        };
        let response = self.send_with(call, &token).await?;
        if response.status != 401 {
            return Ok(response);
        }
        // Revoked or expired before its time: what was refused was not carried out, so that it can
        // be asked once more, with a new token.
        let token = self.access_token(grant, Some(&token)).await?;
        let response = self.send_with(call, &token).await?;
        if response.status == 401 {
            // Nor is this one any good to the next action.
            oauth::forget(self.host, &self.connector.base, grant, self.connector_id).await;
        }
        Ok(response)
    }

    async fn access_token(
        &self,
        grant: &JwtBearer,
        rejected: Option<&AccessToken>,
    ) -> Result<AccessToken, Error> {
        let base = &self.connector.base;
        let token = oauth::access_token(self.host, base, grant, self.connector_id, rejected)
            .await
            .map_err(Error::before_sending)?;
        *self.token.borrow_mut() = Some(token.clone());
        Ok(token)
    }

    async fn send_with(&self, call: &Call, token: &AccessToken) -> Result<Response, Error> {
        self.send(call, &token.authorization).await
    }

    async fn send(&self, call: &Call, authorization: &Secret) -> Result<Response, Error> {
        let mut headers = vec![("accept", "application/json, text/plain, */*")];
        if call.body.is_some() {
            headers.push(("content-type", "application/json"));
        }
        if !call.is_answer_long {
            headers.push(UNCOMPRESSED);
        }
        let secrets = self.secrets(authorization);
        let request = Request {
            method: call.method,
            url: self.connector.base.join(&call.path),
            headers,
            authorization: Some(authorization.clone()),
            body: call.body.clone().map(Secret::from),
            is_token_request: false,
        };
        send(self.host, request, &call.path, &secrets).await
    }
}

/// RFC 7617, with the user's name and password in UTF-8.
fn basic(username: &str, password: &Secret) -> Secret {
    use base64::prelude::{BASE64_STANDARD, Engine};
    use zeroize::Zeroizing;
    let pair = Zeroizing::new(format!("{username}:{}", password.expose()));
    let encoded = Zeroizing::new(BASE64_STANDARD.encode(pair.as_bytes()));
    Secret::from(format!("Basic {}", *encoded))
}
