//! Texts between quotation marks, of one line or of several.

use super::Parser;

impl Parser<'_> {
    pub(super) fn quoted(&mut self, may_span_lines: bool) -> Result<String, String> {
        let quote = self.current();
        let mut text = Vec::new();
        loop {
            self.next();
            match self.current_char() {
                None => return self.error("Bad string"),
                Some('\n' | '\r') => return self.error("Bad string containing newline"),
                Some('\\') => {
                    self.next();
                    text.push(self.escaped()?);
                }
                Some(_) if self.current() == quote => break,
                Some(_) => text.extend(self.current()),
            }
        }
        self.next();
        if may_span_lines && text.is_empty() && quote == Some(u16::from(b'\'')) && self.take('\'') {
            return self.several_lines();
        }
        Ok(String::from_utf16_lossy(&text))
    }

    fn escaped(&mut self) -> Result<u16, String> {
        Ok(match self.current_char() {
            Some('b') => 8,
            Some('f') => 12,
            Some('n') => 10,
            Some('r') => 13,
            Some('t') => 9,
            Some('"' | '\'' | '\\' | '/') => self.current().unwrap_or_default(),
            Some('u') => {
                let mut unit = 0_u16;
                for _ in 0..4 {
                    self.next();
                    let digit = self.current_char().and_then(|c| c.to_digit(16));
                    let Some(digit) = digit.and_then(|digit| u16::try_from(digit).ok()) else {
                        return self.error(&format!("Bad \\u char {}", self.current_text()));
                    };
                    unit = unit.wrapping_shl(4) | digit;
                }
                unit
            }
            _ => return self.error("Bad string"),
        })
    }

    /// A text between `'''`, from after the first of them. Its lines are as far in as the quotes.
    fn several_lines(&mut self) -> Result<String, String> {
        let quotes = self.place.saturating_sub(3);
        let indent = quotes.saturating_sub(self.line_start(quotes));
        while self.is_blank_in_line() {
            self.next();
        }
        if self.take('\n') {
            self.skip_indent(indent);
        }
        let mut text: Vec<u16> = Vec::new();
        let mut quotes = 0_usize;
        while let Some(unit) = self.current() {
            self.next();
            if unit == u16::from(b'\'') {
                quotes = quotes.saturating_add(1);
                if quotes == 3 {
                    text.pop_if(|last| *last == u16::from(b'\n'));
                    return Ok(String::from_utf16_lossy(&text));
                }
                continue;
            }
            text.extend(std::iter::repeat_n(u16::from(b'\''), quotes));
            quotes = 0;
            if unit != u16::from(b'\r') {
                text.push(unit);
            }
            if unit == u16::from(b'\n') {
                self.skip_indent(indent);
            }
        }
        self.error("Bad multiline string")
    }

    fn skip_indent(&mut self, indent: usize) {
        for _ in 0..indent {
            if !self.is_blank_in_line() {
                break;
            }
            self.next();
        }
    }
}
