//! `FormatNumber`: a number as people of a language write it (templates.md 3.4).
//!
//! `number; locales; options`. Here the text is taken apart; `Intl.NumberFormat` does the rest.

use super::scan::Scan;
use crate::template::intl::{Intl, NumberOption};
use crate::template::parser::is_blank;

const DEFAULT_LOCALE: &str = "en-US";

/// Formats the number that a text starts with, as the rest of the text says.
///
/// # Errors
/// What is wrong with the text. It stands in the output's place.
pub fn format_number(text: &str, intl: &dyn Intl) -> Result<String, String> {
    let text = trim(text);
    let mut parts = text.split(';').map(trim);
    let (Some(number), Some(locales), Some(options)) = (parts.next(), parts.next(), parts.next())
    else {
        return Err(format!("invalid format, missing semicolons: '{text}'"));
    };
    let value = parse_float(number).ok_or_else(|| format!("invalid number: '{number}'"))?;
    let mut locales: Vec<&str> = items(locales).collect();
    if locales.is_empty() {
        locales.push(DEFAULT_LOCALE);
    }
    let options: Result<Vec<_>, String> = items(options).map(option).collect();
    let options = options.map_err(|fault| format!("invalid options: {fault}"))?;
    intl.format_number(value, &locales, &options)
        .map_err(|message| format!("error formatting number: {message}"))
}

/// The items of a list with commas; empty ones count for nothing.
fn items(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(trim).filter(|item| !item.is_empty())
}

/// `key: value`. What follows a second colon is dropped.
fn option(text: &str) -> Result<(&str, NumberOption<'_>), String> {
    let mut parts = text.split(':').map(trim);
    let (Some(key), Some(value)) = (parts.next(), parts.next()) else {
        return Err(format!("missing colon in option: '{text}'"));
    };
    let value = match (parse_float(value), value) {
        (Some(number), _) => NumberOption::Number(number),
        (None, "true") => NumberOption::Bool(true),
        (None, "false") => NumberOption::Bool(false),
        (None, text) => NumberOption::Text(text),
    };
    Ok((key, value))
}

/// JavaScript's `parseFloat`: the number that a text starts with.
fn parse_float(text: &str) -> Option<f64> {
    let mut scan = Scan::new(text);
    let is_negative = scan.one_of("+-") == Some('-');
    if scan.rest().starts_with("Infinity") {
        return Some(if is_negative { f64::NEG_INFINITY } else { f64::INFINITY });
    }
    scan.digits();
    scan.one_of(".");
    scan.digits();
    let mut number = scan.read();
    let has_exponent = scan.one_of("eE").is_some();
    scan.one_of("+-");
    if has_exponent && !scan.digits().is_empty() {
        number = scan.read();
    }
    // A sign or a point alone is no number.
    number.parse().ok()
}

fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_what_a_text_starts_with() {
        for (text, number) in [
            ("1,234", 1.0),
            ("12abc", 12.0),
            ("0x1F", 0.0),
            ("-.5e-1e", -0.05),
            ("+5.", 5.0),
            ("1e", 1.0),
            ("1e+", 1.0),
            ("1.2.3", 1.2),
            ("-Infinityx", f64::NEG_INFINITY),
            ("1e999", f64::INFINITY),
        ] {
            assert_eq!(parse_float(text), Some(number), "{text}");
        }
        assert!(parse_float("-0").unwrap().is_sign_negative());
        for text in ["", ".", "-", "e5", "$5", "NaN", "inf", "infinity", "é", "--1"] {
            assert_eq!(parse_float(text), None, "{text}");
        }
    }

    #[test]
    fn options_are_numbers_truths_or_texts() {
        assert_eq!(option("a: 2-digit"), Ok(("a", NumberOption::Number(2.0))));
        assert_eq!(option("a:true:false"), Ok(("a", NumberOption::Bool(true))));
        assert_eq!(option(" a :"), Ok(("a", NumberOption::Text(""))));
        assert_eq!(option(":USD"), Ok(("", NumberOption::Text("USD"))));
    }
}
