//! What the connector renders, and whether the oracle renders the same.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::json;
use servicenow_itsm_connector::schema::Value;
use servicenow_itsm_connector::template::intl::Intl;
use servicenow_itsm_connector::template::variables::Variables;
use servicenow_itsm_connector::template::{Host, Renderer};

use crate::oracle::{self, NodeIntl};

/// A text rendered where nothing is escaped and where JSON is, and what the log was told.
#[derive(Debug, PartialEq)]
pub struct Rendered {
    /// Where nothing is escaped.
    pub text: String,
    /// In the JSON text of `additional_fields`.
    pub json: String,
    /// The warnings.
    pub warnings: Vec<String>,
}

/// A host with Node's dates and languages, and chance that is none.
#[derive(Default)]
struct Log(RefCell<Vec<String>>);

impl Host for Log {
    fn warn(&self, message: &str) {
        self.0.borrow_mut().push(message.to_owned());
    }

    fn random(&self) -> f64 {
        0.25
    }

    fn intl(&self) -> &dyn Intl {
        &NodeIntl
    }
}

/// Renders a template with variables.
#[must_use]
pub fn render(template: &str, variables: &Value) -> Rendered {
    let log = Rc::new(Log::default());
    let variables = Variables::new(variables.clone().into());
    let mut renderer = Renderer::new(variables, Rc::default(), log.clone());
    let text = renderer.text("text", 1, template);
    let json = renderer.text("additional_fields", 3, template);
    drop(renderer);
    Rendered { text, json, warnings: log.0.take() }
}

/// Panics where the oracle renders something else, and no deviation that is decided explains it.
pub fn compare(template: &str, variables: &Value, rendered: &Rendered) {
    const TOO_MUCH: &str = "Rendering takes more than ";
    // Kibana would go on for as long as it takes.
    if rendered.text.contains(TOO_MUCH) || rendered.json.contains(TOO_MUCH) {
        return;
    }
    let difference = oracle::ask(&json!({
        "ask": "difference",
        "template": template,
        // As a text: the order of its members counts.
        "variables": variables.to_json(),
        "actual": {
            "text": rendered.text, "json": rendered.json, "warnings": rendered.warnings,
        },
    }));
    assert!(difference.is_null(), "{}", difference.as_str().unwrap_or_default());
}
