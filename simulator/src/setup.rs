//! What an instance is set up with, as it comes in. [`crate::Instance::new`] reads it into the
//! types that the instance works with, or says which part of it cannot be.

use serde::Deserialize;

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
    /// Origins whose pages may call the health endpoint.
    pub cors_rules: Vec<CorsRule>,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            seed: 0,
            now: 0,
            users: vec![User::new("elastic", "changeme")],
            oauth_clients: Vec::new(),
            token_lifetime: 1800,
            cors_rules: Vec::new(),
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
}

impl User {
    /// An active user.
    #[must_use]
    pub fn new(user_name: &str, password: &str) -> Self {
        Self {
            user_name: user_name.to_owned(),
            password: password.to_owned(),
            email: None,
            name: None,
            sys_id: None,
            active: true,
        }
    }
}

/// An endpoint for clients that sign in with a JWT (servicenow-instance.md 6.1).
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
#[derive(Clone, Deserialize)]
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
