//! The faults that there are: one entry for each line of the fault table (servicenow-instance.md
//! 12), with what the page and the documentation tell about it. What a fault does is beside this
//! folder, by its [`Act`].

mod content;
mod limits;
mod signing_in;

use serde::Serialize;

use super::fault::Fault;
use super::place::Place;

/// What is known of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    /// Its number in the fault table.
    pub number: u8,
    /// The name that a rule calls it by.
    #[serde(rename = "id")]
    pub fault: Fault,
    /// What it is.
    pub title: &'static str,
    /// What a client sees.
    pub wire: &'static str,
    /// Which calls it happens to where the rule does not narrow that down.
    pub place: Place,
    /// Whether what the call wants written is written.
    pub write: Write,
    /// The forms that it takes; the first one where the rule does not choose.
    pub variants: &'static [&'static str],
    /// The parameters that it takes, beside `delay`, and `committed` where `write` can be chosen.
    pub parameters: &'static [Parameter],
    /// How many milliseconds the answer is late where the rule does not say.
    pub delay: u32,
    #[serde(skip)]
    pub(super) act: Act,
    /// A rule with a path moves it to there.
    #[serde(skip)]
    pub(super) movable: bool,
}

/// Whether what a call wants written is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Write {
    /// It is not, unless the rule says so.
    Refused,
    /// It is, unless the rule says otherwise.
    Committed,
    /// It is, perhaps changed by the fault.
    Done,
}

/// What a rule can say about a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Parameter {
    /// The text of the error.
    Text,
    /// The column that is hit.
    Column,
    /// A number of characters, bytes or rows.
    Length,
    /// The seconds of `Retry-After`.
    RetryAfter,
    /// The address that a redirection points to.
    Location,
}

/// By what means a fault happens. They act in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Act {
    /// Another certificate is shown.
    Handshake,
    /// The request arrives changed.
    Request,
    /// The instance holds something else than it did.
    State,
    /// Something before the instance answers.
    Edge,
    /// The instance gives another answer.
    Answer,
    /// The instance's answer is changed.
    Rewrite,
    /// The answer suffers on its way.
    Line,
}

impl Act {
    /// Whether the whole answer is the fault's; one call can have one such fault only.
    pub(super) fn replaces(self) -> bool {
        matches!(self, Self::Edge | Self::Answer)
    }
}

/// Every fault, in the order of the fault table.
pub fn catalogue() -> impl Iterator<Item = &'static Facts> {
    signing_in::FAULTS.iter().chain(content::FAULTS).chain(limits::FAULTS)
}

/// An entry's beginning; what follows says how the fault differs from a plain refusal.
const fn entry(
    number: u8,
    fault: Fault,
    title: &'static str,
    wire: &'static str,
    place: Place,
) -> Facts {
    Facts {
        number,
        fault,
        title,
        wire,
        place,
        write: Write::Refused,
        variants: &[],
        parameters: &[],
        delay: 0,
        act: Act::Answer,
        movable: false,
    }
}

impl Facts {
    /// Whether the fault happens where a rule's path says, and not at its own place.
    #[must_use]
    pub fn moves(&self) -> bool {
        self.movable
    }

    const fn by(self, act: Act, write: Write) -> Self {
        Self { write, act, ..self }
    }

    const fn variants(self, variants: &'static [&'static str]) -> Self {
        Self { variants, ..self }
    }

    const fn takes(self, parameters: &'static [Parameter]) -> Self {
        Self { parameters, ..self }
    }

    const fn late(self, delay: u32) -> Self {
        Self { delay, ..self }
    }

    const fn movable(self) -> Self {
        Self { movable: true, ..self }
    }
}
