//! Params that are plainly right: told from their JSON text, without a value being made of any of it.
//!
//! Nearly all params are. What becomes of all others, and in which words, the readers beside this file
//! say; for them it is enough here that they are not plain.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use super::additional_fields::{MAX_FIELDS, is_allowed};
use super::default_correlation_id;
use crate::schema::{Dialect, Value};

/// How deep a value in `additional_fields` may be nested.
const DEEPEST: usize = 20;

/// What reading the params of a `pushToService` changes of them: the JSON text of an object that has
/// what is to be set, each at its place. `None` where the params are not plainly right.
#[must_use]
pub fn changes(json: &str, dialect: Dialect) -> Option<String> {
    let changes = read(json, Reader { part: PARAMS, or_null: false, dialect }).ok()?;
    Some(changes.unwrap_or_else(|| "{}".to_owned()))
}

fn read(json: &str, reader: Reader) -> Result<Option<String>, serde_json::Error> {
    let mut text = serde_json::Deserializer::from_str(json);
    let changes = reader.deserialize(&mut text)?;
    text.end()?;
    Ok(changes)
}

/// What a part of the params must be.
#[derive(Clone, Copy)]
enum Part {
    Name(&'static str),
    Text,
    List(&'static Part),
    Object(&'static [Member]),
    /// Names and values, or a JSON text of them.
    AdditionalFields,
    Fields,
    /// Anything that is not nested deeper.
    Any(usize),
}

struct Member {
    key: &'static str,
    part: Part,
    absent: Absent,
}

/// What an absent member becomes. Where it becomes something, `null` will do for the member too.
#[derive(Clone, Copy, PartialEq)]
enum Absent {
    Fault,
    Null,
    DefaultCorrelationId,
}

const PARAMS: Part = Part::Object(&[
    required("subAction", Part::Name("pushToService")),
    required(
        "subActionParams",
        Part::Object(&[
            required("incident", Part::Object(INCIDENT)),
            optional("comments", Part::List(&Part::Object(COMMENT))),
        ]),
    ),
]);

const INCIDENT: &[Member] = &[
    required("short_description", Part::Text),
    optional("description", Part::Text),
    optional("externalId", Part::Text),
    optional("severity", Part::Text),
    optional("urgency", Part::Text),
    optional("impact", Part::Text),
    optional("category", Part::Text),
    optional("subcategory", Part::Text),
    Member { key: "correlation_id", part: Part::Text, absent: Absent::DefaultCorrelationId },
    optional("correlation_display", Part::Text),
    optional("additional_fields", Part::AdditionalFields),
];

const COMMENT: &[Member] = &[required("comment", Part::Text), required("commentId", Part::Text)];

const fn required(key: &'static str, part: Part) -> Member {
    Member { key, part, absent: Absent::Fault }
}

const fn optional(key: &'static str, part: Part) -> Member {
    Member { key, part, absent: Absent::Null }
}

/// Reads a part. What it gives is the JSON text of what changes in it, if anything does.
#[derive(Clone, Copy)]
struct Reader {
    part: Part,
    or_null: bool,
    dialect: Dialect,
}

impl Reader {
    fn not_plain<E: Error>(&self) -> E {
        E::invalid_value(Unexpected::Other("something else"), self)
    }

    fn of(self, part: Part) -> Self {
        Self { part, or_null: false, ..self }
    }

    fn of_member(self, member: &Member) -> Self {
        Self { or_null: member.absent != Absent::Fault, ..self.of(member.part) }
    }

    fn object<'de, A: MapAccess<'de>>(
        self,
        mut object: A,
        members: &'static [Member],
    ) -> Result<Option<String>, A::Error> {
        let mut changes = String::new();
        let mut set = |key: &str, json: &str| {
            let parts = [if changes.is_empty() { "{\"" } else { ",\"" }, key, "\":", json];
            // And one for the end: to grow costs more than to write.
            changes.reserve(parts.iter().map(|part| part.len()).sum::<usize>().saturating_add(1));
            for part in parts {
                changes.push_str(part);
            }
        };
        // No object has more members.
        let mut seen = [false; INCIDENT.len()];
        let place_of = |key: &str| members.iter().position(|member| member.key == key);
        while let Some(place) = object.next_key_seed(Key(place_of))? {
            match (members.get(place), seen.get_mut(place)) {
                (Some(member), Some(seen)) if !*seen => {
                    *seen = true;
                    let change = object.next_value_seed(self.of_member(member))?;
                    if let Some(json) = change {
                        set(member.key, &json);
                    }
                }
                _ => return Err(self.not_plain()),
            }
        }
        for (member, _) in members.iter().zip(seen).filter(|(_, seen)| !seen) {
            match member.absent {
                Absent::Fault => return Err(self.not_plain()),
                Absent::Null => set(member.key, "null"),
                Absent::DefaultCorrelationId => {
                    let id = Value::from(default_correlation_id(self.dialect));
                    set(member.key, &id.to_json());
                }
            }
        }
        Ok((!changes.is_empty()).then(|| changes + "}"))
    }

    fn fields<'de, A: MapAccess<'de>>(self, mut object: A, most: usize) -> Result<(), A::Error> {
        let mut places = 0..most;
        while object.next_key_seed(Key(|key: &str| is_allowed(key).then_some(())))?.is_some() {
            places.next().ok_or_else(|| self.not_plain())?;
            object.next_value_seed(self.of(Part::Any(DEEPEST)))?;
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Reader {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, text: D) -> Result<Self::Value, D::Error> {
        text.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader {
    type Value = Option<String>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("plain params")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        match self.part {
            Part::Text | Part::Any(_) => Ok(None),
            Part::Name(name) if text == name => Ok(None),
            Part::AdditionalFields => {
                let fields = Self { part: Part::Fields, ..self };
                read(text, fields).map_err(E::custom)?;
                Ok(Some(text.to_owned()))
            }
            _ => Err(self.not_plain()),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        if self.or_null || matches!(self.part, Part::Any(_)) {
            Ok(None)
        } else {
            Err(self.not_plain())
        }
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        self.visit_f64(0.0)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        self.visit_f64(0.0)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
        self.visit_f64(0.0)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        if matches!(self.part, Part::Any(_)) { Ok(None) } else { Err(self.not_plain()) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let part = match self.part {
            Part::List(part) => *part,
            Part::Any(left) => Part::Any(left.checked_sub(1).ok_or_else(|| self.not_plain())?),
            _ => return Err(self.not_plain()),
        };
        while let Some(change) = list.next_element_seed(self.of(part))? {
            // There is no name for its place.
            change.map_or(Ok(()), |_| Err(self.not_plain()))?;
        }
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        match self.part {
            Part::Object(members) => self.object(object, members),
            Part::AdditionalFields | Part::Fields => self.fields(object, MAX_FIELDS).map(|()| None),
            Part::Any(left) => {
                let left = left.checked_sub(1).ok_or_else(|| self.not_plain())?;
                while object.next_key_seed(Key(|_: &str| Some(())))?.is_some() {
                    object.next_value_seed(self.of(Part::Any(left)))?;
                }
                Ok(None)
            }
            _ => Err(self.not_plain()),
        }
    }
}

/// Reads a key: what it stands for, if it may stand there.
struct Key<F>(F);

impl<'de, T, F: Fn(&str) -> Option<T>> DeserializeSeed<'de> for Key<F> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, text: D) -> Result<T, D::Error> {
        text.deserialize_str(self)
    }
}

impl<T, F: Fn(&str) -> Option<T>> Visitor<'_> for Key<F> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<T, E> {
        (self.0)(key).ok_or_else(|| E::invalid_value(Unexpected::Str(key), &self))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const ZOD: Dialect = Dialect::Zod4;

    fn push(incident: &str, comments: &str) -> String {
        format!(
            r#"{{"subAction":"pushToService","subActionParams":{{"incident":{incident}{comments}}}}}"#
        )
    }

    #[test]
    fn only_what_is_absent_is_to_be_set() {
        let incident = r#"{"urgency":null,"short_description":"a\n","description":"","severity":"1",
            "externalId":null,"impact":"2","category":"c","subcategory":null,
            "correlation_display":null,"additional_fields":{"u_a":[{"b":-1.5}],"u_c":true}"#;
        let comments = r#","comments":[{"comment":"c","commentId":"1"}]"#;
        let whole = push(&format!(r#"{incident},"correlation_id":"x"}}"#), comments);
        assert_eq!(changes(&whole, ZOD).unwrap(), "{}");
        let json = push(&format!("{incident}}}"), "");
        let set = |id: &str| format!(r#"{{"incident":{{"correlation_id":{id}}},"comments":null}}"#);
        for (dialect, id) in [
            (Dialect::ConfigSchema, "null"),
            (Dialect::Zod3, r#""{{rule.id}}:{{alert.id}}""#),
            (Dialect::Zod4, r#""{{rule.id}}:{{alert.id}}""#),
        ] {
            let expected = format!(r#"{{"subActionParams":{}}}"#, set(id));
            assert_eq!(changes(&json, dialect).unwrap(), expected);
        }
    }

    #[test]
    fn a_json_text_of_fields_is_to_be_what_it_holds() {
        for (text, json) in [(r#"{\"u_a\":[1]}"#, r#"{"u_a":[1]}"#), ("null", "null")] {
            let incident = format!(
                r#"{{"short_description":"a","description":null,"externalId":null,"severity":null,
                "urgency":null,"impact":null,"category":null,"subcategory":null,
                "correlation_id":null,"correlation_display":null,"additional_fields":"{text}"}}"#
            );
            let expected =
                format!(r#"{{"subActionParams":{{"incident":{{"additional_fields":{json}}}}}}}"#);
            assert_eq!(changes(&push(&incident, r#","comments":null"#), ZOD).unwrap(), expected);
        }
    }

    #[test]
    fn whatever_else_params_are_they_are_not_plain() {
        let with = |fields: &str| {
            push(&format!(r#"{{"short_description":"a","additional_fields":{fields}}}"#), "")
        };
        let deep = |depth| format!(r#"{{"u_a":{}{}}}"#, "[".repeat(depth), "]".repeat(depth));
        let many = |count: usize| {
            let fields: Vec<String> = (0..count).map(|n| format!(r#""u_{n}":{n}"#)).collect();
            format!("{{{}}}", fields.join(","))
        };
        for fields in [deep(DEEPEST), many(MAX_FIELDS), "null".to_owned()] {
            assert!(changes(&with(&fields), ZOD).is_some(), "{fields}");
        }
        let quoted = |text: &str| Value::from(text).to_json();
        for fields in [
            deep(DEEPEST + 1),
            many(MAX_FIELDS + 1),
            r#"{"category":"c"}"#.to_owned(),
            r#"{"u_a":"\ud83d"}"#.to_owned(),
            "[]".to_owned(),
            "1".to_owned(),
            "true".to_owned(),
            quoted("nope"),
            quoted("{} {}"),
            quoted("[]"),
            quoted(&quoted("{}")),
            quoted(&deep(DEEPEST + 1)),
        ] {
            assert_eq!(changes(&with(&fields), ZOD), None, "{fields}");
        }
        let whole = with("{}");
        for (part, other) in [
            ("pushToService", "closeIncident"),
            ("subActionParams", "params"),
            ("short_description", "short"),
            (r#""short_description":"a","#, ""),
            (r#""a""#, "null"),
            (r#""a""#, "1"),
            (r#""a""#, "-1"),
            (r#""a""#, "1.5"),
            (r#""a""#, "true"),
            (r#""a""#, "[]"),
            (r#""a""#, "{}"),
            (r#""a""#, r#""a","short_description":"b""#),
            (r#""a""#, r#""a","severity":2"#),
            ("}}}", r#"},"comments":{}}}"#),
            ("}}}", r#"},"comments":[null]}}"#),
            ("}}}", r#"},"comments":[{"comment":"c"}]}}"#),
            ("}}}", "}}} {}"),
            ("}}}", "}}"),
        ] {
            let json = whole.replace(part, other);
            assert_ne!(json, whole);
            assert_eq!(changes(&json, ZOD), None, "{json}");
        }
    }
}
