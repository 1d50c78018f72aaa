//! What can be wrong with a value: facts, for [`wording`] to put into words.

use std::fmt;

use super::{Dialect, Value, wording};

/// One step from a value to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// A member of an object.
    Key(String),
    /// The name of a member of an object, as opposed to its value.
    Name(String),
    /// An element of a list, counted from 0.
    Index(usize),
}

/// The way from the whole to the value that is at fault.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path {
    segments: Vec<Segment>,
    /// The length of the way to the value on it that `null` would do for as well.
    nullable: Option<usize>,
}

impl Path {
    /// The way to a member of the value that this path leads to.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.then(Segment::Key(key.to_owned()))
    }

    /// The way to the name of a member of the value that this path leads to.
    #[must_use]
    pub fn name(&self, key: &str) -> Self {
        self.then(Segment::Name(key.to_owned()))
    }

    /// The way to an element of the list that this path leads to.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.then(Segment::Index(index))
    }

    /// The same way, where `null` would do for the value that it leads to.
    #[must_use]
    pub fn or_null(mut self) -> Self {
        self.nullable = Some(self.segments.len());
        self
    }

    fn then(&self, segment: Segment) -> Self {
        let mut path = self.clone();
        path.segments.push(segment);
        path
    }

    pub(super) fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Whether it leads to an element of a list.
    pub(super) fn is_item(&self) -> bool {
        matches!(self.segments.last(), Some(Segment::Index(_)))
    }

    pub(super) fn nullable(&self) -> Option<usize> {
        self.nullable
    }
}

/// What a value should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A text.
    String,
    /// `true` or `false`.
    Boolean,
    /// A list.
    Array,
    /// An object whose members are known.
    Object,
    /// An object whose members may have any name.
    Record,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Another type than it should be.
    Type {
        /// The type it should be.
        expected: Expected,
        /// The type it is, as [`Value::type_name`] calls it.
        received: &'static str,
    },
    /// A text that should be the JSON of a value, and is not JSON.
    NotJson {
        /// The type that the value should be.
        expected: Expected,
        /// The text, for the parser's word on it; empty where nobody may see it.
        text: String,
    },
    /// Members that this object does not have.
    UnrecognizedKeys(Vec<String>),
    /// Fits none of the [`Union`]'s alternatives.
    NoAlternative,
    /// A rule that stands in words of its own.
    Rule(String),
}

impl Problem {
    /// The same, without anything of the value.
    pub(super) fn without_text(self) -> Self {
        match self {
            Self::NotJson { expected, .. } => Self::NotJson { expected, text: String::new() },
            other => other,
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

/// What a whole value can be, told apart by the text of one member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Union {
    /// The member.
    pub key: &'static str,
    /// Its texts, in the order of the alternatives.
    pub names: &'static [&'static str],
    /// Which of them it has.
    pub chosen: Option<usize>,
}

/// Everything that is wrong with one value, in the order of its schema: what is inside a member
/// before what is wrong with the next one, unknown members last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invalid {
    dialect: Dialect,
    union: Option<Union>,
    issues: Vec<Issue>,
}

impl Invalid {
    /// Nothing, yet, for a host of this dialect.
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        Self { dialect, ..Self::default() }
    }

    /// What the value is checked and worded like.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Notes what the whole value can be.
    pub fn set_union(&mut self, union: Union) {
        self.union = Some(union);
    }

    /// Notes a problem.
    pub fn add(&mut self, path: Path, problem: Problem) {
        self.issues.push(Issue { path, problem });
    }

    /// Notes that a value has another type than it should have.
    pub fn add_type(&mut self, path: Path, expected: Expected, received: &Value) {
        self.add(path, Problem::Type { expected, received: received.type_name() });
    }

    /// What was read, if nothing was noted meanwhile.
    ///
    /// # Errors
    /// What was noted.
    pub fn into_result<T>(self, read: Option<T>) -> Result<T, Self> {
        match read {
            Some(value) if self.issues.is_empty() => Ok(value),
            _ => Err(self),
        }
    }

    /// The same, with what another parser says of each text that is not JSON; `None` where it has
    /// nothing to say.
    #[must_use]
    pub fn with_json_messages(mut self, parser: impl Fn(&str) -> Option<String>) -> Self {
        // The oldest hosts never show it.
        if self.dialect == Dialect::ConfigSchema {
            return self;
        }
        for Issue { problem, .. } in &mut self.issues {
            if let Problem::NotJson { text, .. } = problem
                && let Some(message) = parser(text)
            {
                *problem = Problem::Rule(message);
            }
        }
        self
    }

    pub(super) fn union(&self) -> Option<&Union> {
        self.union.as_ref()
    }

    pub(super) fn issues(&self) -> &[Issue] {
        &self.issues
    }
}

/// In the words of its dialect.
impl fmt::Display for Invalid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&match self.dialect {
            Dialect::ConfigSchema => wording::config_schema(self),
            Dialect::Zod3 => wording::zod3(self),
            Dialect::Zod4 => wording::zod4(self),
        })
    }
}
