//! The lambdas: sections whose name stands for a function, which makes another text of the one
//! between their tags (templates.md 3).
//!
//! The text is rendered first, in the view that the section stands in and with the delimiters that
//! every template starts with. What is wrong with the rendered text takes the place of the result
//! and is told to the host's log. To add a lambda, add a line to [`LAMBDAS`].

mod date_text;
mod days;
mod encode_uri;
mod eval_math;
pub mod format_date;
pub mod format_number;
mod hjson;
mod local_time;
mod moment_format;
mod parse_hjson;
mod scan;
mod zones;

#[cfg(test)]
pub(super) mod tests;

use super::lookup::Found;
use super::parser::is_blank;
use super::work::Work;
use super::{Host, TemplateError};

/// How deep lambdas may stand inside each other.
pub const MAX_NESTING: usize = 20;

/// All there are, by name.
const LAMBDAS: &[Lambda] = &[
    Lambda {
        name: "EncodeURI",
        is_trimmed: false,
        steps_a_byte: 1,
        function: |text, _| Ok(encode_uri::uri(text)),
    },
    Lambda {
        name: "EncodeURIComponent",
        is_trimmed: false,
        steps_a_byte: 1,
        function: |text, _| Ok(encode_uri::component(text)),
    },
    Lambda { name: "EvalMath", is_trimmed: true, steps_a_byte: 1, function: eval_math::eval_math },
    Lambda {
        name: "FormatDate",
        is_trimmed: true,
        steps_a_byte: 20,
        function: |text, context| Ok(format_date::format_date(text, context.host.intl())?),
    },
    Lambda {
        name: "FormatNumber",
        is_trimmed: true,
        steps_a_byte: 1,
        function: |text, context| Ok(format_number::format_number(text, context.host.intl())?),
    },
    Lambda {
        name: "ParseHjson",
        is_trimmed: true,
        steps_a_byte: 1,
        function: parse_hjson::parse_hjson,
    },
];

/// What makes another text of a section's.
#[derive(Debug)]
pub(super) struct Lambda {
    name: &'static str,
    /// Whether the blanks around the text do not count.
    is_trimmed: bool,
    /// What a byte of the text costs: formats of dates are looked through for dozens of tokens.
    steps_a_byte: usize,
    function: fn(&str, &mut Context<'_>) -> Result<String, Failure>,
}

/// What a lambda may use.
pub(super) struct Context<'r> {
    /// The view that its section stands in.
    pub view: &'r Found,
    /// What it takes is paid for.
    pub work: &'r mut Work,
    /// What the host gives.
    pub host: &'r dyn Host,
}

/// Why a lambda has no result.
pub(super) enum Failure {
    /// What it says in the place of the result.
    Text(String),
    /// Nothing can be rendered.
    Template(TemplateError),
}

impl From<String> for Failure {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<TemplateError> for Failure {
    fn from(error: TemplateError) -> Self {
        Self::Template(error)
    }
}

/// The lambda of a name.
pub(super) fn find(name: &str) -> Option<&'static Lambda> {
    LAMBDAS.iter().find(|lambda| lambda.name == name)
}

impl Lambda {
    /// What is rendered of the text between the tags.
    pub(super) fn template<'t>(&self, raw: &'t str) -> &'t str {
        if self.is_trimmed { raw.trim_matches(is_blank) } else { raw }
    }

    /// Makes another text of the rendered one.
    pub(super) fn apply(
        &self,
        text: &str,
        context: &mut Context<'_>,
    ) -> Result<String, TemplateError> {
        context.work.spend(text.len().saturating_mul(self.steps_a_byte))?;
        match (self.function)(text, context) {
            Ok(result) => Ok(result),
            Err(Failure::Text(error)) => {
                context.work.spend(error.len())?;
                context.host.warn(&format!("mustache render error: {error}"));
                Ok(error)
            }
            Err(Failure::Template(error)) => Err(error),
        }
    }
}
