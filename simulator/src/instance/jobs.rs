//! What the instance does by itself when a day has passed.

use super::Instance;
use crate::incident;
use crate::transaction::{Caller, Transaction};

impl Instance {
    pub(super) fn run_daily_jobs(&mut self) {
        if self.configuration.switches.autoclose_days == 0 {
            return;
        }
        let mut work = Transaction {
            configuration: &self.configuration,
            database: &mut self.database,
            ids: &mut self.ids,
            now: self.now,
            caller: Caller::system(),
            notes: &mut Vec::new(),
        };
        incident::autoclose(&mut work);
    }
}
