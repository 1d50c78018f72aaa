//! The only module that knows of JavaScript: what the shim calls.
//!
//! Each export reads JavaScript's values (`value`), asks the core, and hands back plain values.
//! `host` is the JavaScript side of all the I/O there is; `keys` is what forms ask of a private key;
//! `render` renders the texts of a rule's params with `variables`, which reads what they name, and
//! with `intl` and `math` for what the engine knows; `memory` and `stack` wipe what is left of
//! secrets. Nothing is decided here.

#![allow(clippy::missing_errors_doc, reason = "what an export throws stands in its first line")]

mod host;
pub mod intl;
mod keys;
pub(crate) mod math;
mod memory;
mod render;
mod stack;
#[cfg(feature = "traps")]
mod traps;
mod value;
mod variables;

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};
use zeroize::Zeroize;

use crate::actions::{self, ActionDigest, Attempt, TaskInfo};
use crate::connector::{self, Config, Connector, Secrets};
use crate::error::{Code, Error, Retry};
use crate::host::{Host, Milliseconds};
use crate::params::{self, Params};
use crate::schema::{Dialect, Invalid, Value};
use host::{HostObject, JsHost};
pub use render::ParamsRenderer;
use stack::{wiped, wiped_at_rest};

/// Reads `config`: fills in defaults, or throws what is wrong with it, as a schema library's name
/// says ([`Dialect::named`]).
#[wasm_bindgen(js_name = parseConfig)]
pub fn parse_config(config: &JsValue, library: &str) -> Result<JsValue, JsError> {
    whole(&parse_as(library, config, Config::parse).map_err(thrown)?)
}

/// Reads `secrets`: fills in defaults, or throws what is wrong with them.
#[wasm_bindgen(js_name = parseSecrets)]
pub fn parse_secrets(secrets: &JsValue, library: &str) -> Result<JsValue, JsError> {
    wiped(|| whole(&parse_as(library, secrets, Secrets::parse).map_err(thrown)?))
}

/// Reads `params`: fills in defaults, or throws what is wrong with them.
#[wasm_bindgen(js_name = parseParams)]
pub fn parse_params(params: &JsValue, library: &str) -> Result<JsValue, JsError> {
    whole(&parse_as(library, params, Params::parse).map_err(thrown)?)
}

/// What reading `params` changes of them, where it is plain from their JSON text that they are right:
/// the JSON text of what is to be set. What becomes of others [`parse_params`] tells.
#[wasm_bindgen(js_name = changesOfParams)]
#[must_use]
pub fn changes_of_params(json: &str, library: &str) -> Option<String> {
    #[cfg(feature = "traps")]
    traps::spring(json);
    params::changes(json, Dialect::named(library)?)
}

/// The rules of a parsed `config`: throws the first that is broken.
#[wasm_bindgen(js_name = checkConfig)]
pub fn check_config(config: &JsValue) -> Result<(), JsError> {
    let config = parse(config, Config::parse).map_err(thrown)?;
    connector::check_config(&config).map_err(thrown)
}

/// The rules of parsed `secrets`: throws the first that is broken.
#[wasm_bindgen(js_name = checkSecrets)]
pub fn check_secrets(secrets: &JsValue) -> Result<(), JsError> {
    wiped(|| {
        let secrets = parse(secrets, Secrets::parse).map_err(thrown)?;
        connector::check_secrets(&secrets).map_err(thrown)
    })
}

/// The rules between raw `config` and raw `secrets`: the text of the first that is broken.
#[wasm_bindgen(js_name = checkConnector)]
pub fn check_connector(config: &JsValue, secrets: &JsValue) -> Result<Option<String>, JsError> {
    wiped(|| {
        let config = value::decode(config).map_err(thrown)?;
        let mut secrets = value::decode(secrets).map_err(thrown)?;
        let text = connector::check_connector(&config, &secrets);
        secrets.zeroize();
        Ok(text)
    })
}

/// Executes an action. `attempts` is the number of its run, from 1 on; 0 where the host counts none.
/// `scheduled` is when the run was due and `begun` when the first one began, in milliseconds;
/// `NaN` where the host does not tell.
///
/// # Errors
/// An object: `code`, `text`, `remedy`, `retry` (`true`, `false`, or a time in milliseconds),
/// `source`, `httpStatus`, `endpoint`.
#[expect(clippy::too_many_arguments, reason = "an action is what a host says of it")]
#[wasm_bindgen]
pub async fn execute(
    host: HostObject,
    connector_id: Option<String>,
    config: JsValue,
    secrets: JsValue,
    params: JsValue,
    attempts: u32,
    scheduled: f64,
    begun: f64,
) -> Result<JsValue, JsValue> {
    wiped_at_rest(async {
        let config = parse(&config, Config::parse).map_err(invalid)?;
        let secrets = parse(&secrets, Secrets::parse).map_err(invalid)?;
        let action = parse(&params, Params::parse).map_err(invalid)?;
        let host = JsHost::new(host);
        let connector_id = connector_id.as_deref();
        let task = TaskInfo { attempts, scheduled: time(scheduled), begun: time(begun) };
        let digest = || Some(ActionDigest::new(connector_id, &params.as_string()?));
        let run = host.first_runs().begin(task, host.now(), digest);
        let (action, attempt) = (run.of(action), run.attempt);
        match actions::run(&host, connector_id, config, secrets, action, attempt).await {
            Ok(outcome) => Ok(whole(&outcome)?),
            Err(error) => {
                host.first_runs().failed(run, &error, host.now(), digest);
                Err(failure(&error))
            }
        }
    })
    .await
}

/// Whether an action may be run again that an instance of the module has died of, or with: `attempts`,
/// `scheduled` and `begun` as for [`execute`].
#[wasm_bindgen(js_name = mayRunAgain)]
pub fn may_run_again(
    config: &JsValue,
    params: &JsValue,
    attempts: u32,
    scheduled: f64,
    begun: f64,
) -> Result<bool, JsError> {
    let config = parse(config, Config::parse).map_err(thrown)?;
    let params = parse(params, Params::parse).map_err(thrown)?;
    let task = TaskInfo { attempts, scheduled: time(scheduled), begun: time(begun) };
    // Which time it is now makes no difference.
    Ok(actions::may_run_again(&config, &params, Attempt::of(task, Milliseconds::MAX)))
}

/// A time as JavaScript counts it; none, where it is none.
fn time(milliseconds: f64) -> Option<Milliseconds> {
    #[expect(clippy::cast_possible_truncation, reason = "times are within the exact range")]
    milliseconds.is_finite().then_some(milliseconds as Milliseconds)
}

/// Forgets what the module keeps of a parsed connector between actions: its access token and its private
/// key.
#[wasm_bindgen]
pub fn forget(config: &JsValue, secrets: &JsValue) -> Result<(), JsError> {
    wiped(|| {
        let config = parse(config, Config::parse).map_err(thrown)?;
        let secrets = parse(secrets, Secrets::parse).map_err(thrown)?;
        // What no action could be run with has left nothing.
        if let Ok(connector) = Connector::new(config, secrets) {
            host::forget(&connector);
        }
        Ok(())
    })
}

/// The same for a connector that the host knows by an ID, and has changed or deleted.
#[wasm_bindgen(js_name = forgetConnector)]
pub fn forget_connector(id: &str) {
    host::forget_connector(id);
}

/// Checks a connector that may not be saved yet, by all the rules that a host has for saving it but
/// those on URLs, and then by asking the instance. A token is got anew and not kept.
///
/// # Errors
/// As those of [`execute`].
#[wasm_bindgen(js_name = checkHealth)]
pub async fn check_health(
    host: HostObject,
    config: JsValue,
    secrets: JsValue,
    library: String,
) -> Result<JsValue, JsValue> {
    wiped_at_rest(async {
        let parsed_config = parse_as(&library, &config, Config::parse).map_err(invalid)?;
        connector::check_config(&parsed_config).map_err(invalid)?;
        let parsed_secrets = parse_as(&library, &secrets, Secrets::parse).map_err(invalid)?;
        connector::check_secrets(&parsed_secrets).map_err(invalid)?;
        if let Some(text) = check_connector(&config, &secrets)? {
            return Err(invalid(text));
        }
        let host = JsHost::alone(host);
        match actions::check_health(&host, parsed_config, parsed_secrets).await {
            Ok(outcome) => Ok(whole(&outcome)?),
            Err(error) => Err(failure(&error)),
        }
    })
    .await
}

/// Values cross the door untyped each time: a host keeps them as plain objects in between, and may
/// have changed them.
fn parse<T>(js: &JsValue, parse: Parser<T>) -> Result<T, String> {
    parse_in(Dialect::default(), js, parse)
}

fn parse_as<T>(library: &str, js: &JsValue, parse: Parser<T>) -> Result<T, String> {
    #[cfg(feature = "traps")]
    traps::spring(&js_sys::JSON::stringify(js).map(String::from).unwrap_or_default());
    let dialect = Dialect::named(library)
        .ok_or_else(|| format!("There is no schema library named {library}"))?;
    parse_in(dialect, js, parse)
}

fn parse_in<T>(dialect: Dialect, js: &JsValue, parse: Parser<T>) -> Result<T, String> {
    parse(value::decode(js)?, dialect)
        .map_err(|invalid| invalid.with_json_messages(value::json_message).to_string())
}

type Parser<T> = fn(Value, Dialect) -> Result<T, Invalid>;

#[expect(clippy::needless_pass_by_value, reason = "an error is mapped by value")]
fn thrown(text: String) -> JsError {
    JsError::new(&text)
}

fn invalid(text: String) -> JsValue {
    failure(&Error::new(Code::Invalid, text))
}

/// A plain object that may be large: in one piece.
fn whole(value: &impl Serialize) -> Result<JsValue, JsError> {
    value::of_json(value).map_err(thrown)
}

/// A plain object of few members.
fn plain(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}

fn failure(error: &Error) -> JsValue {
    plain(&Failure::from(error)).unwrap_or_else(JsValue::from)
}

/// An error as the shim reads it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Failure<'a> {
    code: &'static str,
    text: &'a str,
    remedy: &'a str,
    retry: RetryAnswer,
    source: &'static str,
    http_status: Option<u16>,
    endpoint: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum RetryAnswer {
    Now(bool),
    At(f64),
}

impl<'a> From<&'a Error> for Failure<'a> {
    fn from(error: &'a Error) -> Self {
        Self {
            code: error.code().as_str(),
            text: error.text(),
            remedy: error.remedy(),
            retry: match error.retry() {
                Retry::Never => RetryAnswer::Now(false),
                Retry::Soon => RetryAnswer::Now(true),
                #[expect(clippy::cast_precision_loss, reason = "times are within the exact range")]
                Retry::At(time) => RetryAnswer::At(time as f64),
            },
            source: error.source().as_str(),
            http_status: error.http_status(),
            endpoint: error.step().map(|step| step.endpoint),
        }
    }
}
