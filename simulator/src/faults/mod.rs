//! Faults: rules say which one happens to which call, and how they act together.
//!
//! Every rule whose conditions hold counts the call. Of the rules that then apply,
//! 1. those that change the request change it, in the order in which they were injected;
//! 2. those that change what the instance holds do so;
//! 3. the first one that gives the whole answer gives it; the others wait for another call. The
//!    instance carries the request out if none of the rules that apply keeps it from that;
//! 4. those that change the answer change it, in order;
//! 5. on the line, delays add up, and the first rule that ends the answer ends it.
//!
//! - `fault` has their names, `catalogue` what is known of each, `rule` what is asked of one.
//! - `place` tells what a call is for.
//! - `happen` lets them happen; `requests`, `states`, `edge`, `answers`, `rewrites` and `line` are
//!   what each of them does.

mod answers;
mod catalogue;
mod edge;
mod fault;
mod happen;
mod line;
mod place;
mod requests;
mod rewrites;
mod rule;
mod states;
mod unread;

use serde::{Deserialize, Serialize};

pub use catalogue::{Facts, Parameter, Write, catalogue};
pub use fault::Fault;
pub(crate) use happen::happen;
pub use place::Place;
pub use rule::{FaultError, FaultRule};

use crate::database::Database;
use crate::ids::Ids;
use catalogue::Act;
use place::Scene;
use unread::Unread;

/// As many rules as are kept.
const RULES: usize = 1_000;

/// The rules of an instance.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Faults {
    rules: Vec<ActiveRule>,
    injected: u64,
    unread: Unread,
}

/// A rule that was injected, and what it did so far.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ActiveRule {
    /// What it is removed by.
    pub id: u64,
    /// How many calls fulfilled its conditions.
    pub matched: u64,
    /// To how many of them the fault happened.
    pub happened: u64,
    /// The rule.
    pub rule: FaultRule,
}

/// Which certificate a new connection is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certificate {
    /// A good one.
    #[default]
    Good,
    /// One that has expired.
    Expired,
    /// Another host's.
    OtherHost,
}

/// A rule that applies to a call.
struct Planned {
    id: u64,
    rule: FaultRule,
    facts: &'static Facts,
    /// The answer is this one's.
    answers: bool,
}

impl Faults {
    pub(crate) fn are_none(&self) -> bool {
        self.rules.is_empty()
    }

    /// Adds a rule and gives its ID.
    pub(crate) fn inject(&mut self, rule: FaultRule) -> Result<u64, FaultError> {
        let facts = rule.fault.facts();
        let facts = facts.ok_or_else(|| FaultError("fault: there is none such".to_owned()))?;
        rule.check(facts)?;
        if self.rules.len() >= RULES {
            return Err(FaultError(format!("there are {RULES} rules, remove some")));
        }
        self.injected = self.injected.saturating_add(1);
        self.rules.push(ActiveRule { id: self.injected, matched: 0, happened: 0, rule });
        Ok(self.injected)
    }

    pub(crate) fn rules(&self) -> &[ActiveRule] {
        &self.rules
    }

    /// Takes a rule away, and says whether there was one.
    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let before = self.rules.len();
        self.rules.retain(|rule| rule.id != id);
        if !self.delays_reads() {
            self.unread.clear();
        }
        self.rules.len() < before
    }

    pub(crate) fn clear(&mut self) {
        self.rules.clear();
        self.unread.clear();
    }

    /// Says which certificate the next connection is shown.
    pub(crate) fn handshake(&mut self, ids: &Ids) -> Certificate {
        let mut shown = Certificate::Good;
        for rule in &mut self.rules {
            let Some(facts) = rule.rule.fault.facts() else { continue };
            if facts.act != Act::Handshake || !rule.counts(ids) || shown != Certificate::Good {
                continue;
            }
            rule.happened = rule.happened.saturating_add(1);
            shown = match rule.rule.variant(facts) {
                "other-host" => Certificate::OtherHost,
                _ => Certificate::Expired,
            };
        }
        shown
    }

    /// The rules that apply to a call, in the order in which they act.
    fn plan(&mut self, scene: &Scene, database: &Database, ids: &Ids) -> Vec<Planned> {
        let mut plan: Vec<Planned> = Vec::new();
        for active in &mut self.rules {
            let Some(facts) = active.rule.fault.facts() else { continue };
            if !is_meant(&active.rule, facts, scene, database, &self.unread) {
                continue;
            }
            // Counted even if another rule gives the answer.
            let counts = active.counts(ids);
            let rule = &active.rule;
            let answers = facts.act.replaces() || states::answers(rule, facts, scene, &self.unread);
            if counts && !(answers && plan.iter().any(|other| other.answers)) {
                plan.push(Planned { id: active.id, rule: rule.clone(), facts, answers });
            }
        }
        plan.sort_by_key(|planned| planned.facts.act);
        plan
    }

    /// Counts that a fault happened.
    fn happened(&mut self, id: u64) {
        if let Some(rule) = self.rules.iter_mut().find(|rule| rule.id == id) {
            rule.happened = rule.happened.saturating_add(1);
        }
    }

    /// Whether there is a rule for which it matters what was written last.
    fn delays_reads(&self) -> bool {
        self.rules.iter().any(|active| active.rule.fault == Fault::ReadAfterWrite)
    }
}

impl ActiveRule {
    /// Counts a call, and says whether the fault is to happen to it.
    fn counts(&mut self, ids: &Ids) -> bool {
        self.matched = self.matched.saturating_add(1);
        self.rule.means(self.matched)
            && self.rule.times.is_none_or(|times| self.happened < times)
            && self.rule.probability.is_none_or(|probability| {
                probability > 0.0 && ids.chance(self.id, self.matched) < probability
            })
    }
}

impl Planned {
    /// Whether the instance carries the request out, as far as this rule goes.
    fn carries_out(&self) -> bool {
        if self.answers && !self.facts.act.replaces() {
            return false;
        }
        match self.facts.write {
            Write::Refused => self.rule.committed.unwrap_or(false),
            Write::Committed => self.rule.committed.unwrap_or(true),
            Write::Done => true,
        }
    }

    fn delay(&self) -> u32 {
        self.rule.delay.unwrap_or(self.facts.delay)
    }

    fn variant(&self) -> &str {
        self.rule.variant(self.facts)
    }
}

/// Whether a call fulfils the conditions of a rule.
fn is_meant(
    rule: &FaultRule,
    facts: &Facts,
    scene: &Scene,
    database: &Database,
    unread: &Unread,
) -> bool {
    let sent = scene.call.sent;
    let method = rule.methods.is_empty()
        || rule.methods.iter().any(|method| method.eq_ignore_ascii_case(sent));
    let user = rule.user.as_ref().is_none_or(|user| scene.user.as_ref() == Some(user));
    let moved = facts.movable && rule.path.is_some();
    method
        && user
        && rule.has_path(&scene.path)
        && (scene.user.is_some() || !needs_user(facts, scene))
        && (moved || scene.is_at(facts.place, rule, database, unread))
}

/// Whoever has not signed in is told that before the instance looks at anything else.
fn needs_user(facts: &Facts, scene: &Scene) -> bool {
    use crate::http::Method;
    let at_door = matches!(facts.act, Act::Edge | Act::Line);
    !at_door && facts.place != Place::Token && scene.call.method != Method::Options
}
