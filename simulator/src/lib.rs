//! A ServiceNow instance, without I/O.
