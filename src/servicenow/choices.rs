//! The values that a field can have on this instance.

use super::client::Call;
use super::{Client, percent_encode, steps};
use crate::error::{Code, Error};
use crate::host::Host;
use crate::schema::Value;

/// More than any instance has for the fields of an incident.
const LIMIT: u16 = 10_000;

/// The choices of some fields of an incident, as the instance gives them: `label`, `value`,
/// `dependent_value` and `element` of each (servicenow-itsm.md 3.6).
///
/// # Errors
/// Those of the request; `blank_identifier` for a name that no field can have.
pub async fn get_choices<H: Host>(
    client: &Client<'_, H>,
    fields: &[String],
) -> Result<Vec<Value>, Error> {
    let choices = match query(fields) {
        // Nothing asked, nothing to ask for.
        Ok(None) => return Ok(Vec::new()),
        Ok(Some(query)) => {
            let path = format!(
                "/api/now/table/sys_choice?sysparm_query={}\
                 &sysparm_fields=label,value,dependent_value,element&sysparm_limit={LIMIT}",
                percent_encode(&query)
            );
            let listed = client.list(&Call::get_long(path)).await;
            listed.map(|listed| client.shown(listed, "Choices", ROLE)).map_err(forbidden)
        }
        Err(error) => Err(error),
    };
    choices.map_err(|error| error.within(steps::choices()))
}

const ROLE: &str = "Give the integration user the role personalize_choices: without it nobody reads the \
    choices of fields.";

fn forbidden(error: Error) -> Error {
    match error.code() {
        Code::Forbidden => error.with_remedy(ROLE),
        _ => error,
    }
}

fn query(fields: &[String]) -> Result<Option<String>, Error> {
    if let Some(odd) = fields.iter().find(|field| !is_name(field)) {
        let text = format!("There can be no field \"{odd}\".");
        return Err(Error::new(Code::BlankIdentifier, text)
            .with_remedy("Use the field's name in ServiceNow, for instance urgency."));
    }
    let elements: Vec<String> = fields.iter().map(|field| format!("element={field}")).collect();
    Ok((!elements.is_empty())
        .then(|| format!("name=task^ORname=incident^{}^language=en", elements.join("^OR"))))
}

/// Column names are letters, digits and underscores; anything else could become a term of its own.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
}
