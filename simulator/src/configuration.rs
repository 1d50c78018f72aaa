//! How the instance is configured, as far as every request looks at it: the steps of the set-up
//! that were undone, and the switches.

use crate::setup::Switches;
use crate::steps::{Gate, Steps};

pub(crate) struct Configuration {
    pub(crate) steps: Steps,
    pub(crate) switches: Switches,
}

impl Configuration {
    pub(crate) fn is_done(&self, gate: Gate) -> bool {
        self.steps.is_done(gate)
    }
}
