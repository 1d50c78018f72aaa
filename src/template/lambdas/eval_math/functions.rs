//! What can be called in an expression, operators included (templates.md 3.1).

#![expect(clippy::float_cmp, reason = "JavaScript's comparisons are as strict")]

use std::f64::consts::PI;

use super::super::{Context, Failure};
use super::any::{defaults, ifelse, item, size, unique};
use super::math;
use super::statistics::{mean, median, mode, range};
use super::value::{Operand, Value};
use Operand::{List, Scalar};

/// A function: its name, and how it is called.
pub struct Function(&'static str, Call);

pub type Outcome<T> = Result<T, &'static str>;

/// How a function takes its arguments.
enum Call {
    /// One number; a list item by item.
    Each(fn(f64) -> Outcome<f64>),
    /// Numbers and lists of them.
    Numbers(fn(&[Operand]) -> Outcome<Operand>),
    /// As [`Call::Numbers`]; gives any value.
    Values(fn(&[Operand]) -> Outcome<Value>),
    /// Any values. Only these are called with what is not a number.
    Any(fn(&[Value]) -> Outcome<Value>),
    /// The median, which puts the list that it is of in order.
    Median,
    /// A number that the host draws.
    Random,
}

use Call::{Any, Each, Median, Numbers, Random, Values};

const FUNCTIONS: &[Function] = &[
    Function("abs", Each(|a| Ok(a.abs()))),
    Function("add", Numbers(add)),
    Function("cbrt", Each(|a| Ok(math::cbrt(a)))),
    Function("ceil", Each(|a| Ok(a.ceil()))),
    Function("clamp", Numbers(clamp)),
    Function("cos", Each(|a| Ok(math::cos(a)))),
    Function("count", Any(size)),
    Function("cube", Each(|a| Ok(math::pow(a, 3.0)))),
    Function("defaults", Any(|arguments| Ok(defaults(arguments)))),
    Function("degtorad", Each(|a| Ok(a * PI / 180.0))),
    Function("divide", Numbers(divide)),
    Function("eq", Values(|arguments| equal(arguments).map(Value::Bool))),
    Function("exp", Each(|a| Ok(math::exp(a)))),
    Function("first", Any(|arguments| Ok(item(arguments, <[_]>::first)))),
    Function("fix", Each(|a| Ok(a.trunc()))),
    Function("floor", Each(|a| Ok(a.floor()))),
    Function("gt", Values(|arguments| compare(arguments, |a, b| a > b).map(Value::Bool))),
    Function("gte", Values(|arguments| or_equal(arguments, |a, b| a > b).map(Value::Bool))),
    Function("ifelse", Any(ifelse)),
    Function("last", Any(|arguments| Ok(item(arguments, <[_]>::last)))),
    Function("log", Numbers(log)),
    Function("lt", Values(|arguments| compare(arguments, |a, b| a < b).map(Value::Bool))),
    Function("lte", Values(|arguments| or_equal(arguments, |a, b| a < b).map(Value::Bool))),
    Function("max", Numbers(max)),
    Function("mean", Numbers(mean)),
    Function("median", Median),
    Function("min", Numbers(min)),
    Function("mod", Numbers(modulo)),
    Function("mode", Values(mode)),
    Function("multiply", Numbers(|arguments| fold(arguments, |a, b| a * b))),
    Function("pi", Numbers(|_| Ok(Scalar(PI)))),
    Function("pow", Numbers(pow)),
    Function("radtodeg", Each(|a| Ok(a * 180.0 / PI))),
    Function("random", Random),
    Function("range", Numbers(range)),
    Function("round", Numbers(round)),
    Function("sin", Each(|a| Ok(math::sin(a)))),
    Function("size", Any(size)),
    Function("sqrt", Each(square_root)),
    Function("square", Each(|a| Ok(math::pow(a, 2.0)))),
    Function("subtract", Numbers(subtract)),
    Function("sum", Numbers(|arguments| Ok(sum(arguments)))),
    Function("tan", Each(|a| Ok(math::tan(a)))),
    Function("unique", Any(|arguments| Ok(unique(arguments)))),
];

/// The function of a name.
pub fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.0 == name)
}

impl Function {
    /// Calls it. Where it needs numbers and gets anything else, the result is not a number.
    pub fn call(&self, arguments: &[Value], context: &mut Context<'_>) -> Result<Value, Failure> {
        // Each item is looked at a few times.
        let sizes = arguments.iter().map(Value::size).fold(1, usize::saturating_add);
        context.work.spend(sizes.saturating_mul(4))?;
        let operands: Option<Vec<_>> = arguments.iter().map(Value::operand).collect();
        let result = match (&self.1, operands) {
            (Any(function), _) => function(arguments),
            (_, None) => return Ok(Value::Number(f64::NAN)),
            (Each(function), Some(operands)) => each(&first(&operands), function).map(Value::from),
            (Numbers(function), Some(operands)) => function(&operands).map(Value::from),
            (Values(function), Some(operands)) => function(&operands),
            (Random, Some(operands)) => random(&operands, context.host.random()).map(Value::from),
            (Median, Some(operands)) => {
                if let [Value::List(list)] = arguments
                    && let Some(variable) = &list.variable
                {
                    variable.sort(context.work)?;
                }
                median(&operands).map(Value::from)
            }
        };
        result.map_err(|error| Failure::Text(error.to_owned()))
    }
}

/// An argument that is missing is not a number.
fn nth(arguments: &[Operand], place: usize) -> Operand {
    arguments.get(place).cloned().unwrap_or(Scalar(f64::NAN))
}

fn first(arguments: &[Operand]) -> Operand {
    nth(arguments, 0)
}

/// A number; a list is what JavaScript makes a number of it.
fn scalar(operand: &Operand) -> f64 {
    match operand {
        Scalar(number) => *number,
        List(numbers) => match numbers.as_slice() {
            [] => 0.0,
            [number] => *number,
            _ => f64::NAN,
        },
    }
}

fn each(operand: &Operand, function: impl Fn(f64) -> Outcome<f64>) -> Outcome<Operand> {
    Ok(match operand {
        Scalar(number) => Scalar(function(*number)?),
        List(numbers) => {
            List(numbers.iter().map(|number| function(*number)).collect::<Outcome<_>>()?)
        }
    })
}

/// Goes through two operands side by side. A number stands beside each item of a list.
pub fn both(
    a: &Operand,
    b: &Operand,
    function: impl Fn(f64, f64) -> Outcome<f64>,
) -> Outcome<Operand> {
    Ok(match (a, b) {
        (Scalar(a), Scalar(b)) => Scalar(function(*a, *b)?),
        (List(a), List(b)) if a.len() == b.len() => {
            List(a.iter().zip(b).map(|(a, b)| function(*a, *b)).collect::<Outcome<_>>()?)
        }
        (List(_), List(_)) => return Err("Array length mismatch"),
        (List(a), Scalar(b)) => List(a.iter().map(|a| function(*a, *b)).collect::<Outcome<_>>()?),
        (Scalar(a), List(b)) => List(b.iter().map(|b| function(*a, *b)).collect::<Outcome<_>>()?),
    })
}

const NOTHING_TO_REDUCE: &str = "Reduce of empty array with no initial value";

fn fold(arguments: &[Operand], function: fn(f64, f64) -> f64) -> Outcome<Operand> {
    let (first, rest) = arguments.split_first().ok_or(NOTHING_TO_REDUCE)?;
    rest.iter().try_fold(first.clone(), |a, b| both(&a, b, |a, b| Ok(function(a, b))))
}

/// As [`fold`]; a list that is alone is folded itself.
fn fold_list(arguments: &[Operand], function: fn(f64, f64) -> f64) -> Outcome<Operand> {
    match arguments {
        [List(numbers)] => {
            numbers.iter().copied().reduce(function).map(Scalar).ok_or(NOTHING_TO_REDUCE)
        }
        _ => fold(arguments, function),
    }
}

pub fn add(arguments: &[Operand]) -> Outcome<Operand> {
    fold_list(arguments, |a, b| a + b)
}

pub fn min(arguments: &[Operand]) -> Outcome<Operand> {
    fold_list(arguments, smaller)
}

pub fn max(arguments: &[Operand]) -> Outcome<Operand> {
    fold_list(arguments, larger)
}

/// Unlike in Rust, what is not a number prevails.
fn smaller(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.min(b) }
}

fn larger(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) }
}

pub fn subtract(arguments: &[Operand]) -> Outcome<Operand> {
    both(&first(arguments), &nth(arguments, 1), |a, b| Ok(a - b))
}

const BY_ZERO: &str = "Cannot divide by 0";

fn divide(arguments: &[Operand]) -> Outcome<Operand> {
    let (a, b) = (first(arguments), nth(arguments, 1));
    // Said of an empty list as well.
    if let (List(_), Scalar(0.0)) = (&a, &b) {
        return Err(BY_ZERO);
    }
    both(&a, &b, |a, b| if b == 0.0 { Err(BY_ZERO) } else { Ok(a / b) })
}

fn modulo(arguments: &[Operand]) -> Outcome<Operand> {
    let (a, b) = (first(arguments), nth(arguments, 1));
    match (&a, &b) {
        (List(_), Scalar(0.0)) => Err(BY_ZERO),
        (Scalar(_), List(_)) => both(&a, &b, |a, b| Ok(a % b)),
        _ => both(&a, &b, |a, b| if b == 0.0 { Err(BY_ZERO) } else { Ok(a % b) }),
    }
}

fn sum(arguments: &[Operand]) -> Operand {
    Scalar(arguments.iter().fold(0.0, |total, operand| {
        total
            + match operand {
                Scalar(number) => *number,
                List(numbers) => numbers.iter().fold(0.0, |total, number| total + number),
            }
    }))
}

fn pow(arguments: &[Operand]) -> Outcome<Operand> {
    let exponent = scalar(arguments.get(1).ok_or("Missing exponent")?);
    each(&first(arguments), |a| Ok(math::pow(a, exponent)))
}

fn square_root(a: f64) -> Outcome<f64> {
    if a < 0.0 { Err("Unable find the square root of a negative number") } else { Ok(a.sqrt()) }
}

fn log(arguments: &[Operand]) -> Outcome<Operand> {
    let base = arguments.get(1).map_or(std::f64::consts::E, scalar);
    if base <= 0.0 {
        return Err("Base out of range");
    }
    each(&first(arguments), |a| {
        if a < 0.0 { Err("Must be greater than 0") } else { Ok(math::log(a) / math::log(base)) }
    })
}

/// Halves are rounded up, below zero too.
fn round(arguments: &[Operand]) -> Outcome<Operand> {
    let scale = math::pow(10.0, arguments.get(1).map_or(0.0, scalar));
    each(&first(arguments), |a| {
        let scaled = a * scale;
        let down = scaled.floor();
        let rounded = if scaled - down >= 0.5 { down + 1.0 } else { down };
        Ok(rounded / scale)
    })
}

fn clamp(arguments: &[Operand]) -> Outcome<Operand> {
    let (a, low, high) = (first(arguments), nth(arguments, 1), nth(arguments, 2));
    // In Kibana the upper bound is lost here.
    let high = match (&a, &low, high) {
        (List(_), List(_), Scalar(_)) => Scalar(f64::NAN),
        (.., high) => high,
    };
    let lengths = [&a, &low, &high].map(|operand| match operand {
        Scalar(_) => None,
        List(numbers) => Some(numbers.len()),
    });
    let length = lengths.iter().flatten().next().copied();
    if lengths.iter().flatten().any(|other| Some(*other) != length) {
        return Err("Array length mismatch");
    }
    let at = |operand: &Operand, place: usize| match operand {
        Scalar(number) => *number,
        List(numbers) => numbers.get(place).copied().unwrap_or(f64::NAN),
    };
    let clamped = |place| {
        let (low, high) = (at(&low, place), at(&high, place));
        if low > high {
            return Err("Min must be less than max");
        }
        Ok(smaller(larger(at(&a, place), low), high))
    };
    match length {
        None => clamped(0).map(Scalar),
        Some(length) => Ok(List((0..length).map(clamped).collect::<Outcome<_>>()?)),
    }
}

/// A list compares if each of its items does; a list on the right alone is a number, if it is one.
fn compare(arguments: &[Operand], holds: fn(&f64, &f64) -> bool) -> Outcome<bool> {
    match (first(arguments), arguments.get(1).ok_or("Missing b value")?) {
        (Scalar(a), Scalar(b)) => Ok(holds(&a, b)),
        (Scalar(a), b @ List(_)) => Ok(holds(&a, &scalar(b))),
        (List(a), Scalar(b)) => Ok(a.iter().all(|a| holds(a, b))),
        (List(a), List(b)) if a.len() != b.len() => Err("Array length mismatch"),
        (List(a), List(b)) => Ok(a.iter().zip(b).all(|(a, b)| holds(a, b))),
    }
}

/// Unlike what is less or greater, no number is equal to a list.
fn equal(arguments: &[Operand]) -> Outcome<bool> {
    match arguments {
        [Scalar(_), List(_), ..] => Ok(false),
        _ => compare(arguments, |a, b| a == b),
    }
}

/// Of lists either all items are equal, or none.
fn or_equal(arguments: &[Operand], holds: fn(&f64, &f64) -> bool) -> Outcome<bool> {
    Ok(equal(arguments)? || compare(arguments, holds)?)
}

fn random(arguments: &[Operand], drawn: f64) -> Outcome<Operand> {
    let (low, high) = match arguments {
        [] => (0.0, 1.0),
        [high] => (0.0, scalar(high)),
        [low, high, ..] => (scalar(low), scalar(high)),
    };
    if low > high {
        return Err("Min is greater than max");
    }
    Ok(Scalar(drawn * (high - low) + low))
}
