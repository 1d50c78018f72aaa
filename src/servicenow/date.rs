//! ServiceNow's dates and JavaScript's.

use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time};

use crate::error::{Code, Error};
use crate::host::Milliseconds;

/// `2024-05-06 07:08:09`, which is UTC, as `2024-05-06T07:08:09.000Z`.
///
/// # Errors
/// `Invalid time value` (servicenow-itsm.md 3.4) for anything else.
pub fn iso_from_servicenow(text: &str) -> Result<String, Error> {
    parse(text).map(|moment| iso(moment, 0)).ok_or_else(|| {
        Error::new(Code::UnexpectedAnswer, "Invalid time value").with_remedy(
            "Look at the incident in ServiceNow: it is there, and the instance gives no date of \
                 its creation or its last change that could be read.",
        )
    })
}

/// A time as the host counts it, as `2024-05-06T07:08:09.123Z`.
///
/// # Errors
/// `Invalid time value` for a time that no calendar holds.
pub fn iso_from_milliseconds(milliseconds: Milliseconds) -> Result<String, Error> {
    OffsetDateTime::from_unix_timestamp(milliseconds.div_euclid(1000))
        .map(|moment| {
            let fraction = milliseconds.rem_euclid(1000);
            iso(PrimitiveDateTime::new(moment.date(), moment.time()), fraction)
        })
        .map_err(|_| Error::new(Code::Internal, "Invalid time value"))
}

/// `2024-05-06 07:08:09`, which is UTC, as the host counts time.
pub fn milliseconds_from_servicenow(text: &str) -> Option<Milliseconds> {
    parse(text)?.assume_utc().unix_timestamp().checked_mul(1000)
}

/// A date of HTTP, `Wed, 21 Oct 2015 07:28:00 GMT` or in one of the two old forms,
/// `Wednesday, 21-Oct-15 07:28:00 GMT` and `Wed Oct 21 07:28:00 2015`, as the host counts time
/// (RFC 9110, 5.6.7).
#[must_use]
pub fn milliseconds_from_http(text: &str) -> Option<Milliseconds> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let parts: Vec<&str> = text.split([' ', '-']).filter(|part| !part.is_empty()).collect();
    let ([_, day, month, year, time, "GMT"] | [_, month, day, time, year]) = *parts.as_slice()
    else {
        return None;
    };
    // A server that still writes two digits means this century.
    let century = if year.len() == 2 { "20" } else { "" };
    let month = MONTHS.iter().position(|name| *name == month)?.checked_add(1)?;
    milliseconds_from_servicenow(&format!("{century}{year}-{month}-{day} {time}"))
}

fn parse(text: &str) -> Option<PrimitiveDateTime> {
    let (date, time) = text.trim().split_once(' ')?;
    let [year, month, day] = numbers(date, '-')?;
    let [hour, minute, second] = numbers(time, ':')?;
    let small = |number: u16| u8::try_from(number).ok();
    let month = Month::try_from(small(month)?).ok()?;
    let date = Date::from_calendar_date(i32::from(year), month, small(day)?).ok()?;
    let time = Time::from_hms(small(hour)?, small(minute)?, small(second)?).ok()?;
    Some(PrimitiveDateTime::new(date, time))
}

fn numbers(text: &str, separator: char) -> Option<[u16; 3]> {
    let numbers: Result<Vec<u16>, _> = text.split(separator).map(str::parse).collect();
    numbers.ok()?.try_into().ok()
}

fn iso(moment: PrimitiveDateTime, milliseconds: Milliseconds) -> String {
    let (year, month, day) = moment.to_calendar_date();
    let (hour, minute, second) = moment.as_hms();
    let month = u8::from(month);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milliseconds:03}Z")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn servicenow_dates_are_utc() {
        assert_eq!(iso_from_servicenow("2024-05-06 07:08:09").unwrap(), "2024-05-06T07:08:09.000Z");
        for text in ["", "2024-13-01 00:00:00", "2024-02-30 00:00:00", "yesterday", "2024-05-06"] {
            assert_eq!(iso_from_servicenow(text).unwrap_err().text(), "Invalid time value");
        }
    }

    #[test]
    fn http_has_dates_of_its_own() {
        for text in [
            "Mon, 06 May 2024 07:08:09 GMT",
            "Monday, 06-May-24 07:08:09 GMT",
            "Mon May  6 07:08:09 2024",
        ] {
            let read = milliseconds_from_http(text);
            assert_eq!(iso_from_milliseconds(read.unwrap()).unwrap(), "2024-05-06T07:08:09.000Z");
        }
        for text in ["", "soon", "Mon, 06 Mai 2024 07:08:09 GMT", "Mon, 06 May 2024 07:08:09 CET"] {
            assert_eq!(milliseconds_from_http(text), None);
        }
    }

    #[test]
    fn the_hosts_clock_counts_from_1970() {
        assert_eq!(iso_from_milliseconds(1_714_979_289_012).unwrap(), "2024-05-06T07:08:09.012Z");
        assert_eq!(iso_from_milliseconds(-1).unwrap(), "1969-12-31T23:59:59.999Z");
        assert!(iso_from_milliseconds(Milliseconds::MAX).is_err());
    }
}
