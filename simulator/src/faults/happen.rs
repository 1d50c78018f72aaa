//! Lets the faults of a call happen.

use std::borrow::Cow;

use serde_json::json;

use super::catalogue::Act;
use super::place::Scene;
use super::{Planned, answers, edge, line, requests, rewrites, states, unread};
use crate::http::{Answer, Call, Request};
use crate::instance::{Handled, Instance};

/// Answers a call as the rules want it.
pub(crate) fn happen(
    instance: &mut Instance,
    request: &Request,
    notes: &mut Vec<String>,
) -> Handled {
    let call = Call::read(request);
    let user = instance.caller(&call).ok().map(|caller| caller.user_name);
    let scene = Scene::of(&call, user);
    let plan = instance.faults.plan(&scene, &instance.database, &instance.ids);
    for planned in plan.iter().filter(|planned| planned.facts.act != Act::Rewrite) {
        happened(instance, planned, notes);
    }
    let request = changed(&plan, request, &scene);
    let mut handled = carried_out(instance, &plan, &request, &scene, notes);
    for planned in &plan {
        if rewrites::rewrite(planned, &scene, &mut handled.answer) {
            happened(instance, planned, notes);
        }
    }
    line::cross(&plan, &mut handled.answer);
    handled
}

fn happened(instance: &mut Instance, planned: &Planned, notes: &mut Vec<String>) {
    instance.faults.happened(planned.id);
    let (number, id) = (planned.facts.number, planned.facts.fault.id());
    notes.push(format!("fault {number} {id}, rule {}", planned.id));
}

/// The request as it arrives.
fn changed<'r>(plan: &[Planned], request: &'r Request, scene: &Scene) -> Cow<'r, Request> {
    let mut request = Cow::Borrowed(request);
    for planned in plan {
        if let Some(changed) = requests::rewritten(planned, scene, &request) {
            request = Cow::Owned(changed);
        }
    }
    request
}

/// What the instance, or whoever stands before it, answers.
fn carried_out(
    instance: &mut Instance,
    plan: &[Planned],
    request: &Request,
    scene: &Scene,
    notes: &mut Vec<String>,
) -> Handled {
    let call = Call::read(request);
    let mut withheld = Vec::new();
    for planned in plan {
        withheld.extend(states::before(planned, scene, instance));
    }
    let mut handled = if plan.iter().all(Planned::carries_out) {
        let before = unread::before(instance, scene);
        let handled = instance.answered(&call, notes);
        unread::note(instance, scene, before, &handled.answer);
        handled
    } else {
        let nothing = Answer::json(200, &json!({ "result": [] }));
        let answer = instance.dressed(&call, nothing, scene.user.is_some());
        Handled { answer, user: scene.user.clone() }
    };
    for row in withheld {
        instance.database.replace("incident", row);
    }
    for planned in plan {
        states::after(planned, scene, instance);
    }
    if let Some(planned) = plan.iter().find(|planned| planned.answers) {
        handled.answer = if planned.facts.act == Act::Edge {
            edge::answer(planned, scene)
        } else {
            let answer = answers::answer(planned, scene, instance);
            instance.dressed(&call, answer, scene.user.is_some())
        };
    }
    handled
}
