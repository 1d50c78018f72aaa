//! Days counted from 1970, for all years that JavaScript has: ten times more than the library's.

use time::{Date, Month};

/// After that many years the calendar repeats itself, days of the week and all.
const CYCLE_YEARS: i64 = 400;
const CYCLE_DAYS: i64 = 146_097;

/// 1970-01-01, as astronomers count.
const EPOCH: i64 = 2_440_588;

/// A day, as the same day of another cycle of 400 years, and how many years later it really is.
pub fn date_of(days: i64) -> Option<(Date, i64)> {
    let later = days.div_euclid(CYCLE_DAYS).checked_mul(CYCLE_YEARS)?;
    let day = days.rem_euclid(CYCLE_DAYS).checked_add(EPOCH)?;
    Some((Date::from_julian_day(i32::try_from(day).ok()?).ok()?, later))
}

/// The day's number, if there is such a day.
pub fn number_of(year: i64, month: i64, day: i64) -> Option<i64> {
    let small = |number: i64| u8::try_from(number).ok();
    let month = Month::try_from(small(month)?).ok()?;
    let in_cycle = i32::try_from(year.rem_euclid(CYCLE_YEARS)).ok()?;
    let date = Date::from_calendar_date(in_cycle, month, small(day)?).ok()?;
    year.div_euclid(CYCLE_YEARS)
        .checked_mul(CYCLE_DAYS)?
        .checked_add(i64::from(date.to_julian_day()))?
        .checked_sub(EPOCH)
}

/// The month and the day in it of a day of the year, if the year has it.
pub fn month_and_day(year: i64, day_of_year: i64) -> Option<(i64, i64)> {
    let in_cycle = i32::try_from(year.rem_euclid(CYCLE_YEARS)).ok()?;
    let date = Date::from_ordinal_date(in_cycle, u16::try_from(day_of_year).ok()?).ok()?;
    Some((i64::from(u8::from(date.month())), i64::from(date.day())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_two_names_of_the_same() {
        for (days, (year, month, day)) in [
            (0, (1970, 1, 1)),
            (-1, (1969, 12, 31)),
            (11_016, (2000, 2, 29)),
            (-719_528, (0, 1, 1)),
            (-719_529, (-1, 12, 31)),
            (100_000_000, (275_760, 9, 13)),
            (-100_000_000, (-271_821, 4, 20)),
        ] {
            assert_eq!(number_of(year, month, day), Some(days), "{year}");
            let (date, later) = date_of(days).unwrap();
            assert_eq!(i64::from(date.year()) + later, year);
            assert_eq!((i64::from(u8::from(date.month())), i64::from(date.day())), (month, day));
        }
        for (year, month, day) in [(2023, 2, 29), (1900, 2, 29), (2024, 13, 1), (2024, 1, 0)] {
            assert_eq!(number_of(year, month, day), None);
        }
    }
}
