//! From the parts of a template and the variables to a text (templates.md 1.5).

use std::ops::Range;
use std::rc::Rc;

use super::escape::{Escape, JsonSoFar};
use super::lambdas::{Context, Lambda, MAX_NESTING};
use super::lookup::{Found, lookup};
use super::parsed::ParsedTemplates;
use super::parser::Part;
use super::variables::{Node, View};
use super::work::{LAMBDA, Work};
use super::{Host, TemplateError};

/// A section that is being rendered. The sections are kept in a list and not on the stack: no
/// template can be nested too deep.
struct Open {
    /// Where its body starts.
    body: usize,
    /// Whether its value is looked into by the names inside it.
    is_view: bool,
    /// The items of a list that it has still to be rendered for.
    rest: Option<(Rc<Node>, Range<usize>)>,
}

impl Open {
    fn next(&mut self, work: &mut Work) -> Result<Option<View>, TemplateError> {
        let Some((list, rest)) = &mut self.rest else { return Ok(None) };
        rest.next().map(|index| list.item(index, work)).transpose()
    }
}

/// Renders a text, and those inside its lambdas.
pub struct Rendering<'r> {
    /// What names are looked for in, the innermost last.
    views: Vec<Found>,
    escape: Escape,
    work: &'r mut Work,
    templates: &'r ParsedTemplates,
    host: &'r dyn Host,
    /// The lambdas that the text being rendered stands in.
    lambdas: usize,
}

impl<'r> Rendering<'r> {
    pub fn new(
        variables: &View,
        escape: Escape,
        templates: &'r ParsedTemplates,
        work: &'r mut Work,
        host: &'r dyn Host,
    ) -> Self {
        let views = vec![Found::View(variables.clone())];
        Self { views, escape, work, templates, host, lambdas: 0 }
    }

    /// Renders a template.
    pub fn render(&mut self, text: &str) -> Result<String, TemplateError> {
        let template = self.templates.parse(text)?;
        let mut out = String::new();
        let mut json = JsonSoFar::default();
        let mut sections: Vec<Open> = Vec::new();
        let mut place = 0_usize;
        while let Some(part) = template.parts.get(place) {
            self.work.spend(1)?;
            place = place.saturating_add(1);
            match part {
                Part::Text(span) => self.write(template.piece(span), &mut out)?,
                Part::Variable { name, escaped } => {
                    let name = template.piece(name);
                    let Some(value) = lookup(name, &self.views, self.work)? else { continue };
                    let escaped = *escaped && !value.is_number();
                    let text = value.into_text(self.work)?;
                    let text = if escaped {
                        self.escape.apply(&text, || json.takes_value(&out))
                    } else {
                        (&*text).into()
                    };
                    self.write(&text, &mut out)?;
                }
                Part::Section { name, inverted, end, raw } => {
                    match lookup(template.piece(name), &self.views, self.work)? {
                        Some(Found::Lambda(lambda)) => {
                            if !inverted {
                                let text = self.apply(lambda, template.piece(raw))?;
                                let text =
                                    self.escape.behind_lambda(&text, || json.takes_value(&out));
                                self.write(&text, &mut out)?;
                            }
                            place = *end;
                        }
                        value => match enter(value, *inverted, place, self.work)? {
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
                    match section.next(self.work)? {
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
        self.work.spend(raw.len().saturating_add(LAMBDA))?;
        self.lambdas = self.lambdas.saturating_add(1);
        let outside = self.escape;
        self.escape = outside.inside_lambda();
        let text = self.render(lambda.template(raw))?;
        self.escape = outside;
        self.lambdas = self.lambdas.saturating_sub(1);
        let Some(view) = self.views.last() else { return Ok(text) };
        lambda.apply(&text, &mut Context { view, work: self.work, host: self.host })
    }

    fn write(&mut self, text: &str, out: &mut String) -> Result<(), TemplateError> {
        self.work.write(text.len())?;
        out.push_str(text);
        Ok(())
    }
}

/// The first pass of a section and the view it is for, or `None` where the section is left out.
fn enter(
    value: Option<Found>,
    inverted: bool,
    body: usize,
    work: &mut Work,
) -> Result<Option<(Open, Option<Found>)>, TemplateError> {
    // In `true` there is nothing to look into.
    let is_view = !inverted && !matches!(value, Some(Found::View(View::Bool(_))));
    let mut section = Open { body, is_view, rest: None };
    let view = match value.filter(Found::is_truthy) {
        Some(Found::View(View::List(list))) => {
            let items = 0..list.length(work)?;
            section.rest = Some((list, items));
            section.next(work)?.map(Found::View)
        }
        other => other,
    };
    if view.is_some() == inverted {
        return Ok(None);
    }
    Ok(Some((section, view.filter(|_| is_view))))
}
