//! An instant as the clocks and calendars of a zone show it.

use time::{Date, Duration};

use super::{days, zones};
use crate::template::intl::ZoneTime;

/// An instant in a zone.
pub struct LocalTime {
    /// Since 1970.
    pub milliseconds: i64,
    /// How far the zone is ahead of UTC.
    pub offset_seconds: i32,
    /// What the zone's time is called: `CET`.
    pub zone_abbreviation: String,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    pub millisecond: i64,
    date: Date,
    /// How many years later than `date` it is.
    later: i64,
}

impl LocalTime {
    /// An instant, given what the host knows of the zone then.
    pub fn new(milliseconds: i64, zone: &str, zone_time: &ZoneTime) -> Option<Self> {
        let offset_seconds = zone_time.offset_seconds;
        let local = i64::from(offset_seconds).checked_mul(1000)?.checked_add(milliseconds)?;
        let seconds = local.div_euclid(1000);
        let minutes = seconds.div_euclid(60);
        let hours = minutes.div_euclid(60);
        let (date, later) = days::date_of(hours.div_euclid(24))?;
        Some(Self {
            milliseconds,
            offset_seconds,
            zone_abbreviation: zones::abbreviation(zone, zone_time),
            hour: hours.rem_euclid(24),
            minute: minutes.rem_euclid(60),
            second: seconds.rem_euclid(60),
            millisecond: local.rem_euclid(1000),
            date,
            later,
        })
    }

    /// What its clocks and calendars show, as if it were UTC's, since 1970.
    pub fn shown_milliseconds(&self) -> i64 {
        self.milliseconds.saturating_add(i64::from(self.offset_seconds).saturating_mul(1000))
    }

    pub fn year(&self) -> i64 {
        self.year_of(self.date)
    }

    /// From 1.
    pub fn month(&self) -> usize {
        usize::from(u8::from(self.date.month()))
    }

    pub fn day(&self) -> i64 {
        i64::from(self.date.day())
    }

    pub fn day_of_year(&self) -> i64 {
        i64::from(self.date.ordinal())
    }

    /// From Sunday, which is 0.
    pub fn weekday(&self) -> usize {
        usize::from(self.date.weekday().number_days_from_sunday())
    }

    /// From Monday, which is 1.
    pub fn iso_weekday(&self) -> i64 {
        i64::from(self.date.weekday().number_from_monday())
    }

    /// The year and the week in it; weeks start on Sunday, the first has 1 January in it.
    pub fn week(&self) -> (i64, i64) {
        let weekday = self.date.weekday().number_days_from_sunday();
        self.week_by(weekday, 6)
    }

    /// The year and the week in it, as ISO 8601 says.
    pub fn iso_week(&self) -> (i64, i64) {
        let weekday = self.date.weekday().number_days_from_monday();
        self.week_by(weekday, 3)
    }

    /// A week is in the year that a certain day of it is in.
    fn week_by(&self, day_of_week: u8, deciding_day: u8) -> (i64, i64) {
        let away = i64::from(deciding_day).saturating_sub(i64::from(day_of_week));
        let decided = self.date.saturating_add(Duration::days(away));
        let week = decided.ordinal().saturating_sub(1) / 7;
        (self.year_of(decided), i64::from(week).saturating_add(1))
    }

    fn year_of(&self, date: Date) -> i64 {
        i64::from(date.year()).saturating_add(self.later)
    }
}
