//! How interpolated values are made fit for the text around them (templates.md 2.4).

use std::borrow::Cow;

/// What is done to the text of a value before it is written.
pub type Escape = fn(&str) -> Cow<'_, str>;

/// Nothing at all.
pub fn none(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// What the inside of a JSON string needs.
pub fn json(text: &str) -> Cow<'_, str> {
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
