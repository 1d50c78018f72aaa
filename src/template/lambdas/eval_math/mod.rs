//! `EvalMath`: an expression of Kibana's tinymath, worked out (templates.md 3.1).
//!
//! `parser` makes a tree of the expression, `scope` finds its variables, `functions` is what can be
//! called in it, operators included (`statistics` are those of many numbers, `any` those of
//! any values), and `value` is what all of them work on.

mod any;
mod functions;
mod math;
mod parser;
mod scope;
mod statistics;
mod value;

use super::{Context, Failure};
use parser::Node;
use value::Value;

/// The value of an expression as text.
pub fn eval_math(expression: &str, context: &mut Context<'_>) -> Result<String, Failure> {
    let (tree, steps) = parser::parse(expression);
    context.work.spend(steps)?;
    let value = tree.map_err(Failure::Text).and_then(|tree| {
        let value = value_of(&tree, context)?;
        Ok(value.into_text(context.work)?)
    });
    value.map_err(|failure| match failure {
        Failure::Text(error) => {
            Failure::Text(format!("error evaluating tinymath expression \"{expression}\": {error}"))
        }
        template @ Failure::Template(_) => template,
    })
}

/// Trees are never deeper than the parser lets them be.
fn value_of(node: &Node, context: &mut Context<'_>) -> Result<Value, Failure> {
    match node {
        Node::Number(number) => Ok(Value::Number(*number)),
        Node::Variable(name) => scope::variable(name, context.view, context.work)?
            .ok_or_else(|| Failure::Text(format!("Unknown variable: {name}"))),
        Node::NamedArgument(name) => Err(Failure::Text(format!(
            "Named arguments are not supported in tinymath itself, at {name}"
        ))),
        Node::Call { name, arguments } => {
            let function = functions::find(name)
                .ok_or_else(|| Failure::Text(format!("No such function: {name}")))?;
            let mut values = Vec::new();
            for argument in arguments {
                values.push(value_of(argument, context)?);
            }
            function.call(&values, context)
        }
        Node::Chain { first, rest } => {
            let mut value = value_of(first, context)?;
            for (operator, operand) in rest {
                let operand = value_of(operand, context)?;
                let Some(function) = functions::find(operator) else { continue };
                value = function.call(&[value, operand], context)?;
            }
            Ok(value)
        }
    }
}
