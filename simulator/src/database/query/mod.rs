//! Encoded queries (servicenow-instance.md 3): terms, how they bind, and what becomes of a term
//! that the instance does not understand. It is dropped, and more rows come back than were asked
//! for; that it happened is noted. `term` is a single term, `dates` what terms say of dates,
//! `related` the terms about other tables.

mod dates;
mod related;
mod term;

use std::cmp::Ordering;

use self::term::{Condition, compare};
use super::{Database, Path, Row};
use crate::clock::Moment;
use crate::setup::Switches;

/// As many terms as are looked at.
const TERMS: usize = 1_000;

/// What a query is read by.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) switches: &'a Switches,
    /// Columns that the caller may not read, each as `table.column`.
    pub(crate) unreadable: &'a [String],
    pub(crate) now: Moment,
    /// Whether this is the query of a term about another table, in which there are no such terms.
    pub(crate) nested: bool,
}

/// What rows are wanted, and in what order.
#[derive(Default)]
pub(crate) struct Query {
    /// One of these has to hold; without any, every row is wanted.
    sets: Vec<Set>,
    /// All of these have to hold besides.
    filters: Vec<Condition>,
    order: Vec<Order>,
    /// A term named a column that is not there, or an operator.
    dropped: bool,
    /// A term named a column that the caller may not read.
    unreadable: bool,
}

/// Conditions that hold together, each a choice of terms.
#[derive(Default)]
struct Set {
    conditions: Vec<Vec<Condition>>,
    /// Something was asked for here, be it understood or not.
    asked: bool,
}

struct Order {
    path: Path,
    descending: bool,
}

/// How a term is bound to the ones before it.
#[derive(Clone, Copy)]
enum Bound {
    And,
    Or,
}

impl Query {
    /// Reads an encoded query for rows of `table`.
    pub(crate) fn parse(
        table: &str,
        text: &str,
        reading: Reading,
        notes: &mut Vec<String>,
    ) -> Self {
        let mut query = Self::default();
        let mut set = Set::default();
        let mut parts = split(text, reading.switches.caret_escape).into_iter();
        let mut count = 0_usize;
        while let Some(part) = parts.next() {
            count = count.saturating_add(1);
            if count > TERMS {
                notes.push(format!("query: more than {TERMS} terms, the rest is dropped"));
                break;
            }
            let (bound, term) = match part.strip_prefix("OR") {
                Some(rest) if !part.starts_with("ORDERBY") => (Bound::Or, rest),
                _ => (Bound::And, part.as_str()),
            };
            if let Some(related) = term.strip_prefix("RLQUERY") {
                let inner: Vec<String> =
                    parts.by_ref().take_while(|part| part != "ENDRLQUERY").collect();
                let condition = related::parse(table, related, &inner.join("^"), reading, notes);
                query.add(&mut set, bound, condition);
            } else if let Some(join) = term.strip_prefix("JOIN") {
                let condition = related::join(table, join, reading, notes);
                query.add(&mut set, bound, condition);
            } else if let Some(rest) = part.strip_prefix("NQ") {
                query.sets.push(std::mem::take(&mut set));
                query.read_term(&mut set, Bound::And, table, rest, reading, notes);
            } else if let Some(name) = part.strip_prefix("ORDERBYDESC") {
                query.order_by(table, name, true, notes);
            } else if let Some(name) = part.strip_prefix("ORDERBY") {
                query.order_by(table, name, false, notes);
            } else if part != "EQ" {
                query.read_term(&mut set, bound, table, term, reading, notes);
            }
        }
        query.sets.push(set);
        query.sets.retain(|set| set.asked);
        query
    }

    /// Adds `column=value`, which has to hold beside everything else.
    pub(crate) fn filter(&mut self, path: Path, values: Vec<String>) {
        self.filters.push(Condition::any_of(path, values));
    }

    /// Whether a term was dropped because it was not understood.
    pub(crate) fn has_dropped_terms(&self) -> bool {
        self.dropped
    }

    /// Whether a term looks into a column that the caller may not read.
    pub(crate) fn looks_into_unreadable(&self) -> bool {
        self.unreadable
    }

    /// The rows that are wanted, in the order asked for.
    pub(crate) fn run<'a>(
        &self,
        database: &'a Database,
        table: &str,
        switches: &Switches,
    ) -> Vec<&'a Row> {
        let wanted = |row: &&Row| self.wants(database, row, switches);
        let mut rows: Vec<(usize, &Row)> = match self.indexed(database, table, switches) {
            Some((column, value)) => {
                database.indexed(table, column, value).filter(wanted).enumerate().collect()
            }
            None => database.rows(table).filter(wanted).enumerate().collect(),
        };
        if !self.order.is_empty() {
            rows.sort_by(|left, right| self.compare(database, *left, *right));
        }
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// The value that an indexed column has to have, of those that the fewest rows have.
    fn indexed(
        &self,
        database: &Database,
        table: &str,
        switches: &Switches,
    ) -> Option<(&'static str, &str)> {
        if switches.ignores_trailing_spaces {
            return None;
        }
        let set = match self.sets.as_slice() {
            [] => &[],
            [set] => set.conditions.as_slice(),
            _ => return None,
        };
        let single = set.iter().filter_map(|terms| match terms.as_slice() {
            [only] => only.demands(),
            _ => None,
        });
        let demanded = single.chain(self.filters.iter().filter_map(Condition::demands));
        demanded
            .filter_map(|(column, value)| {
                Some((database.indexed_count(table, column, value)?, column, value))
            })
            .min_by_key(|(count, ..)| *count)
            .map(|(_, column, value)| (column, value))
    }

    fn read_term(
        &mut self,
        set: &mut Set,
        bound: Bound,
        table: &str,
        text: &str,
        reading: Reading,
        notes: &mut Vec<String>,
    ) {
        if text.is_empty() {
            return;
        }
        let condition = Condition::parse(table, text, reading, notes);
        if let Some(Condition::Cell(path, _)) = &condition {
            self.unreadable |= path.passes(reading.unreadable);
        }
        self.add(set, bound, condition);
    }

    fn add(&mut self, set: &mut Set, bound: Bound, condition: Option<Condition>) {
        set.asked = true;
        let Some(condition) = condition else {
            self.dropped = true;
            return;
        };
        match (bound, set.conditions.last_mut()) {
            (Bound::Or, Some(before)) => before.push(condition),
            _ => set.conditions.push(vec![condition]),
        }
    }

    fn order_by(&mut self, table: &str, name: &str, descending: bool, notes: &mut Vec<String>) {
        match Path::parse(table, name) {
            Some(path) => self.order.push(Order { path, descending }),
            None => notes.push(format!("query: no column to order by {name:?}, dropped")),
        }
    }

    fn wants(&self, database: &Database, row: &Row, switches: &Switches) -> bool {
        let holds = |condition: &Condition| condition.holds(database, row, switches);
        let wanted = |set: &Set| set.conditions.iter().all(|terms| terms.iter().any(holds));
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

/// The terms of a query. Where `^^` stands for a caret it parts none.
fn split(text: &str, caret_escape: bool) -> Vec<String> {
    if !caret_escape {
        return text.split('^').map(str::to_owned).collect();
    }
    let mut parts = vec![String::new()];
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '^' && letters.next_if_eq(&'^').is_none() {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts
}
