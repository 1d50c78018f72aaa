//! The variables as lookup sees them: texts and keys borrowed from the host's value, members found
//! by name however many there are.

use std::cell::OnceCell;

use indexmap::IndexMap;

use crate::schema::Value;

/// The members of an object.
pub type Members<'v> = IndexMap<&'v str, View<'v>>;

/// One value among the variables: JSON, and what dotted keys can make of it.
#[derive(Clone, Debug)]
pub enum View<'v> {
    /// A place in a list that nothing was put in.
    Hole,
    Null,
    Bool(bool),
    Number(f64),
    Text(&'v str),
    List(Box<List<'v>>),
    Object(Box<Members<'v>>),
}

/// A list. A dotted key can put a member with a name beside its items.
#[derive(Clone, Debug, Default)]
pub struct List<'v> {
    pub items: Vec<View<'v>>,
    pub named: Members<'v>,
    /// The items of a list of numbers, once something put them in order.
    sorted: OnceCell<Vec<View<'static>>>,
}

impl List<'_> {
    /// The items as they are now.
    pub fn items(&self) -> &[View<'_>] {
        self.sorted.get().map_or(&self.items, Vec::as_slice)
    }

    /// Puts the items in descending order if they are numbers, for all who look at them from now on.
    pub fn sort(&self) {
        let number = |item: &View<'_>| match item {
            View::Number(number) => Some(*number),
            _ => None,
        };
        if let Some(mut numbers) = self.items.iter().map(number).collect::<Option<Vec<_>>>() {
            numbers.sort_by(|a, b| b.total_cmp(a));
            self.sorted.get_or_init(|| numbers.into_iter().map(View::Number).collect());
        }
    }
}

impl View<'_> {
    pub fn empty_object() -> Self {
        View::Object(Box::default())
    }
}

/// What JSON does not know becomes what JSON makes of it (templates.md 2.2).
impl<'v> From<&'v Value> for View<'v> {
    fn from(value: &'v Value) -> Self {
        match value {
            Value::Bool(value) => View::Bool(*value),
            Value::Number(number) if number.is_finite() => View::Number(*number),
            Value::Undefined | Value::Null | Value::Number(_) | Value::Other(_) => View::Null,
            Value::String(text) => View::Text(text),
            Value::Array(items) => {
                let items = items.iter().map(View::from).collect();
                View::List(Box::new(List { items, ..List::default() }))
            }
            Value::Object(members) => View::Object(Box::new(
                members
                    .iter()
                    .filter(|(_, value)| !matches!(value, Value::Undefined | Value::Other(_)))
                    .map(|(key, value)| (key.as_str(), View::from(value)))
                    .collect(),
            )),
        }
    }
}

/// The number that JavaScript takes a key for: a place in a list, written in the one way.
pub fn list_index(key: &str) -> Option<usize> {
    let canonical = key == "0" || (key.starts_with(|c| matches!(c, '1'..='9')) && key.len() <= 10);
    let index = if canonical { key.parse::<u32>().ok()? } else { return None };
    if index == u32::MAX { None } else { usize::try_from(index).ok() }
}

/// The places of members in JavaScript's order: keys that are numbers first, ascending, then the
/// others as they came.
pub fn enumerate(members: &Members<'_>) -> Vec<usize> {
    let mut places: Vec<_> =
        members.keys().enumerate().map(|(place, key)| (list_index(key), place)).collect();
    // Stable, and what is no number goes last.
    places.sort_by_key(|(index, _)| index.unwrap_or(usize::MAX));
    places.into_iter().map(|(_, place)| place).collect()
}
