//! Actions on a [`Bench`]: what alerts ask for.

use futures::executor::block_on;
use servicenow_itsm_connector::error::Error;

use super::instance::Bench;

pub fn alert(correlation_id: &str, short_description: &str) -> String {
    let incident = serde_json::json!({
        "incident": {
            "short_description": short_description,
            "description": "91 % of /data",
            "urgency": "1",
            "impact": "2",
            "correlation_id": correlation_id,
        },
    });
    incident.to_string()
}

pub fn recovered(correlation_id: &str) -> String {
    serde_json::json!({ "incident": { "correlation_id": correlation_id } }).to_string()
}

pub fn push(bench: &Bench, params: &str) -> Result<serde_json::Value, Error> {
    let json = block_on(bench.run("pushToService", params))?;
    Ok(serde_json::from_str(&json).unwrap())
}

pub fn close(bench: &Bench, params: &str) -> Result<String, Error> {
    block_on(bench.run("closeIncident", params))
}
