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
                Self::List(Rc::new(Items(items.into_iter().map(Self::from).collect())))
            }
            Value::Object(members) => {
                let members = members.into_iter().map(|(key, value)| (key.into(), value.into()));
                Self::Object(Rc::new(Members(
                    members.filter(|(_, value)| !matches!(value, Self::Nothing)).collect(),
                )))
            }
        }
    }
}

#[derive(Debug)]
struct Items(Vec<Read>);

#[derive(Debug)]
struct Members(IndexMap<Rc<str>, Read>);

impl Source for Items {
    fn keys(&self) -> Result<Vec<Rc<str>>, TemplateError> {
        Ok(Vec::new())
    }

    fn keys_if_dotted(&self) -> Result<Option<String>, TemplateError> {
        Ok(None)
    }

    fn member(&self, _: &str) -> Result<Read, TemplateError> {
        Ok(Read::Nothing)
    }

    fn length(&self) -> Result<usize, TemplateError> {
        Ok(self.0.len())
    }

    fn item(&self, index: usize) -> Result<Read, TemplateError> {
        Ok(self.0.get(index).cloned().unwrap_or(Read::Nothing))
    }

    fn json(&self) -> Result<Option<String>, TemplateError> {
        Ok(None)
    }
}

impl Source for Members {
    fn keys(&self) -> Result<Vec<Rc<str>>, TemplateError> {
        Ok(in_order(self.0.keys()))
    }

    fn keys_if_dotted(&self) -> Result<Option<String>, TemplateError> {
        if !self.0.keys().any(|key| key.contains('.')) {
            return Ok(None);
        }
        let mut keys = in_order(self.0.keys());
        keys.retain(|key| !key.contains(SEPARATOR));
        Ok(Some(keys.join(&*SEPARATOR.to_string())))
    }

    fn member(&self, key: &str) -> Result<Read, TemplateError> {
        Ok(self.0.get(key).cloned().unwrap_or(Read::Nothing))
    }

    fn length(&self) -> Result<usize, TemplateError> {
        Ok(0)
    }

    fn item(&self, _: usize) -> Result<Read, TemplateError> {
        Ok(Read::Nothing)
    }

    fn json(&self) -> Result<Option<String>, TemplateError> {
        Ok(None)
    }
}
