//! The application's health endpoint (servicenow-instance.md 7).

use serde::Serialize;

use crate::http::Answer;

#[derive(Serialize)]
struct Health {
    result: Application,
}

#[derive(Serialize)]
struct Application {
    name: &'static str,
    scope: &'static str,
    version: &'static str,
}

pub(crate) fn answer() -> Answer {
    let result = Application { name: "Elastic", scope: "x_elas2_inc_int", version: "1.0.0" };
    Answer::json(200, &Health { result })
}
