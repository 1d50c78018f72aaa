//! An instance as text: one that is loaded goes on exactly as the one that was saved would.

use serde::{Deserialize, Serialize};

use super::Instance;

/// The form of the text. Another number stands for another form.
const VERSION: u32 = 1;

/// What a saved state begins with, whatever its form.
#[derive(Deserialize)]
struct Head {
    version: u32,
}

#[derive(Serialize)]
struct ToSave<'a> {
    version: u32,
    instance: &'a Instance,
}

#[derive(Deserialize)]
struct Saved {
    instance: Instance,
}

/// Why a state cannot be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateError(String);

impl std::fmt::Display for StateError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for StateError {}

impl Instance {
    /// The whole state as JSON: incidents, requests, users with their passwords, tokens, set-up,
    /// clock, what identifiers were given out, fault rules and their counters.
    #[must_use]
    pub fn save(&self) -> String {
        // Nothing in the state refuses to be written as JSON: keys are texts, numbers are finite.
        serde_json::to_string(&ToSave { version: VERSION, instance: self }).unwrap_or_default()
    }

    /// An instance with a state that was saved.
    ///
    /// # Errors
    /// When the text is not such a state.
    pub fn load(state: &str) -> Result<Self, StateError> {
        let unreadable = |error: serde_json::Error| {
            StateError(format!("state: this is no saved state of a simulator: {error}"))
        };
        let Head { version } = serde_json::from_str(state).map_err(unreadable)?;
        if version != VERSION {
            return Err(StateError(format!(
                "state: it has version {version}, and this simulator reads version {VERSION}; \
                 load it with the simulator that saved it"
            )));
        }
        let Saved { instance } = serde_json::from_str(state).map_err(unreadable)?;
        Ok(instance)
    }
}
