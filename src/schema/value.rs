//! A value as a host hands it over: JSON, and what JavaScript adds to it.
//!
//! The host's schemas tell `undefined` from `null` and name what they did not expect, so both must
//! survive until the value has been checked. Members keep the order in which they came: it is the
//! order of the keys in the request that ServiceNow gets.

use std::collections::HashMap;
use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroize;

use super::depth;
use super::surrogates::without_lone_surrogates;

/// The deepest nesting that is read from outside. What is deeper is refused, because every later
/// walk over a value is a recursion, and no caller may choose how deep it goes.
pub const MAX_DEPTH: usize = 100;

/// One value from outside, not checked yet.
#[derive(Clone, Default, PartialEq)]
pub enum Value {
    /// A member that is absent, or `undefined` in JavaScript.
    #[default]
    Undefined,
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Any JavaScript number, `NaN` and the infinities included.
    Number(f64),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// A plain object, its members in their order.
    Object(Vec<(String, Value)>),
    /// What JSON does not know, by the name that a schema error gives it (`Date`, `function`, ...).
    Other(&'static str),
}

/// The types and the names of members alone: what is not checked yet can be a connector's secrets.
impl fmt::Debug for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Array(elements) => formatter.debug_list().entries(elements).finish(),
            Self::Object(members) => formatter
                .debug_map()
                .entries(members.iter().map(|(key, value)| (key, value)))
                .finish(),
            _ => formatter.write_str(self.type_name()),
        }
    }
}

impl Value {
    /// What an error message calls this value's type.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Undefined => "undefined",
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Number(number) if number.is_nan() => "NaN",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
            Self::Other(name) => name,
        }
    }

    /// The member of an object, or `None` where there is none or this is no object.
    #[must_use]
    pub fn member(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => {
                members.iter().find(|(name, _)| name == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// The member of an object, taken out of it.
    #[must_use]
    pub fn into_member(self, key: &str) -> Option<Self> {
        match self {
            Self::Object(members) => {
                members.into_iter().find(|(name, _)| name == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// `null` or not there at all.
    #[must_use]
    pub fn is_nullish(&self) -> bool {
        matches!(self, Self::Undefined | Self::Null)
    }

    /// Neither nullish nor empty text: what JavaScript calls truthy, for the values a connector has.
    #[must_use]
    pub fn is_set(&self) -> bool {
        match self {
            Self::Undefined | Self::Null => false,
            Self::Bool(value) => *value,
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::String(text) => !text.is_empty(),
            Self::Array(_) | Self::Object(_) | Self::Other(_) => true,
        }
    }

    /// The text of `JSON.stringify`.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Neither the keys nor the values of this type can fail to be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a JSON text.
    ///
    /// # Errors
    /// The parser's message where the text is not JSON, or is nested absurdly deep.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(&without_lone_surrogates(text))
    }

    /// The name of something in this value that JSON does not know, if there is any.
    #[must_use]
    pub fn foreign(&self) -> Option<&'static str> {
        match self {
            Self::Other(name) => Some(name),
            Self::Array(items) => items.iter().find_map(Self::foreign),
            Self::Object(members) => members.iter().find_map(|(_, value)| value.foreign()),
            _ => None,
        }
    }

    /// Reads a JSON text that is of use even where it is nested too deep: what is below [`MAX_DEPTH`]
    /// is `null` then.
    ///
    /// # Errors
    /// The parser's message where the text is not JSON.
    pub fn from_json_of_any_depth(text: &str) -> Result<Self, serde_json::Error> {
        Self::from_json(text).or_else(|_| Self::from_json(&depth::cut(text, MAX_DEPTH)))
    }

    /// How deep values are nested in this one.
    #[must_use]
    pub fn depth(&self) -> usize {
        let below = match self {
            Self::Array(items) => items.iter().map(Self::depth).max(),
            Self::Object(members) => members.iter().map(|(_, value)| value.depth()).max(),
            _ => return 0,
        };
        below.unwrap_or(0).saturating_add(1)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Null, Self::String)
    }
}

/// Secrets arrive as values too; what is left of them is wiped.
impl Zeroize for Value {
    fn zeroize(&mut self) {
        match self {
            Self::String(text) => text.zeroize(),
            Self::Array(items) => items.iter_mut().for_each(Self::zeroize),
            Self::Object(members) => members.iter_mut().for_each(|(_, value)| value.zeroize()),
            _ => {}
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => serialize_number(*number, serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Self::Object(members) => {
                let mut object = serializer.serialize_map(None)?;
                members
                    .iter()
                    .filter(|(_, value)| !matches!(value, Self::Undefined))
                    .try_for_each(|(key, value)| object.serialize_entry(key, value))?;
                object.end()
            }
            Self::Undefined | Self::Null | Self::Other(_) => serializer.serialize_unit(),
        }
    }
}

/// Integers are written without the `.0` that a floating-point number would get.
fn serialize_number<S: Serializer>(number: f64, serializer: S) -> Result<S::Ok, S::Error> {
    const LARGEST_EXACT: f64 = 9_007_199_254_740_991.0;
    if !number.is_finite() {
        serializer.serialize_unit()
    } else if number.fract() == 0.0 && number.abs() <= LARGEST_EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "an integer within the exact range")]
        serializer.serialize_i64(number as i64)
    } else {
        serializer.serialize_f64(number)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "JavaScript has no other number")]
    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "JavaScript has no other number")]
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut members = Members::default();
        while let Some((key, value)) = object.next_entry::<String, Value>()? {
            members.set(key, value);
        }
        Ok(Value::Object(members.into_inner()))
    }
}

/// Members of an object under construction, with JavaScript's rule for a key that is set twice:
/// the first place, the last value.
#[derive(Debug, Default)]
pub struct Members {
    list: Vec<(String, Value)>,
    /// Where each is, once there are many.
    places: HashMap<String, usize>,
}

impl Members {
    /// So many are looked through faster than they are hashed.
    const FEW: usize = 32;

    /// Sets a member.
    pub fn set(&mut self, key: impl Into<String>, value: impl Into<Value>) {
        let (key, value) = (key.into(), value.into());
        let count = self.list.len();
        let place = if count <= Self::FEW {
            self.list.iter().position(|(name, _)| *name == key)
        } else {
            if self.places.is_empty() {
                let places = self.list.iter().enumerate();
                self.places = places.map(|(place, (name, _))| (name.clone(), place)).collect();
            }
            self.places.get(&key).copied()
        };
        if let Some(member) = place.and_then(|place| self.list.get_mut(place)) {
            member.1 = value;
            return;
        }
        if !self.places.is_empty() {
            self.places.insert(key.clone(), count);
        }
        self.list.push((key, value));
    }

    /// The members, in their order.
    #[must_use]
    pub fn into_inner(self) -> Vec<(String, Value)> {
        self.list
    }
}

impl From<Members> for Value {
    fn from(members: Members) -> Self {
        Self::Object(members.into_inner())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_json_text_comes_back_as_it_was() {
        let text = r#"{"b":[1,-2.5,null,true],"a":{"x":"\"\n"},"9":"last stays last"}"#;
        assert_eq!(Value::from_json(text).unwrap().to_json(), text);
    }

    #[test]
    fn numbers_are_written_as_javascript_writes_them_in_json() {
        let numbers = [3.0, -0.0, 0.1, f64::NAN, f64::INFINITY].map(Value::Number);
        assert_eq!(Value::Array(numbers.to_vec()).to_json(), "[3,0,0.1,null,null]");
    }

    #[test]
    fn a_repeated_key_keeps_its_place_and_takes_the_last_value() {
        assert_eq!(
            Value::from_json(r#"{"a":1,"b":2,"a":3}"#).unwrap().to_json(),
            r#"{"a":3,"b":2}"#
        );
    }

    #[test]
    fn so_does_one_of_many() {
        let mut members = Members::default();
        for round in [0.0, 1.0] {
            for n in 0..100 {
                members.set(format!("key {n}"), Value::Number(round));
            }
        }
        let members = members.into_inner();
        assert_eq!(members.len(), 100);
        for (n, (key, value)) in members.into_iter().enumerate() {
            assert_eq!((key, value), (format!("key {n}"), Value::Number(1.0)));
        }
    }

    #[test]
    fn undefined_is_left_out_of_objects() {
        let object = Value::Object(vec![("a".into(), Value::Undefined), ("b".into(), Value::Null)]);
        assert_eq!(object.to_json(), r#"{"b":null}"#);
    }

    #[test]
    fn absurd_nesting_is_an_error_and_not_a_stack_overflow() {
        assert!(Value::from_json(&"[".repeat(1_000_000)).is_err());
    }
}
