//! Hjson as npm's hjson 3.2.1 reads it: JSON with comments, with quotation marks, commas and the
//! braces around it all left out, and with texts of several lines (templates.md 3.2).
//!
//! Places in the text are counted in UTF-16 units, as JavaScript counts them, because the errors
//! name them.

mod quoted;

use crate::schema::{MAX_DEPTH, Members, Value};
use crate::template::parser::is_blank;

/// Reads a Hjson text.
pub fn parse(text: &str) -> Result<Value, String> {
    let text: Vec<u16> = text.encode_utf16().collect();
    let mut parser = Parser::new(&text);
    parser.skip_blanks();
    if parser.is('{') || parser.is('[') {
        return parser.whole(Parser::value);
    }
    // Most likely an object without its braces; otherwise a single value. The error is about the
    // object.
    parser.whole(Parser::members).or_else(|error| {
        let mut parser = Parser::new(&text);
        parser.skip_blanks();
        parser.whole(Parser::value).map_err(|_| error)
    })
}

struct Parser<'t> {
    text: &'t [u16],
    /// The place of the current unit; at the end of the text, how often more was asked for.
    place: usize,
    depth: usize,
    /// A place whose line is known, and where that line starts.
    line: (usize, usize),
}

impl<'t> Parser<'t> {
    fn new(text: &'t [u16]) -> Self {
        Self { text, place: 0, depth: 0, line: (0, 0) }
    }

    /// A value that nothing follows.
    fn whole(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Value, String>,
    ) -> Result<Value, String> {
        let value = read(self)?;
        self.skip_blanks();
        match self.current() {
            None => Ok(value),
            Some(_) => self.error("Syntax error, found trailing characters"),
        }
    }

    fn value(&mut self) -> Result<Value, String> {
        self.skip_blanks();
        match self.current_char() {
            Some('{') => self.nested(Self::object),
            Some('[') => self.nested(Self::array),
            Some('"' | '\'') => self.quoted(true).map(Value::String),
            _ => self.quoteless(),
        }
    }

    fn nested(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Value, String>,
    ) -> Result<Value, String> {
        if self.depth == MAX_DEPTH {
            return self.error(&format!("Nested more than {MAX_DEPTH} levels deep"));
        }
        self.depth = self.depth.saturating_add(1);
        self.next();
        let value = read(self)?;
        self.depth = self.depth.saturating_sub(1);
        Ok(value)
    }

    fn array(&mut self) -> Result<Value, String> {
        let mut items = Vec::new();
        self.skip_blanks();
        if self.take(']') {
            return Ok(Value::Array(items));
        }
        while self.current().is_some() {
            items.push(self.value()?);
            self.skip_comma();
            if self.take(']') {
                return Ok(Value::Array(items));
            }
        }
        self.error("End of input while parsing an array (missing ']')")
    }

    fn object(&mut self) -> Result<Value, String> {
        let mut members = Members::default();
        self.skip_blanks();
        if self.take('}') {
            return Ok(members.into());
        }
        while self.current().is_some() {
            self.member(&mut members)?;
            if self.take('}') {
                return Ok(members.into());
            }
        }
        self.error("End of input while parsing an object (missing '}')")
    }

    /// An object without its braces.
    fn members(&mut self) -> Result<Value, String> {
        let mut members = Members::default();
        while self.current().is_some() {
            self.member(&mut members)?;
        }
        Ok(members.into())
    }

    fn member(&mut self, members: &mut Members) -> Result<(), String> {
        let key = self.key()?;
        self.skip_blanks();
        if !self.take(':') {
            return self.error(&format!("Expected ':' instead of '{}'", self.current_text()));
        }
        let value = self.value()?;
        // In JavaScript it is the object's prototype, which JSON leaves out.
        if key != "__proto__" {
            members.set(key, value);
        }
        self.skip_comma();
        Ok(())
    }

    fn key(&mut self) -> Result<String, String> {
        if self.is('"') || self.is('\'') {
            return self.quoted(false);
        }
        let start = self.place;
        let mut name = Vec::new();
        // How long the name was when a blank came.
        let mut blank = None;
        loop {
            match self.current_char() {
                None => {
                    return self
                        .error("Found EOF while looking for a key name (check your syntax)");
                }
                Some(':') if name.is_empty() => {
                    return self
                        .error("Found ':' but no key name (for an empty key name use quotes)");
                }
                Some(':') => match blank {
                    Some(length) if length != name.len() => {
                        self.place = start.saturating_add(length);
                        return self
                            .error("Found whitespace in your key name (use quotes to include)");
                    }
                    _ => return Ok(String::from_utf16_lossy(&name)),
                },
                Some(c) if c <= ' ' => blank = blank.or(Some(name.len())),
                Some(c) if is_punctuation(c) => {
                    return self.error(&format!(
                        "Found '{c}' where a key name was expected (check your syntax or use \
                         quotes if the key name includes {{}}[],: or whitespace)"
                    ));
                }
                Some(_) => name.extend(self.current()),
            }
            self.next();
        }
    }

    /// `true`, `false`, `null` or a number, where nothing else stands before what may follow it;
    /// otherwise a text up to the end of the line.
    fn quoteless(&mut self) -> Result<Value, String> {
        if let Some(c) = self.current_char().filter(|c| is_punctuation(*c)) {
            return self.error(&format!(
                "Found a punctuator character '{c}' when expecting a quoteless string (check your \
                 syntax)"
            ));
        }
        let start = self.place;
        let mut is_first = true;
        loop {
            self.next();
            let is_end = matches!(self.current_char(), None | Some('\n' | '\r'));
            let may_follow = is_end
                || self.is(',')
                || self.is('}')
                || self.is(']')
                || self.is('#')
                || self.is_comment();
            if !may_follow {
                continue;
            }
            let text = String::from_utf16_lossy(
                self.text.get(start..self.place.min(self.text.len())).unwrap_or_default(),
            );
            // What is no word by now is none with more behind it.
            if is_first && let Some(word) = word(&text) {
                return Ok(word);
            }
            if is_end {
                return Ok(Value::String(text.trim_matches(is_blank).to_owned()));
            }
            is_first = false;
            while !matches!(self.peek(1), None | Some('\n' | '\r')) {
                self.next();
            }
        }
    }

    fn skip_comma(&mut self) {
        self.skip_blanks();
        if self.take(',') {
            self.skip_blanks();
        }
    }

    /// Skips blanks and comments.
    fn skip_blanks(&mut self) {
        loop {
            while self.current_char().is_some_and(|c| c <= ' ') {
                self.next();
            }
            if self.is('#') || (self.is_comment() && self.peek(1) == Some('/')) {
                while self.current().is_some() && !self.is('\n') {
                    self.next();
                }
            } else if self.is_comment() {
                self.next();
                self.next();
                while self.current().is_some() && !(self.is('*') && self.peek(1) == Some('/')) {
                    self.next();
                }
                if self.take('*') {
                    self.next();
                }
            } else {
                break;
            }
        }
    }

    fn is_comment(&self) -> bool {
        self.is('/') && matches!(self.peek(1), Some('/' | '*'))
    }

    fn is_blank_in_line(&self) -> bool {
        self.current_char().is_some_and(|c| c <= ' ' && c != '\n')
    }

    fn next(&mut self) {
        self.place = self.place.saturating_add(1);
    }

    fn take(&mut self, c: char) -> bool {
        let is = self.is(c);
        if is {
            self.next();
        }
        is
    }

    fn is(&self, c: char) -> bool {
        self.current_char() == Some(c)
    }

    fn current(&self) -> Option<u16> {
        self.text.get(self.place).copied()
    }

    fn current_char(&self) -> Option<char> {
        self.peek(0)
    }

    /// The current unit as it reads in an error.
    fn current_text(&self) -> String {
        self.current_char().map(String::from).unwrap_or_default()
    }

    fn peek(&self, offset: usize) -> Option<char> {
        let unit = *self.text.get(self.place.saturating_add(offset))?;
        Some(char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// Where the line of a place starts. Places are asked for from the first to the last, and no
    /// unit is looked at twice.
    fn line_start(&mut self, place: usize) -> usize {
        let between = self.text.get(self.line.0..place).unwrap_or_default();
        let start = match between.iter().rposition(|unit| *unit == u16::from(b'\n')) {
            Some(newline) => self.line.0.saturating_add(newline).saturating_add(1),
            None => self.line.1,
        };
        self.line = (place, start);
        start
    }

    /// An error, and where it is: npm's hjson counts columns from 0 on the first line and from 1 on
    /// others, and never shows the first unit of the text.
    fn error<T>(&self, what: &str) -> Result<T, String> {
        let newline = u16::from(b'\n');
        let upto = self.text.get(..=self.place).unwrap_or(self.text);
        let line_break = upto.iter().rposition(|unit| *unit == newline).unwrap_or(0);
        let before = upto.iter().take(line_break.saturating_add(1)).skip(1);
        let line = before.filter(|unit| **unit == newline).count();
        let rest = self.text.get(line_break.saturating_add(1)..).unwrap_or_default();
        let excerpt = rest.get(..20).unwrap_or(rest);
        Err(format!(
            "{what} at line {},{} >>>{} ...",
            line.saturating_add(1),
            self.place.saturating_sub(line_break),
            String::from_utf16_lossy(excerpt)
        ))
    }
}

fn is_punctuation(c: char) -> bool {
    matches!(c, '{' | '}' | '[' | ']' | ',' | ':')
}

/// What a text means if it is no text.
fn word(text: &str) -> Option<Value> {
    match text.trim_end_matches(is_blank) {
        "true" => Some(Value::Bool(true)),
        "false" => Some(Value::Bool(false)),
        "null" => Some(Value::Null),
        _ => number(text.trim_end_matches(|c| c <= ' ')).map(Value::Number),
    }
}

/// A number of JSON, which may also end with its dot.
fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let integer = digits.strip_suffix(rest)?;
    let is_number = !integer.is_empty()
        && (integer == "0" || !integer.starts_with('0'))
        && (rest.is_empty() || rest.starts_with(['.', 'e', 'E']))
        && rest.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    if !is_number {
        return None;
    }
    text.parse().ok().filter(|number: &f64| number.is_finite())
}
