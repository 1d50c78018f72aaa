//! How interpolated values are made fit for the text around them (templates.md 2.4).

use std::borrow::Cow;

use crate::schema::Value;

/// What is done to the text of a value before it is written.
#[derive(Clone, Copy, Debug)]
pub enum Escape {
    /// The same wherever it goes.
    By(fn(&str) -> Cow<'_, str>),
    /// What JSON needs: the inside of a string is escaped. Elsewhere a whole JSON value stays as it is,
    /// and nothing else is any good there.
    Json,
}

impl Escape {
    /// The text as it is to be written, and `is_in_string` tells where.
    pub fn apply(self, text: &str, is_in_string: impl FnOnce() -> bool) -> Cow<'_, str> {
        match self {
            Self::By(escape) => escape(text),
            Self::Json => match inside_string(text) {
                Cow::Owned(_) if !is_in_string() && Value::from_json(text).is_ok() => text.into(),
                escaped => escaped,
            },
        }
    }
}

/// Nothing at all.
pub fn none(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// Tells of JSON that grows whether its end is in a string.
#[derive(Default)]
pub struct Strings {
    read: usize,
    is_inside: bool,
    is_after_backslash: bool,
}

impl Strings {
    /// Whether the end of `json` is in a string. Each call must be for what the one before was for, or
    /// more.
    pub fn is_inside(&mut self, json: &str) -> bool {
        for byte in json.as_bytes().get(self.read..).unwrap_or_default() {
            let is_escaped = std::mem::take(&mut self.is_after_backslash);
            match byte {
                b'"' if !is_escaped => self.is_inside = !self.is_inside,
                b'\\' => self.is_after_backslash = self.is_inside && !is_escaped,
                _ => {}
            }
        }
        self.read = json.len();
        self.is_inside
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
