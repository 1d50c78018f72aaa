//! When the first runs began of actions that are to be run again, and which incidents they had chosen to
//! close.
//!
//! Kibana does not tell (kibana-host.md 3.2). Whoever has run an action the last time remembers it, so
//! that what others have noted before is not taken for the action's own, nor the other way round, and
//! that an incident which the alert has opened since is not closed for the one before. Where the host was
//! started again meanwhile, or another one of several runs the action now, nobody remembers, and
//! [`Attempt`] reckons.

use std::cell::RefCell;
use std::collections::VecDeque;

use sha2::{Digest, Sha256};

use super::attempt::longest_delay_after;
use super::{Attempt, TaskInfo};
use crate::error::{Error, Retry};
use crate::host::Milliseconds;
use crate::params::{CloseIncident, Params};

/// How many are remembered: the oldest is forgotten for the newest.
const MOST: usize = 1_000;

/// How much later than it was asked for a run may be due: clocks differ.
const MARGIN: Milliseconds = 60_000;

/// The first runs of actions that have failed and are to be run again.
#[derive(Debug, Default)]
pub struct FirstRuns(RefCell<VecDeque<FirstRun>>);

#[derive(Debug)]
struct FirstRun {
    action: ActionDigest,
    /// What its next run is.
    next: Attempt,
    /// The one to close, by its `sys_id`.
    incident: Option<String>,
    /// The number of the last run, when it ended, and the latest that the next one is due.
    attempts: u32,
    ended: Milliseconds,
    due: Milliseconds,
}

impl FirstRun {
    fn is_followed_by(&self, action: ActionDigest, task: TaskInfo) -> bool {
        self.action == action
            && self.attempts.checked_add(1) == Some(task.attempts)
            && task.scheduled.is_some_and(|due| (self.ended..=self.due).contains(&due))
    }
}

/// What an action is known by again: its connector and its params.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActionDigest([u8; 32]);

impl ActionDigest {
    /// Of an action with these params, in JSON.
    #[must_use]
    pub fn new(connector_id: Option<&str>, params: &str) -> Self {
        let connector_id = connector_id.unwrap_or_default();
        Self(Sha256::digest(format!("{}:{connector_id}{params}", connector_id.len())).into())
    }
}

/// A run that is under way.
#[derive(Clone, Debug)]
pub struct Run {
    /// Which one of the same action it is.
    pub attempt: Attempt,
    attempts: u32,
    /// What the next one is.
    next: Attempt,
    /// What the one before had chosen to close.
    incident: Option<String>,
}

impl Run {
    /// What is to be done: a recovery is about the incident that the run before had chosen, whichever the
    /// alert has by now.
    #[must_use]
    pub fn of(&self, params: Params) -> Params {
        match (params, &self.incident) {
            (Params::CloseIncident(close), chosen @ Some(_)) => {
                Params::CloseIncident(CloseIncident { chosen: chosen.clone(), ..close })
            }
            (params, _) => params,
        }
    }
}

impl FirstRuns {
    /// A run that begins. What the host says of when its first one began counts more than what is
    /// remembered. `digest` is asked where it is needed, which it hardly ever is.
    pub fn begin(
        &self,
        task: TaskInfo,
        now: Milliseconds,
        digest: impl Fn() -> Option<ActionDigest>,
    ) -> Run {
        let remembered = match task.attempts {
            0 | 1 => None,
            _ => digest().and_then(|action| self.take(action, task)),
        };
        let (next, incident) = remembered.map(|first| (first.next, first.incident)).unzip();
        let attempt = next.filter(|_| task.begun.is_none());
        let attempt = attempt.unwrap_or_else(|| Attempt::of(task, now));
        let next = match attempt {
            Attempt::First { .. } => Attempt::Repeated { since: Some(now) },
            attempt => attempt,
        };
        Run { attempt, attempts: task.attempts, next, incident: incident.flatten() }
    }

    /// A run that has failed, and is to be run again or not.
    pub fn failed(
        &self,
        run: Run,
        error: &Error,
        now: Milliseconds,
        digest: impl Fn() -> Option<ActionDigest>,
    ) {
        let due = match error.retry() {
            Retry::Never => return,
            Retry::Soon => now.saturating_add(longest_delay_after(run.attempts)),
            Retry::At(time) => time,
        };
        if run.attempt == Attempt::Only {
            return;
        }
        let Some(action) = digest() else { return };
        let mut runs = self.0.borrow_mut();
        if runs.len() >= MOST {
            runs.pop_front();
        }
        let due = due.saturating_add(MARGIN);
        let incident = error.incident().map(str::to_owned).or(run.incident);
        runs.push_back(FirstRun {
            action,
            next: run.next,
            incident,
            attempts: run.attempts,
            ended: now,
            due,
        });
    }

    fn take(&self, action: ActionDigest, task: TaskInfo) -> Option<FirstRun> {
        let mut runs = self.0.borrow_mut();
        let place = runs.iter().position(|run| run.is_followed_by(action, task))?;
        runs.remove(place)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::arithmetic_side_effects)]
    use super::*;
    use crate::error::Code;

    const NOW: Milliseconds = 1_714_979_289_000;
    const MINUTE: Milliseconds = 60_000;

    #[expect(clippy::unnecessary_wraps, reason = "it is what the module can say of params")]
    fn digest(params: &str) -> Option<ActionDigest> {
        Some(ActionDigest::new(Some("c-1"), params))
    }

    /// Has the run of a number fail, which began at a time.
    fn fail(runs: &FirstRuns, params: &str, attempts: u32, began: Milliseconds, retry: Retry) {
        let task = TaskInfo { attempts, scheduled: Some(began), begun: None };
        let run = runs.begin(task, began, || digest(params));
        let error = Error::new(Code::Unavailable, "").with_retry(retry);
        runs.failed(run, &error, began + 1, || digest(params));
    }

    /// When the first run of one began that is due at a time, as far as anybody remembers.
    fn remembered(
        runs: &FirstRuns,
        action: Option<ActionDigest>,
        attempts: u32,
        due: Milliseconds,
    ) -> Option<Milliseconds> {
        let task = TaskInfo { attempts, scheduled: Some(due), begun: None };
        match runs.begin(task, due, || action).attempt {
            Attempt::Repeated { since } => since,
            _ => None,
        }
    }

    #[test]
    fn the_next_run_of_the_same_action_is_told_when_the_first_one_began() {
        let other = Some(ActionDigest::new(Some("c-2"), "a"));
        for (action, attempts, due, is_known) in [
            (digest("a"), 2, NOW + 1, true),
            (digest("a"), 2, NOW + MINUTE, true),
            (digest("a"), 2, NOW, false),
            (digest("a"), 2, NOW + 2 * MINUTE, false),
            (digest("a"), 3, NOW + MINUTE, false),
            (digest("b"), 2, NOW + MINUTE, false),
            (other, 2, NOW + MINUTE, false),
            (None, 2, NOW + MINUTE, false),
        ] {
            let runs = FirstRuns::default();
            fail(&runs, "a", 1, NOW, Retry::Soon);
            let began = remembered(&runs, action, attempts, due);
            assert_eq!(began, is_known.then_some(NOW), "{attempts} at {due}");
        }
    }

    #[test]
    fn one_that_was_put_off_is_awaited_until_then() {
        let runs = FirstRuns::default();
        fail(&runs, "a", 1, NOW, Retry::At(NOW + 60 * MINUTE));
        assert_eq!(remembered(&runs, digest("a"), 2, NOW + 62 * MINUTE), None);
        fail(&runs, "a", 2, NOW + 60 * MINUTE, Retry::Soon);
        assert_eq!(remembered(&runs, digest("a"), 3, NOW + 65 * MINUTE), Some(NOW));
    }

    #[test]
    fn what_is_told_is_forgotten_and_so_is_what_is_not_run_again() {
        let runs = FirstRuns::default();
        fail(&runs, "a", 1, NOW, Retry::Never);
        assert_eq!(remembered(&runs, digest("a"), 2, NOW + 1), None);
        fail(&runs, "a", 1, NOW, Retry::Soon);
        assert_eq!(remembered(&runs, digest("a"), 2, NOW + 1), Some(NOW));
        assert_eq!(remembered(&runs, digest("a"), 2, NOW + 1), None);
    }

    #[test]
    fn what_was_reckoned_once_is_not_reckoned_anew() {
        let runs = FirstRuns::default();
        let at = |attempts, due| TaskInfo { attempts, scheduled: Some(due), begun: None };
        // Another host has run it before, or this one before it was started again.
        let reckoned = Attempt::of(at(2, NOW), NOW);
        fail(&runs, "a", 2, NOW, Retry::At(NOW + 60 * MINUTE));
        let later = NOW + 60 * MINUTE;
        assert_eq!(runs.begin(at(3, later), later, || digest("a")).attempt, reckoned);
    }

    #[test]
    fn where_the_host_does_not_tell_when_a_run_is_due_nobody_remembers() {
        let runs = FirstRuns::default();
        let of = |attempts| {
            let task = TaskInfo { attempts, scheduled: None, begun: None };
            runs.begin(task, NOW, || digest("a"))
        };
        let first = of(1);
        assert_eq!(first.attempt, Attempt::First { is_timed: false });
        runs.failed(first, &Error::new(Code::Unavailable, "").with_retry(Retry::Soon), NOW, || {
            digest("a")
        });
        assert_eq!(of(2).attempt, Attempt::Repeated { since: None });
    }

    #[test]
    fn runs_that_nobody_counts_are_not_remembered() {
        let runs = FirstRuns::default();
        fail(&runs, "a", 0, NOW, Retry::Soon);
        assert_eq!(remembered(&runs, digest("a"), 1, NOW + 1), None);
    }

    #[test]
    fn of_very_many_the_oldest_is_forgotten() {
        let runs = FirstRuns::default();
        for number in 0..=MOST {
            fail(&runs, &number.to_string(), 1, NOW, Retry::Soon);
        }
        assert_eq!(remembered(&runs, digest("0"), 2, NOW + 1), None);
        assert_eq!(remembered(&runs, digest("1"), 2, NOW + 1), Some(NOW));
    }
}
