//! Where access tokens are kept between actions.

use std::cell::RefCell;
use std::collections::HashMap;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use sha2::{Digest, Sha256};

use super::JwtBearer;
use crate::connector::BaseUrl;
use crate::host::Milliseconds;
use crate::secret::Secret;

/// A token is not used in the last moments of its life, because it could end on the way; unless it
/// has just been got. A client that asks early is given the token that it has, until that ends
/// (servicenow-instance.md 6.2).
const MARGIN: Milliseconds = 30_000;

/// What a new token lives when its answer does not say (servicenow-itsm.md 6), in seconds.
const DEFAULT_LIFETIME: u32 = 3600;

/// The value of an `Authorization` header; none where a text cannot be one, because of blanks at its
/// ends, line breaks or anything else that an HTTP client would refuse, with the token in its words.
#[must_use]
pub fn authorization(text: String) -> Option<Secret> {
    let sendable = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    (sendable && !text.is_empty() && text.trim() == text).then(|| Secret::from(text))
}

/// An access token and when it ends.
#[derive(Clone, Debug)]
pub struct AccessToken {
    /// The whole value of the `Authorization` header.
    pub authorization: Secret,
    /// When it ends; never, where that is not known.
    pub expires_at: Option<Milliseconds>,
    /// When it was asked for, where that is known.
    pub requested_at: Option<Milliseconds>,
}

impl AccessToken {
    /// Whether a request can be sent with it now.
    #[must_use]
    pub fn is_usable(&self, now: Milliseconds) -> bool {
        let ends_after = |time| self.expires_at.is_none_or(|end| end > time);
        let is_new = self.requested_at.is_some_and(|time| time > now.saturating_sub(MARGIN));
        ends_after(now.saturating_add(MARGIN)) || (is_new && ends_after(now))
    }
}

/// A token as the instance has just given it.
#[derive(Debug)]
pub struct NewToken {
    /// The whole value of the `Authorization` header.
    pub authorization: Secret,
    /// When it was asked for.
    pub requested_at: Milliseconds,
    /// How long it lives from then on, in seconds.
    pub expires_in: Option<u32>,
}

impl NewToken {
    /// The token as it is kept.
    #[must_use]
    pub fn kept(&self) -> AccessToken {
        let lifetime = Milliseconds::from(self.expires_in.unwrap_or(DEFAULT_LIFETIME));
        let expires_at = self.requested_at.saturating_add(lifetime.saturating_mul(1000));
        AccessToken {
            authorization: self.authorization.clone(),
            expires_at: Some(expires_at),
            requested_at: Some(self.requested_at),
        }
    }
}

/// Whose token it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TokenKey {
    /// The connector, where the host has given it an ID.
    pub connector_id: Option<String>,
    /// A digest of the instance and of all that the token was got with: with other credentials it
    /// is another token.
    pub credentials: String,
}

impl TokenKey {
    /// The key of a connector's token.
    #[must_use]
    pub fn new(connector_id: Option<&str>, base: &BaseUrl, grant: &JwtBearer) -> Self {
        let parts = [
            base.join("").as_str(),
            &grant.client_id,
            grant.client_secret.expose(),
            &grant.user_identifier_value,
            &grant.jwt_key_id,
            grant.private_key.expose(),
            grant.private_key_password.as_ref().map(Secret::expose).unwrap_or_default(),
        ]
        .map(Sha256::digest);
        let digest = Sha256::digest(parts.concat());
        Self {
            connector_id: connector_id.map(str::to_owned),
            credentials: BASE64_URL_SAFE_NO_PAD.encode(digest),
        }
    }
}

/// A place that keeps one token a key. A place that fails keeps nothing, and says so in the log.
#[expect(async_fn_in_trait, reason = "everything runs on the thread it was started on")]
pub trait TokenStore {
    /// The token that is kept, whether it is usable still or not.
    async fn load(&self, key: &TokenKey) -> Option<AccessToken>;

    /// Keeps a token in the place of any other.
    async fn save(&self, key: &TokenKey, token: &NewToken);

    /// Forgets all tokens of the key.
    async fn forget(&self, key: &TokenKey);
}

/// Keeps tokens as long as it lives: for hosts that have no place for them.
#[derive(Debug, Default)]
pub struct MemoryTokens(RefCell<HashMap<String, Kept>>);

#[derive(Debug)]
struct Kept {
    token: AccessToken,
    /// Who has asked for it, where the host has given it an ID.
    connector_id: Option<String>,
}

impl MemoryTokens {
    /// Forgets, and wipes, the token of the key.
    pub fn remove(&self, key: &TokenKey) {
        self.0.borrow_mut().remove(&key.credentials);
    }

    /// Forgets, and wipes, the token of a connector.
    pub fn forget_connector(&self, id: &str) {
        self.0.borrow_mut().retain(|_, kept| kept.connector_id.as_deref() != Some(id));
    }
}

impl TokenStore for MemoryTokens {
    async fn load(&self, key: &TokenKey) -> Option<AccessToken> {
        self.0.borrow().get(&key.credentials).map(|kept| kept.token.clone())
    }

    async fn save(&self, key: &TokenKey, token: &NewToken) {
        let mut tokens = self.0.borrow_mut();
        // Those of credentials that have been changed would stay for ever.
        tokens.retain(|_, other| other.token.is_usable(token.requested_at));
        let kept = Kept { token: token.kept(), connector_id: key.connector_id.clone() };
        tokens.insert(key.credentials.clone(), kept);
    }

    async fn forget(&self, key: &TokenKey) {
        self.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_sent_is_a_token() {
        assert!(authorization("Bearer a.b-c_d".to_owned()).is_some());
        for text in ["", " ", "Bearer ", "Bearer a\nb", "Bearer a\u{7f}", "Bearer é"] {
            assert!(authorization(text.to_owned()).is_none(), "{text:?}");
        }
    }

    #[test]
    fn with_other_credentials_it_is_another_token() {
        let base = |url: &str| BaseUrl::parse(url).unwrap();
        let grant = |changed: usize| {
            let text = |place| if place == changed { "other" } else { "a" }.to_owned();
            JwtBearer {
                client_id: text(0),
                client_secret: text(1).into(),
                user_identifier_value: text(2),
                jwt_key_id: text(3),
                private_key: text(4).into(),
                private_key_password: Some(text(5).into()),
            }
        };
        let key =
            |url, changed| TokenKey::new(Some("c-1"), &base(url), &grant(changed)).credentials;
        let mut keys: Vec<String> = (0..=6).map(|changed| key("https://dev1/", changed)).collect();
        keys.push(key("https://dev2/", 6));
        assert_eq!(keys[6], key("https://dev1/", 6));
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 8);
    }

    #[test]
    fn a_token_is_not_used_in_the_last_moments_of_its_life_unless_it_is_new() {
        let token = |expires_at, requested_at| AccessToken {
            authorization: Secret::default(),
            expires_at,
            requested_at,
        };
        assert!(token(Some(130_001), Some(0)).is_usable(100_000));
        assert!(!token(Some(130_000), Some(0)).is_usable(100_000));
        assert!(!token(Some(130_000), None).is_usable(100_000));
        assert!(token(Some(100_001), Some(70_001)).is_usable(100_000));
        assert!(!token(Some(100_000), Some(70_001)).is_usable(100_000));
        assert!(token(None, None).is_usable(Milliseconds::MAX - 1));
    }
}
