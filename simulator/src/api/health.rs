//! The application's health endpoint (servicenow-instance.md 7).

use serde::Serialize;

use crate::http::Answer;
use crate::refusal;
use crate::roles;
use crate::steps::Gate;
use crate::transaction::Transaction;

#[derive(Serialize)]
struct Health<'a> {
    result: Application<'a>,
}

#[derive(Serialize)]
struct Application<'a> {
    name: &'static str,
    scope: &'static str,
    version: &'a str,
}

/// Answers a request to read the health; without a right that the application needs it fails as
/// servicenow-instance.md 10 says.
pub(crate) fn answer(work: &Transaction) -> Answer {
    let configuration = work.configuration;
    if !work.caller.has(roles::INTEGRATION) {
        return refusal::not_authorized();
    }
    if !configuration.is_done(Gate::IncidentTable) {
        return refusal::scope_denied("read access to incident");
    }
    for (gate, api) in [
        (Gate::GetValue, "execute access to GlideRecordSecure.getValue"),
        (Gate::GlideElement, "execute access to ScopedGlideElement"),
    ] {
        if !configuration.is_done(gate) {
            return refusal::scope_denied(api);
        }
    }
    if !configuration.is_done(Gate::SetBody) {
        return Answer::empty(200).with("Content-Type", "application/json;charset=UTF-8");
    }
    let version = &configuration.switches.application_version;
    let result = Application { name: "Elastic", scope: "x_elas2_inc_int", version };
    Answer::json(200, &Health { result })
}
