//! The simulator's door to JavaScript. What goes through it is described in `js/types.js`.

use std::arch::wasm32::memory_size;
use std::hint::black_box;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Deserializer;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

use crate::{Request, Setup};

/// A page of the memory, in bytes.
const PAGE: usize = 65_536;

/// An instance, held by JavaScript.
#[wasm_bindgen]
pub struct Instance(crate::Instance, Room);

#[wasm_bindgen]
impl Instance {
    /// Sets an instance up, as a JSON text says.
    ///
    /// # Errors
    /// Names what is wrong with the set-up.
    #[wasm_bindgen(constructor)]
    pub fn new(setup: &str) -> Result<Instance, JsError> {
        let setup: Setup = from_json(setup)?;
        Ok(Self(crate::Instance::new(setup)?, Room::default()))
    }

    /// An instance with a state that was saved.
    ///
    /// # Errors
    /// When the text is not such a state.
    pub fn load(state: &str) -> Result<Instance, JsError> {
        Ok(Self(crate::Instance::load(state)?, Room::default()))
    }

    /// The whole state as JSON.
    #[must_use]
    pub fn save(&self) -> String {
        self.0.save()
    }

    /// Answers a request. Headers come as pairs of name and value.
    ///
    /// # Errors
    /// When what JavaScript hands over is no request.
    pub fn handle(
        &mut self,
        method: String,
        target: String,
        headers: JsValue,
        body: Vec<u8>,
        origin: String,
    ) -> Result<JsValue, JsError> {
        let headers = serde_wasm_bindgen::from_value(headers)
            .map_err(|error| JsError::new(&error.to_string()))?;
        let answer = self.0.handle(&Request { method, target, headers, body, origin });
        self.1.keep();
        to_js(&answer)
    }

    /// The clock, in milliseconds since 1970.
    #[must_use]
    pub fn now(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "dates are far below 2^53")]
        let now = self.0.now() as f64;
        now
    }

    /// Puts the clock to a time, in milliseconds since 1970.
    #[wasm_bindgen(js_name = setNow)]
    pub fn set_now(&mut self, now: f64) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "`as` saturates, and the clock clamps"
        )]
        self.0.set_now(now as i64);
    }

    /// Adds or replaces a user, given as JSON.
    ///
    /// # Errors
    /// Names what is wrong with the user.
    #[wasm_bindgen(js_name = addUser)]
    pub fn add_user(&mut self, user: &str) -> Result<(), JsError> {
        Ok(self.0.add_user(from_json(user)?)?)
    }

    /// Adds or replaces an OAuth client, given as JSON.
    ///
    /// # Errors
    /// Names what is wrong with the client.
    #[wasm_bindgen(js_name = addOAuthClient)]
    pub fn add_oauth_client(&mut self, client: &str) -> Result<(), JsError> {
        Ok(self.0.add_oauth_client(from_json(client)?)?)
    }

    /// The steps of the chapter "Configure ServiceNow", and whether they are done.
    ///
    /// # Errors
    /// When JavaScript cannot hold them.
    #[wasm_bindgen(js_name = setupSteps)]
    pub fn setup_steps(&self) -> Result<JsValue, JsError> {
        to_js(&self.0.steps())
    }

    /// Does or undoes a step of the set-up.
    ///
    /// # Errors
    /// When there is no such step, or nothing yet that it could be done to.
    #[wasm_bindgen(js_name = setSetupStep)]
    pub fn set_setup_step(&mut self, id: &str, done: bool) -> Result<(), JsError> {
        Ok(self.0.set_step(id, done)?)
    }

    /// Adds a CORS rule, given as JSON.
    ///
    /// # Errors
    /// Names what is wrong with the rule.
    #[wasm_bindgen(js_name = addCorsRule)]
    pub fn add_cors_rule(&mut self, rule: &str) -> Result<(), JsError> {
        Ok(self.0.add_cors_rule(from_json(rule)?)?)
    }

    /// Ends every access token.
    #[wasm_bindgen(js_name = revokeTokens)]
    pub fn revoke_tokens(&mut self) {
        self.0.revoke_tokens();
    }

    /// Adds a fault rule, given as JSON, and gives the ID that it can be removed by.
    ///
    /// # Errors
    /// Names what is wrong with the rule.
    pub fn inject(&mut self, rule: &str) -> Result<f64, JsError> {
        Ok(number(self.0.inject(from_json(rule)?)?))
    }

    /// The fault rules and what they did.
    ///
    /// # Errors
    /// When JavaScript cannot hold them.
    #[wasm_bindgen(js_name = faultRules)]
    pub fn fault_rules(&self) -> Result<JsValue, JsError> {
        to_js(&self.0.fault_rules())
    }

    /// Takes a fault rule away, and says whether there was one.
    #[wasm_bindgen(js_name = removeFault)]
    pub fn remove_fault(&mut self, id: f64) -> bool {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "`as` saturates, and no rule has that ID"
        )]
        self.0.remove_fault(id as u64)
    }

    /// Takes every fault rule away.
    #[wasm_bindgen(js_name = clearFaults)]
    pub fn clear_faults(&mut self) {
        self.0.clear_faults();
    }

    /// Which certificate the next HTTPS connection is shown: `good`, `expired`, `other-host`.
    ///
    /// # Errors
    /// When JavaScript cannot hold it.
    pub fn handshake(&mut self) -> Result<JsValue, JsError> {
        to_js(&self.0.handshake())
    }

    /// Every incident, or so many of the newest, with its journal entries; oldest first.
    ///
    /// # Errors
    /// When JavaScript cannot hold them.
    pub fn incidents(&self, newest: Option<usize>) -> Result<JsValue, JsError> {
        to_js(&last(self.0.incidents(), newest))
    }

    /// An incident by its number or `sys_id`, `null` when there is none.
    ///
    /// # Errors
    /// When JavaScript cannot hold it.
    pub fn incident(&self, id: &str) -> Result<JsValue, JsError> {
        to_js(&self.0.incident(id))
    }

    /// How many incidents there are.
    #[wasm_bindgen(js_name = incidentCount)]
    #[must_use]
    pub fn incident_count(&self) -> usize {
        self.0.incident_count()
    }

    /// The requests that are remembered, or so many of the newest; oldest first.
    ///
    /// # Errors
    /// When JavaScript cannot hold them.
    pub fn requests(&self, newest: Option<usize>) -> Result<JsValue, JsError> {
        to_js(&last(self.0.requests(), newest))
    }

    /// How many requests there were since the beginning.
    #[wasm_bindgen(js_name = requestCount)]
    #[must_use]
    pub fn request_count(&self) -> f64 {
        number(self.0.request_count())
    }
}

/// What is known of every fault.
///
/// # Errors
/// When JavaScript cannot hold it.
#[wasm_bindgen(js_name = faultCatalogue)]
pub fn fault_catalogue() -> Result<JsValue, JsError> {
    to_js(&crate::faults::catalogue().collect::<Vec<_>>())
}

/// A count, which never gets to where a double is not exact.
fn number(count: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "nobody sends 2^53 requests")]
    let count = count as f64;
    count
}

fn last<T>(items: impl DoubleEndedIterator<Item = T>, newest: Option<usize>) -> Vec<T> {
    let mut items: Vec<T> = items.rev().take(newest.unwrap_or(usize::MAX)).collect();
    items.reverse();
    items
}

/// A set-up comes as JSON, because a field that is misspelt is noticed in there only.
fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, JsError> {
    serde_path_to_error::deserialize(&mut Deserializer::from_str(text))
        .map_err(|error| JsError::new(&format!("{}: {}", error.path(), error.inner())))
}

fn to_js<T: Serialize>(value: &T) -> Result<JsValue, JsError> {
    value
        .serialize(&Serializer::json_compatible())
        .map_err(|error| JsError::new(&error.to_string()))
}

/// Room in the memory for what is yet to come. JavaScript engines collect their garbage whenever
/// the memory grows; the allocator grows it by 64 KiB, which is every few incidents.
#[derive(Default)]
struct Room {
    /// How large the memory was when there was room last, in pages of 64 KiB.
    pages: usize,
}

impl Room {
    /// Makes the memory a quarter larger if it has grown: the allocator keeps what it once had.
    fn keep(&mut self) {
        let pages = memory_size::<0>();
        if pages > self.pages {
            let mut more: Vec<u8> = Vec::new();
            // Where there is no more to be had, the memory grows by what is needed.
            let _ = more.try_reserve_exact(pages.saturating_mul(PAGE / 4));
            drop(black_box(more));
            self.pages = memory_size::<0>();
        }
    }
}
