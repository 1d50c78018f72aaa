//! `EvalMath` comes to what tinymath comes to, and says what it says.

use proptest::prelude::*;
use serde_json::json;

use crate::grammar::{Texts, around, joined, numbers, one_of, some};
use crate::{Rule, lambda, text};

/// See the module.
pub const RULE: Rule = Rule { name: "eval_math", check, inputs, pieces, needs_oracle: true };

fn check(input: &[u8]) {
    let variables = json!({
        "n": 5, "z": 0, "s": "7", "nul": null, "neg": -3, "l": [1, 2, 3], "m": [4, 5, 6], "e": [],
        "g": [1, null, 3], "o": { "p": { "q": 2 } }, "h": [{ "v": 10 }], "a-b": 9, "x y": 6,
        "t": true, "one": [7], "big": 1e300, "nested": [[1, 2], [3]],
    });
    lambda::check("EvalMath", &text(input), &variables);
}

fn inputs() -> Texts {
    prop_oneof![4 => sum(3), 2 => comparison(2), 1 => some(pieces(), 3, "")].boxed()
}

fn pieces() -> Texts {
    prop_oneof![sum(1), call(sum(0)), operand(0), comparison(0), one_of(STRANGERS)].boxed()
}

fn operand(depth: u32) -> Texts {
    let leaf = prop_oneof![
        3 => (0..12_i32).prop_map(|number| number.to_string()),
        2 => numbers(),
        4 => one_of(NAMES),
    ]
    .boxed();
    if depth == 0 {
        return leaf;
    }
    let inner = sum(depth - 1);
    prop_oneof![3 => leaf, 1 => around("(", inner.clone(), ")"), 3 => call(inner)].boxed()
}

fn sum(depth: u32) -> Texts {
    let sign = one_of(&["+", "-", "*", "/", " + ", " - ", " * ", " / ", "\n+ "]);
    let more = some(joined([sign, operand(depth)]), 2, "");
    joined([operand(depth), more])
}

fn comparison(depth: u32) -> Texts {
    joined([sum(depth), one_of(&[">", "<", ">=", "<=", "==", " == ", "="]), sum(depth)])
}

fn call(inner: Texts) -> Texts {
    let argument = prop_oneof![
        8 => inner.clone(),
        1 => joined([inner.clone(), one_of(&[">", "==", "<="]), inner]),
        1 => one_of(&["base=2", "a = 'b'"]),
    ];
    let end = one_of(&[")", ")", ")", ",)", " )", ""]);
    joined([one_of(FUNCTIONS), around("(", some(argument.boxed(), 3, ", "), ""), end])
}

const NAMES: &[&str] = &[
    "n", "z", "s", "nul", "neg", "l", "m", "e", "g", "o.p.q", "h[0].v", "h.0.v", "a-b", "'x y'",
    "\"x y\"", "t", "one", "big", "nested", "nope", "l.length", "l[1]", "o", "'a\\'b'", "@x",
];

const FUNCTIONS: &[&str] = &[
    "abs", "cbrt", "ceil", "cos", "exp", "floor", "sin", "tan", "fix", "pi", "degtorad",
    "radtodeg", "sqrt", "square", "cube", "log", "pow", "round", "add", "multiply", "subtract",
    "max", "min", "range", "divide", "mod", "sum", "mean", "median", "mode", "clamp", "eq", "lt",
    "gt", "lte", "gte", "count", "size", "first", "last", "unique", "defaults", "ifelse", "foo",
    "log10",
];

const STRANGERS: &[&str] = &[
    "(",
    ")",
    ",",
    "=",
    "==",
    "<",
    ">=",
    "+",
    "-",
    "--",
    "*",
    "/",
    "^",
    "%",
    "'",
    "\"",
    " ",
    "\n",
    "\t",
    "\u{a0}",
    "1",
    ".",
    "e",
    "a=1",
    "foo(1)",
    "π",
    "\u{1f600}",
    "\\",
    "'a\\'b'",
    "[",
    "]",
    "{{",
];
