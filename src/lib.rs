//! A ServiceNow ITSM connector for Kibana and hosts of its shape: every decision, no I/O.
//!
//! A rule fires and an incident is opened; it fires again and the same incident is updated; it
//! recovers and the incident is closed. An action takes this way: [`params`], [`connector`] and
//! [`schema`] make types of what the host hands over, [`actions`] runs the flow of the sub-action,
//! [`servicenow`] makes the requests and reads the answers, [`oauth`] gets the token they need, and
//! [`host`] is the only door to the outside. What goes wrong is an [`error`].
//!
//! - [`actions`]: the flows, one file a sub-action
//! - [`connector`]: what a user configures, and the rules between its parts
//! - [`error`]: code, text, remedy, retry
//! - [`host`]: all the I/O there is
//! - [`oauth`]: from a private key to an access token
//! - [`params`]: what an action is asked to do
//! - [`schema`]: how a value from outside is checked
//! - [`secret`]: texts that nobody may see
//! - [`servicenow`]: the wire
//! - [`template`]: Mustache, as a rule's params are written in it
//! - `wasm`: the only module that knows of JavaScript

#![forbid(unsafe_code)]

pub mod actions;
pub mod connector;
pub mod error;
pub mod host;
pub mod oauth;
pub mod params;
pub mod schema;
pub mod secret;
pub mod servicenow;
pub mod template;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
