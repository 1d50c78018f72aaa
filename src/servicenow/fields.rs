//! The text fields that an incident has on this instance.

use super::client::Call;
use super::{Client, steps};
use crate::error::{Code, Error};
use crate::host::Host;
use crate::schema::Value;

/// The text fields of `task` and `incident`, on which most of an incident's stand.
const PATH: &str = "/api/now/table/sys_dictionary\
    ?sysparm_query=name%3Dtask%5EORname%3Dincident%5Einternal_type%3Dstring\
    &active=true&array=false&read_only=false\
    &sysparm_fields=max_length,element,column_label,mandatory&sysparm_limit=10000";

/// The fields, as the instance gives them: `column_label`, `mandatory`, `max_length` and `element` of
/// each, all texts (servicenow-itsm.md 3.6).
///
/// # Errors
/// Those of the request.
pub async fn get_fields<H: Host>(client: &Client<'_, H>) -> Result<Vec<Value>, Error> {
    let listed = client.list(&Call::get_long(PATH.to_owned())).await;
    let fields = listed.map(|listed| client.shown(listed, "Fields", RIGHT));
    let fields = fields.map_err(|error| match error.code() {
        Code::Forbidden => error.with_remedy(RIGHT),
        _ => error,
    });
    fields.map_err(|error| error.within(steps::fields()))
}

const RIGHT: &str = "Give the integration user the right to read the table sys_dictionary: without it \
    nobody knows which fields there are.";
