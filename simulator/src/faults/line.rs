//! Faults of the line.

use super::Planned;
use super::catalogue::Act;
use super::fault::Fault;
use crate::http::{Answer, Coding, End};

/// As many bytes more as an answer unpacks to that is out for the client's memory.
const BOMB: usize = 64 << 20;

/// The most of them.
const LARGEST_BOMB: usize = 256 << 20;

/// Writes down what becomes of an answer on its way.
pub(super) fn cross(plan: &[Planned], answer: &mut Answer) {
    let line = &mut answer.line;
    for planned in plan {
        line.delay = line.delay.saturating_add(planned.delay());
        if planned.facts.act != Act::Line {
            continue;
        }
        let variant = planned.variant();
        if planned.rule.fault == Fault::Gzip {
            line.coding = if variant == "broken" { Coding::Broken } else { Coding::Gzip };
            if variant == "bomb" {
                line.padding = planned.rule.length.unwrap_or(BOMB).min(LARGEST_BOMB);
            }
            continue;
        }
        let end = match variant {
            "never" => End::Never,
            "cut" => End::CutOff,
            "reset" => End::Reset,
            "reset-first" => End::ResetFirst,
            "garbage" => End::Garbage,
            _ => End::Whole,
        };
        if line.end == End::Whole {
            line.end = end;
            line.after = planned.rule.length;
        }
    }
}
