//! Reading a JavaScript value, `undefined` and all.
//!
//! A host's values have no promise to be JSON: what JSON does not know is kept by its name, so that
//! the error can say what was found, and what never ends is refused.

use js_sys::{Array, JsString, Object, Reflect};
use wasm_bindgen::{JsCast, JsError, JsValue};

use crate::schema::{MAX_DEPTH, Members, Value};

/// How many values one value may hold: an object that refers to itself twice at each of
/// [`MAX_DEPTH`] levels would otherwise never be read to its end.
const MAX_VALUES: usize = 1_000_000;

/// Reads a value whole.
///
/// # Errors
/// Where it is nested deeper than [`MAX_DEPTH`], as one that holds itself is, or is larger than
/// anything that was ever meant, or refuses to be read.
pub fn read(js: &JsValue) -> Result<Value, JsError> {
    read_within(js, 0, &mut MAX_VALUES.clone())
}

fn read_within(js: &JsValue, depth: usize, left: &mut usize) -> Result<Value, JsError> {
    if depth > MAX_DEPTH {
        return Err(JsError::new(&format!(
            "The value is nested more than {MAX_DEPTH} levels deep"
        )));
    }
    *left = left
        .checked_sub(1)
        .ok_or_else(|| JsError::new(&format!("The value holds more than {MAX_VALUES} values")))?;
    let depth = depth.saturating_add(1);
    Ok(if js.is_undefined() {
        Value::Undefined
    } else if js.is_null() {
        Value::Null
    } else if let Some(value) = js.as_bool() {
        Value::Bool(value)
    } else if let Some(number) = js.as_f64() {
        Value::Number(number)
    } else if let Some(text) = js.dyn_ref::<JsString>() {
        Value::String(text.into())
    } else if let Some(items) = js.dyn_ref::<Array>() {
        let mut list = Vec::new();
        for place in 0..items.length() {
            list.push(read_within(&items.get(place), depth, left)?);
        }
        Value::Array(list)
    } else if is_plain_object(js) {
        let mut members = Members::default();
        for key in Object::keys(js.unchecked_ref::<Object>()).iter() {
            let member = Reflect::get(js, &key).map_err(|_| unreadable(&key))?;
            members.set(
                String::from(key.unchecked_ref::<JsString>()),
                read_within(&member, depth, left)?,
            );
        }
        members.into()
    } else {
        Value::Other(name(js))
    })
}

/// An object that is nothing but its members: what a literal or `JSON.parse` makes, in any realm.
pub fn is_plain_object(js: &JsValue) -> bool {
    js.is_object() && !js.is_function() && {
        let prototype = Object::get_prototype_of(js);
        prototype.is_null() || Object::get_prototype_of(&prototype).is_null()
    }
}

fn unreadable(key: &JsValue) -> JsError {
    let key = key.as_string().unwrap_or_default();
    JsError::new(&format!("The member {key} cannot be read"))
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
