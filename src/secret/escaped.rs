//! Finds a text in another one that has escaped it, for JSON, HTML or a URL, wherever that was
//! thought to be needed.
//!
//! All those ways are read at once, backslashes being left out. So some texts are taken for the one
//! that is looked for though they are another: of a secret, better one too many.

/// The longest name or number between `&` and `;`. Like the next one, it keeps whoever answers from
/// making this slow.
const LONGEST_NAME: usize = 8;

/// The most backslashes before a character: each writing for JSON doubles them.
const MOST_BACKSLASHES: usize = 16;

/// A text with `other` in the place of each `part`.
pub fn replace(text: &str, part: &str, other: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if let Some(length) = length_of(part, rest) {
            out.push_str(other);
            length
        } else {
            out.push(first);
            first.len_utf8()
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

/// How much of the beginning of a text is `part`.
fn length_of(part: &str, text: &str) -> Option<usize> {
    let mut length: usize = 0;
    for expected in part.chars().filter(|char| *char != '\\') {
        for backslashes in 0.. {
            let (char, more) = first_of(text.get(length..)?)?;
            length = length.saturating_add(more);
            match char {
                '\\' if backslashes < MOST_BACKSLASHES => {}
                // In forms a blank is written as `+`.
                '+' | ' ' if expected == '+' || expected == ' ' => break,
                _ if char == expected => break,
                _ => return None,
            }
        }
    }
    (length > 0).then_some(length)
}

/// The first character that a text stands for, and how much of the text that is.
fn first_of(text: &str) -> Option<(char, usize)> {
    let first = text.chars().next()?;
    let escaped = match first {
        '\\' => unicode(text),
        '&' => reference(text),
        '%' => percent(text),
        _ => None,
    };
    Some(escaped.unwrap_or((first, first.len_utf8())))
}

fn number(digits: &str, radix: u32) -> Option<char> {
    u32::from_str_radix(digits, radix).ok().and_then(char::from_u32)
}

/// `\u0041`.
fn unicode(text: &str) -> Option<(char, usize)> {
    Some((number(text.strip_prefix("\\u")?.get(..4)?, 16)?, 6))
}

/// `&quot;`, `&#34;`, `&#x22;`.
fn reference(text: &str) -> Option<(char, usize)> {
    let length = text.bytes().take(LONGEST_NAME + 2).position(|byte| byte == b';')?;
    let name = text.get(1..length)?;
    let char = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let digits = name.strip_prefix('#')?;
            digits.strip_prefix(['x', 'X']).map_or_else(|| number(digits, 10), |x| number(x, 16))?
        }
    };
    Some((char, length.saturating_add(1)))
}

/// One character of percent-encoded UTF-8.
fn percent(text: &str) -> Option<(char, usize)> {
    let mut bytes = [0; 4];
    let mut rest = text;
    for (count, place) in (1_usize..).zip(0..bytes.len()) {
        let digits = rest.strip_prefix('%')?.get(..2)?;
        *bytes.get_mut(place)? = u8::try_from(u32::from_str_radix(digits, 16).ok()?).ok()?;
        rest = rest.get(3..)?;
        if let Ok(read) = str::from_utf8(bytes.get(..count)?) {
            return Some((read.chars().next()?, count.saturating_mul(3)));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = r#"a"b\c&d<é +%f'g/h"#;

    #[test]
    fn a_text_is_found_however_it_was_escaped() {
        for written in [
            SECRET,
            r#"a\"b\\c&d<é +%f'g/h"#,
            r#"a\\\"b\\\\c&d<é +%f'g\/h"#,
            r"a\u0022b\u005cc\u0026d\u003c\u00e9 +%f\u0027g/h",
            r"a&quot;b\c&amp;d&lt;é +%f&apos;g/h",
            r"a&#34;b&#92;c&#38;d&#60;&#233; +%f&#x27;g&#x2F;h",
            "a%22b%5Cc%26d%3C%C3%A9%20%2B%25f%27g%2Fh",
            "a%22b%5cc%26d%3c%c3%a9+%2B%25f%27g%2Fh",
        ] {
            let text = format!(r"before \n & %41 {written} after &amp; \");
            let expected = r"before \n & %41 [secret] after &amp; \";
            assert_eq!(replace(&text, SECRET, "[secret]"), expected, "{written}");
        }
    }

    #[test]
    fn a_text_that_looks_as_if_it_were_escaped_is_found_escaped_once_more() {
        assert_eq!(replace("xa%2541by", "a%41b", "-"), "x-y");
        assert_eq!(replace("xa&amp;amp;by", "a&amp;b", "-"), "x-y");
    }

    #[test]
    fn a_long_text_takes_no_longer_than_its_length_asks_for() {
        for part in ["&", "\\", "%", "%C3", "s", "secre", "&#x2", "+"] {
            let text = part.repeat(100_000 / part.len());
            assert_eq!(replace(&text, "secret", "-"), text);
        }
    }

    #[test]
    fn what_is_broken_stands_for_itself() {
        for text in ["%", "%4", "%zz", "%ff%ff", "&", "&;", "&#;", "&#xffffffff;", "&quot", r"\u12"]
        {
            assert_eq!(replace(text, "secret", "-"), text);
            assert_eq!(
                replace(&format!("{text}secret{text}"), "secret", "-"),
                format!("{text}-{text}")
            );
        }
        assert_eq!(replace("", "secret", "-"), "");
        assert_eq!(replace("abc", "", "-"), "abc");
    }
}
