//! What a name in a template means (templates.md 1.4 and 2.2).

use std::rc::Rc;

use super::inherited::{self, Inherited};
use super::lambdas::{self, Lambda};
use super::variables::{View, list_index};
use super::work::Work;
use super::{TemplateError, text_form};

/// What was found under a name.
#[derive(Clone, Debug)]
pub enum Found {
    /// One of the variables, or what a function made of one.
    View(View),
    /// What makes another text of a section's.
    Lambda(&'static Lambda),
    /// An object that has nothing but what every object has.
    BareObject,
}

impl Found {
    /// Whether a section of this name is rendered; JavaScript calls it truthy.
    pub fn is_truthy(&self) -> bool {
        match self {
            Self::View(View::Hole | View::Null) => false,
            Self::View(View::Bool(value)) => *value,
            Self::View(View::Number(number)) => *number != 0.0,
            Self::View(View::Text(text)) => !text.is_empty(),
            Self::View(View::List(_) | View::Object(_)) | Self::Lambda(_) | Self::BareObject => {
                true
            }
        }
    }

    pub fn is_number(&self) -> bool {
        matches!(self, Self::View(View::Number(_)))
    }

    /// How it reads.
    pub fn into_text(self, work: &mut Work) -> Result<Rc<str>, TemplateError> {
        match self {
            Self::View(view) => text_form::text(&view, work),
            Self::Lambda(_) => Ok("".into()),
            Self::BareObject => Ok("[object Object]".into()),
        }
    }
}

/// What a container has under a key.
enum Member {
    Value(Found),
    /// A function of its own that gives its JSON: `toString` of an object, `asJSON` of a list.
    Json(View),
    /// A function that it inherits.
    Function(&'static inherited::Function),
}

/// Looks a name up, from the innermost view outwards. Views are in the order in which their
/// sections were entered, the variables first.
pub fn lookup(
    name: &str,
    views: &[Found],
    work: &mut Work,
) -> Result<Option<Found>, TemplateError> {
    if name == "." {
        work.spend(1)?;
        return Ok(views.last().cloned());
    }
    // A name that starts with a dot is a key like any other.
    let is_path = name.find('.').is_some_and(|dot| dot > 0);
    for view in views.iter().rev() {
        let member = if is_path { path(name, view, work)? } else { key(name, view, work)? };
        return match member {
            None => continue,
            Some(Member::Value(found)) => Ok(Some(found)),
            Some(Member::Json(view)) => inherited::json(&view, work).map(Some),
            Some(Member::Function(function)) => {
                views.last().map(|innermost| function.call(innermost, work)).transpose()
            }
        };
    }
    // The lambdas stand beside the variables, which may take their names.
    Ok(lambdas::find(name).map(Found::Lambda))
}

/// What a value has under a key; functions are left out.
pub fn property(key: &str, of: &Found, work: &mut Work) -> Result<Option<View>, TemplateError> {
    Ok(match member(key, of, work)? {
        Some(Member::Value(Found::View(view))) => Some(view),
        _ => None,
    })
}

/// A plain name is looked for in objects and lists; a view that is `null` cannot be passed by.
fn key(name: &str, view: &Found, work: &mut Work) -> Result<Option<Member>, TemplateError> {
    match view {
        Found::View(View::Null) => no_properties("null", name),
        Found::View(View::Hole) => no_properties("undefined", name),
        Found::View(View::Object(_) | View::List(_)) | Found::BareObject => {
            member(name, view, work)
        }
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
fn path(name: &str, view: &Found, work: &mut Work) -> Result<Option<Member>, TemplateError> {
    let mut keys = name.split('.');
    let Some(first) = keys.next() else { return Ok(None) };
    let mut reached = member(first, view, work)?;
    for key in keys {
        let of_function =
            |name, length| Some(Member::Value(Found::View(property_of(key, name, length)?)));
        reached = match reached {
            Some(Member::Value(container)) => member(key, &container, work)?,
            Some(Member::Function(function)) => of_function(function.name, function.length),
            Some(Member::Json(_)) => of_function("", 0),
            None => return Ok(None),
        };
    }
    Ok(reached)
}

fn member(key: &str, container: &Found, work: &mut Work) -> Result<Option<Member>, TemplateError> {
    work.spend(1)?;
    let value = |view| Some(Member::Value(Found::View(view)));
    let (view, is_list) = match container {
        Found::View(View::Text(text)) => return Ok(text_member(key, text, work)?.and_then(value)),
        Found::View(view @ View::Object(_)) => (view, false),
        Found::View(view @ View::List(_)) => (view, true),
        Found::BareObject => return Ok(inherited(key, false)),
        Found::View(_) | Found::Lambda(_) => return Ok(None),
    };
    let (View::Object(node) | View::List(node)) = view else { return Ok(None) };
    if is_list {
        if let Some(index) = list_index(key) {
            return Ok(node.item_named(key, index, work)?.and_then(value));
        }
        if key == "length" {
            return Ok(value(View::Number(length(node.length(work)?))));
        }
        if key == "asJSON" {
            return Ok(Some(Member::Json(view.clone())));
        }
    }
    if let Some(member) = node.member(key, work)? {
        return Ok(value(member));
    }
    if key == "toString" && !is_list {
        return Ok(Some(Member::Json(view.clone())));
    }
    Ok(inherited(key, is_list))
}

fn inherited(key: &str, is_list: bool) -> Option<Member> {
    Some(match inherited::find(key, is_list)? {
        Inherited::BareObject => Member::Value(Found::BareObject),
        Inherited::EmptyList => Member::Value(Found::View(View::empty_list())),
        Inherited::Function(function) => Member::Function(function),
    })
}

/// What a function has, beside what it does: its name and how many parameters it takes.
fn property_of(key: &str, name: &'static str, length: u8) -> Option<View> {
    match key {
        "length" => Some(View::Number(length.into())),
        "name" => Some(View::Text(name.into())),
        _ => None,
    }
}

/// A text has a length and characters, both in UTF-16 units. Half of a pair cannot be written.
fn text_member(key: &str, text: &str, work: &mut Work) -> Result<Option<View>, TemplateError> {
    if key == "length" {
        work.spend(text.len() / 32)?;
        return Ok(Some(View::Number(length(text.encode_utf16().count()))));
    }
    let Some(index) = list_index(key) else { return Ok(None) };
    work.spend(index.min(text.len()) / 32)?;
    let unit = text.encode_utf16().nth(index).map(u32::from);
    Ok(unit.map(|unit| {
        let character = char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER);
        View::Text(character.to_string().into())
    }))
}

#[expect(clippy::cast_precision_loss, reason = "nothing is as long as 2^53")]
fn length(length: usize) -> f64 {
    length as f64
}
