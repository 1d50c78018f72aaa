//! From the parts of a template and the variables to a text (templates.md 1.5).

use std::slice;

use super::escape::Escape;
use super::lambdas::{Context, Lambda, MAX_NESTING};
use super::lookup::{Found, lookup};
use super::parser::{Part, parse};
use super::view::View;
use super::work::Work;
use super::{Host, TemplateError};

/// A section that is being rendered. The sections are kept in a list and not on the stack: no
/// template can be nested too deep.
struct Open<'a> {
    /// Where its body starts.
    body: usize,
    /// Whether its value is looked into by the names inside it.
    is_view: bool,
    /// The items of a list that it has still to be rendered for.
    rest: slice::Iter<'a, View<'a>>,
}

/// Renders a text, and those inside its lambdas.
pub struct Rendering<'a, 'r> {
    /// What names are looked for in, the innermost last.
    views: Vec<Found<'a>>,
    escape: Escape,
    work: &'r mut Work,
    host: &'r dyn Host,
    /// The lambdas that the text being rendered stands in.
    lambdas: usize,
}

impl<'a, 'r> Rendering<'a, 'r> {
    pub fn new(
        variables: &'a View<'a>,
        escape: Escape,
        work: &'r mut Work,
        host: &'r dyn Host,
    ) -> Self {
        Self { views: vec![Found::View(variables)], escape, work, host, lambdas: 0 }
    }

    /// Renders a template.
    pub fn render(&mut self, template: &str) -> Result<String, TemplateError> {
        let parts = parse(template)?;
        let mut out = String::new();
        let mut sections: Vec<Open<'a>> = Vec::new();
        let mut place = 0_usize;
        while let Some(part) = parts.get(place) {
            self.work.spend(1)?;
            place = place.saturating_add(1);
            match part {
                Part::Text(text) => self.write(text, &mut out)?,
                Part::Variable { name, escaped } => {
                    let Some(value) = lookup(name, &self.views, self.work)? else { continue };
                    let escaped = *escaped && !value.is_number();
                    let text = value.into_text(self.work)?;
                    let text = if escaped { (self.escape)(&text) } else { text };
                    self.write(&text, &mut out)?;
                }
                Part::Section { name, inverted, end, raw } => {
                    match lookup(name, &self.views, self.work)? {
                        Some(Found::Lambda(lambda)) => {
                            if !inverted {
                                let text = self.apply(lambda, raw)?;
                                self.write(&text, &mut out)?;
                            }
                            place = *end;
                        }
                        value => match enter(value, *inverted, place) {
                            None => place = *end,
                            Some((section, view)) => {
                                sections.push(section);
                                self.views.extend(view);
                            }
                        },
                    }
                }
                Part::End => {
                    let Some(section) = sections.last_mut() else { continue };
                    if section.is_view {
                        self.views.pop();
                    }
                    match section.rest.next() {
                        Some(item) => {
                            self.views.push(Found::View(item));
                            place = section.body;
                        }
                        None => drop(sections.pop()),
                    }
                }
            }
        }
        Ok(out)
    }

    /// What a lambda makes of the text between its tags, which is a template of its own.
    fn apply(&mut self, lambda: &Lambda, raw: &str) -> Result<String, TemplateError> {
        // Lambdas inside lambdas are rendered on the stack, and read once more for each of them.
        if self.lambdas == MAX_NESTING {
            let error = format!("Lambdas are nested more than {MAX_NESTING} levels deep");
            return Err(TemplateError(error));
        }
        self.work.spend(raw.len())?;
        self.lambdas = self.lambdas.saturating_add(1);
        let text = self.render(lambda.template(raw))?;
        self.lambdas = self.lambdas.saturating_sub(1);
        let Some(view) = self.views.last() else { return Ok(text) };
        lambda.apply(&text, &mut Context { view, work: self.work, host: self.host })
    }

    fn write(&mut self, text: &str, out: &mut String) -> Result<(), TemplateError> {
        self.work.spend(text.len())?;
        out.push_str(text);
        Ok(())
    }
}

/// The first pass of a section and the view it is for, or `None` where the section is left out.
fn enter(
    value: Option<Found<'_>>,
    inverted: bool,
    body: usize,
) -> Option<(Open<'_>, Option<Found<'_>>)> {
    // In `true` there is nothing to look into.
    let is_view = !inverted && !matches!(value, Some(Found::View(View::Bool(_))));
    let mut rest = [].iter();
    let view = match value.filter(Found::is_truthy) {
        Some(Found::View(View::List(list))) => {
            rest = list.items().iter();
            rest.next().map(Found::View)
        }
        other => other,
    };
    if view.is_some() == inverted {
        return None;
    }
    Some((Open { body, is_view, rest }, view.filter(|_| is_view)))
}
