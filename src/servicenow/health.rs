//! The health endpoint of the Elastic for ITSM application: asked to explain a failed import, and
//! where a person wants to know whether a connector works (servicenow-itsm.md 3.0, 7.2,
//! servicenow-instance.md 7).

use serde::Serialize;

use super::answer::{CROSS_SCOPE_PRIVILEGES, EMPTY, UNEXPLAINED};
use super::client::Call;
use super::{Client, column, steps};
use crate::error::{Code, Error};
use crate::host::{Host, Level};

const PATH: &str = "/api/x_elas2_inc_int/elastic_api/health";

const ROLES: &str = "Give the integration user the role x_elas2_inc_int.integration_user, and the \
    roles import_set_loader and import_transformer.";

/// The application, as it describes itself.
#[derive(Clone, Debug, Serialize)]
pub struct Application {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its scope.
    pub scope: String,
}

/// Asks the application how it is.
///
/// # Errors
/// Those of the request; `app_not_installed` where the instance does not know the application.
pub async fn application<H: Host>(client: &Client<'_, H>) -> Result<Application, Error> {
    ask(client).await.map_err(|error| error.within(steps::health()))
}

/// The error of an import that was refused, with what the application's health says about why.
pub async fn explain<H: Host>(client: &Client<'_, H>, error: Error) -> Error {
    let error = match error.code() {
        // It is no incident that is missing.
        Code::NotFound => error.with_code(Code::Refused),
        // One without a status is of signing in.
        Code::Refused | Code::Forbidden if error.http_status().is_some() => error,
        _ => return error,
    };
    match ask(client).await {
        Ok(Application { scope, version, .. }) => {
            // The built-in type's line, the blank that it lacks included (servicenow-itsm.md 4.4).
            let text = format!(
                "Create incident: Application scope: {scope}: Application version{version}"
            );
            client.log(Level::Debug, &text);
            error
        }
        Err(refusal) => match refusal.code() {
            Code::AppNotInstalled => error.with_code(Code::AppNotInstalled),
            Code::Forbidden => error.with_remedy(refusal.remedy().to_owned()),
            _ => error,
        },
    }
}

async fn ask<H: Host>(client: &Client<'_, H>) -> Result<Application, Error> {
    let answer = client.call(&Call::get(PATH.to_owned())).await.map_err(|refusal| {
        match (refusal.code(), refusal.http_status()) {
            (Code::Forbidden, _) => refusal.with_remedy(ROLES),
            // An application that may not write its answer (servicenow-instance.md 10).
            _ if refusal.remedy() == EMPTY => refusal.with_remedy(CROSS_SCOPE_PRIVILEGES),
            // Anybody's page can have these statuses; only ServiceNow says what it means by them.
            (_, Some(400 | 404))
                if refusal.reason().is_some_and(|reason| reason != UNEXPLAINED) =>
            {
                refusal.with_code(Code::AppNotInstalled)
            }
            _ => refusal,
        }
    })?;
    let text = |key| column::text(&answer, key).filter(|text| !text.is_empty());
    match (text("name"), text("version"), text("scope")) {
        (None, None, None) => {
            // What an application answers that may not write its answer.
            let text = "The application's answer does not say what it is.";
            Err(Error::new(Code::UnexpectedAnswer, text).with_remedy(CROSS_SCOPE_PRIVILEGES))
        }
        (name, version, scope) => Ok(Application {
            name: name.unwrap_or_default(),
            version: version.unwrap_or_default(),
            scope: scope.unwrap_or_default(),
        }),
    }
}
