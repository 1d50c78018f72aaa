//! What terms say of dates: days by name, so long ago, so far from another date. A week begins on
//! Monday, and all is UTC.

use time::{Date, Month, Weekday};

use super::term::Operator;
use crate::clock::Moment;

const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

/// From a moment to before another one, as they are written.
pub(super) struct Span {
    from: String,
    until: String,
}

impl Span {
    /// Written dates are in order as texts.
    pub(super) fn contains(&self, date: &str) -> bool {
        !date.is_empty() && date >= self.from.as_str() && date < self.until.as_str()
    }
}

/// Reads what stands behind `ON`: `Today@...@...`, `Last 7 days@...@...`, `2024-05-06@...@...`.
/// The scripts that give the bounds are not run; a name is enough to know them.
pub(super) fn span(text: &str, now: Moment) -> Option<Span> {
    let mut parts = text.split('@');
    let label = parts.next()?;
    named(label, now).or_else(|| {
        let (from, until) = (Moment::parse(parts.next()?)?, Moment::parse(parts.next()?)?);
        Some(between(from, until.plus(1_000)))
    })
}

fn named(label: &str, now: Moment) -> Option<Span> {
    if let Some(day) = Moment::parse(&format!("{label} 00:00:00")) {
        return Some(between(day, after(day, DAY)));
    }
    let label = label.to_ascii_lowercase();
    let day = unit_of(now, "day", 0)?;
    match label.split(' ').collect::<Vec<_>>().as_slice() {
        ["today"] => Some(between(day, after(day, DAY))),
        ["yesterday"] => Some(between(after(day, -DAY), day)),
        ["tomorrow"] => Some(between(after(day, DAY), after(day, 2 * DAY))),
        ["this" | "current", unit] => Some(between(unit_of(now, unit, 0)?, unit_of(now, unit, 1)?)),
        ["last", unit] => Some(between(unit_of(now, unit, -1)?, unit_of(now, unit, 0)?)),
        ["next", unit] => Some(between(unit_of(now, unit, 1)?, unit_of(now, unit, 2)?)),
        ["last", count, units] => {
            let count: i32 = count.parse().ok().filter(|count| (0..10_000).contains(count))?;
            let unit = units.strip_suffix('s')?;
            let from = moved(now, unit, count.checked_neg()?)?;
            Some(between(from, after(now, 1)))
        }
        _ => None,
    }
}

fn between(from: Moment, until: Moment) -> Span {
    Span { from: from.text(), until: until.text() }
}

fn after(moment: Moment, seconds: i64) -> Moment {
    moment.plus(seconds.saturating_mul(1_000))
}

/// The beginning of the unit that a moment is in, or of one so many units later.
fn unit_of(moment: Moment, unit: &str, later: i32) -> Option<Moment> {
    let start = |length: i64| {
        let seconds = moment.seconds();
        Moment::new(seconds.saturating_sub(seconds.rem_euclid(length)).saturating_mul(1_000))
    };
    let begin = match unit {
        "minute" => start(MINUTE),
        "hour" => start(HOUR),
        "day" => start(DAY),
        "week" => {
            let days = i64::from(moment.date().weekday().number_days_from_monday());
            after(start(DAY), days.saturating_mul(-DAY))
        }
        "month" | "quarter" | "year" => {
            let date = moment.date();
            let month = u8::from(date.month());
            let month = match unit {
                "month" => month,
                "quarter" => month.saturating_sub(month.saturating_sub(1) % 3),
                _ => 1,
            };
            let month = Month::try_from(month).ok()?;
            Moment::at_midnight(Date::from_calendar_date(date.year(), month, 1).ok()?)
        }
        _ => return None,
    };
    moved(begin, unit, later)
}

/// A moment so many units later.
fn moved(moment: Moment, unit: &str, later: i32) -> Option<Moment> {
    let months = match unit {
        "month" => later,
        "quarter" => later.checked_mul(3)?,
        "year" => later.checked_mul(12)?,
        _ => {
            let length = match unit {
                "minute" => MINUTE,
                "hour" => HOUR,
                "day" | "dayofweek" => DAY,
                "week" => 7 * DAY,
                _ => return None,
            };
            return Some(after(moment, length.saturating_mul(i64::from(later))));
        }
    };
    let date = moment.date();
    let month = i32::from(u8::from(date.month())).checked_sub(1)?.checked_add(months)?;
    let year = date.year().checked_add(month.div_euclid(12))?;
    let month = Month::try_from(u8::try_from(month.rem_euclid(12)).ok()?.checked_add(1)?).ok()?;
    let day = date.day().min(month.length(year));
    let midnight = Moment::at_midnight(Date::from_calendar_date(year, month, day).ok()?);
    Some(after(midnight, moment.seconds().rem_euclid(DAY)))
}

/// Reads what stands behind `RELATIVE`: `GT@hour@ago@1`.
pub(super) fn relative(text: &str, now: Moment) -> Option<(Operator, Moment)> {
    let [operator, unit, direction, count] = text.split('@').collect::<Vec<_>>()[..] else {
        return None;
    };
    let operator = match operator {
        "GT" => Operator::Greater,
        "GE" => Operator::GreaterOrIs,
        "LT" => Operator::Less,
        "LE" => Operator::LessOrIs,
        _ => return None,
    };
    let count: i32 = count.parse().ok()?;
    let later = match direction {
        "ago" => count.checked_neg()?,
        "ahead" => count,
        _ => return None,
    };
    Some((operator, moved(now, unit, later)?))
}

/// A day of the week or a month of the year.
pub(super) enum Part {
    Day(Weekday),
    Month(Month),
}

/// Reads what stands behind `DATEPART`: `Monday@...`, `May@...`.
pub(super) fn part(text: &str) -> Option<Part> {
    let label = text.split('@').next()?;
    let mut name = label.to_ascii_lowercase();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name.parse().map(Part::Day).or_else(|_| name.parse().map(Part::Month)).ok()
}

impl Part {
    pub(super) fn is_of(&self, date: &str) -> bool {
        Moment::parse(date).is_some_and(|moment| match self {
            Self::Day(day) => moment.date().weekday() == *day,
            Self::Month(month) => moment.date().month() == *month,
        })
    }
}

/// How far a date has to be from another one.
pub(super) struct Distance {
    seconds: i64,
    after: bool,
    more: bool,
}

/// Reads what stands behind the other column of `MORETHAN` and `LESSTHAN`: `day@after@3`.
pub(super) fn distance(text: &str, more: bool) -> Option<Distance> {
    let [unit, direction, count] = text.split('@').collect::<Vec<_>>()[..] else { return None };
    let count: i64 = count.parse().ok()?;
    let length = match unit {
        "minute" => MINUTE,
        "hour" => HOUR,
        "day" => DAY,
        "week" => 7 * DAY,
        "month" => 30 * DAY,
        "quarter" => 90 * DAY,
        "year" => 365 * DAY,
        _ => return None,
    };
    let after = match direction {
        "after" => true,
        "before" => false,
        _ => return None,
    };
    Some(Distance { seconds: length.saturating_mul(count), after, more })
}

impl Distance {
    pub(super) fn holds(&self, date: &str, other: &str) -> bool {
        let Some((date, other)) = Moment::parse(date).zip(Moment::parse(other)) else {
            return false;
        };
        let apart = date.seconds().saturating_sub(other.seconds());
        let apart = if self.after { apart } else { apart.saturating_neg() };
        if self.more { apart > self.seconds } else { (0..self.seconds).contains(&apart) }
    }
}
