//! Texts that nobody may see: wiped from memory when dropped, and printed as `[secret]`.

mod escaped;

use zeroize::Zeroizing;

/// A text that nobody may see. It has no `Display`; [`Secret::expose`] is the one way to it, so a
/// search for that word finds every place where it is used.
#[derive(Clone, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// Shorter secrets stand in any text by chance: to strike them out would only tell what they are.
const SHORTEST: usize = 4;

/// A text without the secrets that somebody may have put into it by repeating what was sent: as it
/// was, or written for JSON, HTML or a URL.
#[must_use]
pub fn without(text: &str, secrets: &[&str]) -> String {
    let mut text = text.to_owned();
    for secret in secrets.iter().filter(|secret| secret.chars().count() >= SHORTEST) {
        text = text.replace(secret, STRUCK);
        if text.contains(['\\', '&', '%', '+']) {
            text = escaped::replace(&text, secret, STRUCK);
        }
    }
    text
}

/// What stands in a text in the place of a secret.
const STRUCK: &str = "[secret]";

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("[secret]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_struck_out_however_it_was_written() {
        for (secret, written) in [
            ("a+b=c d", "a+b=c d"),
            ("a+b=c d", "a%2Bb%3Dc%20d"),
            ("a b-c", "a+b-c"),
            ("a'b-c", "a&#39;b-c"),
            ("a\"b-c", r#"a\"b-c"#),
        ] {
            assert_eq!(without(&format!("no {written}!"), &[secret]), "no [secret]!", "{written}");
        }
    }

    #[test]
    fn what_stands_in_any_text_by_chance_stays() {
        assert_eq!(without("abc abcd", &["abc", "abcd", ""]), "abc [secret]");
    }
}
