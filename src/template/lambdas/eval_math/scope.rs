//! What a variable of an expression is: lodash's `get` on the innermost view.

use super::value::Value;
use crate::template::TemplateError;
use crate::template::lookup::{Found, property};
use crate::template::work::Work;

/// The value of a variable: of the key of that very name, or at the end of the path that it spells.
pub fn variable(name: &str, view: &Found, work: &mut Work) -> Result<Option<Value>, TemplateError> {
    if let Some(found) = property(name, view, work)? {
        return Value::read(found, work).map(Some);
    }
    if !is_path(name) {
        return Ok(None);
    }
    let mut reached = None;
    for key in keys(name) {
        let container = reached.map_or_else(|| view.clone(), Found::View);
        reached = property(&key, &container, work)?;
        if reached.is_none() {
            return Ok(None);
        }
    }
    reached.map(|view| Value::read(view, work)).transpose()
}

/// Whether there is a dot in it or something between brackets.
fn is_path(name: &str) -> bool {
    let in_brackets = |(open, _): (usize, &str)| {
        let after = name.get(open.saturating_add(1)..).unwrap_or_default();
        after
            .find(['[', ']'])
            .is_some_and(|next| after.get(next..).is_some_and(|c| c.starts_with(']')))
    };
    name.contains('.') || name.match_indices('[').any(in_brackets)
}

/// The keys of a path: `a.b`, `a[0]`, `a["b"]`.
fn keys(path: &str) -> Vec<String> {
    let mut keys = Vec::new();
    if path.starts_with('.') {
        keys.push(String::new());
    }
    let mut rest = path;
    while let Some(c) = rest.chars().next() {
        if !matches!(c, '.' | '[' | ']') {
            let end = rest.find(['.', '[', ']']).unwrap_or(rest.len());
            let (key, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            keys.push(key.to_owned());
            rest = after;
            continue;
        }
        if let Some((key, after)) = bracketed(rest) {
            keys.push(key);
            rest = after;
            continue;
        }
        // Two dots have an empty key between them, and so have a dot and the end.
        let after = rest.strip_prefix('.').or_else(|| rest.strip_prefix("[]"));
        if after.is_some_and(|after| {
            after.is_empty() || after.starts_with('.') || after.starts_with("[]")
        }) {
            keys.push(String::new());
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    keys
}

/// A number or a quoted text between brackets, and what follows them.
fn bracketed(text: &str) -> Option<(String, &str)> {
    let inside = text.strip_prefix('[')?;
    if let Some(quote) = inside.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let mut key = String::new();
        let mut characters = inside.char_indices().skip(1);
        while let Some((place, c)) = characters.next() {
            if c == quote {
                let after = inside.get(place.saturating_add(1)..)?.strip_prefix(']')?;
                return Some((key, after));
            }
            key.push(if c == '\\' { characters.next()?.1 } else { c });
        }
        return None;
    }
    let (number, after) = inside.split_once(']')?;
    let digits = number.strip_prefix('-').unwrap_or(number);
    let (integer, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(integer) && is_number(fraction)).then(|| (number.to_owned(), after))
}
