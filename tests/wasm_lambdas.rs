//! The lambdas that need the host, with the real one: Node's or a browser's.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a test may take for granted what it is about"
)]

use std::collections::BTreeMap;

use js_sys::{Date, Reflect};
use servicenow_itsm_connector::template::intl::Intl;
use servicenow_itsm_connector::template::lambdas::format_date::format_date;
use servicenow_itsm_connector::template::lambdas::format_number::format_number;
use servicenow_itsm_connector::wasm::intl::HostIntl;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

fn date(text: &str) -> String {
    format_date(text, &HostIntl).unwrap_or_else(|message| message)
}

fn number(text: &str) -> String {
    format_number(text, &HostIntl).unwrap_or_else(|message| message)
}

fn cases(json: &str) -> BTreeMap<String, String> {
    serde_json::from_str(json).unwrap()
}

#[wasm_bindgen_test]
fn dates_read_as_the_contract_says() {
    for (text, output) in cases(include_str!("../src/template/lambdas/cases/dates.json")) {
        assert_eq!(date(&text), output, "{text}");
    }
    for (token, output) in cases(include_str!("../src/template/lambdas/cases/date_tokens.json")) {
        assert_eq!(
            date(&format!("2024-03-10T16:30:05.678Z;Asia/Tokyo;{token}")),
            output,
            "{token}"
        );
    }
}

#[wasm_bindgen_test]
fn numbers_read_as_the_contract_says() {
    const OF_INTL: &str = "error formatting number: ";
    let is_node = Reflect::has(&js_sys::global(), &"process".into()).unwrap();
    for (text, output) in cases(include_str!("../src/template/lambdas/cases/numbers.json")) {
        // The contract has the words of Node; newer engines have others for some faults.
        if output.starts_with(OF_INTL) && !is_node {
            assert!(number(&text).len() > OF_INTL.len(), "{text}");
            assert!(number(&text).starts_with(OF_INTL), "{text}");
        } else if is_node {
            assert_eq!(number(&text), output, "{text}");
        } else {
            // Nor do all engines have the same mark between a Swiss number's thousands.
            assert_eq!(number(&text).replace('\u{2019}', "'"), output, "{text}");
        }
    }
}

#[wasm_bindgen_test]
fn a_date_without_an_offset_is_in_the_zone_of_the_process() {
    let here = Date::new_with_year_month_day_hr_min(2026, 6, 1, 22, 5).get_time();
    for text in ["2026-07-01 22:05", "2026-07-01T22:05:00.000", "1 July 2026 22:05"] {
        assert_eq!(date(&format!("{text};;x")), here.to_string(), "{text}");
    }
    // JavaScript alone would take it for UTC.
    let here = Date::new_with_year_month_day(2026, 6, 1).get_time();
    assert_eq!(date("2026-07-01;Asia/Tokyo;x"), here.to_string());
}

#[wasm_bindgen_test]
fn the_time_of_a_zone_has_the_name_of_the_database() {
    for (zone, winter, summer) in [
        ("UTC", "UTC", "UTC"),
        ("Etc/GMT", "GMT", "GMT"),
        ("Etc/GMT-3", "+03", "+03"),
        ("America/Sao_Paulo", "-03", "-03"),
        ("America/Phoenix", "MST", "MST"),
        ("America/St_Johns", "NST", "NDT"),
        ("US/Pacific", "PST", "PDT"),
        ("Europe/London", "GMT", "BST"),
        ("Europe/Dublin", "GMT", "IST"),
        ("Europe/Isle_of_Man", "GMT", "BST"),
        ("Europe/Lisbon", "WET", "WEST"),
        ("Europe/Rome", "CET", "CEST"),
        ("Europe/Kyiv", "EET", "EEST"),
        ("Europe/Moscow", "MSK", "MSK"),
        ("Europe/Minsk", "+03", "+03"),
        ("Africa/Casablanca", "+01", "+01"),
        ("Africa/Johannesburg", "SAST", "SAST"),
        ("Asia/Kathmandu", "+0545", "+0545"),
        ("Asia/Shanghai", "CST", "CST"),
        ("Asia/Jerusalem", "IST", "IDT"),
        ("Asia/Jakarta", "WIB", "WIB"),
        ("Australia/Sydney", "AEDT", "AEST"),
        ("Australia/Lord_Howe", "+11", "+1030"),
        ("Pacific/Auckland", "NZDT", "NZST"),
        ("Pacific/Marquesas", "-0930", "-0930"),
        ("Pacific/Pago_Pago", "SST", "SST"),
    ] {
        assert_eq!(date(&format!("2024-01-15T12:00Z;{zone};z")), winter, "{zone}");
        assert_eq!(date(&format!("2024-07-15T12:00Z;{zone};z")), summer, "{zone}");
    }
}

#[wasm_bindgen_test]
fn clocks_are_right_at_every_hour_of_every_day_of_a_month() {
    for (zone, hours_ahead) in [("Etc/GMT+12", -12_i32), ("Etc/GMT-14", 14), ("UTC", 0)] {
        for hour in (0..31 * 24).step_by(5) {
            let zone_time = HostIntl.zone_time(zone, 1_706_745_600_000 + hour * 3_600_000).unwrap();
            assert_eq!(zone_time.offset_seconds, hours_ahead * 3600, "{zone} {hour}");
        }
    }
}

#[wasm_bindgen_test]
fn the_first_and_the_last_instant_there_are_can_be_told() {
    // Beyond them there is nothing, whatever a zone's clocks would show.
    for (milliseconds, ahead, behind) in
        [(-8.64e15, "09:00", "Invalid date"), (8.64e15, "Invalid date", "15:00")]
    {
        let text = Date::new(&JsValue::from_f64(milliseconds)).to_iso_string();
        let text = String::from(text);
        assert_eq!(date(&format!("{text};;x")), milliseconds.to_string());
        assert_eq!(date(&format!("{text};Etc/GMT-9;HH:mm")), ahead, "{text}");
        assert_eq!(date(&format!("{text};Etc/GMT+9;HH:mm")), behind, "{text}");
    }
}

#[wasm_bindgen_test]
fn names_that_only_the_host_takes_for_zones_are_refused() {
    for zone in ["utc", "europe/rome", "Europe/ROME", "PST", "+02:00", "Etc/GMT+15", "No/Where"] {
        assert_eq!(date(&format!("2026;{zone}")), format!("unknown timeZone value \"{zone}\""));
    }
}

#[wasm_bindgen_test]
fn more_zones_than_are_remembered_stay_right() {
    for _ in 0..2 {
        for hours in 1..=14 {
            for (sign, shown) in [('-', '+'), ('+', '-')] {
                if sign == '-' || hours <= 12 {
                    let zone = format!("Etc/GMT{sign}{hours}");
                    assert_eq!(date(&format!("2026;{zone};ZZ")), format!("{shown}{hours:02}00"));
                }
            }
        }
    }
}
