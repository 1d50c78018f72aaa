//! Which run of the same action it is, and how long ago the first one can have begun.

use crate::host::Milliseconds;

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
        }
    }

    /// By what a host says of a run that is under way now. A time that is still to come is none.
    #[must_use]
    pub fn of(task: TaskInfo, now: Milliseconds) -> Self {
        let past = |time: &Milliseconds| *time <= now;
        match task.attempts {
            0 => Self::Only,
            1 => Self::First { is_timed: task.scheduled.or(task.begun).is_some() },
            number => {
                let scheduled = task.scheduled.filter(past);
                let since = task.begun.filter(past).or_else(|| first_began(scheduled?, number));
                Self::Repeated { since }
            }
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
/// (`first_runs`). The host may have put a run off for longer, where the instance has asked for it or
/// the host was busy or away: what was noted then is taken for another action's, and noted again, which
/// is better than not at all.
fn first_began(scheduled: Milliseconds, number: u32) -> Option<Milliseconds> {
    // So many take days; no host makes more.
    (1..number.min(100))
        .map(longest_delay_after)
        .try_fold(scheduled, |began, delay| began.checked_sub(delay)?.checked_sub(LONGEST_RUN))
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
        match Attempt::of(task, NOW) {
            Attempt::Repeated { since } => since,
            _ => None,
        }
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
    fn a_time_that_cannot_be_is_none() {
        for time in [NOW + 1, Milliseconds::MAX, Milliseconds::MIN] {
            let task = TaskInfo { attempts: 2, scheduled: Some(time), begun: None };
            assert_eq!(since(task), None);
        }
        for begun in [NOW + 1, Milliseconds::MAX] {
            let task = TaskInfo { attempts: 2, scheduled: None, begun: Some(begun) };
            assert_eq!(since(task), None);
        }
    }
}
