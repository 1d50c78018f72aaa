//! `closeIncident`: which incident is over.

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use crate::schema::ObjectReader;

/// The params of `closeIncident`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseIncident {
    /// The incident's `sys_id`.
    pub external_id: Option<String>,
    /// The correlation ID it was opened with.
    pub correlation_id: Option<String>,
    /// The incident that the action had chosen when it was run before, by its `sys_id`: no host says so,
    /// it is remembered.
    pub chosen: Option<String>,
}

impl CloseIncident {
    pub(super) fn read(object: &mut ObjectReader<'_>) -> Option<Self> {
        let mut incident = object.object("incident")?;
        let close = Self {
            external_id: incident.nullable_string("externalId"),
            correlation_id: super::read_correlation_id(&mut incident),
            chosen: None,
        };
        incident.finish();
        Some(close)
    }
}

/// `{ incident: { externalId, correlation_id } }`, as it was read.
impl Serialize for CloseIncident {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Incident<'a> {
            #[serde(rename = "externalId")]
            external_id: &'a Option<String>,
            correlation_id: &'a Option<String>,
        }
        let mut object = serializer.serialize_struct("CloseIncident", 1)?;
        let Self { external_id, correlation_id, chosen: _ } = self;
        object.serialize_field("incident", &Incident { external_id, correlation_id })?;
        object.end()
    }
}
