//! The Table API on the incident table: how the deprecated connectors write.

use super::client::Call;
use super::incident::COLUMNS;
use super::{Client, Columns, Incident, SysId};
use crate::error::{Code, Error};
use crate::host::Host;
use crate::params::AdditionalFields;
use crate::schema::{Members, Value};

/// Where the incidents are.
pub(super) const PATH: &str = "/api/now/v2/table/incident";

/// Inserts or changes a record. The answer holds it.
pub async fn write<H: Host>(
    client: &Client<'_, H>,
    target: Option<&SysId>,
    columns: Columns,
    additional: Option<&AdditionalFields>,
) -> Result<(SysId, Incident), Error> {
    if additional.is_some() {
        let text = "ServiceNow additional fields are not supported for deprecated connectors.";
        return Err(Error::new(Code::AdditionalFieldsUnsupported, text).with_status(400));
    }
    let mut record = Members::default();
    for (key, value) in columns {
        record.set(key, value);
    }
    let (method, place) = match target {
        None => ("POST", String::new()),
        Some(sys_id) => ("PATCH", format!("/{}", sys_id.as_segment())),
    };
    let path = format!("{PATH}{place}?sysparm_fields={COLUMNS}");
    let call = Call::write(method, path, Value::from(record).to_json());
    let incident = Incident::read(&client.call(&call).await?);
    let sys_id = SysId::parse(&incident.sys_id).map_err(|_| {
        Error::new(Code::UnexpectedAnswer, "The answer to the write names no record.")
    })?;
    Ok((sys_id, incident))
}
