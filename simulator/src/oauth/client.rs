//! A client of the token endpoint, and which assertions it is believed.

use std::collections::BTreeMap;

use super::assertion::{Assertion, Key};
use crate::accounts;
use crate::clock::Moment;
use crate::database::schema;
use crate::setup::{OAuthClient, SetupError};

/// How far the clocks of client and instance may be apart, in seconds.
const CLOCK_SKEW: i64 = 300;

/// As many used assertions as are remembered.
const REMEMBERED: usize = 10_000;

pub(super) struct Client {
    pub(super) id: String,
    pub(super) secret: String,
    pub(super) user_field: &'static str,
    keys: BTreeMap<String, Key>,
    require_jti: bool,
    /// When each `jti` that was used may be forgotten, in seconds.
    used: BTreeMap<String, i64>,
}

impl Client {
    pub(super) fn read(client: OAuthClient) -> Result<Self, SetupError> {
        let OAuthClient {
            client_id: id,
            client_secret: secret,
            user_field,
            verifier_maps,
            require_jti,
        } = client;
        if id.is_empty() {
            return Err(SetupError("oauthClients: clientId must not be empty".to_owned()));
        }
        let column = schema::column_of("sys_user", &user_field);
        let user_field = match column {
            Some(column) if accounts::is_user_field(column.name) => column.name,
            _ => {
                let text = format!("oauthClients: sys_user has no userField {user_field:?}");
                return Err(SetupError(text));
            }
        };
        let mut keys = BTreeMap::new();
        for map in verifier_maps {
            let key = Key::from_certificate(&map.certificate).map_err(|problem| {
                let id = &map.key_id;
                SetupError(format!("verifierMaps: the certificate of keyId {id:?} {problem}"))
            })?;
            keys.insert(map.key_id, key);
        }
        Ok(Self { id, secret, user_field, keys, require_jti, used: BTreeMap::new() })
    }

    /// The user that an assertion speaks for, or why it is not believed
    /// (servicenow-instance.md 6.1).
    pub(super) fn accept(&mut self, text: &str, now: Moment) -> Result<String, &'static str> {
        let assertion = Assertion::read(text).ok_or("the assertion is no JWT")?;
        if assertion.algorithm != "RS256" {
            return Err("the assertion is not signed with RS256");
        }
        let key = self.keys.get(&assertion.key_id).ok_or("no verifier map has that kid")?;
        if !assertion.is_signed_by(key) {
            return Err("the assertion's signature does not fit the certificate");
        }
        let claims = assertion.claims;
        let now = now.seconds();
        if !claims.audience.contains(&self.id) {
            return Err("aud is not the client ID");
        }
        if claims.issuer != self.id {
            return Err("iss is not the client ID");
        }
        if claims.expires.saturating_add(CLOCK_SKEW) <= now {
            return Err("the assertion has expired");
        }
        let earliest = now.saturating_add(CLOCK_SKEW);
        if claims.issued.is_some_and(|issued| issued > earliest) {
            return Err("iat is in the future");
        }
        if claims.not_before.is_some_and(|start| start > earliest) {
            return Err("nbf is in the future");
        }
        match claims.id {
            Some(id) => self.use_up(id, claims.expires.saturating_add(CLOCK_SKEW), now)?,
            None if self.require_jti => return Err("jti is missing"),
            None => {}
        }
        Ok(claims.subject)
    }

    /// Lets a `jti` pass once.
    fn use_up(&mut self, id: String, forget_at: i64, now: i64) -> Result<(), &'static str> {
        self.used.retain(|_, forget_at| *forget_at > now);
        if self.used.contains_key(&id) {
            return Err("jti was used before");
        }
        if self.used.len() >= REMEMBERED {
            return Err("too many assertions are still alive");
        }
        self.used.insert(id, forget_at);
        Ok(())
    }
}
