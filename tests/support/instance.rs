//! A connector and an instance in one process: the host is in memory, and the line between them a
//! function call.

use std::cell::{Cell, RefCell};
use std::task::Poll;

use servicenow_itsm_connector::actions::{self, Attempt};
use servicenow_itsm_connector::connector::{Config, Secrets};
use servicenow_itsm_connector::error::Error;
use servicenow_itsm_connector::host::{Host, Level, Milliseconds, Request, Response, SendError};
use servicenow_itsm_connector::oauth::{
    AccessToken, MemoryTokens, NewToken, PrivateKeys, TokenKey, TokenRequests, TokenStore,
};
use servicenow_itsm_connector::params::Params;
use servicenow_itsm_connector::schema::{Dialect, Value};
use servicenow_itsm_connector::secret::Secret;
use servicenow_simulator::{Incident, Instance, OAuthClient, Setup, User, VerifierMap};

use super::keys::{PASSPHRASE, file};

const ORIGIN: &str = "https://dev1.service-now.com";

/// What happens to the answer of a request on its way, by the request's place among them: another
/// answer, or none at all.
pub type Line = fn(usize) -> Option<Result<Response, SendError>>;

/// No answer comes.
pub fn lost() -> Option<Result<Response, SendError>> {
    ended("ECONNRESET")
}

/// A request ends without an answer, for a reason with this name.
#[expect(clippy::unnecessary_wraps, reason = "it is what happens on a line")]
pub fn ended(code: &str) -> Option<Result<Response, SendError>> {
    Some(Err(SendError {
        code: code.into(),
        message: "socket hang up".into(),
        proxy: None,
        unsent: false,
    }))
}

/// Another answer comes.
#[expect(clippy::unnecessary_wraps, reason = "it is what happens on a line")]
pub fn answer(status: u16, body: &str) -> Option<Result<Response, SendError>> {
    Some(Ok(Response { status, headers: Vec::new(), body: body.to_owned() }))
}

/// ... with a header.
#[expect(clippy::unnecessary_wraps, reason = "it is what happens on a line")]
pub fn answer_with(
    status: u16,
    (name, value): (&str, &str),
    body: &str,
) -> Option<Result<Response, SendError>> {
    let headers = vec![(name.to_owned(), value.to_owned())];
    Some(Ok(Response { status, headers, body: body.to_owned() }))
}

/// An instance, and a host that runs actions on it.
pub struct Bench {
    instance: RefCell<Instance>,
    tokens: Tokens,
    token_requests: TokenRequests,
    private_keys: PrivateKeys,
    drawn: Cell<u8>,
    sent: Cell<usize>,
    pub line: Cell<Line>,
    /// Which requests never reach the instance, by their place.
    pub unheard: Cell<fn(usize) -> bool>,
    /// What ends whoever waits for others.
    pub over: Cell<fn() -> Option<SendError>>,
    pub attempt: Cell<Attempt>,
    pub log: RefCell<Vec<String>>,
}

impl Bench {
    pub fn new() -> Self {
        Self::set_up(|_| {})
    }

    /// ... whose verifier map has a certificate.
    pub fn with_certificate(certificate: String) -> Self {
        Self::set_up(|setup| setup.oauth_clients[0].verifier_maps[0].certificate = certificate)
    }

    /// ... that differs in something from the usual one.
    pub fn set_up(differ: impl FnOnce(&mut Setup)) -> Self {
        let certificate = file("certificate.pem");
        let mut setup = Setup {
            now: 1_714_979_289_000,
            users: vec![User::new("svc-elastic", "s3cret")],
            oauth_clients: vec![OAuthClient {
                verifier_maps: vec![VerifierMap { key_id: "key-1".into(), certificate }],
                require_jti: true,
                ..OAuthClient::new("client-1", "client-s3cret")
            }],
            ..Setup::default()
        };
        differ(&mut setup);
        Self {
            instance: RefCell::new(Instance::new(setup).unwrap()),
            tokens: Tokens::default(),
            token_requests: TokenRequests::default(),
            private_keys: PrivateKeys::default(),
            drawn: Cell::new(0),
            sent: Cell::new(0),
            line: Cell::new(|_| None),
            unheard: Cell::new(|_| false),
            over: Cell::new(|| None),
            attempt: Cell::new(Attempt::Only),
            log: RefCell::default(),
        }
    }

    pub fn incidents(&self) -> Vec<Incident> {
        self.instance.borrow().incidents().collect()
    }

    /// The incident with a number.
    #[track_caller]
    pub fn incident(&self, number: &str) -> Incident {
        self.incidents().into_iter().find(|incident| incident.fields["number"] == number).unwrap()
    }

    /// `METHOD path` of each request, and the status of its answer.
    pub fn requests(&self) -> Vec<String> {
        let path = |target: &str| target.split('?').next().unwrap_or_default().to_owned();
        self.instance
            .borrow()
            .requests()
            .map(|entry| format!("{} {} {}", entry.method, path(&entry.target), entry.status))
            .collect()
    }

    /// What the instance kept to itself about the requests.
    pub fn notes(&self) -> Vec<String> {
        self.instance.borrow().requests().flat_map(|entry| entry.notes.clone()).collect()
    }

    pub fn advance(&self, milliseconds: Milliseconds) {
        let mut instance = self.instance.borrow_mut();
        let now = instance.now().checked_add(milliseconds).unwrap();
        instance.set_now(now);
    }

    pub fn revoke_tokens(&self) {
        self.instance.borrow_mut().revoke_tokens();
    }

    /// From now on the host has no place for tokens.
    pub fn keep_no_tokens(&self) {
        self.tokens.1.set(true);
    }

    /// What a host does where a connector is changed or deleted.
    pub fn forget_connector(&self, id: &str) {
        self.tokens.0.forget_connector(id);
        self.private_keys.forget_connector(id);
    }

    /// Checks a connector, and gives the answer as JSON.
    pub async fn check_health(
        &self,
        (config, secrets): &(String, String),
    ) -> Result<String, Error> {
        let (config, secrets) = parsed(config, secrets);
        let outcome = actions::check_health(self, config, secrets).await?;
        Ok(serde_json::to_string(&outcome).unwrap())
    }

    /// Runs an action of a connector that signs in with a password.
    pub async fn run(&self, sub_action: &str, params: &str) -> Result<String, Error> {
        self.run_as(&basic(false), sub_action, params).await
    }

    /// Runs an action, and gives its answer as JSON.
    pub async fn run_as(
        &self,
        (config, secrets): &(String, String),
        sub_action: &str,
        params: &str,
    ) -> Result<String, Error> {
        self.run_params((config, secrets), params_of(sub_action, params)).await
    }

    /// ... that has been read.
    pub async fn run_params(
        &self,
        (config, secrets): (&str, &str),
        params: Params,
    ) -> Result<String, Error> {
        let (config, secrets) = parsed(config, secrets);
        let attempt = self.attempt.get();
        let outcome = actions::run(self, Some("c-1"), config, secrets, params, attempt).await?;
        Ok(serde_json::to_string(&outcome).unwrap())
    }
}

/// The params of an action.
pub fn params_of(sub_action: &str, params: &str) -> Params {
    let params = format!(r#"{{"subAction":"{sub_action}","subActionParams":{params}}}"#);
    Params::parse(Value::from_json(&params).unwrap(), Dialect::Zod4).unwrap()
}

fn parsed(config: &str, secrets: &str) -> (Config, Secrets) {
    let value = |json: &str| Value::from_json(json).unwrap();
    let config = Config::parse(value(config), Dialect::Zod4).unwrap();
    (config, Secrets::parse(value(secrets), Dialect::Zod4).unwrap())
}

/// Tokens that it takes a moment to look up, as where a host keeps them.
#[derive(Default)]
pub struct Tokens(
    MemoryTokens,
    /// Whether there is no place for them.
    Cell<bool>,
);

impl TokenStore for Tokens {
    async fn load(&self, key: &TokenKey) -> Option<AccessToken> {
        others_turn().await;
        self.0.load(key).await
    }

    async fn save(&self, key: &TokenKey, token: &NewToken) {
        if self.1.get() {
            return;
        }
        self.0.save(key, token).await;
    }

    async fn forget(&self, key: &TokenKey) {
        self.0.forget(key).await;
    }
}

/// Lets whoever else runs go on.
pub async fn others_turn() {
    let mut had = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut had, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Config and secrets of a connector that signs in with a password.
pub fn basic(uses_table_api: bool) -> (String, String) {
    (
        format!(r#"{{"apiUrl":"{ORIGIN}/","usesTableApi":{uses_table_api}}}"#),
        r#"{"username":"svc-elastic","password":"s3cret"}"#.to_owned(),
    )
}

/// Config and secrets of a connector that signs in with OAuth, and an encrypted key.
pub fn oauth() -> (String, String) {
    let secrets = serde_json::json!({
        "clientSecret": "client-s3cret",
        "privateKey": file("encrypted-default.pem"),
        "privateKeyPassword": PASSPHRASE,
    });
    let config = serde_json::json!({
        "apiUrl": ORIGIN,
        "usesTableApi": false,
        "isOAuth": true,
        "clientId": "client-1",
        "jwtKeyId": "key-1",
        "userIdentifierValue": "svc-elastic@example.com",
    });
    (config.to_string(), secrets.to_string())
}

impl Host for Bench {
    type Tokens = Tokens;

    async fn send(&self, request: Request) -> Result<Response, SendError> {
        // Others get their turn while a request is under way.
        others_turn().await;
        let mut headers: Vec<(String, String)> =
            request.headers.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect();
        if let Some(authorization) = &request.authorization {
            headers.push(("authorization".into(), authorization.expose().into()));
        }
        let place = self.sent.replace(self.sent.get().checked_add(1).unwrap());
        let other = (self.line.get())(place);
        if (self.unheard.get())(place) {
            return other.unwrap();
        }
        let answer = self.instance.borrow_mut().handle(&servicenow_simulator::Request {
            method: request.method.into(),
            target: request.url.strip_prefix(ORIGIN).unwrap().into(),
            headers,
            body: request.body.as_ref().map(Secret::expose).unwrap_or_default().into(),
            origin: ORIGIN.into(),
        });
        match other {
            Some(other) => other,
            None => Ok(Response {
                status: answer.status,
                headers: answer
                    .headers
                    .into_iter()
                    .map(|(name, value)| (name.to_ascii_lowercase(), value))
                    .collect(),
                body: answer.body,
            }),
        }
    }

    async fn over(&self) -> SendError {
        match (self.over.get())() {
            Some(error) => error,
            None => std::future::pending().await,
        }
    }

    fn now(&self) -> Milliseconds {
        self.instance.borrow().now()
    }

    fn random<const LENGTH: usize>(&self) -> [u8; LENGTH] {
        self.drawn.set(self.drawn.get().checked_add(1).unwrap());
        [self.drawn.get(); LENGTH]
    }

    fn log(&self, level: Level, message: &str) {
        self.log.borrow_mut().push(format!("{level:?}: {message}"));
    }

    fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    fn token_requests(&self) -> &TokenRequests {
        &self.token_requests
    }

    fn private_keys(&self) -> &PrivateKeys {
        &self.private_keys
    }
}
