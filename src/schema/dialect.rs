//! Which of Kibana's schema libraries a host's generation has, because saved connectors and runbooks
//! rely on two things of it: what it accepts, and how it words what it refuses (kibana-host.md 0,
//! 2.2, 2.3).
//!
//! | | `ConfigSchema` | `Zod3`, `Zod4` |
//! | --- | --- | --- |
//! | an absent object | is an empty one | is refused |
//! | JSON text for an object or a list, `"true"` and `"false"` in any case | are read | are refused |
//! | an absent `correlation_id` | `null` | the literal default |
//! | members in the params of `getFields` | are refused | are refused by `Zod3` alone |
//!
//! The JSON text of `additional_fields` is read in each, and may hold `null` in each: the one thing
//! that is more lenient here than the oldest hosts' own schema. An absent `correlation_id` is no
//! correlation ID either way, since nobody means the literal default; the difference is only what
//! the host gets back and shows.

use zeroize::Zeroize;

use super::{Expected, MAX_DEPTH, Path, Problem, Value};

/// How deep a JSON text may be nested, so that what comes of it is not too deep where it goes.
const DEEPEST: usize = MAX_DEPTH - 10;

/// A schema library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// `@kbn/config-schema`: up to 9.2.
    ConfigSchema,
    /// zod 3: 9.3.
    Zod3,
    /// zod 4: from 9.4 on.
    #[default]
    Zod4,
}

impl Dialect {
    /// The dialect that goes by this name in JavaScript.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "config-schema" => Some(Self::ConfigSchema),
            "zod3" => Some(Self::Zod3),
            "zod4" => Some(Self::Zod4),
            _ => None,
        }
    }

    /// A value that should be an object, with what stands for one turned into it.
    pub(super) fn object(self, value: Value, path: &Path) -> Result<Value, Problem> {
        match (self, value) {
            (Self::ConfigSchema, Value::Undefined) if !path.is_item() => {
                Ok(Value::Object(Vec::new()))
            }
            (_, value) => self.structure(value, Expected::Object),
        }
    }

    /// A value that should be a list, with what stands for one turned into it.
    pub(super) fn array(self, value: Value) -> Result<Value, Problem> {
        self.structure(value, Expected::Array)
    }

    /// A value that should be `true` or `false`, with what stands for one turned into it.
    pub(super) fn boolean(self, value: Value) -> Value {
        match (self, value) {
            (Self::ConfigSchema, Value::String(text)) if text.eq_ignore_ascii_case("true") => {
                Value::Bool(true)
            }
            (Self::ConfigSchema, Value::String(text)) if text.eq_ignore_ascii_case("false") => {
                Value::Bool(false)
            }
            (_, value) => value,
        }
    }

    fn structure(self, value: Value, expected: Expected) -> Result<Value, Problem> {
        match (self, value) {
            (Self::ConfigSchema, Value::String(mut text)) => {
                let read = json(&text, expected);
                text.zeroize();
                // Of secrets nothing may stay in what is said about them.
                read.map_err(Problem::without_text)
            }
            (_, value) => Ok(value),
        }
    }
}

/// Reads the JSON text of a value that should be of this type.
pub(super) fn json(text: &str, expected: Expected) -> Result<Value, Problem> {
    match Value::from_json(text) {
        Ok(value) if value.depth() <= DEEPEST => Ok(value),
        Ok(_) => Err(Problem::Rule(format!("Nested more than {DEEPEST} levels deep"))),
        Err(_) => Err(Problem::NotJson { expected, text: text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::connector::{Config, Secrets};
    use crate::params::{CloseIncident, DEFAULT_CORRELATION_ID, Params};

    const ALL: [Dialect; 3] = [Dialect::ConfigSchema, Dialect::Zod3, Dialect::Zod4];

    /// The dialects in which these params are read.
    fn readers(json: &str) -> Vec<Dialect> {
        let params = Value::from_json(json).unwrap();
        ALL.into_iter().filter(|dialect| Params::parse(params.clone(), *dialect).is_ok()).collect()
    }

    #[test]
    fn the_oldest_hosts_take_json_texts_for_what_they_hold() {
        let config = r#"{"apiUrl":"a","isOAuth":"True"}"#;
        let config = Config::parse(Value::from(config), Dialect::ConfigSchema).unwrap();
        assert!(config.is_oauth);
        let push = r#"{"subAction":"pushToService","subActionParams":"{\"incident\":
            {\"short_description\":\"a\"},\"comments\":\"[]\"}"}"#;
        let choices = r#"{"subAction":"getChoices","subActionParams":{"fields":"[\"a\"]"}}"#;
        for json in [push, choices] {
            assert_eq!(readers(&json.replace('\n', "")), [Dialect::ConfigSchema]);
        }
    }

    #[test]
    fn the_oldest_hosts_take_an_absent_object_for_an_empty_one() {
        assert!(Secrets::parse(Value::Undefined, Dialect::ConfigSchema).is_ok());
        assert!(Secrets::parse(Value::Undefined, Dialect::Zod3).is_err());
        for sub_action in ["getFields", "handshake", "closeIncident"] {
            let json = format!(r#"{{"subAction":"{sub_action}"}}"#);
            assert_eq!(readers(&json), [Dialect::ConfigSchema]);
        }
    }

    #[test]
    fn an_absent_correlation_id_is_null_on_the_oldest_hosts() {
        let json = r#"{"subAction":"closeIncident","subActionParams":{"incident":{}}}"#;
        for dialect in ALL {
            let correlation_id = match dialect {
                Dialect::ConfigSchema => None,
                _ => Some(DEFAULT_CORRELATION_ID.to_owned()),
            };
            let close = CloseIncident { external_id: None, correlation_id, chosen: None };
            assert_eq!(
                Params::parse(Value::from_json(json).unwrap(), dialect),
                Ok(Params::CloseIncident(close))
            );
        }
    }

    #[test]
    fn the_newest_hosts_take_any_record_for_the_params_of_get_fields() {
        let json = r#"{"subAction":"getFields","subActionParams":{"any":1}}"#;
        assert_eq!(readers(json), [Dialect::Zod4]);
    }

    #[test]
    fn additional_fields_may_be_a_json_text_everywhere() {
        for text in [r#""{\"u_a\":1}""#, r#""null""#, "null"] {
            let json = format!(
                r#"{{"subAction":"pushToService","subActionParams":{{"incident":{{
                    "short_description":"a","additional_fields":{text}}}}}}}"#
            );
            assert_eq!(readers(&json), ALL);
        }
    }

    #[test]
    fn nothing_of_a_secret_is_in_what_is_said_of_it() {
        for text in [r#"{"password":"hunter2""#, r#"["hunter2"]"#, r#""hunter2""#, "hunter2"] {
            let invalid = Secrets::parse(Value::from(text), Dialect::ConfigSchema).unwrap_err();
            assert!(!format!("{invalid} {invalid:?}").contains("hunter2"));
        }
    }
}
