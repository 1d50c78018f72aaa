//! Functions of many numbers: of those in one list, of several numbers, or, with a list among the
//! arguments, of each place in it.

#![expect(clippy::float_cmp, reason = "JavaScript's comparisons are as strict")]

use super::functions::{Outcome, add, both, max, min, subtract};
use super::value::Operand::{self, List, Scalar};
use super::value::Value;

pub fn range(arguments: &[Operand]) -> Outcome<Operand> {
    subtract(&[max(arguments)?, min(arguments)?])
}

#[expect(clippy::cast_precision_loss, reason = "nothing is as long as 2^53")]
pub fn mean(arguments: &[Operand]) -> Outcome<Operand> {
    let count = match arguments {
        [Scalar(number)] => return Ok(Scalar(*number)),
        [List(numbers)] => numbers.len(),
        several => several.len(),
    };
    both(&add(arguments)?, &Scalar(count as f64), |sum, count| Ok(sum / count))
}

pub fn median(arguments: &[Operand]) -> Outcome<Operand> {
    Ok(match groups(arguments)? {
        Groups::None(number) => Scalar(number),
        Groups::One(numbers) => Scalar(middle(numbers)),
        Groups::Many(lists) => lists.into_iter().map(middle).collect(),
    })
}

/// The most frequent numbers, in order.
pub fn mode(arguments: &[Operand]) -> Outcome<Value> {
    let list = |numbers| Value::from(List(most_frequent(numbers)));
    Ok(match groups(arguments)? {
        Groups::None(number) => Value::Number(number),
        Groups::One(numbers) => list(numbers),
        Groups::Many(lists) => lists.into_iter().map(list).collect(),
    })
}

/// What a function is of.
enum Groups {
    None(f64),
    One(Vec<f64>),
    Many(Vec<Vec<f64>>),
}

fn groups(arguments: &[Operand]) -> Outcome<Groups> {
    let length = match arguments {
        [Scalar(number)] => return Ok(Groups::None(*number)),
        [List(numbers)] => return Ok(Groups::One(numbers.clone())),
        several => several.iter().find_map(|argument| match argument {
            Scalar(_) => None,
            List(numbers) => Some(numbers.len()),
        }),
    };
    let at = |place: usize| {
        let number = |argument: &Operand| match argument {
            Scalar(number) => Ok(*number),
            List(numbers) if Some(numbers.len()) == length => {
                Ok(numbers.get(place).copied().unwrap_or(f64::NAN))
            }
            List(_) => Err("Array length mismatch"),
        };
        arguments.iter().map(number).collect::<Outcome<Vec<_>>>()
    };
    match length {
        None => at(0).map(Groups::One),
        Some(length) => Ok(Groups::Many((0..length).map(at).collect::<Outcome<_>>()?)),
    }
}

fn middle(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(|a, b| b.total_cmp(a));
    let half = numbers.len() / 2;
    let at = |place: Option<usize>| {
        place.and_then(|place| numbers.get(place)).copied().unwrap_or(f64::NAN)
    };
    if numbers.len().is_multiple_of(2) {
        let sum = at(Some(half)) + at(half.checked_sub(1));
        sum / 2.0
    } else {
        at(Some(half))
    }
}

fn most_frequent(mut numbers: Vec<f64>) -> Vec<f64> {
    numbers.sort_by(f64::total_cmp);
    let runs: Vec<_> = numbers.chunk_by(|a, b| a == b).collect();
    let longest = runs.iter().map(|run| run.len()).max();
    // Zero is one number.
    let first = |run: &&[f64]| run.first().map(|number| number + 0.0);
    runs.iter().filter(|run| Some(run.len()) == longest).filter_map(first).collect()
}
