//! Which run of the same action it is, and how long ago the first one can have begun.

use crate::host::Milliseconds;
use crate::servicenow::LONGEST_WAIT;

/// Which run of the same action it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// One that nobody counts: another one would know nothing of it.
    Only,
    /// The first. Another one would know that it is not.
    First {
        /// Whether it would know since when, too.
        is_timed: bool,
    },
    /// One before has failed, or was cut off: some of it may have been done.
    Repeated {
        /// Nothing of it was done before this time; none, where nobody knows.
        since: Option<Milliseconds>,
    },
    /// The same, where it has to be reckoned when the first one began.
    Reckoned {
        /// Nothing of it was done before this time, if the host has put it off by itself alone.
        since: Milliseconds,
        /// Nothing of it was done before this time, though the instance has put it off as well.
        earliest: Milliseconds,
    },
}

/// What a host says of a run in the background, as far as it does (kibana-host.md 3.2).
#[derive(Clone, Copy, Debug, Default)]
pub struct TaskInfo {
    /// The number of the run, which begins with 1; 0 where nobody counts.
    pub attempts: u32,
    /// When this run was due, which is not when the first one was: each that fails puts it off.
    pub scheduled: Option<Milliseconds>,
    /// When the first run began. Kibana does not tell.
    pub begun: Option<Milliseconds>,
}

impl Attempt {
    /// Whether another attempt knows what this one has begun: that it was none of before a time.
    #[must_use]
    pub fn is_traced(self) -> bool {
        match self {
            Self::Only => false,
            Self::First { is_timed } => is_timed,
            Self::Repeated { since } => since.is_some(),
            Self::Reckoned { .. } => true,
        }
    }

    /// Whether one before may have done some of it.
    #[must_use]
    pub fn is_repeated(self) -> bool {
        matches!(self, Self::Repeated { .. } | Self::Reckoned { .. })
    }

    /// Since when notes count as added by one before. Where it is reckoned, a note too many is better than
    /// one too few: a rule that fires again may say the same again.
    #[must_use]
    pub fn has_noted_since(self) -> Option<Milliseconds> {
        match self {
            Self::Repeated { since } => since,
            Self::Reckoned { since, .. } => Some(since),
            Self::Only | Self::First { .. } => None,
        }
    }

    /// Since when incidents count as opened or closed by one before. Where it is reckoned, one that is
    /// taken for its own is better than a second one.
    #[must_use]
    pub fn has_written_since(self) -> Option<Milliseconds> {
        match self {
            Self::Reckoned { earliest, .. } => Some(earliest),
            other => other.has_noted_since(),
        }
    }

    /// By what a host says of a run that is under way now. A time that is still to come is now: it is of
    /// another machine's clock.
    #[must_use]
    pub fn of(task: TaskInfo, now: Milliseconds) -> Self {
        let past = |time: Milliseconds| time.min(now);
        match (task.attempts, task.begun.map(past), task.scheduled.map(past)) {
            (0, ..) => Self::Only,
            (1, begun, scheduled) => Self::First { is_timed: scheduled.or(begun).is_some() },
            (_, Some(begun), _) => Self::Repeated { since: Some(begun) },
            (number, None, scheduled) => scheduled
                .and_then(|due| reckoned(due, number))
                .unwrap_or(Self::Repeated { since: None }),
        }
    }
}

/// The longest that a host lets a run take, and the longest delays after those that fail: each is twice
/// as long as the one before, from the second on (kibana-host.md 3.5).
const LONGEST_RUN: Milliseconds = 5 * 60_000;
const FIRST_DELAY: Milliseconds = 30_000;
const SECOND_DELAY: Milliseconds = 5 * 60_000;
const LONGEST_DELAY: Milliseconds = 60 * 60_000;

/// The earliest that the first run can have begun, by when this one was due, where nobody remembers
/// (`first_runs`): with the host's own delays, and with those that the instance has asked for. Where the
/// host was busy or away for longer, what was noted then is taken for another action's, and noted again,
/// which is better than not at all.
fn reckoned(due: Milliseconds, number: u32) -> Option<Attempt> {
    // So many take days; no host makes more.
    let before = |delay: fn(u32) -> Milliseconds| {
        (1..number.min(100))
            .map(delay)
            .try_fold(due, |began, delay| began.checked_sub(delay)?.checked_sub(LONGEST_RUN))
    };
    let since = before(longest_delay_after)?;
    let earliest = before(|_| LONGEST_WAIT)?;
    Some(Attempt::Reckoned { since, earliest })
}

/// The longest that a host waits after a run with this number has failed.
pub(super) fn longest_delay_after(number: u32) -> Milliseconds {
    match number.checked_sub(2) {
        None => FIRST_DELAY,
        Some(doublings) => SECOND_DELAY.saturating_mul(1 << doublings.min(8)).min(LONGEST_DELAY),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::arithmetic_side_effects)]
    use super::*;

    const NOW: Milliseconds = 1_714_979_289_000;
    const MINUTE: Milliseconds = 60_000;

    fn since(task: TaskInfo) -> Option<Milliseconds> {
        Attempt::of(task, NOW).has_noted_since()
    }

    #[test]
    fn the_first_run_began_as_long_ago_as_the_delays_allow() {
        let ago = |attempts| {
            since(TaskInfo { attempts, scheduled: Some(NOW), begun: None })
                .map(|time| (NOW - time) / MINUTE)
        };
        // 5.5, then 5 to run and 5, 10, 20, 40, 60, 60 to wait.
        let minutes = [2, 3, 4, 5, 6, 7, 8].map(ago);
        assert_eq!(minutes, [5, 15, 30, 55, 100, 165, 230].map(Some));
        assert!(ago(u32::MAX).is_some());
    }

    #[test]
    fn the_instance_may_have_put_each_run_off_for_an_hour() {
        let ago = |attempts| {
            let task = TaskInfo { attempts, scheduled: Some(NOW), begun: None };
            Attempt::of(task, NOW).has_written_since().map(|time| (NOW - time) / MINUTE)
        };
        assert_eq!([2, 3].map(ago), [65, 130].map(Some));
    }

    #[test]
    fn nothing_was_done_before_the_first_run_nor_before_one_that_nobody_counts() {
        for scheduled in [None, Some(NOW)] {
            let of = |attempts| Attempt::of(TaskInfo { attempts, scheduled, begun: None }, NOW);
            let first = Attempt::First { is_timed: scheduled.is_some() };
            assert_eq!([0, 1].map(of), [Attempt::Only, first]);
        }
        let task = TaskInfo { attempts: 1, scheduled: None, begun: Some(NOW) };
        assert_eq!(Attempt::of(task, NOW), Attempt::First { is_timed: true });
    }

    #[test]
    fn a_host_that_knows_when_the_first_run_began_is_believed() {
        let task = TaskInfo { attempts: 9, scheduled: Some(NOW), begun: Some(NOW - 1) };
        assert_eq!(since(task), Some(NOW - 1));
    }

    #[test]
    fn a_time_that_is_still_to_come_is_now() {
        for time in [NOW + 1, Milliseconds::MAX] {
            let task = TaskInfo { attempts: 2, scheduled: Some(time), begun: None };
            assert_eq!(since(task), since(TaskInfo { scheduled: Some(NOW), ..task }));
            let task = TaskInfo { attempts: 2, scheduled: None, begun: Some(time) };
            assert_eq!(since(task), Some(NOW));
        }
    }

    #[test]
    fn a_time_that_cannot_be_is_none() {
        for scheduled in [None, Some(Milliseconds::MIN)] {
            let of = Attempt::of(TaskInfo { attempts: 2, scheduled, begun: None }, NOW);
            assert_eq!(of, Attempt::Repeated { since: None });
        }
    }
}
