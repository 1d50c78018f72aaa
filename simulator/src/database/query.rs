//! Encoded queries (servicenow-instance.md 3): terms, how they bind, and what becomes of a term
//! that the instance does not understand. It is dropped, and more rows come back than were asked
//! for; that it happened is noted.

use std::cmp::Ordering;

use super::schema::Kind;
use super::{Database, Path, Row};

/// As many terms as are looked at.
const TERMS: usize = 1_000;

/// What rows are wanted, and in what order.
#[derive(Default)]
pub(crate) struct Query {
    /// One of these has to hold; without any, every row is wanted.
    sets: Vec<Set>,
    /// All of these have to hold besides.
    filters: Vec<Term>,
    order: Vec<Order>,
}

/// Conditions that hold together, each a choice of terms.
#[derive(Default)]
struct Set {
    conditions: Vec<Vec<Term>>,
    /// Something was asked for here, be it understood or not.
    asked: bool,
}

struct Term {
    path: Path,
    operator: Operator,
    value: String,
}

struct Order {
    path: Path,
    descending: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
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
    In,
    NotIn,
    Empty,
    NotEmpty,
    Between,
    Anything,
}

/// How operators are written; one that begins like another stands before it.
const OPERATORS: &[(&str, Operator)] = &[
    ("!=", Operator::IsNot),
    ("<=", Operator::LessOrIs),
    (">=", Operator::GreaterOrIs),
    ("=", Operator::Is),
    ("<", Operator::Less),
    (">", Operator::Greater),
    ("NOT LIKE", Operator::ContainsNot),
    ("NOTLIKE", Operator::ContainsNot),
    ("LIKE", Operator::Contains),
    ("STARTSWITH", Operator::StartsWith),
    ("ENDSWITH", Operator::EndsWith),
    ("NOT IN", Operator::NotIn),
    ("NOTIN", Operator::NotIn),
    ("ISEMPTY", Operator::Empty),
    ("ISNOTEMPTY", Operator::NotEmpty),
    ("IN", Operator::In),
    ("BETWEEN", Operator::Between),
    ("ANYTHING", Operator::Anything),
];

impl Query {
    /// Reads an encoded query for rows of `table`.
    pub(crate) fn parse(table: &str, text: &str, notes: &mut Vec<String>) -> Self {
        let mut query = Self::default();
        let mut set = Set::default();
        for (count, part) in text.split('^').enumerate() {
            if count >= TERMS {
                notes.push(format!("query: more than {TERMS} terms, the rest is dropped"));
                break;
            }
            if let Some(rest) = part.strip_prefix("NQ") {
                query.sets.push(std::mem::take(&mut set));
                set.and(table, rest, notes);
            } else if let Some(name) = part.strip_prefix("ORDERBYDESC") {
                query.order_by(table, name, true, notes);
            } else if let Some(name) = part.strip_prefix("ORDERBY") {
                query.order_by(table, name, false, notes);
            } else if let Some(rest) = part.strip_prefix("OR") {
                set.or(table, rest, notes);
            } else if part != "EQ" {
                set.and(table, part, notes);
            }
        }
        query.sets.push(set);
        query.sets.retain(|set| set.asked);
        query
    }

    /// Adds `column=value`, which has to hold beside everything else.
    pub(crate) fn filter(&mut self, path: Path, value: &str) {
        self.filters.push(Term { path, operator: Operator::Is, value: value.to_owned() });
    }

    /// The rows that are wanted, in the order asked for.
    pub(crate) fn run<'a>(&self, database: &'a Database, table: &str) -> Vec<&'a Row> {
        let mut rows: Vec<(usize, &Row)> =
            database.rows(table).filter(|row| self.wants(database, row)).enumerate().collect();
        if !self.order.is_empty() {
            rows.sort_by(|left, right| self.compare(database, *left, *right));
        }
        rows.into_iter().map(|(_, row)| row).collect()
    }

    fn order_by(&mut self, table: &str, name: &str, descending: bool, notes: &mut Vec<String>) {
        match Path::parse(table, name) {
            Some(path) => self.order.push(Order { path, descending }),
            None => notes.push(format!("query: no column to order by {name:?}, dropped")),
        }
    }

    fn wants(&self, database: &Database, row: &Row) -> bool {
        let holds = |term: &Term| term.holds(term.path.value(database, row));
        let wanted = |set: &Set| set.conditions.iter().all(|condition| condition.iter().any(holds));
        self.filters.iter().all(holds) && (self.sets.is_empty() || self.sets.iter().any(wanted))
    }

    /// Rows that are equal in every respect asked for keep the order of their making, in the
    /// direction of the last respect: of two incidents of the same second, the later one is newer.
    fn compare(
        &self,
        database: &Database,
        (left_place, left): (usize, &Row),
        (right_place, right): (usize, &Row),
    ) -> Ordering {
        let directed = |ordering: Ordering, order: &Order| {
            if order.descending { ordering.reverse() } else { ordering }
        };
        let by_column = self.order.iter().map(|order| {
            let left = order.path.value(database, left);
            directed(
                compare(order.path.column().kind, left, order.path.value(database, right)),
                order,
            )
        });
        let by_place = self
            .order
            .last()
            .map_or(Ordering::Equal, |order| directed(left_place.cmp(&right_place), order));
        by_column.chain([by_place]).find(|ordering| ordering.is_ne()).unwrap_or(Ordering::Equal)
    }
}

impl Set {
    fn and(&mut self, table: &str, text: &str, notes: &mut Vec<String>) {
        self.asked |= !text.is_empty();
        self.conditions.extend(Term::parse(table, text, notes).map(|term| vec![term]));
    }

    fn or(&mut self, table: &str, text: &str, notes: &mut Vec<String>) {
        self.asked |= !text.is_empty();
        let Some(term) = Term::parse(table, text, notes) else { return };
        match self.conditions.last_mut() {
            Some(condition) => condition.push(term),
            None => self.conditions.push(vec![term]),
        }
    }
}

impl Term {
    fn parse(table: &str, text: &str, notes: &mut Vec<String>) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        let end = text
            .find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || "_.".contains(c)));
        let (name, rest) = text.split_at_checked(end.unwrap_or(text.len()))?;
        let Some(path) = Path::parse(table, name) else {
            notes.push(format!("query: no column {name:?} in {table}, term dropped: {text}"));
            return None;
        };
        let operator = OPERATORS
            .iter()
            .find_map(|(written, operator)| Some((*operator, rest.strip_prefix(written)?)));
        let Some((operator, value)) = operator else {
            notes.push(format!("query: unknown operator, term dropped: {text}"));
            return None;
        };
        if value.starts_with("javascript:") {
            notes.push(format!("query: scripts are not run here, term dropped: {text}"));
            return None;
        }
        Some(Self { path, operator, value: value.to_owned() })
    }

    fn holds(&self, actual: &str) -> bool {
        let kind = self.path.column().kind;
        let is = |value: &str| actual.eq_ignore_ascii_case(value) || same_letters(actual, value);
        let order = |value: &str| compare(kind, actual, value);
        match self.operator {
            Operator::Is => is(&self.value),
            Operator::IsNot => !is(&self.value),
            Operator::Less => !actual.is_empty() && order(&self.value).is_lt(),
            Operator::LessOrIs => !actual.is_empty() && order(&self.value).is_le(),
            Operator::Greater => !actual.is_empty() && order(&self.value).is_gt(),
            Operator::GreaterOrIs => !actual.is_empty() && order(&self.value).is_ge(),
            Operator::Contains => folded(actual).contains(&folded(&self.value)),
            Operator::ContainsNot => !folded(actual).contains(&folded(&self.value)),
            Operator::StartsWith => folded(actual).starts_with(&folded(&self.value)),
            Operator::EndsWith => folded(actual).ends_with(&folded(&self.value)),
            Operator::In => self.value.split(',').any(is),
            Operator::NotIn => !self.value.split(',').any(is),
            Operator::Empty => actual.is_empty(),
            Operator::NotEmpty => !actual.is_empty(),
            Operator::Between => self.value.split_once('@').is_some_and(|(low, high)| {
                !actual.is_empty() && order(low).is_ge() && order(high).is_le()
            }),
            Operator::Anything => true,
        }
    }
}

fn same_letters(left: &str, right: &str) -> bool {
    !(left.is_ascii() && right.is_ascii()) && folded(left) == folded(right)
}

fn folded(text: &str) -> String {
    text.to_lowercase()
}

fn compare(kind: Kind, left: &str, right: &str) -> Ordering {
    let numbers = match kind {
        Kind::Level | Kind::Number => left.parse::<i64>().ok().zip(right.parse::<i64>().ok()),
        _ => None,
    };
    match numbers {
        Some((left, right)) => left.cmp(&right),
        None => folded(left).cmp(&folded(right)),
    }
}
