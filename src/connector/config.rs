//! `config`: what a connector shows to everyone who may see it.

use serde::Serialize;

use crate::schema::{Dialect, Invalid, ObjectReader, Path, Value};

/// The keys of `config` (servicenow-itsm.md 2.1), in the order in which they are stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Config {
    /// The full URL of the instance.
    pub api_url: String,
    /// Whether the connector signs in with OAuth rather than with a password.
    #[serde(rename = "isOAuth")]
    pub is_oauth: bool,
    /// OAuth: the value of the endpoint's user field that names the user, for instance an address.
    pub user_identifier_value: Option<String>,
    /// OAuth: the client's identifier.
    pub client_id: Option<String>,
    /// OAuth: the key identifier of the JWT verifier map.
    pub jwt_key_id: Option<String>,
    /// Whether this is a deprecated connector, which writes to the incident table itself. An
    /// absent key means that it is.
    pub uses_table_api: bool,
}

impl Config {
    /// Reads `config`, filling in what is absent.
    ///
    /// # Errors
    /// Every key that is unknown, missing or of another type.
    pub fn parse(value: Value, dialect: Dialect) -> Result<Self, Invalid> {
        let mut invalid = Invalid::new(dialect);
        let config = ObjectReader::new(value, Path::default(), &mut invalid).map(|mut object| {
            let config = Self {
                api_url: object.string("apiUrl"),
                is_oauth: object.boolean_or("isOAuth", false),
                user_identifier_value: object.nullable_string("userIdentifierValue"),
                client_id: object.nullable_string("clientId"),
                jwt_key_id: object.nullable_string("jwtKeyId"),
                uses_table_api: object.boolean_or("usesTableApi", true),
            };
            object.finish();
            config
        });
        invalid.into_result(config)
    }
}
