//! Times as an instance shows them to people: in the zone and in the format of the user who asks.

use super::date::milliseconds_from_servicenow;
use crate::host::Milliseconds;

/// How a user is shown times.
#[derive(Clone, Copy, Debug)]
pub struct ShownTimes {
    order: Order,
    /// How much later than in UTC it is in the user's zone. Of times from before a change to or from
    /// daylight saving it is an hour wrong, for as long as one after it is the example.
    offset: Milliseconds,
}

/// The orders of a day's numbers that ServiceNow has formats for.
#[derive(Clone, Copy, Debug)]
enum Order {
    YearMonthDay,
    DayMonthYear,
    MonthDayYear,
}

/// Zones are whole quarters of an hour apart from UTC, and at most so far.
const QUARTER: Milliseconds = 900_000;
const FARTHEST: Milliseconds = 14 * 4 * QUARTER;

/// What a format without seconds leaves out.
const MINUTE: Milliseconds = 60_000;

impl ShownTimes {
    /// As an example tells, which is there in UTC too: two orders never come within a day of it. None
    /// where its format is an unknown one.
    pub fn by_example(shown: &str, utc: &str) -> Option<Self> {
        let utc = milliseconds_from_servicenow(utc)?;
        [Order::YearMonthDay, Order::DayMonthYear, Order::MonthDayYear].into_iter().find_map(
            |order| {
                let apart = read(shown, order)?.0.checked_sub(utc)?;
                let quarters = apart.checked_add(QUARTER / 2)?.div_euclid(QUARTER);
                let offset = quarters.checked_mul(QUARTER)?;
                let is_zone = offset.checked_abs()? <= FARTHEST
                    && apart.checked_sub(offset)?.checked_abs()? <= MINUTE;
                is_zone.then_some(Self { order, offset })
            },
        )
    }

    /// The latest time that is shown like this; none where it cannot be read.
    pub fn latest(self, shown: &str) -> Option<Milliseconds> {
        let (time, has_seconds) = read(shown, self.order)?;
        let left_out = if has_seconds { 0 } else { MINUTE };
        time.checked_sub(self.offset)?.checked_add(left_out)
    }
}

/// The time that is shown, as if it were UTC, and whether its seconds are.
fn read(shown: &str, order: Order) -> Option<(Milliseconds, bool)> {
    let parts: Vec<&str> =
        shown.split(['-', '/', '.', ':', ' ']).filter(|part| !part.is_empty()).collect();
    let (&[first, second, third, hour, minute], rest) = parts.split_first_chunk()?;
    let (seconds, half) = match rest {
        [] => ("0", None),
        [seconds] => (*seconds, None),
        [seconds, half] => (*seconds, Some(*half)),
        _ => return None,
    };
    let hour: u32 = hour.parse().ok()?;
    let hour = match half {
        None => hour,
        Some(half) if half.eq_ignore_ascii_case("am") => hour.checked_rem(12)?,
        Some(half) if half.eq_ignore_ascii_case("pm") => hour.checked_rem(12)?.checked_add(12)?,
        Some(_) => return None,
    };
    let (year, month, day) = match order {
        Order::YearMonthDay => (first, second, third),
        Order::DayMonthYear => (third, second, first),
        Order::MonthDayYear => (third, first, second),
    };
    let time = format!("{year}-{month}-{day} {hour}:{minute}:{seconds}");
    Some((milliseconds_from_servicenow(&time)?, !rest.is_empty()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_time_is_read_in_every_format_and_zone() {
        for (example, shown) in [
            ("2024-05-06 07:08:09", "2024-05-06 06:07:08"),
            ("2024-05-06 21:08:09", "2024-05-06 20:07:08"),
            ("05-05-2024 19:08:09", "05-05-2024 18:07:08"),
            ("05-06-2024 09:08:09", "05-06-2024 08:07:08"),
            ("06-05-2024 09:08:09", "06-05-2024 08:07:08"),
            ("06/05/2024 12.53.09 PM", "06/05/2024 11.52.08 AM"),
            ("06.05.2024 12:08:09 am", "05.05.2024 11:07:08 pm"),
            ("05-06-2024 03:38", "05-06-2024 02:37"),
        ] {
            let times = ShownTimes::by_example(example, "2024-05-06 07:08:09").unwrap();
            let latest = times.latest(shown).unwrap();
            let expected = milliseconds_from_servicenow("2024-05-06 06:07:08").unwrap();
            assert!((0..MINUTE).contains(&(latest - expected)), "{example}");
        }
    }

    #[test]
    fn what_is_no_known_format_is_not_read() {
        for example in [
            "",
            "yesterday",
            "6 May 2024 07:08:09",
            "2024-06-05 07:08:09",
            "2024-05-06 07:13:09",
            "2024-05-06 07:08:09 vorm.",
            "2024-05-06 07:08:09 AM CET",
            "2024-05-06",
        ] {
            assert!(ShownTimes::by_example(example, "2024-05-06 07:08:09").is_none(), "{example}");
        }
        assert!(ShownTimes::by_example("2024-05-06 07:08:09", "").is_none());
        let times = ShownTimes::by_example("2024-05-06 07:08:09", "2024-05-06 07:08:09").unwrap();
        assert_eq!(times.latest("06.05.2024 07:08:09"), None);
    }
}
