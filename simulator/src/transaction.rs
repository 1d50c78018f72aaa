//! What a request works with once it is known who sent it.

use std::sync::Arc;

use crate::clock::Moment;
use crate::configuration::Configuration;
use crate::database::Database;
use crate::ids::Ids;
use crate::roles;

/// The user that a request is made by.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) sys_id: String,
    pub(crate) user_name: String,
    pub(crate) roles: Arc<[String]>,
}

impl Caller {
    /// The user whom the instance's own jobs run as.
    pub(crate) fn system() -> Self {
        let roles = [roles::ADMIN.to_owned()].into();
        Self { sys_id: String::new(), user_name: "system".to_owned(), roles }
    }

    /// Whether the user has a role, or one that contains it.
    pub(crate) fn has(&self, role: &str) -> bool {
        self.roles.iter().any(|held| roles::contains(held, role))
    }
}

/// One request's hold on the instance.
pub(crate) struct Transaction<'a> {
    pub(crate) configuration: &'a Configuration,
    pub(crate) database: &'a mut Database,
    pub(crate) ids: &'a mut Ids,
    pub(crate) now: Moment,
    pub(crate) caller: Caller,
    /// What a test should know about the request and the client is not told.
    pub(crate) notes: &'a mut Vec<String>,
}
