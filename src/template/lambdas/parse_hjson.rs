//! `ParseHjson`: JSON as people write it made JSON as machines read it (templates.md 3.2).

use super::hjson::parse;
use super::{Context, Failure};
use crate::template::text_form;
use crate::template::variables::{Read, View};

/// The compact JSON of a Hjson text.
pub fn parse_hjson(text: &str, context: &mut Context<'_>) -> Result<String, Failure> {
    let value = parse(text).map_err(|error| format!("error parsing Hjson \"{text}\": {error}"))?;
    let view = View::raw(Read::from(value), context.work)?;
    Ok(text_form::json(&view, context.work)?)
}
