//! `FormatDate`: a date in a time zone and a format of choice (templates.md 3.3).
//!
//! `date; zone; format`. [`date_text`] reads the date, [`zones`] knows which names are zones,
//! [`moment_format`] writes the date down.
//!
//! What differs from Kibana, and why: the rules of zones are the host's, which may be newer than
//! moment's, and hold beyond the year 2499, where moment's end. A day of the year is one of the
//! calendar, where a zone skipped a day too. For abbreviations of zones see [`zones`].

use super::local_time::LocalTime;
use super::{date_text, moment_format, zones};
use crate::template::intl::Intl;
use crate::template::parser::is_blank;

/// How far from 1970 JavaScript's time goes, in milliseconds.
const FARTHEST: u64 = 8_640_000_000_000_000;

const DEFAULT_ZONE: &str = "UTC";
const DEFAULT_FORMAT: &str = "YYYY-MM-DD hh:mma";

/// Formats the date that a text holds, in the zone and the format that follow it.
///
/// # Errors
/// What is wrong with the text. It stands in the output's place.
pub fn format_date(text: &str, intl: &dyn Intl) -> Result<String, String> {
    // What follows a third semicolon is dropped.
    let mut parts = text.split(';').map(|part| part.trim_matches(is_blank));
    let mut next_or = |default| parts.next().filter(|part| !part.is_empty()).unwrap_or(default);
    let (date, zone, format) = (next_or(""), next_or(DEFAULT_ZONE), next_or(DEFAULT_FORMAT));
    if date.is_empty() {
        return Err("date is empty".to_owned());
    }
    let milliseconds =
        date_text::read(date, intl).ok_or_else(|| format!("invalid date \"{date}\""))?;
    let time = zones::is_name(zone)
        .then(|| intl.zone_time(zone, milliseconds))
        .flatten()
        .and_then(|zone_time| LocalTime::new(milliseconds, zone, &zone_time))
        .ok_or_else(|| format!("unknown timeZone value \"{zone}\""))?;
    // moment shows a zone's time as an instant of UTC's, which must be one.
    if time.shown_milliseconds().unsigned_abs() > FARTHEST {
        return Ok("Invalid date".to_owned());
    }
    Ok(moment_format::format(format, &time))
}
