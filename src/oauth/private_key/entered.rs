//! A private key as a form holds it, before there is a connector that it belongs to.

use super::{KeyFault, PrivateKey};
use crate::error::{Code, Error};
use crate::schema::{Dialect, Invalid, ObjectReader, Path, Value};
use crate::secret::Secret;

/// A private key's text and its passphrase, not looked at yet.
#[derive(Debug)]
pub struct EnteredKey {
    private_key: Secret,
    private_key_password: Option<Secret>,
}

impl EnteredKey {
    /// Reads `{ privateKey, privateKeyPassword }`.
    ///
    /// # Errors
    /// Every key that is unknown, missing or of another type; no value.
    pub fn parse(value: Value) -> Result<Self, Invalid> {
        let mut invalid = Invalid::new(Dialect::Zod4);
        let entered = ObjectReader::new(value, Path::default(), &mut invalid).map(|mut object| {
            let entered = Self::take(&mut object);
            object.finish();
            entered
        });
        invalid.into_result(entered)
    }

    /// Takes them out of an object that holds more.
    pub(in crate::oauth) fn take(object: &mut ObjectReader<'_>) -> Self {
        Self {
            private_key: Secret::from(object.string("privateKey")),
            private_key_password: object.nullable_string("privateKeyPassword").map(Secret::from),
        }
    }

    /// The key itself.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn open(&self) -> Result<PrivateKey, Error> {
        let key = PrivateKey::parse(&self.private_key, self.private_key_password.as_ref());
        key.map_err(Error::from)
    }
}

impl From<KeyFault> for Error {
    fn from(fault: KeyFault) -> Self {
        Self::new(Code::PrivateKey(fault.code()), fault.to_string()).with_remedy(fault.remedy())
    }
}
