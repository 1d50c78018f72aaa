//! The one error type: a stable code, the text, the remedy, and whether a repetition helps.
//!
//! An error is made where the fault is known, and wrapped by each step of a flow that it ends, in
//! the built-in type's words (servicenow-itsm.md 4.1), because runbooks search for them. Nothing
//! secret ever enters one.

mod code;

use std::borrow::Cow;

use crate::host::Milliseconds;
use crate::secret;

pub use code::Code;

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
    incident: Option<String>,
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
            // As the built-in type has it (servicenow-itsm.md 4.1): what an answer's status says is
            // noted with the status.
            source: match code {
                Code::Invalid | Code::ImportFailed | Code::TooLarge => ErrorSource::User,
                _ => ErrorSource::Framework,
            },
            step: None,
            incident: None,
            nothing_done: matches!(
                code,
                Code::Unreachable
                    | Code::RateLimited
                    | Code::Hibernating
                    | Code::BadUrl
                    | Code::NetworkSettings
                    | Code::NotAllowed
                    | Code::Redirected
            ),
        }))
    }

    /// ... that has turned out to be a more particular one.
    #[must_use]
    pub fn with_code(mut self, code: Code) -> Self {
        self.0.code = code;
        self.with_remedy(code.remedy())
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

    /// ... with what stands in its text for a status, such as `ECONNREFUSED`.
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

    /// ... with another answer to whose fault it is.
    #[must_use]
    pub fn with_source(mut self, source: ErrorSource) -> Self {
        self.0.source = source;
        self
    }

    /// ... of an action that had chosen an incident, by its `sys_id`.
    #[must_use]
    pub fn with_incident(mut self, sys_id: &str) -> Self {
        self.0.incident = Some(sys_id.to_owned());
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
        if self.0.nothing_done { self } else { self.never_again() }
    }

    /// ... after something was written that a repetition would write a second time. One that no
    /// repetition can mend anyway knows its remedy better.
    #[must_use]
    pub fn never_again(self) -> Self {
        const LOOK: &str = "Look at the incident in ServiceNow before running the action again: a part \
            of it may have been written.";
        match (self.0.code, self.0.retry) {
            // Who does as this one says runs the action again.
            (Code::TooLarge, _) if !self.0.remedy.starts_with(LOOK) => {
                let remedy = format!("{LOOK} {}", self.0.remedy);
                self.with_remedy(remedy)
            }
            (_, Retry::Never) => self,
            _ => self.with_retry(Retry::Never).with_remedy(LOOK),
        }
    }

    /// ... without the secrets that somebody has repeated in what it quotes.
    #[must_use]
    pub fn without(mut self, secrets: &[&str]) -> Self {
        let fault = &mut *self.0;
        fault.text = secret::without(&fault.text, secrets);
        fault.reason = fault.reason.take().map(|reason| secret::without(&reason, secrets));
        self
    }

    /// The error of a step that this error ended: its text becomes part of the step's.
    #[must_use]
    pub fn within(mut self, step: Step) -> Self {
        let fault = &mut *self.0;
        let reason = fault.reason.as_ref().map(|reason| format!(" Reason: {reason}"));
        let status = match (&fault.mark, fault.http_status) {
            (Some(mark), _) => mark.clone(),
            (None, Some(status)) => status.to_string(),
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
        if fault.http_status.is_none() {
            // The built-in type repeats the reason on each level, but only that of an HTTP answer.
            fault.reason = None;
        }
        fault.step = Some(step);
        self
    }

    /// Whether what it is about may have been carried out all the same: no answer came, or one that
    /// says nothing about it.
    #[must_use]
    pub fn is_outcome_unknown(&self) -> bool {
        let says_nothing = matches!(
            self.0.code,
            Code::NoAnswer
                | Code::Canceled
                | Code::TooLarge
                | Code::Unavailable
                | Code::Incomplete
                | Code::UnexpectedAnswer
        );
        let broke_down = self.0.http_status.is_some_and(|status| status >= 500);
        (says_nothing || broke_down) && !self.0.nothing_done
    }

    /// Whether what it is about may be going on still: the client has stopped to wait for it, or
    /// somebody on the way has, or the instance has said so (servicenow-instance.md 8.3).
    #[must_use]
    pub fn may_go_on(&self) -> bool {
        let is_cut = matches!(self.0.code, Code::NoAnswer | Code::Canceled | Code::Incomplete);
        let is_at_work = is_cut || matches!(self.0.http_status, Some(500 | 504));
        is_at_work && !self.0.nothing_done
    }

    /// Whether it comes of the action's own limits: of its end by its host, of its deadline, or of how
    /// large an answer it reads. Another action may have others.
    #[must_use]
    pub fn is_of_own_limits(&self) -> bool {
        matches!(self.0.code, Code::Canceled | Code::TooLarge)
            || self.0.mark.as_deref() == Some("ERR_DEADLINE")
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

    /// ServiceNow's own explanation, where it has not become part of the text yet.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
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

    /// The incident that the action had chosen, by its `sys_id`.
    #[must_use]
    pub fn incident(&self) -> Option<&str> {
        self.0.incident.as_deref()
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
