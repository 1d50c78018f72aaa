//! How a value from outside is checked, and how a failure is worded to the host.
//!
//! What the values are, key by key, stands in [`connector`](crate::connector) and
//! [`params`](crate::params); here is only the checking they share. A check notes facts
//! ([`Invalid`]); `wording` makes of them the text that a host's generation shows ([`Dialect`]).

mod depth;
mod dialect;
mod object;
mod problem;
mod surrogates;
mod value;
mod wording;

pub use dialect::Dialect;
pub use object::ObjectReader;
pub use problem::{Expected, Invalid, Issue, Path, Problem, Segment, Union};
pub use value::{MAX_DEPTH, Members, Value};
