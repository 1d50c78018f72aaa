//! The module's exports, called with JavaScript's own values: in Node and in a browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test may take for granted what it is about")]

use js_sys::{Array, Object, Reflect};
use servicenow_itsm_connector::wasm;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(inline_js = r#"
export function value(expression) {
  return {
    cyclic: () => { const a = {}; a.a = a; a.b = a; return a; },
    date: () => ({ apiUrl: new Date(0) }),
    otherRealm: () => Object.assign(Object.create(Object.create(null)), { apiUrl: "https://a.test" }),
    instance: () => new (class Config { apiUrl = "https://a.test"; })(),
    throwing: () => ({ get apiUrl() { throw new Error("no"); } }),
    throwingItem: () => Object.defineProperty([1], 0, { get() { throw new Error("no"); } }),
    refusing: () => new Proxy({}, { ownKeys() { throw new Error("no"); } }),
  }[expression]();
}

// A host whose instance gives these answers, one after the other, and notes what it was asked.
export function hostOf(answers) {
  const requests = [];
  return {
    requests,
    send: async (request) => {
      requests.push(request);
      const answer = answers[requests.length - 1];
      if (answer.code) throw answer;
      return { headers: {}, ...answer, body: JSON.stringify(answer.body) };
    },
    now: () => 1714979289000,
    random: (length) => new Uint8Array(length).fill(7),
    log: () => {},
  };
}
"#)]
extern "C" {
    fn value(expression: &str) -> JsValue;
    #[wasm_bindgen(js_name = hostOf)]
    fn host_of(answers: JsValue) -> JsValue;
}

fn json(text: &str) -> JsValue {
    js_sys::JSON::parse(text).unwrap()
}

fn text(value: &JsValue) -> String {
    js_sys::JSON::stringify(value).unwrap().into()
}

fn get(value: &JsValue, key: &str) -> JsValue {
    Reflect::get(value, &key.into()).unwrap()
}

fn refusal(result: Result<JsValue, wasm_bindgen::JsError>) -> String {
    get(&JsValue::from(result.unwrap_err()), "message").as_string().unwrap()
}

#[wasm_bindgen_test]
fn defaults_are_filled_in() {
    let config = wasm::parse_config(&json(r#"{"apiUrl":"https://a.test"}"#), "zod4").unwrap();
    assert_eq!(
        text(&config),
        r#"{"apiUrl":"https://a.test","isOAuth":false,"userIdentifierValue":null,"#.to_owned()
            + r#""clientId":null,"jwtKeyId":null,"usesTableApi":true}"#
    );
}

#[wasm_bindgen_test]
fn what_is_no_json_is_named() {
    assert_eq!(
        refusal(wasm::parse_config(&value("date"), "zod4")),
        "✖ Invalid input: expected string, received Date\n  → at apiUrl"
    );
    assert_eq!(
        refusal(wasm::parse_config(&JsValue::UNDEFINED, "zod4")),
        "✖ Invalid input: expected object, received undefined"
    );
}

#[wasm_bindgen_test]
fn what_never_ends_or_cannot_be_read_is_refused() {
    assert_eq!(
        refusal(wasm::parse_config(&value("cyclic"), "zod4")),
        "The value is nested more than 100 levels deep"
    );
    assert_eq!(
        refusal(wasm::parse_config(&value("throwing"), "zod4")),
        "The member apiUrl cannot be read"
    );
}

#[wasm_bindgen_test]
fn objects_of_another_realm_or_of_a_class_are_objects() {
    assert!(wasm::parse_config(&value("instance"), "zod4").is_ok());
    assert!(wasm::parse_config(&value("otherRealm"), "zod4").is_ok());
}

async fn push(answers: &str) -> (JsValue, Result<JsValue, JsValue>) {
    let host = host_of(json(answers));
    let outcome = wasm::execute(
        host.clone().unchecked_into(),
        Some("c-1".to_owned()),
        json(r#"{"apiUrl":"https://dev1.service-now.com/","usesTableApi":false}"#),
        json(r#"{"username":"svc-elastic","password":"s3cret"}"#),
        json(
            r#"{"subAction":"pushToService","subActionParams":{
                "incident":{"short_description":"CPU high","correlation_id":"r-77:web-1"}}}"#,
        ),
        0,
        f64::NAN,
        f64::NAN,
    )
    .await;
    (get(&host, "requests"), outcome)
}

#[wasm_bindgen_test]
async fn an_action_runs_over_a_javascript_host() {
    let (requests, outcome) = push(
        r#"[{"status":201,"body":{"result":[{"status":"inserted","sys_id":"9d38","table":"incident"}]}},
            {"status":200,"body":{"result":{"sys_id":"9d38","number":"INC0042",
             "sys_created_on":"2024-05-06 07:08:09"}}}]"#,
    )
    .await;
    assert_eq!(
        text(&outcome.unwrap()),
        r#"{"title":"INC0042","id":"9d38","pushedDate":"2024-05-06T07:08:09.000Z","#.to_owned()
            + r#""url":"https://dev1.service-now.com/nav_to.do?uri=incident.do?sys_id=9d38"}"#
    );
    let requests: Array = requests.unchecked_into();
    assert_eq!(requests.length(), 2);
    let headers = get(&requests.get(0), "headers");
    assert_eq!(
        get(&headers, "authorization").as_string().unwrap(),
        "Basic c3ZjLWVsYXN0aWM6czNjcmV0"
    );
}

#[wasm_bindgen_test]
async fn an_action_that_fails_says_why_and_what_to_do() {
    let (_, outcome) = push(r#"[{"code":"ECONNREFUSED","message":"connect ECONNREFUSED"}]"#).await;
    let failure: Object = outcome.unwrap_err().unchecked_into();
    assert_eq!(
        text(&failure),
        r#"{"code":"unreachable","text":"[Action][ServiceNow]: Unable to create incident. "#
            .to_owned()
            + r"Error: connect ECONNREFUSED [status=ECONNREFUSED] [method=post] "
            + r#"[endpoint=import_set]","remedy":"Check the URL of the instance and that it can "#
            + r#"be reached from here.","retry":true,"source":"framework","httpStatus":null,"endpoint":"import_set"}"#
    );
}

#[wasm_bindgen_test]
async fn an_encrypted_key_signs_for_a_token() {
    let host = host_of(json(
        r#"[{"status":200,"body":{"access_token":"t","token_type":"Bearer","expires_in":1799}},
            {"status":200,"body":{"result":[]}}]"#,
    ));
    let secrets = Object::new();
    for (key, secret) in [
        ("clientSecret", "c"),
        ("privateKey", include_str!("keys/encrypted-default.pem")),
        ("privateKeyPassword", "correct-horse"),
    ] {
        Reflect::set(&secrets, &key.into(), &secret.into()).unwrap();
    }
    let outcome = wasm::execute(
        host.clone().unchecked_into(),
        None,
        json(
            r#"{"apiUrl":"https://a.test","isOAuth":true,"userIdentifierValue":"u","clientId":"i",
                "jwtKeyId":"k"}"#,
        ),
        secrets.into(),
        json(r#"{"subAction":"getFields","subActionParams":{}}"#),
        0,
        f64::NAN,
        f64::NAN,
    )
    .await;
    assert_eq!(text(&outcome.unwrap()), "[]");
    let requests: Array = get(&host, "requests").unchecked_into();
    let form = get(&requests.get(0), "body").as_string().unwrap();
    let assertion = form.split('&').find_map(|field| field.strip_prefix("assertion=")).unwrap();
    assert_eq!(assertion.split('.').count(), 3);
    let headers = get(&requests.get(1), "headers");
    assert_eq!(get(&headers, "authorization").as_string().unwrap(), "Bearer t");
}
