//! Comparing two JSON values of a document, down to what a person would call one change.

use super::{Change, Step, Subject, labels};
use crate::{benefit::Rules, condition::Condition};
use money::Decimal;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Adds the differences between two values at `path`.
pub(super) fn compare(
    subject: &Subject,
    path: &mut Vec<Step>,
    before: &Value,
    after: &Value,
    changes: &mut Vec<Change>,
) {
    if same(before, after) {
        return;
    }
    match (before, after) {
        (Value::Object(old), Value::Object(new)) if is_one_thing(path, old, new) => {
            objects(subject, path, old, new, changes);
        }
        (Value::Array(old), Value::Array(new)) if has_objects(old) || has_objects(new) => {
            lists(subject, path, old, new, changes);
        }
        _ => changes.push(change(subject, path, Some(before), Some(after))),
    }
}

fn change(subject: &Subject, path: &[Step], before: Option<&Value>, after: Option<&Value>) -> Change {
    Change { subject: subject.clone(), path: path.to_vec(), before: before.cloned(), after: after.cloned() }
}

/// True if the values mean the same: numbers count by their value, and lists of words are sets.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::String(a), Value::String(b)) => a == b || decimal(a).is_some_and(|a| decimal(b) == Some(a)),
        (Value::Array(a), Value::Array(b)) if !has_objects(a) && !has_objects(b) => words(a) == words(b),
        _ => a == b,
    }
}

fn decimal(text: &str) -> Option<Decimal> {
    text.parse().ok()
}

fn words(list: &[Value]) -> BTreeSet<String> {
    list.iter().map(Value::to_string).collect()
}

fn has_objects(list: &[Value]) -> bool {
    list.iter().any(Value::is_object)
}

/// False if another rule stands where one stood: that is told as a whole.
fn is_one_thing(path: &[Step], old: &Map<String, Value>, new: &Map<String, Value>) -> bool {
    let holds_rule = matches!(path.last(), Some(Step::Key(key)) if key == "then" || key == "not");
    !holds_rule || kind(old) == kind(new)
}

/// Which rule an object is: the first of the known keys that it has, or all its keys if it is none.
fn kind(map: &Map<String, Value>) -> String {
    let known = Rules::KEYS.iter().chain(Condition::KEYS).find(|key| map.contains_key(**key));
    known.map_or_else(|| map.keys().cloned().collect::<BTreeSet<_>>().into_iter().collect(), |key| (*key).to_owned())
}

/// Objects that are left out where they say nothing; they are compared key by key all the same.
const MAY_BE_LEFT_OUT: [&str; 3] = ["funding", "limit", "name"];

fn objects(
    subject: &Subject,
    path: &mut Vec<Step>,
    old: &Map<String, Value>,
    new: &Map<String, Value>,
    changes: &mut Vec<Change>,
) {
    let outer = path.iter().rev().find_map(|step| if let Step::Key(key) = step { Some(key.as_str()) } else { None });
    let rank = |key: &String| labels::rank(outer.unwrap_or_default(), key);
    let keys: BTreeSet<(usize, &String)> = old.keys().chain(new.keys()).map(|key| (rank(key), key)).collect();
    let nothing = Value::Object(Map::new());
    // Of hours that were written out for another span it is enough to tell the span.
    let other_span = old.get("known") != new.get("known");
    for (_, key) in keys.into_iter().filter(|(_, key)| !(other_span && *key == "instants")) {
        let (a, b) = (old.get(key), new.get(key));
        let stand_in = MAY_BE_LEFT_OUT.contains(&key.as_str()).then_some(&nothing);
        path.push(Step::Key(key.clone()));
        match (a.or(stand_in), b.or(stand_in)) {
            (Some(a), Some(b)) => compare(subject, path, a, b, changes),
            // A list that is left out is an empty one: its items are told one by one.
            (Some(Value::Array(a)), None) if has_objects(a) => lists(subject, path, a, &[], changes),
            (None, Some(Value::Array(b))) if has_objects(b) => lists(subject, path, &[], b, changes),
            (a, b) => changes.push(change(subject, path, a, b)),
        }
        path.pop();
    }
}

/// Items of lists are paired: the n-th of a kind with the n-th of that kind. What finds no partner was added or removed.
fn lists(subject: &Subject, path: &mut Vec<Step>, old: &[Value], new: &[Value], changes: &mut Vec<Change>) {
    let kinds = |list: &[Value]| list.iter().map(kind_of).collect::<Vec<_>>();
    let (old_kinds, new_kinds) = (kinds(old), kinds(new));
    let mut taken = vec![false; new.len()];
    for (at, item) in old.iter().enumerate() {
        let partner = (0..new.len()).find(|other| !taken[*other] && new_kinds[*other] == old_kinds[at]);
        path.push(Step::Nth(partner.unwrap_or(at)));
        match partner {
            Some(other) => {
                taken[other] = true;
                compare(subject, path, item, &new[other], changes);
            }
            None => changes.push(change(subject, path, Some(item), None)),
        }
        path.pop();
    }
    for (at, item) in new.iter().enumerate().filter(|(at, _)| !taken[*at]) {
        path.push(Step::Nth(at));
        changes.push(change(subject, path, None, Some(item)));
        path.pop();
    }
}

fn kind_of(item: &Value) -> String {
    item.as_object().map(kind).unwrap_or_default()
}
