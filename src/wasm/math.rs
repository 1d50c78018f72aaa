//! The engine's own mathematics: the last digit of some functions is its choice, and an expression in
//! a template must give what it gives in Kibana.

pub use js_sys::Math::{cbrt, cos, exp, log, pow, sin, tan};
