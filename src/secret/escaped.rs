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
            let (char, more) = first_of(text.get(length..)?, expected)?;
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

/// The first character that a text stands for, and how much of the text that is: the expected one,
/// where it may stand for that one and for others.
fn first_of(text: &str, expected: char) -> Option<(char, usize)> {
    let first = text.chars().next()?;
    let escaped = match first {
        '\\' => unicode(text),
        '&' => reference(text, expected),
        '%' => percent(text, expected),
        _ => None,
    };
    Some(escaped.unwrap_or((first, first.len_utf8())))
}

/// `\u0041`, or `\ud83d\ude00` for one character.
fn unicode(text: &str) -> Option<(char, usize)> {
    let (first, rest) = utf16(text.strip_prefix('\\')?)?;
    let (second, end) = utf16(rest.trim_start_matches('\\')).unwrap_or((0, rest));
    let char = char::decode_utf16([first, second]).next()?.ok()?;
    let rest = if char.len_utf16() == 1 { rest } else { end };
    Some((char, text.len().saturating_sub(rest.len())))
}

/// One `u0041`, and what comes after it.
fn utf16(text: &str) -> Option<(u16, &str)> {
    let (digits, rest) = text.strip_prefix('u')?.split_at_checked(4)?;
    Some((u16::from_str_radix(digits, 16).ok()?, rest))
}

/// `&quot;`, `&#34;`, `&#x22;`. Of the two thousand names hardly one is of a letter or a digit of
/// ASCII, so that each may stand for anything else, and only its own for `&`.
fn reference(text: &str, expected: char) -> Option<(char, usize)> {
    let length = text.bytes().take(LONGEST_NAME + 2).position(|byte| byte == b';')?;
    let name = text.get(1..length)?;
    let char = if let Some(digits) = name.strip_prefix('#') {
        let hex = digits.strip_prefix(['x', 'X']);
        let number = hex.map_or_else(|| digits.parse(), |hex| u32::from_str_radix(hex, 16));
        char::from_u32(number.ok()?)?
    } else {
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let may_be = match expected {
            '&' => name == "amp",
            _ => is_name && !expected.is_ascii_alphanumeric(),
        };
        may_be.then_some(expected)?
    };
    Some((char, length.saturating_add(1)))
}

/// One character of percent-encoded UTF-8, or of Latin-1 where only that is the expected one.
fn percent(text: &str, expected: char) -> Option<(char, usize)> {
    let latin_1 = octet(text).map(|(byte, _)| char::from(byte));
    let utf8 = utf8(text);
    if latin_1 == Some(expected) && utf8.is_none_or(|(char, _)| char != expected) {
        return Some((expected, 3));
    }
    utf8
}

fn utf8(text: &str) -> Option<(char, usize)> {
    let mut bytes = [0; 4];
    let mut rest = text;
    for (count, place) in (1_usize..).zip(0..bytes.len()) {
        (*bytes.get_mut(place)?, rest) = octet(rest)?;
        if let Ok(read) = str::from_utf8(bytes.get(..count)?) {
            return Some((read.chars().next()?, count.saturating_mul(3)));
        }
    }
    None
}

/// One `%41`, and what comes after it.
fn octet(text: &str) -> Option<(u8, &str)> {
    let (digits, rest) = text.strip_prefix('%')?.split_at_checked(2)?;
    Some((u8::from_str_radix(digits, 16).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = r#"a"b\c&d<é +%f'g/h"#;

    const FOREIGN: &str = "Grüße😀€?";

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
    fn a_text_in_another_script_is_found_however_it_was_escaped() {
        for written in [
            r"Gr\u00fc\u00DFe\ud83d\ude00\u20ac?",
            r"Gr\\u00fc\\u00dfe\\uD83D\\uDE00\\u20AC?",
            "Gr&uuml;&szlig;e😀&euro;&quest;",
            "Gr&#252;&#xDF;e&#128512;&#x20ac;?",
            "Gr%C3%BC%C3%9Fe%F0%9F%98%80%E2%82%AC%3F",
            "Gr%FC%dfe😀€?",
        ] {
            let text = format!(r"\ud83d {written} \ude00 &uuml; %FC");
            assert_eq!(replace(&text, FOREIGN, "-"), r"\ud83d - \ude00 &uuml; %FC", "{written}");
        }
        // UTF-8 that is Latin-1, too.
        assert_eq!(replace("x%C3%83%C2%A9y", "Ã©", "-"), "x-y");
        assert_eq!(replace("x%C3%A9y", "Ã©", "-"), "x-y");
        assert_eq!(replace("&lt;b&auml;c", "abc", "-"), "&lt;b&auml;c");
    }

    #[test]
    fn a_text_that_looks_as_if_it_were_escaped_is_found_escaped_once_more() {
        assert_eq!(replace("xa%2541by", "a%41b", "-"), "x-y");
        assert_eq!(replace("xa&amp;amp;by", "a&amp;b", "-"), "x-y");
        assert_eq!(replace(r#"xa&b;c\"dy"#, r#"a&b;c"d"#, "-"), "x-y");
    }

    #[test]
    fn a_long_text_takes_no_longer_than_its_length_asks_for() {
        for part in ["&", "\\", "%", "%C3", "s", "secre", "&#x2", "+", r"\ud83d", r"\u0073\"] {
            let text = part.repeat(100_000 / part.len());
            assert_eq!(replace(&text, "secret", "-"), text);
        }
    }

    #[test]
    fn what_is_broken_stands_for_itself() {
        for text in [
            "%",
            "%4",
            "%zz",
            "%ff%ff",
            "&",
            "&;",
            "&#;",
            "&#xffffffff;",
            "&quot",
            r"\u12",
            r"\ud83d",
        ] {
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
