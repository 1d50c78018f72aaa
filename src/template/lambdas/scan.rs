//! Reading a text from its start, a piece at a time.

/// A text, and how far it was read.
pub struct Scan<'t> {
    text: &'t str,
    place: usize,
}

impl<'t> Scan<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, place: 0 }
    }

    /// What was read already.
    pub fn read(&self) -> &'t str {
        self.text.get(..self.place).unwrap_or_default()
    }

    /// What is still to read.
    pub fn rest(&self) -> &'t str {
        self.text.get(self.place..).unwrap_or_default()
    }

    pub fn is_at_end(&self) -> bool {
        self.rest().is_empty()
    }

    /// The next character, if it is one of these.
    pub fn one_of(&mut self, wanted: &str) -> Option<char> {
        let next = self.rest().chars().next().filter(|c| wanted.contains(*c))?;
        self.take(next.len_utf8());
        Some(next)
    }

    /// All characters that are wanted, up to the first that is not.
    pub fn all(&mut self, wanted: fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        self.take(rest.find(|c| !wanted(c)).unwrap_or(rest.len()))
    }

    /// All digits up to what is none.
    pub fn digits(&mut self) -> &'t str {
        self.all(|c| c.is_ascii_digit())
    }

    /// The number that so many digits are.
    pub fn number(&mut self, digits: usize) -> Option<i64> {
        let number = self.rest().get(..digits)?;
        if !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.take(digits).parse().ok()
    }

    fn take(&mut self, length: usize) -> &'t str {
        let taken = self.rest().get(..length).unwrap_or_default();
        self.place = self.place.saturating_add(taken.len());
        taken
    }
}
