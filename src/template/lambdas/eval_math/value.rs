//! What expressions are about: JavaScript's values.

use std::rc::Rc;

use crate::template::TemplateError;
use crate::template::text_form;
use crate::template::variables::{Node, View};
use crate::template::work::Work;

/// A value of an expression or of a part of it.
#[derive(Clone, Debug)]
pub enum Value {
    Undefined,
    Null,
    Bool(bool),
    Number(f64),
    Text(Rc<str>),
    /// An object among the variables.
    Object(Rc<Node>),
    List(ListValue),
}

/// A list.
#[derive(Clone, Debug)]
pub struct ListValue {
    pub items: Rc<[Value]>,
    /// The list among the variables that it was, unless it was made.
    pub variable: Option<Rc<Node>>,
}

/// What is calculated with: a number, or a list of them. What is neither is not a number.
#[derive(Clone, Debug)]
pub enum Operand {
    Scalar(f64),
    List(Vec<f64>),
}

impl From<Operand> for Value {
    fn from(operand: Operand) -> Self {
        match operand {
            Operand::Scalar(number) => Self::Number(number),
            Operand::List(numbers) => numbers.into_iter().map(Self::Number).collect(),
        }
    }
}

impl FromIterator<Value> for Value {
    fn from_iter<I: IntoIterator<Item = Value>>(items: I) -> Self {
        Self::List(ListValue { items: items.into_iter().collect(), variable: None })
    }
}

impl Value {
    /// One of the variables; a list is read whole.
    pub fn read(view: View, work: &mut Work) -> Result<Self, TemplateError> {
        Ok(match view {
            View::Hole => Self::Undefined,
            View::Null => Self::Null,
            View::Bool(value) => Self::Bool(value),
            View::Number(number) => Self::Number(number),
            View::Text(text) => Self::Text(text),
            View::Object(node) => Self::Object(node),
            View::List(node) => {
                let mut items = Vec::new();
                for index in 0..node.length(work)? {
                    items.push(Self::read(node.item(index, work)?, work)?);
                }
                Self::List(ListValue { items: items.into(), variable: Some(node) })
            }
        })
    }

    pub fn is_nullish(&self) -> bool {
        matches!(self, Self::Undefined | Self::Null)
    }

    /// The items of a list.
    pub fn items(&self) -> Option<&[Value]> {
        match self {
            Self::List(list) => Some(&list.items),
            _ => None,
        }
    }

    /// How many items there are in a list; one in everything else.
    pub fn size(&self) -> usize {
        self.items().map_or(1, <[_]>::len)
    }

    /// What can be calculated with it, or `None` where it is or holds anything but numbers.
    pub fn operand(&self) -> Option<Operand> {
        match self {
            Self::Number(number) if !number.is_nan() => Some(Operand::Scalar(*number)),
            Self::List(list) => list.items.iter().map(Self::element).collect(),
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
            Self::Text(text) => text.to_string(),
            Self::Object(node) => text_form::text(&View::Object(node), work)?.to_string(),
            Self::List(ListValue { variable: Some(node), .. }) => {
                text_form::text(&View::List(node), work)?.to_string()
            }
            Self::List(ListValue { items, variable: None }) => {
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
