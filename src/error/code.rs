//! What can go wrong: every stable code, and the remedy where the fault itself does not know better.

/// One line a code: its name in Rust, its name for programs, its remedy.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident: $name:literal, $remedy:literal;)+) => {
        /// What went wrong, for programs. The names are stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
            /// The private key cannot be used; its own code says why.
            PrivateKey(&'static str),
        }

        impl Code {
            /// Every code but those of private keys.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The code as programs see it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                    Self::PrivateKey(code) => code,
                }
            }

            /// What a person can do about it, where the fault itself does not know better.
            #[must_use]
            pub fn remedy(self) -> &'static str {
                match self {
                    $(Self::$variant => $remedy,)+
                    Self::PrivateKey(_) => {
                        "Enter the RSA private key that belongs to the certificate."
                    }
                }
            }

            /// What it means, in a line.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc),+).trim_ascii(),)+
                    Self::PrivateKey(_) => "The private key cannot be used.",
                }
            }
        }
    };
}

codes! {
    /// Params, config or secrets do not have the shape that they must have.
    Invalid: "invalid",
        "Correct the named field.";
    /// The connector lacks its URL or a credential.
    WrongConfiguration: "wrong_configuration",
        "Edit the connector and fill in what is missing.";
    /// The connector's URL cannot be asked.
    BadUrl: "bad_url",
        "Enter the full URL of the instance, for instance https://dev1.service-now.com.";
    /// The sub-action is none that can be executed.
    UnsupportedSubAction: "unsupported_sub_action",
        "Use pushToService, closeIncident, getIncident, getFields or getChoices.";
    /// Additional fields on a connector that cannot carry them.
    AdditionalFieldsUnsupported: "additional_fields_unsupported",
        "Update the deprecated connector, or leave additional fields empty.";
    /// Neither a correlation ID nor an incident's ID to find an incident by.
    NoIncidentNamed: "no_incident_named",
        "Give the correlation ID that the incident was opened with.";
    /// An identifier is blank.
    BlankIdentifier: "blank_identifier",
        "Give an identifier that is not blank.";
    /// The instance refused to give an access token.
    TokenRefused: "token_refused",
        "Compare client ID, client secret, user identifier and JWT verifier key ID with the \
         OAuth endpoint in ServiceNow, the private key with its certificate, and this \
         machine's clock with the time.";
    /// The answer to a token request holds no token.
    TokenMissing: "token_missing",
        "Check that the URL is that of the ServiceNow instance and not of a proxy.";
    /// The instance cannot be reached: nothing was sent.
    Unreachable: "unreachable",
        "Check the URL of the instance and that it can be reached from here.";
    /// No answer came, or not all of it: what was sent may have been carried out.
    NoAnswer: "no_answer",
        "Check that the instance can be reached from here without interruption; where it is \
         slow, raise the host's response timeout.";
    /// The answer is larger than the host allows.
    TooLarge: "too_large",
        "Raise the host's maximum response size.";
    /// The host does not allow connections to this place.
    NotAllowed: "not_allowed",
        "Add the host that the text names to the setting allowedHosts.";
    /// The host's proxy or TLS settings cannot be obeyed.
    NetworkSettings: "network_settings",
        "Correct the host's proxy and TLS settings.";
    /// Somebody sends the request to another place, where it is not taken.
    Redirected: "redirected",
        "Enter the address that the instance redirects to, or ask who redirects it.";
    /// The host ended the action.
    Canceled: "canceled",
        "Run the action again if it was not ended on purpose.";
    /// The instance does not accept the credentials.
    Unauthenticated: "unauthenticated",
        "Check the connector's credentials, that the user is active, and that the instance \
         allows this way of signing in.";
    /// The user may not do this.
    Forbidden: "forbidden",
        "Give the integration user the roles import_set_loader, import_transformer, \
         personalize_choices and x_elas2_inc_int.integration_user, and check the instance's \
         rules named in the text.";
    /// There is no such record or endpoint.
    NotFound: "not_found",
        "Check that the incident exists and that the user may read it.";
    /// Too many requests.
    RateLimited: "rate_limited",
        "Wait, or raise the instance's rate limit for this user.";
    /// The instance is not available now.
    Unavailable: "unavailable",
        "Wait until the instance is available again.";
    /// Any other refusal.
    Refused: "refused",
        "Check that the Elastic for ITSM application is installed on the instance and that \
         the URL is right.";
    /// A developer instance that sleeps.
    Hibernating: "hibernating",
        "Sign in to the developer site to wake the instance.";
    /// The instance stopped working on the request before it was done.
    Incomplete: "incomplete",
        "Try again; ask the administrator about slow transactions.";
    /// An answer that is not ServiceNow's.
    UnexpectedAnswer: "unexpected_answer",
        "Open the URL in a browser: it should be a ServiceNow instance, not a login page or a \
         proxy.";
    /// The Elastic for ITSM application is not there.
    AppNotInstalled: "app_not_installed",
        "Install Elastic for ITSM from the ServiceNow store on this instance, or correct the \
         URL.";
    /// The import set row became no incident.
    ImportFailed: "import_failed",
        "Ask the ServiceNow administrator about the text and the transform map of the Elastic \
         for ITSM application.";
    /// The answer holds other incidents than those asked for.
    OtherIncidents: "other_incidents",
        "Check that the user may read the incident's correlation ID.";
    /// The instance has incidents of the correlation ID that it does not show.
    IncidentsHidden: "incidents_hidden",
        "Give the integration user the right to read the incidents that it has opened.";
    /// A fault of the connector itself.
    Internal: "internal",
        "Report this as a bug of the connector.";
}
