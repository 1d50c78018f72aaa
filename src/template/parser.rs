//! From a text to the parts that have to be rendered (templates.md 1.1 to 1.3).

use std::ops::Range;

use super::TemplateError;

/// A text that was read, and its parts. They stand in a list, sections flat among them.
#[derive(Debug)]
pub struct Template {
    text: Box<str>,
    pub parts: Vec<Part>,
}

/// One part of a template.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    /// Text as it stands.
    Text(Span),
    /// `{{name}}`, or `{{{name}}}` and `{{&name}}`, which are not escaped.
    Variable { name: Span, escaped: bool },
    /// `{{#name}}`, or inverted with `^`; `end` is the place after its [`Part::End`], `raw` the text
    /// between its tags as it stands, which is what a lambda gets.
    Section { name: Span, inverted: bool, end: usize, raw: Span },
    /// `{{/name}}`.
    End,
}

/// A piece of the template's text.
pub type Span = Range<usize>;

impl Template {
    /// Parses a template, in time that grows with its length alone.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut parser = Parser::new(text);
        while parser.text() {
            parser.tag()?;
        }
        Ok(Self { parts: parser.finish()?, text: text.into() })
    }

    /// A piece of the text.
    pub fn piece(&self, span: &Span) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }
}

struct Parser<'t> {
    template: &'t str,
    /// What has not been read yet.
    rest: &'t str,
    delimiters: (&'t str, &'t str),
    parts: Vec<Part>,
    /// The sections that are not closed yet.
    open: Vec<OpenSection<'t>>,
    line: Line,
}

struct OpenSection<'t> {
    name: &'t str,
    /// Its place among the parts.
    place: usize,
    /// What follows its tag.
    rest: &'t str,
}

/// The line being read: the blanks of a line that holds nothing but blanks and silent tags are not
/// written, which is known only at its end.
#[derive(Default)]
struct Line {
    /// The place of its first part.
    start: usize,
    has_tag: bool,
    has_content: bool,
}

impl<'t> Parser<'t> {
    fn new(template: &'t str) -> Self {
        Self {
            template,
            rest: template,
            delimiters: ("{{", "}}"),
            parts: Vec::new(),
            open: Vec::new(),
            line: Line::default(),
        }
    }

    /// Reads text up to the next tag; false where there is none.
    fn text(&mut self) -> bool {
        let tag = self.rest.find(self.delimiters.0);
        let text = self.take(tag.unwrap_or(self.rest.len()));
        // Tags can stand only on the first line of a text and on its last.
        if let Some((first, others)) = split_after(text, text.find('\n')) {
            self.line_text(first);
            self.end_line();
            let (middle, last) = split_after(others, others.rfind('\n')).unwrap_or(("", others));
            self.line_text(middle);
            self.end_line();
            self.line_text(last);
        } else {
            self.line_text(text);
        }
        tag.is_some()
    }

    fn line_text(&mut self, text: &'t str) {
        if !text.is_empty() {
            self.line.has_content |= !text.chars().all(is_blank);
            let span = self.span(text);
            self.parts.push(Part::Text(span));
        }
    }

    fn end_line(&mut self) {
        if self.line.has_tag && !self.line.has_content {
            for part in self.parts.iter_mut().skip(self.line.start) {
                if let Part::Text(span) = part {
                    // The places of the parts must stay what they are.
                    *span = 0..0;
                }
            }
        }
        self.line = Line { start: self.parts.len(), has_tag: false, has_content: false };
    }

    fn tag(&mut self) -> Result<(), TemplateError> {
        let start = self.template.len().saturating_sub(self.rest.len());
        self.take(self.delimiters.0.len());
        self.skip_blanks();
        let sigil = self.rest.chars().next().filter(|c| "#^/>{&=!".contains(*c));
        self.take(sigil.map_or(0, char::len_utf8));
        self.skip_blanks();
        let close = self.delimiters.1;
        let content = match sigil {
            Some('=') => {
                let content = self.until("=")?;
                // Anything between the second `=` and the delimiter is passed over.
                self.until(close)?;
                content
            }
            Some('{') => self.until(&format!("}}{close}"))?,
            _ => self.until(close)?,
        };
        self.line.has_tag = true;
        match sigil {
            Some('#') => self.open_section(content, false),
            Some('^') => self.open_section(content, true),
            Some('/') => self.close_section(content, start)?,
            Some('=') => self.set_delimiters(content)?,
            // No partial is ever known: it renders as nothing, like a comment.
            Some('>' | '!') => {}
            _ => {
                self.line.has_content = true;
                let name = self.span(content);
                self.parts.push(Part::Variable { name, escaped: sigil.is_none() });
            }
        }
        Ok(())
    }

    fn open_section(&mut self, name: &'t str, inverted: bool) {
        self.open.push(OpenSection { name, place: self.parts.len(), rest: self.rest });
        let name = self.span(name);
        self.parts.push(Part::Section { name, inverted, end: 0, raw: 0..0 });
    }

    fn close_section(&mut self, name: &'t str, start: usize) -> Result<(), TemplateError> {
        let Some(open) = self.open.pop() else {
            return Err(self.error_at(start, &format!("Unopened section \"{name}\"")));
        };
        if open.name != name {
            return Err(self.error_at(start, &format!("Unclosed section \"{}\"", open.name)));
        }
        self.parts.push(Part::End);
        let after = self.parts.len();
        let body = self.template.len().saturating_sub(open.rest.len())..start;
        if let Some(Part::Section { end, raw, .. }) = self.parts.get_mut(open.place) {
            *end = after;
            *raw = body;
        }
        Ok(())
    }

    fn set_delimiters(&mut self, content: &'t str) -> Result<(), TemplateError> {
        let mut pieces = content.split(is_blank).filter(|piece| !piece.is_empty());
        let (Some(open), Some(close)) = (pieces.next(), pieces.next()) else {
            return Err(TemplateError(format!("Invalid tags: {content}")));
        };
        self.delimiters = (open, close);
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<Part>, TemplateError> {
        self.end_line();
        match self.open.last() {
            None => Ok(self.parts),
            Some(open) => {
                let error = format!("Unclosed section \"{}\"", open.name);
                Err(self.error_at(self.template.len(), &error))
            }
        }
    }

    /// Where a piece of the template stands in it.
    fn span(&self, piece: &str) -> Span {
        let start = piece.as_ptr().addr().saturating_sub(self.template.as_ptr().addr());
        start..start.saturating_add(piece.len())
    }

    fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start_matches(is_blank);
    }

    /// Reads up to a mark and over it. The blanks before it are left out.
    fn until(&mut self, mark: &str) -> Result<&'t str, TemplateError> {
        let Some(end) = self.rest.find(mark) else {
            return Err(self.error_at(self.template.len(), "Unclosed tag"));
        };
        let content = self.take(end);
        self.take(mark.len());
        Ok(content.trim_end_matches(is_blank))
    }

    /// Places are counted as JavaScript counts them, in UTF-16 units.
    fn error_at(&self, place: usize, what: &str) -> TemplateError {
        let before = self.template.get(..place).unwrap_or(self.template);
        TemplateError(format!("{what} at {}", before.encode_utf16().count()))
    }
}

/// A text in two, the character at a place, which is one byte, being the last of the first.
fn split_after(text: &str, place: Option<usize>) -> Option<(&str, &str)> {
    text.split_at_checked(place?.checked_add(1)?)
}

/// JavaScript's `\s`.
pub fn is_blank(c: char) -> bool {
    matches!(
        c,
        '\u{9}'..='\u{d}'
            | ' '
            | '\u{a0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200a}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202f}'
            | '\u{205f}'
            | '\u{3000}'
            | '\u{feff}'
    )
}
