//! Roles of users, and which contain which (servicenow-instance.md 1.5, 4.3 and 10).

pub(crate) const ADMIN: &str = "admin";
pub(crate) const BASIC_ACCESS: &str = "snc_basic_auth_api_access";
pub(crate) const CHOICES: &str = "personalize_choices";
pub(crate) const CLOSE: &str = "itil_admin";
pub(crate) const INTEGRATION: &str = "x_elas2_inc_int.integration_user";
pub(crate) const LOADER: &str = "import_set_loader";
pub(crate) const READ: &str = "sn_incident_read";
pub(crate) const REST_ACCESS: &str = "snc_platform_rest_api_access";
pub(crate) const TRANSFORMER: &str = "import_transformer";
pub(crate) const WRITE: &str = "sn_incident_write";

/// What a user has whose roles are not named: all that the connector needs.
pub(crate) const USUAL: &[&str] =
    &[BASIC_ACCESS, CHOICES, INTEGRATION, LOADER, READ, REST_ACCESS, TRANSFORMER, WRITE];

/// A role that contains others, and those.
const CONTAINED: &[(&str, &[&str])] = &[
    ("import_admin", &[LOADER, TRANSFORMER]),
    ("itil", &[READ, REST_ACCESS, WRITE]),
    (CLOSE, &[READ, REST_ACCESS, WRITE]),
];

/// Whether somebody with the role `held` has the role `wanted`.
pub(crate) fn contains(held: &str, wanted: &str) -> bool {
    let within = |(role, inner): &(&str, &[&str])| *role == held && inner.contains(&wanted);
    held == wanted || held == ADMIN || CONTAINED.iter().any(within)
}
