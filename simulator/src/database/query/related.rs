//! Terms about records of another table that have to do with the row: those that refer to it,
//! `RLQUERYincident.caller_id,>=1^active=true^ENDRLQUERY`, and those that share a value with it,
//! `JOINsys_user.sys_id=incident.caller_id!active=true`.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::term::Condition;
use super::{Query, Reading};
use crate::database::schema::{self, Kind};
use crate::database::{Database, Path, Row};
use crate::setup::Switches;

/// How many records of another table have to hold a value of the row.
pub(super) struct Related {
    table: &'static str,
    /// The column of the row.
    own: Path,
    /// The column of the other table.
    theirs: Path,
    query: Query,
    wanted: Compare,
    count: usize,
    /// How many of their rows hold which value, once that was looked up.
    held: OnceCell<BTreeMap<String, usize>>,
}

type Compare = fn(usize, usize) -> bool;

/// How counts are compared; one that begins like another stands before it.
const COUNTS: &[(&str, Compare)] = &[
    (">=", |left, right| left >= right),
    ("<=", |left, right| left <= right),
    ("!=", |left, right| left != right),
    (">", |left, right| left > right),
    ("<", |left, right| left < right),
    ("=", |left, right| left == right),
];

/// Reads a term: `head` is what stands behind `RLQUERY`, `inner` the query before `ENDRLQUERY`.
pub(super) fn parse(
    table: &str,
    head: &str,
    inner: &str,
    reading: Reading,
    notes: &mut Vec<String>,
) -> Option<Condition> {
    let related = read(table, head, inner, reading, notes);
    if related.is_none() {
        notes.push(format!("query: no such related list, dropped: RLQUERY{head}"));
    }
    related.map(|related| Condition::Related(Box::new(related)))
}

fn read(
    table: &str,
    head: &str,
    inner: &str,
    reading: Reading,
    notes: &mut Vec<String>,
) -> Option<Related> {
    if reading.nested {
        return None;
    }
    let (list, wanted) = head.split_once(',')?;
    let (other, column) = list.split_once('.')?;
    let other = schema::name_of(other)?;
    let theirs = Path::parse(other, column)?;
    if !matches!(theirs.column().kind, Kind::Reference(target) if target == table) {
        return None;
    }
    let wanted = wanted.split(',').next()?;
    let (wanted, count) =
        COUNTS.iter().find_map(|(written, wants)| Some((*wants, wanted.strip_prefix(written)?)))?;
    let count = count.parse().ok()?;
    let query = Query::parse(other, inner, Reading { nested: true, ..reading }, notes);
    let own = Path::parse(table, "sys_id")?;
    Some(Related { table: other, own, theirs, query, wanted, count, held: OnceCell::new() })
}

/// Reads what stands behind `JOIN`.
pub(super) fn join(
    table: &str,
    text: &str,
    reading: Reading,
    notes: &mut Vec<String>,
) -> Option<Condition> {
    let (columns, inner) = text.split_once('!').unwrap_or((text, ""));
    let sides = || {
        let (own, theirs) = columns.split_once('=')?;
        let (own, theirs) = (own.split_once('.')?, theirs.split_once('.')?);
        let other = schema::name_of(theirs.0)?;
        let own = Path::parse(table, own.1).filter(|_| own.0 == table)?;
        Some((other, own, Path::parse(other, theirs.1)?))
    };
    let Some((other, own, theirs)) = sides().filter(|_| !reading.nested) else {
        notes.push(format!("query: no such join, dropped: JOIN{text}"));
        return None;
    };
    let query = Query::parse(other, inner, Reading { nested: true, ..reading }, notes);
    let wanted: Compare = |left, right| left >= right;
    let related =
        Related { table: other, own, theirs, query, wanted, count: 1, held: OnceCell::new() };
    Some(Condition::Related(Box::new(related)))
}

impl Related {
    pub(super) fn holds(&self, database: &Database, row: &Row, switches: &Switches) -> bool {
        let held = self.held.get_or_init(|| {
            let mut held = BTreeMap::<String, usize>::new();
            for other in self.query.run(database, self.table, switches) {
                let count = held.entry(self.theirs.value(database, other).to_owned()).or_default();
                *count = count.saturating_add(1);
            }
            held
        });
        let count = held.get(self.own.value(database, row)).copied();
        (self.wanted)(count.unwrap_or_default(), self.count)
    }
}
