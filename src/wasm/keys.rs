//! Private keys for forms: what one is, and a certificate of it.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::host::{HostObject, JsHost};
use super::stack::wiped;
use super::{failure, invalid, plain, value};
use crate::host::Host;
use crate::oauth::certificate::CertificateRequest;
use crate::oauth::private_key::EnteredKey;
use crate::schema::{Invalid, Value};

/// What `{ privateKey, privateKeyPassword }` is: `{ bits, format, encrypted }`.
///
/// # Errors
/// As those of [`execute`](super::execute).
#[wasm_bindgen(js_name = describePrivateKey)]
pub fn describe_private_key(key: &JsValue) -> Result<JsValue, JsValue> {
    wiped(|| {
        let key = read(key, EnteredKey::parse)?.open().map_err(|error| failure(&error))?;
        Ok(plain(&key.describe())?)
    })
}

/// A certificate of `{ privateKey, privateKeyPassword, commonName, days }`, as PEM. Of the host its
/// clock and its randomness are used.
///
/// # Errors
/// As those of [`execute`](super::execute).
#[wasm_bindgen(js_name = makeCertificate)]
pub fn make_certificate(
    #[wasm_bindgen(unchecked_param_type = "Pick<HostObject, 'now' | 'random'>")] host: HostObject,
    request: &JsValue,
) -> Result<String, JsValue> {
    wiped(|| {
        let host = JsHost::alone(host);
        let request = read(request, CertificateRequest::parse)?;
        request.make(host.now(), host.random()).map_err(|error| failure(&error))
    })
}

fn read<T>(js: &JsValue, parse: fn(Value) -> Result<T, Invalid>) -> Result<T, JsValue> {
    let value = value::read(js).map_err(invalid)?;
    parse(value).map_err(|problem| invalid(problem.to_string()))
}
