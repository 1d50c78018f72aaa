//! Variables that a host holds: it writes the JSON of a whole itself, and its members may be nothing,
//! or nothing any more.

#![allow(clippy::unwrap_used)]
use std::rc::Rc;

use super::source::SEPARATOR;
use super::{Read, Source, Variables};
use crate::schema::Value;
use crate::template::{Renderer, TemplateError, tests::Log};

/// A list or an object of the host's.
#[derive(Debug)]
struct Held(Value);

fn read(value: &Value) -> Read {
    match value {
        Value::Array(_) => Read::List(Rc::new(Held(value.clone()))),
        Value::Object(_) => Read::Object(Rc::new(Held(value.clone()))),
        other => other.clone().into(),
    }
}

impl Held {
    fn members(&self) -> &[(String, Value)] {
        match &self.0 {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    fn items(&self) -> &[Value] {
        match &self.0 {
            Value::Array(items) => items,
            _ => &[],
        }
    }
}

impl Source for Held {
    fn keys(&self) -> Result<Vec<Rc<str>>, TemplateError> {
        let there = self.members().iter().filter(|(_, value)| !matches!(value, Value::Undefined));
        Ok(there.map(|(key, _)| key.as_str().into()).collect())
    }

    fn keys_if_dotted(&self) -> Result<Option<String>, TemplateError> {
        let keys: Vec<&str> = self.members().iter().map(|(key, _)| key.as_str()).collect();
        let is_dotted = keys.iter().any(|key| key.contains('.'));
        Ok(is_dotted.then(|| keys.join(&SEPARATOR.to_string())))
    }

    fn member(&self, key: &str) -> Result<Read, TemplateError> {
        Ok(self.0.member(key).map_or(Read::Nothing, read))
    }

    fn length(&self) -> Result<usize, TemplateError> {
        Ok(self.items().len())
    }

    fn item(&self, index: usize) -> Result<Read, TemplateError> {
        Ok(self.items().get(index).map_or(Read::Nothing, read))
    }

    fn json(&self) -> Result<Option<String>, TemplateError> {
        Ok(Some(self.0.to_json()))
    }
}

fn render_read(template: &str, variables: Read) -> String {
    let variables = Variables::new(variables);
    Renderer::new(variables, Rc::default(), Rc::<Log>::default()).text("", 1, template)
}

#[track_caller]
fn assert_renders(variables: &str, template: &str, expected: &str) {
    let variables = Value::from_json(variables).unwrap();
    assert_eq!(render_read(template, read(&variables)), expected);
    // As what is in memory does.
    assert_eq!(render_read(template, variables.into()), expected);
}

#[test]
fn a_whole_is_written_as_the_host_has_it() {
    let variables = r#"{"o":{"b":[1,"x"],"a":{"c":null}},"l":[{"a":"\\"},2]}"#;
    assert_renders(variables, "{{o}}", r#"{"b":[1,"x"],"a":{"c":null}}"#);
    assert_renders(variables, "{{l}}|{{l.asJSON}}", r#"{"a":"\\"},2|[{"a":"\\"},2]"#);
}

#[test]
fn the_dotted_keys_in_a_whole_are_expanded() {
    let variables = r#"{"o":{"l":[1,{"a.b":2}]},"x.y":{"z":1},"x":{"t":"u"}}"#;
    assert_renders(variables, "{{o}}", r#"{"l":[1,{"a.b":2,"a":{"b":2}}]}"#);
    assert_renders(variables, "{{x}}", r#"{"t":"u","y":{"z":1}}"#);
}

#[test]
fn a_text_that_looks_like_a_dotted_key_is_none() {
    for whole in
        [r#"{"t":"\"x.y\":\\"}"#, r#"{"t":"x.y","u":[".",":"]}"#, r#"{"t\"":"\\\"","u":"a.b"}"#]
    {
        assert_renders(&format!(r#"{{"o":{whole}}}"#), "{{o}}", whole);
    }
}

#[test]
fn a_member_that_is_nothing_is_none() {
    let variables = Value::Object(vec![
        (
            "a".into(),
            Value::Object(vec![("x".into(), Value::Number(1.0)), ("y".into(), Value::Undefined)]),
        ),
        ("a.b".into(), Value::Undefined),
        ("f".into(), Value::Other("function")),
        ("l".into(), Value::Array(vec![Value::Undefined, Value::Number(2.0)])),
    ]);
    for variables in [read(&variables), variables.clone().into()] {
        let template = "{{a}}|{{a.b}}|{{a.y}}|{{f}}|{{#l}}[{{.}}]{{/l}}{{l.asJSON}}";
        assert_eq!(render_read(template, variables), r#"{"x":1}||||[][2][null,2]"#);
    }
}

#[test]
fn what_is_no_object_holds_no_variables() {
    for variables in
        [Read::Nothing, Read::Null, Read::Text("x".into()), read(&Value::Array(vec![]))]
    {
        assert_eq!(render_read("{{a}}{{length}}|{{.}}", variables), "|{}");
    }
}
