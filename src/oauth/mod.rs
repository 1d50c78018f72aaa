//! From a private key to an access token: the JWT bearer grant (RFC 7523), as ServiceNow speaks
//! it (servicenow-itsm.md 6).
//!
//! A token is taken from where the host keeps it; only without a usable one is an assertion signed
//! and sent to the instance, once for all actions that want it at that moment.

pub mod assertion;
pub mod certificate;
pub mod private_key;
mod private_keys;
mod single_flight;
mod token_request;
mod tokens;

pub use private_keys::PrivateKeys;
pub use single_flight::SingleFlight;
pub use tokens::{AccessToken, MemoryTokens, NewToken, TokenKey, TokenStore, authorization};

use std::cell::Cell;

use crate::connector::BaseUrl;
use crate::error::Error;
use crate::host::Host;
use crate::secret::Secret;
use crate::servicenow::transport_error;

/// What a connector signs in with.
#[derive(Debug)]
pub struct JwtBearer {
    /// The client's identifier: the assertion's issuer and audience.
    pub client_id: String,
    /// The client's secret.
    pub client_secret: Secret,
    /// The user that the token is for: the assertion's subject.
    pub user_identifier_value: String,
    /// The key identifier of the JWT verifier map: the assertion's `kid`.
    pub jwt_key_id: String,
    /// The RSA private key, as PEM.
    pub private_key: Secret,
    /// The passphrase of the private key, if it has one.
    pub private_key_password: Option<Secret>,
}

/// The token requests under way.
pub type TokenRequests = SingleFlight<TokenKey, Result<AccessToken, Error>>;

/// Forgets a token that the instance has just given and does not accept.
pub async fn forget(
    host: &impl Host,
    base: &BaseUrl,
    grant: &JwtBearer,
    connector_id: Option<&str>,
) {
    host.tokens().forget(&TokenKey::new(connector_id, base, grant)).await;
}

/// A token to send a request with: another one than `rejected`, which the instance has refused.
///
/// # Errors
/// Those of the private key and of the instance's answer to the token request.
pub async fn access_token(
    host: &impl Host,
    base: &BaseUrl,
    grant: &JwtBearer,
    connector_id: Option<&str>,
    rejected: Option<&AccessToken>,
) -> Result<AccessToken, Error> {
    let key = TokenKey::new(connector_id, base, grant);
    let is_rejected = |token: &AccessToken| {
        rejected.is_some_and(|other| other.authorization.expose() == token.authorization.expose())
    };
    let leads = Cell::new(false);
    let obtain = || async {
        leads.set(true);
        match host.tokens().load(&key).await {
            Some(token) if is_rejected(&token) => host.tokens().forget(&key).await,
            Some(token) if token.is_usable(host.now()) => return Ok(token),
            _ => {}
        }
        let token = token_request::send(host, base, grant, connector_id).await?;
        host.tokens().save(&key, &token).await;
        Ok(token.kept())
    };
    // An action's own limits say nothing about the others that wait for the same token. How long an
    // answer may take is not among them: it is the same for all actions of a host.
    let is_shared = |outcome: &Result<AccessToken, Error>| {
        outcome.as_ref().err().is_none_or(|error| !error.is_of_own_limits())
    };
    let over = || async { Err(transport_error(host.over().await)) };
    let get = || host.token_requests().run(&key, obtain(), is_shared, over());
    let token = get().await?;
    if is_rejected(&token) && !leads.get() {
        // It comes from an action that does not know of the refusal yet.
        return get().await;
    }
    Ok(token)
}
