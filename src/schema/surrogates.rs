//! JSON that names halves of characters: JavaScript and ServiceNow write such texts when they cut one
//! in the middle of a character, and JSON's grammar allows them.

use std::borrow::Cow;

/// The JSON text with a replacement character for each escape of a lone surrogate, which no text in
/// Unicode can hold.
pub fn without_lone_surrogates(json: &str) -> Cow<'_, str> {
    let mut whole = String::new();
    let mut copied = 0;
    let mut place = 0;
    while let Some(offset) = json.get(place..).and_then(|rest| rest.find('\\')) {
        let escape = place.saturating_add(offset);
        let next = escape.saturating_add(UNIT);
        place = match (unit(json, escape), unit(json, next)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => next.saturating_add(UNIT),
            (Some(0xd800..=0xdfff), _) => {
                whole.push_str(json.get(copied..escape).unwrap_or_default());
                whole.push_str("\\ufffd");
                copied = next;
                next
            }
            (Some(_), _) => next,
            (None, _) => escape.saturating_add(2),
        };
    }
    if copied == 0 {
        return Cow::Borrowed(json);
    }
    whole.push_str(json.get(copied..).unwrap_or_default());
    Cow::Owned(whole)
}

/// The length of `\uXXXX`.
const UNIT: usize = 6;

/// What an escape of a UTF-16 unit stands for.
fn unit(json: &str, place: usize) -> Option<u16> {
    let digits = json.get(place..place.saturating_add(UNIT))?.strip_prefix("\\u")?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_replaced_and_all_else_stays() {
        for (json, whole) in [
            (r#""\ud83d\ude00 \u00e9 \\ud83d \" é""#, r#""\ud83d\ude00 \u00e9 \\ud83d \" é""#),
            (r#""a\ud83d""#, r#""a\ufffd""#),
            (r#""\ude00\ud83d\ud83d\ude00\ud83dx""#, r#""\ufffd\ufffd\ud83d\ude00\ufffdx""#),
            (r#""\\\ud83d""#, r#""\\\ufffd""#),
            (r#""\u+123 \u12"#, r#""\u+123 \u12"#),
            ("\"\\é\\ud83d", "\"\\é\\ud83d"),
        ] {
            assert_eq!(without_lone_surrogates(json), whole);
        }
    }
}
