//! What templates.md 3.3 and 3.4 say of the lambdas that need the host, with a host that knows no
//! more than the cases need. With a real one: `tests/wasm_lambdas.rs`.

#![allow(clippy::arithmetic_side_effects, clippy::string_slice, reason = "the numbers are ours")]

use std::collections::BTreeMap;

use super::days;
use super::format_date::format_date;
use super::format_number::format_number;
use crate::template::intl::{Intl, NumberOption, ZoneTime};

/// A host in UTC.
pub struct TableIntl;

const NO_DATES: [&str; 4] = ["bad", "1782943509087", "2026-07-01T2:05:09Z", "20260701"];

impl Intl for TableIntl {
    fn parse_date(&self, text: &str) -> Option<i64> {
        match text {
            _ if NO_DATES.contains(&text) => None,
            "db-07" => Some(993_945_600_000),
            _ if text.split_once('T').is_some_and(|(_, time)| time.len() == 12) => local(text),
            _ => Some(0),
        }
    }

    fn zone_time(&self, zone: &str, milliseconds: i64) -> Option<ZoneTime> {
        let between = |start: i64, end: i64| (start..end).contains(&milliseconds);
        let (offset_seconds, long_name) = match zone {
            "UTC" => (0, "Coordinated Universal Time"),
            "Etc/GMT+2" => (-7200, "GMT-02:00"),
            "Asia/Kathmandu" => (20_700, "Nepal Time"),
            "Asia/Kolkata" => (19_800, "India Standard Time"),
            "Asia/Tokyo" => (32_400, "Japan Standard Time"),
            "America/New_York" if between(1_772_953_200_000, 1_793_512_800_000) => {
                (-14_400, "Eastern Daylight Time")
            }
            "America/New_York" => (-18_000, "Eastern Standard Time"),
            // Some hosts have no long names for these two.
            "Europe/Jersey" => (3600, "GMT+01:00"),
            "Europe/Kirov" => (10_800, "GMT+03:00"),
            "Europe/Berlin" => (7200, "Central European Summer Time"),
            "Europe/Paris" => (561, "GMT+00:09:21"),
            _ => return None,
        };
        Some(ZoneTime { offset_seconds, long_name: long_name.to_owned() })
    }

    fn format_number(
        &self,
        number: f64,
        locales: &[&str],
        options: &[(&str, NumberOption<'_>)],
    ) -> Result<String, String> {
        Err(format!("{number} {locales:?} {options:?}"))
    }
}

/// A time in the form that texts without an offset are brought into.
fn local(text: &str) -> Option<i64> {
    let (day, time) = text.split_once('T')?;
    let (month, day) = day.rsplit_once('-')?;
    let (year, month) = month.rsplit_once('-')?;
    // Of more digits than four it has a sign, and six of them.
    if !matches!(year.len(), 4 | 7) {
        return None;
    }
    let number = |text: &str| text.parse::<i64>().ok();
    let days = days::number_of(number(year)?, number(month)?, number(day)?)?;
    let minutes = (days * 24 + number(&time[..2])?) * 60 + number(&time[3..5])?;
    Some((minutes * 60 + number(&time[6..8])?) * 1000 + number(&time[9..])?)
}

fn date(text: &str) -> String {
    format_date(text, &TableIntl).unwrap_or_else(|message| message)
}

fn number(text: &str) -> String {
    format_number(text, &TableIntl).unwrap_or_else(|message| message)
}

fn cases(json: &str) -> BTreeMap<String, String> {
    serde_json::from_str(json).unwrap()
}

#[test]
fn dates_read_as_the_contract_says() {
    for json in [include_str!("cases/dates.json"), include_str!("cases/local_dates.json")] {
        for (text, output) in cases(json) {
            assert_eq!(date(&text), output, "{text}");
        }
    }
}

#[test]
fn each_token_stands_for_its_part_of_a_time() {
    for (token, output) in cases(include_str!("cases/date_tokens.json")) {
        assert_eq!(
            date(&format!("2024-03-10T16:30:05.678Z;Asia/Tokyo;{token}")),
            output,
            "{token}"
        );
    }
}

#[test]
fn years_have_any_length_and_sign() {
    let tokens = "Y YY YYYY YYYYYY y N NNNN gg GGGG";
    for (day, output) in [
        ("-000001-03-10", "-0001 -01 -0001 -000001 2 BC Before Christ -01 -0001"),
        ("0000-03-10", "0000 00 0000 +000000 1 BC Before Christ 00 0000"),
        ("+012345-03-10", "+12345 45 12345 +012345 12345 AD Anno Domini 45 12345"),
    ] {
        for time in ["T00:00Z", "T00:00"] {
            assert_eq!(date(&format!("{day}{time};;{tokens}")), output, "{day}{time}");
        }
    }
}

#[test]
fn weeks_belong_to_one_year() {
    for (day, output) in [
        ("2024-12-29", "1 2025 52 2024"),
        ("2024-12-30", "1 2025 1 2025"),
        ("2027-01-02", "1 2027 53 2026"),
        ("2023-12-31", "1 2024 52 2023"),
    ] {
        assert_eq!(date(&format!("{day}T12:00Z;;w gggg W GGGG")), output, "{day}");
    }
}

#[test]
fn brackets_and_backslashes_take_the_meaning_from_tokens() {
    for (format, output) in [
        ("[a[b]]", "[amb]"),
        ("[LT] \\LT \\\\D", "LT LT 1"),
        ("[D]D]", "D]D"),
        ("\\[D]", "[1]"),
        ("D\nD\\", "11"),
        ("\u{e9}D\u{1f600}", "\u{e9}1\u{1f600}"),
        ("gG w| ggg YYY", "gG w| 26g 262026"),
    ] {
        assert_eq!(date(&format!("2026-07-01T00:00Z;;{format}")), output, "{format}");
    }
}

#[test]
fn a_day_that_is_not_in_the_calendar_is_no_date() {
    for text in [
        "2026-02-29T00:00Z",
        "2026-13-01",
        "2026-01-01T24:01Z",
        "2026-01-01T23:60Z",
        "202613",
        "2026-366",
        "Mon, 10 Mar 2024 10:00:00 GMT",
        "Mon 10 Mar 24 10:00:00 GMT",
    ] {
        assert_eq!(date(text), format!("invalid date \"{text}\""));
    }
    assert_eq!(date("Sun, 10 Mar 2024 10:00:00 GMT;;x"), "0");
}

/// ... and not of ISO 8601 either: JavaScript's guess stands, here the beginning of 1970.
#[test]
fn what_is_not_quite_a_date_of_mail_is_what_the_host_takes_it_for() {
    for text in [
        "31 Feb 2024 10:00 UTC",
        "31 Feb 2024 10:00 +01:00",
        "31 Feb 2024 10 GMT",
        "Feb 31 2024 10:00 GMT",
        "Foo, 31 Feb 2024 10:00 +0100",
        "202607-01",
    ] {
        assert_eq!(date(&format!("{text};;x")), "0", "{text}");
    }
}

#[test]
fn offsets_and_fractions_count() {
    for (text, output) in [
        ("2026-07-01T00:30:00.9999+01:00", "06-30 23:30:00.999"),
        ("2026-07-01T23:30-0045", "07-02 00:15:00.000"),
        ("2026-07-01 00:00+02", "06-30 22:00:00.000"),
        ("2026-07-01 00:00 Z", "07-01 00:00:00.000"),
        ("2026-182T01:02", "07-01 01:02:00.000"),
        ("2026-07", "07-01 00:00:00.000"),
        ("202607", "07-01 00:00:00.000"),
        ("2026", "01-01 00:00:00.000"),
    ] {
        assert_eq!(date(&format!("{text};;MM-DD HH:mm:ss.SSS")), output, "{text}");
    }
}

#[test]
fn zones_are_spelt_as_in_the_database() {
    for zone in ["Utc", "europe/Berlin", "Europe/berlin", "Etc/Gmt+2", "PST", "SystemV/PST8PDT"] {
        assert_eq!(date(&format!("2026;{zone}")), format!("unknown timeZone value \"{zone}\""));
    }
}

#[test]
fn faults_of_numbers_are_told_as_the_contract_says() {
    for (text, output) in cases(include_str!("cases/numbers.json")) {
        if output.starts_with("invalid") {
            assert_eq!(number(&text), output, "{text}");
        }
    }
}

#[test]
fn the_host_is_asked_for_what_the_text_says() {
    for (text, asked) in [
        ("1;;", "1 [\"en-US\"] []"),
        (
            " 2 ; xx, ,de-DE ; a: 1.5x,, b : true , ; dropped",
            "\
            2 [\"xx\", \"de-DE\"] [(\"a\", Number(1.5)), (\"b\", Bool(true))]",
        ),
        ("Infinity;;c: two: three", "inf [\"en-US\"] [(\"c\", Text(\"two\"))]"),
    ] {
        assert_eq!(number(text), format!("error formatting number: {asked}"), "{text}");
    }
}
