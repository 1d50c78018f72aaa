//! The wire: what is asked of ServiceNow, and what its answers mean.
//!
//! An answer leaves this module as a type; no flow looks into JSON.

mod answer;
mod choices;
mod client;
mod close_code;
mod column;
mod correlation_id;
mod date;
mod encode;
mod fields;
mod health;
mod import_set;
mod incident;
mod log;
mod send;
mod shown_times;
pub mod steps;
mod sys_id;
mod table;
mod transport_error;
mod work_notes;
mod write;

pub use answer::{LONGEST_WAIT, result};
pub use choices::get_choices;
pub use client::Client;
pub use close_code::{CLOSE_CODE, another_close_code};
pub use correlation_id::CorrelationId;
pub use date::{iso_from_milliseconds, iso_from_servicenow, milliseconds_from_http};
pub use encode::percent_encode;
pub use fields::get_fields;
pub use health::{Application, application};
pub use incident::{
    Incident, find_by_correlation_id, find_to_close, may_hold, read, read_any, read_record,
};
pub use log::log;
pub use send::{UNCOMPRESSED, send};
pub use sys_id::SysId;
pub use transport_error::transport_error;
pub use work_notes::{WorkNotes, work_notes};
pub use write::{
    Columns, Noted, Repetition, Which, Written, described, inserted_since, not_before_done, write,
    write_note,
};
