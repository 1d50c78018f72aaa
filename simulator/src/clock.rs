//! The instance's time: it stands where it was put until somebody moves it.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

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
