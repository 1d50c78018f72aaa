//! A term of an encoded query: a column, an operator and a value.

use std::cmp::Ordering;

use super::Reading;
use super::dates::{self, Distance, Span};
use super::related::Related;
use crate::database::schema::{Kind, columns};
use crate::database::{Database, Path, Row};
use crate::setup::Switches;

/// What has to hold for a row.
pub(super) enum Condition {
    Cell(Path, Test),
    /// These words have to occur somewhere in the row.
    Words(&'static str, Vec<String>),
    Related(Box<Related>),
}

/// What has to hold for a cell.
pub(super) enum Test {
    Value(Operator, String),
    AnyOf {
        values: Vec<String>,
        negated: bool,
    },
    Between(String, String),
    Empty(bool),
    Anything,
    /// Compares the cell with another one of the row.
    Field(Compared, Path),
    Within {
        span: Span,
        negated: bool,
    },
    DatePart(dates::Part),
    Distance(Distance, Path),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Is,
    IsNot,
    Less,
    LessOrIs,
    Greater,
    GreaterOrIs,
    Contains,
    ContainsNot,
    StartsWith,
    EndsWith,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Compared {
    Same,
    NotSame,
    Less,
    LessOrSame,
    Greater,
    GreaterOrSame,
}

/// Reads what follows an operator.
type Read = fn(&str, &str, Reading) -> Option<Test>;

/// How operators are written, and what follows them is read; one that begins like another stands
/// before it.
const OPERATORS: &[(&str, Read)] = &[
    ("!=", |value, _, _| Some(Test::Value(Operator::IsNot, value.to_owned()))),
    ("<=", |value, _, _| Some(Test::Value(Operator::LessOrIs, value.to_owned()))),
    (">=", |value, _, _| Some(Test::Value(Operator::GreaterOrIs, value.to_owned()))),
    ("=", |value, _, _| Some(Test::Value(Operator::Is, value.to_owned()))),
    ("<", |value, _, _| Some(Test::Value(Operator::Less, value.to_owned()))),
    (">", |value, _, _| Some(Test::Value(Operator::Greater, value.to_owned()))),
    ("NOT LIKE", |value, _, _| Some(Test::Value(Operator::ContainsNot, value.to_owned()))),
    ("NOTLIKE", |value, _, _| Some(Test::Value(Operator::ContainsNot, value.to_owned()))),
    ("LIKE", |value, _, _| Some(Test::Value(Operator::Contains, value.to_owned()))),
    ("STARTSWITH", |value, _, _| Some(Test::Value(Operator::StartsWith, value.to_owned()))),
    ("ENDSWITH", |value, _, _| Some(Test::Value(Operator::EndsWith, value.to_owned()))),
    ("NOT IN", |value, _, _| Some(any_of(value, true))),
    ("NOTIN", |value, _, _| Some(any_of(value, true))),
    ("NOTON", |value, _, reading| within(value, true, reading)),
    ("ISEMPTY", |_, _, _| Some(Test::Empty(true))),
    ("ISNOTEMPTY", |_, _, _| Some(Test::Empty(false))),
    ("EMPTYSTRING", |_, _, _| Some(Test::Empty(true))),
    ("IN", |value, _, _| Some(any_of(value, false))),
    ("BETWEEN", |value, _, _| {
        let (low, high) = value.split_once('@')?;
        Some(Test::Between(low.to_owned(), high.to_owned()))
    }),
    ("ANYTHING", |_, _, _| Some(Test::Anything)),
    ("NSAMEAS", |value, table, _| field(Compared::NotSame, value, table)),
    ("SAMEAS", |value, table, _| field(Compared::Same, value, table)),
    ("GT_OR_EQUALS_FIELD", |value, table, _| field(Compared::GreaterOrSame, value, table)),
    ("LT_OR_EQUALS_FIELD", |value, table, _| field(Compared::LessOrSame, value, table)),
    ("GT_FIELD", |value, table, _| field(Compared::Greater, value, table)),
    ("LT_FIELD", |value, table, _| field(Compared::Less, value, table)),
    ("ON", |value, _, reading| within(value, false, reading)),
    ("DATEPART", |value, _, _| dates::part(value).map(Test::DatePart)),
    ("RELATIVE", |value, _, reading| {
        let (operator, moment) = dates::relative(value, reading.now)?;
        Some(Test::Value(operator, moment.text()))
    }),
    ("MORETHAN", |value, table, _| distance(value, table, true)),
    ("LESSTHAN", |value, table, _| distance(value, table, false)),
];

/// Operators that ask what a record was before, or what only the instance's own records say.
const NOT_FOR_LISTS: [&str; 4] = ["DYNAMIC", "VALCHANGES", "CHANGESFROM", "CHANGESTO"];

const WORDS: &str = "123TEXTQUERY321=";

fn any_of(value: &str, negated: bool) -> Test {
    Test::AnyOf { values: value.split(',').map(str::to_owned).collect(), negated }
}

fn field(compared: Compared, name: &str, table: &str) -> Option<Test> {
    Path::parse(table, name).map(|path| Test::Field(compared, path))
}

fn within(value: &str, negated: bool, reading: Reading) -> Option<Test> {
    dates::span(value, reading.now).map(|span| Test::Within { span, negated })
}

fn distance(value: &str, table: &str, more: bool) -> Option<Test> {
    let (name, rest) = value.split_once('@')?;
    Some(Test::Distance(dates::distance(rest, more)?, Path::parse(table, name)?))
}

impl Condition {
    pub(super) fn any_of(path: Path, values: Vec<String>) -> Self {
        Self::Cell(path, Test::AnyOf { values, negated: false })
    }

    /// Reads a term; nothing when it is not understood.
    pub(super) fn parse(
        table: &str,
        text: &str,
        reading: Reading,
        notes: &mut Vec<String>,
    ) -> Option<Self> {
        if let Some(words) = text.strip_prefix(WORDS) {
            let words = words.split_whitespace().map(str::to_lowercase).collect();
            return Some(Self::Words(crate::database::schema::name_of(table)?, words));
        }
        let end = text
            .find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || "_.".contains(c)));
        let (name, rest) = text.split_at_checked(end.unwrap_or(text.len()))?;
        let Some(path) = Path::parse(table, name) else {
            notes.push(format!("query: no column {name:?} in {table}, term dropped: {text}"));
            return None;
        };
        let of_lists = NOT_FOR_LISTS.iter().any(|operator| rest.starts_with(operator));
        let operator = OPERATORS
            .iter()
            .find_map(|(written, read)| Some((written, read, rest.strip_prefix(written)?)));
        let Some((written, read, value)) = operator else {
            let why = if of_lists { "operator without meaning here" } else { "unknown operator" };
            notes.push(format!("query: {why}, term dropped: {text}"));
            return None;
        };
        if !["ON", "NOTON", "DATEPART"].contains(written) && value.contains("javascript:") {
            notes.push(format!("query: scripts are not run here, term dropped: {text}"));
            return None;
        }
        let wanted = read(value, table, reading);
        if wanted.is_none() {
            notes.push(format!("query: {written} with a value without meaning, dropped: {text}"));
        }
        Some(Self::Cell(path, wanted?))
    }

    /// The column of the row itself that has to have a value, if that is what the condition is.
    pub(super) fn demands(&self) -> Option<(&'static str, &str)> {
        let Self::Cell(path, test) = self else { return None };
        let value = match test {
            Test::Value(Operator::Is, value) => value,
            Test::AnyOf { values, negated: false } => match values.as_slice() {
                [value] => value,
                _ => return None,
            },
            _ => return None,
        };
        path.is_own().then(|| (path.column().name, value.as_str()))
    }

    pub(super) fn holds(&self, database: &Database, row: &Row, switches: &Switches) -> bool {
        match self {
            Self::Cell(path, test) => {
                let actual = path.value(database, row);
                test.holds(path.column().kind, actual, (database, row), switches)
            }
            Self::Words(table, words) => {
                let texts = columns(table).iter().filter(|column| column.kind == Kind::Text);
                let texts: Vec<String> =
                    texts.map(|column| row.get(column.name).to_lowercase()).collect();
                words.iter().all(|word| texts.iter().any(|text| text.contains(word.as_str())))
            }
            Self::Related(related) => related.holds(database, row, switches),
        }
    }
}

impl Test {
    fn holds(
        &self,
        kind: Kind,
        actual: &str,
        (database, row): (&Database, &Row),
        switches: &Switches,
    ) -> bool {
        let same = |value: &str| same(actual, value, switches);
        match self {
            Self::Value(operator, value) => operator.holds(kind, actual, value, switches),
            Self::AnyOf { values, negated } => values.iter().any(|value| same(value)) != *negated,
            Self::Between(low, high) => {
                !actual.is_empty()
                    && compare(kind, actual, low).is_ge()
                    && compare(kind, actual, high).is_le()
            }
            Self::Empty(wanted) => actual.is_empty() == *wanted,
            Self::Anything => true,
            Self::Field(compared, path) => {
                let other = path.value(database, row);
                let order = compare(kind, actual, other);
                match compared {
                    Compared::Same => same(other),
                    Compared::NotSame => !same(other),
                    _ if actual.is_empty() || other.is_empty() => false,
                    Compared::Less => order.is_lt(),
                    Compared::LessOrSame => order.is_le(),
                    Compared::Greater => order.is_gt(),
                    Compared::GreaterOrSame => order.is_ge(),
                }
            }
            Self::Within { span, negated } => span.contains(actual) != *negated,
            Self::DatePart(part) => part.is_of(actual),
            Self::Distance(distance, path) => distance.holds(actual, path.value(database, row)),
        }
    }
}

impl Operator {
    fn holds(self, kind: Kind, actual: &str, value: &str, switches: &Switches) -> bool {
        let order = || compare(kind, actual, value);
        let folded = |text: &str| {
            if switches.case_sensitive { text.to_owned() } else { text.to_lowercase() }
        };
        match self {
            Self::Is => same(actual, value, switches),
            Self::IsNot => !same(actual, value, switches),
            Self::Less => !actual.is_empty() && order().is_lt(),
            Self::LessOrIs => !actual.is_empty() && order().is_le(),
            Self::Greater => !actual.is_empty() && order().is_gt(),
            Self::GreaterOrIs => !actual.is_empty() && order().is_ge(),
            Self::Contains => folded(actual).contains(&folded(value)),
            Self::ContainsNot => !folded(actual).contains(&folded(value)),
            Self::StartsWith => folded(actual).starts_with(&folded(value)),
            Self::EndsWith => folded(actual).ends_with(&folded(value)),
        }
    }
}

fn same(left: &str, right: &str, switches: &Switches) -> bool {
    let (left, right) = if switches.ignores_trailing_spaces {
        (left.trim_end_matches(' '), right.trim_end_matches(' '))
    } else {
        (left, right)
    };
    if switches.case_sensitive {
        return left == right;
    }
    left.eq_ignore_ascii_case(right)
        || !(left.is_ascii() && right.is_ascii()) && left.to_lowercase() == right.to_lowercase()
}

pub(super) fn compare(kind: Kind, left: &str, right: &str) -> Ordering {
    let numbers = match kind {
        Kind::Level | Kind::Number => left.parse::<i64>().ok().zip(right.parse::<i64>().ok()),
        _ => None,
    };
    match numbers {
        Some((left, right)) => left.cmp(&right),
        None if left.is_ascii() && right.is_ascii() => {
            let lower = |byte: u8| byte.to_ascii_lowercase();
            left.bytes().map(lower).cmp(right.bytes().map(lower))
        }
        None => left.to_lowercase().cmp(&right.to_lowercase()),
    }
}
