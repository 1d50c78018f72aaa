//! The rules between the keys of a connector, in the host's words (servicenow-itsm.md 2.3).
//!
//! A host runs them after the schemas, in this order: config, secrets, both. They ask whether a
//! value is there, not whether it is any good: that an empty client ID can be saved is the
//! built-in type's behaviour, and its saved connectors must stay valid.

use super::{Config, Secrets};
use crate::schema::Value;
use crate::secret::Secret;

/// The rules of `config`. That the URL's host is allowed is for the host to say.
///
/// # Errors
/// The first rule that is broken.
pub fn check_config(config: &Config) -> Result<(), String> {
    if !config.is_oauth {
        return Ok(());
    }
    let needed = [
        ("userIdentifierValue", &config.user_identifier_value),
        ("clientId", &config.client_id),
        ("jwtKeyId", &config.jwt_key_id),
    ];
    match needed.into_iter().find(|(_, value)| value.is_none()) {
        Some((key, _)) => Err(needed_for_oauth(key)),
        None => Ok(()),
    }
}

/// The rules of `secrets`.
///
/// # Errors
/// The first rule that is broken.
pub fn check_secrets(secrets: &Secrets) -> Result<(), String> {
    let is_set = |secret: &Option<Secret>| secret.as_ref().is_some_and(|s| !s.expose().is_empty());
    let username = secrets.username.as_ref().is_some_and(|name| !name.is_empty());
    let password = is_set(&secrets.password);
    let client_secret = is_set(&secrets.client_secret);
    let private_key = is_set(&secrets.private_key);
    let text = match (username || password, client_secret || private_key) {
        (false, false) => "Either basic auth or OAuth credentials must be specified",
        (true, _) if !(username && password) => "username and password must both be specified",
        (false, true) if !(client_secret && private_key) => {
            "clientSecret and privateKey must both be specified"
        }
        _ => return Ok(()),
    };
    Err(text.to_owned())
}

/// The rules between `config` and `secrets`, both as the user wrote them, without defaults.
#[must_use]
pub fn check_connector(config: &Value, secrets: &Value) -> Option<String> {
    let lacks = |of: &Value, key: &str| of.member(key).is_none_or(Value::is_nullish);
    let has = |of: &Value, key: &str| of.member(key).is_some_and(Value::is_set);
    if has(config, "isOAuth") {
        let needed = [
            (config, "userIdentifierValue"),
            (config, "clientId"),
            (config, "jwtKeyId"),
            (secrets, "clientSecret"),
            (secrets, "privateKey"),
        ];
        if let Some((_, key)) = needed.into_iter().find(|(of, key)| lacks(of, key)) {
            return Some(needed_for_oauth(key));
        }
        if has(secrets, "username") || has(secrets, "password") {
            return Some("Username and password should not be provided with isOAuth = true".into());
        }
        return None;
    }
    if let Some(key) = ["username", "password"].into_iter().find(|key| lacks(secrets, key)) {
        return Some(format!("{key} must be provided when isOAuth = false"));
    }
    let unwanted = [
        (secrets, "clientSecret"),
        (config, "clientId"),
        (config, "userIdentifierValue"),
        (config, "jwtKeyId"),
        (secrets, "privateKey"),
    ];
    unwanted.into_iter().any(|(of, key)| has(of, key)).then(|| {
        "clientId, clientSecret, userIdentifierValue, jwtKeyId and privateKey should not be \
         provided with isOAuth = false"
            .into()
    })
}

fn needed_for_oauth(key: &str) -> String {
    format!("{key} must be provided when isOAuth = true")
}
