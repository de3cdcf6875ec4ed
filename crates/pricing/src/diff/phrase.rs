//! Values of a document in words.

use super::labels::{self, pick};
use crate::{Instant, words::Voice};
use serde_json::Value;

/// So many words of a list are told; of more it is said how many there are.
const WORDS_MAX: usize = 8;

/// A value that stands under `key`.
pub(super) fn value(key: &str, value: &Value, voice: &Voice) -> String {
    match value {
        Value::String(text) => word(key, text, voice),
        Value::Bool(yes) => {
            pick(voice.locale, if *yes { "是" } else { "否" }, if *yes { "yes" } else { "no" }).to_owned()
        }
        Value::Array(items) => list(key, items, voice),
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            crate::sort::by_key(&mut keys, |part| (labels::rank(key, part), part.as_str()));
            let parts = keys.into_iter().filter(|key| !map[*key].is_null() && !is_usual(key, &map[*key]));
            parts.map(|part| labelled(key, part, &map[part], voice)).collect::<Vec<_>>().join(comma(voice))
        }
        Value::Null | Value::Number(_) => {
            if value.is_null() {
                nothing(voice).to_owned()
            } else {
                value.to_string()
            }
        }
    }
}

/// What a key says by itself or with its value.
fn labelled(outer: &str, key: &str, value: &Value, voice: &Voice) -> String {
    let label = labels::key(outer, key, voice.locale);
    match value {
        Value::Object(_) => format!("{label} ({})", self::value(key, value, voice)),
        Value::Bool(true) => label,
        _ => format!("{label} {}", self::value(key, value, voice)),
    }
}

/// What a document writes out although it is what everybody expects, or follows from the rest.
fn is_usual(key: &str, value: &Value) -> bool {
    let follows = ["known", "instants"].contains(&key);
    follows || matches!((key, value.as_str()), ("of", Some("all")) | ("measure", Some("current")))
}

fn word(key: &str, text: &str, voice: &Voice) -> String {
    if labels::PERCENT.contains(&key) {
        return format!("{text}%");
    }
    if let Ok(instant) = text.parse::<Instant>() {
        return minute(instant, voice);
    }
    match labels::word(key, text, voice.locale) {
        Some(word) => word.to_owned(),
        None => (voice.name)(text).unwrap_or_else(|| text.to_owned()),
    }
}

const MINUTE_MS: i64 = 60_000;

/// An instant on the listener's clock: `2026-06-01 00:00`; with seconds where there are any.
fn minute(instant: Instant, voice: &Voice) -> String {
    let local = Instant(instant.0 + i64::from(voice.utc_offset_minutes) * MINUTE_MS).to_string();
    let text = local.trim_end_matches('Z').replace('T', " ");
    text.strip_suffix(":00").map(str::to_owned).unwrap_or(text)
}

fn list(key: &str, items: &[Value], voice: &Voice) -> String {
    let shown = items.iter().take(WORDS_MAX);
    let shown: Vec<String> = shown.map(|item| value(key, item, voice)).collect();
    let objects = items.iter().any(Value::is_object);
    let text = shown.join(if objects { pick(voice.locale, "；", "; ") } else { pick(voice.locale, "、", ", ") });
    match items.len() {
        0 => nothing(voice).to_owned(),
        length if length > WORDS_MAX => format!("{text} {}", pick(voice.locale, "等", "and more")),
        _ => text,
    }
}

/// What differs between two lists of words; both whole where that is shorter.
pub(super) fn lists(key: &str, before: &[Value], after: &[Value], voice: &Voice) -> Option<String> {
    if before.len() + after.len() <= WORDS_MAX || before.is_empty() || after.is_empty() {
        return None;
    }
    let missing = |from: &[Value], of: &[Value]| -> Vec<Value> {
        of.iter().filter(|item| !from.contains(item)).cloned().collect()
    };
    let (added, removed) = (missing(before, after), missing(after, before));
    let part = |items: &[Value], zh: &str, en: &str| {
        let word = pick(voice.locale, zh, en);
        (!items.is_empty()).then(|| format!("{word} {}", list(key, items, voice)))
    };
    let parts: Vec<String> =
        [part(&added, "增加", "added"), part(&removed, "去掉", "removed")].into_iter().flatten().collect();
    Some(parts.join(comma(voice)))
}

pub(super) fn nothing(voice: &Voice) -> &'static str {
    pick(voice.locale, "无", "none")
}

pub(super) fn comma(voice: &Voice) -> &'static str {
    pick(voice.locale, "，", ", ")
}
