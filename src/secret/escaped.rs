//! Finds a text in another one that has escaped it, for JSON, HTML or a URL, wherever that was
//! thought to be needed.
//!
//! All those ways are read at once, backslashes being left out. So some texts are taken for the one
//! that is looked for though they are another: of a secret, better one too many.

use std::ops::Range;

use zeroize::Zeroizing;

/// The longest name or number between `&` and `;`.
const LONGEST_NAME: usize = 8;

/// A text with `other` in the place of each `part`.
pub fn replace(text: &str, part: &str, other: &str) -> String {
    let read = Read::of(text);
    let plain: Zeroizing<Vec<char>> =
        Zeroizing::new(part.chars().filter(|c| *c != '\\').map(blank).collect());
    // It may look as if it were escaped itself.
    let unescaped = Zeroizing::new(Read::of(part).chars);
    let mut out = String::with_capacity(text.len());
    let mut place = 0;
    let mut copied = 0;
    while place < read.chars.len() {
        let rest = read.chars.get(place..).unwrap_or_default();
        let found = [&plain, &unescaped]
            .into_iter()
            .find(|part| !part.is_empty() && rest.starts_with(part))
            .map_or(0, |part| part.len());
        if found == 0 {
            place = place.saturating_add(1);
            continue;
        }
        let end = place.saturating_add(found);
        let start = read.places.get(place).map_or(copied, |range| range.start);
        out.push_str(text.get(copied..start).unwrap_or_default());
        out.push_str(other);
        copied = read.places.get(end.saturating_sub(1)).map_or(start, |range| range.end);
        place = end;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}

/// The characters that a text stands for, and where each of them is written.
struct Read {
    chars: Vec<char>,
    places: Vec<Range<usize>>,
}

impl Read {
    fn of(text: &str) -> Self {
        // As many as there can be: a list that grows leaves copies of a secret behind.
        let mut chars = Vec::with_capacity(text.len());
        let mut places = Vec::with_capacity(text.len());
        let mut rest = text;
        let mut start = 0;
        let mut end: usize = 0;
        while let Some(first) = rest.chars().next() {
            let (char, length) = match first {
                '\\' => after_backslash(rest),
                '&' => reference(rest).map(|(char, length)| (Some(char), length)),
                '%' => percent(rest).map(|(char, length)| (Some(char), length)),
                _ => None,
            }
            .unwrap_or((Some(first), first.len_utf8()));
            end = end.saturating_add(length);
            rest = rest.get(length..).unwrap_or_default();
            if let Some(char) = char.filter(|char| *char != '\\') {
                chars.push(blank(char));
                places.push(start..end);
                start = end;
            }
        }
        Self { chars, places }
    }
}

/// In forms a blank is written as `+`.
fn blank(char: char) -> char {
    if char == '+' { ' ' } else { char }
}

/// `\u0041` is a character; any other backslash is none, and belongs to what follows.
fn after_backslash(text: &str) -> Option<(Option<char>, usize)> {
    let code = text.strip_prefix("\\u").and_then(|rest| rest.get(..4));
    let char = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
    Some(if char.is_some() { (char, 6) } else { (None, 1) })
}

/// `&quot;`, `&#34;`, `&#x22;`.
fn reference(text: &str) -> Option<(char, usize)> {
    let (name, _) = text.strip_prefix('&')?.split_once(';')?;
    if name.len() > LONGEST_NAME {
        return None;
    }
    let number = |digits, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let char = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => match name.strip_prefix('#')?.strip_prefix(['x', 'X']) {
            Some(digits) => number(digits, 16)?,
            None => number(name.strip_prefix('#')?, 10)?,
        },
    };
    Some((char, name.len().saturating_add(2)))
}

/// One character of percent-encoded UTF-8.
fn percent(text: &str) -> Option<(char, usize)> {
    let mut bytes = [0; 4];
    let mut rest = text;
    for (count, place) in (1_usize..).zip(0..bytes.len()) {
        let digits = rest.strip_prefix('%')?.get(..2)?;
        *bytes.get_mut(place)? = u8::from_str_radix(digits, 16).ok()?;
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
    fn a_text_that_looks_as_if_it_were_escaped_is_found_as_it_is_and_escaped_once_more() {
        for secret in ["a%41b", "a&amp;b", r"a\u0041b", "a+b+c"] {
            assert_eq!(replace(&format!("x{secret}y"), secret, "-"), "x-y");
        }
        assert_eq!(replace("xa%2541by", "a%41b", "-"), "x-y");
        assert_eq!(replace("xa&amp;amp;by", "a&amp;b", "-"), "x-y");
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
