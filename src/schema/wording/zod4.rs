//! zod 4, from 9.4 on: every problem, the outermost first, each with its path (format C).

use super::{json_message, name};
use crate::schema::{Invalid, Issue, Path, Problem, Segment, Value};

/// The text.
pub fn text(invalid: &Invalid) -> String {
    let mut issues: Vec<&Issue> = invalid.issues().iter().collect();
    issues.sort_by_key(|issue| issue.path.segments().len());
    let lines: Vec<String> = issues.into_iter().map(line).collect();
    lines.join("\n")
}

fn line(Issue { path, problem }: &Issue) -> String {
    let message = message(problem);
    if path.segments().is_empty() {
        format!("✖ {message}")
    } else {
        format!("✖ {message}\n  → at {}", location(path))
    }
}

fn message(problem: &Problem) -> String {
    match problem {
        Problem::Type { expected, received } => {
            format!("Invalid input: expected {}, received {received}", name(*expected))
        }
        Problem::NotJson { text, .. } => json_message(text),
        Problem::UnrecognizedKeys(keys) => {
            let plural = if keys.len() == 1 { "" } else { "s" };
            format!("Unrecognized key{plural}: \"{}\"", keys.join("\", \""))
        }
        Problem::NoAlternative => "Invalid input".to_owned(),
        Problem::Rule(text) => text.clone(),
    }
}

/// `a.b[0]["odd key"]`.
fn location(path: &Path) -> String {
    let parts = path.segments().iter().enumerate().map(|(place, segment)| match segment {
        Segment::Index(index) => format!("[{index}]"),
        Segment::Key(key) | Segment::Name(key) if is_plain(key) => {
            format!("{}{key}", if place == 0 { "" } else { "." })
        }
        Segment::Key(key) | Segment::Name(key) => {
            format!("[{}]", Value::from(key.as_str()).to_json())
        }
    });
    parts.collect()
}

fn is_plain(key: &str) -> bool {
    key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Dialect;
    use crate::schema::Expected;

    #[test]
    fn paths_read_like_javascript() {
        let path = Path::default().key("comments").index(0).key("odd key").key("b");
        assert_eq!(location(&path), r#"comments[0]["odd key"].b"#);
    }

    #[test]
    fn the_outermost_problem_comes_first() {
        let mut invalid = Invalid::new(Dialect::Zod4);
        invalid.add_type(Path::default().key("apiUrl"), Expected::String, &Value::Undefined);
        invalid.add(Path::default(), Problem::UnrecognizedKeys(vec!["foo".into(), "bar".into()]));
        assert_eq!(
            invalid.to_string(),
            "✖ Unrecognized keys: \"foo\", \"bar\"\n\
             ✖ Invalid input: expected string, received undefined\n  → at apiUrl"
        );
    }
}
