//! The names of the faults.

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::catalogue::{Facts, catalogue};

macro_rules! faults {
    ($($fault:ident = $id:literal,)*) => {
        /// A fault of the fault table (servicenow-instance.md 12), in its order.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Fault {
            $(
                #[doc = concat!("`", $id, "`")]
                $fault,
            )*
        }

        impl Fault {
            /// The name that a rule calls it by.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$fault => $id,)*
                }
            }
        }
    };
}

faults! {
    WrongPassword = "wrong-password",
    BasicRestricted = "basic-restricted",
    MfaRequired = "mfa-required",
    TokenExpired = "token-expired",
    TokenDenied = "token-denied",
    ClientUnknown = "client-unknown",
    SubjectUnknown = "subject-unknown",
    AssertionReplayed = "assertion-replayed",
    ClockOff = "clock-off",
    TokenPage = "token-page",
    TokenMissing = "token-missing",
    ApplicationMissing = "application-missing",
    HealthForbidden = "health-forbidden",
    CorsMissing = "cors-missing",
    CrossScopeDenied = "cross-scope-denied",
    ImportError = "import-error",
    RuleAbort = "rule-abort",
    CloseRefused = "close-refused",
    RowIgnored = "row-ignored",
    RowSkipped = "row-skipped",
    ResultEmpty = "result-empty",
    TwoMaps = "two-maps",
    SeveralTargets = "several-targets",
    ColumnDropped = "column-dropped",
    ValueCut = "value-cut",
    ChoiceInvalid = "choice-invalid",
    IncidentClosed = "incident-closed",
    IncidentGone = "incident-gone",
    EmptyListMissing = "empty-list-missing",
    ListHidden = "list-hidden",
    ShortPage = "short-page",
    QueryIgnored = "query-ignored",
    QueryForbidden = "query-forbidden",
    CaretSplits = "caret-splits",
    PaginationBad = "pagination-bad",
    RateLimited = "rate-limited",
    SemaphoreFull = "semaphore-full",
    SessionQueueFull = "session-queue-full",
    TransactionCancelled = "transaction-cancelled",
    Slow = "slow",
    TimedOut = "timed-out",
    CutOff = "cut-off",
    Hibernating = "hibernating",
    LoginPage = "login-page",
    EdgeError = "edge-error",
    PayloadTooLarge = "payload-too-large",
    TableUnknown = "table-unknown",
    ChoicesUnreadable = "choices-unreadable",
    BatchUnserviced = "batch-unserviced",
    ReadAfterWrite = "read-after-write",
    Gzip = "gzip",
    CertificateBad = "certificate-bad",
    Redirected = "redirected",
}

impl Fault {
    /// What is known of it. A fault that the catalogue lacked would be one that does nothing.
    pub(super) fn facts(self) -> Option<&'static Facts> {
        catalogue().find(|facts| facts.fault == self)
    }

    fn named(name: &str) -> Option<Self> {
        catalogue().map(|facts| facts.fault).find(|fault| fault.id() == name)
    }

    fn numbered(number: u64) -> Option<Self> {
        catalogue().find(|facts| u64::from(facts.number) == number).map(|facts| facts.fault)
    }
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

/// Read from its name or from its number.
impl<'de> Deserialize<'de> for Fault {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NameOrNumber)
    }
}

struct NameOrNumber;

impl Visitor<'_> for NameOrNumber {
    type Value = Fault;

    fn expecting(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str("the name of a fault, such as hibernating, or its number, 1 to 53")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Fault, E> {
        Fault::named(name).ok_or_else(|| E::invalid_value(Unexpected::Str(name), &self))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Fault, E> {
        Fault::numbered(number).ok_or_else(|| E::invalid_value(Unexpected::Unsigned(number), &self))
    }
}
