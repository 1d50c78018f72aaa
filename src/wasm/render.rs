//! Rendering the texts of a rule's params, which the shim walks.

use std::rc::Rc;

use js_sys::{Function, Math};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

use super::intl::HostIntl;
use super::variables::{self, VariableReader};
use crate::template::intl::Intl;
use crate::template::variables::Variables;
use crate::template::{Host, ParsedTemplates, Renderer};

/// Writes to the host's log.
struct JsHost {
    warn: Function,
}

impl Host for JsHost {
    fn warn(&self, message: &str) {
        // A log that fails is no reason not to render.
        self.warn.call1(&JsValue::UNDEFINED, &message.into()).ok();
    }

    fn random(&self) -> f64 {
        Math::random()
    }

    fn intl(&self) -> &dyn Intl {
        &HostIntl
    }
}

thread_local! {
    static TEMPLATES: Rc<ParsedTemplates> = Rc::default();
}

/// Renders the texts of one action's params.
#[wasm_bindgen]
pub struct ParamsRenderer(Renderer);

#[wasm_bindgen]
impl ParamsRenderer {
    /// A renderer for one action. Of the variables only those are read, through `reader`, that a
    /// text names, and none is changed. `warn` is told what a rule's author did wrong inside a
    /// lambda.
    #[wasm_bindgen(constructor)]
    pub fn new(
        variables: &JsValue,
        reader: VariableReader,
        warn: Function,
    ) -> Result<Self, JsError> {
        let read = variables::read(variables, reader);
        let variables = Variables::new(read.map_err(|error| JsError::new(&error.to_string()))?);
        let templates = TEMPLATES.with(Rc::clone);
        Ok(Self(Renderer::new(variables, templates, Rc::new(JsHost { warn }))))
    }

    /// A text, rendered. `key` is what it is called in the object that it stands in, `depth` how many
    /// objects and lists it stands in.
    pub fn text(&mut self, key: &str, depth: u32, template: &str) -> String {
        #[cfg(feature = "traps")]
        super::traps::spring(template);
        self.0.text(key, depth, template)
    }
}
