//! All the I/O there is, done by a JavaScript object.

use std::rc::Rc;

use js_sys::{Promise, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::value;
use crate::actions::FirstRuns;
use crate::connector::{Connector, SignIn};
use crate::host::{Host, Level, Milliseconds, Request, Response, SendError};
use crate::oauth::{
    AccessToken, MemoryTokens, NewToken, PrivateKeys, TokenKey, TokenRequests, TokenStore,
    authorization,
};
use crate::schema::Value;
use crate::secret::Secret;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** All the I/O that an action needs. */
export interface HostObject {
  /** Makes a request and reads the answer whole; rejects with
   *  `{ code, message, proxy?, unsent? }`. */
  send(request: HostRequest): Promise<HostResponse>;
  /** Why the action must not wait any longer, as soon as it must not: what `send` would reject with.
   *  Settled in the end, at the latest when nobody waits for it any more. Never rejects. */
  over(): Promise<unknown>;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Random bytes fit for cryptography. */
  random(length: number): Uint8Array;
  log(level: 'debug' | 'warn' | 'error', message: string): void;
  /** Where access tokens are kept; without one they are kept in memory. */
  tokens?: HostTokens;
}

export interface HostRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
  /** Whether the body itself carries credentials. */
  isTokenRequest: boolean;
}

export interface HostResponse {
  status: number;
  headers: { get(name: string): string | null };
  body: string;
}

/** A place for a connector's one token. None of its methods ever rejects. A time that is not known is
 *  `NaN`. */
export interface HostTokens {
  load(): Promise<{ token: string; expiresAt: number; requestedAt: number } | null>;
  save(token: { token: string; requestedAt: number; expiresIn: number | null }): Promise<void>;
  forget(): Promise<void>;
}
";

#[wasm_bindgen]
extern "C" {
    /// The JavaScript object; see `TYPES`.
    #[wasm_bindgen(typescript_type = "HostObject")]
    pub type HostObject;

    #[wasm_bindgen(method)]
    fn send(this: &HostObject, request: JsValue) -> Promise;
    #[wasm_bindgen(method)]
    fn over(this: &HostObject) -> Promise;
    #[wasm_bindgen(method)]
    fn now(this: &HostObject) -> f64;
    #[wasm_bindgen(method)]
    fn random(this: &HostObject, length: usize) -> Uint8Array;
    #[wasm_bindgen(method)]
    fn log(this: &HostObject, level: &str, message: &str);
    #[wasm_bindgen(method, getter)]
    fn tokens(this: &HostObject) -> Option<TokensObject>;

    /// The headers of an answer.
    type HeadersObject;

    #[wasm_bindgen(method, catch)]
    fn get(this: &HeadersObject, name: &str) -> Result<JsValue, JsValue>;

    /// The host's token client, for this connector.
    pub type TokensObject;

    #[wasm_bindgen(method)]
    fn load(this: &TokensObject) -> Promise;
    #[wasm_bindgen(method)]
    fn save(this: &TokensObject, token: JsValue) -> Promise;
    #[wasm_bindgen(method)]
    fn forget(this: &TokensObject) -> Promise;
}

/// What all actions share as long as the module lives.
#[derive(Default)]
pub struct Shared {
    tokens: MemoryTokens,
    token_requests: TokenRequests,
    private_keys: PrivateKeys,
    first_runs: FirstRuns,
}

thread_local! {
    static SHARED: Rc<Shared> = Rc::default();
}

/// Forgets what is kept in memory for a connector's next action.
pub fn forget(connector: &Connector) {
    if let SignIn::JwtBearer(grant) = &connector.sign_in {
        let key = TokenKey::new(None, &connector.base, grant);
        SHARED.with(|shared| {
            shared.tokens.remove(&key);
            shared.private_keys.forget(&grant.private_key, grant.private_key_password.as_ref());
        });
    }
}

/// The same for a connector that the host knows by an ID.
pub fn forget_connector(id: &str) {
    SHARED.with(|shared| {
        shared.tokens.forget_connector(id);
        shared.private_keys.forget_connector(id);
    });
}

/// The host of one action.
pub struct JsHost {
    object: HostObject,
    tokens: Tokens,
    shared: Rc<Shared>,
}

impl JsHost {
    pub fn new(object: HostObject) -> Self {
        let shared = SHARED.with(Rc::clone);
        let tokens = match object.tokens() {
            Some(tokens) => Tokens::OfHost(tokens),
            None => Tokens::InMemory(Rc::clone(&shared)),
        };
        Self { object, tokens, shared }
    }

    /// One that shares nothing with other actions and keeps nothing for them.
    pub fn alone(object: HostObject) -> Self {
        let shared = Rc::<Shared>::default();
        Self { object, tokens: Tokens::InMemory(Rc::clone(&shared)), shared }
    }

    /// The first runs of the actions before this one.
    pub fn first_runs(&self) -> &FirstRuns {
        &self.shared.first_runs
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RequestObject<'a> {
    method: &'static str,
    url: &'a str,
    #[serde(serialize_with = "serde_pairs")]
    headers: &'a [(&'a str, &'a str)],
    body: Option<&'a str>,
    is_token_request: bool,
}

fn serde_pairs<S: serde::Serializer>(
    pairs: &[(&str, &str)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().copied())
}

/// A `HostResponse`, or `None` where it is none.
fn response(object: &JsValue) -> Option<Response> {
    let member = |key: &str| js_sys::Reflect::get(object, &key.into()).ok();
    let headers: HeadersObject = member("headers")?.unchecked_into();
    let header = |name: &str| Some((name.to_owned(), headers.get(name).ok()?.as_string()?));
    let status = member("status")?.as_f64();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is in range")]
    let status = status.filter(|status| (0.0..1000.0).contains(status))? as u16;
    Some(Response {
        status,
        headers: Response::READ.into_iter().filter_map(header).collect(),
        body: member("body")?.as_string()?,
    })
}

impl Host for JsHost {
    type Tokens = Tokens;

    async fn send(&self, request: Request) -> Result<Response, SendError> {
        let mut headers: Vec<(&str, &str)> = request.headers.clone();
        if let Some(authorization) = &request.authorization {
            headers.push(("authorization", authorization.expose()));
        }
        let object = RequestObject {
            method: request.method,
            url: &request.url,
            headers: &headers,
            body: request.body.as_ref().map(Secret::expose),
            is_token_request: request.is_token_request,
        };
        let object = value::of_json(&object).map_err(|_| broken())?;
        let answer = JsFuture::from(self.object.send(object)).await;
        let answer = answer.map_err(|error| send_error(&error))?;
        let response = response(&answer).ok_or_else(broken)?;
        #[cfg(feature = "traps")]
        super::traps::spring(&response.body);
        Ok(response)
    }

    async fn over(&self) -> SendError {
        let (Ok(error) | Err(error)) = JsFuture::from(self.object.over()).await;
        send_error(&error)
    }

    #[expect(clippy::cast_possible_truncation, reason = "clocks count whole milliseconds")]
    fn now(&self) -> Milliseconds {
        self.object.now() as Milliseconds
    }

    fn random<const LENGTH: usize>(&self) -> [u8; LENGTH] {
        let mut bytes = [0; LENGTH];
        let random = self.object.random(LENGTH).to_vec();
        bytes.iter_mut().zip(random).for_each(|(byte, random)| *byte = random);
        bytes
    }

    fn log(&self, level: Level, message: &str) {
        let level = match level {
            Level::Debug => "debug",
            Level::Warn => "warn",
            Level::Error => "error",
        };
        self.object.log(level, message);
    }

    fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    fn token_requests(&self) -> &TokenRequests {
        &self.shared.token_requests
    }

    fn private_keys(&self) -> &PrivateKeys {
        &self.shared.private_keys
    }
}

/// Why no answer came, as the host object says it.
fn send_error(error: &JsValue) -> SendError {
    let member = |key: &str| js_sys::Reflect::get(error, &key.into()).ok();
    let text = |key| member(key).and_then(|value| value.as_string());
    let flag = |key| member(key).and_then(|value| value.as_bool()).unwrap_or(false);
    SendError {
        code: text("code").unwrap_or_else(|| "none".to_owned()),
        message: text("message").unwrap_or_default(),
        proxy: text("proxy"),
        unsent: flag("unsent"),
    }
}

/// A host object that does not keep its contract.
fn broken() -> SendError {
    SendError {
        code: "none".to_owned(),
        message: "The host's answer has no known form".to_owned(),
        proxy: None,
        unsent: false,
    }
}

/// Where the tokens are kept.
pub enum Tokens {
    /// By the host's token client.
    OfHost(TokensObject),
    /// Here.
    InMemory(Rc<Shared>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TokenObject<'a> {
    token: &'a str,
    requested_at: Milliseconds,
    expires_in: Option<u32>,
}

impl TokenStore for Tokens {
    async fn load(&self, key: &TokenKey) -> Option<AccessToken> {
        let tokens = match self {
            Self::OfHost(tokens) => tokens,
            Self::InMemory(shared) => return shared.tokens.load(key).await,
        };
        let stored = JsFuture::from(tokens.load()).await.ok()?;
        let stored = value::read(&stored).ok()?;
        #[expect(clippy::cast_possible_truncation, reason = "times are whole milliseconds")]
        let time = |key| match stored.member(key) {
            Some(Value::Number(time)) if time.is_finite() => Some(*time as Milliseconds),
            _ => None,
        };
        let (expires_at, requested_at) = (time("expiresAt"), time("requestedAt"));
        let Some(Value::String(token)) = stored.into_member("token") else { return None };
        Some(AccessToken { authorization: authorization(token)?, expires_at, requested_at })
    }

    async fn save(&self, key: &TokenKey, token: &NewToken) {
        let tokens = match self {
            Self::OfHost(tokens) => tokens,
            Self::InMemory(shared) => return shared.tokens.save(key, token).await,
        };
        let object = TokenObject {
            token: token.authorization.expose(),
            requested_at: token.requested_at,
            expires_in: token.expires_in,
        };
        if let Ok(object) = value::of_json(&object) {
            // A client that fails has said so in the host's log.
            let _ = JsFuture::from(tokens.save(object)).await;
        }
    }

    async fn forget(&self, key: &TokenKey) {
        match self {
            Self::OfHost(tokens) => {
                let _ = JsFuture::from(tokens.forget()).await;
            }
            Self::InMemory(shared) => shared.tokens.forget(key).await,
        }
    }
}
