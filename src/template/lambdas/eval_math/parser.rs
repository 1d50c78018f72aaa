//! From the text of an expression to its tree.
//!
//! The grammar is a parsing expression grammar: of several ways to go on, the first that leads
//! somewhere is taken for good. What was expected is noted on the way, as npm's peggy notes it: at
//! the place furthest in, and named by the rule that something was expected for.

/// The longest expression, in UTF-16 units.
const MAX_LENGTH: usize = 1000;
/// How many parentheses may be open at once.
const MAX_NESTING: usize = 20;

/// An expression, or a part of one.
#[derive(Debug)]
pub enum Node {
    Number(f64),
    Variable(String),
    /// `name=value` among the arguments of a function, which none of them takes.
    NamedArgument(String),
    Call {
        name: String,
        arguments: Vec<Node>,
    },
    /// Operands with operators between them, worked out from left to right. An operator goes by the
    /// name of the function that it stands for.
    Chain {
        first: Box<Node>,
        rest: Vec<(&'static str, Node)>,
    },
}

/// Parses an expression; also says how many steps it took.
pub fn parse(text: &str) -> (Result<Node, String>, usize) {
    if text.encode_utf16().count() > MAX_LENGTH {
        let error = format!("Expression exceeds maximum length of {MAX_LENGTH} characters");
        return (Err(error), 0);
    }
    let mut depth = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'(' => depth = depth.saturating_add(1),
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_NESTING {
            return (Err(too_deep()), 0);
        }
    }
    let mut parser = Parser {
        text,
        place: 0,
        depth: 0,
        is_too_deep: false,
        silent: 0,
        furthest: 0,
        expected: Vec::new(),
        steps: 0,
    };
    let tree = parser.expression();
    let at_end = parser.place == text.len();
    if tree.is_some() && !at_end {
        parser.expect("end of input");
    }
    let tree = match tree {
        _ if parser.is_too_deep => Err(too_deep()),
        Some(tree) if at_end => Ok(tree),
        _ => Err(parser.error()),
    };
    (tree, parser.steps)
}

fn too_deep() -> String {
    format!("Expression exceeds maximum nesting depth of {MAX_NESTING}")
}

struct Parser<'t> {
    text: &'t str,
    place: usize,
    /// The parentheses that are open. Those in quoted names make the count before the parsing wrong.
    depth: usize,
    is_too_deep: bool,
    /// The rules being tried whose insides are not named in an error.
    silent: usize,
    furthest: usize,
    expected: Vec<&'static str>,
    steps: usize,
}

type Rule<'t> = fn(&mut Parser<'t>) -> Option<Node>;

impl<'t> Parser<'t> {
    fn expression(&mut self) -> Option<Node> {
        let start = self.place;
        self.blanks();
        if let Some(left) = self.sum() {
            let end = self.place;
            if let Some(operator) = self.comparison()
                && let Some(right) = self.sum()
            {
                self.blanks();
                return Some(Node::Chain { first: Box::new(left), rest: vec![(operator, right)] });
            }
            self.place = end;
            return Some(left);
        }
        self.place = start;
        self.group(Self::expression)
    }

    fn comparison(&mut self) -> Option<&'static str> {
        if self.take(">", "\">\"") {
            Some(if self.take("=", "\"=\"") { "gte" } else { "gt" })
        } else if self.take("<", "\"<\"") {
            Some(if self.take("=", "\"=\"") { "lte" } else { "lt" })
        } else {
            (self.take("=", "\"=\"") && self.take("=", "\"=\"")).then_some("eq")
        }
    }

    fn sum(&mut self) -> Option<Node> {
        let operators = [("+", "\"+\"", "add"), ("-", "\"-\"", "subtract")];
        self.chain(Self::product, &operators)
    }

    fn product(&mut self) -> Option<Node> {
        let operators = [("*", "\"*\"", "multiply"), ("/", "\"/\"", "divide")];
        self.chain(Self::factor, &operators)
    }

    fn chain(
        &mut self,
        operand: Rule<'t>,
        operators: &[(&str, &'static str, &'static str)],
    ) -> Option<Node> {
        let start = self.place;
        self.blanks();
        let Some(first) = operand(self) else {
            self.place = start;
            return None;
        };
        let mut rest = Vec::new();
        loop {
            let end = self.place;
            let operator = operators.iter().find(|(sign, expected, _)| self.take(sign, expected));
            let Some((.., name)) = operator else { break };
            let Some(operand) = operand(self) else {
                self.place = end;
                break;
            };
            rest.push((*name, operand));
        }
        self.blanks();
        Some(if rest.is_empty() { first } else { Node::Chain { first: Box::new(first), rest } })
    }

    fn factor(&mut self) -> Option<Node> {
        self.group(Self::sum)
            .or_else(|| self.named("function", Self::call))
            .or_else(|| self.named("literal", Self::literal))
    }

    fn group(&mut self, inside: Rule<'t>) -> Option<Node> {
        let start = self.place;
        self.blanks();
        let node = self.parenthesised(|parser| {
            parser.blanks();
            inside(parser)
        });
        match node {
            Some(_) => self.blanks(),
            None => self.place = start,
        }
        node
    }

    /// What stands between parentheses.
    fn parenthesised<T>(&mut self, inside: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if !self.take("(", "\"(\"") {
            return None;
        }
        self.is_too_deep |= self.depth == MAX_NESTING;
        if self.is_too_deep {
            return None;
        }
        self.depth = self.depth.saturating_add(1);
        let inside = inside(self);
        self.depth = self.depth.saturating_sub(1);
        let inside = inside?;
        self.blanks();
        self.take(")", "\")\"").then_some(inside)
    }

    /// A rule that an error names instead of what is inside it.
    fn named(&mut self, name: &'static str, rule: Rule<'t>) -> Option<Node> {
        let start = self.place;
        self.silent = self.silent.saturating_add(1);
        let node = rule(self);
        self.silent = self.silent.saturating_sub(1);
        if node.is_none() {
            self.place = start;
            self.expect(name);
        }
        node
    }

    fn call(&mut self) -> Option<Node> {
        self.blanks();
        let name = self.take_while(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '-'));
        if name.is_empty() {
            return None;
        }
        let arguments = self.parenthesised(|parser| {
            parser.blanks();
            Some(parser.arguments())
        })?;
        self.blanks();
        Some(Node::Call { name: name.to_owned(), arguments })
    }

    fn arguments(&mut self) -> Vec<Node> {
        let mut arguments = Vec::new();
        let mut end = self.place;
        while let Some(argument) = self.argument() {
            arguments.push(argument);
            self.blanks();
            let is_more = self.take(",", "\",\"");
            end = self.place;
            if !is_more {
                break;
            }
            self.blanks();
        }
        // A comma may be the last.
        self.place = end;
        arguments
    }

    fn argument(&mut self) -> Option<Node> {
        let start = self.place;
        self.named_argument().or_else(|| {
            self.place = start;
            self.expression()
        })
    }

    fn named_argument(&mut self) -> Option<Node> {
        let name = self.take_while(|c| c.is_ascii_alphabetic() || c == '_');
        if name.is_empty() {
            return None;
        }
        self.blanks();
        if !self.take("=", "\"=\"") {
            return None;
        }
        self.blanks();
        if self.number().is_none() {
            self.name()?;
        }
        self.blanks();
        Some(Node::NamedArgument(name.to_owned()))
    }

    fn literal(&mut self) -> Option<Node> {
        self.blanks();
        let node = match self.number() {
            Some(number) => Node::Number(number),
            None => Node::Variable(self.name()?),
        };
        self.blanks();
        Some(node)
    }

    /// A name: between quotation marks, of which only their own kind can be escaped, or plain.
    fn name(&mut self) -> Option<String> {
        for quote in ['"', '\''] {
            let Some(text) = self.rest().strip_prefix(quote) else { continue };
            let mut name = String::new();
            let mut characters = text.char_indices().peekable();
            while let Some((place, c)) = characters.next() {
                if c == quote {
                    self.place = self.place.saturating_add(place).saturating_add(2);
                    return Some(name);
                }
                match characters.next_if(|(_, next)| c == '\\' && *next == quote) {
                    Some(_) => name.push(quote),
                    None => name.push(c),
                }
            }
        }
        let name = self.take_while(|c| {
            c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '@' | '[' | ']' | '-')
        });
        (!name.is_empty()).then(|| name.to_owned())
    }

    fn number(&mut self) -> Option<f64> {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let rest = self.rest();
        let unsigned = rest.strip_prefix('-').unwrap_or(rest);
        let integer = if unsigned.starts_with('0') { 1 } else { digits(unsigned) };
        if integer == 0 {
            return None;
        }
        let mut after = unsigned.get(integer..)?;
        if let Some(fraction) = after.strip_prefix('.') {
            let length = digits(fraction);
            after = if length > 0 { fraction.get(length..)? } else { after };
        }
        if let Some(exponent) = after.strip_prefix(['e', 'E']) {
            let exponent = exponent.strip_prefix('-').unwrap_or(exponent);
            let length = digits(exponent);
            after = if length > 0 { exponent.get(length..)? } else { after };
        }
        let number = rest.strip_suffix(after)?;
        self.place = self.place.saturating_add(number.len());
        number.parse().ok()
    }

    fn blanks(&mut self) {
        self.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
        self.expect("whitespace");
    }

    fn take(&mut self, sign: &str, expected: &'static str) -> bool {
        let is = self.rest().starts_with(sign);
        if is {
            self.place = self.place.saturating_add(sign.len());
        } else {
            self.expect(expected);
        }
        is
    }

    fn take_while(&mut self, is_part: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        self.place = self.place.saturating_add(end);
        rest.get(..end).unwrap_or_default()
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.place..).unwrap_or_default()
    }

    /// Notes what could have stood here.
    fn expect(&mut self, what: &'static str) {
        self.steps = self.steps.saturating_add(1);
        if self.silent > 0 || self.place < self.furthest {
            return;
        }
        if self.place > self.furthest {
            self.furthest = self.place;
            self.expected.clear();
        }
        if !self.expected.contains(&what) {
            self.expected.push(what);
        }
    }

    fn error(&mut self) -> String {
        self.expected.sort_unstable();
        let count = self.expected.len();
        let mut expected = String::new();
        for (place, what) in (1..).zip(&self.expected) {
            expected.push_str(match place {
                1 => "",
                _ if place < count => ", ",
                2 => " or ",
                _ => ", or ",
            });
            expected.push_str(what);
        }
        let found = match self.text.get(self.furthest..).and_then(|rest| rest.chars().next()) {
            Some(c) => format!("\"{}\"", quoted(c)),
            None => "end of input".to_owned(),
        };
        format!("Failed to parse expression. Expected {expected} but {found} found.")
    }
}

/// A character as an error shows it: as JavaScript writes it in a text, and of a pair of surrogates
/// one half, which is no character.
fn quoted(c: char) -> String {
    match c {
        '\\' | '"' => format!("\\{c}"),
        '\0' => "\\0".to_owned(),
        '\t' => "\\t".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        c if c.is_control() => format!("\\x{:02X}", u32::from(c)),
        c if c > '\u{ffff}' => char::REPLACEMENT_CHARACTER.to_string(),
        c => c.to_string(),
    }
}
