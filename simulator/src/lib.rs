//! A ServiceNow instance to develop and test against, without I/O: a request goes in, an answer
//! comes out, and clock, seed and set-up are part of its state.
//!
//! - [`Instance`] is the whole: its state, and the way of a request to the API it is for.
//! - `http` is what goes over the wire, `refusal` the ways to say no.
//! - `accounts` and `oauth` are who may come in, `roles` what they may do.
//! - `setup` is what an instance is set up with, `steps` the set-up of the product documentation,
//!   `configuration` what of both every request looks at.
//! - `rate_limit` is how often they may ask.
//! - `api` has a file for each API: import set, table, batch, health.
//! - `database` is tables, rows and encoded queries; `incident` the rules for what is written,
//!   `plain` writes where there are none.
//! - [`faults`] is what can go wrong, and the rules by which it does.
//! - `journal` is what a test can read about the requests.
//! - `clock` and `ids` stand in for time and chance.
//! - `wasm` is the door to JavaScript, which serves the instance (`js/`).

mod accounts;
mod api;
mod clock;
mod configuration;
mod database;
pub mod faults;
mod http;
mod ids;
mod incident;
mod instance;
mod journal;
mod oauth;
mod plain;
mod rate_limit;
mod refusal;
mod roles;
mod setup;
mod steps;
mod transaction;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use clock::Milliseconds;
pub use faults::{ActiveRule, Certificate, Fault, FaultError, FaultRule};
pub use http::{Answer, Coding, End, Line, Request};
pub use instance::{Incident, Instance, StateError};
pub use journal::Entry;
pub use setup::{
    Audience, ChoiceAction, ChoicesDenied, CloseCodes, ClosedIncidents, CorsRule, EnforceMandatory,
    Grant, ImportDenied, OAuthClient, OAuthDenials, OnBefore, PrivilegeDenied, RateLimit, Resource,
    RunsAs, Setup, SetupError, Switches, TransformMap, UnknownQueryField, UnknownStagingTable,
    User, VerifierMap,
};
pub use steps::Step;
