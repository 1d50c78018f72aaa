//! A host in memory: whatever a function answers to the requests of an action, and what it is told.

use std::cell::{Cell, RefCell};

use futures::executor::block_on;
use servicenow_itsm_connector::actions::{self, Attempt, Outcome};
use servicenow_itsm_connector::connector::{Config, Secrets};
use servicenow_itsm_connector::error::Error;
use servicenow_itsm_connector::host::{Host, Level, Milliseconds, Request, Response, SendError};
use servicenow_itsm_connector::oauth::{MemoryTokens, PrivateKeys, TokenRequests};
use servicenow_itsm_connector::params::Params;
use servicenow_itsm_connector::schema::{Dialect, Value};
use servicenow_itsm_connector::secret::Secret;

/// Where the instance is.
pub const ORIGIN: &str = "https://dev1.service-now.com";

/// When it is.
pub const NOW: Milliseconds = 1_714_979_289_000;

/// A request as it came, and its answer.
#[derive(Debug)]
pub struct Exchange {
    /// `GET`, `POST` or `PATCH`.
    pub method: &'static str,
    /// The URL after the origin.
    pub target: String,
    /// The headers but the one that authenticates.
    pub headers: Vec<(String, String)>,
    /// The one that authenticates.
    pub authorization: Option<String>,
    /// The body.
    pub body: String,
    /// What came of it, where anything did.
    pub answer: Option<Response>,
}

/// What the line brings.
pub type Answer = Result<Response, SendError>;

/// See the module.
pub struct MemoryHost<F> {
    answer: RefCell<F>,
    tokens: MemoryTokens,
    token_requests: TokenRequests,
    private_keys: PrivateKeys,
    drawn: Cell<u8>,
    /// The requests so far.
    pub exchanges: RefCell<Vec<Exchange>>,
    /// The log.
    pub log: RefCell<Vec<String>>,
}

impl<F: FnMut(&Exchange) -> Answer> MemoryHost<F> {
    /// A host whose requests a function answers.
    pub fn new(answer: F) -> Self {
        Self {
            answer: RefCell::new(answer),
            tokens: MemoryTokens::default(),
            token_requests: TokenRequests::default(),
            private_keys: PrivateKeys::default(),
            drawn: Cell::new(0),
            exchanges: RefCell::default(),
            log: RefCell::default(),
        }
    }

    /// Runs an action for the first time; its params must be valid.
    ///
    /// # Errors
    /// Those of the action.
    pub fn run(
        &self,
        connector: &(serde_json::Value, serde_json::Value),
        sub_action: &str,
        params: &serde_json::Value,
    ) -> Result<Outcome, Error> {
        self.attempt(connector, sub_action, params, Attempt::Only)
    }

    /// Runs an action; its params must be valid.
    ///
    /// # Errors
    /// Those of the action.
    pub fn attempt(
        &self,
        (config, secrets): &(serde_json::Value, serde_json::Value),
        sub_action: &str,
        params: &serde_json::Value,
        attempt: Attempt,
    ) -> Result<Outcome, Error> {
        let params = serde_json::json!({ "subAction": sub_action, "subActionParams": params });
        let value = |json: &serde_json::Value| Value::from_json(&json.to_string()).unwrap();
        let config = Config::parse(value(config), Dialect::Zod4).unwrap();
        let secrets = Secrets::parse(value(secrets), Dialect::Zod4).unwrap();
        let params = Params::parse(value(&params), Dialect::Zod4).unwrap();
        block_on(actions::run(self, Some("c-1"), config, secrets, params, attempt))
    }
}

/// Config and secrets of a connector that signs in with a password.
#[must_use]
pub fn basic(uses_table_api: bool) -> (serde_json::Value, serde_json::Value) {
    let config = serde_json::json!({ "apiUrl": ORIGIN, "usesTableApi": uses_table_api });
    (config, serde_json::json!({ "username": "svc-elastic", "password": PASSWORD }))
}

/// The password of [`basic`].
pub const PASSWORD: &str = "pass-c4n4ry";

impl<F: FnMut(&Exchange) -> Answer> Host for MemoryHost<F> {
    type Tokens = MemoryTokens;

    async fn send(&self, request: Request) -> Answer {
        let target = request.url.strip_prefix(ORIGIN).expect("it goes to the instance").to_owned();
        let exchange = Exchange {
            method: request.method,
            target,
            headers: request
                .headers
                .iter()
                .map(|(name, value)| ((*name).into(), (*value).into()))
                .collect(),
            authorization: request.authorization.as_ref().map(|secret| secret.expose().to_owned()),
            body: request.body.as_ref().map(Secret::expose).unwrap_or_default().to_owned(),
            answer: None,
        };
        let answer = (self.answer.borrow_mut())(&exchange);
        let answered = Exchange { answer: answer.as_ref().ok().cloned(), ..exchange };
        self.exchanges.borrow_mut().push(answered);
        answer
    }

    async fn over(&self) -> SendError {
        std::future::pending().await
    }

    fn now(&self) -> Milliseconds {
        NOW
    }

    fn random<const LENGTH: usize>(&self) -> [u8; LENGTH] {
        self.drawn.set(self.drawn.get().wrapping_add(1));
        [self.drawn.get(); LENGTH]
    }

    fn log(&self, level: Level, message: &str) {
        self.log.borrow_mut().push(format!("{level:?}: {message}"));
    }

    fn tokens(&self) -> &MemoryTokens {
        &self.tokens
    }

    fn token_requests(&self) -> &TokenRequests {
        &self.token_requests
    }

    fn private_keys(&self) -> &PrivateKeys {
        &self.private_keys
    }
}
