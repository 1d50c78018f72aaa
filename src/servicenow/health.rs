//! The health endpoint of the Elastic for ITSM application: asked to explain a failed import, and at
//! no other time (servicenow-itsm.md 3.0, servicenow-instance.md 7).

use super::client::Call;
use super::{Client, column};
use crate::error::{Code, Error};
use crate::host::{Host, Level};

const PATH: &str = "/api/x_elas2_inc_int/elastic_api/health";

/// The error of an import that was refused, with what the application's health says about why.
pub async fn explain<H: Host>(client: &Client<'_, H>, error: Error) -> Error {
    let error = match error.code() {
        // It is no incident that is missing.
        Code::NotFound => error.with_code(Code::Refused),
        Code::Refused | Code::Forbidden => error,
        _ => return error,
    };
    let health = client.call(&Call::get(PATH.to_owned())).await;
    match &health {
        Ok(application) => {
            let text = |key| column::text(application, key).unwrap_or_default();
            let (scope, version) = (text("scope"), text("version"));
            // The built-in type's line, the blank that it lacks included (servicenow-itsm.md 4.4).
            let text = format!(
                "Create incident: Application scope: {scope}: Application version{version}"
            );
            client.host.log(Level::Debug, &text);
            error
        }
        Err(refusal) if matches!(refusal.http_status(), Some(400 | 404)) => {
            error.with_code(Code::AppNotInstalled)
        }
        Err(refusal) if refusal.code() == Code::Forbidden => error.with_remedy(
            "Give the integration user the role x_elas2_inc_int.integration_user, and the roles \
             import_set_loader and import_transformer.",
        ),
        Err(_) => error,
    }
}
