//! What differs between two price books: first as data, then in the words a merchandiser reads.
//!
//! Books are compared by their documents, so a new condition or benefit is compared without a line here; what its keys are called is in
//! `labels`, and a key without a name there is called by itself.
//!
//! ```
//! use money::{Currency, Locale};
//! use pricing::{book::PriceBook, diff, words::Voice};
//!
//! let book = |threshold: &str| -> PriceBook {
//!     serde_json::from_value(serde_json::json!({"format": 1, "currency": "CNY", "skus": [], "promotions": [{"id": "SPRING",
//!         "class": "order", "if": [{"min_subtotal": threshold}], "then": {"amount": "30.00", "on": "order"}}]})).unwrap()
//! };
//! let changes = diff::changes(&book("200.00"), &book("180.00"));
//! let nameless = |_: &str| None;
//! let voice = Voice { currency: Currency::CNY, locale: Locale::En, utc_offset_minutes: 480, name: &nameless };
//! assert_eq!(diff::sentence(&changes[0], &voice), "SPRING: threshold 200.00 → 180.00");
//! ```

mod labels;
mod phrase;
mod sentence;
#[cfg(test)]
mod tests;
mod values;

pub use sentence::sentence;

use crate::book::{Class, PriceBook, Promotion};
use ids::{LevelId, PromotionId, Sku};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What a change is about. The order is that in which changes are told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The book itself: tax, rounding, points, how promotions are chosen among.
    Book,
    /// A promotion.
    Promotion(PromotionId),
    /// A stock keeping unit.
    Sku(Sku),
    /// A shipping method.
    Shipping(String),
    /// A member level.
    Level(LevelId),
}

/// One step down into a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Into an object.
    Key(String),
    /// Into a list; the first is 0.
    Nth(usize),
}

/// One difference. With an empty path the whole subject was added (nothing before) or removed (nothing after).
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// About what.
    pub subject: Subject,
    /// Where in the subject's document.
    pub path: Vec<Step>,
    /// The value in the older book, as its document has it.
    pub before: Option<Value>,
    /// The value in the newer book.
    pub after: Option<Value>,
}

/// The path of a change that tells in which order promotions of one class and priority are applied.
pub(crate) const ORDER: &str = "applied_in_order";

/// Everything that differs between two books, in a fixed order: the book itself, promotions, SKUs, shipping, levels, each by id. Empty if no
/// price can differ: numbers that are written otherwise (`9.5`, `9.50`) and lists whose order means nothing are the same.
#[must_use]
pub fn changes(before: &PriceBook, after: &PriceBook) -> Vec<Change> {
    let mut changes = Vec::new();
    let head = |book: &PriceBook| {
        let empty = PriceBook { levels: vec![], shipping: vec![], skus: vec![], promotions: vec![], ..book.clone() };
        document(&empty)
    };
    values::compare(&Subject::Book, &mut Vec::new(), &head(before), &head(after), &mut changes);
    orders(before, after, &mut changes);
    pair(&before.promotions, &after.promotions, |one| Subject::Promotion(one.id.clone()), &mut changes);
    pair(&before.skus, &after.skus, |one| Subject::Sku(one.sku.clone()), &mut changes);
    pair(&before.shipping, &after.shipping, |one| Subject::Shipping(one.method.clone()), &mut changes);
    pair(&before.levels, &after.levels, |one| Subject::Level(one.id.clone()), &mut changes);
    changes
}

fn document<T: serde::Serialize>(one: &T) -> Value {
    serde_json::to_value(one).expect("a part of a price book has only text keys")
}

/// Compares what has the same subject in both lists; what is in one of them only was added or removed.
fn pair<T: serde::Serialize + PartialEq>(
    before: &[T],
    after: &[T],
    subject: impl Fn(&T) -> Subject,
    changes: &mut Vec<Change>,
) {
    let keyed = |list| -> BTreeMap<Subject, &T> { <[T]>::iter(list).map(|one| (subject(one), one)).collect() };
    let (old, new) = (keyed(before), keyed(after));
    let subjects: BTreeSet<&Subject> = old.keys().chain(new.keys()).collect();
    for subject in subjects {
        match (old.get(subject), new.get(subject)) {
            (Some(a), Some(b)) if a == b => {}
            (Some(a), Some(b)) => values::compare(subject, &mut Vec::new(), &document(a), &document(b), changes),
            (a, b) => {
                let (before, after) = (a.map(document), b.map(document));
                changes.push(Change { subject: subject.clone(), path: Vec::new(), before, after });
            }
        }
    }
}

/// Promotions of one class and priority are applied as listed, so there the order of those that both books have is compared.
fn orders(before: &PriceBook, after: &PriceBook, changes: &mut Vec<Change>) {
    let place = |one: &Promotion| (one.id.clone(), (one.class, one.priority));
    let old: BTreeMap<_, _> = before.promotions.iter().map(place).collect();
    let new: BTreeMap<_, _> = after.promotions.iter().map(place).collect();
    let stays = |one: &&Promotion| old.contains_key(&one.id) && old.get(&one.id) == new.get(&one.id);
    let groups = [before, after].map(|book| {
        let mut groups: BTreeMap<(Class, i64), Vec<&str>> = BTreeMap::new();
        for one in book.promotions.iter().filter(stays) {
            groups.entry((one.class, one.priority)).or_default().push(one.id.as_str());
        }
        groups
    });
    let [old, new] = groups;
    for (group, ids) in old.iter().filter(|(group, ids)| new.get(*group) != Some(*ids)) {
        let class = document(&group.0);
        let class = class.as_str().unwrap_or_default();
        let path = vec![Step::Key(ORDER.to_owned()), Step::Key(class.to_owned())];
        let list = |ids: &Vec<&str>| Some(Value::from(ids.clone()));
        changes.push(Change { subject: Subject::Book, path, before: list(ids), after: new.get(group).and_then(list) });
    }
}
