//! The variables of a rule's action, read where a template touches them.
//!
//! `source` is where they stand, which `json` implements for what is in memory; `view` is what
//! lookup sees of them, with what `dotted_keys` make of them.

mod dotted_keys;
mod json;
mod source;
mod view;

pub use source::{Read, Source};
pub(super) use view::{Node, Reading, View, list_index};

use super::work::Work;
use dotted_keys::Change;

/// The variables of a rule's action, ready to be looked up.
#[derive(Debug)]
pub struct Variables(View);

impl Variables {
    /// Takes the object that holds the variables. What is no object holds none.
    #[must_use]
    pub fn new(variables: Read) -> Self {
        let view = match variables {
            Read::Object(_) => View::new(variables, &[Change::Expand], 0, &mut Work::new()).ok(),
            _ => None,
        };
        Self(view.unwrap_or_else(View::empty_object))
    }

    /// What names are looked for in, outside of all sections.
    pub(super) fn view(&self) -> &View {
        &self.0
    }
}

impl View {
    /// A value as it was read, dotted keys and all.
    pub fn raw(read: Read, work: &mut Work) -> Reading<Self> {
        Self::new(read, &[], 0, work)
    }
}

#[cfg(test)]
mod tests;
