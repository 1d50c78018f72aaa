//! Variables that are JavaScript's: read one by one, by the shim.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;

use js_sys::JsString;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::value::message_of;
use crate::schema::Value;
use crate::template::TemplateError;
use crate::template::variables::{Read, Source};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** What a variable is: nothing, `null`, `false`, `true`, a number, a text, a list, an object, or what
 *  throws when it is read. */
export type VariableKind = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Reads variables as JSON would show them. */
export interface VariableReader {
  /** Reads the variables as a whole. */
  root(variables: any): VariableKind;
  /** Reads a member of an object. */
  member(object: any, key: string): VariableKind;
  /** Reads an item of a list. */
  item(list: any, index: number): VariableKind;
  /** What was read last: a list or an object, */
  last(): any;
  /** a text, or what was thrown, */
  lastText(): string;
  /** a number. */
  lastNumber(): number;
  /** How many items a list has. May throw. */
  length(list: any): number;
  /** The names of an object's members, as JSON. May throw. */
  keys(object: any): string;
  /** The same, joined by U+0000, if one of them has a dot in it. Those that hold this character are
   *  left out. May throw. */
  keysIfDotted(object: any): string | undefined;
  /** An object or a list, whole. May throw. */
  json(container: any): string;
}
";

#[wasm_bindgen]
extern "C" {
    /// The JavaScript object; see `TYPES`.
    #[wasm_bindgen(typescript_type = "VariableReader")]
    pub type VariableReader;

    #[wasm_bindgen(method)]
    fn root(this: &VariableReader, variables: &JsValue) -> u32;
    #[wasm_bindgen(method)]
    fn member(this: &VariableReader, object: &JsValue, key: &JsString) -> u32;
    #[wasm_bindgen(method)]
    fn item(this: &VariableReader, list: &JsValue, index: usize) -> u32;
    #[wasm_bindgen(method)]
    fn last(this: &VariableReader) -> JsValue;
    #[wasm_bindgen(method, js_name = lastText)]
    fn last_text(this: &VariableReader) -> String;
    #[wasm_bindgen(method, js_name = lastNumber)]
    fn last_number(this: &VariableReader) -> f64;
    #[wasm_bindgen(method, catch)]
    fn length(this: &VariableReader, list: &JsValue) -> Result<usize, JsValue>;
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
pub fn read(variables: &JsValue, reader: VariableReader) -> Result<Read, TemplateError> {
    let kind = reader.root(variables);
    read_as(kind, &Rc::new(reader))
}

/// A list or an object.
struct Container {
    js: JsValue,
    is_list: bool,
    reader: Rc<VariableReader>,
}

/// What a `VariableKind` stands for.
mod kind {
    pub const NULL: u32 = 1;
    pub const FALSE: u32 = 2;
    pub const TRUE: u32 = 3;
    pub const NUMBER: u32 = 4;
    pub const TEXT: u32 = 5;
    pub const LIST: u32 = 6;
    pub const OBJECT: u32 = 7;
    pub const UNREADABLE: u32 = 8;
}

/// What was read last.
fn read_as(kind: u32, reader: &Rc<VariableReader>) -> Result<Read, TemplateError> {
    let container =
        |is_list| Rc::new(Container { js: reader.last(), is_list, reader: Rc::clone(reader) });
    Ok(match kind {
        kind::NULL => Read::Null,
        kind::FALSE => Read::Bool(false),
        kind::TRUE => Read::Bool(true),
        kind::NUMBER => Read::Number(reader.last_number()),
        kind::TEXT => Read::Text(reader.last_text().into()),
        kind::LIST => Read::List(container(true)),
        kind::OBJECT => Read::Object(container(false)),
        kind::UNREADABLE => return Err(TemplateError::new(&reader.last_text())),
        _ => Read::Nothing,
    })
}

#[expect(clippy::needless_pass_by_value, reason = "an error is mapped by value")]
fn unreadable(thrown: JsValue) -> TemplateError {
    TemplateError::new(&message_of(&thrown))
}

/// What JavaScript's values look like takes a lot of code to say.
impl fmt::Debug for Container {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Container").field("is_list", &self.is_list).finish_non_exhaustive()
    }
}

impl Source for Container {
    fn keys(&self) -> Result<Vec<Rc<str>>, TemplateError> {
        if self.is_list {
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
        let kind = with_key(key, |key| self.reader.member(&self.js, key));
        read_as(kind, &self.reader)
    }

    fn length(&self) -> Result<usize, TemplateError> {
        self.reader.length(&self.js).map_err(unreadable)
    }

    fn item(&self, index: usize) -> Result<Read, TemplateError> {
        read_as(self.reader.item(&self.js, index), &self.reader)
    }

    fn json(&self) -> Result<Option<String>, TemplateError> {
        self.reader.json(&self.js).map(Some).map_err(unreadable)
    }
}

thread_local! {
    static KEYS: RefCell<HashMap<Box<str>, Rc<JsString>>> = RefCell::default();
}

/// How many keys are kept as JavaScript's, and how long they may be, in bytes.
const MAX_KEYS: usize = 1000;
const MAX_KEY: usize = 100;

/// Texts take long to cross, and templates ask for the same few keys all the time.
fn with_key<T>(key: &str, read: impl FnOnce(&JsString) -> T) -> T {
    if key.len() > MAX_KEY {
        return read(&JsString::from(key));
    }
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
