//! From a text to a tree of what has to be written (templates.md 1.1 to 1.3).

use std::fmt;

/// How deep sections may be nested: rendering recurses once a level.
const MAX_NESTING: usize = 100;

/// One part of a template.
#[derive(Debug, PartialEq, Eq)]
pub enum Node<'t> {
    /// Text as it stands.
    Text(&'t str),
    /// `{{name}}`, or `{{{name}}}` and `{{&name}}`, which are not escaped.
    Variable { name: &'t str, escaped: bool },
    /// `{{#name}}...{{/name}}`, or inverted with `^`.
    Section { name: &'t str, inverted: bool, body: Vec<Node<'t>> },
}

/// Why a template cannot be rendered.
#[derive(Debug, PartialEq, Eq)]
pub struct TemplateError(pub String);

impl fmt::Display for TemplateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
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

/// Parses a template.
pub fn parse(template: &str) -> Result<Vec<Node<'_>>, TemplateError> {
    let mut parser = Parser::new(template);
    while parser.text() {
        parser.tag()?;
    }
    parser.finish()
}

/// A section that is not closed yet.
struct Open<'t> {
    name: &'t str,
    inverted: bool,
    /// What stood before it on its level.
    before: Vec<Node<'t>>,
}

struct Parser<'t> {
    template: &'t str,
    /// What has not been read yet.
    rest: &'t str,
    delimiters: (&'t str, &'t str),
    open: Vec<Open<'t>>,
    nodes: Vec<Node<'t>>,
    line: Line<'t>,
}

/// The line being read. Whether its blanks are written is known only at its end, so its parts wait
/// here: the blanks of a line that holds nothing but blanks and silent tags are not.
#[derive(Default)]
struct Line<'t> {
    parts: Vec<Part<'t>>,
    has_tag: bool,
    has_content: bool,
}

enum Part<'t> {
    Text(&'t str),
    Variable { name: &'t str, escaped: bool },
    Open { name: &'t str, inverted: bool },
    Close,
}

impl<'t> Parser<'t> {
    fn new(template: &'t str) -> Self {
        Self {
            template,
            rest: template,
            delimiters: ("{{", "}}"),
            open: Vec::new(),
            nodes: Vec::new(),
            line: Line::default(),
        }
    }

    /// Reads text up to the next tag, line by line; false where there is none.
    fn text(&mut self) -> bool {
        let tag = self.rest.find(self.delimiters.0);
        let text = self.take(tag.unwrap_or(self.rest.len()));
        for line in text.split_inclusive('\n') {
            self.line.has_content |= !line.chars().all(is_blank);
            self.line.parts.push(Part::Text(line));
            if line.ends_with('\n') {
                self.end_line();
            }
        }
        tag.is_some()
    }

    fn tag(&mut self) -> Result<(), TemplateError> {
        let start = self.position();
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
            Some('{') => {
                let triple = format!("}}{close}");
                let end = self.rest.find(&triple).ok_or_else(|| self.unclosed_tag())?;
                let content = self.take(end).trim_end_matches(is_blank);
                self.take(triple.len());
                content
            }
            _ => self.until(close)?,
        };
        self.line.has_tag = true;
        match sigil {
            Some('#') => self.open_section(content, false)?,
            Some('^') => self.open_section(content, true)?,
            Some('/') => self.close_section(content, start)?,
            Some('=') => self.set_delimiters(content)?,
            // No partial is ever known, so that it renders as nothing, like a comment.
            Some('>' | '!') => {}
            _ => {
                self.line.has_content = true;
                self.line.parts.push(Part::Variable { name: content, escaped: sigil.is_none() });
            }
        }
        Ok(())
    }

    fn open_section(&mut self, name: &'t str, inverted: bool) -> Result<(), TemplateError> {
        if self.open.len() >= MAX_NESTING {
            return Err(TemplateError(format!("Sections are nested more than {MAX_NESTING} deep")));
        }
        self.line.parts.push(Part::Open { name, inverted });
        // What it holds is put under it when its line ends; who closes it must know of it now.
        self.open.push(Open { name, inverted, before: Vec::new() });
        Ok(())
    }

    fn close_section(&mut self, name: &'t str, start: usize) -> Result<(), TemplateError> {
        match self.open.pop() {
            None => Err(TemplateError(format!("Unopened section \"{name}\" at {start}"))),
            Some(open) if open.name != name => {
                Err(TemplateError(format!("Unclosed section \"{}\" at {start}", open.name)))
            }
            Some(_) => {
                self.line.parts.push(Part::Close);
                Ok(())
            }
        }
    }

    fn set_delimiters(&mut self, content: &'t str) -> Result<(), TemplateError> {
        let mut pieces = content.split(is_blank).filter(|piece| !piece.is_empty());
        match (pieces.next(), pieces.next()) {
            (Some(open), Some(close)) => {
                self.delimiters = (open, close);
                Ok(())
            }
            _ => Err(TemplateError(format!("Invalid tags: {content}"))),
        }
    }
}
