//! A template renders as Kibana's rules on Kibana's libraries have it, and no variable breaks the
//! JSON that it stands in.
//!
//! An input is a template, a line with `%` alone, and the JSON of the variables. Without variables
//! that can be read it has some of a rule's.

use proptest::prelude::*;
use servicenow_itsm_connector::schema::Value;

use crate::grammar::{Texts, around, joined, numbers, one_of, some, words};
use crate::rendered::{compare, render};
use crate::{Rule, eval_math, format_date, hjson, text};

/// See the module.
pub const RULE: Rule = Rule { name: "template", check, inputs, pieces, needs_oracle: true };

const BETWEEN: &str = "\n%\n";

const VARIABLES: &str = r#"{"a":1,"b":"x","c":{"a":2,"b":[1,"two",null,true,{"x":"y"}]},"list":[1,2,3],
"name":"Zo\u00eb <b> \"q\"","empty":"","none":null,"no":false,"zero":0,"deep":{"a":{"b":{"c":"d"}}},
"kibana.alert.status":"active","kibana.alert.duration.us":120000000,"kibana":{"space":"ops"},
"rule":{"id":"r-1","name":"Disk","tags":["db","prod"],"params":{"threshold":[90]}},
"context":{"value":91.25,"hits":[{"_source":{"host.name":"db-07"}},{"_source":{"host.name":"db-08"}}]},
"date":"2026-03-01T08:00:02.123Z","text":"{{a}} }} {{","obj":{"k":[1,"x"]},"nested":[[1,2],[3]]}"#;

fn check(input: &[u8]) {
    let input = text(input);
    let (template, given) = input.split_once(BETWEEN).unwrap_or((&input, ""));
    let variables = Value::from_json(given).ok().filter(|value| matches!(value, Value::Object(_)));
    let variables = variables.unwrap_or_else(|| Value::from_json(VARIABLES).expect("it is JSON"));
    if passes(template, &variables) > MOST_PASSES {
        return;
    }
    let rendered = render(template, &variables);
    compare(template, &variables, &rendered);
    stays_json(&variables);
}

/// How often a part of a template may be rendered: what takes seconds would be all that is tried.
const MOST_PASSES: f64 = 50_000.0;

/// How often the innermost part of a template may be rendered at most: the longest list's length for
/// each section around it.
fn passes(template: &str, variables: &Value) -> f64 {
    let (mut depth, mut deepest) = (0_u32, 0_u32);
    for (place, sigil) in template.match_indices(['#', '^', '/']) {
        // With other delimiters an end may be overlooked: rather too many than too few.
        let ends = template[..place].trim_end().ends_with("{{");
        depth = match sigil {
            "/" => depth.saturating_sub(u32::from(ends)),
            _ => depth + 1,
        };
        deepest = deepest.max(depth);
    }
    f64::from(longest_list(variables).max(1)).powf(f64::from(deepest))
}

fn longest_list(value: &Value) -> u32 {
    match value {
        Value::Array(items) => {
            let own = u32::try_from(items.len()).unwrap_or(u32::MAX);
            items.iter().map(longest_list).max().unwrap_or(0).max(own)
        }
        Value::Object(members) => {
            members.iter().map(|(_, value)| longest_list(value)).max().unwrap_or(0)
        }
        _ => 0,
    }
}

/// Whatever a variable holds, a JSON text that it stands in as a text is one after rendering.
fn stays_json(variables: &Value) {
    let Value::Object(members) = variables else { return };
    for (key, _) in members {
        let rendered = render(&format!("{{\"k\":\"{{{{{key}}}}}\"}}"), variables);
        // What is wrong with it stands in its place (templates.md 2.1).
        let is_plain = !rendered.json.starts_with("error rendering mustache template")
            && !key.contains(['{', '}', '=', '\\', '"'])
            && !key.chars().any(char::is_control);
        assert!(
            !is_plain || serde_json::from_str::<serde_json::Value>(&rendered.json).is_ok(),
            "no JSON any more: {} {}",
            rendered.json,
            variables.to_json()
        );
    }
}

fn inputs() -> Texts {
    let template = some(part(3), 5, "");
    let whole = joined([template.clone(), around(BETWEEN, variables(), "")]);
    prop_oneof![2 => whole, 1 => template].boxed()
}

fn pieces() -> Texts {
    prop_oneof![4 => part(1), 1 => name(), 1 => one_of(STRANGERS), 1 => value(1)].boxed()
}

fn part(depth: u32) -> Texts {
    let leaf = prop_oneof![
        3 => one_of(LITERALS),
        4 => around("{{", name(), "}}"),
        1 => around("{{{", name(), "}}}"),
        1 => around("{{&", name(), "}}"),
        1 => one_of(&["{{! c }}", "{{>p}}", "{{=<% %>=}}", "<%a%>", "<%={{ }}=%>", "\n",
        "\r\n", "  "]),
        1 => one_of(STRANGERS),
        1 => words(),
    ]
    .boxed();
    if depth == 0 {
        return leaf;
    }
    let body = some(part(depth - 1), 3, "");
    let section = (one_of(&["#", "#", "^"]), name(), body, one_of(&["", "", "\n", " \n"]))
        .prop_map(|(sigil, name, body, end)| {
            format!("{{{{{sigil}{name}}}}}{end}{body}{{{{/{name}}}}}{end}")
        });
    prop_oneof![4 => leaf, 3 => section, 1 => lambda()].boxed()
}

fn lambda() -> Texts {
    prop_oneof![
        around("{{#EvalMath}}", (eval_math::RULE.pieces)(), "{{/EvalMath}}"),
        around("{{#ParseHjson}}", (hjson::RULE.pieces)(), "{{/ParseHjson}}"),
        around("{{#FormatDate}}", (format_date::RULE.inputs)(), "{{/FormatDate}}"),
        around("{{#FormatNumber}}", joined([numbers(), one_of(FORMATS)]), "{{/FormatNumber}}"),
        around("{{#EncodeURI}}", part(0), "{{/EncodeURI}}"),
        around("{{#EncodeURIComponent}}", part(0), "{{/EncodeURIComponent}}"),
    ]
    .boxed()
}

fn name() -> Texts {
    let known = one_of(NAMES);
    prop_oneof![8 => known.clone(), 1 => joined([known.clone(), around(".", known, "")]), 1 => words()]
        .boxed()
}

fn variables() -> Texts {
    some(joined([json_text(key()), one_of(&[":"]), value(3)]), 6, ",")
        .prop_map(|members| format!("{{{members}}}"))
        .boxed()
}

fn value(depth: u32) -> Texts {
    let leaf =
        prop_oneof![json_text(words()), numbers(), one_of(&["true", "false", "null"])].boxed();
    if depth == 0 {
        return leaf;
    }
    let member = joined([json_text(key()), one_of(&[":"]), value(depth - 1)]);
    prop_oneof![
        2 => leaf,
        1 => around("{", some(member, 4, ","), "}"),
        1 => around("[", some(value(depth - 1), 4, ","), "]"),
    ]
    .boxed()
}

fn key() -> Texts {
    let known = one_of(NAMES);
    prop_oneof![4 => known.clone(), 2 => joined([known.clone(), around(".", known, "")]), 1 => words()]
        .boxed()
}

fn json_text(texts: Texts) -> Texts {
    texts.prop_map(|text| serde_json::Value::from(text).to_string()).boxed()
}

const NAMES: &[&str] = &[
    "a",
    "b",
    "c",
    "a.b",
    "c.a",
    "c.b",
    "list",
    "name",
    "empty",
    "none",
    "no",
    "zero",
    "deep",
    "deep.a",
    "kibana.alert.status",
    "kibana",
    "alert",
    "rule",
    "rule.name",
    "rule.tags",
    "context",
    "context.hits",
    "_source",
    "host.name",
    "date",
    "text",
    "obj",
    "nested",
    ".",
    "x",
    "0",
    "1",
    "length",
    "list.0",
    "list.length",
    "asJSON",
    "list.asJSON",
    "",
    " ",
    "a b",
    "@timestamp",
    "EvalMath",
    "ParseHjson",
    "nope",
];

const LITERALS: &[&str] = &[
    "x",
    "Disk ",
    "is full. ",
    ": ",
    "|",
    "\"",
    "\\",
    "'",
    "<",
    "&",
    "{",
    "}",
    "}}",
    " {",
    "é",
    "\u{1f600}",
    "\u{2028}",
    "=",
    "/",
    "#",
    "\u{85}",
    "\u{200b}",
    "\0",
    "$",
    "[",
];

const STRANGERS: &[&str] = &[
    "{{",
    "}}",
    "{",
    "}",
    "{{/",
    "{{/a}}",
    "{{#a}}",
    "{{^",
    "{{{",
    "}}}",
    "{{=",
    "=}}",
    "{{!",
    "{{= =}}",
    "{{=x=}}",
    "{{=| |=}}",
    "{{&a",
    "{{{a}}",
    "{{a}",
    BETWEEN,
];

const FORMATS: &[&str] = &[
    ";;",
    ";en-US;",
    "; de-DE ; style: currency, currency: EUR",
    ";xx;",
    ";;style: percent",
    ";;foo",
    ";;minimumFractionDigits: 2",
    ";de-DE,fr-FR;notation: compact",
    ";;maximumFractionDigits: 101",
    ";;useGrouping: false",
    "",
    ";en_US;",
    ";;style: unit, unit: megabyte",
    ";;signDisplay: always",
];
