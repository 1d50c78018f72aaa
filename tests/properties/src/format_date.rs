//! `FormatDate` reads a date and writes it down as moment does.

use proptest::prelude::*;
use serde_json::json;

use crate::grammar::{Texts, joined, one_of, some};
use crate::{Rule, lambda, text};

/// See the module.
pub const RULE: Rule = Rule { name: "format_date", check, inputs, pieces, needs_oracle: true };

fn check(input: &[u8]) {
    lambda::check("FormatDate", &text(input), &json!({}));
}

fn inputs() -> Texts {
    let format = some(prop_oneof![3 => one_of(TOKENS), 2 => one_of(LITERALS)].boxed(), 6, "");
    let semicolon = one_of(&[";", "; ", " ;", "\n;"]);
    let whole = joined([date(), semicolon.clone(), one_of(ZONES), semicolon, format]);
    prop_oneof![8 => whole, 1 => date(), 1 => some(pieces(), 3, ";")].boxed()
}

fn pieces() -> Texts {
    prop_oneof![date(), one_of(ZONES), one_of(TOKENS), one_of(LITERALS), one_of(WORDS)].boxed()
}

fn date() -> Texts {
    let year = prop_oneof![6 => 1970..2037_i32, 2 => 1850..2200_i32, 1 => 0..9999_i32];
    let time = (0..25_u32, 0..61_u32, 0..61_u32, 0..1_000_000_u32);
    let iso = (year, 0..14_u32, 0..32_u32, time, one_of(OFFSETS), 0..8_u32).prop_map(
        |(year, month, day, (hour, minute, second, fraction), offset, form)| match form {
            0 => format!("{year:04}-{month:02}-{day:02}"),
            1 => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}{offset}"),
            2 => format!("{day} Oct {year} {hour}:{minute:02}:{second:02} {offset}"),
            3 => format!("{month}/{day}/{year}"),
            4 => format!("{year:04}-W{:02}-{}", day + month, day % 8),
            _ => format!(
                "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction}{offset}"
            ),
        },
    );
    prop_oneof![8 => iso, 1 => one_of(WORDS)].boxed()
}

const OFFSETS: &[&str] =
    &["Z", "Z", "Z", "", "+01:00", "-0330", "+14:00", "+00", "z", " GMT", "-23:59"];

const WORDS: &[&str] = &[
    "",
    "bad",
    "2026-02-30",
    "2026-13-01",
    "20260701",
    "2026-7-1",
    "2026",
    "2026-07",
    "26-07-01",
    "db-07",
    "1782943509087",
    "+002026-07-01",
    "-002026-07-01T00:00Z",
    "2026-07-01T24:00Z",
    "2026-366",
    "2024-366",
    "2026W531",
    "Mon, 06 May 2024 16:30:05 +0000",
    "May 6, 2024",
    "0000-01-01",
    "275760-09-13T00:00:00Z",
    "+275760-09-13T00:00:00.000Z",
    "T10:20",
    "2026-07-01T10:20:30,5Z",
];

const ZONES: &[&str] = &[
    "",
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Etc/GMT+2",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/St_Johns",
    "Africa/Casablanca",
    "Europe/Dublin",
    "Antarctica/Troll",
    "GMT",
    "EST",
    "CET",
    "utc",
    "Z",
    "+02:00",
    "PST",
    "europe/rome",
    "Nowhere/City",
    "x",
    "America/Argentina/Buenos_Aires",
    "America/Port-au-Prince",
];

const TOKENS: &[&str] = &[
    "M",
    "Mo",
    "MM",
    "MMM",
    "MMMM",
    "Q",
    "Qo",
    "D",
    "Do",
    "DD",
    "DDD",
    "DDDo",
    "DDDD",
    "d",
    "do",
    "dd",
    "ddd",
    "dddd",
    "e",
    "E",
    "w",
    "wo",
    "ww",
    "W",
    "Wo",
    "WW",
    "YY",
    "YYYY",
    "YYYYY",
    "YYYYYY",
    "Y",
    "y",
    "N",
    "NN",
    "NNN",
    "NNNN",
    "NNNNN",
    "gg",
    "gggg",
    "ggggg",
    "GG",
    "GGGG",
    "GGGGG",
    "A",
    "a",
    "H",
    "HH",
    "h",
    "hh",
    "k",
    "kk",
    "m",
    "mm",
    "s",
    "ss",
    "S",
    "SS",
    "SSS",
    "SSSS",
    "SSSSSSSSS",
    "SSSSSSSSSS",
    "z",
    "zz",
    "Z",
    "ZZ",
    "X",
    "x",
    "LT",
    "LTS",
    "L",
    "l",
    "LL",
    "ll",
    "LLL",
    "lll",
    "LLLL",
    "llll",
    "Hmm",
    "hmm",
    "Hmmss",
    "hmmss",
    "yo",
    "yy",
    "yyyy",
];

const LITERALS: &[&str] = &[
    "-",
    "/",
    ":",
    " ",
    ", ",
    "[at]",
    "[h]",
    "\\h",
    "[",
    "]",
    "[]",
    "T",
    "\u{1f600}",
    "q",
    ".",
    "\\",
    "[[",
    "]]",
    "\\[h]",
    "é",
    "\0",
];
