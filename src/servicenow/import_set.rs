//! The Import Set API: a row for the Elastic application's staging table, which its transform map
//! turns into an incident (servicenow-itsm.md 3, servicenow-instance.md 1).

use super::client::Call;
use super::{Client, Columns, SysId, answer, column, health};
use crate::error::{Code, Error};
use crate::host::{Host, Level};
use crate::params::AdditionalFields;
use crate::schema::{Members, Value};

const PATH: &str = "/api/now/import/x_elas2_inc_int_elastic_incident";

/// The staging table's columns are the incident's with this before them.
const PREFIX: &str = "u_";

/// The one column without it: which incident to update.
const TARGET: &str = "elastic_incident_id";

/// What became of a row.
#[derive(Debug)]
pub struct Imported {
    /// Which incident it was for, where the answer names it.
    pub sys_id: Option<SysId>,
    /// Why it has changed nothing, where it has not.
    pub ignored: Option<Error>,
}

/// Posts a row and reads what became of it.
pub async fn write<H: Host>(
    client: &Client<'_, H>,
    target: Option<&SysId>,
    columns: Columns,
    additional: Option<&AdditionalFields>,
) -> Result<Imported, Error> {
    let body = body(target, columns, additional).to_json();
    let call = Call::write("POST", PATH.to_owned(), body);
    let (rows, status) = match client.call_with_status(&call).await {
        Ok(answer) => answer,
        Err(error) => return Err(health::explain(client, error).await),
    };
    let rows: Vec<Row> = answer::list(rows).iter().map(Row::read).collect();
    let answered = |error: Error| error.with_status(status);
    let besides = besides(&rows);
    let imported = outcome(rows, target).map_err(answered)?;
    for text in besides {
        client.log(Level::Warn, failed(Some(text)).text());
    }
    Ok(Imported { ignored: imported.ignored.map(answered), ..imported })
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
    transform_map: Option<String>,
    table: Option<String>,
    status: Option<String>,
    sys_id: Option<String>,
    error_message: Option<String>,
    status_message: Option<String>,
}

impl Row {
    fn read(entry: &Value) -> Self {
        let text = |key| column::text(entry, key).filter(|text| !text.is_empty());
        Self {
            transform_map: text("transform_map"),
            table: text("table"),
            status: text("status"),
            sys_id: text("sys_id"),
            error_message: text("error_message"),
            status_message: text("status_message"),
        }
    }

    /// One that failed names no table as a rule (servicenow-instance.md 1.2).
    fn may_be_about_incident(&self) -> bool {
        self.table.as_deref().is_none_or(|table| table == "incident")
    }

    fn has_written(&self) -> bool {
        matches!(self.status.as_deref(), Some("inserted" | "updated"))
    }

    fn has_failed(&self) -> bool {
        self.status.as_deref() == Some("error")
    }

    /// The lower, the more it counts: what was written, and first of that what was to be written;
    /// then what is known to be about an incident; and then what failed.
    fn rank(&self, target: Option<&SysId>) -> impl Ord + use<> {
        let is_target = target.is_some_and(|target| self.names(target.as_str()));
        (!self.has_written(), !is_target, self.table.is_none(), !self.has_failed())
    }

    /// Why it was thrown away; nothing, where there was just nothing to change
    /// (servicenow-instance.md 1.2).
    fn thrown_away(&self) -> Option<&str> {
        let is_ignored = self.status.as_deref() == Some("ignored");
        let by_script = self.status_message.as_deref().filter(|text| text.contains("script"));
        self.error_message.as_deref().or(by_script).filter(|_| is_ignored)
    }

    fn names(&self, sys_id: &str) -> bool {
        self.sys_id.as_deref().is_some_and(|named| named.eq_ignore_ascii_case(sys_id))
    }

    fn explanation(&self) -> Option<&str> {
        self.error_message.as_deref().or(self.status_message.as_deref())
    }
}

/// What became of the row that counts: every transform map of the staging table answers with an entry,
/// and one about another table never names an incident.
fn outcome(rows: Vec<Row>, target: Option<&SysId>) -> Result<Imported, Error> {
    if rows.is_empty() {
        return Err(failed(None).with_remedy(
            "No transform map answered: ask the ServiceNow administrator whether that of the \
             Elastic for ITSM application is there and active.",
        ));
    }
    let rows = rows.into_iter().filter(Row::may_be_about_incident);
    let Some(row) = rows.min_by_key(|row| row.rank(target)) else { return Err(failed(None)) };
    let explained = || {
        let status = row.status.as_deref().unwrap_or("without a status");
        let explanation = row.explanation().map(str::to_owned);
        failed(Some(explanation.unwrap_or_else(|| format!("The row was {status}."))))
    };
    let is_ignored = row.status.as_deref() == Some("ignored");
    let sys_id = match &row.sys_id {
        _ if row.has_failed() => return Err(failed(row.explanation().map(str::to_owned))),
        Some(sys_id) => Some(SysId::parse(sys_id)?),
        None if (row.has_written() || is_ignored) && row.error_message.is_none() => target.cloned(),
        None => return Err(explained()),
    };
    Ok(Imported { sys_id, ignored: is_ignored.then(explained) })
}

/// What the log has to say of a row that was written, where that is not all that happened
/// (servicenow-instance.md 12, 22 and 23).
fn besides(rows: &[Row]) -> Vec<String> {
    let failed = rows.iter().filter(|row| row.has_failed()).map(|row| {
        let name = row.transform_map.as_deref().unwrap_or("without a name");
        let explanation = row.explanation().unwrap_or("nothing is said about it");
        format!("A transform map beside that of the incident has failed, {name}: {explanation}")
    });
    let mut incidents: Vec<&str> = Vec::new();
    for row in rows.iter().filter(|row| row.has_written() && row.may_be_about_incident()) {
        if let Some(sys_id) =
            row.sys_id.as_deref().filter(|_| !incidents.iter().any(|&id| row.names(id)))
        {
            incidents.push(sys_id);
        }
    }
    let several = (incidents.len() > 1).then(|| {
        let incidents = incidents.join(", ");
        format!("The import has written several incidents: {incidents}. Check its transform maps.")
    });
    let thrown_away = rows.iter().filter(|row| row.may_be_about_incident()).filter_map(|row| {
        let why = row.thrown_away()?;
        Some(format!("The instance has thrown the row away, and nothing of it may be there: {why}"))
    });
    failed.chain(several).chain(thrown_away).collect()
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

    fn rows(rows: &str) -> Vec<Row> {
        answer::list(Value::from_json(rows).unwrap()).iter().map(Row::read).collect()
    }

    fn read(answer: &str, target: Option<&str>) -> Result<Option<String>, String> {
        let target = target.map(|id| SysId::parse(id).unwrap());
        outcome(rows(answer), target.as_ref())
            .map(|imported| imported.sys_id.map(|sys_id| sys_id.as_str().to_owned()))
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
        assert_eq!(read(r#"[{"status":"updated"}]"#, Some("9d38")), Ok(Some("9d38".into())));
        assert_eq!(read(r#"[{"status":"inserted"}]"#, None), Ok(None), "which, is to be looked up");
        let empty = r#"[{"table":"","status":"updated","sys_id":"","error_message":""}]"#;
        assert_eq!(read(empty, Some("9d38")), Ok(Some("9d38".into())));
    }

    #[test]
    fn where_no_transform_map_answers_the_administrator_is_asked_for_it() {
        let remedy = outcome(Vec::new(), None).unwrap_err().remedy().to_owned();
        assert!(remedy.starts_with("No transform map answered"), "{remedy}");
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
    fn a_row_that_a_script_has_thrown_away_is_told_of() {
        let told = |row: &str| besides(&rows(&format!("[{row}]"))).join("|");
        let script = r#"{"status":"ignored","sys_id":"9d38",
                         "status_message":"Row transform ignored by onBefore script"}"#;
        assert!(told(script).ends_with("may be there: Row transform ignored by onBefore script"));
        let gone = r#"{"status":"ignored","sys_id":"9d38","error_message":"Target not found"}"#;
        assert!(told(gone).ends_with("may be there: Target not found"));
        let same = r#"{"status":"ignored","status_message":"No field values changed"}"#;
        assert_eq!(told(same), "");
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

    #[test]
    fn a_row_that_may_be_about_anything_does_not_hide_the_incidents() {
        let answer = r#"[{"transform_map":"CMDB","status":"error","error_message":"no CI"},
                         {"table":"incident","status":"ignored","sys_id":"9d38"}]"#;
        assert_eq!(read(answer, None), Ok(Some("9d38".into())));
        assert_eq!(
            besides(&rows(answer)),
            ["A transform map beside that of the incident has failed, CMDB: no CI"]
        );
        let answer = r#"[{"table":"incident","status":"ignored"},
                         {"table":"incident","status":"error","error_message":"no"}]"#;
        assert_eq!(read(answer, None), Err("no".into()));
    }

    #[test]
    fn of_several_incidents_the_one_that_was_named_counts_and_the_log_has_all() {
        let answer = r#"[{"table":"incident","status":"inserted","sys_id":"c1"},
                         {"table":"incident","status":"updated","sys_id":"9d38"},
                         {"table":"incident","status":"updated","sys_id":"9D38"},
                         {"table":"incident","status":"ignored","sys_id":"c3"},
                         {"table":"cmdb_ci","status":"inserted","sys_id":"c2"}]"#;
        assert_eq!(read(answer, Some("9d38")), Ok(Some("9d38".into())));
        assert_eq!(read(answer, None), Ok(Some("c1".into())));
        assert_eq!(
            besides(&rows(answer)),
            ["The import has written several incidents: c1, 9d38. Check its transform maps."]
        );
    }
}
