//! What is known of instances in two ways, or differs between them (servicenow-instance.md 11): a
//! switch each, with the likelier answer as its default.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How an instance answers where instances differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "switches are what this is")]
pub struct Switches {
    /// The version that the Elastic application reports at its health endpoint (7, 11.3).
    pub application_version: String,
    /// What an assertion's `aud` has to be (6.1, 11.5). Two pages of the vendor disagree; the one
    /// about JWT endpoints says the client ID.
    pub assertion_audience: Audience,
    /// After how many days a resolved incident is closed, 0 for never (4.2).
    pub autoclose_days: u32,
    /// Whether Basic credentials are good only with the role `snc_basic_auth_api_access`
    /// (6.4, 11.14), as newly provisioned instances can have it.
    pub basic_needs_role: bool,
    /// Whether a bad token is told `BEARER` in `WWW-Authenticate` and not `BASIC` (0, 11.13).
    pub bearer_challenge: bool,
    /// Whether `^^` stands for a caret in a value of an encoded query (3.3, 11.1). Two authors of
    /// clients say that nothing does.
    pub caret_escape: bool,
    /// Whether texts are compared with their case in encoded queries (3.1, 11.8).
    pub case_sensitive: bool,
    /// What a list of `sys_choice` is without the role `personalize_choices` (5, 10).
    pub choices_denied: ChoicesDenied,
    /// How far the clocks of client and instance may be apart, in seconds (6.1, 11.5): 300 on the
    /// old form, 0 in the newer console.
    pub clock_skew: u32,
    /// Which resolution codes there are (4.3). An instance that was upgraded has both.
    pub close_codes: CloseCodes,
    /// What becomes of a write to a closed or canceled incident (4.4, 11.10).
    pub closed_incidents: ClosedIncidents,
    /// Whether closing through the Table API needs the role `itil_admin` (4.3, 11.4).
    pub closing_needs_role: bool,
    /// Widths of the incident's columns, in characters, in place of the usual ones (4.1, 11.9).
    pub column_widths: BTreeMap<String, usize>,
    /// Whether a CORS rule fits an origin on any port (7, 11.6).
    pub cors_ignores_port: bool,
    /// Whether the data policy on closing applies to imports (1.4, 11.3).
    pub data_policy_on_import: bool,
    /// Whether filters beside `sysparm_query` are applied too (2.2, 11.12). The documentation
    /// says that they do not work together.
    pub filters_beside_query: bool,
    /// Whether trailing spaces are left out of a comparison (11.8).
    pub ignores_trailing_spaces: bool,
    /// Whether a successful import answers 200 in place of 201 (1.1, 11.2).
    pub import_answers_200: bool,
    /// What an import without one of its roles is told (1.5, 11.2).
    pub import_denied: ImportDenied,
    /// Whether the records of `insertMultiple` name columns, and not their labels (1.6).
    pub insert_multiple_by_name: bool,
    /// Whether columns of more than 255 characters keep what is longer (4.6, 11.9).
    pub keeps_long_text: bool,
    /// The largest staging row in bytes, each value as its column holds it; a larger one is
    /// skipped (1.4).
    pub maximum_row_bytes: Option<usize>,
    /// Whether the first page of a list has a `prev` link, to a negative offset (2.5, 11.7), as
    /// was recorded in 2026.
    pub negative_prev_link: bool,
    /// Whether OAuth is on, as `com.snc.platform.security.oauth.is.active` says (6.3). Where it is
    /// off, every token request is denied and every token is unknown.
    pub oauth_active: bool,
    /// The origin whose pages may call the token endpoint, as `glide.oauth.cors.allowed.origin`
    /// says (7); none by default.
    pub oauth_cors_origin: Option<String>,
    /// How much the token endpoint tells (6.3, 11.5).
    pub oauth_denials: OAuthDenials,
    /// What an import is told when a cross-scope privilege is missing (10).
    pub privilege_denied: PrivilegeDenied,
    /// Whether a preflight that no CORS rule fits is told 401 and not 200 (7, 11.6).
    pub preflight_401: bool,
    /// For how many seconds requests are not counted against a rate limit (8.1). Nodes commit
    /// their counts every 30 seconds; a limit that is exact is easier to rehearse with.
    pub rate_limit_commit: u32,
    /// Whether the Table and Import Set API need the role `snc_platform_rest_api_access` (1.5);
    /// the ACLs that demand it ship inactive.
    pub rest_api_needs_role: bool,
    /// The width of every staging column in characters, such as the 40 of sampled data
    /// (1.4, 11.3). Without, they are as wide as what they are mapped to.
    pub staging_width: Option<usize>,
    /// Whether `X-Total-Count` counts rows that the caller may not read (2.5, 11.7).
    pub total_counts_hidden: bool,
    /// Who a transform runs as (4.3, 11.4): who signs the incident, and whose rights count.
    pub transform_runs_as: RunsAs,
    /// What a query is answered that names a column which is not there (3.2, 11.12).
    pub unknown_query_field: UnknownQueryField,
    /// What an import into a table that is not there is told (1.4, 11.11).
    pub unknown_staging_table: UnknownStagingTable,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            application_version: "1.0.0".to_owned(),
            assertion_audience: Audience::default(),
            autoclose_days: 7,
            basic_needs_role: false,
            bearer_challenge: false,
            caret_escape: false,
            case_sensitive: false,
            choices_denied: ChoicesDenied::default(),
            clock_skew: 300,
            close_codes: CloseCodes::default(),
            closed_incidents: ClosedIncidents::default(),
            closing_needs_role: false,
            column_widths: BTreeMap::new(),
            cors_ignores_port: false,
            data_policy_on_import: true,
            filters_beside_query: false,
            ignores_trailing_spaces: false,
            import_answers_200: false,
            import_denied: ImportDenied::default(),
            insert_multiple_by_name: false,
            keeps_long_text: false,
            maximum_row_bytes: Some(8126),
            negative_prev_link: true,
            oauth_active: true,
            oauth_cors_origin: None,
            oauth_denials: OAuthDenials::default(),
            preflight_401: false,
            privilege_denied: PrivilegeDenied::default(),
            rate_limit_commit: 0,
            rest_api_needs_role: false,
            staging_width: None,
            total_counts_hidden: true,
            transform_runs_as: RunsAs::default(),
            unknown_query_field: UnknownQueryField::default(),
            unknown_staging_table: UnknownStagingTable::default(),
        }
    }
}

/// What an assertion's `aud` has to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Audience {
    /// The client ID.
    #[default]
    ClientId,
    /// The address of the token endpoint.
    TokenEndpoint,
    /// One of the two.
    Either,
}

/// What a list of choices is to whoever may not read them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ChoicesDenied {
    /// Empty, without a hint.
    #[default]
    Empty,
    /// 403.
    Forbidden,
}

/// Which resolution codes there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CloseCodes {
    /// Old and new ones.
    #[default]
    Both,
    /// Those of new instances.
    New,
    /// Those of old instances.
    Old,
}

/// What becomes of a write to a closed incident.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ClosedIncidents {
    /// It is written.
    #[default]
    Accept,
    /// A business rule aborts it.
    Abort,
}

/// What an import without one of its roles is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ImportDenied {
    /// 403 `Operation Failed`, as the Table API says it.
    #[default]
    OperationFailed,
    /// 403 `User Not Authorized`, as an ACL of the endpoint says it.
    NotAuthorized,
    /// 201 with an entry of status `error`.
    ErrorEntry,
}

/// How much the token endpoint tells of why there is no token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OAuthDenials {
    /// Unknown clients, users and grant types have answers of their own.
    #[default]
    Specific,
    /// It is always 401 `access_denied`.
    Uniform,
}

/// What an import is told when a cross-scope privilege is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PrivilegeDenied {
    /// 201 with an entry of status `error`.
    #[default]
    ErrorEntry,
    /// 500 `ScopeAccessNotGrantedException`.
    ServerError,
}

/// Who a transform runs as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RunsAs {
    /// The user who posted the row signs the incident; his rights on incidents do not count.
    #[default]
    Caller,
    /// The user `system` signs the incident.
    System,
    /// The user who posted the row, and only as far as he may write incidents.
    CallerWithRights,
}

/// What a query is answered that names a column which is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum UnknownQueryField {
    /// The term is dropped, and the rest of the query runs.
    #[default]
    Dropped,
    /// No rows, as with `glide.invalid_query.returns_no_rows`.
    NoRows,
    /// 403 `Insufficient rights to query records`.
    Refused,
}

/// What an import into a table that is not there is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum UnknownStagingTable {
    /// `Invalid table ...`, as the Table API says it.
    #[default]
    InvalidTable,
    /// `Invalid staging table`.
    InvalidStagingTable,
}
