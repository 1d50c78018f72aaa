//! JavaScript's `Date` and `Intl`, for templates.

use std::cell::RefCell;

use js_sys::{Array, Date, Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::template::intl::{Intl, NumberOption, ZoneTime};

// Imports that catch: an exception that went through the module would leave it broken.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    #[derive(Clone)]
    type DateTimeFormat;

    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locales: &str, options: &JsValue) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method, js_name = formatToParts, catch)]
    fn format_to_parts(this: &DateTimeFormat, milliseconds: f64) -> Result<Array, JsValue>;

    #[wasm_bindgen(js_namespace = Intl)]
    type NumberFormat;

    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locales: &Array, options: &JsValue) -> Result<NumberFormat, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn format(this: &NumberFormat, number: f64) -> Result<String, JsValue>;
}

/// How many zones are remembered. To make a `DateTimeFormat` takes far longer than to use it.
const MAX_ZONES: usize = 16;

thread_local! {
    /// The zones that were asked for last, the latest at the end.
    static ZONES: RefCell<Vec<(String, DateTimeFormat)>> = const { RefCell::new(Vec::new()) };
}

/// The engine that the module runs in.
pub struct HostIntl;

impl Intl for HostIntl {
    fn parse_date(&self, text: &str) -> Option<i64> {
        whole(Date::parse(text))
    }

    fn zone_time(&self, zone: &str, milliseconds: i64) -> Option<ZoneTime> {
        #[expect(clippy::cast_precision_loss, reason = "a date's milliseconds are exact")]
        let parts = zone_format(zone)?.format_to_parts(milliseconds as f64).ok()?;
        let mut clock = Clock::default();
        let mut long_name = String::new();
        for part in parts {
            let member = |key: &str| Reflect::get(&part, &key.into()).ok()?.as_string();
            let (kind, text) = (member("type")?, member("value")?);
            match kind.as_str() {
                "day" => clock.day = text.parse().ok()?,
                "hour" => clock.hour = text.parse().ok()?,
                "minute" => clock.minute = text.parse().ok()?,
                "second" => clock.second = text.parse().ok()?,
                "timeZoneName" => long_name = text,
                _ => {}
            }
        }
        Some(ZoneTime { offset_seconds: clock.ahead_of(milliseconds)?, long_name })
    }

    fn format_number(
        &self,
        number: f64,
        locales: &[&str],
        options: &[(&str, NumberOption<'_>)],
    ) -> Result<String, String> {
        let locales: Array = locales.iter().copied().map(JsValue::from_str).collect();
        let object = Object::new();
        for (key, value) in options {
            let value = match value {
                NumberOption::Number(number) => JsValue::from_f64(*number),
                NumberOption::Bool(truth) => JsValue::from_bool(*truth),
                NumberOption::Text(text) => JsValue::from_str(text),
            };
            // What an object does not take, as a text for its prototype, it would not take of the
            // host either.
            let _ = Reflect::set(&object, &JsValue::from_str(key), &value);
        }
        NumberFormat::new(&locales, &object).and_then(|format| format.format(number)).map_err(
            |thrown| {
                let message = Reflect::get(&thrown, &"message".into()).ok();
                message.and_then(|message| message.as_string()).unwrap_or_default()
            },
        )
    }
}

/// What a clock in a zone shows; of the date, only the day of the month.
#[derive(Default)]
struct Clock {
    day: u32,
    hour: i32,
    minute: i32,
    second: i32,
}

impl Clock {
    /// How many seconds the clock is ahead of UTC.
    fn ahead_of(&self, milliseconds: i64) -> Option<i32> {
        const DAY: i32 = 86_400;
        let seconds = milliseconds.div_euclid(1000);
        let day_of_month = |seconds: i64| {
            #[expect(clippy::cast_precision_loss, reason = "a date's milliseconds are exact")]
            let date = Date::new(&JsValue::from_f64(seconds.saturating_mul(1000) as f64));
            date.get_utc_date()
        };
        let before = day_of_month(seconds.saturating_sub(i64::from(DAY)));
        let after = day_of_month(seconds.saturating_add(i64::from(DAY)));
        // At the end of time no day is after.
        let is_last = after == 0 && self.day != before;
        // No zone is a whole day away.
        let days = if self.day == day_of_month(seconds) {
            0
        } else if self.day == after || is_last {
            DAY
        } else {
            DAY.checked_neg()?
        };
        let shown = self
            .hour
            .checked_mul(60)?
            .checked_add(self.minute)?
            .checked_mul(60)?
            .checked_add(self.second)?;
        let of_day = i32::try_from(seconds.rem_euclid(i64::from(DAY))).ok()?;
        days.checked_add(shown)?.checked_sub(of_day)
    }
}

fn zone_format(zone: &str) -> Option<DateTimeFormat> {
    ZONES.with_borrow_mut(|zones| {
        let remembered = zones.iter().position(|(name, _)| name == zone);
        let entry = match remembered {
            Some(place) => zones.remove(place),
            None => (zone.to_owned(), new_zone_format(zone)?),
        };
        if zones.len() >= MAX_ZONES {
            zones.remove(0);
        }
        let format = entry.1.clone();
        zones.push(entry);
        Some(format)
    })
}

fn new_zone_format(zone: &str) -> Option<DateTimeFormat> {
    let options = Object::new();
    for (key, value) in [
        ("timeZone", zone),
        ("timeZoneName", "long"),
        ("hourCycle", "h23"),
        ("day", "numeric"),
        ("hour", "numeric"),
        ("minute", "numeric"),
        ("second", "numeric"),
    ] {
        Reflect::set(&options, &key.into(), &value.into()).ok()?;
    }
    DateTimeFormat::new("en-US", &options).ok()
}

#[expect(clippy::cast_possible_truncation, reason = "a date's milliseconds are exact")]
fn whole(milliseconds: f64) -> Option<i64> {
    milliseconds.is_finite().then_some(milliseconds as i64)
}
