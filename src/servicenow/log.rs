//! Writing a line to the host's log.

use crate::host::{Host, Level};
use crate::secret;

/// Writes a line: one, whatever an alert or an answer has put into it, and without the secrets that
/// an answer has repeated.
pub fn log(host: &impl Host, level: Level, text: &str, secrets: &[&str]) {
    host.log(level, &secret::without(text, secrets).replace(char::is_control, " "));
}
