//! What becomes of a row of the staging table (servicenow-instance.md 1.3 and 1.4).

use serde::{Deserialize, Serialize};

/// A transform map from the staging table to incidents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "the form has these boxes")]
pub struct TransformMap {
    /// What the answer calls it.
    pub name: String,
    /// The table it writes to. Of any other than `incident` every row is an error.
    pub table: String,
    /// Whether it runs. Without any that runs, the answer's `result` is empty.
    pub active: bool,
    /// The columns of the incident that all have to match for an update.
    pub coalesce: Vec<String>,
    /// Whether an empty value matches an empty column.
    pub coalesce_empty_fields: bool,
    /// Whether case counts when values are matched.
    pub coalesce_case_sensitive: bool,
    /// Whether a row without a value to match by makes an incident, or is skipped.
    pub create_on_empty_coalesce: bool,
    /// What is done with a choice or a reference that is not there.
    pub choice_action: ChoiceAction,
    /// Which of the mandatory columns a row has to fill.
    pub enforce_mandatory: EnforceMandatory,
    /// The columns of the incident that are mandatory.
    pub mandatory: Vec<String>,
    /// Whether empty values are copied, and not left out.
    pub copy_empty_fields: bool,
    /// Whether the rules of the incident run.
    pub run_business_rules: bool,
    /// What the map's `onBefore` script does with every row.
    pub on_before: OnBefore,
}

impl Default for TransformMap {
    fn default() -> Self {
        Self {
            name: "Elastic Incident".to_owned(),
            table: "incident".to_owned(),
            active: true,
            coalesce: vec!["correlation_id".to_owned()],
            coalesce_empty_fields: false,
            coalesce_case_sensitive: false,
            create_on_empty_coalesce: true,
            choice_action: ChoiceAction::default(),
            enforce_mandatory: EnforceMandatory::default(),
            mandatory: Vec::new(),
            copy_empty_fields: false,
            run_business_rules: true,
            on_before: OnBefore::default(),
        }
    }
}

/// What is done with a choice or a reference that is not there. Which of them the Elastic map
/// does is unknown (11.3); creating is what a new map does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ChoiceAction {
    /// It is made. A user is not, who could not sign in, nor is a resolution code, which the data
    /// policy on closing takes for none.
    #[default]
    Create,
    /// The field is left as it is.
    Ignore,
    /// The row is skipped.
    Reject,
}

/// Which of the mandatory columns a row has to fill.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EnforceMandatory {
    /// None.
    #[default]
    No,
    /// Those that the row writes to.
    OnlyMapped,
    /// All.
    All,
}

/// What a script does with every row before it is transformed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OnBefore {
    /// Nothing.
    #[default]
    Pass,
    /// The row is ignored.
    Ignore,
    /// The row is an error.
    Error,
}
