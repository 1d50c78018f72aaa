//! The value of a column, in whichever form an answer holds it.

use crate::schema::Value;

/// A column's value as text. A reference is an object that holds it, and so is every column where
/// somebody asked for display values (servicenow-instance.md 2.3). `None` where there is none.
pub fn text(record: &Value, column: &str) -> Option<String> {
    plain(record.member(column)?)
}

/// What people are shown of a column, where somebody asked for display values, and its value elsewhere.
/// `None` where there is none.
pub fn shown(record: &Value, column: &str) -> Option<String> {
    let column = record.member(column)?;
    plain(column.member("display_value").unwrap_or(column))
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_json()),
        Value::Object(_) => match value.member("value") {
            Some(Value::Object(_)) | None => None,
            Some(inner) => plain(inner),
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_in_every_form() {
        let json =
            r#"{"a":"x","b":7,"c":{"value":"y","display_value":"Y"},"d":null,"e":[],"f":{}}"#;
        let record = Value::from_json(json).unwrap();
        let read = ["a", "b", "c", "d", "e", "f", "g"].map(|column| text(&record, column));
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(read, [some("x"), some("7"), some("y"), None, None, None, None]);
        assert_eq!(
            ["a", "c", "g"].map(|column| shown(&record, column)),
            [some("x"), some("Y"), None]
        );
    }
}
