//! What only the host's JavaScript engine knows: time zones, what it takes for a date, and how
//! numbers read in a language.

/// The door to JavaScript's `Date` and `Intl`.
pub trait Intl {
    /// `Date.parse`: milliseconds since 1970, if the text is a date. A text without an offset is in
    /// the zone of the host's process.
    fn parse_date(&self, text: &str) -> Option<i64>;

    /// What clocks of a zone show at an instant. Nothing for a zone that the host does not know.
    fn zone_time(&self, zone: &str, milliseconds: i64) -> Option<ZoneTime>;

    /// `new Intl.NumberFormat(locales, options).format(number)`.
    ///
    /// # Errors
    /// The message of what was thrown.
    fn format_number(
        &self,
        number: f64,
        locales: &[&str],
        options: &[(&str, NumberOption<'_>)],
    ) -> Result<String, String>;
}

/// A zone at an instant.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneTime {
    /// How many seconds the zone is ahead of UTC. Before there were time zones these were no whole
    /// minutes.
    pub offset_seconds: i32,
    /// The zone's long name in American English, as "Central European Summer Time".
    pub long_name: String,
}

/// The value of an option of `Intl.NumberFormat`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NumberOption<'t> {
    /// As in `maximumFractionDigits: 2`.
    Number(f64),
    /// As in `useGrouping: false`.
    Bool(bool),
    /// As in `style: percent`.
    Text(&'t str),
}
