//! How a value reads when it is written into a text (templates.md 1.5 and 2.2).

use std::borrow::Cow;

use super::view::{View, enumerate};
use super::work::Work;
use super::{TemplateError, escape};

/// A value as text: lists joined by commas, objects as JSON.
pub fn text<'v>(view: &View<'v>, work: &mut Work) -> Result<Cow<'v, str>, TemplateError> {
    if let View::Text(text) = view {
        return Ok(Cow::Borrowed(text));
    }
    let mut out = String::new();
    write_text(view, &mut out, work)?;
    Ok(Cow::Owned(out))
}

/// A value as `JSON.stringify` writes it.
pub fn json(view: &View<'_>, work: &mut Work) -> Result<String, TemplateError> {
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
        number.to_string()
    } else if magnitude < 1.0 {
        format!("{number:e}")
    } else {
        format!("{number:e}").replace('e', "e+")
    }
}

fn write_text(view: &View<'_>, out: &mut String, work: &mut Work) -> Result<(), TemplateError> {
    match view {
        View::Hole | View::Null => work.spend(1),
        View::Text(text) => write(text, out, work),
        View::List(list) if list.named.contains_key("toString") => no_text(),
        View::Object(members) if members.contains_key("toString") => no_text(),
        View::List(list) => {
            for (place, item) in list.items().iter().enumerate() {
                if place > 0 {
                    write(",", out, work)?;
                }
                write_text(item, out, work)?;
            }
            Ok(())
        }
        View::Bool(_) | View::Number(_) | View::Object(_) => write_json(view, out, work),
    }
}

/// A member named `toString` is in the way of the function.
fn no_text() -> Result<(), TemplateError> {
    Err(TemplateError("Cannot convert object to primitive value".to_owned()))
}

fn write_json(view: &View<'_>, out: &mut String, work: &mut Work) -> Result<(), TemplateError> {
    match view {
        View::Hole | View::Null => write("null", out, work),
        View::Bool(true) => write("true", out, work),
        View::Bool(false) => write("false", out, work),
        View::Number(value) => write(&number(*value), out, work),
        View::Text(text) => write_quoted(text, out, work),
        View::List(list) => {
            write("[", out, work)?;
            for (place, item) in list.items().iter().enumerate() {
                if place > 0 {
                    write(",", out, work)?;
                }
                write_json(item, out, work)?;
            }
            write("]", out, work)
        }
        View::Object(members) => {
            write("{", out, work)?;
            let mut separator = "";
            for place in enumerate(members) {
                if let Some((key, member)) = members.get_index(place) {
                    write(separator, out, work)?;
                    write_quoted(key, out, work)?;
                    write(":", out, work)?;
                    write_json(member, out, work)?;
                    separator = ",";
                }
            }
            write("}", out, work)
        }
    }
}

fn write_quoted(text: &str, out: &mut String, work: &mut Work) -> Result<(), TemplateError> {
    write("\"", out, work)?;
    write(&escape::json(text), out, work)?;
    write("\"", out, work)
}

/// Paid for before it is written: what is too much is never in memory.
fn write(text: &str, out: &mut String, work: &mut Work) -> Result<(), TemplateError> {
    work.spend(text.len())?;
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
