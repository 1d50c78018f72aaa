//! Rate limit rules at work (servicenow-instance.md 8.1): requests are counted by user and API,
//! and the counts begin anew with every hour of the instance's clock.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::http::Answer;
use crate::ids::Ids;
use crate::refusal;
use crate::setup::{RateLimit, Resource};
use crate::transaction::Caller;

const HOUR: i64 = 3600;

/// The rules, and what was counted this hour.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct RateLimits {
    rules: Vec<Rule>,
    hour: i64,
    counts: BTreeMap<String, Count>,
}

/// The requests of a user under a rule.
#[derive(Default, Serialize, Deserialize)]
struct Count {
    counted: u32,
    /// As many as the limit is held against.
    committed: u32,
    /// When they were committed, in seconds.
    at: i64,
}

#[derive(Serialize, Deserialize)]
struct Rule {
    sys_id: String,
    limit: RateLimit,
}

/// A request, counted against the rule that is for it.
pub(crate) struct Counted {
    limit: u32,
    rule: String,
    reset: i64,
    wait: i64,
    resource: Resource,
    denied: bool,
}

impl RateLimits {
    pub(crate) fn new(rules: Vec<RateLimit>, ids: &Ids) -> Self {
        let rules = rules
            .into_iter()
            .zip(1..)
            .map(|(limit, place): (_, u32)| Rule {
                sys_id: ids.sys_id_of(&format!("sys_rate_limit_rules {place}")),
                limit,
            })
            .collect();
        Self { rules, ..Self::default() }
    }

    /// Counts a request; nothing when no rule is for it, and then no header tells of any.
    pub(crate) fn count(
        &mut self,
        resource: Resource,
        caller: &Caller,
        now: Moment,
        commit: u32,
    ) -> Option<Counted> {
        let rule = self.rule(resource, caller)?;
        let (limit, sys_id) = (rule.limit.limit, rule.sys_id.clone());
        let hour = now.seconds().div_euclid(HOUR);
        if self.hour != hour {
            self.hour = hour;
            self.counts.clear();
        }
        let count = self.counts.entry(format!("{sys_id} {}", caller.sys_id)).or_default();
        let seconds = now.seconds();
        if count.counted == 0 {
            count.at = seconds;
        }
        if seconds.saturating_sub(count.at) >= i64::from(commit) {
            (count.committed, count.at) = (count.counted, seconds);
        }
        count.counted = count.counted.saturating_add(1);
        let reset = hour.saturating_add(1).saturating_mul(HOUR);
        Some(Counted {
            limit,
            rule: sys_id,
            reset,
            wait: reset.saturating_sub(now.seconds()),
            resource,
            denied: count.committed >= limit,
        })
    }

    fn rule(&self, resource: Resource, caller: &Caller) -> Option<&Rule> {
        let fits = |rule: &&Rule| rule.limit.resource == resource;
        let for_user = |rule: &&Rule| rule.limit.user.as_deref() == Some(&caller.user_name);
        let for_role = |rule: &&Rule| {
            rule.limit.user.is_none()
                && rule.limit.role.as_ref().is_some_and(|role| caller.has(role))
        };
        let for_all = |rule: &&Rule| rule.limit.user.is_none() && rule.limit.role.is_none();
        let rules = || self.rules.iter().filter(fits);
        let lowest = |rule: &&Rule| rule.limit.limit;
        rules()
            .filter(for_user)
            .min_by_key(lowest)
            .or_else(|| rules().filter(for_role).min_by_key(lowest))
            .or_else(|| rules().filter(for_all).min_by_key(lowest))
    }
}

impl Counted {
    /// The answer to a request beyond the limit.
    pub(crate) fn denial(&self) -> Option<Answer> {
        let detail = format!(
            "Rate limit of {} requests per hour for {} exceeded",
            self.limit,
            self.resource.name()
        );
        self.denied.then(|| {
            refusal::failure(429, "Rate limit exceeded", Some(&detail))
                .with("Retry-After", self.wait.to_string())
        })
    }

    /// The answer with what every request tells that a rule is for.
    pub(crate) fn told(&self, answer: Answer) -> Answer {
        answer
            .with("X-RateLimit-Limit", self.limit.to_string())
            .with("X-RateLimit-Reset", self.reset.to_string())
            .with("X-RateLimit-Rule", &self.rule)
    }
}
