//! Reading a JavaScript value, `undefined` and all.
//!
//! A host's values have no promise to be JSON: what JSON does not know is kept by its name, so that
//! the error can say what was found, and what never ends is refused.

use js_sys::{Array, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::schema::{MAX_DEPTH, Members, Value};

/// How many values one value may hold: an object that refers to itself twice at each of
/// [`MAX_DEPTH`] levels would otherwise never be read to its end.
const MAX_VALUES: usize = 1_000_000;

// Only imports that catch touch a value: an exception that went through the module would leave it
// broken.
#[wasm_bindgen]
extern "C" {
    /// Throws for a proxy that was revoked.
    #[wasm_bindgen(js_namespace = Array, js_name = isArray, catch)]
    fn is_list(value: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(js_namespace = Object, js_name = keys, catch)]
    fn keys_of(object: &JsValue) -> Result<Array, JsValue>;

    /// `[object Date]` and the like.
    #[wasm_bindgen(js_namespace = ["Object", "prototype", "toString"], js_name = call, catch)]
    fn tag_of(object: &JsValue) -> Result<String, JsValue>;
}

/// Reads a value whole.
///
/// # Errors
/// A text, where it is nested deeper than [`MAX_DEPTH`], as one that holds itself is, or is larger
/// than anything that was ever meant, or refuses to be read.
pub fn read(js: &JsValue) -> Result<Value, String> {
    let mut left = MAX_VALUES;
    read_within(js, 0, &mut left)
}

/// Reads a value as the shim encodes it (`js/json.js`): a text is its JSON, and anything else is what
/// JSON cannot say.
///
/// # Errors
/// As those of [`read`].
pub fn decode(js: &JsValue) -> Result<Value, String> {
    match js.as_string() {
        Some(json) => Value::from_json(&json).map_err(|error| error.to_string()),
        None => read(js),
    }
}

/// A plain object, made by the engine's own JSON parser: in one piece, and not member by member, which
/// takes several times as long.
///
/// # Errors
/// A text, where the value cannot be written as JSON, which no value of ours is.
pub fn of_json(value: &impl Serialize) -> Result<JsValue, String> {
    let json = serde_json::to_string(value).map_err(|error| error.to_string())?;
    js_sys::JSON::parse(&json).map_err(|_| "It is no JSON".to_owned())
}

fn read_within(js: &JsValue, depth: usize, left: &mut usize) -> Result<Value, String> {
    if depth > MAX_DEPTH {
        return Err(format!("The value is nested more than {MAX_DEPTH} levels deep"));
    }
    *left = left
        .checked_sub(1)
        .ok_or_else(|| format!("The value holds more than {MAX_VALUES} values"))?;
    let depth = depth.saturating_add(1);
    // Each question is asked outside the module: what is most frequent comes first.
    Ok(if let Some(text) = js.as_string() {
        Value::String(text)
    } else if js.is_null() {
        Value::Null
    } else if js.is_undefined() {
        Value::Undefined
    } else if let Some(value) = js.as_bool() {
        Value::Bool(value)
    } else if let Some(number) = js.as_f64() {
        Value::Number(number)
    } else if is_list(js).map_err(|_| MEMBERS_UNREADABLE)? {
        let mut list = Vec::new();
        for place in 0..length_of(js)? {
            let item = Reflect::get_u32(js, place).map_err(|_| unreadable(&place.to_string()))?;
            list.push(read_within(&item, depth, left)?);
        }
        Value::Array(list)
    } else if is_plain_object(js) {
        let mut members = Members::default();
        for key in keys_of(js).map_err(|_| MEMBERS_UNREADABLE)?.iter() {
            let Some(name) = key.as_string() else { continue };
            let member = Reflect::get(js, &key).map_err(|_| unreadable(&name))?;
            let member = read_within(&member, depth, left)?;
            members.set(name, member);
        }
        members.into()
    } else {
        Value::Other(name(js))
    })
}

/// How many items a list has: one behind a proxy says what it likes.
fn length_of(list: &JsValue) -> Result<u32, String> {
    let length = Reflect::get(list, &"length".into()).ok().and_then(|length| length.as_f64());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
    length.map(|length| length as u32).ok_or_else(|| MEMBERS_UNREADABLE.to_owned())
}

/// An object that is nothing but its members, in any realm: what a literal, `JSON.parse` or a class of
/// the caller's own makes, and not a date, a map or the like.
pub fn is_plain_object(js: &JsValue) -> bool {
    js.is_object() && tag_of(js).is_ok_and(|tag| tag == "[object Object]")
}

/// What this engine's JSON parser says of a text that is not JSON: hosts show it as it is.
pub fn json_message(text: &str) -> Option<String> {
    let thrown = js_sys::JSON::parse(text).err()?;
    Some(String::from(thrown.dyn_ref::<js_sys::Error>()?.message()))
}

/// What an exception says. It may be anything, and refuse to be read, too.
pub fn message_of(thrown: &JsValue) -> String {
    let member = |key: &str| Reflect::get(thrown, &key.into()).ok()?.as_string();
    let message = thrown.has_type::<js_sys::Error>().then(|| member("message")).flatten();
    message.unwrap_or_else(|| "A variable cannot be read".to_owned())
}

const MEMBERS_UNREADABLE: &str = "The members of a value cannot be read";

fn unreadable(key: &str) -> String {
    format!("The member {key} cannot be read")
}

fn name(js: &JsValue) -> &'static str {
    if js.is_function() {
        "function"
    } else if js.is_symbol() {
        "symbol"
    } else if js.is_bigint() {
        "bigint"
    } else if js.has_type::<js_sys::Date>() {
        "Date"
    } else if js.has_type::<js_sys::Map<JsValue, JsValue>>() {
        "Map"
    } else if js.has_type::<js_sys::Set<JsValue>>() {
        "Set"
    } else {
        "object"
    }
}
