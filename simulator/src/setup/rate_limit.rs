//! Rate limit rules (servicenow-instance.md 8.1).

use serde::{Deserialize, Serialize};

/// How many requests an hour some users may make of a REST API. A rule for a user stands before
/// one for a role, and that before one for everybody; of several roles the lowest limit counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RateLimit {
    /// The API that is limited.
    pub resource: Resource,
    /// The requests an hour.
    pub limit: u32,
    /// The name of the only user whom the rule is for.
    #[serde(default)]
    pub user: Option<String>,
    /// The role that a user must have for the rule to be for him.
    #[serde(default)]
    pub role: Option<String>,
}

/// A REST API that can be limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Resource {
    /// The Table API.
    Table,
    /// The Import Set API.
    ImportSet,
    /// The Batch API.
    Batch,
    /// The API of the Elastic application.
    Elastic,
}

impl Resource {
    /// What an answer calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Table => "Table API",
            Self::ImportSet => "Import Set API",
            Self::Batch => "Batch API",
            Self::Elastic => "Elastic ITSM API",
        }
    }
}
