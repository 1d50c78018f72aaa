//! What rendering may cost. A few loops inside each other turn a short text into millions of
//! passes, with or without a word written, and it is the host that would stand still.

use super::TemplateError;

/// The most work that one text may make, some seconds. A step is a part of a template that is
/// rendered, a value that is looked into for a name, or two bytes that are written. The texts of one
/// action may make four times as much together, each at most half of what is left: one that never
/// ends leaves the others room.
pub const MAX_STEPS: usize = 25_000_000;

/// What a text may make however much others have made: plenty for one that loops over nothing.
const LEAST: usize = 250_000;

/// What one use of a lambda costs at least.
pub const LAMBDA: usize = 500;

/// The work that is left.
#[derive(Debug)]
pub struct Work {
    /// For all texts together.
    left: usize,
    /// What the text that is being rendered had.
    limit: usize,
    /// What it has left of that.
    left_here: usize,
}

impl Work {
    pub fn new() -> Self {
        Self { left: MAX_STEPS.saturating_mul(4), limit: MAX_STEPS, left_here: MAX_STEPS }
    }

    /// A text begins.
    pub fn begin(&mut self) {
        let spent = self.limit.saturating_sub(self.left_here);
        self.left = self.left.saturating_sub(spent);
        self.limit = (self.left / 2).clamp(LEAST, MAX_STEPS);
        self.left_here = self.limit;
    }

    /// Pays for bytes that are to be written.
    pub fn write(&mut self, bytes: usize) -> Result<(), TemplateError> {
        self.spend((bytes / 2).saturating_add(1))
    }

    /// Takes steps off what is left, or says that there is not as much.
    pub fn spend(&mut self, steps: usize) -> Result<(), TemplateError> {
        let limit = self.limit;
        self.left_here = self.left_here.checked_sub(steps).ok_or_else(|| {
            TemplateError(format!(
                "Rendering takes more than {limit} steps; let its sections loop over less"
            ))
        })?;
        Ok(())
    }
}
