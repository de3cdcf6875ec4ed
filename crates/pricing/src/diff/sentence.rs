//! A change as one line: "SPRING: threshold 200.00 → 180.00".

use super::{
    Change, ORDER, Step, Subject,
    labels::{self, pick},
    phrase,
};
use crate::words::Voice;
use money::Locale;
use serde_json::Value;

/// The change as one line without a full stop. Amounts are written as the books have them, instants on the listener's clock.
#[must_use]
pub fn sentence(change: &Change, voice: &Voice) -> String {
    let what = match (change.path.as_slice(), &change.before, &change.after) {
        ([], None, Some(after)) => whole(&change.subject, after, ["新增", "added"], voice),
        ([], Some(before), None) => whole(&change.subject, before, ["删除", "removed"], voice),
        ([Step::Key(key), Step::Key(class)], before, after) if key == ORDER => {
            let class = labels::word("class", class, voice.locale).unwrap_or(class);
            format!(
                "{} ({class}) {}",
                labels::key("", key, voice.locale),
                arrow(key, before.as_ref(), after.as_ref(), voice)
            )
        }
        (path, before, after) => part(path, before.as_ref(), after.as_ref(), voice),
    };
    let colon = pick(voice.locale, "：", ": ");
    format!("{}{colon}{what}", subject(&change.subject, voice))
}

fn subject(subject: &Subject, voice: &Voice) -> String {
    let named = |id: &str| (voice.name)(id).unwrap_or_else(|| id.to_owned());
    match subject {
        Subject::Book => pick(voice.locale, "价格簿", "price book").to_owned(),
        Subject::Promotion(id) => id.to_string(),
        Subject::Sku(sku) => sku.to_string(),
        Subject::Shipping(method) => format!("{} {}", pick(voice.locale, "配送", "shipping"), named(method)),
        Subject::Level(level) => format!("{} {}", pick(voice.locale, "会员等级", "level"), named(level.as_str())),
    }
}

/// Something that came or went as a whole, with what matters most in it.
fn whole(subject: &Subject, document: &Value, [zh, en]: [&str; 2], voice: &Voice) -> String {
    let verb = pick(voice.locale, zh, en);
    let noun = match subject {
        Subject::Promotion(_) => pick(voice.locale, "活动", "promotion"),
        Subject::Sku(_) => pick(voice.locale, "商品", "SKU"),
        Subject::Shipping(_) => pick(voice.locale, "配送方式", "shipping method"),
        Subject::Level(_) | Subject::Book => pick(voice.locale, "等级", "level"),
    };
    let verb = pick(voice.locale, &format!("{verb}{noun}"), &format!("{noun} {verb}")).to_owned();
    let details: Vec<String> = DETAILS.iter().filter_map(|key| detail(key, document.get(*key)?, voice)).collect();
    let details = details.join(phrase::comma(voice));
    if details.is_empty() { verb } else { format!("{verb}{}{details}", pick(voice.locale, "，", ", ")) }
}

/// What is told of something new or gone.
const DETAILS: [&str; 8] = ["name", "price", "coupon", "if", "then", "starts", "ends", "limit"];

fn detail(key: &str, value: &Value, voice: &Voice) -> Option<String> {
    match (key, value) {
        ("name", name) => {
            let both = [&name["zh"], &name["en"]].map(|one| one.as_str().unwrap_or_default());
            let own = if voice.locale == Locale::Zh { both[0] } else { both[1] };
            let text = if own.is_empty() { both.concat() } else { own.to_owned() };
            (!text.is_empty()).then(|| format!("“{text}”"))
        }
        ("if" | "then", value) => Some(phrase::value(key, value, voice)),
        _ => Some(format!("{} {}", labels::key("", key, voice.locale), phrase::value(key, value, voice))),
    }
}

fn part(path: &[Step], before: Option<&Value>, after: Option<&Value>, voice: &Voice) -> String {
    let key = path.iter().rev().find_map(|step| if let Step::Key(key) = step { Some(key.as_str()) } else { None });
    let key = key.unwrap_or_default();
    let label = label(path, voice);
    let is_item = matches!(path.last(), Some(Step::Nth(_)));
    match (before, after) {
        (None, Some(item)) if is_item => {
            format!("{label}{}{}", pick(voice.locale, "，新增：", " added: "), phrase::value(key, item, voice))
        }
        (Some(item), None) if is_item => {
            format!("{label}{}{}", pick(voice.locale, "，去掉：", " removed: "), phrase::value(key, item, voice))
        }
        _ => format!("{label} {}", arrow(key, before, after, voice)),
    }
}

/// `before → after`, or what was added and removed for long lists.
fn arrow(key: &str, before: Option<&Value>, after: Option<&Value>, voice: &Voice) -> String {
    if let (Some(Value::Array(before)), Some(Value::Array(after))) = (before, after)
        && key != ORDER
        && let Some(text) = phrase::lists(key, before, after, voice)
    {
        return text;
    }
    let side = |value: Option<&Value>| match value {
        Some(value) => phrase::value(key, value, voice),
        None => phrase::nothing(voice).to_owned(),
    };
    format!("{} → {}", side(before), side(after))
}

/// The path in words. That something is a condition or the benefit goes without saying, as long as more is said.
fn label(path: &[Step], voice: &Voice) -> String {
    let mut words: Vec<String> = Vec::new();
    for (at, step) in path.iter().enumerate() {
        let rest = &path[at + 1..];
        let keys = path[..at].iter().rev();
        let outer = keys.filter_map(|step| if let Step::Key(key) = step { Some(key.as_str()) } else { None }).next();
        let outer = outer.unwrap_or_default();
        let is_last = rest.iter().all(|step| matches!(step, Step::Nth(_)));
        match (step, rest.first()) {
            (Step::Key(key), Some(Step::Nth(nth))) if COUNTED.contains(&key.as_str()) => {
                words.push(counted(key, nth + 1, voice));
            }
            (Step::Key(key), _) if is_last || (key != "if" && key != "then") => {
                words.push(labels::key(outer, key, voice.locale));
            }
            _ => {}
        }
    }
    words.join(" ")
}

/// Lists whose items are called by their number.
const COUNTED: [&str; 3] = ["breaks", "bundle", "tiers"];

fn counted(key: &str, number: usize, voice: &Voice) -> String {
    let name = labels::key("", key, voice.locale);
    if voice.locale == Locale::Zh { format!("第 {number} {name}") } else { format!("{name} {number}") }
}
