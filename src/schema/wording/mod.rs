//! What a host shows of a value that was refused, in the words of its generation
//! (kibana-host.md 2.2, 2.3): runbooks and tests search for them.
//!
//! One file a schema library, each a function from what was noted to the text.

mod config_schema;
mod zod3;
mod zod4;

pub use config_schema::text as config_schema;
pub use zod3::text as zod3;
pub use zod4::text as zod4;

use super::{Expected, Segment, Value};

/// The parser's own message, for want of a better one: a text that ends too soon is reported in
/// JavaScript's words, which the contract quotes.
fn json_message(text: &str) -> String {
    match Value::from_json(text).err().filter(|error| !error.is_eof()) {
        Some(error) => format!("Invalid JSON: {error}"),
        None => "Unexpected end of JSON input".to_owned(),
    }
}

/// A segment as a part of a path whose parts are joined by dots.
fn part(segment: &Segment) -> String {
    match segment {
        Segment::Key(key) | Segment::Name(key) => key.clone(),
        Segment::Index(index) => index.to_string(),
    }
}

/// What zod 4 calls a type that was expected.
fn name(expected: Expected) -> &'static str {
    match expected {
        Expected::String => "string",
        Expected::Boolean => "boolean",
        Expected::Array => "array",
        Expected::Object => "object",
        Expected::Record => "record",
    }
}

/// What the libraries before it call the same.
fn older_name(expected: Expected) -> &'static str {
    match expected {
        Expected::Record => name(Expected::Object),
        other => name(other),
    }
}
