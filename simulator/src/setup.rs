//! What an instance is set up with, as it comes in. [`crate::Instance::new`] reads it into the
//! types that the instance works with, or says which part of it cannot be.

mod rate_limit;
mod switches;
mod transform_map;

use serde::{Deserialize, Serialize};

pub use self::rate_limit::{RateLimit, Resource};
pub use self::switches::{
    Audience, ChoicesDenied, CloseCodes, ClosedIncidents, ImportDenied, OAuthDenials,
    PrivilegeDenied, RunsAs, Switches, UnknownQueryField, UnknownStagingTable,
};
pub use self::transform_map::{ChoiceAction, EnforceMandatory, OnBefore, TransformMap};
use crate::clock::Milliseconds;

/// Everything that makes two instances differ.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Setup {
    /// Where all identifiers come from: the same seed, the same identifiers.
    pub seed: u64,
    /// The clock's first value.
    pub now: Milliseconds,
    /// Who may sign in.
    pub users: Vec<User>,
    /// The entries of the application registry that take JWT bearer grants.
    pub oauth_clients: Vec<OAuthClient>,
    /// How long an access token lives, in seconds.
    pub token_lifetime: u32,
    /// How long a refresh token lives, in seconds.
    pub refresh_token_lifetime: u32,
    /// Origins whose pages may call the health endpoint.
    pub cors_rules: Vec<CorsRule>,
    /// What becomes of a row of the staging table; the answer to an import has an entry for each.
    pub transform_maps: Vec<TransformMap>,
    /// Columns that a field ACL hides from everybody, each as `incident.description`: records
    /// come without them, and a query that names one is refused.
    pub unreadable_fields: Vec<String>,
    /// How many requests an hour are answered.
    pub rate_limits: Vec<RateLimit>,
    /// How the instance answers where instances differ.
    pub switches: Switches,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            seed: 0,
            now: 0,
            users: vec![User::new("elastic", "changeme")],
            oauth_clients: Vec::new(),
            token_lifetime: 1800,
            refresh_token_lifetime: 8_640_000,
            cors_rules: Vec::new(),
            transform_maps: vec![TransformMap::default()],
            unreadable_fields: Vec::new(),
            rate_limits: Vec::new(),
            switches: Switches::default(),
        }
    }
}

/// A user of the instance.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct User {
    /// The name to sign in with.
    pub user_name: String,
    /// The password to sign in with.
    pub password: String,
    /// The address, `<name>@example.com` when absent.
    #[serde(default)]
    pub email: Option<String>,
    /// What lists show, the user name when absent.
    #[serde(default)]
    pub name: Option<String>,
    /// The record's ID, made from the seed and the user name when absent.
    #[serde(default)]
    pub sys_id: Option<String>,
    /// Whether the user may sign in.
    #[serde(default = "yes")]
    pub active: bool,
    /// Whether the user was locked out, and may not sign in therefore.
    #[serde(default)]
    pub locked_out: bool,
    /// Whether the password alone is not enough (servicenow-instance.md 6.4).
    #[serde(default)]
    pub mfa: bool,
    /// What the user may do; all that the connector needs when absent.
    #[serde(default)]
    pub roles: Option<Vec<String>>,
}

impl User {
    /// An active user with the usual roles.
    #[must_use]
    pub fn new(user_name: &str, password: &str) -> Self {
        Self {
            user_name: user_name.to_owned(),
            password: password.to_owned(),
            email: None,
            name: None,
            sys_id: None,
            active: true,
            locked_out: false,
            mfa: false,
            roles: None,
        }
    }
}

/// An entry of the application registry (servicenow-instance.md 6).
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OAuthClient {
    /// The client's ID.
    pub client_id: String,
    /// The client's secret.
    pub client_secret: String,
    /// The column of `sys_user` that an assertion's `sub` is looked up in.
    #[serde(default = "email")]
    pub user_field: String,
    /// The keys that sign for the client.
    #[serde(default)]
    pub verifier_maps: Vec<VerifierMap>,
    /// Whether an assertion without `jti` is refused. One that is used twice always is.
    #[serde(default)]
    pub require_jti: bool,
    /// How the client may ask for a token; in every way when absent.
    #[serde(default)]
    pub grants: Option<Vec<Grant>>,
    /// The name of the user that the client is by itself, with client credentials.
    #[serde(default)]
    pub application_user: Option<String>,
    /// Whether the client may leave out its ID and secret beside an assertion.
    #[serde(default)]
    pub public: bool,
}

impl OAuthClient {
    /// A client without verifier maps.
    #[must_use]
    pub fn new(client_id: &str, client_secret: &str) -> Self {
        Self {
            client_id: client_id.to_owned(),
            client_secret: client_secret.to_owned(),
            user_field: email(),
            verifier_maps: Vec::new(),
            require_jti: false,
            grants: None,
            application_user: None,
            public: false,
        }
    }
}

/// A way to ask for a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Grant {
    /// With an assertion.
    JwtBearer,
    /// With a user's name and password.
    Password,
    /// With the client's own credentials.
    ClientCredentials,
    /// With a refresh token that came beside an access token.
    RefreshToken,
}

/// One key of an OAuth client.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VerifierMap {
    /// The `kid` of the assertions that this key signs.
    pub key_id: String,
    /// An X.509 certificate as PEM.
    pub certificate: String,
}

/// Which pages may call the health endpoint (servicenow-instance.md 7).
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CorsRule {
    /// `https://kibana.example.com:5601`, or `https://*.example.com`.
    pub domain: String,
    /// The methods allowed.
    #[serde(default = "only_get")]
    pub methods: Vec<String>,
    /// For how many seconds a browser may remember a preflight.
    #[serde(default)]
    pub max_age: u32,
}

/// Why an instance cannot be set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetupError(pub(crate) String);

impl std::fmt::Display for SetupError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for SetupError {}

fn yes() -> bool {
    true
}

fn email() -> String {
    "email".to_owned()
}

fn only_get() -> Vec<String> {
    vec!["GET".to_owned()]
}
