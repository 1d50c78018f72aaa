//! What the native tests share.

#![allow(dead_code, reason = "each test file uses its own part")]

pub mod actions;
pub mod instance;
pub mod keys;
