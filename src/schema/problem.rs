//! What can be wrong with a value, and the text a host shows for it.
//!
//! The wording is that of Kibana from 9.3 on (kibana-host.md 2.2, format C): runbooks and tests
//! search for it.

use std::fmt;

/// One step from a value to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// A member of an object.
    Key(String),
    /// An element of a list, counted from 0.
    Index(usize),
}

/// The way from the whole to the value that is at fault.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path(Vec<Segment>);

impl Path {
    /// The way to a member of the value that this path leads to.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.then(Segment::Key(key.to_owned()))
    }

    /// The way to an element of the list that this path leads to.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.then(Segment::Index(index))
    }

    fn then(&self, segment: Segment) -> Self {
        let mut segments = self.0.clone();
        segments.push(segment);
        Self(segments)
    }

    fn len(&self) -> usize {
        self.0.len()
    }
}

/// `a.b[0]["odd key"]`.
impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Index(index) => write!(formatter, "[{index}]")?,
                Segment::Key(key) if is_plain(key) => {
                    write!(formatter, "{}{key}", if place == 0 { "" } else { "." })?;
                }
                Segment::Key(key) => {
                    write!(formatter, "[{}]", super::Value::from(key.as_str()).to_json())?;
                }
            }
        }
        Ok(())
    }
}

fn is_plain(key: &str) -> bool {
    key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$')
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Another type than it should be.
    Type {
        /// The type it should be.
        expected: &'static str,
        /// The type it is.
        received: &'static str,
    },
    /// Members that this object does not have.
    UnrecognizedKeys(Vec<String>),
    /// Fits none of the alternatives.
    NoAlternative,
    /// A rule that stands in words of its own.
    Rule(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type { expected, received } => {
                write!(formatter, "Invalid input: expected {expected}, received {received}")
            }
            Self::UnrecognizedKeys(keys) => {
                let plural = if keys.len() == 1 { "" } else { "s" };
                write!(formatter, "Unrecognized key{plural}: \"{}\"", keys.join("\", \""))
            }
            Self::NoAlternative => formatter.write_str("Invalid input"),
            Self::Rule(text) => formatter.write_str(text),
        }
    }
}

/// One problem and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Where.
    pub path: Path,
    /// What.
    pub problem: Problem,
}

/// Everything that is wrong with one value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invalid(Vec<Issue>);

impl Invalid {
    /// Notes a problem.
    pub fn add(&mut self, path: Path, problem: Problem) {
        self.0.push(Issue { path, problem });
    }

    /// Notes that a value has another type than it should have.
    pub fn add_type(&mut self, path: Path, expected: &'static str, received: &super::Value) {
        self.add(path, Problem::Type { expected, received: received.type_name() });
    }

    /// What was read, if nothing was noted meanwhile.
    ///
    /// # Errors
    /// What was noted.
    pub fn into_result<T>(self, read: Option<T>) -> Result<T, Self> {
        match read {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(self),
        }
    }
}

/// One problem below the other, the outermost first.
impl fmt::Display for Invalid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut issues: Vec<&Issue> = self.0.iter().collect();
        issues.sort_by_key(|issue| issue.path.len());
        for (place, Issue { path, problem }) in issues.into_iter().enumerate() {
            let line_break = if place == 0 { "" } else { "\n" };
            write!(formatter, "{line_break}✖ {problem}")?;
            if path.len() > 0 {
                write!(formatter, "\n  → at {path}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_read_like_javascript() {
        let path = Path::default().key("comments").index(0).key("odd key").key("b");
        assert_eq!(path.to_string(), r#"comments[0]["odd key"].b"#);
    }

    #[test]
    fn the_outermost_problem_comes_first() {
        let mut invalid = Invalid::default();
        invalid.add_type(Path::default().key("apiUrl"), "string", &super::super::Value::Undefined);
        invalid.add(Path::default(), Problem::UnrecognizedKeys(vec!["foo".into(), "bar".into()]));
        assert_eq!(
            invalid.to_string(),
            "✖ Unrecognized keys: \"foo\", \"bar\"\n\
             ✖ Invalid input: expected string, received undefined\n  → at apiUrl"
        );
    }
}
