//! Templates that were parsed before: a rule's thousandth alert comes with the texts of its first.

use std::cell::RefCell;
use std::collections::HashMap;
use std::mem;
use std::rc::Rc;

use super::TemplateError;
use super::parser::Template;

/// How many bytes of text a generation holds.
const GENERATION: usize = 500_000;

/// Parsed templates, by their text. There are two generations of them: when the new one is full it
/// becomes the old one, and what is not asked for before it is full again is let go.
#[derive(Debug, Default)]
pub struct ParsedTemplates(RefCell<Generations>);

#[derive(Debug, Default)]
struct Generations {
    new: HashMap<Rc<str>, Rc<Template>>,
    old: HashMap<Rc<str>, Rc<Template>>,
    /// Bytes of text in the new one.
    size: usize,
}

impl ParsedTemplates {
    /// Parses a template, unless that was done before.
    pub(super) fn parse(&self, text: &str) -> Result<Rc<Template>, TemplateError> {
        if let Some(template) = self.0.borrow().new.get(text) {
            return Ok(Rc::clone(template));
        }
        let old = self.0.borrow().old.get(text).cloned();
        let template = old.map_or_else(|| Template::parse(text).map(Rc::new), Ok)?;
        self.0.borrow_mut().keep(text, &template);
        Ok(template)
    }
}

impl Generations {
    fn keep(&mut self, text: &str, template: &Rc<Template>) {
        // A template of tags alone takes many times the room of its text.
        let size = text.len().saturating_add(template.parts.len().saturating_mul(32));
        if size > GENERATION / 4 {
            return;
        }
        self.size = self.size.saturating_add(size);
        if self.size > GENERATION {
            self.old = mem::take(&mut self.new);
            self.size = size;
        }
        self.new.insert(text.into(), Rc::clone(template));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(templates: &ParsedTemplates, text: &str) -> Rc<Template> {
        templates.parse(text).unwrap()
    }

    #[test]
    fn what_is_asked_for_again_is_not_parsed_again() {
        let templates = ParsedTemplates::default();
        let first = parse(&templates, "{{a}}");
        for number in 0..100_000 {
            parse(&templates, &format!("{{{{b{number}}}}}"));
            assert!(Rc::ptr_eq(&first, &parse(&templates, "{{a}}")), "{number}");
        }
        let generations = templates.0.borrow();
        assert!(generations.new.len() + generations.old.len() < 40_000);
    }

    #[test]
    fn what_is_not_asked_for_is_let_go() {
        let templates = ParsedTemplates::default();
        let first = parse(&templates, "{{a}}");
        for number in 0..40_000 {
            parse(&templates, &format!("{{{{b{number}}}}}"));
        }
        assert!(!Rc::ptr_eq(&first, &parse(&templates, "{{a}}")));
        assert_eq!(Rc::strong_count(&first), 1);
    }

    #[test]
    fn what_is_too_large_is_not_kept() {
        let templates = ParsedTemplates::default();
        let text = "x".repeat(GENERATION) + "{{a}}";
        assert_eq!(Rc::strong_count(&parse(&templates, &text)), 1);
    }
}
