//! What a name in a template means (templates.md 1.4, 1.6 and 2.2).

use std::borrow::Cow;

use super::lambdas::{self, Lambda};
use super::view::{View, list_index};
use super::work::Work;
use super::{TemplateError, text_form};

/// What was found under a name.
#[derive(Clone, Debug)]
pub enum Found<'a> {
    /// One of the variables.
    View(&'a View<'a>),
    /// A text that is made when it is asked for.
    Text(String),
    /// A length.
    Number(f64),
    /// What makes another text of a section's.
    Lambda(&'static Lambda),
}

impl<'a> Found<'a> {
    /// Whether a section of this name is rendered; JavaScript calls it truthy.
    pub fn is_truthy(&self) -> bool {
        match self {
            Self::View(View::Hole | View::Null) => false,
            Self::View(View::Bool(value)) => *value,
            Self::View(View::Number(number)) | Self::Number(number) => *number != 0.0,
            Self::View(View::Text(text)) => !text.is_empty(),
            Self::Text(text) => !text.is_empty(),
            Self::View(View::List(_) | View::Object(_)) | Self::Lambda(_) => true,
        }
    }

    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number(_) | Self::View(View::Number(_)))
    }

    /// How it reads.
    pub fn into_text(self, work: &mut Work) -> Result<Cow<'a, str>, TemplateError> {
        match self {
            Self::View(view) => text_form::text(view, work),
            Self::Text(text) => Ok(Cow::Owned(text)),
            Self::Number(number) => Ok(Cow::Owned(text_form::number(number))),
            Self::Lambda(_) => Ok(Cow::Borrowed("")),
        }
    }

    /// Its text, where it is one.
    fn as_text(&self) -> Option<&str> {
        match self {
            Self::View(View::Text(text)) => Some(text),
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// What a container has under a key.
enum Member<'a> {
    Value(Found<'a>),
    /// `toString` of an object or `asJSON` of a list, which give the JSON of what they belong to.
    Json(&'a View<'a>),
    /// `toString` of a list, which JavaScript calls for the innermost view instead.
    ListToString,
}

/// Looks a name up, from the innermost view outwards. Views are in the order in which their
/// sections were entered, the variables first.
pub fn lookup<'a>(
    name: &str,
    views: &[Found<'a>],
    work: &mut Work,
) -> Result<Option<Found<'a>>, TemplateError> {
    if name == "." {
        let innermost = views.last();
        work.spend(innermost.and_then(Found::as_text).map_or(1, str::len))?;
        return Ok(innermost.cloned());
    }
    // A name that starts with a dot is a key like any other.
    let is_path = name.find('.').is_some_and(|dot| dot > 0);
    for view in views.iter().rev() {
        let member = if is_path { path(name, view, work)? } else { key(name, view, work)? };
        match member {
            None => {}
            Some(Member::Value(found)) => return Ok(Some(found)),
            Some(Member::Json(view)) => {
                return Ok(Some(Found::Text(text_form::json(view, work)?)));
            }
            Some(Member::ListToString) => {
                return list_to_string(views.last(), work).map(|text| Some(Found::Text(text)));
            }
        }
    }
    // The lambdas stand beside the variables, which may take their names.
    Ok(lambdas::find(name).map(Found::Lambda))
}

/// What a value has under a key; functions are left out.
pub fn property<'a>(
    key: &str,
    of: &Found<'a>,
    work: &mut Work,
) -> Result<Option<Found<'a>>, TemplateError> {
    Ok(match member(key, of, work)? {
        Some(Member::Value(found)) => Some(found),
        _ => None,
    })
}

/// What JavaScript's `Array.prototype.toString` makes of a view.
fn list_to_string(view: Option<&Found<'_>>, work: &mut Work) -> Result<String, TemplateError> {
    let name = match view {
        Some(Found::View(list @ View::List(_))) => {
            return text_form::text(list, work).map(Cow::into_owned);
        }
        None | Some(Found::View(View::Null | View::Hole)) => {
            let error = "Array.prototype.toString called on null or undefined";
            return Err(TemplateError(error.to_owned()));
        }
        Some(Found::View(View::Object(_))) => "Object",
        Some(Found::View(View::Bool(_))) => "Boolean",
        Some(Found::View(View::Number(_)) | Found::Number(_)) => "Number",
        Some(Found::View(View::Text(_)) | Found::Text(_)) => "String",
        Some(Found::Lambda(_)) => "Function",
    };
    Ok(format!("[object {name}]"))
}

/// A plain name is looked for in objects and lists; a view that is `null` cannot be passed by.
fn key<'a>(
    name: &str,
    view: &Found<'a>,
    work: &mut Work,
) -> Result<Option<Member<'a>>, TemplateError> {
    match view {
        Found::View(View::Null) => no_properties("null", name),
        Found::View(View::Hole) => no_properties("undefined", name),
        Found::View(View::Object(_) | View::List(_)) => member(name, view, work),
        _ => {
            work.spend(1)?;
            Ok(None)
        }
    }
}

fn no_properties<T>(of: &str, name: &str) -> Result<T, TemplateError> {
    Err(TemplateError(format!("Cannot read properties of {of} (reading '{name}')")))
}

/// A path must lead to its end within one view; otherwise the next view is tried from its start.
fn path<'a>(
    name: &str,
    view: &Found<'a>,
    work: &mut Work,
) -> Result<Option<Member<'a>>, TemplateError> {
    let mut keys = name.split('.');
    let Some(first) = keys.next() else { return Ok(None) };
    let mut reached = member(first, view, work)?;
    for key in keys {
        let Some(Member::Value(container)) = reached else { return Ok(None) };
        reached = member(key, &container, work)?;
    }
    Ok(reached)
}

fn member<'a>(
    key: &str,
    container: &Found<'a>,
    work: &mut Work,
) -> Result<Option<Member<'a>>, TemplateError> {
    // A long key takes long to compare.
    work.spend((key.len() / 32).saturating_add(1))?;
    if let Some(text) = container.as_text() {
        return text_member(key, text, work);
    }
    let Found::View(view) = container else { return Ok(None) };
    let value = |view| Some(Member::Value(Found::View(view)));
    Ok(match view {
        View::Object(members) => match members.get(key) {
            Some(member) => value(member),
            None => (key == "toString").then_some(Member::Json(view)),
        },
        View::List(list) => match (list_index(key), key) {
            (Some(index), _) => {
                list.items().get(index).filter(|item| !matches!(item, View::Hole)).and_then(value)
            }
            (None, "length") => Some(Member::Value(Found::Number(length(list.items().len())))),
            (None, "asJSON") => Some(Member::Json(view)),
            (None, _) => match list.named.get(key) {
                Some(member) => value(member),
                None => (key == "toString").then_some(Member::ListToString),
            },
        },
        _ => None,
    })
}

/// A text has a length and characters, both in UTF-16 units. Half of a pair cannot be written.
fn text_member<'a>(
    key: &str,
    text: &str,
    work: &mut Work,
) -> Result<Option<Member<'a>>, TemplateError> {
    if key == "length" {
        work.spend(text.len() / 32)?;
        let units = text.encode_utf16().count();
        return Ok(Some(Member::Value(Found::Number(length(units)))));
    }
    let Some(index) = list_index(key) else { return Ok(None) };
    work.spend(index.min(text.len()) / 32)?;
    let unit = text.encode_utf16().nth(index).map(u32::from);
    Ok(unit.map(|unit| {
        let character = char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER);
        Member::Value(Found::Text(character.to_string()))
    }))
}

#[expect(clippy::cast_precision_loss, reason = "nothing is as long as 2^53")]
fn length(length: usize) -> f64 {
    length as f64
}
