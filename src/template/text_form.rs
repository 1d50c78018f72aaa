//! How a value reads when it is written into a text (templates.md 1.5 and 2.2).

use std::rc::Rc;

use super::variables::{Node, Read, Source, View};
use super::work::Work;
use super::{TemplateError, escape};
use crate::schema::Value;

/// A value as text: lists joined by commas, objects as JSON.
pub fn text(view: &View, work: &mut Work) -> Result<Rc<str>, TemplateError> {
    if let View::Text(text) = view {
        return Ok(Rc::clone(text));
    }
    let mut out = String::new();
    write_text(view, &mut out, work)?;
    Ok(out.into())
}

/// A value as `JSON.stringify` writes it.
pub fn json(view: &View, work: &mut Work) -> Result<String, TemplateError> {
    let mut out = String::new();
    write_json(view, &mut out, work)?;
    Ok(out)
}

/// A number as JavaScript writes it: the shortest digits that mean it, with an exponent from 1e21
/// and below 1e-6.
pub fn number(number: f64) -> String {
    let magnitude = number.abs();
    if magnitude == 0.0 {
        "0".to_owned()
    } else if (1e-6..1e21).contains(&magnitude) {
        even(number, number.to_string())
    } else if magnitude < 1.0 {
        format!("{number:e}")
    } else {
        format!("{number:e}").replace('e', "e+")
    }
}

/// Of two texts that are as short and as near to a number, JavaScript takes the one that ends in an even
/// digit (ECMAScript, `Number::toString`, note 2), and Rust the larger. Only numbers of 16 digits and
/// more are as near to two.
fn even(number: f64, shortest: String) -> String {
    const DIGITS_AND_POINT: usize = 17;
    let decimals = shortest.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    if decimals == 0 || shortest.len() < DIGITS_AND_POINT {
        return shortest;
    }
    let even = format!("{number:.decimals$}");
    if even.parse() == Ok(number) { even } else { shortest }
}

fn write_text(view: &View, out: &mut String, work: &mut Work) -> Result<(), TemplateError> {
    if let View::List(node) | View::Object(node) = view
        && node.member("toString", work)?.is_some()
    {
        // A member of that name is in the way of the function.
        return Err(TemplateError::new("Cannot convert object to primitive value"));
    }
    match view {
        View::Hole | View::Null => work.spend(1),
        View::Text(text) => write(text, out, work),
        View::List(node) => {
            for index in 0..node.length(work)? {
                if index > 0 {
                    write(",", out, work)?;
                }
                write_text(&node.item(index, work)?, out, work)?;
            }
            Ok(())
        }
        View::Bool(_) | View::Number(_) | View::Object(_) => write_json(view, out, work),
    }
}

fn write_json(view: &View, out: &mut String, work: &mut Work) -> Result<(), TemplateError> {
    match view {
        View::Hole | View::Null => write("null", out, work),
        View::Bool(true) => write("true", out, work),
        View::Bool(false) => write("false", out, work),
        View::Number(value) => write(&number(*value), out, work),
        View::Text(text) => write_quoted(text, out, work),
        View::List(node) | View::Object(node) => {
            let source = node.whole().map(Source::json).transpose()?.flatten();
            match source {
                None => write_parts(view, node, out, work),
                Some(json) if !(node.is_expanded() && has_dotted_key(&json)) => {
                    write(&json, out, work)
                }
                // It is faster to read it once more than to ask for each of its parts.
                Some(json) => {
                    work.spend(json.len())?;
                    let value = Value::from_json_of_any_depth(&json)
                        .map_err(|error| TemplateError(error.to_string()))?;
                    let view = node.with_source(Read::from(value), work)?;
                    write_json(&view, out, work)
                }
            }
        }
    }
}

fn write_parts(
    view: &View,
    node: &Node,
    out: &mut String,
    work: &mut Work,
) -> Result<(), TemplateError> {
    if matches!(view, View::List(_)) {
        write("[", out, work)?;
        for index in 0..node.length(work)? {
            if index > 0 {
                write(",", out, work)?;
            }
            write_json(&node.item(index, work)?, out, work)?;
        }
        return write("]", out, work);
    }
    write("{", out, work)?;
    let mut separator = "";
    for key in node.keys(work)? {
        let member = node.member(&key, work)?.filter(|member| !matches!(member, View::Hole));
        let Some(member) = member else { continue };
        write(separator, out, work)?;
        write_quoted(&key, out, work)?;
        write(":", out, work)?;
        write_json(&member, out, work)?;
        separator = ",";
    }
    write("}", out, work)
}

/// Whether a key in a JSON text without blanks has a dot in it.
fn has_dotted_key(json: &str) -> bool {
    let mut rest = json;
    while let Some((_, text)) = rest.split_once('"') {
        let Some(end) = end_of_text(text) else { return false };
        let Some((text, after)) = text.split_at_checked(end) else { return false };
        rest = after.strip_prefix('"').unwrap_or_default();
        if rest.starts_with(':') && text.contains('.') {
            return true;
        }
    }
    false
}

/// The place of the quotation mark that ends a text of JSON's.
fn end_of_text(text: &str) -> Option<usize> {
    let mut place = 0_usize;
    loop {
        let rest = text.get(place..)?;
        let next = rest.find(['"', '\\'])?;
        place = place.checked_add(next)?;
        if rest.get(next..)?.starts_with('"') {
            return Some(place);
        }
        // What is escaped is one character of ASCII.
        place = place.checked_add(2)?;
    }
}

fn write_quoted(text: &str, out: &mut String, work: &mut Work) -> Result<(), TemplateError> {
    write("\"", out, work)?;
    write(&escape::inside_string(text), out, work)?;
    write("\"", out, work)
}

/// Paid for before it is written: what is too much is never in memory.
fn write(text: &str, out: &mut String, work: &mut Work) -> Result<(), TemplateError> {
    work.write(text.len())?;
    out.push_str(text);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_read_as_javascript_writes_them() {
        let numbers = [
            (0.0, "0"),
            (-0.0, "0"),
            (-1.5, "-1.5"),
            (91.25, "91.25"),
            (1e20, "100000000000000000000"),
            (123_456_789_012_345_680_000.0, "123456789012345680000"),
            (1e21, "1e+21"),
            (-1.5e300, "-1.5e+300"),
            (f64::MAX, "1.7976931348623157e+308"),
            (0.000_001, "0.000001"),
            (0.000_000_15, "1.5e-7"),
            (5e-324, "5e-324"),
            (0.1 + 0.2, "0.30000000000000004"),
        ];
        for (value, text) in numbers {
            assert_eq!(number(value), text);
        }
    }
}
