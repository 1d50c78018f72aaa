//! The tables of an instance and their columns (servicenow-instance.md 4.1 and 5).

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    /// A choice stored as text.
    Choice,
    /// A choice stored as a number.
    Level,
    Boolean,
    Number,
    DateTime,
    /// The `sys_id` of a record of that table.
    Reference(&'static str),
    /// Entries that pile up in `sys_journal_field`; the column itself reads as empty.
    Journal,
    Id,
}

/// A column of a table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) kind: Kind,
    /// Longer texts are cut to this many characters.
    pub(crate) width: usize,
    /// The table that brings the column: `task` for what every task has.
    pub(crate) origin: &'static str,
}

const fn column(
    origin: &'static str,
    name: &'static str,
    label: &'static str,
    kind: Kind,
    width: usize,
) -> Column {
    Column { name, label, kind, width, origin }
}

const fn task(name: &'static str, label: &'static str, kind: Kind, width: usize) -> Column {
    column("task", name, label, kind, width)
}

const fn incident(name: &'static str, label: &'static str, kind: Kind, width: usize) -> Column {
    column("incident", name, label, kind, width)
}

const fn other(name: &'static str, kind: Kind, width: usize) -> Column {
    column("", name, name, kind, width)
}

const fn text(name: &'static str) -> Column {
    other(name, Kind::Text, 100)
}

const USER: Kind = Kind::Reference("sys_user");

const INCIDENT: &[Column] = &[
    task("active", "Active", Kind::Boolean, 40),
    task("approval", "Approval", Kind::Choice, 40),
    task("assigned_to", "Assigned to", USER, 32),
    task("assignment_group", "Assignment group", Kind::Reference("sys_user_group"), 32),
    incident("caller_id", "Caller", USER, 32),
    incident("category", "Category", Kind::Choice, 40),
    incident("close_code", "Resolution code", Kind::Choice, 40),
    task("close_notes", "Close notes", Kind::Text, 4000),
    task("closed_at", "Closed", Kind::DateTime, 40),
    task("closed_by", "Closed by", USER, 32),
    task("cmdb_ci", "Configuration item", Kind::Reference("cmdb_ci"), 32),
    task("comments", "Additional comments", Kind::Journal, 4000),
    task("company", "Company", Kind::Reference("core_company"), 32),
    task("contact_type", "Contact type", Kind::Choice, 40),
    task("correlation_display", "Correlation display", Kind::Text, 100),
    task("correlation_id", "Correlation ID", Kind::Text, 100),
    task("description", "Description", Kind::Text, 4000),
    task("escalation", "Escalation", Kind::Level, 40),
    incident("hold_reason", "On hold reason", Kind::Level, 40),
    task("impact", "Impact", Kind::Level, 40),
    incident("incident_state", "Incident state", Kind::Level, 40),
    task("location", "Location", Kind::Reference("cmn_location"), 32),
    incident("notify", "Notify", Kind::Level, 40),
    task("number", "Number", Kind::Text, 40),
    task("opened_at", "Opened", Kind::DateTime, 40),
    task("opened_by", "Opened by", USER, 32),
    task("priority", "Priority", Kind::Level, 40),
    incident("resolved_at", "Resolved", Kind::DateTime, 40),
    incident("resolved_by", "Resolved by", USER, 32),
    incident("severity", "Severity", Kind::Level, 40),
    task("short_description", "Short description", Kind::Text, 160),
    task("state", "State", Kind::Level, 40),
    incident("subcategory", "Subcategory", Kind::Choice, 40),
    task("sys_class_name", "Task type", Kind::Id, 80),
    task("sys_created_by", "Created by", Kind::Id, 40),
    task("sys_created_on", "Created", Kind::DateTime, 40),
    task("sys_domain", "Domain", Kind::Id, 32),
    task("sys_id", "Sys ID", Kind::Id, 32),
    task("sys_mod_count", "Updates", Kind::Number, 40),
    task("sys_updated_by", "Updated by", Kind::Id, 40),
    task("sys_updated_on", "Updated", Kind::DateTime, 40),
    task("upon_approval", "Upon approval", Kind::Choice, 40),
    task("upon_reject", "Upon reject", Kind::Choice, 40),
    task("urgency", "Urgency", Kind::Level, 40),
    task("work_notes", "Work notes", Kind::Journal, 4000),
];

const INCIDENT_INDEXES: &[&str] = &["correlation_id", "number", "state", "sys_id"];

const SYS_USER: &[Column] = &[
    other("active", Kind::Boolean, 40),
    text("email"),
    other("locked_out", Kind::Boolean, 40),
    text("name"),
    other("sys_id", Kind::Id, 32),
    text("user_name"),
];

const NAMED: &[Column] = &[text("name"), other("sys_id", Kind::Id, 32)];

const SYS_CHOICE: &[Column] = &[
    text("dependent_value"),
    text("element"),
    text("hint"),
    other("inactive", Kind::Boolean, 40),
    text("label"),
    text("language"),
    text("name"),
    other("sequence", Kind::Number, 40),
    other("sys_id", Kind::Id, 32),
    other("value", Kind::Text, 40),
];

const SYS_DICTIONARY: &[Column] = &[
    other("active", Kind::Boolean, 40),
    other("array", Kind::Boolean, 40),
    text("column_label"),
    text("element"),
    text("internal_type"),
    other("mandatory", Kind::Boolean, 40),
    other("max_length", Kind::Number, 40),
    text("name"),
    other("read_only", Kind::Boolean, 40),
    other("sys_id", Kind::Id, 32),
];

const SYS_JOURNAL_FIELD: &[Column] = &[
    text("element"),
    other("element_id", Kind::Id, 32),
    text("name"),
    text("sys_created_by"),
    other("sys_created_on", Kind::DateTime, 40),
    other("sys_id", Kind::Id, 32),
    other("value", Kind::Text, 4000),
];

/// A table.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// The column that stands for a record where it is referred to.
    pub(crate) display: &'static str,
    /// Columns by which records are looked up so often that they are worth an index.
    pub(crate) indexes: &'static [&'static str],
    pub(crate) columns: &'static [Column],
}

const fn table(
    name: &'static str,
    display: &'static str,
    indexes: &'static [&'static str],
    columns: &'static [Column],
) -> Table {
    Table { name, display, indexes, columns }
}

/// Every table.
pub(crate) const TABLES: &[Table] = &[
    table("cmdb_ci", "name", &[], NAMED),
    table("cmn_location", "name", &[], NAMED),
    table("core_company", "name", &[], NAMED),
    table("incident", "number", INCIDENT_INDEXES, INCIDENT),
    table("sys_choice", "label", &["element"], SYS_CHOICE),
    table("sys_dictionary", "column_label", &[], SYS_DICTIONARY),
    table("sys_journal_field", "element", &["element_id"], SYS_JOURNAL_FIELD),
    table("sys_user", "name", &[], SYS_USER),
    table("sys_user_group", "name", &[], NAMED),
];

/// A table's name as it is written here.
pub(crate) fn name_of(name: &str) -> Option<&'static str> {
    TABLES.iter().find(|table| table.name == name).map(|table| table.name)
}

/// A table's columns, none for a table that is not there.
pub(crate) fn columns(name: &str) -> &'static [Column] {
    TABLES.iter().find(|table| table.name == name).map_or(&[], |table| table.columns)
}

/// A column by its name.
pub(crate) fn column_of(table: &str, name: &str) -> Option<&'static Column> {
    columns(table).iter().find(|column| column.name == name)
}
