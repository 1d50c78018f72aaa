//! What rendering may cost. A few loops inside each other turn a short text into millions of
//! passes, with or without a word written, and it is the host that would stand still.

use super::TemplateError;

/// The most work that the texts of one action may make together. A step is a part of a template
/// that is rendered, a view that is looked into for a name, or a byte that is written.
pub const MAX_STEPS: usize = 10_000_000;

/// The work that is left.
#[derive(Debug)]
pub struct Work(usize);

impl Work {
    pub fn new() -> Self {
        Self(MAX_STEPS)
    }

    /// Takes steps off what is left, or says that there is not as much.
    pub fn spend(&mut self, steps: usize) -> Result<(), TemplateError> {
        self.0 = self.0.checked_sub(steps).ok_or_else(|| {
            TemplateError(format!(
                "Rendering takes more than {MAX_STEPS} steps; let its sections loop over less"
            ))
        })?;
        Ok(())
    }
}
