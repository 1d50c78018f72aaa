//! The functions whose last digit is the engine's choice: JavaScript's own where there is one, so
//! that an expression gives what it gives in Kibana.

#[cfg(target_arch = "wasm32")]
pub use crate::wasm::math::{cbrt, cos, exp, log, pow, sin, tan};

#[cfg(not(target_arch = "wasm32"))]
pub use native::{cbrt, cos, exp, log, pow, sin, tan};

#[cfg(not(target_arch = "wasm32"))]
mod native {
    pub fn cbrt(a: f64) -> f64 {
        a.cbrt()
    }

    pub fn cos(a: f64) -> f64 {
        a.cos()
    }

    pub fn exp(a: f64) -> f64 {
        a.exp()
    }

    pub fn log(a: f64) -> f64 {
        a.ln()
    }

    /// In JavaScript a base of one and an exponent without end make nothing that is a number.
    pub fn pow(base: f64, exponent: f64) -> f64 {
        if exponent.is_nan() || (matches!(base, 1.0 | -1.0) && exponent.is_infinite()) {
            f64::NAN
        } else {
            base.powf(exponent)
        }
    }

    pub fn sin(a: f64) -> f64 {
        a.sin()
    }

    pub fn tan(a: f64) -> f64 {
        a.tan()
    }
}
