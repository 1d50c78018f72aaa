//! `additional_fields`: columns of the instance's own that a user adds to an incident.

use serde::Serialize;

use crate::schema::{ObjectReader, Problem, Value};

/// How many there may be.
pub(super) const MAX_FIELDS: usize = 20;

/// What has a place of its own in the incident.
const RESERVED: [&str; 8] = [
    "short_description",
    "description",
    "externalId",
    "category",
    "subcategory",
    "correlation_id",
    "correlation_display",
    "additional_fields",
];

/// It decides which incident is written, which is not for a field to say.
const INCIDENT_CHOICE: &str = "elastic_incident_id";

/// It is no name for a member in JavaScript, where params spend a part of their way.
const NO_NAME: &str = "__proto__";

/// Names and values, in the order in which they were given (servicenow-itsm.md 2.5).
#[derive(Clone, Debug, PartialEq)]
pub struct AdditionalFields(Vec<(String, Value)>);

impl AdditionalFields {
    /// The fields, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Takes them out: an object, a text that holds one as JSON, or `null`.
    pub(super) fn read(incident: &mut ObjectReader<'_>) -> Option<Self> {
        const KEY: &str = "additional_fields";
        let path = incident.path_of(KEY).or_null();
        let mut fields = incident.nullable_record(KEY)?;
        // JSON has no other word for what is undefined than to leave it out.
        fields.retain(|(_, value)| !matches!(value, Value::Undefined));
        for (key, value) in &fields {
            if let Some(name) = value.foreign() {
                let text =
                    format!("A value in additional_fields must be JSON, and a {name} is not.");
                incident.invalid().add(path.name(key), Problem::Rule(text));
            }
            if !is_allowed(key) {
                let text = format!(
                    "The following properties cannot be defined inside additional_fields: {key}."
                );
                incident.invalid().add(path.name(key), Problem::Rule(text));
            }
        }
        if fields.len() > MAX_FIELDS {
            let text = format!(
                "A maximum of {MAX_FIELDS} fields in additional_fields can be defined at a time."
            );
            incident.invalid().add(path, Problem::Rule(text));
        }
        Some(Self(fields))
    }
}

/// Whether a field may have this name.
pub(super) fn is_allowed(key: &str) -> bool {
    !RESERVED.contains(&key) && key != INCIDENT_CHOICE && key != NO_NAME
}

impl Serialize for AdditionalFields {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::params::Params;
    use crate::schema::Dialect;

    fn parse(additional_fields: &str) -> Result<String, String> {
        let params = format!(
            r#"{{"subAction":"pushToService","subActionParams":{{"incident":{{
                "short_description":"a","additional_fields":{additional_fields}}}}}}}"#
        );
        match Params::parse(Value::from_json(&params).unwrap(), Dialect::Zod4) {
            Ok(Params::PushToService(push)) => {
                Ok(serde_json::to_string(&push.incident.additional_fields).unwrap())
            }
            Ok(other) => Err(format!("{other:?}")),
            Err(invalid) => Err(invalid.to_string()),
        }
    }

    const AT: &str = "\n  → at subActionParams.incident.additional_fields";

    #[test]
    fn an_object_and_its_json_text_are_the_same() {
        let fields = r#"{"u_b":"x","u_a":1,"severity":null}"#;
        assert_eq!(parse(fields), Ok(fields.to_owned()));
        assert_eq!(parse(&Value::from(fields).to_json()), Ok(fields.to_owned()));
        assert_eq!(parse("null"), Ok("null".into()));
        assert_eq!(parse(r#""null""#), Ok("null".into()));
    }

    #[test]
    fn anything_else_is_refused() {
        assert_eq!(
            parse(r#""[1]""#),
            Err(format!("✖ Invalid input: expected record, received array{AT}"))
        );
        assert_eq!(
            parse("5"),
            Err(format!("✖ Invalid input: expected record, received number{AT}"))
        );
        assert_eq!(parse(r#""""#), Err(format!("✖ Unexpected end of JSON input{AT}")));
        assert!(parse(r#""{no""#).unwrap_err().ends_with(AT));
        let deep = format!(r#"{{"u_a":{}{}}}"#, "[".repeat(95), "]".repeat(95));
        assert!(parse(&Value::from(deep.as_str()).to_json()).unwrap_err().contains("levels deep"));
    }

    #[test]
    fn a_host_that_parses_json_itself_has_the_word_on_what_is_none() {
        let told = |fields: &str, dialect| {
            let params = format!(
                r#"{{"subAction":"pushToService","subActionParams":{{"incident":{{
                    "short_description":"a","additional_fields":{fields}}}}}}}"#
            );
            let invalid = Params::parse(Value::from_json(&params).unwrap(), dialect).unwrap_err();
            let host = |text: &str| (text == "{no").then(|| "the host's word".to_owned());
            invalid.with_json_messages(host).to_string()
        };
        assert_eq!(told(r#""{no""#, Dialect::Zod4), format!("✖ the host's word{AT}"));
        // It may take for JSON what is none here.
        assert!(told(r#""{yes""#, Dialect::Zod4).starts_with("✖ Invalid JSON: "));
        assert!(!told(r#""{no""#, Dialect::ConfigSchema).contains("word"));
    }

    #[test]
    fn what_is_no_json_is_refused_and_what_is_undefined_left_out() {
        let read = |value: Value| {
            let fields = Value::Object(vec![("u_a".into(), value), ("u_b".into(), Value::Null)]);
            let incident = Value::Object(vec![
                ("short_description".into(), "a".into()),
                ("additional_fields".into(), fields),
            ]);
            let params = Value::Object(vec![("incident".into(), incident)]);
            let params = Value::Object(vec![
                ("subAction".into(), "pushToService".into()),
                ("subActionParams".into(), params),
            ]);
            match Params::parse(params, Dialect::Zod4).map_err(|invalid| invalid.to_string())? {
                Params::PushToService(push) => {
                    Ok(serde_json::to_string(&push.incident.additional_fields).unwrap())
                }
                other => Err(format!("{other:?}")),
            }
        };
        assert_eq!(read(Value::Undefined), Ok(r#"{"u_b":null}"#.to_owned()));
        let text = "✖ A value in additional_fields must be JSON, and a Date is not.";
        let list = Value::Array(vec![Value::Other("Date")]);
        for value in [Value::Other("Date"), list] {
            assert_eq!(read(value), Err(format!("{text}{AT}.u_a")));
        }
    }

    #[test]
    fn no_more_than_twenty() {
        let fields = |count: usize| {
            Value::Object((0..count).map(|n| (format!("u_{n}"), Value::Null)).collect()).to_json()
        };
        assert!(parse(&fields(20)).is_ok());
        assert_eq!(
            parse(&fields(21)),
            Err(format!(
                "✖ A maximum of 20 fields in additional_fields can be defined at a time.{AT}"
            ))
        );
    }

    #[test]
    fn what_has_a_place_of_its_own_or_chooses_the_incident_is_refused() {
        for key in RESERVED.into_iter().chain([INCIDENT_CHOICE, NO_NAME]) {
            assert_eq!(
                parse(&format!(r#"{{"{key}":"x"}}"#)),
                Err(format!(
                    "✖ The following properties cannot be defined inside additional_fields: \
                     {key}.{AT}.{key}"
                ))
            );
        }
    }
}
