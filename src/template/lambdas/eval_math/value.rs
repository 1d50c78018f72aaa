//! What expressions are about: JavaScript's values.

use std::rc::Rc;

use crate::template::TemplateError;
use crate::template::lookup::Found;
use crate::template::text_form;
use crate::template::view::View;
use crate::template::work::Work;

/// A value of an expression or of a part of it.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    Undefined,
    Null,
    Bool(bool),
    Number(f64),
    /// One character of a text among the variables.
    Text(String),
    /// A text, a list or an object among the variables.
    View(&'a View<'a>),
    /// A list that was made.
    List(Rc<[Value<'a>]>),
}

/// What is calculated with: a number, or a list of them. What is neither is not a number.
#[derive(Clone, Debug)]
pub enum Operand {
    Scalar(f64),
    List(Vec<f64>),
}

impl<'a> From<&'a View<'a>> for Value<'a> {
    fn from(view: &'a View<'a>) -> Self {
        match view {
            View::Hole => Self::Undefined,
            View::Null => Self::Null,
            View::Bool(value) => Self::Bool(*value),
            View::Number(number) => Self::Number(*number),
            View::Text(_) | View::List(_) | View::Object(_) => Self::View(view),
        }
    }
}

impl From<Operand> for Value<'_> {
    fn from(operand: Operand) -> Self {
        match operand {
            Operand::Scalar(number) => Self::Number(number),
            Operand::List(numbers) => Self::List(numbers.into_iter().map(Self::Number).collect()),
        }
    }
}

impl<'a> Value<'a> {
    pub fn found(found: Found<'a>) -> Self {
        match found {
            Found::View(view) => Self::from(view),
            Found::Text(text) => Self::Text(text),
            Found::Number(number) => Self::Number(number),
            Found::Lambda(_) => Self::Undefined,
        }
    }

    pub fn is_nullish(&self) -> bool {
        matches!(self, Self::Undefined | Self::Null)
    }

    /// The items of a list.
    pub fn items(&self) -> Option<Vec<Value<'a>>> {
        match self {
            Self::View(View::List(list)) => Some(list.items().iter().map(Value::from).collect()),
            Self::List(items) => Some(items.to_vec()),
            _ => None,
        }
    }

    /// How many items there are in a list; one in everything else.
    pub fn size(&self) -> usize {
        match self {
            Self::View(View::List(list)) => list.items().len(),
            Self::List(items) => items.len(),
            _ => 1,
        }
    }

    /// What can be calculated with it, or `None` where it is or holds anything but numbers.
    pub fn operand(&self) -> Option<Operand> {
        match self {
            Self::Number(number) if !number.is_nan() => Some(Operand::Scalar(*number)),
            Self::View(View::List(list)) => {
                list.items().iter().map(|item| Value::from(item).element()).collect()
            }
            Self::List(items) => items.iter().map(Self::element).collect(),
            _ => None,
        }
    }

    /// The number that an item of a list is. A list in a list is allowed, and is no number.
    fn element(&self) -> Option<f64> {
        match self.operand()? {
            Operand::Scalar(number) => Some(number),
            Operand::List(_) => Some(f64::NAN),
        }
    }

    /// How it reads. A value that is nothing reads as such, but not in a list.
    pub fn into_text(self, work: &mut Work) -> Result<String, TemplateError> {
        Ok(match self {
            Self::Undefined => "undefined".to_owned(),
            Self::Null => "null".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Number(number) if number.is_nan() => "NaN".to_owned(),
            Self::Number(number) if number == f64::INFINITY => "Infinity".to_owned(),
            Self::Number(number) if number == f64::NEG_INFINITY => "-Infinity".to_owned(),
            Self::Number(number) => text_form::number(number),
            Self::Text(text) => text,
            Self::View(view) => text_form::text(view, work)?.into_owned(),
            Self::List(items) => {
                let mut out = String::new();
                let mut separator = "";
                for item in items.iter().cloned() {
                    out.push_str(separator);
                    separator = ",";
                    if !item.is_nullish() {
                        let text = item.into_text(work)?;
                        work.spend(text.len())?;
                        out.push_str(&text);
                    }
                }
                out
            }
        })
    }
}

impl FromIterator<f64> for Operand {
    fn from_iter<I: IntoIterator<Item = f64>>(numbers: I) -> Self {
        Self::List(numbers.into_iter().collect())
    }
}
