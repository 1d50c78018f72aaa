//! Access tokens: one for each client and user at a time.

use crate::clock::Moment;
use crate::ids::Ids;

/// As many tokens as live at once; the oldest goes first.
const ALIVE: usize = 10_000;

pub(super) struct Tokens {
    lifetime: i64,
    alive: Vec<Token>,
}

struct Token {
    text: String,
    client_id: String,
    user: String,
    expires: Moment,
}

/// A token given out, and for how many seconds it is good.
pub(super) struct Grant {
    pub(super) token: String,
    pub(super) expires_in: i64,
}

impl Tokens {
    pub(super) fn new(lifetime: u32) -> Self {
        Self { lifetime: i64::from(lifetime), alive: Vec::new() }
    }

    /// The current token of a client and user, or a new one (servicenow-instance.md 6.2).
    pub(super) fn grant(
        &mut self,
        client_id: &str,
        user: &str,
        now: Moment,
        ids: &mut Ids,
    ) -> Grant {
        self.alive.retain(|token| token.expires > now);
        let same = |token: &&Token| token.client_id == client_id && token.user == user;
        if let Some(token) = self.alive.iter().find(same) {
            let left = token.expires.milliseconds().saturating_sub(now.milliseconds());
            return Grant { token: token.text.clone(), expires_in: left.div_euclid(1000) };
        }
        if self.alive.len() >= ALIVE {
            self.alive.remove(0);
        }
        let text = ids.token();
        self.alive.push(Token {
            text: text.clone(),
            client_id: client_id.to_owned(),
            user: user.to_owned(),
            expires: now.plus(self.lifetime.saturating_mul(1000)),
        });
        Grant { token: text, expires_in: self.lifetime }
    }

    /// The user whose token this is.
    pub(super) fn user(&self, text: &str, now: Moment) -> Option<&str> {
        let token = self.alive.iter().find(|token| token.text == text && token.expires > now)?;
        Some(&token.user)
    }

    pub(super) fn revoke_all(&mut self) {
        self.alive.clear();
    }
}
