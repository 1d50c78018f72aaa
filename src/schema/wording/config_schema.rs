//! `@kbn/config-schema`, up to 9.2: the first problem alone, and of a union what each of its
//! alternatives says to the value (format A).

use super::{name, older_name, part};
use crate::schema::{Expected, Invalid, Issue, Problem, Segment, Union};

/// The text.
pub fn text(invalid: &Invalid) -> String {
    invalid.issues().first().map(|issue| first(invalid.union(), issue)).unwrap_or_default()
}

fn first(union: Option<&Union>, issue: &Issue) -> String {
    match union {
        // A union is the one thing that has to be there as such.
        Some(_) if issue.path.segments().is_empty() && issue.problem == ABSENT => {
            "expected at least one defined value but got [undefined]".to_owned()
        }
        Some(union) => of_union(union, issue),
        None => Fault::of(issue).lines("- ").join("\n"),
    }
}

const ABSENT: Problem = Problem::Type { expected: Expected::Object, received: "undefined" };

const NONE_FITS: &str = "types that failed validation:";

/// What each alternative says: the one that is meant, what is wrong; the others, that they are not
/// meant; all, where nothing can be meant.
fn of_union(union: &Union, issue: &Issue) -> String {
    let mut lines = vec![NONE_FITS.to_owned()];
    let whole = issue.path.segments().is_empty();
    for (place, name) in union.names.iter().enumerate() {
        let concerned = union.chosen.map_or(whole, |chosen| chosen == place);
        let mut fault = if concerned {
            Fault::of(issue)
        } else {
            Fault::new(vec![union.key.to_owned()], not_equal(name))
        };
        fault.path.insert(0, place.to_string());
        let mut of_alternative = fault.lines(" - ").into_iter();
        lines.extend(of_alternative.next().map(|line| format!("- {line}")));
        lines.extend(of_alternative);
    }
    lines.join("\n")
}

/// A problem, with those of the alternatives that it consists of.
struct Fault {
    path: Vec<String>,
    text: String,
    alternatives: Vec<Fault>,
}

impl Fault {
    fn new(path: Vec<String>, text: String) -> Self {
        Self { path, text, alternatives: Vec::new() }
    }

    fn of(Issue { path, problem }: &Issue) -> Self {
        let mut parts: Vec<String> = path.segments().iter().map(name_or_part).collect();
        let text = message(problem, path.is_item());
        if let Problem::UnrecognizedKeys(keys) = problem {
            parts.extend(keys.first().cloned());
        }
        let Some(length) = path.nullable() else {
            return Self::new(parts, text);
        };
        // What may be null is a union with null.
        let union: Vec<String> = parts.iter().take(length).cloned().collect();
        let alternative = |place: &str| [union.as_slice(), &[place.to_owned()]].concat();
        let value = alternative("0").into_iter().chain(parts.into_iter().skip(length)).collect();
        let alternatives =
            vec![Self::new(value, text), Self::new(alternative("1"), not_equal("null"))];
        Self { path: union, text: NONE_FITS.to_owned(), alternatives }
    }

    fn lines(&self, bullet: &str) -> Vec<String> {
        let place = if self.path.is_empty() {
            String::new()
        } else {
            format!("[{}]: ", self.path.join("."))
        };
        let mut lines = vec![format!("{place}{}", self.text)];
        for alternative in &self.alternatives {
            lines.extend(alternative.lines("").into_iter().map(|line| format!("{bullet}{line}")));
        }
        lines
    }
}

fn not_equal(expected: &str) -> String {
    format!("expected value to equal [{expected}]")
}

/// A name at fault is told from a value at fault.
fn name_or_part(segment: &Segment) -> String {
    match segment {
        Segment::Name(key) => format!("key(\"{key}\")"),
        other => part(other),
    }
}

fn message(problem: &Problem, is_item: bool) -> String {
    match problem {
        Problem::Type { received: "undefined", .. } if is_item => {
            "sparse array are not allowed".to_owned()
        }
        Problem::Type { expected: Expected::Object, received } => {
            format!("expected a plain object value, but found [{}] instead.", type_name(received))
        }
        Problem::Type { expected, received } => {
            let (expected, received) = (older_name(*expected), type_name(received));
            format!("expected value of type [{expected}] but got [{received}]")
        }
        Problem::NotJson { expected, .. } => {
            format!("could not parse {} value from json input", name(*expected))
        }
        Problem::UnrecognizedKeys(_) => "definition for this key is missing".to_owned(),
        Problem::NoAlternative => NONE_FITS.to_owned(),
        Problem::Rule(text) => text.clone(),
    }
}

/// What this library calls a type.
fn type_name(received: &str) -> &str {
    match received {
        "array" => "Array",
        "object" => "Object",
        "NaN" => "number",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::connector::Config;
    use crate::params::Params;
    use crate::schema::{Dialect, Value};

    fn config(json: &str) -> String {
        Config::parse(Value::from_json(json).unwrap(), Dialect::ConfigSchema)
            .unwrap_err()
            .to_string()
    }

    fn params(json: &str) -> String {
        Params::parse(Value::from_json(json).unwrap(), Dialect::ConfigSchema)
            .unwrap_err()
            .to_string()
    }

    /// What the alternatives say, of which one is meant.
    fn alternatives(meant: usize, text: &str) -> String {
        let not_meant = [
            "[0.subAction]: expected value to equal [getFields]",
            "[1.subAction]: expected value to equal [getIncident]",
            "[2.subAction]: expected value to equal [handshake]",
            "[3.subAction]: expected value to equal [pushToService]",
            "[4.subAction]: expected value to equal [getChoices]",
            "[5.subAction]: expected value to equal [closeIncident]",
        ];
        (0_usize..).zip(not_meant).fold(
            "types that failed validation:".to_owned(),
            |all, (place, line)| {
                let line = if place == meant { text } else { line };
                format!("{all}\n- {line}")
            },
        )
    }

    /// `pushToService` with these members of `subActionParams`.
    fn push(members: &str) -> String {
        params(&format!(r#"{{"subAction":"pushToService","subActionParams":{{{members}}}}}"#))
    }

    /// `pushToService` with this member of `incident`.
    fn push_incident(member: &str) -> String {
        push(&format!(r#""incident":{{"short_description":"a",{member}}}"#))
    }

    #[test]
    fn only_the_first_problem_is_reported() {
        let api_url = |received: &str| {
            format!("[apiUrl]: expected value of type [string] but got [{received}]")
        };
        assert_eq!(config("{}"), api_url("undefined"));
        assert_eq!(config(r#"{"foo":1}"#), api_url("undefined"));
        assert_eq!(config(r#"{"isOAuth":1,"apiUrl":5}"#), api_url("number"));
        assert_eq!(config(r#"{"apiUrl":null}"#), api_url("null"));
        assert_eq!(config(r#"{"apiUrl":[]}"#), api_url("Array"));
        assert_eq!(config(r#"{"apiUrl":{}}"#), api_url("Object"));
        assert_eq!(
            config(r#"{"bar":1,"apiUrl":"a","foo":2}"#),
            "[bar]: definition for this key is missing"
        );
        assert_eq!(
            config(r#"{"apiUrl":"a","isOAuth":"yes"}"#),
            "[isOAuth]: expected value of type [boolean] but got [string]"
        );
    }

    #[test]
    fn the_whole_has_no_path() {
        assert_eq!(config("[]"), "expected a plain object value, but found [Array] instead.");
        assert_eq!(config(r#""[]""#), "expected a plain object value, but found [Array] instead.");
        assert_eq!(config("null"), "expected a plain object value, but found [null] instead.");
        assert_eq!(config(r#""no""#), "could not parse object value from json input");
        let deep = format!("\"{}{}\"", "[".repeat(95), "]".repeat(95));
        assert_eq!(config(&deep), "Nested more than 90 levels deep");
        let invalid = Config::parse(Value::Other("Date"), Dialect::ConfigSchema).unwrap_err();
        assert_eq!(invalid.to_string(), "expected a plain object value, but found [Date] instead.");
    }

    #[test]
    fn what_may_be_null_says_so() {
        assert_eq!(
            config(r#"{"apiUrl":"a","clientId":5}"#),
            "[clientId]: types that failed validation:\n\
             - [clientId.0]: expected value of type [string] but got [number]\n\
             - [clientId.1]: expected value to equal [null]"
        );
    }

    #[test]
    fn each_sub_action_says_why_it_is_not_meant() {
        let none = alternatives(usize::MAX, "");
        for json in ["{}", r#"{"subAction":"nope","other":1}"#, r#"{"subAction":["getFields"]}"#] {
            assert_eq!(params(json), none);
        }
        let whole = "expected a plain object value, but found [number] instead.";
        let lines: Vec<String> = (0..6).map(|place| format!("\n- [{place}]: {whole}")).collect();
        assert_eq!(params("5"), format!("types that failed validation:{}", lines.concat()));
        assert_eq!(
            Params::parse(Value::Undefined, Dialect::ConfigSchema).unwrap_err().to_string(),
            "expected at least one defined value but got [undefined]"
        );
    }

    #[test]
    fn the_sub_action_that_is_meant_says_what_is_wrong() {
        let short_description = "[3.subActionParams.incident.short_description]: expected value of \
                                 type [string] but got [undefined]";
        for json in [
            r#"{"subAction":"pushToService"}"#,
            r#"{"subAction":"pushToService","subActionParams":{"savedObjectId":"a"}}"#,
        ] {
            assert_eq!(params(json), alternatives(3, short_description));
        }
        assert_eq!(
            push_incident(r#""foo":1"#),
            alternatives(3, "[3.subActionParams.incident.foo]: definition for this key is missing")
        );
        for (json, place, text) in [
            (
                r#"{"subAction":"handshake","foo":1}"#,
                2,
                "[2.foo]: definition for this key is missing",
            ),
            (
                r#"{"subAction":"getFields","subActionParams":{"foo":1}}"#,
                0,
                "[0.subActionParams.foo]: definition for this key is missing",
            ),
            (
                r#"{"subAction":"getChoices","subActionParams":{"fields":5}}"#,
                4,
                "[4.subActionParams.fields]: expected value of type [array] but got [number]",
            ),
            (
                r#"{"subAction":"getChoices","subActionParams":{"fields":"x"}}"#,
                4,
                "[4.subActionParams.fields]: could not parse array value from json input",
            ),
            (
                r#"{"subAction":"getChoices","subActionParams":{"fields":["a",1]}}"#,
                4,
                "[4.subActionParams.fields.1]: expected value of type [string] but got [number]",
            ),
            (
                r#"{"subAction":"closeIncident","subActionParams":{"incident":{},"comments":[]}}"#,
                5,
                "[5.subActionParams.comments]: definition for this key is missing",
            ),
        ] {
            assert_eq!(params(json), alternatives(place, text));
        }
    }

    #[test]
    fn a_list_without_gaps_is_wanted() {
        let comments = Value::Array(vec![Value::Undefined]);
        let incident = Value::Object(vec![("short_description".into(), "a".into())]);
        let inner = vec![("incident".into(), incident), ("comments".into(), comments)];
        let params = vec![
            ("subAction".into(), "pushToService".into()),
            ("subActionParams".into(), Value::Object(inner)),
        ];
        let invalid = Params::parse(Value::Object(params), Dialect::ConfigSchema).unwrap_err();
        assert!(
            invalid
                .to_string()
                .contains("- [subActionParams.comments.0.0]: sparse array are not allowed\n")
        );
    }

    #[test]
    fn a_union_in_a_union_is_indented() {
        assert_eq!(
            push(r#""incident":{"short_description":"a"},"comments":[{"comment":"x"}]"#),
            alternatives(
                3,
                "[3.subActionParams.comments]: types that failed validation:\n \
                 - [subActionParams.comments.0.0.commentId]: expected value of type [string] but \
                 got [undefined]\n \
                 - [subActionParams.comments.1]: expected value to equal [null]"
            )
        );
        assert_eq!(
            push_incident(r#""urgency":1"#),
            alternatives(
                3,
                "[3.subActionParams.incident.urgency]: types that failed validation:\n \
                 - [subActionParams.incident.urgency.0]: expected value of type [string] but got \
                 [number]\n \
                 - [subActionParams.incident.urgency.1]: expected value to equal [null]"
            )
        );
    }

    #[test]
    fn additional_fields_are_a_record_or_null() {
        let many: Vec<String> = (0..21).map(|n| format!(r#""u_{n}":1"#)).collect();
        let many = format!("{{{}}}", many.join(","));
        for (fields, text) in [
            ("5", "[#.0]: expected value of type [object] but got [number]"),
            (r#""[1]""#, "[#.0]: expected value of type [object] but got [Array]"),
            (r#""{no""#, "[#.0]: could not parse record value from json input"),
            (r#""""#, "[#.0]: could not parse record value from json input"),
            (
                many.as_str(),
                "[#.0]: A maximum of 20 fields in additional_fields can be defined at a time.",
            ),
            (
                r#"{"u_a":1,"category":2,"externalId":3}"#,
                "[#.0.key(\"category\")]: The following properties cannot be defined inside \
                 additional_fields: category.",
            ),
        ] {
            let path = "subActionParams.incident.additional_fields";
            assert_eq!(
                push_incident(&format!(r#""additional_fields":{fields}"#)),
                alternatives(
                    3,
                    &format!(
                        "[3.{path}]: types that failed validation:\n - {}\n - [{path}.1]: expected \
                         value to equal [null]",
                        text.replace('#', path)
                    )
                )
            );
        }
    }
}
