//! Access tokens, one for each client and user at a time, and the refresh tokens beside them.

use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::ids::Ids;

/// As many tokens as live at once; the oldest goes first.
const ALIVE: usize = 10_000;

#[derive(Serialize, Deserialize)]
pub(super) struct Tokens {
    access: Alive,
    refresh: Alive,
}

/// Tokens of a kind.
#[derive(Serialize, Deserialize)]
struct Alive {
    lifetime: i64,
    tokens: Vec<Token>,
}

#[derive(Serialize, Deserialize)]
struct Token {
    text: String,
    client_id: String,
    user: String,
    expires: Moment,
}

/// A token given out, and for how many seconds it is good.
pub(super) struct Granted {
    pub(super) token: String,
    pub(super) refresh_token: Option<String>,
    pub(super) expires_in: i64,
}

impl Tokens {
    pub(super) fn new(lifetime: u32, refresh_lifetime: u32) -> Self {
        let alive = |lifetime| Alive { lifetime: i64::from(lifetime), tokens: Vec::new() };
        Self { access: alive(lifetime), refresh: alive(refresh_lifetime) }
    }

    /// The current token of a client and user, or a new one (servicenow-instance.md 6.2).
    pub(super) fn grant(
        &mut self,
        client_id: &str,
        user: &str,
        refreshes: bool,
        now: Moment,
        ids: &mut Ids,
    ) -> Granted {
        let (token, expires_in) = self.access.current(client_id, user, now, ids);
        let refresh_token = refreshes.then(|| self.refresh.current(client_id, user, now, ids).0);
        Granted { token, refresh_token, expires_in }
    }

    /// The user whose access token this is.
    pub(super) fn user(&self, text: &str, now: Moment) -> Option<&str> {
        self.access.find(text, now).map(|token| token.user.as_str())
    }

    /// The user whose refresh token this is, if it was the client's.
    pub(super) fn refreshed(&self, client_id: &str, text: &str, now: Moment) -> Option<&str> {
        let token = self.refresh.find(text, now)?;
        (token.client_id == client_id).then_some(&token.user)
    }

    pub(super) fn revoke_all(&mut self) {
        self.access.tokens.clear();
        self.refresh.tokens.clear();
    }
}

impl Alive {
    fn current(
        &mut self,
        client_id: &str,
        user: &str,
        now: Moment,
        ids: &mut Ids,
    ) -> (String, i64) {
        self.tokens.retain(|token| token.expires > now);
        let same = |token: &&Token| token.client_id == client_id && token.user == user;
        if let Some(token) = self.tokens.iter().find(same) {
            let left = token.expires.milliseconds().saturating_sub(now.milliseconds());
            return (token.text.clone(), left.div_euclid(1000));
        }
        if self.tokens.len() >= ALIVE {
            self.tokens.remove(0);
        }
        let text = ids.token();
        self.tokens.push(Token {
            text: text.clone(),
            client_id: client_id.to_owned(),
            user: user.to_owned(),
            expires: now.plus(self.lifetime.saturating_mul(1000)),
        });
        (text, self.lifetime)
    }

    fn find(&self, text: &str, now: Moment) -> Option<&Token> {
        self.tokens.iter().find(|token| token.text == text && token.expires > now)
    }
}
