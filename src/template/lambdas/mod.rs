//! The lambdas of templates: functions from a text to a text (templates.md 3).

pub mod format_date;
pub mod format_number;

mod date_text;
mod days;
mod local_time;
mod moment_format;
mod scan;
mod zones;

#[cfg(test)]
mod tests;
