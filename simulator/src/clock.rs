//! The instance's time: it stands where it was put until somebody moves it.

use serde::{Deserialize, Serialize};
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time};

/// Milliseconds since 1970, UTC.
pub type Milliseconds = i64;

/// The last millisecond that `YYYY-MM-DD` can write.
const LATEST: Milliseconds = 253_402_300_799_999;

/// A moment between 1970 and 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "Milliseconds")]
pub(crate) struct Moment(Milliseconds);

impl From<Milliseconds> for Moment {
    fn from(milliseconds: Milliseconds) -> Self {
        Self::new(milliseconds)
    }
}

impl Moment {
    /// The nearest moment that a calendar with four-digit years holds.
    pub(crate) fn new(milliseconds: Milliseconds) -> Self {
        Self(milliseconds.clamp(0, LATEST))
    }

    pub(crate) fn milliseconds(self) -> Milliseconds {
        self.0
    }

    pub(crate) fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    pub(crate) fn plus(self, milliseconds: Milliseconds) -> Self {
        Self::new(self.0.saturating_add(milliseconds))
    }

    pub(crate) fn minus_days(self, days: i64) -> Self {
        Self::new(self.0.saturating_sub(days.saturating_mul(86_400_000)))
    }

    /// The moment that [`Self::text`] writes.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (date, clock) = text.split_once(' ')?;
        let [year, month, day] = date.split('-').collect::<Vec<_>>()[..] else { return None };
        let [hour, minute, second] = clock.split(':').collect::<Vec<_>>()[..] else { return None };
        let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
        let date = Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?;
        let clock =
            Time::from_hms(hour.parse().ok()?, minute.parse().ok()?, second.parse().ok()?).ok()?;
        let seconds = PrimitiveDateTime::new(date, clock).assume_utc().unix_timestamp();
        Some(Self::new(seconds.saturating_mul(1_000)))
    }

    pub(crate) fn at_midnight(date: Date) -> Self {
        let seconds = date.midnight().assume_utc().unix_timestamp();
        Self::new(seconds.saturating_mul(1_000))
    }

    pub(crate) fn date(self) -> Date {
        OffsetDateTime::from_unix_timestamp(self.seconds())
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
            .date()
    }

    /// Days since 1970.
    pub(crate) fn day(self) -> i64 {
        self.0.div_euclid(86_400_000)
    }

    /// `2024-05-06 07:08:09`.
    pub(crate) fn text(self) -> String {
        let moment = OffsetDateTime::from_unix_timestamp(self.seconds())
            .unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let (year, month, day) = moment.to_calendar_date();
        let (hour, minute, second) = moment.to_hms();
        let month = u8::from(month);
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}
