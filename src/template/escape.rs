//! How interpolated values are made fit for the text around them (templates.md 2.4).

use std::borrow::Cow;

use crate::schema::Value;

/// What is done to the text of a value before it is written.
#[derive(Clone, Copy, Debug)]
pub enum Escape {
    /// The same wherever it goes.
    By(fn(&str) -> Cow<'_, str>),
    /// What JSON needs: escaped as the inside of a string. Where a value may stand, a whole JSON value
    /// stays as it is, and nothing else is any good there.
    Json,
}

impl Escape {
    /// The text as it is to be written, and `takes_value` tells where.
    pub fn apply(self, text: &str, takes_value: impl FnOnce() -> bool) -> Cow<'_, str> {
        match self {
            Self::By(escape) => escape(text),
            Self::Json => match inside_string(text) {
                Cow::Owned(_) if takes_value() && Value::from_json(text).is_ok() => text.into(),
                escaped => escaped,
            },
        }
    }

    /// What is done inside a lambda. It gets the values themselves where what it makes of them is
    /// escaped behind it.
    pub fn inside_lambda(self) -> Self {
        match self {
            Self::By(_) => self,
            Self::Json => Self::By(none),
        }
    }

    /// What a lambda has made as it is to be written, and `takes_value` tells where. Only JSON would
    /// break of it.
    pub fn behind_lambda(self, text: &str, takes_value: impl FnOnce() -> bool) -> Cow<'_, str> {
        match self {
            Self::By(_) => text.into(),
            Self::Json => self.apply(text, takes_value),
        }
    }
}

/// Nothing at all.
pub fn none(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// Tells of JSON that grows what may follow.
#[derive(Default)]
pub struct JsonSoFar {
    read: usize,
    is_in_string: bool,
    is_after_backslash: bool,
    /// The last byte that is no blank.
    last: Option<u8>,
}

impl JsonSoFar {
    /// Whether a value may follow `json`. Each call must be for what the one before was for, or more.
    pub fn takes_value(&mut self, json: &str) -> bool {
        for &byte in json.as_bytes().get(self.read..).unwrap_or_default() {
            let is_escaped = std::mem::take(&mut self.is_after_backslash);
            match byte {
                b'"' if !is_escaped => self.is_in_string = !self.is_in_string,
                b'\\' => self.is_after_backslash = self.is_in_string && !is_escaped,
                _ => {}
            }
            if !byte.is_ascii_whitespace() {
                self.last = Some(byte);
            }
        }
        self.read = json.len();
        !self.is_in_string && matches!(self.last, None | Some(b':' | b',' | b'['))
    }
}

/// What the inside of a JSON string needs.
pub fn inside_string(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\u{8}' => escaped.push_str("\\b"),
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '\u{c}' => escaped.push_str("\\f"),
            '\r' => escaped.push_str("\\r"),
            control if control < ' ' => {
                escaped.push_str("\\u00");
                escaped.push(if control < '\u{10}' { '0' } else { '1' });
                escaped.extend(char::from_digit(u32::from(control) % 16, 16));
            }
            other => escaped.push(other),
        }
    }
    Cow::Owned(escaped)
}
