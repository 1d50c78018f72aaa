//! Where variables stand, and reading one of them.

use std::fmt;
use std::rc::Rc;

use crate::template::TemplateError;

/// One value, as JSON would show it.
#[derive(Clone, Debug)]
pub enum Read {
    /// What JSON leaves out of an object: `undefined`, a function.
    Nothing,
    /// `null`, and the numbers that JSON does not know.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A finite number.
    Number(f64),
    /// A text.
    Text(Rc<str>),
    /// A list, whose items are still to be read.
    List(Rc<dyn Source>),
    /// An object, whose members are still to be read.
    Object(Rc<dyn Source>),
}

/// What stands between the names that [`Source::keys_if_dotted`] gives.
pub const SEPARATOR: char = '\0';

/// A list or an object whose parts are read one by one: most templates touch a few of the many
/// variables there are.
pub trait Source: fmt::Debug {
    /// The names of an object's members, in JavaScript's order; none of a list.
    ///
    /// # Errors
    /// What reading it throws.
    fn keys(&self) -> Result<Vec<Rc<str>>, TemplateError>;

    /// The same, joined by [`SEPARATOR`], if one of them has a dot in it; most objects have none. A
    /// name that holds the separator is left out.
    ///
    /// # Errors
    /// What reading it throws.
    fn keys_if_dotted(&self) -> Result<Option<String>, TemplateError>;

    /// A member of an object.
    ///
    /// # Errors
    /// What reading it throws.
    fn member(&self, key: &str) -> Result<Read, TemplateError>;

    /// How many items a list has.
    ///
    /// # Errors
    /// What reading it throws.
    fn length(&self) -> Result<usize, TemplateError>;

    /// An item of a list.
    ///
    /// # Errors
    /// What reading it throws.
    fn item(&self, index: usize) -> Result<Read, TemplateError>;

    /// The whole as the text of `JSON.stringify`, where that is less work than reading its parts.
    ///
    /// # Errors
    /// What writing it throws.
    fn json(&self) -> Result<Option<String>, TemplateError>;
}
