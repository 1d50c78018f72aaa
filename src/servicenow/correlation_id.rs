//! What an alert and its incident have in common, in a form that ServiceNow can hold and be asked
//! for.
//!
//! The same form is written and looked up, so that recovery finds what the trigger wrote.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::params::DEFAULT_CORRELATION_ID;

/// The width of ServiceNow's column (product documentation, "Correlation ID").
const LONGEST: usize = 100;

/// How much of the digest is kept, in bytes: enough that no two IDs ever share it.
const DIGEST_BYTES: usize = 16;

/// A correlation ID that travels safely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrelationId(String);

impl CorrelationId {
    /// The form of a user's correlation ID: itself where it is safe, otherwise what is readable of
    /// it and a digest. A blank one is none, and so is the default that nobody has rendered: it
    /// would make unrelated actions share an incident.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        if text.trim().is_empty() || text == DEFAULT_CORRELATION_ID {
            None
        } else if is_safe(text) {
            Some(Self(text.to_owned()))
        } else {
            Some(Self(digested(text)))
        }
    }

    /// The ID as ServiceNow knows it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether ServiceNow takes an ID for this one: on writing as on looking up, case does not count
    /// (servicenow-instance.md 1.3).
    #[must_use]
    pub fn is_like(&self, other: &str) -> bool {
        self.0.chars().map(folded).eq(other.chars().map(folded))
    }
}

/// A letter without its case, as far as the Latin, Greek and Cyrillic alphabets of Europe go. The
/// standard library knows all others, too, and would make the module 11 kB larger.
fn folded(letter: char) -> char {
    let code = u32::from(letter);
    let step = match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ϋ' | 'А'..='Я' => 0x20,
        'Ѐ'..='Џ' => 0x50,
        'Ā'..='ķ' | 'Ŋ'..='ŷ' => u32::from(code % 2 == 0),
        'Ĺ'..='ň' | 'Ź'..='ž' => u32::from(code % 2 == 1),
        _ => 0,
    };
    char::from_u32(code.saturating_add(step)).unwrap_or(letter)
}

/// Whether ServiceNow holds a text whole and takes it for a value in an encoded query
/// (servicenow-instance.md 3.3, 4.6).
fn is_safe(text: &str) -> bool {
    text.chars().count() <= LONGEST
        && !text.chars().any(is_unsafe)
        && text.trim() == text
        && !is_script(text)
        && !text.eq_ignore_ascii_case(CLEARING)
}

/// What a transform map takes for "nothing" (servicenow-instance.md 1.4).
const CLEARING: &str = "NULL";

/// `^` starts another term of the query.
fn is_unsafe(c: char) -> bool {
    c == '^' || c.is_control()
}

/// ServiceNow evaluates such a value, or drops its term; not only where the script is all of it, as
/// in the value of a `BETWEEN` (servicenow-instance.md 3.1).
fn is_script(text: &str) -> bool {
    text.to_ascii_lowercase().contains("javascript:")
}

/// `<what is readable>~<digest>`.
fn digested(original: &str) -> String {
    // Two digits a byte, and the tilde.
    const READABLE: usize = LONGEST - 2 * DIGEST_BYTES - 1;
    let text = original.trim();
    let script = is_script(text);
    let mut form: String = text
        .chars()
        .map(|c| if is_unsafe(c) || (script && c == ':') { '_' } else { c })
        .take(READABLE)
        .collect();
    form.push('~');
    for byte in Sha256::digest(original).iter().take(DIGEST_BYTES) {
        // Writing to a text cannot fail.
        let _ = write!(form, "{byte:02x}");
    }
    form
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn form(text: &str) -> String {
        CorrelationId::new(text).unwrap().as_str().to_owned()
    }

    const SCRIPT: &str = "JavaScript:gs.x()";
    const BLANK_SCRIPT: &str = "\n javascript:gs.x()";

    #[test]
    fn case_does_not_count() {
        for letter in "AMZÀÉÖØÞΑΩΫАЖЯЀЏĀĄĶĹŁŇŊŚŶŹŽ".chars() {
            let lower: String = letter.to_lowercase().collect();
            assert!(CorrelationId::new(&letter.to_string()).unwrap().is_like(&lower), "{letter}");
            let next = char::from_u32(u32::from(letter) + 2).unwrap().to_string();
            assert!(!CorrelationId::new(&lower).unwrap().is_like(&next), "{letter}");
        }
        for (one, other) in [("a", "ab"), ("×", "÷"), ("服务器一", "服务器二"), ("ß", "ss")]
        {
            assert!(!CorrelationId::new(one).unwrap().is_like(other), "{one}");
        }
    }

    #[test]
    fn a_safe_id_stays_as_it_is() {
        for text in ["r-77:web-1", "Größe & <Länge> = 50 %", "a,b@c", &"x".repeat(100)] {
            assert_eq!(form(text), text);
        }
    }

    #[test]
    fn an_unsafe_id_becomes_a_safe_one_that_is_its_own() {
        let long = "x".repeat(101);
        let unsafe_ids = [
            "x^state=1",
            "x^ORstate=1",
            " x",
            "x ",
            "a\nb",
            "a\u{7f}",
            SCRIPT,
            BLANK_SCRIPT,
            "r-77:web-1 javascript:gs.x()",
            &long,
        ];
        for text in unsafe_ids {
            let safe = form(text);
            assert!(is_safe(&safe), "{safe}");
            assert_ne!(safe, text);
            assert_eq!(form(&safe), safe, "a form is its own form");
        }
        assert!(form("x^state=1").starts_with("x_state=1~"));
        assert_ne!(form(&"x".repeat(101)), form(&"x".repeat(102)));
        assert_ne!(form(" x"), form("x "));
    }

    #[test]
    fn what_names_nothing_is_no_id() {
        for text in ["", " ", "\n", DEFAULT_CORRELATION_ID] {
            assert_eq!(CorrelationId::new(text), None);
        }
    }
}
