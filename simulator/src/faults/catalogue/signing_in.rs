//! Faults of credentials, tokens and the application (1 to 15).

use super::{Act, Facts, Parameter, Write, entry};
use crate::faults::fault::Fault;
use crate::faults::place::Place;

pub(super) const FAULTS: &[Facts] = &[
    entry(
        1,
        Fault::WrongPassword,
        "Wrong password or unknown user",
        "401 `User Not Authenticated`, `WWW-Authenticate: BASIC`",
        Place::Api,
    ),
    entry(
        2,
        Fault::BasicRestricted,
        "Basic authentication is restricted",
        "the same 401, though the password is right",
        Place::Basic,
    ),
    entry(
        3,
        Fault::MfaRequired,
        "The user needs a second factor",
        "401 and `X-MFA_TOKEN: invalid`",
        Place::Basic,
    ),
    entry(
        4,
        Fault::TokenExpired,
        "The access token has expired or was revoked",
        "401; every token has ended, the next token request gives a new one",
        Place::Bearer,
    ),
    entry(
        5,
        Fault::TokenDenied,
        "The token endpoint denies access",
        "401 `server_error`, `access_denied`",
        Place::Token,
    ),
    entry(
        6,
        Fault::ClientUnknown,
        "The OAuth client is unknown",
        "401 `invalid_client`",
        Place::Token,
    ),
    entry(
        7,
        Fault::SubjectUnknown,
        "The subject of the assertion is unknown",
        "401 `invalid_grant`, `User not found`",
        Place::Token,
    ),
    entry(
        8,
        Fault::AssertionReplayed,
        "The assertion was used before",
        "401 `server_error`, `access_denied`",
        Place::Token,
    ),
    entry(
        9,
        Fault::ClockOff,
        "The clocks are apart",
        "401 `server_error`, `access_denied`; `Date` is ten minutes ahead",
        Place::Token,
    ),
    entry(
        10,
        Fault::TokenPage,
        "The token endpoint answers with a page",
        "200 HTML, the page of a hibernating instance",
        Place::Token,
    )
    .by(Act::Edge, Write::Refused),
    entry(11, Fault::TokenMissing, "The token answer holds no token", "200 `{}`", Place::Token),
    entry(
        12,
        Fault::ApplicationMissing,
        "The application is not installed",
        "health 400 `Requested URI does not represent any resource`, import 400 `Invalid table`",
        Place::Application,
    ),
    entry(
        13,
        Fault::HealthForbidden,
        "The health endpoint is forbidden",
        "403 `Failed API level ACL Validation`",
        Place::Health,
    )
    .takes(&[Parameter::Text])
    .movable(),
    entry(
        14,
        Fault::CorsMissing,
        "There is no CORS rule",
        "the answer lacks `Access-Control-Allow-Origin`",
        Place::HealthFromPage,
    )
    .by(Act::Rewrite, Write::Done),
    entry(
        15,
        Fault::CrossScopeDenied,
        "A cross-scope privilege is missing",
        "500 `ScopeAccessNotGrantedException`",
        Place::Application,
    )
    .takes(&[Parameter::Text])
    .movable(),
];
