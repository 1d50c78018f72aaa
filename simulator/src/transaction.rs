//! What a request works with once it is known who sent it.

use crate::clock::Moment;
use crate::database::Database;
use crate::ids::Ids;

/// The user that a request is made by.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) sys_id: String,
    pub(crate) user_name: String,
}

/// One request's hold on the instance.
pub(crate) struct Transaction<'a> {
    pub(crate) database: &'a mut Database,
    pub(crate) ids: &'a mut Ids,
    pub(crate) now: Moment,
    pub(crate) caller: Caller,
    /// What a test should know about the request and the client is not told.
    pub(crate) notes: &'a mut Vec<String>,
}
