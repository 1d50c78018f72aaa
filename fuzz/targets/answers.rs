#![no_main]

servicenow_itsm_fuzz::target!(answers);
