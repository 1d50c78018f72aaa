//! The names of time zones, and what the time in them is called.
//!
//! Whether there is a zone, and how far it is ahead of UTC, is the host's to say. The host takes
//! names in any case and some that moment does not have; and it calls the time in a zone by a long
//! name, where moment has the abbreviation of the time zone database. What comes out here is that
//! abbreviation for all times since 2015 and, in all but a few dozen zones, since 1970; before that
//! year, half of the zones are told as their offset.

use crate::template::intl::ZoneTime;

/// The names that are no `Area/Place`.
const SINGLE_NAMES: &str = "CET CST6CDT Cuba EET EST EST5EDT Egypt Eire GB GB-Eire GMT GMT+0 GMT-0 \
    GMT0 Greenwich HST Hongkong Iceland Iran Israel Jamaica Japan Kwajalein Libya MET MST MST7MDT \
    NZ NZ-CHAT Navajo PRC PST8PDT Poland Portugal ROC ROK Singapore Turkey UCT UTC Universal W-SU \
    WET Zulu";

/// The words in other names that are not spelt like a name: with one capital, the first letter.
const ODD_WORDS: &str = "ACT BajaNorte BajaSur ComodRivadavia DeNoronha DumontDUrville EasterIsland \
    GMT IN LHI McMurdo NSW UCT US UTC au es of";

/// Names that hosts know from older versions of the time zone database.
const FORMER_NAMES: [&str; 2] = ["Canada/East-Saskatchewan", "US/Pacific-New"];

/// Whether a name that the host may know is spelt as the time zone database spells it.
pub fn is_name(name: &str) -> bool {
    if !name.contains('/') {
        return SINGLE_NAMES.split(' ').any(|single| single == name);
    }
    name.split(['/', '_', '-', '+']).all(is_word) && !FORMER_NAMES.contains(&name)
}

fn is_word(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    match ODD_WORDS.split(' ').find(|odd| odd.eq_ignore_ascii_case(letters)) {
        Some(odd) => odd == letters,
        None => {
            letters.chars().next().is_none_or(|c| c.is_ascii_uppercase())
                && letters.chars().skip(1).all(|c| c.is_ascii_lowercase())
        }
    }
}

/// What the time in a zone is called, or how far it is ahead of UTC, where it has no such name.
pub fn abbreviation(zone: &str, time: &ZoneTime) -> String {
    let seconds = time.offset_seconds;
    let name = match zone {
        // The sun's own time, before there were zones.
        _ if seconds % 60 != 0 => Some("LMT"),
        _ if zone.contains("GMT") && seconds == 0 => Some("GMT"),
        // Places that share a long name with a zone, but not the abbreviation.
        "Africa/Casablanca" | "Africa/El_Aaiun" | "Antarctica/Casey" | "Antarctica/Troll"
        | "Asia/Colombo" | "Asia/Dili" | "Europe/Astrakhan" | "Europe/Saratov"
        | "Europe/Ulyanovsk" => None,
        "Europe/Minsk" if time.long_name.starts_with("Moscow") => None,
        _ => abbreviation_of(&time.long_name).or_else(|| abbreviation_in(zone, seconds)),
    };
    name.map_or_else(|| numeric(seconds), str::to_owned)
}

/// Where the host has no long name, or one for the place alone.
fn abbreviation_in(zone: &str, seconds: i32) -> Option<&'static str> {
    match (zone, seconds) {
        ("Africa/Windhoek", 7200) => Some("CAT"),
        ("Europe/Guernsey" | "Europe/Isle_of_Man" | "Europe/Jersey", 3600) => Some("BST"),
        ("Europe/Kirov" | "Europe/Volgograd", 10_800) => Some("MSK"),
        _ => None,
    }
}

/// How far ahead of UTC: `+03`, `+0545`.
fn numeric(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    let hours = minutes / 60;
    match minutes % 60 {
        0 => format!("{sign}{hours:02}"),
        minutes => format!("{sign}{hours:02}{minutes:02}"),
    }
}

fn abbreviation_of(long_name: &str) -> Option<&'static str> {
    Some(match long_name.strip_suffix(" Time")? {
        "Alaska Standard" => "AKST",
        "Alaska Daylight" => "AKDT",
        "American Samoa Standard" => "SST",
        "Atlantic Standard" => "AST",
        "Atlantic Daylight" => "ADT",
        "Australian Central Standard" => "ACST",
        "Australian Central Daylight" => "ACDT",
        "Australian Eastern Standard" => "AEST",
        "Australian Eastern Daylight" => "AEDT",
        "Australian Western Standard" => "AWST",
        "Australian Western Daylight" => "AWDT",
        "British Summer" => "BST",
        "Central Africa" => "CAT",
        "Central European Standard" => "CET",
        "Central European Summer" => "CEST",
        "Central Indonesia" => "WITA",
        "Central Standard" | "China Standard" | "Cuba Standard" | "Taipei Standard"
        | "Taiwan Standard" => "CST",
        "Central Daylight" | "Cuba Daylight" => "CDT",
        "Chamorro Standard" => "ChST",
        "Coordinated Universal" => "UTC",
        "East Africa" => "EAT",
        "Eastern European Standard" => "EET",
        "Eastern European Summer" => "EEST",
        "Eastern Indonesia" => "WIT",
        "Eastern Standard" => "EST",
        "Eastern Daylight" => "EDT",
        "Greenwich Mean" => "GMT",
        "Hawaii-Aleutian Standard" => "HST",
        "Hawaii-Aleutian Daylight" => "HDT",
        "Hong Kong Standard" => "HKT",
        "India Standard" | "Irish Standard" | "Israel Standard" => "IST",
        "Israel Daylight" => "IDT",
        "Japan Standard" => "JST",
        "Korean Standard" | "North Korea" | "Pyongyang" => "KST",
        "Mexican Pacific Standard" | "Mountain Standard" | "Yukon" => "MST",
        "Mexican Pacific Daylight" | "Mountain Daylight" => "MDT",
        "Moscow Standard" => "MSK",
        "Moscow Summer" => "MSD",
        "New Zealand Standard" => "NZST",
        "New Zealand Daylight" => "NZDT",
        "Newfoundland Standard" => "NST",
        "Newfoundland Daylight" => "NDT",
        "Pacific Standard" | "Philippine Standard" => "PST",
        "Pacific Daylight" => "PDT",
        "Pakistan Standard" => "PKT",
        "Pakistan Summer" => "PKST",
        "South Africa Standard" => "SAST",
        "West Africa" | "West Africa Standard" => "WAT",
        "Western European Standard" => "WET",
        "Western European Summer" => "WEST",
        "Western Indonesia" => "WIB",
        _ => return None,
    })
}
