//! The variables as lookup sees them: read from their [`Source`] when they are touched, and changed
//! by what dotted keys add to them.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use super::dotted_keys::{Change, Keys, Shape, changes_of};
use super::source::{Read, Source};
use crate::template::TemplateError;
use crate::template::work::Work;

/// How deep values are looked into; what is below reads as `null`. An object of the host's may hold
/// itself, and what has been read is held level by level.
const MAX_DEPTH: usize = 500;

/// One value among the variables.
#[derive(Clone, Debug)]
pub enum View {
    /// A place in a list that nothing was put in.
    Hole,
    Null,
    Bool(bool),
    Number(f64),
    Text(Rc<str>),
    List(Rc<Node>),
    Object(Rc<Node>),
}

impl View {
    /// A value that was read, with changes made to it.
    pub fn new(read: Read, changes: &[Change], depth: usize, work: &mut Work) -> Reading<Self> {
        let mut kept: Vec<Change> = Vec::new();
        let mut view = Draft::from(read);
        for change in changes {
            let is_list = matches!(view, Draft::List(_));
            let is_container = is_list || matches!(view, Draft::Object(_));
            // What cannot take a change is replaced, and all that was to be done to it is forgotten.
            match change {
                Change::Expand if !is_container => continue,
                Change::Graft { .. } if !is_container => {
                    view = Draft::Object(None);
                    kept.clear();
                }
                Change::Expand | Change::Graft { .. } => {}
                Change::Merge(slot) => match slot.view(work)? {
                    View::Hole => continue,
                    View::Object(_) if is_container => {}
                    View::List(_) if is_list => {}
                    other => {
                        (view, kept) = other.copied();
                        continue;
                    }
                },
            }
            kept.push(change.clone());
        }
        Ok(match view {
            Draft::Simple(view) => view,
            _ if depth > MAX_DEPTH => Self::Null,
            Draft::List(source) => Self::List(Rc::new(Node::new(true, source, kept, depth))),
            Draft::Object(source) => Self::Object(Rc::new(Node::new(false, source, kept, depth))),
        })
    }

    /// A draft of the same value, with what is still to be done to it.
    fn copied(self) -> (Draft, Vec<Change>) {
        match self {
            Self::List(node) => (Draft::List(node.source.clone()), node.changes.clone()),
            Self::Object(node) => (Draft::Object(node.source.clone()), node.changes.clone()),
            simple => (Draft::Simple(simple), Vec::new()),
        }
    }

    /// An object without members.
    pub fn empty_object() -> Self {
        Self::Object(Rc::new(Node::new(false, None, Vec::new(), 0)))
    }

    /// A list without items.
    pub fn empty_list() -> Self {
        Self::List(Rc::new(Node::new(true, None, Vec::new(), 0)))
    }
}

/// A view whose members nobody asked for yet.
enum Draft {
    Simple(View),
    List(Option<Rc<dyn Source>>),
    Object(Option<Rc<dyn Source>>),
}

impl From<Read> for Draft {
    fn from(read: Read) -> Self {
        Self::Simple(match read {
            Read::Nothing => View::Hole,
            Read::Null => View::Null,
            Read::Bool(value) => View::Bool(value),
            Read::Number(number) => View::Number(number),
            Read::Text(text) => View::Text(text),
            Read::List(source) => return Self::List(Some(source)),
            Read::Object(source) => return Self::Object(Some(source)),
        })
    }
}

/// What reading a variable gives, or why it cannot be read.
pub type Reading<T> = Result<T, TemplateError>;

/// A list or an object.
#[derive(Debug)]
pub struct Node {
    is_list: bool,
    /// Where its parts are read, unless dotted keys alone made it.
    source: Option<Rc<dyn Source>>,
    /// What is to be done to what is read.
    changes: Vec<Change>,
    depth: usize,
    kind: OnceCell<Kind>,
    /// The lists and objects in it that were read by name.
    read: RefCell<HashMap<Box<str>, View>>,
    /// All its parts, where they are not as the source has them.
    shape: OnceCell<Shape>,
    /// The items of a list of numbers, once something put them in order.
    sorted: OnceCell<Vec<View>>,
}

impl Node {
    fn new(
        is_list: bool,
        source: Option<Rc<dyn Source>>,
        changes: Vec<Change>,
        depth: usize,
    ) -> Self {
        Self {
            is_list,
            source,
            changes,
            depth,
            kind: OnceCell::new(),
            read: RefCell::default(),
            shape: OnceCell::new(),
            sorted: OnceCell::new(),
        }
    }

    /// A member that has a name.
    pub fn member(&self, key: &str, work: &mut Work) -> Reading<Option<View>> {
        work.spend((key.len() / 32).saturating_add(1))?;
        if let Some(view) = self.read.borrow().get(key) {
            return Ok(Some(view.clone()));
        }
        if let Some(shape) = self.shape.get() {
            return shape.members.get(key).map(|slot| slot.view(work)).transpose();
        }
        let view = match self.kind(work)? {
            Kind::OneByOne(keys) if !self.is_list => {
                work.spend(keys.count().saturating_add(self.changes.len()) / 4)?;
                let source = self.source.as_ref();
                let read = source.map_or(Ok(Read::Nothing), |source| source.member(key))?;
                let is_own = !matches!(read, Read::Nothing);
                let changes = changes_of(key, is_own, source, keys, &self.changes);
                if is_own || !changes.is_empty() {
                    Some(View::new(read, &changes, self.depth.saturating_add(1), work)?)
                } else {
                    None
                }
            }
            Kind::OneByOne(_) => None,
            Kind::Whole => {
                self.shape(work)?;
                return self.member(key, work);
            }
        };
        Ok(self.kept(key, view))
    }

    /// The item at the place of a list that a key names.
    pub fn item_named(&self, key: &str, index: usize, work: &mut Work) -> Reading<Option<View>> {
        if let Some(view) = self.read.borrow().get(key) {
            return Ok(Some(view.clone()));
        }
        if index >= self.length(work)? {
            return Ok(None);
        }
        let item = self.item(index, work)?;
        Ok(self.kept(key, Some(item).filter(|item| !matches!(item, View::Hole))))
    }

    /// Keeps a list or an object, and with it what is known of it: what is touched once is often
    /// touched again.
    fn kept(&self, key: &str, view: Option<View>) -> Option<View> {
        if let Some(view @ (View::List(_) | View::Object(_))) = &view {
            self.read.borrow_mut().insert(key.into(), view.clone());
        }
        view
    }

    /// The names of all members with names, in JavaScript's order.
    pub fn keys(&self, work: &mut Work) -> Reading<Vec<Rc<str>>> {
        let keys = match self.as_read(work)? {
            Some(source) => source.keys()?,
            None => in_order(self.shape(work)?.members.keys()),
        };
        work.spend(keys.len())?;
        Ok(keys)
    }

    /// How many items there are in a list.
    pub fn length(&self, work: &mut Work) -> Reading<usize> {
        Ok(match self.as_read(work)? {
            Some(source) => source.length()?,
            None => self.shape(work)?.items.len(),
        })
    }

    /// An item of a list.
    pub fn item(&self, index: usize, work: &mut Work) -> Reading<View> {
        work.spend(1)?;
        if let Some(sorted) = self.sorted.get() {
            return Ok(sorted.get(index).cloned().unwrap_or(View::Hole));
        }
        let Some(source) = self.as_read(work)? else {
            let slot = self.shape(work)?.items.get(index);
            return slot.map_or(Ok(View::Hole), |slot| slot.view(work));
        };
        let read = item_of(source.as_ref(), index)?;
        View::new(read, &self.changes, self.depth.saturating_add(1), work)
    }

    /// Puts the items in descending order if they are numbers, for all who look at them from now on.
    pub fn sort(&self, work: &mut Work) -> Reading<()> {
        let mut numbers = Vec::new();
        for index in 0..self.length(work)? {
            let View::Number(number) = self.item(index, work)? else { return Ok(()) };
            numbers.push(number);
        }
        numbers.sort_by(|a, b| b.total_cmp(a));
        self.sorted.get_or_init(|| numbers.into_iter().map(View::Number).collect());
        self.read.borrow_mut().clear();
        Ok(())
    }

    /// Where all of it is read as it stands; nothing of it may have been changed but by the dotted
    /// keys that are somewhere in it.
    pub fn whole(&self) -> Option<&dyn Source> {
        self.source.as_deref().filter(|_| self.sorted.get().is_none() && self.is_untouched())
    }

    /// The same, with another source.
    pub fn with_source(&self, read: Read, work: &mut Work) -> Reading<View> {
        View::new(read, &self.changes, self.depth, work)
    }

    /// Whether the dotted keys in it are expanded.
    pub fn is_expanded(&self) -> bool {
        self.changes.iter().any(|change| matches!(change, Change::Expand))
    }

    fn kind(&self, work: &mut Work) -> Reading<&Kind> {
        if let Some(kind) = self.kind.get() {
            return Ok(kind);
        }
        let is_merged = self.changes.iter().any(|change| matches!(change, Change::Merge(_)));
        let kind = if is_merged || (self.is_list && !self.is_untouched()) {
            Kind::Whole
        } else {
            let source = self.source.as_ref().filter(|_| !self.is_list && self.is_expanded());
            let dotted = source.map_or(Ok(None), |source| source.keys_if_dotted())?;
            let keys = dotted.map(Keys::new).unwrap_or_default();
            work.spend(keys.count())?;
            Kind::OneByOne(keys)
        };
        Ok(self.kind.get_or_init(|| kind))
    }

    /// The source, where all parts are just what it has.
    fn as_read(&self, work: &mut Work) -> Reading<Option<&Rc<dyn Source>>> {
        let has_dotted = match self.kind(work)? {
            Kind::OneByOne(keys) => keys.count() > 0,
            Kind::Whole => true,
        };
        Ok(self.source.as_ref().filter(|_| !has_dotted && self.is_untouched()))
    }

    fn is_untouched(&self) -> bool {
        self.changes.iter().all(|change| matches!(change, Change::Expand))
    }

    /// All parts, as they are in the end.
    fn shape(&self, work: &mut Work) -> Reading<&Shape> {
        if let Some(shape) = self.shape.get() {
            return Ok(shape);
        }
        let mut shape = Shape::new(self.is_list, self.depth.saturating_add(1));
        if let Some(source) = &self.source {
            shape.read(source, work)?;
        }
        for change in &self.changes {
            shape.apply(change, work)?;
        }
        Ok(self.shape.get_or_init(|| shape))
    }
}

/// How much there is to be done before a part of a value can be told.
#[derive(Debug)]
enum Kind {
    /// Each part can be asked for without the others. These are the keys of an object that has dotted
    /// ones.
    OneByOne(Keys),
    /// All parts have to be made.
    Whole,
}

/// In a list, what JSON does not know is `null`.
pub fn item_of(source: &dyn Source, index: usize) -> Reading<Read> {
    Ok(match source.item(index)? {
        Read::Nothing => Read::Null,
        read => read,
    })
}

/// The number that JavaScript takes a key for: a place in a list, written in the one way.
pub fn list_index(key: &str) -> Option<usize> {
    let canonical = key == "0" || (key.starts_with(|c| matches!(c, '1'..='9')) && key.len() <= 10);
    let index = if canonical { key.parse::<u32>().ok()? } else { return None };
    if index == u32::MAX { None } else { usize::try_from(index).ok() }
}

/// Keys in JavaScript's order: those that are numbers first, ascending, then the others as they
/// came.
pub fn in_order<'k>(keys: impl Iterator<Item = &'k Rc<str>>) -> Vec<Rc<str>> {
    let mut keys: Vec<_> = keys.cloned().collect();
    // Stable, and what is no number goes last.
    keys.sort_by_key(|key| list_index(key).unwrap_or(usize::MAX));
    keys
}
