//! The steps of the chapter "Configure `ServiceNow`" of the product documentation, as a state of
//! the instance: each can be undone and done again, and an undone one shows on the wire as
//! servicenow-instance.md 10 says. What an undone step refuses is decided where it is refused.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// A step of the set-up, as a person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What the step is switched by.
    pub id: &'static str,
    /// The chapter of the product documentation that asks for it.
    pub chapter: &'static str,
    /// What there is to do.
    pub title: &'static str,
    /// Whether it is done.
    pub done: bool,
    /// What a client sees while it is not.
    pub symptom: &'static str,
}

/// A step that is done or not, whatever else the instance holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Gate {
    Application,
    Insert,
    SetValue,
    GetValue,
    IncidentTable,
    SetBody,
    GlideElement,
    CorsRule,
    CorsDomain,
    CorsMethod,
    Certificate,
    CertificateCurrent,
    CertificateFits,
    Endpoint,
    UserField,
    VerifierMap,
}

/// What a step switches.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Switched {
    Gate(Gate),
    /// A role of the integration user.
    Role(&'static str),
}

/// The steps that were undone.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Steps {
    undone: BTreeSet<Gate>,
}

impl Steps {
    pub(crate) fn is_done(&self, gate: Gate) -> bool {
        !self.undone.contains(&gate)
    }

    pub(crate) fn set(&mut self, gate: Gate, done: bool) {
        if done {
            self.undone.remove(&gate);
        } else {
            self.undone.insert(gate);
        }
    }
}

const PREREQUISITES: &str = "Prerequisites";
const PRIVILEGES: &str = "Assign cross-scope privileges";
const USER: &str = "Create a ServiceNow integration user";
const CORS: &str = "Create a CORS rule";
const CERTIFICATE: &str = "Create an RSA keypair and add an X.509 certificate";
const ENDPOINT: &str =
    "Create an OAuth JWT API endpoint for external clients with a JWT Verifiers Map";

/// A step's id, what it switches, its chapter, its title and its symptom.
pub(crate) type Described = (&'static str, Switched, &'static str, &'static str, &'static str);

const fn gate(
    id: &'static str,
    gate: Gate,
    chapter: &'static str,
    title: &'static str,
    symptom: &'static str,
) -> Described {
    (id, Switched::Gate(gate), chapter, title, symptom)
}

const fn role(
    id: &'static str,
    name: &'static str,
    title: &'static str,
    symptom: &'static str,
) -> Described {
    (id, Switched::Role(name), USER, title, symptom)
}

/// Every step, in the order of the chapter.
pub(crate) const STEPS: &[Described] = &[
    gate(
        "application",
        Gate::Application,
        PREREQUISITES,
        "Install Elastic for ITSM from the ServiceNow store",
        "Health answers 400 \"Requested URI does not represent any resource\", \
         an import 400 \"Invalid table\".",
    ),
    gate(
        "privilege.GlideRecord.insert",
        Gate::Insert,
        PRIVILEGES,
        "Allow GlideRecord.insert (Global, Scriptable, Execute API)",
        "An import that would open an incident answers 201 with an entry of status \"error\".",
    ),
    gate(
        "privilege.GlideRecord.setValue",
        Gate::SetValue,
        PRIVILEGES,
        "Allow GlideRecord.setValue (Global, Scriptable, Execute API)",
        "Every import answers 201 with an entry of status \"error\".",
    ),
    gate(
        "privilege.GlideRecordSecure.getValue",
        Gate::GetValue,
        PRIVILEGES,
        "Allow GlideRecordSecure.getValue (Global, Scriptable, Execute API)",
        "Health answers 500 ScopeAccessNotGrantedException.",
    ),
    gate(
        "privilege.Incident",
        Gate::IncidentTable,
        PRIVILEGES,
        "Allow Incident (Global, Table, Read)",
        "Health answers 500 ScopeAccessNotGrantedException, and imports fail.",
    ),
    gate(
        "privilege.ScriptableServiceResultBuilder.setBody",
        Gate::SetBody,
        PRIVILEGES,
        "Allow ScriptableServiceResultBuilder.setBody (Global, Scriptable, Execute API)",
        "Health answers 200 without a body.",
    ),
    gate(
        "privilege.ScopedGlideElement",
        Gate::GlideElement,
        PRIVILEGES,
        "Allow ScopedGlideElement (Global, Scriptable, Execute API)",
        "Health answers 500 ScopeAccessNotGrantedException.",
    ),
    role(
        "role.import_set_loader",
        "import_set_loader",
        "Assign the role import_set_loader",
        "An import answers 403 \"ACL Exception Insert Failed due to security constraints\".",
    ),
    role(
        "role.import_transformer",
        "import_transformer",
        "Assign the role import_transformer",
        "An import answers 403 \"ACL Exception Insert Failed due to security constraints\".",
    ),
    role(
        "role.personalize_choices",
        "personalize_choices",
        "Assign the role personalize_choices",
        "Lists of sys_choice are empty, and so are the drop-downs.",
    ),
    role(
        "role.x_elas2_inc_int.integration_user",
        "x_elas2_inc_int.integration_user",
        "Assign the role x_elas2_inc_int.integration_user",
        "Health answers 403 \"Failed API level ACL Validation\", and imports fail.",
    ),
    role(
        "incident.read",
        "sn_incident_read",
        "Let the integration user read incidents (role sn_incident_read)",
        "An incident answers 404 \"No Record found\", a list of incidents is empty.",
    ),
    role(
        "incident.write",
        "sn_incident_write",
        "Let the integration user write incidents (role sn_incident_write)",
        "A write through the Table API answers 403 \"ACL Exception Update Failed due to security \
         constraints\".",
    ),
    gate(
        "cors.rule",
        Gate::CorsRule,
        CORS,
        "Create a rule for Elastic ITSM API [x_elas2_inc_int/elastic_api]",
        "A page cannot read health: the answer has no Access-Control-Allow-Origin.",
    ),
    gate(
        "cors.domain",
        Gate::CorsDomain,
        CORS,
        "Domain: enter the Kibana URL, including the port number",
        "The rule's domain lacks the port and fits no page: no Access-Control-Allow-Origin.",
    ),
    gate(
        "cors.method",
        Gate::CorsMethod,
        CORS,
        "HTTP methods: select GET",
        "The rule admits no method: no Access-Control-Allow-Origin.",
    ),
    gate(
        "certificate",
        Gate::Certificate,
        CERTIFICATE,
        "Add an X.509 certificate to ServiceNow",
        "The token endpoint answers 401 \"access_denied\".",
    ),
    gate(
        "certificate.current",
        Gate::CertificateCurrent,
        CERTIFICATE,
        "Replace the certificate before it expires",
        "The token endpoint answers 401 \"access_denied\".",
    ),
    gate(
        "certificate.fits",
        Gate::CertificateFits,
        CERTIFICATE,
        "Generate the certificate from the private key of the connector",
        "The token endpoint answers 401 \"access_denied\": no signature fits.",
    ),
    gate(
        "oauth.endpoint",
        Gate::Endpoint,
        ENDPOINT,
        "Create an OAuth JWT API endpoint for external clients",
        "The token endpoint answers 401 \"invalid_client\".",
    ),
    gate(
        "oauth.userField",
        Gate::UserField,
        ENDPOINT,
        "User field: select the field to use as the user identifier",
        "The token endpoint answers 401 \"invalid_grant\": User not found.",
    ),
    gate(
        "oauth.verifierMap",
        Gate::VerifierMap,
        ENDPOINT,
        "Create a JWT Verifier Map with the certificate, and note its JWT Key ID",
        "The token endpoint answers 401 \"access_denied\": nothing has that kid.",
    ),
];
