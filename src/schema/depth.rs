//! JSON that is nested deeper than anything that is read: cut rather than refused, where most of it is
//! of use all the same.

/// The JSON text with `null` for every list and object that is nested deeper than `deepest`.
pub fn cut(json: &str, deepest: usize) -> String {
    let mut shallow = String::with_capacity(json.len());
    let mut depth = 0_usize;
    let mut in_text = false;
    let mut escaped = false;
    for c in json.chars() {
        let opens = !in_text && matches!(c, '[' | '{');
        let closes = !in_text && matches!(c, ']' | '}');
        if opens {
            depth = depth.saturating_add(1);
        }
        if depth <= deepest {
            shallow.push(c);
        } else if opens && depth == deepest.saturating_add(1) {
            shallow.push_str("null");
        }
        if closes {
            depth = depth.saturating_sub(1);
        }
        in_text = if c == '"' && !escaped { !in_text } else { in_text };
        escaped = in_text && c == '\\' && !escaped;
    }
    shallow
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_deep_is_null_and_all_else_stays() {
        let json = r#"{"a":[1,{"b":"]}\"["}],"c":[[]],"d":"\\"}"#;
        assert_eq!(cut(json, 9), json);
        assert_eq!(cut(json, 2), r#"{"a":[1,null],"c":[null],"d":"\\"}"#);
        assert_eq!(cut(json, 1), r#"{"a":null,"c":null,"d":"\\"}"#);
        assert_eq!(cut("]]", 1), "]]");
    }
}
