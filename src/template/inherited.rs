//! What a name means that an object or a list has only because every one in JavaScript has it
//! (templates.md 1.6).
//!
//! mustache.js finds such a function and calls it for the innermost view, without arguments. What it
//! would give is given, and nothing of the host's is called. What it would change in the view stays
//! as it is.

use super::TemplateError;
use super::lookup::Found;
use super::text_form;
use super::variables::View;
use super::work::Work;

/// What a container inherits under a name.
pub enum Inherited {
    /// `Object.prototype`, an object without any member of its own.
    BareObject,
    /// `Array.prototype`, which is an empty list.
    EmptyList,
    Function(&'static Function),
}

/// A function that is called for a view.
#[derive(Debug)]
pub struct Function {
    pub name: &'static str,
    /// How many parameters it has.
    pub length: u8,
    answer: Answer,
}

/// What a function gives where nothing is handed to it.
#[derive(Clone, Copy, Debug)]
enum Answer {
    Nothing,
    False,
    Number(f64),
    Text(&'static str),
    EmptyList,
    BareObject,
    /// The view that it is called for.
    View,
    /// The view as text.
    ViewText,
    /// Whether the view has a member of that name.
    Has(&'static str),
    /// The kind of the view; of a list, its own function gives the text.
    Class,
    Fails(&'static str),
}

use Answer::{
    BareObject, Class, EmptyList, Fails, False, Has, Nothing, Number, Text, View as Itself,
    ViewText,
};

const fn function(name: &'static str, length: u8, answer: Answer) -> Function {
    Function { name, length, answer }
}

/// What is asked for is the member named by an argument that is not there.
const HAS_UNDEFINED: Answer = Has("undefined");

const OF_OBJECTS: &[Function] = &[
    function("__defineGetter__", 2, Fails("Object.prototype.__defineGetter__: Expecting function")),
    function("__defineSetter__", 2, Fails("Object.prototype.__defineSetter__: Expecting function")),
    function("__lookupGetter__", 1, Nothing),
    function("__lookupSetter__", 1, Nothing),
    function("hasOwnProperty", 1, HAS_UNDEFINED),
    function("isPrototypeOf", 1, False),
    function("propertyIsEnumerable", 1, HAS_UNDEFINED),
    function("toLocaleString", 0, ViewText),
    function("toString", 0, Class),
    function("valueOf", 0, Itself),
];

const OBJECT: Function = function("Object", 1, BareObject);
const ARRAY: Function = function("Array", 1, EmptyList);

const NO_FUNCTION: Answer = Fails("undefined is not a function");
const ITERATOR: Answer = Text("[object Array Iterator]");

/// For a view that is no list, as views in sections seldom are.
const OF_LISTS: &[Function] = &[
    function("at", 1, Nothing),
    function("concat", 1, Itself),
    function("copyWithin", 2, Itself),
    function("entries", 0, ITERATOR),
    function("every", 1, NO_FUNCTION),
    function("fill", 1, Itself),
    function("filter", 1, NO_FUNCTION),
    function("find", 1, NO_FUNCTION),
    function("findIndex", 1, NO_FUNCTION),
    function("findLast", 1, NO_FUNCTION),
    function("findLastIndex", 1, NO_FUNCTION),
    function("flat", 0, EmptyList),
    function("flatMap", 1, Fails("flatMap mapper function is not callable")),
    function("forEach", 1, NO_FUNCTION),
    function("includes", 1, False),
    function("indexOf", 1, Number(-1.0)),
    function("join", 1, Text("")),
    function("keys", 0, ITERATOR),
    function("lastIndexOf", 1, Number(-1.0)),
    function("map", 1, NO_FUNCTION),
    function("pop", 0, Nothing),
    function("push", 1, Number(0.0)),
    function("reduce", 1, NO_FUNCTION),
    function("reduceRight", 1, NO_FUNCTION),
    function("reverse", 0, Itself),
    function("shift", 0, Nothing),
    function("slice", 2, EmptyList),
    function("some", 1, NO_FUNCTION),
    function("sort", 1, Itself),
    function("splice", 2, EmptyList),
    function("toLocaleString", 0, Text("")),
    function("toReversed", 0, EmptyList),
    function("toSorted", 1, EmptyList),
    function("toSpliced", 2, EmptyList),
    function("toString", 0, Class),
    function("unshift", 1, Number(0.0)),
    function("values", 0, ITERATOR),
    function("with", 2, Fails("Invalid index : undefined")),
];

/// What a list or an object inherits under a name.
pub fn find(name: &str, is_list: bool) -> Option<Inherited> {
    let find_in = |functions: &'static [Function]| {
        functions.iter().find(|function| function.name == name).map(Inherited::Function)
    };
    match (name, is_list) {
        ("__proto__", false) => Some(Inherited::BareObject),
        ("__proto__", true) => Some(Inherited::EmptyList),
        ("constructor", false) => Some(Inherited::Function(&OBJECT)),
        ("constructor", true) => Some(Inherited::Function(&ARRAY)),
        (_, false) => find_in(OF_OBJECTS),
        (_, true) => find_in(OF_LISTS).or_else(|| find_in(OF_OBJECTS)),
    }
}

impl Function {
    /// What it gives for a view.
    pub fn call(&self, view: &Found, work: &mut Work) -> Result<Found, TemplateError> {
        let is_of_lists = OF_LISTS.iter().any(|function| std::ptr::eq(function, self));
        if is_of_lists && !self.is_known_for(view, work)? {
            return Ok(Found::View(View::Hole));
        }
        let is_nothing = matches!(view, Found::View(View::Null | View::Hole));
        let takes_nothing = matches!(self.answer, Class | False | BareObject | EmptyList);
        if is_nothing && (is_of_lists || !takes_nothing) {
            return Err(TemplateError::new("Cannot convert undefined or null to object"));
        }
        Ok(Found::View(match self.answer {
            Nothing => View::Hole,
            False => View::Bool(false),
            Number(number) => View::Number(number),
            Text(text) => View::Text(text.into()),
            EmptyList => View::empty_list(),
            BareObject => return Ok(Found::BareObject),
            Itself => return Ok(view.clone()),
            ViewText => View::Text(view.clone().into_text(work)?),
            Has(name) => View::Bool(match view {
                Found::View(View::List(node) | View::Object(node)) => {
                    node.member(name, work)?.is_some()
                }
                _ => false,
            }),
            Class => match view {
                Found::View(View::List(_)) if is_of_lists => {
                    View::Text(view.clone().into_text(work)?)
                }
                _ => View::Text(format!("[object {}]", class(view)).into()),
            },
            Fails(message) => return Err(TemplateError::new(message)),
        }))
    }

    /// Whether the table knows what a function of lists makes of a view: of one that has no length.
    fn is_known_for(&self, view: &Found, work: &mut Work) -> Result<bool, TemplateError> {
        Ok(self.name == "toString"
            || match view {
                Found::View(View::Object(node)) => node.member("length", work)?.is_none(),
                Found::View(View::List(_) | View::Text(_)) => false,
                _ => true,
            })
    }
}

fn class(view: &Found) -> &'static str {
    match view {
        Found::View(View::Hole) => "Undefined",
        Found::View(View::Null) => "Null",
        Found::View(View::Bool(_)) => "Boolean",
        Found::View(View::Number(_)) => "Number",
        Found::View(View::Text(_)) => "String",
        Found::View(View::List(_)) => "Array",
        Found::View(View::Object(_)) | Found::BareObject => "Object",
        Found::Lambda(_) => "Function",
    }
}

/// The JSON of a list or an object, which Kibana lets them have as a function.
pub fn json(view: &View, work: &mut Work) -> Result<Found, TemplateError> {
    Ok(Found::View(View::Text(text_form::json(view, work)?.into())))
}
