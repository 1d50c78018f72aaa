//! Makes `{{host.name}}` find a key that is spelt `host.name`, as the fields of an alert document
//! are (templates.md 2.3, profile A).
//!
//! The dotted key stays where it is, and what it stands for is merged into the object beside it.
//! Two rules are stricter than Kibana's, because both let a small document grow without end. A
//! dotted key stays as it is, so that only the whole object shows it, where its parts would nest
//! deeper than [`MAX_DEPTH`], and where the variables would grow by more than [`MAX_GROWTH`].

use std::mem;

use super::view::{List, Members, View, enumerate, list_index};
use crate::schema::MAX_DEPTH;

/// How many values all dotted keys together may add.
const MAX_GROWTH: usize = 1_000_000;

/// Expands every dotted key, at any depth.
pub fn expand(variables: &mut View<'_>) {
    expand_at(variables, 1, &mut Room(MAX_GROWTH));
}

/// How many values may still be added.
struct Room(usize);

impl Room {
    /// Whether there was room; where there was none, nothing is taken.
    fn take(&mut self, values: usize) -> bool {
        self.0.checked_sub(values).map(|left| self.0 = left).is_some()
    }
}

fn expand_at(container: &mut View<'_>, depth: usize, room: &mut Room) {
    let below = depth.saturating_add(1);
    if let View::List(list) = container {
        list.items.iter_mut().for_each(|item| expand_at(item, below, room));
    }
    let Some(members) = named(container) else { return };
    for place in enumerate(members) {
        let Some((&key, value)) = member_at(container, place) else { continue };
        if let Some(parts) = parts_of(key, depth) {
            // The value is copied while its own dotted keys are as they came.
            let value = mem::replace(value, View::Null);
            if room.take(size(&value, room.0).saturating_add(parts.len())) {
                graft(container, &parts, &value, room);
            }
            if let Some((_, emptied)) = member_at(container, place) {
                *emptied = value;
            }
        }
        if let Some((_, value)) = member_at(container, place) {
            expand_at(value, below, room);
        }
    }
}

/// The members that have names.
fn named<'a, 'v>(container: &'a mut View<'v>) -> Option<&'a mut Members<'v>> {
    match container {
        View::Object(members) => Some(members),
        View::List(list) => Some(&mut list.named),
        _ => None,
    }
}

fn member_at<'a, 'v>(
    container: &'a mut View<'v>,
    place: usize,
) -> Option<(&'a &'v str, &'a mut View<'v>)> {
    named(container)?.get_index_mut(place)
}

/// The path that a key stands for, or `None` where it stands for itself.
fn parts_of(key: &str, depth: usize) -> Option<Vec<&str>> {
    if !key.contains('.') || key.ends_with(".__proto__") {
        return None;
    }
    // A part of this name never becomes a key of its own.
    let parts = key.split('.').filter(|part| *part != "__proto__");
    let parts: Vec<_> = parts.take(MAX_DEPTH).collect();
    (depth.saturating_add(parts.len()) <= MAX_DEPTH).then_some(parts)
}

/// How many values a value is made of; counting ends where there are more than `most`.
fn size(value: &View<'_>, most: usize) -> usize {
    let mut count = 0_usize;
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        count = count.saturating_add(1);
        if count > most {
            break;
        }
        match value {
            View::Object(members) => waiting.extend(members.values()),
            View::List(list) => waiting.extend(list.items.iter().chain(list.named.values())),
            _ => {}
        }
    }
    count
}

/// Merges a value into a container, at the end of a path.
fn graft<'v>(container: &mut View<'v>, path: &[&'v str], value: &View<'v>, room: &mut Room) {
    let mut target = container;
    for part in path {
        if !matches!(target, View::Object(_) | View::List(_)) {
            *target = View::empty_object();
        }
        let Some(next) = member(target, part, room) else { return };
        target = next;
    }
    merge(target, value, room);
}

/// Objects are united, lists are merged item by item, an object is merged into a list; anything
/// else takes the place of what is there.
fn merge<'v>(target: &mut View<'v>, source: &View<'v>, room: &mut Room) {
    match source {
        View::Hole => {}
        View::Object(members) => {
            if !matches!(target, View::Object(_) | View::List(_)) {
                *target = View::empty_object();
            }
            merge_members(target, members, room);
        }
        View::List(source) => {
            if !matches!(target, View::List(_)) {
                *target = View::List(Box::default());
            }
            if let View::List(target) = target {
                for (place, item) in source.items.iter().enumerate() {
                    if target.items.len() == place {
                        target.items.push(View::Hole);
                    }
                    if let Some(target) = target.items.get_mut(place) {
                        merge(target, item, room);
                    }
                }
            }
            merge_members(target, &source.named, room);
        }
        simple => *target = simple.clone(),
    }
}

fn merge_members<'v>(target: &mut View<'v>, members: &Members<'v>, room: &mut Room) {
    for place in enumerate(members) {
        let Some((&key, source)) = members.get_index(place) else { continue };
        if key == "__proto__" {
            continue;
        }
        if let Some(target) = member(target, key, room) {
            merge(target, source, room);
        }
    }
}

/// The place of a member, made where there is none yet.
fn member<'a, 'v>(
    target: &'a mut View<'v>,
    key: &'v str,
    room: &mut Room,
) -> Option<&'a mut View<'v>> {
    match target {
        View::Object(members) => Some(members.entry(key).or_insert(View::Null)),
        View::List(list) => list_member(list, key, room),
        _ => None,
    }
}

fn list_member<'a, 'v>(
    list: &'a mut List<'v>,
    key: &'v str,
    room: &mut Room,
) -> Option<&'a mut View<'v>> {
    match list_index(key) {
        // How long a list is, is not for a dotted key to say.
        None if key == "length" => None,
        None => Some(list.named.entry(key).or_insert(View::Null)),
        Some(index) => {
            let length = index.saturating_add(1);
            if length > list.items.len() {
                if !room.take(length.saturating_sub(list.items.len())) {
                    return None;
                }
                list.items.resize(length, View::Hole);
            }
            list.items.get_mut(index)
        }
    }
}
