//! Makes `{{host.name}}` find a key that is spelt `host.name`, as the fields of an alert document
//! are (templates.md 2.3, profile A).
//!
//! The dotted key stays where it is, and what it stands for is merged into the object beside it.
//! Nothing of that is done before somebody looks: a list or an object keeps the [`Change`]s that are
//! to be made to it, and when it is looked into they are handed down to its parts, one level at a
//! time.
//!
//! Two rules are stricter than Kibana's, because both let a small document grow without end. A
//! dotted key stays as it is, so that only the whole object shows it, where it has more than
//! [`MAX_PARTS`] parts, and where it names a place in a list more than [`MAX_GAP`] beyond its end.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use indexmap::IndexMap;

use super::source::{Read, SEPARATOR, Source};
use super::view::{Reading, View, in_order, item_of, list_index};
use crate::template::work::Work;

const MAX_PARTS: usize = 100;

const MAX_GAP: usize = 1000;

/// What is to be done to a value.
#[derive(Clone, Debug)]
pub enum Change {
    /// Its dotted keys are expanded, at any depth.
    Expand,
    /// A value is merged into it, at the end of a path.
    Graft { path: Path, value: Rc<Slot> },
    /// A value is merged into it. Objects are united, lists are merged item by item, an object is
    /// merged into a list; anything else takes the place of what is there.
    Merge(Rc<Slot>),
}

/// The parts of a dotted key that are still to be walked.
#[derive(Clone, Debug)]
pub struct Path {
    key: Rc<str>,
    /// The place of the next part.
    at: usize,
}

impl Path {
    /// The path that a key stands for, or `None` where it stands for itself.
    fn of(key: &Rc<str>) -> Option<Self> {
        let is_path = key.contains('.') && !key.ends_with(".__proto__");
        // A short one need not be counted.
        let is_walked = key.len() < MAX_PARTS || key.split('.').count() <= MAX_PARTS;
        (is_path && is_walked).then(|| Self { key: Rc::clone(key), at: 0 })
    }

    /// The next part, and the place of the one behind it, if there is one.
    fn part(&self) -> Option<(&str, Option<usize>)> {
        let mut at = self.at;
        loop {
            let rest = self.key.get(at..)?;
            let Some((part, _)) = rest.split_once('.') else { return Some((rest, None)) };
            at = at.saturating_add(part.len()).saturating_add(1);
            // A part of this name never becomes a key of its own.
            if part != "__proto__" {
                return Some((part, Some(at)));
            }
        }
    }

    /// The next part, and what there is to be done behind it.
    fn step(&self, value: &Rc<Slot>) -> Option<(&str, Change)> {
        self.part().map(|(part, at)| (part, self.beyond(at, value)))
    }

    /// What there is to be done behind the next part, if it is this one.
    fn step_to(&self, part: &str, value: &Rc<Slot>) -> Option<Change> {
        let next = self.part().filter(|(next, _)| *next == part);
        next.map(|(_, at)| self.beyond(at, value))
    }

    fn beyond(&self, at: Option<usize>, value: &Rc<Slot>) -> Change {
        let value = Rc::clone(value);
        match at {
            Some(at) => Change::Graft { path: Self { key: Rc::clone(&self.key), at }, value },
            None => Change::Merge(value),
        }
    }
}

/// A part of a list or an object: where it is read, and what is to be done to it.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Nowhere, where dotted keys alone made it.
    place: Option<Place>,
    changes: Vec<Change>,
    depth: usize,
    view: OnceCell<View>,
}

#[derive(Clone, Debug)]
enum Place {
    Member(Rc<dyn Source>, Rc<str>),
    Item(Rc<dyn Source>, usize),
}

impl Slot {
    fn new(place: Option<Place>, depth: usize) -> Self {
        Self { place, changes: Vec::new(), depth, view: OnceCell::new() }
    }

    /// The value that stands here in the end.
    pub fn view(&self, work: &mut Work) -> Reading<View> {
        if let Some(view) = self.view.get() {
            return Ok(view.clone());
        }
        work.spend(1)?;
        let read = match &self.place {
            Some(Place::Member(source, key)) => source.member(key)?,
            Some(Place::Item(source, index)) => item_of(source.as_ref(), *index)?,
            None => Read::Nothing,
        };
        let view = View::new(read, &self.changes, self.depth, work)?;
        Ok(self.view.get_or_init(|| view).clone())
    }
}

/// The keys of an object that has dotted ones.
#[derive(Debug, Default)]
pub struct Keys {
    joined: String,
    places: Vec<Range<usize>>,
}

impl Keys {
    /// Takes keys as [`Source::keys_if_dotted`] gives them.
    pub fn new(joined: String) -> Self {
        let mut places = Vec::new();
        let mut start = 0_usize;
        for key in joined.split(SEPARATOR) {
            let end = start.saturating_add(key.len());
            places.push(start..end);
            start = end.saturating_add(SEPARATOR.len_utf8());
        }
        Self { joined, places }
    }

    pub fn count(&self) -> usize {
        self.places.len()
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        self.places.iter().filter_map(|place| self.joined.get(place.clone()))
    }
}

/// What is to be done to one member of an object, of all that is to be done to the object. Values
/// that are merged into it must not be among that. `keys` are those of the source, if there is a
/// dotted one among them.
pub fn changes_of(
    key: &str,
    is_own: bool,
    source: Option<&Rc<dyn Source>>,
    keys: &Keys,
    changes: &[Change],
) -> Vec<Change> {
    let mut made = Vec::new();
    let mut exists = is_own;
    for change in changes {
        match change {
            Change::Graft { path, value } => {
                if let Some(change) = path.step_to(key, value) {
                    made.push(change);
                    exists = true;
                }
            }
            Change::Expand => {
                let mut is_next = exists;
                // A number goes before all other keys, whenever it was added.
                if is_next && !is_own && list_index(key).is_some() {
                    made.push(Change::Expand);
                    is_next = false;
                }
                for other in keys.iter() {
                    if other == key {
                        // A member that is undefined is none.
                        if is_own {
                            made.push(Change::Expand);
                            is_next = false;
                        }
                    } else if let Some(source) = source.filter(|_| may_lead_to(key, other)) {
                        made.extend(graft(source, other, key));
                    }
                }
                // What was added by others before stands behind the keys of the source.
                if is_next {
                    made.push(Change::Expand);
                }
            }
            Change::Merge(_) => {}
        }
    }
    made
}

/// What is to be done behind the first part of a dotted key, if it is this one.
fn graft(source: &Rc<dyn Source>, dotted: &str, part: &str) -> Option<Change> {
    let key = dotted.into();
    let path = Path::of(&key)?;
    let value = Rc::new(Slot::new(Some(Place::Member(Rc::clone(source), key)), 0));
    path.step_to(part, &value)
}

/// Whether a dotted key can start with another. Most cannot, which one character tells.
fn may_lead_to(key: &str, dotted: &str) -> bool {
    dotted.as_bytes().get(key.len()) == Some(&b'.') && dotted.starts_with(key)
        || dotted.starts_with('_') && dotted.starts_with("__proto__.")
}

/// The parts of a list or an object that dotted keys change.
#[derive(Debug)]
pub struct Shape {
    is_list: bool,
    /// The depth of its parts.
    depth: usize,
    pub items: Vec<Slot>,
    /// The members of an object. A dotted key can put some beside the items of a list.
    pub members: IndexMap<Rc<str>, Slot>,
}

impl Shape {
    pub fn new(is_list: bool, depth: usize) -> Self {
        Self { is_list, depth, items: Vec::new(), members: IndexMap::new() }
    }

    /// Takes the parts that a source has.
    pub fn read(&mut self, source: &Rc<dyn Source>, work: &mut Work) -> Reading<()> {
        let items = if self.is_list { source.length()? } else { 0 };
        let keys = source.keys()?;
        work.spend(keys.len().saturating_add(items))?;
        for key in keys {
            let place = Place::Member(Rc::clone(source), Rc::clone(&key));
            self.members.insert(key, Slot::new(Some(place), self.depth));
        }
        let place = |index| Some(Place::Item(Rc::clone(source), index));
        self.items.extend((0..items).map(|index| Slot::new(place(index), self.depth)));
        Ok(())
    }

    pub fn apply(&mut self, change: &Change, work: &mut Work) -> Reading<()> {
        match change {
            Change::Expand => self.expand(work),
            Change::Graft { path, value } => {
                if let Some((part, change)) = path.step(value) {
                    self.change(part, change);
                }
                work.spend(1)
            }
            Change::Merge(slot) => self.merge(&slot.view(work)?, work),
        }
    }

    fn expand(&mut self, work: &mut Work) -> Reading<()> {
        self.items.iter_mut().for_each(|item| item.changes.push(Change::Expand));
        // Those that come with the dotted keys are left as they are.
        for key in in_order(self.members.keys()) {
            work.spend(1)?;
            if let Some(path) = Path::of(&key)
                && let Some(slot) = self.members.get(&key)
            {
                // The value is copied while its own dotted keys are as they came.
                let value = Rc::new(slot.clone());
                if let Some((part, change)) = path.step(&value) {
                    self.change(part, change);
                }
            }
            self.change(&key, Change::Expand);
        }
        Ok(())
    }

    fn merge(&mut self, value: &View, work: &mut Work) -> Reading<()> {
        let (View::List(node) | View::Object(node)) = value else { return Ok(()) };
        let simple = |view: View| {
            let slot = Slot::new(None, 0);
            slot.view.set(view).ok();
            Change::Merge(Rc::new(slot))
        };
        if matches!(value, View::List(_)) {
            for index in 0..node.length(work)? {
                let item = node.item(index, work)?;
                self.change_item(index, simple(item));
            }
        }
        for key in node.keys(work)? {
            if &*key == "__proto__" {
                continue;
            }
            if let Some(member) = node.member(&key, work)? {
                self.change(&key, simple(member));
            }
        }
        Ok(())
    }

    /// Makes a change to a part, which is made where there is none yet.
    fn change(&mut self, key: &str, change: Change) {
        match list_index(key).filter(|_| self.is_list) {
            Some(index) => self.change_item(index, change),
            // How long a list is, is not for a dotted key to say.
            None if self.is_list && key == "length" => {}
            None => {
                if let Some(slot) = self.members.get_mut(key) {
                    slot.changes.push(change);
                } else {
                    let mut slot = Slot::new(None, self.depth);
                    slot.changes.push(change);
                    self.members.insert(key.into(), slot);
                }
            }
        }
    }

    fn change_item(&mut self, index: usize, change: Change) {
        if index >= self.items.len() {
            if index.saturating_sub(self.items.len()) > MAX_GAP {
                return;
            }
            self.items.resize_with(index.saturating_add(1), || Slot::new(None, self.depth));
        }
        if let Some(slot) = self.items.get_mut(index) {
            slot.changes.push(change);
        }
    }
}
