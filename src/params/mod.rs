//! What an action is asked to do: one type a sub-action, with every default and limit
//! (servicenow-itsm.md 2.4 to 2.6).

mod additional_fields;
mod close_incident;
mod plain;
mod push_to_service;

pub use additional_fields::AdditionalFields;
pub use close_incident::CloseIncident;
pub use plain::changes;
pub use push_to_service::{Comment, Incident, PushToService};

use serde::Serialize;

use crate::schema::{Dialect, Expected, Invalid, ObjectReader, Path, Problem, Union, Value};

/// The correlation ID of an incident whose params name none: a template that a rule's params have
/// rendered, and that is meant literally by no one.
pub const DEFAULT_CORRELATION_ID: &str = "{{rule.id}}:{{alert.id}}";

/// The params of an action.
#[allow(clippy::large_enum_variant, reason = "an action holds one of them, and not for long")]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "subAction", content = "subActionParams", rename_all = "camelCase")]
pub enum Params {
    /// Which fields an incident has.
    GetFields {},
    /// One incident's data.
    GetIncident(GetIncident),
    /// Refused; it exists because it always did.
    Handshake {},
    /// Create or update an incident, and comment on it.
    PushToService(PushToService),
    /// The choices of some fields.
    GetChoices(GetChoices),
    /// Close an incident.
    CloseIncident(CloseIncident),
}

/// The params of `getIncident`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GetIncident {
    /// The incident's `sys_id`.
    pub external_id: String,
}

/// The params of `getChoices`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GetChoices {
    /// The names of the fields.
    pub fields: Vec<String>,
}

impl Params {
    /// Reads params, filling in what is absent.
    ///
    /// # Errors
    /// Every key that is unknown, missing, of another type or against a limit.
    pub fn parse(value: Value, dialect: Dialect) -> Result<Self, Invalid> {
        let mut invalid = Invalid::new(dialect);
        let params = read(value, &mut invalid);
        invalid.into_result(params)
    }
}

/// The sub-actions, in the order in which hosts list them.
const NAMES: [&str; 6] =
    ["getFields", "getIncident", "handshake", "pushToService", "getChoices", "closeIncident"];

fn read(value: Value, invalid: &mut Invalid) -> Option<Params> {
    let mut union = Union { key: "subAction", names: &NAMES, chosen: None };
    invalid.set_union(union);
    if matches!(value, Value::Undefined) {
        // In no dialect are absent params empty ones.
        invalid.add_type(Path::default(), Expected::Object, &value);
        return None;
    }
    let mut object = ObjectReader::new(value, Path::default(), invalid)?;
    let reader = match object.take(union.key) {
        Value::String(name) => {
            union.chosen = NAMES.iter().position(|known| *known == name);
            reader_of(&name)
        }
        _ => None,
    };
    object.invalid().set_union(union);
    let Some(read) = reader else {
        // Which other keys belong to an unknown sub-action, nobody can say.
        let path = object.path_of(union.key);
        object.invalid().add(path, Problem::NoAlternative);
        return None;
    };
    let params = read(&mut object);
    object.finish();
    params
}

/// Reads `subActionParams` out of the params.
type Reader = fn(&mut ObjectReader<'_>) -> Option<Params>;

fn reader_of(sub_action: &str) -> Option<Reader> {
    Some(match sub_action {
        "getFields" => |params| match params.dialect() {
            // Any record is accepted by the newest hosts, and nothing of it used.
            Dialect::Zod4 => params.record(INNER).map(|_| Params::GetFields {}),
            _ => read_inner(params, |_| Some(Params::GetFields {})),
        },
        "getIncident" => |params| {
            read_inner(params, |object| {
                let external_id = object.string("externalId");
                Some(Params::GetIncident(GetIncident { external_id }))
            })
        },
        "handshake" => |params| read_inner(params, |_| Some(Params::Handshake {})),
        "pushToService" => |params| {
            read_inner(params, |object| PushToService::read(object).map(Params::PushToService))
        },
        "getChoices" => |params| {
            read_inner(params, |object| {
                let fields = object.strings("fields");
                Some(Params::GetChoices(GetChoices { fields }))
            })
        },
        "closeIncident" => |params| {
            read_inner(params, |object| CloseIncident::read(object).map(Params::CloseIncident))
        },
        _ => return None,
    })
}

const INNER: &str = "subActionParams";

fn read_inner(params: &mut ObjectReader<'_>, read: Reader) -> Option<Params> {
    let mut inner = params.object(INNER)?;
    let params = read(&mut inner);
    inner.finish();
    params
}

/// Takes `correlation_id` out: `null` stays `null`.
fn read_correlation_id(object: &mut ObjectReader<'_>) -> Option<String> {
    const KEY: &str = "correlation_id";
    match object.take(KEY) {
        Value::Undefined => default_correlation_id(object.dialect()),
        value => object.string_or_null(KEY, value),
    }
}

/// What an absent `correlation_id` becomes.
fn default_correlation_id(dialect: Dialect) -> Option<String> {
    (dialect != Dialect::ConfigSchema).then(|| DEFAULT_CORRELATION_ID.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parse(json: &str) -> Result<Params, String> {
        parse_as(Dialect::Zod4, json)
    }

    fn parse_as(dialect: Dialect, json: &str) -> Result<Params, String> {
        Params::parse(Value::from_json(json).unwrap(), dialect)
            .map_err(|invalid| invalid.to_string())
    }

    fn refusal(json: &str) -> String {
        parse(json).unwrap_err()
    }

    #[test]
    fn absent_members_get_their_defaults() {
        let params = parse(
            r#"{"subAction":"pushToService",
                "subActionParams":{"incident":{"short_description":"CPU high"}}}"#,
        );
        assert_eq!(
            serde_json::to_string(&params.unwrap()).unwrap(),
            r#"{"subAction":"pushToService","subActionParams":{"incident":{"#.to_owned()
                + r#""short_description":"CPU high","description":null,"externalId":null,"#
                + r#""severity":null,"urgency":null,"impact":null,"category":null,"#
                + r#""subcategory":null,"correlation_id":"{{rule.id}}:{{alert.id}}","#
                + r#""correlation_display":null,"additional_fields":null},"comments":null}}"#
        );
        let params = parse(r#"{"subAction":"closeIncident","subActionParams":{"incident":{}}}"#);
        assert_eq!(
            serde_json::to_string(&params.unwrap()).unwrap(),
            r#"{"subAction":"closeIncident","subActionParams":{"incident":{"#.to_owned()
                + r#""externalId":null,"correlation_id":"{{rule.id}}:{{alert.id}}"}}}"#
        );
    }

    #[test]
    fn what_is_parsed_can_be_parsed_again() {
        for json in [
            r#"{"subAction":"getFields","subActionParams":{}}"#,
            r#"{"subAction":"handshake","subActionParams":{}}"#,
            r#"{"subAction":"getIncident","subActionParams":{"externalId":"9d38"}}"#,
            r#"{"subAction":"getChoices","subActionParams":{"fields":["urgency"]}}"#,
            r#"{"subAction":"closeIncident","subActionParams":{"incident":{}}}"#,
            r#"{"subAction":"pushToService","subActionParams":{"incident":{"short_description":"a",
                "additional_fields":"{\"u_cmdb_ci\":\"web-1\",\"u_n\":1}"},
                "comments":[{"comment":"c","commentId":"1"}]}}"#,
        ] {
            let once = parse(json).unwrap();
            assert_eq!(parse(&serde_json::to_string(&once).unwrap()).unwrap(), once);
        }
    }

    #[test]
    fn an_unknown_sub_action_is_refused() {
        for json in ["{}", r#"{"subAction":"nope"}"#, r#"{"subAction":1,"other":2}"#] {
            assert_eq!(refusal(json), "✖ Invalid input\n  → at subAction");
        }
    }

    #[test]
    fn missing_and_unknown_keys_are_named() {
        assert_eq!(
            refusal(r#"{"subAction":"pushToService"}"#),
            "✖ Invalid input: expected object, received undefined\n  → at subActionParams"
        );
        assert_eq!(
            refusal(r#"{"subAction":"pushToService","subActionParams":{"savedObjectId":"a"}}"#),
            "✖ Unrecognized key: \"savedObjectId\"\n  → at subActionParams\n\
             ✖ Invalid input: expected object, received undefined\n  → at subActionParams.incident"
        );
        assert_eq!(
            refusal(
                r#"{"subAction":"pushToService","subActionParams":{
                    "incident":{"short_description":"a","foo":1,"bar":2}}}"#
            ),
            "✖ Unrecognized keys: \"foo\", \"bar\"\n  → at subActionParams.incident"
        );
        assert_eq!(
            refusal(
                r#"{"subAction":"pushToService","subActionParams":{
                    "incident":{"short_description":"a"},"comments":[{"comment":"x"}]}}"#
            ),
            "✖ Invalid input: expected string, received undefined\n  \
             → at subActionParams.comments[0].commentId"
        );
        assert_eq!(
            refusal(r#"{"subAction":"getChoices","subActionParams":{}}"#),
            "✖ Invalid input: expected array, received undefined\n  → at subActionParams.fields"
        );
        assert_eq!(
            refusal(
                r#"{"subAction":"closeIncident","subActionParams":{
                    "incident":{"correlation_id":"a","short_description":"b"},"comments":[]}}"#
            ),
            "✖ Unrecognized key: \"comments\"\n  → at subActionParams\n\
             ✖ Unrecognized key: \"short_description\"\n  → at subActionParams.incident"
        );
    }

    #[test]
    fn an_explicit_null_is_no_correlation_id() {
        let json = r#"{"subAction":"closeIncident",
            "subActionParams":{"incident":{"correlation_id":null}}}"#;
        let close = CloseIncident { external_id: None, correlation_id: None, chosen: None };
        assert_eq!(parse(json), Ok(Params::CloseIncident(close)));
    }
}
