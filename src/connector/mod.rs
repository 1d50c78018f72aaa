//! What a user configures: an instance and a way to sign in to it.
//!
//! `config` and `secrets` are what the host stores and hands over, key by key; `rules` are the
//! rules between them; [`Connector`] is what comes of both, ready for an action.

mod base_url;
mod config;
mod rules;
mod secrets;

pub use base_url::BaseUrl;
pub use config::Config;
pub use rules::{check_config, check_connector, check_secrets};
pub use secrets::Secrets;

use crate::error::{Code, Error};
use crate::oauth::JwtBearer;
use crate::secret::Secret;

/// Which of ServiceNow's APIs writes the incidents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    /// Rows for the Elastic application's staging table, whose transform map finds the incident.
    ImportSet,
    /// The incident table itself: the deprecated connectors, without the application.
    Table,
}

impl Api {
    /// That of a connector.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        if config.uses_table_api { Self::Table } else { Self::ImportSet }
    }
}

/// How requests are authenticated.
#[derive(Debug)]
pub enum SignIn {
    /// HTTP basic authentication.
    Basic {
        /// The user's name.
        username: String,
        /// The user's password.
        password: Secret,
    },
    /// An OAuth access token, got for a signed assertion.
    JwtBearer(JwtBearer),
}

impl SignIn {
    /// Who an incident is opened by and for.
    #[must_use]
    pub fn caller(&self) -> &str {
        match self {
            Self::Basic { username, .. } => username,
            Self::JwtBearer(grant) => &grant.user_identifier_value,
        }
    }
}

/// A connector that can be used: nothing it needs is missing.
#[derive(Debug)]
pub struct Connector {
    /// Where the instance is.
    pub base: BaseUrl,
    /// How it is written to.
    pub api: Api,
    /// Who writes.
    pub sign_in: SignIn,
}

impl Connector {
    /// Puts config and secrets together.
    ///
    /// # Errors
    /// `wrong_configuration` where the instance's URL or something that the sign-in needs is
    /// missing or empty, with the name of what it is in the remedy (servicenow-itsm.md 2.3, last
    /// row); `bad_url` where the URL is none that can be asked.
    pub fn new(config: Config, secrets: Secrets) -> Result<Self, Error> {
        let present = |key: &str, value: Option<String>| {
            value.filter(|text| !text.is_empty()).ok_or_else(|| missing(key))
        };
        let present_secret = |key: &str, value: Option<Secret>| {
            value.filter(|secret| !secret.expose().is_empty()).ok_or_else(|| missing(key))
        };
        let api = Api::of(&config);
        let base = BaseUrl::parse(&present("apiUrl", Some(config.api_url))?)?;
        let sign_in = if config.is_oauth {
            SignIn::JwtBearer(JwtBearer {
                client_id: present("clientId", config.client_id)?,
                client_secret: present_secret("clientSecret", secrets.client_secret)?,
                user_identifier_value: present(
                    "userIdentifierValue",
                    config.user_identifier_value,
                )?,
                jwt_key_id: present("jwtKeyId", config.jwt_key_id)?,
                private_key: present_secret("privateKey", secrets.private_key)?,
                private_key_password: secrets.private_key_password,
            })
        } else {
            SignIn::Basic {
                username: present("username", secrets.username)?,
                password: present_secret("password", secrets.password)?,
            }
        };
        Ok(Self { base, api, sign_in })
    }
}

fn missing(key: &str) -> Error {
    Error::new(Code::WrongConfiguration, "[Action]ServiceNow: Wrong configuration.")
        .with_remedy(format!("Edit the connector and fill in {key}."))
}
