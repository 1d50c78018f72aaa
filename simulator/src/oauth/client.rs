//! A client of the token endpoint, and which assertions it is believed.

use std::collections::BTreeMap;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use super::assertion::Assertion;
use super::key::Key;
use crate::accounts;
use crate::clock::Moment;
use crate::configuration::Configuration;
use crate::database::schema;
use crate::setup::{Audience, Grant, OAuthClient, SetupError};
use crate::steps::Gate;

/// As many used assertions as are remembered.
const REMEMBERED: usize = 10_000;

#[derive(Serialize, Deserialize)]
pub(super) struct Client {
    pub(super) id: String,
    pub(super) secret: String,
    #[serde(deserialize_with = "user_field")]
    pub(super) user_field: String,
    keys: BTreeMap<String, Key>,
    require_jti: bool,
    grants: Option<Vec<Grant>>,
    /// The name of the user that the client is by itself.
    pub(super) application_user: Option<String>,
    pub(super) public: bool,
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
            grants,
            application_user,
            public,
        } = client;
        if id.is_empty() {
            return Err(SetupError("oauthClients: clientId must not be empty".to_owned()));
        }
        if !is_known(&user_field) {
            let text = format!("oauthClients: sys_user has no userField {user_field:?}");
            return Err(SetupError(text));
        }
        let mut keys = BTreeMap::new();
        for map in verifier_maps {
            let key = Key::from_certificate(&map.certificate).map_err(|problem| {
                let id = &map.key_id;
                SetupError(format!("verifierMaps: the certificate of keyId {id:?} {problem}"))
            })?;
            keys.insert(map.key_id, key);
        }
        let used = BTreeMap::new();
        Ok(Self {
            id,
            secret,
            user_field,
            keys,
            require_jti,
            grants,
            application_user,
            public,
            used,
        })
    }

    pub(super) fn has_verifier_map(&self) -> bool {
        !self.keys.is_empty()
    }

    pub(super) fn may_ask_by(&self, grant: Grant) -> bool {
        self.grants.as_ref().is_none_or(|grants| grants.contains(&grant))
    }

    /// The user that an assertion speaks for, or why it is not believed
    /// (servicenow-instance.md 6.1).
    pub(super) fn accept(
        &mut self,
        text: &str,
        origin: &str,
        configuration: &Configuration,
        now: Moment,
    ) -> Result<String, &'static str> {
        let assertion = Assertion::read(text).ok_or("the assertion is no JWT")?;
        let undone = |gate| !configuration.is_done(gate);
        if undone(Gate::VerifierMap) {
            return Err("the client has no verifier map");
        }
        let key = self.keys.get(&assertion.key_id).ok_or("no verifier map has that kid")?;
        if undone(Gate::Certificate) {
            return Err("the verifier map has no certificate");
        }
        if undone(Gate::CertificateCurrent) {
            return Err("the certificate has expired");
        }
        if undone(Gate::CertificateFits) || !assertion.is_signed_by(key) {
            return Err("the assertion's signature does not fit the certificate");
        }
        let switches = &configuration.switches;
        let skew = i64::from(switches.clock_skew);
        let claims = assertion.claims;
        let now = now.seconds();
        let endpoint = format!("{origin}/oauth_token.do");
        let (id, endpoint) =
            (claims.audience.contains(&self.id), claims.audience.contains(&endpoint));
        match switches.assertion_audience {
            Audience::ClientId if !id => return Err("aud is not the client ID"),
            Audience::TokenEndpoint if !endpoint => return Err("aud is not the token endpoint"),
            Audience::Either if !id && !endpoint => {
                return Err("aud is neither the client ID nor the token endpoint");
            }
            _ => {}
        }
        if claims.issuer != self.id {
            return Err("iss is not the client ID");
        }
        if claims.expires.saturating_add(skew) <= now {
            return Err("the assertion has expired");
        }
        let earliest = now.saturating_add(skew);
        if claims.issued.is_some_and(|issued| issued > earliest) {
            return Err("iat is in the future");
        }
        if claims.not_before.is_some_and(|start| start > earliest) {
            return Err("nbf is in the future");
        }
        match claims.id {
            Some(id) => self.use_up(id, claims.expires.saturating_add(skew), now)?,
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

/// Whether `sys_user` has a column that users are told apart by.
fn is_known(name: &str) -> bool {
    schema::column_of("sys_user", name).is_some() && accounts::is_user_field(name)
}

fn user_field<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let name = String::deserialize(deserializer)?;
    let problem = || D::Error::custom(format!("sys_user has no userField {name:?}"));
    if is_known(&name) { Ok(name) } else { Err(problem()) }
}
