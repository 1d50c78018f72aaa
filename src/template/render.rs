//! From the parts of a template and the variables to a text (templates.md 1.5).

use std::slice;

use super::TemplateError;
use super::escape::Escape;
use super::lookup::{Found, lookup};
use super::parser::Part;
use super::view::View;
use super::work::Work;

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

/// Renders a template.
pub fn render<'a>(
    parts: &[Part<'_>],
    variables: &'a View<'a>,
    escape: Escape,
    work: &mut Work,
) -> Result<String, TemplateError> {
    let mut out = String::new();
    let mut views = vec![Found::View(variables)];
    let mut sections: Vec<Open<'a>> = Vec::new();
    let mut place = 0_usize;
    while let Some(part) = parts.get(place) {
        work.spend(1)?;
        place = place.saturating_add(1);
        match part {
            Part::Text(text) => write(text, &mut out, work)?,
            Part::Variable { name, escaped } => {
                let Some(value) = lookup(name, &views, work)? else { continue };
                let escaped = *escaped && !value.is_number();
                let text = value.into_text(work)?;
                let text = if escaped { escape(&text) } else { text };
                write(&text, &mut out, work)?;
            }
            Part::Section { name, inverted, end } => {
                let value = lookup(name, &views, work)?;
                match enter(value, *inverted, place) {
                    None => place = *end,
                    Some((section, view)) => {
                        sections.push(section);
                        views.extend(view);
                    }
                }
            }
            Part::End => {
                let Some(section) = sections.last_mut() else { continue };
                if section.is_view {
                    views.pop();
                }
                match section.rest.next() {
                    Some(item) => {
                        views.push(Found::View(item));
                        place = section.body;
                    }
                    None => drop(sections.pop()),
                }
            }
        }
    }
    Ok(out)
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
            rest = list.items.iter();
            rest.next().map(Found::View)
        }
        other => other,
    };
    if view.is_some() == inverted {
        return None;
    }
    Some((Open { body, is_view, rest }, view.filter(|_| is_view)))
}

fn write(text: &str, out: &mut String, work: &mut Work) -> Result<(), TemplateError> {
    work.spend(text.len())?;
    out.push_str(text);
    Ok(())
}
