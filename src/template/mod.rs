//! Mustache, as a rule's params are written in it (templates.md).
//!
//! [`render_params`] walks the params and renders every text; `parser` makes a tree of a text,
//! `render` walks it over the variables, `text_form` says how a value reads, `dotted_keys` makes
//! `{{host.name}}` find a key that is spelt `host.name`. What is not here yet: the lambdas.

mod dotted_keys;
mod parser;
mod render;
mod text_form;

use std::borrow::Cow;

use crate::schema::Value;

/// How interpolated values are made fit for the text around them. Numbers are never escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escape {
    /// Not at all.
    None,
    /// For the inside of a JSON string.
    Json,
}

impl Escape {
    fn apply(self, text: Cow<'_, str>) -> Cow<'_, str> {
        match self {
            Self::None => text,
            Self::Json => {
                let quoted = Value::String(text.into_owned()).to_json();
                let inside = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
                Cow::Owned(inside.unwrap_or_default().to_owned())
            }
        }
    }
}

/// The variables of a rule's action, ready to be looked up.
#[derive(Debug)]
pub struct Variables(Value);

impl Variables {
    /// Takes variables as JSON gave them.
    #[must_use]
    pub fn new(mut variables: Value) -> Self {
        dotted_keys::expand(&mut variables);
        Self(variables)
    }
}

/// Renders every text inside params. Keys, numbers and the like stay as they are. The JSON text of
/// `additional_fields` gets values that are escaped for JSON: a quotation mark in an alert's name
/// must not break it.
#[must_use]
pub fn render_params(params: &Value, variables: &Variables) -> Value {
    walk(params, variables, &mut Vec::new())
}

fn walk<'a>(value: &'a Value, variables: &Variables, path: &mut Vec<&'a str>) -> Value {
    match value {
        Value::String(template) => {
            let escape = match path.as_slice() {
                ["subActionParams", "incident", "additional_fields"] => Escape::Json,
                _ => Escape::None,
            };
            Value::String(render_text(template, variables, escape))
        }
        Value::Array(items) => {
            path.push("[]");
            let rendered = items.iter().map(|item| walk(item, variables, path)).collect();
            path.pop();
            Value::Array(rendered)
        }
        Value::Object(members) => {
            let mut rendered = Vec::with_capacity(members.len());
            for (key, member) in members {
                path.push(key);
                rendered.push((key.clone(), walk(member, variables, path)));
                path.pop();
            }
            Value::Object(rendered)
        }
        other => other.clone(),
    }
}

/// Renders one text. What is wrong with it stands in its place (templates.md 2.1).
#[must_use]
pub fn render_text(template: &str, variables: &Variables, escape: Escape) -> String {
    // Most texts of an action hold no variable.
    if !template.contains("{{") {
        return template.to_owned();
    }
    let rendered = parser::parse(template)
        .and_then(|nodes| render::render(&nodes, &variables.0, escape));
    rendered.unwrap_or_else(|error| {
        format!("error rendering mustache template \"{template}\": {error}")
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn value(json: &str) -> Value {
        Value::from_json(json).unwrap()
    }

    fn render(template: &str, variables: &str) -> String {
        render_text(template, &Variables::new(value(variables)), Escape::None)
    }

    /// `template, variables, output`: facts of templates.md 1.7 and 2.5.
    #[test]
    fn templates_give_what_kibana_gives() {
        let cases = value(include_str!("cases.json"));
        let Value::Array(cases) = cases else { panic!("a list of cases") };
        for case in cases {
            let Value::Array(parts) = &case else { panic!("a case is a list") };
            let [Value::String(template), variables, Value::String(output)] = parts.as_slice()
            else {
                panic!("{}", case.to_json())
            };
            let variables = Variables::new(variables.clone());
            assert_eq!(&render_text(template, &variables, Escape::None), output, "{template:?}");
        }
    }

    #[test]
    fn params_are_rendered_text_by_text() {
        let params = value(
            r#"{"subActionParams":{"incident":{"short_description":"{{v}}","n":3,"t":null,
                "additional_fields":"{\"u_a\":\"{{v}}\",\"u_n\":{{n}}}"},"{{v}}":["{{v}}",true]}}"#,
        );
        let variables = Variables::new(value(r#"{"v":"say \"hi\"\n","n":1}"#));
        assert_eq!(
            render_params(&params, &variables),
            value(
                r#"{"subActionParams":{"incident":{"short_description":"say \"hi\"\n","n":3,"t":null,
                    "additional_fields":"{\"u_a\":\"say \\\"hi\\\"\\n\",\"u_n\":1}"},
                    "{{v}}":["say \"hi\"\n",true]}}"#
            )
        );
    }

    #[test]
    fn a_bad_template_is_reported_in_its_place() {
        assert_eq!(
            render("say \"{{v}\"", r#"{"v":1}"#),
            "error rendering mustache template \"say \"{{v}\"\": Unclosed tag at 10"
        );
        assert_eq!(
            render("{{#l}}{{b}}{{/l}}", r#"{"l":[null]}"#),
            "error rendering mustache template \"{{#l}}{{b}}{{/l}}\": \
             Cannot read properties of null (reading 'b')"
        );
    }

    #[test]
    fn no_template_can_exhaust_the_stack() {
        let deep = "{{#a}}".repeat(100_000) + &"{{/a}}".repeat(100_000);
        assert!(render(&deep, r#"{"a":{}}"#).starts_with("error rendering mustache template"));
        let unclosed = "{{#a}}".repeat(100_000);
        assert!(render(&unclosed, "{}").starts_with("error rendering mustache template"));
    }
}
