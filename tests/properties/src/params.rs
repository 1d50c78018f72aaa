//! Params, config and secrets: whatever JSON comes, it is read or refused, what is read reads the
//! same again, and no refusal says a word of a secret.

use proptest::prelude::*;
use serde_json::Value as Json;
use servicenow_itsm_connector::connector::{
    Config, Connector, Secrets, check_config, check_connector, check_secrets,
};
use servicenow_itsm_connector::oauth::private_key::EnteredKey;
use servicenow_itsm_connector::params::{self, Params};
use servicenow_itsm_connector::schema::{Dialect, MAX_DEPTH, Value};

use crate::grammar::{Texts, around, joined, numbers, one_of, some, words};
use crate::{Rule, text};

/// See the module.
pub const RULE: Rule = Rule { name: "params", check, inputs, pieces, needs_oracle: false };

const DIALECTS: [Dialect; 3] = [Dialect::ConfigSchema, Dialect::Zod3, Dialect::Zod4];

fn check(input: &[u8]) {
    let json = text(input);
    let Some(value) = reads_as_others_read(&json) else { return };
    for dialect in DIALECTS {
        reads_the_same_again(&value, dialect);
        changes_what_reading_changes(&json, &value, dialect);
        tells_no_secret(&value, dialect);
    }
    if let Ok(key) = EnteredKey::parse(value.clone()) {
        let _ = format!("{key:?}");
    }
    // Both parts of a connector in one text, as rules between them want it.
    let part = |key| value.member(key).cloned().unwrap_or_else(|| value.clone());
    let (config, secrets) = (part("config"), part("secrets"));
    let _ = check_connector(&config, &secrets);
    let parsed =
        (Config::parse(config, Dialect::Zod4), Secrets::parse(secrets.clone(), Dialect::Zod4));
    if let (Ok(config), Ok(parsed)) = parsed {
        let told = [check_config(&config).err(), check_secrets(&parsed).err()];
        let told = format!("{told:?} {:?}", Connector::new(config, parsed));
        let found =
            leaves(&secrets, true).into_iter().find(|secret| told.contains(secret.as_str()));
        assert_eq!(found, None, "{told}");
    }
}

/// The JSON reader, beside one that is not ours.
fn reads_as_others_read(json: &str) -> Option<Value> {
    let other = serde_json::from_str::<Json>(json);
    let own = Value::from_json(json);
    if let Ok(other) = &other {
        let own = own.as_ref().expect("others can read it");
        assert!(is_same(own, other), "{} is not {other}", own.to_json());
    }
    let own = own.ok()?;
    let again = Value::from_json(&own.to_json()).expect("what we write we can read");
    assert_eq!(again, own, "{}", own.to_json());
    let depth = own.depth();
    assert!(Value::from_json_of_any_depth(json).unwrap() == own, "depth {depth}");
    Some(own)
}

fn is_same(own: &Value, other: &Json) -> bool {
    match (own, other) {
        (Value::Null, Json::Null) => true,
        (Value::Bool(a), Json::Bool(b)) => a == b,
        (Value::Number(a), Json::Number(b)) => {
            // The last digit is ours to get right, and not that of a reader that is in a hurry.
            b.as_f64().is_some_and(|b| (a - b).abs() <= f64::EPSILON * a.abs())
        }
        (Value::String(a), Json::String(b)) => a == b,
        (Value::Array(a), Json::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| is_same(a, b)))
        }
        _ => false,
    }
}

fn reads_the_same_again(value: &Value, dialect: Dialect) {
    match Params::parse(value.clone(), dialect) {
        Ok(params) => {
            let json = serde_json::to_string(&params).unwrap();
            let again = Params::parse(Value::from_json(&json).unwrap(), dialect);
            assert_eq!(again.map_err(|invalid| invalid.to_string()), Ok(params), "{json}");
        }
        Err(invalid) => says_something(&invalid.to_string()),
    }
    match Config::parse(value.clone(), dialect) {
        Ok(config) => {
            let json = serde_json::to_string(&config).unwrap();
            let again = Config::parse(Value::from_json(&json).unwrap(), dialect);
            assert_eq!(again.map_err(|invalid| invalid.to_string()), Ok(config), "{json}");
        }
        Err(invalid) => says_something(&invalid.to_string()),
    }
}

/// Where params are plainly right, they are once the changes are made what reading them gives.
fn changes_what_reading_changes(json: &str, value: &Value, dialect: Dialect) {
    let Some(changes) = params::changes(json, dialect) else { return };
    let read = Params::parse(value.clone(), dialect).map_err(|invalid| invalid.to_string());
    let read = serde_json::to_value(read.expect("they are plainly right")).unwrap();
    let json = |value: &Value| serde_json::from_str(&value.to_json()).unwrap();
    let mut outcome = json(value);
    set(&mut outcome, json(&Value::from_json(&changes).unwrap()));
    assert_eq!(outcome, read, "{changes}");
}

fn set(value: &mut Json, changes: Json) {
    match (value, changes) {
        (Json::Object(members), Json::Object(changes)) => {
            for (key, change) in changes {
                set(members.entry(key).or_insert(Json::Null), change);
            }
        }
        (value, change) => *value = change,
    }
}

fn says_something(text: &str) {
    assert!(!text.trim().is_empty(), "a refusal without a word");
}

/// With other texts in the place of the secrets, all that can be seen is the same.
fn tells_no_secret(value: &Value, dialect: Dialect) {
    let seen = |value: Value| match Secrets::parse(value, dialect) {
        Ok(secrets) => format!("{secrets:?}"),
        Err(invalid) => {
            let text = invalid.to_string();
            says_something(&text);
            let with_parser = invalid.with_json_messages(|text| Some(text.to_owned())).to_string();
            format!("{text}\n{with_parser}")
        }
    };
    assert_eq!(seen(value.clone()), seen(with_other_texts(value)), "a refusal tells a secret");
    if let Ok(secrets) = Secrets::parse(value.clone(), dialect) {
        let json = serde_json::to_string(&secrets).unwrap();
        let again = Secrets::parse(Value::from_json(&json).unwrap(), dialect).unwrap();
        assert_eq!(serde_json::to_string(&again).unwrap(), json);
    }
}

/// Every text inside of objects is another, but for the user's name, which is no secret.
fn with_other_texts(value: &Value) -> Value {
    let Value::Object(members) = value else { return value.clone() };
    let other = |(key, value): &(String, Value)| {
        let value = if key == "username" { value.clone() } else { changed(value) };
        (key.clone(), value)
    };
    Value::Object(members.iter().map(other).collect())
}

fn changed(value: &Value) -> Value {
    match value {
        Value::String(_) => Value::from("another text"),
        Value::Array(items) => Value::Array(items.iter().map(changed).collect()),
        Value::Object(members) => Value::Object(
            members.iter().map(|(key, value)| (key.clone(), changed(value))).collect(),
        ),
        other => other.clone(),
    }
}

/// The secrets that are long enough to be no word of a message by chance, but for the user's name.
fn leaves(value: &Value, is_top: bool) -> Vec<String> {
    match value {
        Value::String(text) if text.chars().count() >= 40 => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(|item| leaves(item, false)).collect(),
        Value::Object(members) => members
            .iter()
            .filter(|(key, _)| !(is_top && key == "username"))
            .flat_map(|(_, value)| leaves(value, false))
            .collect(),
        _ => Vec::new(),
    }
}

fn inputs() -> Texts {
    let inner = prop_oneof![object(INCIDENT, 2), object(KEYS, 2), value(1)].boxed();
    let params = joined([
        one_of(SUB_ACTIONS),
        around(",\"subActionParams\":{\"incident\":", inner.clone(), ""),
        around(
            "",
            one_of(&[
                "",
                ",\"comments\":[{\"comment\":\"c\",\"commentId\":\"1\"}]",
                ",\"comments\":null",
            ]),
            "}",
        ),
    ]);
    prop_oneof![
        3 => around("{", params, "}"),
        2 => around("{", joined([one_of(SUB_ACTIONS), around(",\"subActionParams\":", inner, "")]), "}"),
        2 => object(CONNECTOR, 1),
        1 => value(3),
    ]
    .boxed()
}

fn pieces() -> Texts {
    let member = joined([json_text(one_of(KEYS)), one_of(&[":"]), value(1), one_of(&[","])]);
    let deep =
        (1..2 * MAX_DEPTH).prop_map(|depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
    prop_oneof![
        3 => member, 2 => value(1), 1 => one_of(STRANGERS), 1 => deep,
        1 => json_text(value(1)),
    ]
    .boxed()
}

fn object(keys: &'static [&'static str], depth: u32) -> Texts {
    let member = joined([json_text(one_of(keys)), one_of(&[":"]), value(depth)]);
    around("{", some(member, 8, ","), "}")
}

fn value(depth: u32) -> Texts {
    let leaf = prop_oneof![3 => json_text(words()), 1 => numbers(), 1 => one_of(&["true", "false",
        "null"])]
    .boxed();
    if depth == 0 {
        return leaf;
    }
    let inner = value(depth - 1);
    prop_oneof![
        3 => leaf,
        1 => around("[", some(inner.clone(), 3, ","), "]"),
        1 => object(KEYS, depth - 1),
        1 => json_text(inner),
    ]
    .boxed()
}

fn json_text(texts: Texts) -> Texts {
    texts.prop_map(|text| Json::from(text).to_string()).boxed()
}

const SUB_ACTIONS: &[&str] = &[
    "\"subAction\":\"pushToService\"",
    "\"subAction\":\"pushToService\"",
    "\"subAction\":\"closeIncident\"",
    "\"subAction\":\"getIncident\"",
    "\"subAction\":\"getChoices\"",
    "\"subAction\":\"getFields\"",
    "\"subAction\":\"handshake\"",
    "\"subAction\":\"nope\"",
    "\"subAction\":1",
];

const INCIDENT: &[&str] = &[
    "short_description",
    "short_description",
    "description",
    "externalId",
    "severity",
    "urgency",
    "impact",
    "category",
    "subcategory",
    "correlation_id",
    "correlation_display",
    "additional_fields",
];

const CONNECTOR: &[&str] = &[
    "apiUrl",
    "apiUrl",
    "isOAuth",
    "usesTableApi",
    "clientId",
    "jwtKeyId",
    "userIdentifierValue",
    "username",
    "password",
    "clientSecret",
    "privateKey",
    "privateKeyPassword",
];

const KEYS: &[&str] = &[
    "short_description",
    "externalId",
    "correlation_id",
    "additional_fields",
    "comments",
    "comment",
    "commentId",
    "fields",
    "incident",
    "apiUrl",
    "isOAuth",
    "username",
    "password",
    "privateKey",
    "u_custom",
    "u_a",
    "a",
    "__proto__",
    "constructor",
    "elastic_incident_id",
    "",
    "a.b",
    "a b",
    "\"q\"",
    "0",
    "config",
    "secrets",
];

const STRANGERS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u0000",
    "\\ud83d",
    "\\ude00",
    "\\ud83d\\ude00",
    "1e400",
    "-",
    "NaN",
    "nul",
    "\u{feff}",
    " ",
    "\n",
    "\\\"",
    "9007199254740993",
    "0.1",
    "00",
];
