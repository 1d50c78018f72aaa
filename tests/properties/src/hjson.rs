//! `ParseHjson` reads what hjson reads, and says what hjson says.

use proptest::prelude::*;
use serde_json::json;

use crate::grammar::{Texts, around, joined, numbers, one_of, some, words};
use crate::{Rule, lambda, text};

/// See the module.
pub const RULE: Rule = Rule { name: "hjson", check, inputs, pieces, needs_oracle: true };

fn check(input: &[u8]) {
    lambda::check("ParseHjson", &text(input), &json!({}));
}

fn inputs() -> Texts {
    let whole = prop_oneof![3 => members(value(3)), 1 => value(3), 2 => pieces()];
    some(whole.boxed(), 2, "\n").boxed()
}

fn pieces() -> Texts {
    prop_oneof![value(1), members(value(1)), gap(), quoted(), words(), one_of(STRANGERS)].boxed()
}

fn value(depth: u32) -> Texts {
    let leaf = prop_oneof![bare(), numbers(), quoted(), words()].boxed();
    if depth == 0 {
        return leaf;
    }
    let inner = value(depth - 1);
    let items = joined([gap(), inner.clone(), one_of(&[",", "\n", ",\n", ", ", " "])]);
    prop_oneof![
        3 => leaf,
        1 => around("{", members(inner), "}"),
        1 => around("[", some(items, 4, ""), "]"),
    ]
    .boxed()
}

fn members(value: Texts) -> Texts {
    let colon = one_of(&[":", ": ", " :", "\n:", ":\n"]);
    let end = one_of(&[",", "\n", ",\n", "\n\n", ""]);
    some(joined([gap(), key(), colon, gap(), value, end]), 4, "")
}

fn key() -> Texts {
    let plain = one_of(&[
        "a",
        "b",
        "1",
        "2",
        "\"q k\"",
        "'s'",
        "é",
        "__proto__",
        "a b",
        "",
        "a.b",
        "#",
        "/",
        "\"\"",
        "toString",
        "'''a'''",
    ]);
    prop_oneof![3 => plain, 1 => words()].boxed()
}

fn gap() -> Texts {
    one_of(&[
        "",
        " ",
        "\n",
        "\n  ",
        "\t",
        "\r\n",
        " # c\n",
        " // c\n",
        "/* c */",
        "/* a\nb */ ",
        "\u{a0}",
        "\r",
    ])
}

fn bare() -> Texts {
    one_of(&[
        "x",
        "two words",
        "true",
        "false",
        "null",
        "nul",
        "01",
        "0x1",
        ".5",
        "+1",
        "1.",
        "-",
        "-1e2",
        "1e400",
        "1 2",
        "12345678901234567890",
        "1 # c",
        "true // c",
        "null /* c */",
        "x # kept",
        "1e5",
        "-0",
        "1x",
        "1e",
        "1e+",
        "0.0e0",
        "-",
        "--1",
        "Infinity",
        "NaN",
    ])
}

fn quoted() -> Texts {
    prop_oneof![
        one_of(&[
            "\"\"",
            "\"x\"",
            "'it'",
            "\"x\\u0041\\n\"",
            "'\\''",
            "\"\\/\\b\\f\"",
            "\"\\q\"",
            "\"\\u00zz\"",
            "\"a\tb\"",
            "'''\n  l1\n    l2\n  '''",
            "''''''",
            "'''x'''",
            "'''a\n\n b'''",
            "\"\u{1f600}\"",
            "\"#\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83d\"",
        ]),
        around("\"", words(), "\""),
        around("'''\n  ", words(), "\n  '''"),
    ]
    .boxed()
}

const STRANGERS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "'",
    "'''",
    "#",
    "/*",
    "//",
    "\n",
    " ",
    "\\",
    "\0",
    "\u{1f600}",
    "\u{feff}",
    "\u{2028}",
];
