//! The Import Set API: a row for the Elastic application's staging table, which its transform map
//! turns into an incident (servicenow-itsm.md 3, servicenow-instance.md 1).

use super::client::Call;
use super::{Client, Columns, SysId, answer, column, health};
use crate::error::{Code, Error};
use crate::host::Host;
use crate::params::AdditionalFields;
use crate::schema::{Members, Value};

const PATH: &str = "/api/now/import/x_elas2_inc_int_elastic_incident";

/// The staging table's columns are the incident's with this before them.
const PREFIX: &str = "u_";

/// The one column without it: which incident to update.
const TARGET: &str = "elastic_incident_id";

/// Posts a row and reads what became of it: which incident it was, or none where the row changed
/// nothing in whichever it is for.
pub async fn write<H: Host>(
    client: &Client<'_, H>,
    target: Option<&SysId>,
    columns: Columns,
    additional: Option<&AdditionalFields>,
) -> Result<Option<SysId>, Error> {
    let body = body(target, columns, additional).to_json();
    let call = Call { method: "POST", path: PATH.to_owned(), body: Some(body) };
    let (rows, status) = match client.call_with_status(&call).await {
        Ok(answer) => answer,
        Err(error) => return Err(health::explain(client, error).await),
    };
    let rows = answer::list(rows).iter().map(Row::read).collect();
    outcome(rows, target).map_err(|error| client.told(error.with_status(status)))
}

/// Additional fields first and under their own names, so that the incident's own win.
fn body(target: Option<&SysId>, columns: Columns, additional: Option<&AdditionalFields>) -> Value {
    let mut row = Members::default();
    for (key, value) in additional.into_iter().flat_map(AdditionalFields::iter) {
        row.set(key, value.clone());
    }
    for (key, value) in columns {
        row.set(format!("{PREFIX}{key}"), value);
    }
    if let Some(sys_id) = target {
        row.set(TARGET, sys_id.as_str());
    }
    row.into()
}

/// What a transform map says it did.
struct Row {
    table: Option<String>,
    status: Option<String>,
    sys_id: Option<String>,
    error_message: Option<String>,
    status_message: Option<String>,
}

impl Row {
    /// One that failed names no table as a rule (servicenow-instance.md 1.2).
    fn is_about_incident(&self) -> bool {
        self.table.as_deref().is_none_or(|table| table == "incident")
    }

    fn rank(&self) -> u8 {
        match self.status.as_deref() {
            Some("inserted" | "updated") => 0,
            Some("error") => 1,
            _ => 2,
        }
    }

    fn read(entry: &Value) -> Self {
        let text = |key| column::text(entry, key).filter(|text| !text.is_empty());
        Self {
            table: text("table"),
            status: text("status"),
            sys_id: text("sys_id"),
            error_message: text("error_message"),
            status_message: text("status_message"),
        }
    }
}

/// The incident that the row became, or none where it is not named. Every transform map of the
/// staging table answers with an entry: what was written counts, then what failed, and an entry about
/// another table never names an incident.
fn outcome(rows: Vec<Row>, target: Option<&SysId>) -> Result<Option<SysId>, Error> {
    if rows.is_empty() {
        return Err(failed(None).with_remedy(
            "No transform map answered: ask the ServiceNow administrator whether that of the \
             Elastic for ITSM application is there and active.",
        ));
    }
    let row = rows.into_iter().filter(Row::is_about_incident).min_by_key(Row::rank);
    let Some(row) = row else { return Err(failed(None)) };
    let has_failed = row.error_message.is_some();
    let explanation = row.error_message.or(row.status_message);
    match (row.status.as_deref(), row.sys_id) {
        (Some("error"), _) => Err(failed(explanation)),
        (_, Some(sys_id)) => SysId::parse(&sys_id).map(Some),
        (Some("inserted" | "updated" | "ignored"), None) if !has_failed => Ok(target.cloned()),
        (status, None) => {
            let status = status.unwrap_or("without a status");
            Err(failed(Some(explanation.unwrap_or_else(|| format!("The row was {status}.")))))
        }
    }
}

fn failed(explanation: Option<String>) -> Error {
    let remedy = explanation.as_deref().and_then(answer::remedy);
    let text = explanation.unwrap_or_else(|| "Unexpected result".to_owned());
    let error = Error::new(Code::ImportFailed, text);
    match remedy {
        Some(remedy) => error.with_remedy(remedy),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(rows: &str, target: Option<&str>) -> Result<Option<String>, String> {
        let target = target.map(|id| SysId::parse(id).unwrap());
        let rows = answer::list(Value::from_json(rows).unwrap());
        outcome(rows.iter().map(Row::read).collect(), target.as_ref())
            .map(|sys_id| sys_id.map(|sys_id| sys_id.as_str().to_owned()))
            .map_err(|error| error.text().to_owned())
    }

    #[test]
    fn a_row_is_read_as_what_it_means() {
        assert_eq!(
            read(r#"[{"status":"inserted","sys_id":"9d38"}]"#, None),
            Ok(Some("9d38".into()))
        );
        assert_eq!(
            read(r#"[{"status":"error","error_message":"Row transform failed"}]"#, None),
            Err("Row transform failed".into())
        );
        assert_eq!(read("[]", None), Err("Unexpected result".into()));
        assert_eq!(read(r#"[{"status":"error"}]"#, None), Err("Unexpected result".into()));
        assert_eq!(read(r#"[{"status":"skipped"}]"#, None), Err("The row was skipped.".into()));
    }

    #[test]
    fn a_row_that_lacks_a_privilege_says_which_there_are() {
        for text in [
            "com.glide.script.fencing.access.ScopeAccessNotGrantedException: read access",
            "Execute operation on API 'GlideRecord.insert' from scope 'x_elas2_inc_int' was denied.",
        ] {
            assert!(failed(Some(text.to_owned())).remedy().contains("GlideRecordSecure.getValue"));
        }
        assert!(!failed(None).remedy().contains("GlideRecordSecure"));
    }

    #[test]
    fn an_ignored_row_has_changed_nothing_and_is_no_failure() {
        let ignored = r#"[{"status":"ignored","status_message":"No field values changed"}]"#;
        assert_eq!(read(ignored, Some("9d38")), Ok(Some("9d38".into())));
        assert_eq!(read(ignored, None), Ok(None));
        let gone = r#"[{"status":"ignored","error_message":"Target record not found"}]"#;
        assert_eq!(read(gone, Some("9d38")), Err("Target record not found".into()));
    }

    #[test]
    fn the_entry_about_the_incident_counts() {
        let rows = r#"[{"table":"cmdb_ci","status":"error","error_message":"no"},
                       {"table":"incident","status":"updated","sys_id":"9d38"}]"#;
        assert_eq!(read(rows, None), Ok(Some("9d38".into())));
        let rows = r#"[{"table":"cmdb_ci","status":"inserted","sys_id":"c1"},
                       {"status":"error","error_message":"no"}]"#;
        assert_eq!(read(rows, None), Err("no".into()));
        let rows = r#"[{"table":"incident","status":"error","error_message":"no"},
                       {"table":"incident","status":"inserted","sys_id":"9d38"}]"#;
        assert_eq!(read(rows, None), Ok(Some("9d38".into())));
    }
}
