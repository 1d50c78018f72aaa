//! The one error type: a stable code, the text, the remedy, and whether a repetition helps.
//!
//! An error is made where the fault is known, and wrapped by each step of a flow that it ends, in
//! the built-in type's words (servicenow-itsm.md 4.1), because runbooks search for them. Nothing
//! secret ever enters one.

use std::borrow::Cow;

use crate::host::Milliseconds;

/// What went wrong, for programs. The names are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// Params, config or secrets do not have the shape that they must have.
    Invalid,
    /// The connector lacks its URL or a credential.
    WrongConfiguration,
    /// The connector's URL cannot be asked.
    BadUrl,
    /// The sub-action is none that can be executed.
    UnsupportedSubAction,
    /// Additional fields on a connector that cannot carry them.
    AdditionalFieldsUnsupported,
    /// Neither a correlation ID nor an incident's ID to find an incident by.
    NoIncidentNamed,
    /// An identifier is blank.
    BlankIdentifier,
    /// The private key cannot be used; its own code says why.
    PrivateKey(&'static str),
    /// The instance refused to give an access token.
    TokenRefused,
    /// The answer to a token request holds no token.
    TokenMissing,
    /// The instance cannot be reached: nothing was sent.
    Unreachable,
    /// No answer came, or not all of it: what was sent may have been carried out.
    NoAnswer,
    /// The answer is larger than the host allows.
    TooLarge,
    /// The host does not allow connections to this place.
    NotAllowed,
    /// The host's proxy or TLS settings cannot be obeyed.
    NetworkSettings,
    /// The host ended the action.
    Canceled,
    /// The instance does not accept the credentials.
    Unauthenticated,
    /// The user may not do this.
    Forbidden,
    /// There is no such record or endpoint.
    NotFound,
    /// Too many requests.
    RateLimited,
    /// The instance is not available now.
    Unavailable,
    /// Any other refusal.
    Refused,
    /// A developer instance that sleeps.
    Hibernating,
    /// The instance stopped working on the request before it was done.
    Incomplete,
    /// An answer that is not ServiceNow's.
    UnexpectedAnswer,
    /// The import set row became no incident.
    ImportFailed,
    /// The answer holds other incidents than those asked for.
    OtherIncidents,
    /// A fault of the connector itself.
    Internal,
}

impl Code {
    /// The code as programs see it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::WrongConfiguration => "wrong_configuration",
            Self::BadUrl => "bad_url",
            Self::UnsupportedSubAction => "unsupported_sub_action",
            Self::AdditionalFieldsUnsupported => "additional_fields_unsupported",
            Self::NoIncidentNamed => "no_incident_named",
            Self::BlankIdentifier => "blank_identifier",
            Self::PrivateKey(code) => code,
            Self::TokenRefused => "token_refused",
            Self::TokenMissing => "token_missing",
            Self::Unreachable => "unreachable",
            Self::NoAnswer => "no_answer",
            Self::TooLarge => "too_large",
            Self::NotAllowed => "not_allowed",
            Self::NetworkSettings => "network_settings",
            Self::Canceled => "canceled",
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::RateLimited => "rate_limited",
            Self::Unavailable => "unavailable",
            Self::Refused => "refused",
            Self::Hibernating => "hibernating",
            Self::Incomplete => "incomplete",
            Self::UnexpectedAnswer => "unexpected_answer",
            Self::ImportFailed => "import_failed",
            Self::OtherIncidents => "other_incidents",
            Self::Internal => "internal",
        }
    }

    /// What a person can do about it, where the fault itself does not know better.
    fn remedy(self) -> &'static str {
        match self {
            Self::Invalid => "Correct the named field.",
            Self::WrongConfiguration => "Edit the connector and fill in what is missing.",
            Self::BadUrl => {
                "Enter the full URL of the instance, for instance https://dev1.service-now.com."
            }
            Self::UnsupportedSubAction => {
                "Use pushToService, closeIncident, getIncident, getFields or getChoices."
            }
            Self::AdditionalFieldsUnsupported => {
                "Update the deprecated connector, or leave additional fields empty."
            }
            Self::NoIncidentNamed => "Give the correlation ID that the incident was opened with.",
            Self::BlankIdentifier => "Give an identifier that is not blank.",
            Self::PrivateKey(_) => "Enter the RSA private key that belongs to the certificate.",
            Self::TokenRefused => {
                "Compare client ID, client secret, user identifier and JWT verifier key ID with the \
                 OAuth endpoint in ServiceNow, the private key with its certificate, and this \
                 machine's clock with the time."
            }
            Self::TokenMissing => {
                "Check that the URL is that of the ServiceNow instance and not of a proxy."
            }
            Self::Unreachable => {
                "Check the URL of the instance and that it can be reached from here."
            }
            Self::NoAnswer => {
                "Check that the instance can be reached from here without interruption; where it is \
                 slow, raise the host's response timeout."
            }
            Self::TooLarge => "Raise the host's maximum response size.",
            Self::NotAllowed => "Add the host that the text names to the setting allowedHosts.",
            Self::NetworkSettings => "Correct the host's proxy and TLS settings.",
            Self::Canceled => "Run the action again if it was not ended on purpose.",
            Self::Unauthenticated => {
                "Check the connector's credentials, that the user is active, and that the instance \
                 allows this way of signing in."
            }
            Self::Forbidden => {
                "Give the integration user the roles import_set_loader, import_transformer, \
                 personalize_choices and x_elas2_inc_int.integration_user, and check the \
                 instance's rules named in the text."
            }
            Self::NotFound => "Check that the incident exists and that the user may read it.",
            Self::RateLimited => "Wait, or raise the instance's rate limit for this user.",
            Self::Unavailable => "Wait until the instance is available again.",
            Self::Refused => {
                "Check that the Elastic for ITSM application is installed on the instance and that \
                 the URL is right."
            }
            Self::Hibernating => "Sign in to the developer site to wake the instance.",
            Self::Incomplete => "Try again; ask the administrator about slow transactions.",
            Self::UnexpectedAnswer => {
                "Open the URL in a browser: it should be a ServiceNow instance, not a login page or \
                 a proxy."
            }
            Self::ImportFailed => {
                "Ask the ServiceNow administrator about the text and the transform map of the \
                 Elastic for ITSM application."
            }
            Self::OtherIncidents => {
                "Check that the user may read the incident's correlation ID; nothing was changed."
            }
            Self::Internal => "Report this as a bug of the connector.",
        }
    }
}

/// Whether running the action again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// It cannot: a person must change something first.
    Never,
    /// It may, soon.
    Soon,
    /// It may, at this time and not before.
    At(Milliseconds),
}

/// Whose fault it is, in the host's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorSource {
    /// The user's: configuration, credentials, data.
    User,
    /// Anything else's.
    Framework,
}

impl ErrorSource {
    /// The host's name for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Framework => "framework",
        }
    }
}

/// What a step of a flow did, for the text of an error that ended it (servicenow-itsm.md 4.2).
#[derive(Clone, Debug)]
pub struct Step {
    /// For instance `Unable to create incident`.
    pub action: Cow<'static, str>,
    /// The method of its request, lower case.
    pub method: &'static str,
    /// The endpoint of its request: `import_set`, `table` or `health`.
    pub endpoint: &'static str,
}

/// An error; see the module.
#[derive(Clone, Debug)]
pub struct Error(Box<Fault>);

/// Boxed, because every fallible function carries an error's size along.
#[derive(Clone, Debug)]
struct Fault {
    code: Code,
    text: String,
    reason: Option<String>,
    mark: Option<String>,
    http_status: Option<u16>,
    remedy: Cow<'static, str>,
    retry: Retry,
    source: ErrorSource,
    step: Option<Step>,
    /// Whether it is certain that ServiceNow has not carried out what it is about.
    nothing_done: bool,
}

impl Error {
    /// An error that a repetition cannot mend and that the user can.
    #[must_use]
    pub fn new(code: Code, text: impl Into<String>) -> Self {
        Self(Box::new(Fault {
            code,
            text: text.into(),
            reason: None,
            mark: None,
            http_status: None,
            remedy: Cow::Borrowed(code.remedy()),
            retry: Retry::Never,
            source: ErrorSource::User,
            step: None,
            nothing_done: matches!(
                code,
                Code::Unreachable
                    | Code::RateLimited
                    | Code::Hibernating
                    | Code::BadUrl
                    | Code::NetworkSettings
            ),
        }))
    }

    /// ... with ServiceNow's own explanation.
    #[must_use]
    pub fn with_reason(mut self, reason: Option<String>) -> Self {
        self.0.reason = reason;
        self
    }

    /// ... with the HTTP status it is about.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.0.http_status = Some(status);
        self
    }

    /// ... with what stands for a status where there was no answer, such as `ECONNREFUSED`.
    #[must_use]
    pub fn with_mark(mut self, mark: impl Into<String>) -> Self {
        self.0.mark = Some(mark.into());
        self
    }

    /// ... with a remedy that knows more than the code's own.
    #[must_use]
    pub fn with_remedy(mut self, remedy: impl Into<Cow<'static, str>>) -> Self {
        self.0.remedy = remedy.into();
        self
    }

    /// ... with another answer to whether a repetition helps.
    #[must_use]
    pub fn with_retry(mut self, retry: Retry) -> Self {
        self.0.retry = retry;
        self
    }

    /// ... that is not the user's fault.
    #[must_use]
    pub fn from_framework(mut self) -> Self {
        self.0.source = ErrorSource::Framework;
        self
    }

    /// ... made before the request was sent that it is about.
    #[must_use]
    pub fn before_sending(mut self) -> Self {
        self.0.nothing_done = true;
        self
    }

    /// ... of a write that must not be made twice: only where it is certain that nothing was
    /// written may a host repeat it by itself.
    #[must_use]
    pub fn of_unrepeatable_write(self) -> Self {
        if self.0.nothing_done || self.0.retry == Retry::Never { self } else { self.never_again() }
    }

    /// ... after something was written that a repetition would write a second time.
    #[must_use]
    pub fn never_again(self) -> Self {
        self.with_retry(Retry::Never).with_remedy(
            "Look at the incident in ServiceNow before running the action again: a part of it may \
             have been written.",
        )
    }

    /// The error of a step that this error ended: its text becomes part of the step's.
    #[must_use]
    pub fn within(mut self, step: Step) -> Self {
        let fault = &mut *self.0;
        let reason = fault.reason.as_ref().map(|reason| format!(" Reason: {reason}"));
        let status = match (fault.http_status, &fault.mark) {
            (Some(status), _) => status.to_string(),
            (None, Some(mark)) => mark.clone(),
            (None, None) => "none".to_owned(),
        };
        fault.text = format!(
            "[Action][ServiceNow]: {}. Error: {}{} [status={status}] [method={}] [endpoint={}]",
            step.action,
            fault.text,
            reason.unwrap_or_default(),
            step.method,
            step.endpoint,
        );
        fault.step = Some(step);
        self
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// The text, with all the steps that it ended.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// One sentence that a person can act on.
    #[must_use]
    pub fn remedy(&self) -> &str {
        &self.0.remedy
    }

    /// Whether running the action again can help.
    #[must_use]
    pub fn retry(&self) -> Retry {
        self.0.retry
    }

    /// Whose fault it is.
    #[must_use]
    pub fn source(&self) -> ErrorSource {
        self.0.source
    }

    /// The status of the answer that it is about.
    #[must_use]
    pub fn http_status(&self) -> Option<u16> {
        self.0.http_status
    }

    /// The outermost step that it ended.
    #[must_use]
    pub fn step(&self) -> Option<&Step> {
        self.0.step.as_ref()
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0.text)
    }
}

impl std::error::Error for Error {}
