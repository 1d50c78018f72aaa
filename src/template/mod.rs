//! Mustache, as a rule's params are written in it: what mustache.js 4.2.0 and Kibana around it make
//! of a text (templates.md).
//!
//! [`Renderer`] renders the texts of an action's params, one by one. `dotted_keys` makes
//! `{{host.name}}` find a key that is spelt `host.name`; `parser` makes a list of parts of a text,
//! `render` goes through it, `lookup` finds what a name means, `lambdas` are the functions among it,
//! `text_form` says how a value reads, `work` bounds it all. What rendering asks of whoever runs it
//! is [`Host`].
//!
//! What differs from Kibana, and why:
//! - Names that JavaScript objects inherit (`constructor`, `hasOwnProperty`, `push`, ...) mean
//!   nothing, and functions have no members. No sensible template uses them, and some act on what
//!   is around them.
//! - A rendering that takes more than [`MAX_STEPS`] ends with an error in the place of the text. It
//!   is what a few lists looped over inside each other can cost a host.
//! - Dotted keys that would make the variables nest or grow without end stay as they are: see
//!   `dotted_keys`. Neither does one set the `length` of a list or take an object with a `length`
//!   for a list, nor do parts named `__proto__` reach an object's prototype. An object that a dotted
//!   key put beside the items of a list reads as JSON, like any other.
//! - A lambda's name that is no section renders as nothing: what a function's source reads like
//!   is no promise. Lambdas nest to a depth of 20, the Hjson in them to one of 100.
//! - In an expression of `EvalMath` a list in a list is no number, functions that objects have are
//!   no variables. A list in a section that its own median puts in order is gone through in the
//!   order that it had.
//! - Half of a surrogate pair, which `{{text.0}}` may ask for, cannot be written in UTF-8.
//! - Values in the JSON text of `additional_fields` are escaped for JSON: see [`Renderer::text`].

mod escape;
mod inherited;
pub mod intl;
pub mod lambdas;
mod lookup;
mod parsed;
mod parser;
mod render;
mod text_form;
pub mod variables;
mod work;

use std::fmt;
use std::rc::Rc;

use escape::Escape;
use render::Rendering;
use variables::Variables;
use work::Work;

pub use parsed::ParsedTemplates;
pub use work::MAX_STEPS;

/// Why a template cannot be rendered.
#[derive(Debug)]
pub struct TemplateError(String);

impl TemplateError {
    /// What is wrong, as it stands in the place of the text.
    #[must_use]
    pub fn new(message: &str) -> Self {
        Self(message.to_owned())
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What rendering asks of whoever runs it.
pub trait Host {
    /// Tells the log what a rule's author did wrong.
    fn warn(&self, message: &str);

    /// A number from 0 up to but not including 1, for the random numbers of an expression.
    fn random(&self) -> f64;

    /// What it knows of dates, zones and languages.
    fn intl(&self) -> &dyn intl::Intl;
}

/// Renders the texts of one action's params, which share the work that rendering may take.
pub struct Renderer {
    variables: Variables,
    templates: Rc<ParsedTemplates>,
    work: Work,
    host: Rc<dyn Host>,
}

impl Renderer {
    /// A renderer for the params of one action.
    #[must_use]
    pub fn new(variables: Variables, templates: Rc<ParsedTemplates>, host: Rc<dyn Host>) -> Self {
        Self { variables, templates, work: Work::new(), host }
    }

    /// Renders the text under a key of an object in the params. Values in the JSON text of
    /// `additional_fields` are escaped for JSON: a quotation mark in an alert's name must not break
    /// it.
    pub fn text(&mut self, key: &str, template: &str) -> String {
        let is_json = key == "additional_fields";
        self.text_as(if is_json { escape::json } else { escape::none }, template)
    }

    /// Renders one text. What is wrong with it stands in its place (templates.md 2.1).
    fn text_as(&mut self, escape: Escape, template: &str) -> String {
        self.work.begin();
        let variables = self.variables.view();
        Rendering::new(variables, escape, &self.templates, &mut self.work, &*self.host)
            .render(template)
            .unwrap_or_else(|error| {
                format!("error rendering mustache template \"{template}\": {error}")
            })
    }
}

#[cfg(test)]
mod tests;
