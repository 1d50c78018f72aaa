//! All the I/O there is: what a flow asks of whoever runs it.
//!
//! In WebAssembly the host is a JavaScript object (`wasm::host`), in native tests it lives in
//! memory. A flow reads no clock, draws no randomness and opens no socket by another way.

use crate::oauth::{PrivateKeys, TokenRequests, TokenStore};
use crate::secret::Secret;

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type Milliseconds = i64;

/// An HTTP request to be made.
#[derive(Debug)]
pub struct Request {
    /// `GET`, `POST` or `PATCH`.
    pub method: &'static str,
    /// The absolute URL.
    pub url: String,
    /// The headers but the one that authenticates.
    pub headers: Vec<(&'static str, &'static str)>,
    /// The value of the `Authorization` header.
    pub authorization: Option<Secret>,
    /// The body's text.
    pub body: Option<Secret>,
    /// Whether the body itself carries credentials, as only a token request's does.
    pub is_token_request: bool,
}

/// An HTTP answer, read whole.
#[derive(Clone, Default)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// Those headers of [`Response::READ`] that it has, their names in lower case; others may be among
    /// them.
    pub headers: Vec<(String, String)>,
    /// The body as text.
    pub body: String,
}

impl Response {
    /// The headers that are read. An instance sends some twenty.
    pub const READ: [&str; 5] =
        ["date", "retry-after", "x-mfa_token", "x-ratelimit-reset", "x-total-count"];

    /// The value of a header, named in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// 200 to 299.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Without the body: a token may be in it.
impl std::fmt::Debug for Response {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Response").field("status", &self.status).finish_non_exhaustive()
    }
}

/// Why no answer came.
#[derive(Clone)]
pub struct SendError {
    /// What the host's HTTP client calls it: `ECONNREFUSED`, `ECONNABORTED`, ... or the status of a
    /// proxy's refusal.
    pub code: String,
    /// Its text.
    pub message: String,
    /// Host and port of the proxy, where it is a proxy that could not be reached or refused: the
    /// instance has not been asked then.
    pub proxy: Option<String>,
    /// Whether it is certain that nothing was sent.
    pub unsent: bool,
}

/// Without the text: an HTTP client may quote in it what it could not send.
impl std::fmt::Debug for SendError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { code, proxy, unsent, .. } = self;
        formatter
            .debug_struct("SendError")
            .field("code", code)
            .field("proxy", proxy)
            .field("unsent", unsent)
            .finish_non_exhaustive()
    }
}

/// How loud a log line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// For who looks closely.
    Debug,
    /// Something a person may want to mend.
    Warn,
    /// Something a person has to mend.
    Error,
}

/// Who runs an action; see the module.
#[expect(async_fn_in_trait, reason = "everything runs on the thread it was started on")]
pub trait Host {
    /// Where access tokens are kept.
    type Tokens: TokenStore;

    /// Makes a request and reads the answer whole.
    async fn send(&self, request: Request) -> Result<Response, SendError>;

    /// Waits until the action must not wait any longer, because its host has ended it or its time is
    /// over, and says which. Whoever waits for others waits for this, too.
    async fn over(&self) -> SendError;

    /// The time.
    fn now(&self) -> Milliseconds;

    /// Random bytes fit for cryptography.
    fn random<const LENGTH: usize>(&self) -> [u8; LENGTH];

    /// Writes a line to the host's log.
    fn log(&self, level: Level, message: &str);

    /// Where access tokens are kept.
    fn tokens(&self) -> &Self::Tokens;

    /// The token requests under way, shared by all actions that this host runs.
    fn token_requests(&self) -> &TokenRequests;

    /// The private keys that actions have used, shared like the token requests.
    fn private_keys(&self) -> &PrivateKeys;
}
