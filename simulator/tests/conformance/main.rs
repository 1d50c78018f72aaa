//! The simulator held against what is known of instances, section by section of
//! servicenow-instance.md: a request, the answer expected, and the section that says so. Nothing
//! here is written from the connector's side.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

#[path = "../common/mod.rs"]
mod common;

mod batch;
mod common_answers;
mod encoded_queries;
mod health;
mod import_set;
mod incidents;
mod limits;
mod lists;
mod oauth;
mod table_api;

use common::*;
use serde_json::Value;
use servicenow_simulator::{Answer, Instance, Setup, Switches};

/// What a case expects of an answer. Members of objects that are not named are not looked at.
#[derive(Default)]
struct Expected {
    status: u16,
    /// What the body holds at which pointer; `null` for nothing.
    body: Vec<(&'static str, Value)>,
    /// A header and what it begins with; nothing for a header that has to be absent.
    headers: Vec<(&'static str, Option<&'static str>)>,
}

fn status(status: u16) -> Expected {
    Expected { status, ..Expected::default() }
}

impl Expected {
    fn at(mut self, pointer: &'static str, value: impl Into<Value>) -> Self {
        self.body.push((pointer, value.into()));
        self
    }

    fn header(mut self, name: &'static str, begins: &'static str) -> Self {
        self.headers.push((name, Some(begins)));
        self
    }

    fn without_header(mut self, name: &'static str) -> Self {
        self.headers.push((name, None));
        self
    }

    /// The error envelope of section 0.
    fn error(self, message: &'static str, detail: impl Into<Value>) -> Self {
        self.at("/error/message", message).at("/error/detail", detail).at("/status", "failure")
    }

    #[track_caller]
    fn check(&self, answer: &Answer, source: &str) {
        assert_eq!(answer.status, self.status, "{source}: {}", answer.body);
        let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
        for (pointer, value) in &self.body {
            let held = body.pointer(pointer).cloned().unwrap_or_default();
            assert_eq!(&held, value, "{source}: {pointer} of {}", answer.body);
        }
        for (name, begins) in &self.headers {
            let held = answer.header(name);
            match begins {
                Some(begins) => {
                    assert!(
                        held.is_some_and(|held| held.starts_with(begins)),
                        "{source}: {name} is {held:?} and not {begins:?}"
                    );
                }
                None => assert_eq!(held, None, "{source}: {name}"),
            }
        }
    }
}

/// An instance with a switch or two turned.
fn switched(turn: impl FnOnce(&mut Switches)) -> Instance {
    let mut setup = setup();
    turn(&mut setup.switches);
    Instance::new(setup).unwrap()
}

fn with_setup(change: impl FnOnce(&mut Setup)) -> Instance {
    let mut setup = setup();
    change(&mut setup);
    Instance::new(setup).unwrap()
}

/// Creates an incident through the Table API and gives its `sys_id`.
fn create(instance: &mut Instance, record: &Value) -> String {
    let answer = instance.handle(&request("POST", INCIDENT, &record.to_string()));
    assert_eq!(answer.status, 201, "{}", answer.body);
    body(&answer)["result"]["sys_id"].as_str().unwrap().to_owned()
}

fn patch(instance: &mut Instance, sys_id: &str, record: &Value) -> Answer {
    instance.handle(&request("PATCH", &format!("{INCIDENT}/{sys_id}"), &record.to_string()))
}
