//! Mustache, as a rule's params are written in it: what mustache.js 4.2.0 and Kibana around it make
//! of a text (templates.md).
//!
//! [`Renderer`] renders the texts of an action's params, one by one. `parser` makes a list of parts of
//! a text, `parsed` keeps it, `render` goes through it, `lookup` finds what a name means among the
//! `variables`, what every object has (`inherited`) and the `lambdas`. `text_form` says how a value
//! reads, `escape` makes it fit for where it goes, `work` bounds it all. What rendering asks of
//! whoever runs it is [`Host`].
//!
//! What differs from Kibana, and why:
//! - Variables are read when a text names them, and not all at once before the first. Those that
//!   JSON cannot show (`BigInt`, what holds itself, what throws) spoil that text, and not the whole
//!   action. What is nested deeper than 500 levels reads as `null`.
//! - A rendering that takes more than [`MAX_STEPS`] ends with an error in the place of the text. It
//!   is what a few lists looped over inside each other can cost a host.
//! - A dotted key of more than 100 parts stays as it is, and so does one that names a place far
//!   beyond the end of a list: see `variables::dotted_keys`. Neither does one set the `length` of a
//!   list, take an object with a `length` for a list, or put its own `join` or `toString` in the
//!   place of a list's, nor do parts named `__proto__` reach an object's prototype. Members that one
//!   puts beside the items of a list are not in the list's JSON.
//! - What mustache.js finds because every object of JavaScript has it is found, but changes nothing
//!   (`push` gives what it gives and adds nothing; what `keys` gives is a text; `valueOf` gives a
//!   zero that is as false as it was). The functions of lists mean nothing where the innermost view
//!   is a text or a list or has a `length`, and what functions have beside a name and a length means
//!   nothing; texts, numbers and booleans have nothing of that kind. A variable named `toString` is
//!   in the way of `toLocaleString` as it is in that of a text. A variable named `hasOwnProperty` or
//!   `__proto__` is one like any other; in Kibana it breaks the look-ups after it.
//! - A lambda's name that is no section renders as nothing, and so does what functions have below
//!   it: what a function's source reads like is no promise. Lambdas nest to a depth of 20, the Hjson
//!   in them to one of 100, and members named `__proto__` in it are dropped.
//! - In an expression of `EvalMath` a list in a list is no number, functions that objects have are
//!   no variables. A list in a section that its own median puts in order is gone through in the
//!   order that it had.
//! - Half of a surrogate pair, in a template, a variable or `{{text.0}}`, cannot be written in UTF-8:
//!   it becomes U+FFFD, but for those inside an object's JSON.
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

    /// Renders the text under a key of an object that is so deep in the params. Values in the JSON
    /// text of `subActionParams.incident.additional_fields` are escaped for JSON: a quotation mark in
    /// an alert's name must not break it. One that is JSON itself and stands in the place of a
    /// value stays what it is.
    pub fn text(&mut self, key: &str, depth: u32, template: &str) -> String {
        let is_json = key == "additional_fields" && depth == 3;
        self.text_as(if is_json { Escape::Json } else { Escape::By(escape::none) }, template)
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
