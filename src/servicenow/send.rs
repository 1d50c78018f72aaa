//! Sending a request: a line in the log about it, and nothing secret in what is told of a refusal.

use super::{log, transport_error};
use crate::error::Error;
use crate::host::{Host, Level, Request, Response, SendError};
use crate::secret;

/// Asks for an answer that is not compressed. A short one takes no fewer packets compressed, and a client
/// and an instance as long for that as for all the rest.
pub const UNCOMPRESSED: (&str, &str) = ("accept-encoding", "identity");

/// Sends a request to a path of the instance. What an instance, a proxy or an HTTP client repeats of
/// the secrets when it refuses is taken out.
///
/// # Errors
/// Why no answer came.
pub async fn send(
    host: &impl Host,
    request: Request,
    path: &str,
    secrets: &[&str],
) -> Result<Response, Error> {
    let method = request.method;
    let started = host.now();
    let outcome = host.send(request).await;
    let took = host.now().saturating_sub(started);
    let what = match &outcome {
        Ok(response) => format!("{}, {} bytes", response.status, response.body.len()),
        Err(error) => error.code.clone(),
    };
    // The IDs in the path may come from an answer.
    let path = path.split('?').next().unwrap_or_default();
    log(host, Level::Debug, &format!("{method} {path}: {what}, {took} ms"), secrets);
    match outcome {
        Ok(response) if response.is_success() => Ok(response),
        Ok(response) => Ok(Response { body: secret::without(&response.body, secrets), ..response }),
        Err(error) => {
            let message = secret::without(&error.message, secrets);
            Err(transport_error(SendError { message, ..error }))
        }
    }
}
