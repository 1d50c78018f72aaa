//! A ServiceNow ITSM connector: every decision, no I/O.
