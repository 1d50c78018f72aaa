//! The REST APIs of an instance, one file each.

pub(crate) mod batch;
pub(crate) mod cors;
pub(crate) mod health;
pub(crate) mod import_set;
mod pages;
mod record;
pub(crate) mod table;
mod values;
