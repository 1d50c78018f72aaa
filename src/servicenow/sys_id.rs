//! The identity of a record.

use super::percent_encode;
use crate::error::{Code, Error};

/// A `sys_id`: normally 32 hexadecimal digits, but any text that can be a path segment is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SysId(String);

impl SysId {
    /// Reads an incident's ID from an action or an answer.
    ///
    /// # Errors
    /// `blank_identifier` for a blank one, and for dots, which a URL takes for a way up.
    pub fn parse(text: &str) -> Result<Self, Error> {
        match text.trim() {
            "" => Err(Error::new(Code::BlankIdentifier, "Incident id is empty.")),
            "." | ".." => {
                Err(Error::new(Code::BlankIdentifier, format!("Incident id {text} is none.")))
            }
            _ => Ok(Self(text.to_owned())),
        }
    }

    /// The ID.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The ID as one segment of a path.
    #[must_use]
    pub fn as_segment(&self) -> String {
        percent_encode(&self.0)
    }
}
