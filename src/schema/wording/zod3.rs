//! zod 3, at 9.3: a list of fields, cut after five (format B).
//!
//! The host walks over the fields as a tree. What is wrong inside a field is shown only where
//! nothing is wrong with the field as a whole.

use super::{json_message, older_name, part};
use crate::schema::{Invalid, Issue, Problem, Union};

/// How many problems are shown.
const SHOWN: usize = 5;

/// The longest path whose problems are shown.
const DEEPEST: usize = 20;

/// The text.
pub fn text(invalid: &Invalid) -> String {
    let mut found = Vec::new();
    let mut inside = Vec::new();
    for issue in invalid.issues() {
        if issue.path.segments().is_empty() {
            found.push(message(issue, invalid.union()));
        } else {
            inside.push(issue);
        }
    }
    collect(&inside, 0, invalid.union(), &mut found);
    list(found)
}

/// Adds the texts of all fields at this depth and below, each field where it first occurs.
fn collect(issues: &[&Issue], depth: usize, union: Option<&Union>, found: &mut Vec<String>) {
    let mut left = issues.to_vec();
    let length = depth.saturating_add(1);
    while let Some(first) = left.first() {
        let segment = first.path.segments().get(depth);
        let (field, others): (Vec<&Issue>, Vec<&Issue>) =
            left.iter().partition(|issue| issue.path.segments().get(depth) == segment);
        let parts: Vec<String> = first.path.segments().iter().take(length).map(part).collect();
        let path = parts.join(".");
        let messages: Vec<String> = field
            .iter()
            .filter(|issue| issue.path.segments().len() == length)
            .map(|issue| message(issue, union))
            .collect();
        if depth >= DEEPEST {
            found.push(format!(
                "Field \"{path}...\": Unable to parse ZodError - too many levels deep"
            ));
        } else if messages.is_empty() {
            collect(&field, length, union, found);
        } else {
            found.push(format!("Field \"{path}\": {}", messages.join(", ")));
        }
        left = others;
    }
}

fn list(mut found: Vec<String>) -> String {
    let count = found.len();
    if count == 1 {
        return found.concat();
    }
    if count > SHOWN {
        found.truncate(SHOWN);
        found.push(format!("and {} more", count.saturating_sub(SHOWN)));
    }
    let lines: Vec<String> =
        (1_usize..).zip(found).map(|(place, text)| format!("[{place}]: {text}")).collect();
    format!("{count} errors:\n {}", lines.join(";\n "))
}

fn message(issue: &Issue, union: Option<&Union>) -> String {
    match &issue.problem {
        Problem::Type { received: "undefined", .. } => "Required".to_owned(),
        Problem::Type { expected, received } => {
            format!(
                "Expected {}, received {}",
                older_name(*expected),
                received.to_ascii_lowercase()
            )
        }
        Problem::NotJson { text, .. } => json_message(text),
        Problem::UnrecognizedKeys(keys) => {
            format!("Unrecognized key(s) in object: '{}'", keys.join("', '"))
        }
        Problem::NoAlternative => {
            let names = union.map(|union| union.names.join("' | '")).unwrap_or_default();
            format!("Invalid discriminator value. Expected '{names}'")
        }
        Problem::Rule(text) => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Expected;
    use crate::schema::{Dialect, Path, Value};

    fn wrong(paths: impl IntoIterator<Item = Path>) -> Invalid {
        let mut invalid = Invalid::new(Dialect::Zod3);
        for path in paths {
            invalid.add_type(path, Expected::String, &Value::Undefined);
        }
        invalid
    }

    #[test]
    fn the_whole_comes_before_its_fields() {
        let mut invalid = wrong([Path::default().key("apiUrl")]);
        invalid.add(Path::default(), Problem::UnrecognizedKeys(vec!["foo".into(), "bar".into()]));
        assert_eq!(
            invalid.to_string(),
            "2 errors:\n [1]: Unrecognized key(s) in object: 'foo', 'bar';\n \
             [2]: Field \"apiUrl\": Required"
        );
    }

    #[test]
    fn what_is_wrong_with_a_field_hides_what_is_wrong_inside_it() {
        let field = Path::default().key("a");
        let invalid = wrong([field.key("b"), Path::default().key("c"), field.clone(), field]);
        assert_eq!(
            invalid.to_string(),
            "2 errors:\n [1]: Field \"a\": Required, Required;\n [2]: Field \"c\": Required"
        );
    }

    #[test]
    fn five_problems_are_shown() {
        let items = |count: usize| wrong((0..count).map(|n| Path::default().index(n))).to_string();
        assert!(items(5).ends_with("[5]: Field \"4\": Required"));
        assert!(items(7).starts_with("7 errors:\n [1]: Field \"0\": Required;\n "));
        assert!(items(7).ends_with(";\n [5]: Field \"4\": Required;\n [6]: and 2 more"));
    }

    #[test]
    fn a_path_is_followed_for_twenty_steps() {
        let path = |length| (0..length).fold(Path::default(), |path, _| path.key("a"));
        assert_eq!(
            wrong([path(20)]).to_string(),
            format!("Field \"{}a\": Required", "a.".repeat(19))
        );
        assert_eq!(
            wrong([path(22)]).to_string(),
            format!(
                "Field \"{}a...\": Unable to parse ZodError - too many levels deep",
                "a.".repeat(20)
            )
        );
    }
}
