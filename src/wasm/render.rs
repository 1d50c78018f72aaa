//! Rendering a rule's params: every text in them, at any depth; all else stays what it is.

use js_sys::{Array, Function, JSON, JsString, Math, Object, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsError, JsValue};

use super::intl::HostIntl;
use super::value::{is_plain_object, keys};
use crate::schema::{MAX_DEPTH, Value};
use crate::template::intl::Intl;
use crate::template::{Host, Renderer, Variables};

/// Writes to the host's log.
struct JsHost<'a> {
    warn: &'a Function,
}

impl Host for JsHost<'_> {
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

/// Params with every text in them rendered. Neither the params nor the variables are changed. `warn`
/// is told what a rule's author did wrong inside a lambda.
#[wasm_bindgen(js_name = renderParams)]
pub fn render_params(
    params: &JsValue,
    variables: &JsValue,
    warn: &Function,
) -> Result<JsValue, JsValue> {
    // The host renders what JSON makes of the variables (templates.md 2.2), and throws what that
    // throws.
    let json = JSON::stringify(variables)?;
    let variables = match json.as_string() {
        Some(json) => Value::from_json_of_any_depth(&json)
            .map_err(|error| JsError::new(&error.to_string()))?,
        None => Value::Undefined,
    };
    let host = JsHost { warn };
    render(params, &mut Renderer::new(Variables::new(&variables), &host), &mut Vec::new())
}

fn render(
    js: &JsValue,
    renderer: &mut Renderer<'_>,
    path: &mut Vec<String>,
) -> Result<JsValue, JsValue> {
    if path.len() > MAX_DEPTH {
        let text = format!("The params are nested more than {MAX_DEPTH} levels deep");
        return Err(JsError::new(&text).into());
    }
    if let Some(text) = js.dyn_ref::<JsString>() {
        Ok(renderer.text(path, &String::from(text)).into())
    } else if let Some(items) = js.dyn_ref::<Array>() {
        let copy = Array::new();
        for place in 0..items.length() {
            path.push(place.to_string());
            copy.push(&render(&Reflect::get_u32(js, place)?, renderer, path)?);
            path.pop();
        }
        Ok(copy.into())
    } else if is_plain_object(js) {
        let entries = Array::new();
        for key in keys(js).map_err(|text| JsError::new(&text))? {
            let key_js = JsValue::from(&key);
            path.push(key);
            let member = render(&Reflect::get(js, &key_js)?, renderer, path)?;
            path.pop();
            entries.push(&Array::of2(&key_js, &member));
        }
        // Unlike an assignment, this makes a member of `__proto__` too.
        Ok(Object::from_entries(&entries)?.into())
    } else {
        Ok(js.clone())
    }
}
