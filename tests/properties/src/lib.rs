//! What must be true of every input, whoever makes it up.
//!
//! A module is a rule: its `check` panics where an input breaks it, its `inputs` are a grammar of
//! inputs worth checking, and its `pieces` are parts of such. The fuzz targets (`fuzz/`) change
//! inputs by coverage and put in pieces; the tests beside this library check inputs of the grammar,
//! and all that is in the corpus. What renders is compared with what Kibana's libraries make of it,
//! which is asked of Node ([`oracle`]).
//!
//! - [`template`]: templates and their variables
//! - [`hjson`], [`eval_math`], [`format_date`]: what stands in the lambdas' sections
//! - [`query`]: correlation IDs and other IDs, in queries and paths
//! - [`private_key`]: keys and passphrases
//! - [`params`]: the JSON of params, config and secrets
//! - [`answers`]: what an instance answers, and what an action makes of it

#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a rule is broken by a panic"
)]
// It starts programs and reads files.
#![cfg(not(target_arch = "wasm32"))]

pub mod answers;
pub mod eval_math;
pub mod format_date;
pub mod grammar;
pub mod hjson;
pub mod lambda;
pub mod memory_host;
pub mod oracle;
pub mod params;
pub mod private_key;
pub mod query;
pub mod rendered;
pub mod template;

use std::path::PathBuf;

use grammar::Texts;

/// Something that is true of every input.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The name of its fuzz target, and of the folder of its corpus.
    pub name: &'static str,
    /// Panics where the input breaks it.
    pub check: fn(&[u8]),
    /// Inputs by a grammar.
    pub inputs: fn() -> Texts,
    /// Parts of inputs, to put into others.
    pub pieces: fn() -> Texts,
    /// Whether the oracle is asked, without which it cannot be checked.
    pub needs_oracle: bool,
}

/// All there are.
pub const RULES: [Rule; 8] = [
    template::RULE,
    query::RULE,
    private_key::RULE,
    params::RULE,
    answers::RULE,
    hjson::RULE,
    eval_math::RULE,
    format_date::RULE,
];

/// A path in the project.
#[must_use]
pub fn in_project(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// An input as text: what is no UTF-8 becomes U+FFFD, as in a host.
#[must_use]
pub fn text(input: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(input)
}
