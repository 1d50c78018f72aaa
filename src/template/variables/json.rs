//! Variables that are in memory already: JSON that has been read.

use std::rc::Rc;

use indexmap::IndexMap;

use super::source::{Read, SEPARATOR, Source};
use super::view::in_order;
use crate::schema::Value;
use crate::template::TemplateError;

/// What JSON does not know becomes what JSON makes of it (templates.md 2.2).
impl From<Value> for Read {
    fn from(value: Value) -> Self {
        match value {
            Value::Undefined | Value::Other(_) => Self::Nothing,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(number) if number.is_finite() => Self::Number(number),
            Value::Null | Value::Number(_) => Self::Null,
            Value::String(text) => Self::Text(text.into()),
            Value::Array(items) => {
                let items = items.into_iter().map(Self::from).collect();
                Self::List(Rc::new(Parts { items, members: IndexMap::new() }))
            }
            Value::Object(members) => {
                let members = members.into_iter().map(|(key, value)| (key.into(), value.into()));
                let members =
                    members.filter(|(_, value)| !matches!(value, Self::Nothing)).collect();
                Self::Object(Rc::new(Parts { items: Vec::new(), members }))
            }
        }
    }
}

/// A list, which has no members, or an object, which has no items.
#[derive(Debug)]
struct Parts {
    items: Vec<Read>,
    members: IndexMap<Rc<str>, Read>,
}

impl Source for Parts {
    fn keys(&self) -> Result<Vec<Rc<str>>, TemplateError> {
        Ok(in_order(self.members.keys()))
    }

    fn keys_if_dotted(&self) -> Result<Option<String>, TemplateError> {
        if !self.members.keys().any(|key| key.contains('.')) {
            return Ok(None);
        }
        let mut keys = in_order(self.members.keys());
        keys.retain(|key| !key.contains(SEPARATOR));
        Ok(Some(keys.join(&*SEPARATOR.to_string())))
    }

    fn member(&self, key: &str) -> Result<Read, TemplateError> {
        Ok(self.members.get(key).cloned().unwrap_or(Read::Nothing))
    }

    fn length(&self) -> Result<usize, TemplateError> {
        Ok(self.items.len())
    }

    fn item(&self, index: usize) -> Result<Read, TemplateError> {
        Ok(self.items.get(index).cloned().unwrap_or(Read::Nothing))
    }

    fn json(&self) -> Result<Option<String>, TemplateError> {
        Ok(None)
    }
}
