//! A time written down as one of moment's formats says, in English (templates.md 3.3).

use super::local_time::LocalTime;

pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub const WEEKDAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// What stands for a part of a time, in the order in which it is looked for.
#[rustfmt::skip]
const TOKENS: &[&str] = &[
    "Hmmss", "hmmss", "Hmm", "hmm", "Mo", "MMMM", "MMM", "MM", "M", "Do", "DDDo", "DDDD", "DDD",
    "DD", "D", "dddd", "ddd", "dd", "do", "d", "wo", "w|", "ww", "w", "Wo", "W|", "WW", "W", "Qo",
    "Q", "NNNNN", "NNNN", "NNN", "NN", "N", "YYYYYY", "YYYYY", "YYYY", "YY", "Y", "yyyy", "yyy",
    "yy", "yo", "y", "ggggg", "gggg", "gg", "GGGGG", "GGGG", "GG", "e", "E", "a", "A", "hh", "h",
    "HH", "H", "kk", "k", "mm", "m", "ss", "s", "SSSSSSSSS", "SSSSSSSS", "SSSSSSS", "SSSSSS",
    "SSSSS", "SSSS", "SSS", "SS", "S", "x", "X", "zz", "z", "ZZ", "Z",
];

/// What stands for a format of its own, in the same order.
const LONG_TOKENS: [(&str, &str); 10] = [
    ("LTS", "h:mm:ss A"),
    ("LT", "h:mm A"),
    ("LLLL", "dddd, MMMM D, YYYY h:mm A"),
    ("LLL", "MMMM D, YYYY h:mm A"),
    ("LL", "MMMM D, YYYY"),
    ("L", "MM/DD/YYYY"),
    ("llll", "ddd, MMM D, YYYY h:mm A"),
    ("lll", "MMM D, YYYY h:mm A"),
    ("ll", "MMM D, YYYY"),
    ("l", "M/D/YYYY"),
];

/// Writes a time down.
pub fn format(format: &str, time: &LocalTime) -> String {
    let format = expand_long_tokens(format);
    let mut written = String::new();
    let mut rest = format.as_str();
    while let Some(first) = rest.chars().next() {
        let (piece, after) = split(rest, first, token_at);
        rest = after;
        match piece {
            Piece::Token(token) => {
                written.push_str(&value(token, time).unwrap_or_else(|| literal(token).to_owned()));
            }
            Piece::Escaped(text) => written.push_str(literal(text)),
            Piece::Bracketed(text) => {
                let inside = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
                written.push_str(inside.unwrap_or(text));
            }
            // Ends of lines do not even stand for themselves.
            Piece::Other(_) => {}
        }
    }
    written
}

fn expand_long_tokens(format: &str) -> String {
    let mut expanded = String::new();
    let mut rest = format;
    while let Some(first) = rest.chars().next() {
        let (piece, after) = split(rest, first, long_token_at);
        rest = after;
        expanded.push_str(match piece {
            Piece::Token(token) => LONG_TOKENS
                .iter()
                .find(|(name, _)| *name == token)
                .map_or(token, |(_, format)| *format),
            Piece::Escaped(text) | Piece::Bracketed(text) | Piece::Other(text) => text,
        });
    }
    expanded
}

/// What a format is made of.
enum Piece<'f> {
    Token(&'f str),
    /// A backslash, and what it takes the meaning from.
    Escaped(&'f str),
    /// `[...]`
    Bracketed(&'f str),
    /// A character that is none of these.
    Other(&'f str),
}

/// The first piece of a format, and what follows it.
fn split(format: &str, first: char, token_at: fn(&str) -> Option<&str>) -> (Piece<'_>, &str) {
    let at = |length: usize| format.split_at_checked(length).unwrap_or((format, ""));
    if let Some(length) = bracketed_length(format) {
        let (text, rest) = at(length);
        return (Piece::Bracketed(text), rest);
    }
    if let Some(escaped) = format.strip_prefix('\\').and_then(token_at) {
        let (text, rest) = at(escaped.len().saturating_add(1));
        return (Piece::Escaped(text), rest);
    }
    if let Some(token) = token_at(format) {
        let (text, rest) = at(token.len());
        return (Piece::Token(text), rest);
    }
    let (text, rest) = at(first.len_utf8());
    (Piece::Other(text), rest)
}

/// As far as the last `]` before another `[`.
fn bracketed_length(format: &str) -> Option<usize> {
    let inside = format.strip_prefix('[')?;
    let inside = inside.split_once('[').map_or(inside, |(inside, _)| inside);
    inside.rfind(']')?.checked_add(2)
}

/// Any character is a token, if only one that stands for itself.
fn token_at(format: &str) -> Option<&str> {
    let is_line_end = |c| matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}');
    let known = TOKENS.iter().find(|token| format.starts_with(**token)).map(|token| token.len());
    let any = format.chars().next().filter(|c| !is_line_end(*c)).map(char::len_utf8);
    format.get(..known.or(any)?)
}

fn long_token_at(format: &str) -> Option<&str> {
    LONG_TOKENS.iter().map(|(token, _)| *token).find(|token| format.starts_with(token))
}

/// What stands for itself, without the backslash that says so.
fn literal(text: &str) -> &str {
    text.trim_start_matches('\\')
}

fn value(token: &str, time: &LocalTime) -> Option<String> {
    let name = |names: &[&'static str], place: usize| names.get(place).copied().unwrap_or_default();
    let month = || name(&MONTHS, time.month().saturating_sub(1));
    let weekday = || name(&WEEKDAYS, time.weekday());
    let start = |name: &str, length: usize| name.chars().take(length).collect();
    let is_ad = time.year() >= 1;
    Some(match token {
        "MMMM" => month().to_owned(),
        "MMM" => start(month(), 3),
        "dddd" => weekday().to_owned(),
        "ddd" => start(weekday(), 3),
        "dd" => start(weekday(), 2),
        "NNNN" => if is_ad { "Anno Domini" } else { "Before Christ" }.to_owned(),
        "N" | "NN" | "NNN" | "NNNNN" => if is_ad { "AD" } else { "BC" }.to_owned(),
        "Y" if time.year() > 9999 => format!("+{}", time.year()),
        "Y" => padded(time.year(), 4),
        "YYYYYY" if time.year() >= 0 => format!("+{}", padded(time.year(), 6)),
        "A" => if time.hour < 12 { "AM" } else { "PM" }.to_owned(),
        "a" => if time.hour < 12 { "am" } else { "pm" }.to_owned(),
        "Hmm" => format!("{}{:02}", time.hour, time.minute),
        "hmm" => format!("{}{:02}", hour_of_12(time), time.minute),
        "Hmmss" => format!("{}{:02}{:02}", time.hour, time.minute, time.second),
        "hmmss" => format!("{}{:02}{:02}", hour_of_12(time), time.minute, time.second),
        "z" | "zz" => time.zone_abbreviation.clone(),
        "Z" => offset(time.offset_seconds, ":"),
        "ZZ" => offset(time.offset_seconds, ""),
        "x" => time.milliseconds.to_string(),
        "X" => time.milliseconds.div_euclid(1000).to_string(),
        "w|" | "W|" => return None,
        "DDD" => time.day_of_year().to_string(),
        "DDDD" => padded(time.day_of_year(), 3),
        "DDDo" => ordinal(time.day_of_year()),
        _ if token.starts_with('S') => {
            start(&format!("{:03}000000", time.millisecond), token.len())
        }
        _ if token.ends_with('o') => ordinal(number(token, time)?),
        _ => padded(number(token, time)?, token.len()),
    })
}

/// The number that tokens with this first letter stand for.
fn number(token: &str, time: &LocalTime) -> Option<i64> {
    let is_short = token.len() == 2;
    let of_century = |year: i64| if is_short { year % 100 } else { year };
    let whole = |number: usize| i64::try_from(number).ok();
    Some(match token.chars().next()? {
        'M' => whole(time.month())?,
        'Q' => whole(time.month().div_ceil(3))?,
        'D' => time.day(),
        'd' | 'e' => whole(time.weekday())?,
        'E' => time.iso_weekday(),
        'w' => time.week().1,
        'W' => time.iso_week().1,
        'Y' => of_century(time.year()),
        'g' | 'G' if token.len() == 1 => return None,
        'g' => of_century(time.week().0),
        'G' => of_century(time.iso_week().0),
        // The year before the first is the first before Christ.
        'y' if time.year() < 1 => 1_i64.saturating_sub(time.year()),
        'y' => time.year(),
        'h' => hour_of_12(time),
        'k' if time.hour == 0 => 24,
        'H' | 'k' => time.hour,
        'm' => time.minute,
        's' => time.second,
        _ => return None,
    })
}

fn hour_of_12(time: &LocalTime) -> i64 {
    match time.hour % 12 {
        0 => 12,
        hour => hour,
    }
}

/// At least so many digits.
fn padded(number: i64, digits: usize) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{:0digits$}", number.unsigned_abs())
}

fn ordinal(number: i64) -> String {
    let ending = match (number % 100 / 10, number % 10) {
        (1, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn offset(seconds: i32, separator: &str) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    format!("{sign}{:02}{separator}{:02}", minutes / 60, minutes % 60)
}
