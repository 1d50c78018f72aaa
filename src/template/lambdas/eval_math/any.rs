//! Functions that are called with any values, not with numbers alone.

use std::collections::HashSet;

use super::functions::Outcome;
use super::value::Value;

/// An item of a list, or what is no list itself.
pub fn item(arguments: &[Value], which: fn(&[Value]) -> Option<&Value>) -> Value {
    let Some(value) = arguments.first() else { return Value::Undefined };
    match value.items() {
        Some(items) => which(items).cloned().unwrap_or(Value::Undefined),
        None => value.clone(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "nothing is as long as 2^53")]
pub fn size(arguments: &[Value]) -> Outcome<Value> {
    let items = arguments.first().and_then(Value::items).ok_or("Must pass an array")?;
    Ok(Value::Number(items.len() as f64))
}

/// Objects and lists are all unlike each other, and what is not a number is not even like itself.
#[expect(clippy::cast_precision_loss, reason = "nothing is as long as 2^53")]
pub fn unique(arguments: &[Value]) -> Value {
    let Some(items) = arguments.first().and_then(Value::items) else {
        return Value::Number(1.0);
    };
    let mut seen = HashSet::new();
    let is_new = |item: &Value| match item {
        Value::Undefined => false,
        Value::Number(number) => {
            // Zero is one number.
            !number.is_nan() && seen.insert(format!("number {:?}", number + 0.0))
        }
        Value::Null => seen.insert("null".to_owned()),
        Value::Bool(value) => seen.insert(value.to_string()),
        Value::Text(text) => seen.insert(format!("text {text}")),
        Value::Object(_) | Value::List(_) => true,
    };
    Value::Number(items.iter().map(is_new).filter(|is_new| *is_new).count() as f64)
}

pub fn defaults(arguments: &[Value]) -> Value {
    let value = arguments.first().cloned().unwrap_or(Value::Undefined);
    let other = arguments.get(1).cloned().unwrap_or(Value::Undefined);
    let or_other = |value: Value| if value.is_nullish() { other.clone() } else { value };
    match value.items() {
        Some(items) => items.iter().cloned().map(or_other).collect(),
        None => or_other(value),
    }
}

pub fn ifelse(arguments: &[Value]) -> Outcome<Value> {
    let Some(Value::Bool(condition)) = arguments.first() else {
        return Err("Condition clause is of the wrong type");
    };
    let value = |place: usize| arguments.get(place).filter(|value| !value.is_nullish());
    let a = value(1).ok_or("Missing a value")?;
    let b = value(2).ok_or("Missing b value")?;
    Ok(if *condition { a } else { b }.clone())
}
