//! How the instance is configured, as far as every request looks at it: the steps of the set-up
//! that were undone, the switches, the transform maps of the
//! application, and columns that are hidden.

use serde::{Deserialize, Serialize};

use crate::setup::{Switches, TransformMap};
use crate::steps::{Gate, Steps};

#[derive(Serialize, Deserialize)]
pub(crate) struct Configuration {
    pub(crate) steps: Steps,
    pub(crate) switches: Switches,
    pub(crate) transform_maps: Vec<TransformMap>,
    /// Columns that nobody may read, each as `table.column`.
    pub(crate) unreadable: Vec<String>,
}

impl Configuration {
    pub(crate) fn is_done(&self, gate: Gate) -> bool {
        self.steps.is_done(gate)
    }
}
