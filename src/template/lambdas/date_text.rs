//! The instant that a text names. It must be a date to JavaScript and to moment, and where they
//! disagree, as on a day without a time or on 30 February, moment is right (templates.md 3.3).
//!
//! Where moment's reading would surprise anybody, JavaScript is: `+002024-03` is March 2024, and a
//! year of three digits in the form of mail is that year.

use std::ops::RangeInclusive;

use super::days;
use super::moment_format::{MONTHS, WEEKDAYS};
use super::scan::Scan;
use crate::template::intl::Intl;
use crate::template::parser::is_blank;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Reads a text without blanks around it: milliseconds since 1970.
pub fn read(text: &str, intl: &dyn Intl) -> Option<i64> {
    let by_date = intl.parse_date(text)?;
    match Iso::read(text) {
        Some(iso) => iso.milliseconds(intl),
        None if is_no_date_of_mail(text) => None,
        None => Some(by_date),
    }
}

/// A date in one of the forms of ISO 8601 that both know, its numbers not yet checked.
#[derive(Default)]
struct Iso {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    millisecond: i64,
    /// Minutes ahead of UTC. Without, it is a time of the host's.
    offset: Option<i64>,
}

impl Iso {
    fn read(text: &str) -> Option<Self> {
        let mut scan = Scan::new(text);
        let sign = scan.one_of("+-");
        let year = scan.number(if sign.is_some() { 6 } else { 4 })?;
        let year = if sign == Some('-') { year.saturating_neg() } else { year };
        let mut iso = Self { year, month: 1, day: 1, ..Self::default() };
        if sign.is_none() && scan.is_at_end() {
            return Some(iso);
        }
        let has_hyphen = scan.one_of("-").is_some();
        iso.month = scan.number(2)?;
        if sign.is_none() && scan.is_at_end() {
            return Some(iso);
        }
        if !has_hyphen {
            return None;
        }
        if let Some(last) = scan.number(1) {
            // Three digits are a day of the year.
            let day_of_year = iso.month.saturating_mul(10).saturating_add(last);
            (iso.month, iso.day) = days::month_and_day(year, day_of_year).unwrap_or_default();
        } else {
            scan.one_of("-")?;
            iso.day = scan.number(2)?;
        }
        iso.with_time(scan)
    }

    /// Adds the time that may follow a day.
    fn with_time(mut self, mut scan: Scan<'_>) -> Option<Self> {
        if !scan.is_at_end() {
            scan.one_of("T ")?;
            self.read_time(&mut scan)?;
        }
        Some(self)
    }

    fn read_time(&mut self, scan: &mut Scan<'_>) -> Option<()> {
        self.hour = scan.number(2)?;
        if scan.one_of(":").is_some() {
            self.minute = scan.number(2)?;
            if scan.one_of(":").is_some() {
                self.second = scan.number(2)?;
                if scan.one_of(".,").is_some() {
                    self.millisecond = milliseconds(scan.digits())?;
                }
            }
        }
        if let Some(sign) = scan.one_of("+-") {
            let hours = scan.number(2)?;
            let has_colon = scan.one_of(":").is_some();
            let minutes = if has_colon || !scan.is_at_end() { scan.number(2)? } else { 0 };
            let offset = hours.saturating_mul(60).saturating_add(minutes);
            self.offset = Some(if sign == '-' { offset.saturating_neg() } else { offset });
        } else if !scan.is_at_end() {
            scan.all(is_blank);
            scan.one_of("Z")?;
            self.offset = Some(0);
        }
        scan.is_at_end().then_some(())
    }

    fn milliseconds(&self, intl: &dyn Intl) -> Option<i64> {
        let Self { year, month, day, hour, minute, second, millisecond, offset } = *self;
        let days = days::number_of(year, month, day)?;
        let is_time = hour < 24 && minute < 60 && second < 60;
        let is_midnight = (hour, minute, second, millisecond) == (24, 0, 0, 0);
        if !is_time && !is_midnight {
            return None;
        }
        let Some(offset) = offset else {
            let year = match year {
                0..=9999 => format!("{year:04}"),
                _ => format!("{year:+07}"),
            };
            return intl.parse_date(&format!(
                "{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millisecond:03}"
            ));
        };
        [
            days.checked_mul(DAY)?,
            hour.checked_mul(HOUR)?,
            minute.checked_sub(offset)?.checked_mul(MINUTE)?,
            second.checked_mul(1000)?,
            millisecond,
        ]
        .into_iter()
        .try_fold(0_i64, i64::checked_add)
    }
}

/// The first three digits of a fraction. There must be one.
fn milliseconds(digits: &str) -> Option<i64> {
    let digit = |place| digits.as_bytes().get(place).copied().unwrap_or(b'0');
    let three = [*digits.as_bytes().first()?, digit(1), digit(2)];
    std::str::from_utf8(&three).ok()?.parse().ok()
}

/// Whether a date as mail has it, `Sun, 10 Mar 2024 16:30:05 +0000` or without the name of the day,
/// is none: on another day of the week, 30 February, or a minute with 61 seconds. JavaScript does
/// not look at that name, and goes on counting.
fn is_no_date_of_mail(text: &str) -> bool {
    let words: Vec<&str> = text.split(is_blank).filter(|word| !word.is_empty()).collect();
    let (weekday, words) = match words.as_slice() {
        [weekday, words @ ..] if words.len() == 5 => (Some(*weekday), words),
        words => (None, words),
    };
    let [day, month, year, time, zone] = words else { return false };
    let place = |names: &[&str], word: &str| {
        let place = names.iter().position(|name| name.get(..3) == Some(word))?;
        i64::try_from(place).ok()
    };
    let number = |word: &str, lengths: RangeInclusive<usize>| {
        let number = lengths.contains(&word.len()).then(|| Scan::new(word).number(word.len()));
        number.flatten()
    };
    let weekday =
        weekday.map(|weekday| place(&WEEKDAYS, weekday.strip_suffix(',').unwrap_or(weekday)));
    let time: Option<Vec<i64>> = time.split(':').map(|part| number(part, 2..=2)).collect();
    let (Some(day), Some(month), Some(year), Some(time)) =
        (number(day, 1..=2), place(&MONTHS, month), number(year, 2..=4), time)
    else {
        return false;
    };
    let (&[hour, minute] | &[hour, minute, _]) = time.as_slice() else { return false };
    if weekday == Some(None) || !is_mail_zone(zone) {
        return false;
    }
    let second = time.get(2).copied().unwrap_or_default();
    let year = match year {
        ..=49 => year.saturating_add(2000),
        50..=999 => year.saturating_add(1900),
        _ => year,
    };
    let Some(days) = days::number_of(year, month.saturating_add(1), day) else { return true };
    // 1970 began on a Thursday.
    let is_another_day = |weekday: i64| days.saturating_add(4).rem_euclid(7) != weekday;
    hour > 23 || minute > 59 || second > 59 || weekday.flatten().is_some_and(is_another_day)
}

/// Whether mail would have it behind a time: `GMT`, `EST`, `Z`, `+0100`.
fn is_mail_zone(zone: &str) -> bool {
    match zone.as_bytes() {
        b"UT" | b"GMT" | b"Z" | b"z" | [b'E' | b'C' | b'M' | b'P', b'S' | b'D', b'T'] => true,
        [b'+' | b'-', digits @ ..] => digits.len() == 4 && digits.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}
