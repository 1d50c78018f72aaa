//! `secrets`: what a connector shows to no one.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::schema::{Dialect, Invalid, ObjectReader, Path, Value};
use crate::secret::Secret;

/// The keys of `secrets` (servicenow-itsm.md 2.2), in the order in which they are stored.
#[derive(Debug)]
pub struct Secrets {
    /// Basic authentication: the user's name.
    pub username: Option<String>,
    /// Basic authentication: the user's password.
    pub password: Option<Secret>,
    /// OAuth: the client's secret.
    pub client_secret: Option<Secret>,
    /// OAuth: the RSA private key, as PEM.
    pub private_key: Option<Secret>,
    /// OAuth: the passphrase of the private key, if it has one.
    pub private_key_password: Option<Secret>,
}

impl Secrets {
    /// Reads `secrets`, filling in what is absent.
    ///
    /// # Errors
    /// Every key that is unknown or of another type; no value.
    pub fn parse(value: Value, dialect: Dialect) -> Result<Self, Invalid> {
        let mut invalid = Invalid::new(dialect);
        let secrets = ObjectReader::new(value, Path::default(), &mut invalid).map(|mut object| {
            // In the order of the built-in type's schema: the oldest hosts report the first problem.
            let password = object.nullable_string("password").map(Secret::from);
            let username = object.nullable_string("username");
            let mut secret = |key| object.nullable_string(key).map(Secret::from);
            let secrets = Self {
                username,
                password,
                client_secret: secret("clientSecret"),
                private_key: secret("privateKey"),
                private_key_password: secret("privateKeyPassword"),
            };
            object.finish();
            secrets
        });
        invalid.into_result(secrets)
    }
}

/// For the host alone, which stores them encrypted.
impl Serialize for Secrets {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Secrets", 5)?;
        object.serialize_field("username", &self.username)?;
        for (key, secret) in [
            ("password", &self.password),
            ("clientSecret", &self.client_secret),
            ("privateKey", &self.private_key),
            ("privateKeyPassword", &self.private_key_password),
        ] {
            object.serialize_field(key, &secret.as_ref().map(Secret::expose))?;
        }
        object.end()
    }
}
