//! The fault rules of an instance.

use super::Instance;
use crate::faults::{ActiveRule, Certificate, FaultError, FaultRule};

impl Instance {
    /// Adds a fault rule and gives the ID that it can be removed by.
    ///
    /// # Errors
    /// Names the field that cannot be.
    pub fn inject(&mut self, rule: FaultRule) -> Result<u64, FaultError> {
        self.faults.inject(rule)
    }

    /// The fault rules and what they did, in the order in which they were injected.
    #[must_use]
    pub fn fault_rules(&self) -> &[ActiveRule] {
        self.faults.rules()
    }

    /// Takes a fault rule away, and says whether there was one.
    pub fn remove_fault(&mut self, id: u64) -> bool {
        self.faults.remove(id)
    }

    /// Takes every fault rule away.
    pub fn clear_faults(&mut self) {
        self.faults.clear();
    }

    /// Which certificate the next HTTPS connection is shown.
    pub fn handshake(&mut self) -> Certificate {
        self.faults.handshake(&self.ids)
    }
}
