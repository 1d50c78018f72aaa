//! The steps of the set-up, read off the instance and switched.

use super::Instance;
use crate::setup::{CorsRule, SetupError};
use crate::steps::{Gate, STEPS, Step, Switched};

/// Where Kibana listens unless it is told otherwise: the domain of a rule nobody gave a domain.
const KIBANA: &str = "http://localhost:5601";

impl Instance {
    /// The steps of the chapter "Configure `ServiceNow`", in its order.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let step = |&(id, switched, chapter, title, symptom): &(_, _, _, _, _)| Step {
            id,
            chapter,
            title,
            done: self.is_step_done(switched),
            symptom,
        };
        STEPS.iter().map(step).collect()
    }

    /// Does or undoes a step. Roles are given to and taken from every user except administrators.
    ///
    /// # Errors
    /// When there is no such step, or nothing yet that it could be done to.
    pub fn set_step(&mut self, id: &str, done: bool) -> Result<(), SetupError> {
        let Some((_, switched, ..)) = STEPS.iter().find(|(known, ..)| *known == id) else {
            return Err(SetupError(format!("setupSteps: there is no step {id:?}")));
        };
        match *switched {
            Switched::Role(role) => self.accounts.set_role(role, done),
            Switched::Gate(gate) => {
                if done {
                    self.prepare(gate)?;
                }
                self.configuration.steps.set(gate, done);
            }
        }
        Ok(())
    }

    fn is_step_done(&self, switched: Switched) -> bool {
        match switched {
            Switched::Role(role) => self.accounts.all_have(role),
            Switched::Gate(gate) => self.configuration.is_done(gate) && self.is_possible(gate),
        }
    }

    /// Whether the instance holds what the step is about.
    fn is_possible(&self, gate: Gate) -> bool {
        match gate {
            Gate::CorsRule | Gate::CorsDomain | Gate::CorsMethod => !self.cors_rules.is_empty(),
            Gate::Endpoint | Gate::UserField => self.oauth.has_client(),
            Gate::Certificate
            | Gate::CertificateCurrent
            | Gate::CertificateFits
            | Gate::VerifierMap => self.oauth.has_verifier_map(),
            _ => true,
        }
    }

    fn prepare(&mut self, gate: Gate) -> Result<(), SetupError> {
        if self.is_possible(gate) {
            return Ok(());
        }
        if matches!(gate, Gate::CorsRule | Gate::CorsDomain | Gate::CorsMethod) {
            let (domain, methods) = (KIBANA.to_owned(), vec!["GET".to_owned()]);
            self.cors_rules.push(CorsRule { domain, methods, max_age: 0 });
            return Ok(());
        }
        let text = "setupSteps: there is no OAuth client with a verifier map yet; add one on the \
                    page, with oauthClients in the set-up, or with addOAuthClient";
        Err(SetupError(text.to_owned()))
    }
}
