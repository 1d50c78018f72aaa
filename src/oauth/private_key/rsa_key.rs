//! The RSA key itself.
pub const SHORTEST: u32 = 2048;
pub const LONGEST: u32 = 16_384;
