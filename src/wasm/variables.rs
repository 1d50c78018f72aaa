//! Variables that are JavaScript's: read one by one, by the shim.

use std::rc::Rc;

use js_sys::{Array, JsString};
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::value::message_of;
use crate::schema::Value;
use crate::template::TemplateError;
use crate::template::variables::{Read, Source};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** Reads variables as JSON would show them. All of it may throw what the variables throw. */
export interface VariableReader {
  /** The variables as a whole. */
  root(variables: any): any;
  /** A member of an object; `undefined` where there is none. */
  member(object: any, key: string): any;
  /** An item of a list. */
  item(list: any, index: number): any;
  /** The names of an object's members, as JSON. */
  keys(object: any): string;
  /** The same, joined by U+0000, if one of them has a dot in it. Those that hold this character are
   *  left out. */
  keysIfDotted(object: any): string | undefined;
  /** An object or a list, whole. */
  json(container: any): string;
}
";

#[wasm_bindgen]
extern "C" {
    /// The JavaScript object; see `TYPES`.
    #[wasm_bindgen(typescript_type = "VariableReader")]
    #[derive(Clone, Debug)]
    pub type VariableReader;

    #[wasm_bindgen(method, catch)]
    fn root(this: &VariableReader, variables: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn member(this: &VariableReader, object: &JsValue, key: &JsString) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn item(this: &VariableReader, list: &JsValue, index: usize) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn keys(this: &VariableReader, object: &JsValue) -> Result<String, JsValue>;
    #[wasm_bindgen(method, catch, js_name = keysIfDotted)]
    fn keys_if_dotted(this: &VariableReader, object: &JsValue) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn json(this: &VariableReader, container: &JsValue) -> Result<String, JsValue>;
}

/// The variables of an action, none of them read yet.
///
/// # Errors
/// What reading them throws.
pub fn read(variables: &JsValue, reader: VariableReader) -> Result<Read, JsValue> {
    Ok(read_as(reader.root(variables)?, &Rc::new(reader)))
}

/// A list or an object.
#[derive(Debug)]
struct Container {
    js: JsValue,
    /// How many items it has, where it is a list.
    length: Option<u32>,
    reader: Rc<VariableReader>,
}

fn read_as(js: JsValue, reader: &Rc<VariableReader>) -> Read {
    if let Some(text) = js.as_string() {
        return Read::Text(text.into());
    }
    if js.is_object() {
        let length = js.dyn_ref::<Array>().map(Array::length);
        let source = Rc::new(Container { js, length, reader: Rc::clone(reader) });
        return if length.is_some() { Read::List(source) } else { Read::Object(source) };
    }
    if let Some(number) = js.as_f64() {
        if number.is_finite() { Read::Number(number) } else { Read::Null }
    } else if let Some(value) = js.as_bool() {
        Read::Bool(value)
    } else if js.is_null() {
        Read::Null
    } else {
        Read::Nothing
    }
}

#[expect(clippy::needless_pass_by_value, reason = "an error is mapped by value")]
fn unreadable(thrown: JsValue) -> TemplateError {
    TemplateError::new(&message_of(&thrown))
}

impl Source for Container {
    fn keys(&self) -> Result<Vec<Rc<str>>, TemplateError> {
        if self.length.is_some() {
            return Ok(Vec::new());
        }
        let keys = self.reader.keys(&self.js).map_err(unreadable)?;
        let Ok(Value::Array(keys)) = Value::from_json(&keys) else { return Ok(Vec::new()) };
        let key = |key| match key {
            Value::String(key) => Some(key.into()),
            _ => None,
        };
        Ok(keys.into_iter().filter_map(key).collect())
    }

    fn keys_if_dotted(&self) -> Result<Option<String>, TemplateError> {
        self.reader.keys_if_dotted(&self.js).map_err(unreadable)
    }

    fn member(&self, key: &str) -> Result<Read, TemplateError> {
        let member = with_key(key, |key| self.reader.member(&self.js, key)).map_err(unreadable)?;
        Ok(read_as(member, &self.reader))
    }

    fn length(&self) -> usize {
        self.length.map_or(0, |length| length as usize)
    }

    fn item(&self, index: usize) -> Result<Read, TemplateError> {
        let item = self.reader.item(&self.js, index).map_err(unreadable)?;
        Ok(read_as(item, &self.reader))
    }

    fn json(&self) -> Result<Option<String>, TemplateError> {
        self.reader.json(&self.js).map(Some).map_err(unreadable)
    }
}

thread_local! {
    static KEYS: RefCell<HashMap<Box<str>, Rc<JsString>>> = RefCell::default();
}

/// How many keys are kept as JavaScript's.
const MAX_KEYS: usize = 1000;

/// Texts take long to cross, and templates ask for the same few keys all the time.
fn with_key<T>(key: &str, read: impl FnOnce(&JsString) -> T) -> T {
    let kept = KEYS.with_borrow(|keys| keys.get(key).cloned());
    let key = kept.unwrap_or_else(|| {
        let js = Rc::new(JsString::from(key));
        KEYS.with_borrow_mut(|keys| {
            if keys.len() >= MAX_KEYS {
                keys.clear();
            }
            keys.insert(key.into(), Rc::clone(&js));
        });
        js
    });
    read(&key)
}
