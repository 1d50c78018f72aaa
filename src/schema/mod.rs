//! How a value from outside is checked, and how a failure is worded to the host.
//!
//! What the values are, key by key, stands in [`connector`](crate::connector) and
//! [`params`](crate::params); here is only the checking they share.

mod object;
mod problem;
mod surrogates;
mod value;

pub use object::ObjectReader;
pub use problem::{Invalid, Issue, Path, Problem, Segment};
pub use value::{MAX_DEPTH, Members, Value};
