//! `pushToService`: the incident that an alert or a case becomes, and the comments on it.

use serde::Serialize;

use super::AdditionalFields;
use crate::schema::{Invalid, ObjectReader, Path, Value};

/// The params of `pushToService`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PushToService {
    /// The incident.
    pub incident: Incident,
    /// What to add to its work notes, in this order.
    pub comments: Option<Vec<Comment>>,
}

/// An incident as a user describes it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Incident {
    /// What it is about, in a line.
    pub short_description: String,
    /// What it is about.
    pub description: Option<String>,
    /// The `sys_id` of the incident to update; without it one is created, or the one with the same
    /// correlation ID updated.
    #[serde(rename = "externalId")]
    pub external_id: Option<String>,
    /// A value of the instance's choices.
    pub severity: Option<String>,
    /// A value of the instance's choices.
    pub urgency: Option<String>,
    /// A value of the instance's choices.
    pub impact: Option<String>,
    /// A value of the instance's choices.
    pub category: Option<String>,
    /// A value of the instance's choices for the category.
    pub subcategory: Option<String>,
    /// What alerts and incident have in common: the same ID, the same incident.
    pub correlation_id: Option<String>,
    /// What a person sees of it.
    pub correlation_display: Option<String>,
    /// Further columns of the staging table, by their own names.
    pub additional_fields: Option<AdditionalFields>,
}

/// A comment on an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comment {
    /// The text.
    pub comment: String,
    /// The ID that the result names it by.
    #[serde(rename = "commentId")]
    pub comment_id: String,
}

impl PushToService {
    pub(super) fn read(object: &mut ObjectReader<'_>) -> Option<Self> {
        let incident = Incident::read(object);
        let comments = read_comments(object);
        Some(Self { incident: incident?, comments })
    }
}

impl Incident {
    fn read(object: &mut ObjectReader<'_>) -> Option<Self> {
        let mut incident = object.object("incident")?;
        // In the order of the built-in type's schema: the oldest hosts report the first problem.
        let read = Self {
            short_description: incident.string("short_description"),
            description: incident.nullable_string("description"),
            external_id: incident.nullable_string("externalId"),
            category: incident.nullable_string("category"),
            subcategory: incident.nullable_string("subcategory"),
            correlation_id: super::read_correlation_id(&mut incident),
            correlation_display: incident.nullable_string("correlation_display"),
            additional_fields: AdditionalFields::read(&mut incident),
            severity: incident.nullable_string("severity"),
            urgency: incident.nullable_string("urgency"),
            impact: incident.nullable_string("impact"),
        };
        incident.finish();
        Some(read)
    }
}

fn read_comments(object: &mut ObjectReader<'_>) -> Option<Vec<Comment>> {
    let path = object.path_of("comments").or_null();
    let items = object.nullable_array("comments")?;
    let read = |(place, item)| read_comment(item, path.index(place), object.invalid());
    Some(items.into_iter().enumerate().filter_map(read).collect())
}

fn read_comment(value: Value, path: Path, invalid: &mut Invalid) -> Option<Comment> {
    let mut object = ObjectReader::new(value, path, invalid)?;
    let comment =
        Comment { comment: object.string("comment"), comment_id: object.string("commentId") };
    object.finish();
    Some(comment)
}
