//! What differs between two quotes of one cart, line by line.

use crate::{Quote, Text};
use ids::LineId;
use std::collections::BTreeMap;

/// Amounts that differ: the line (or none for the order), what differs, before and after in minor units. Empty if the shopper would pay the
/// same for the same.
#[must_use]
pub fn differences(before: &Quote, after: &Quote) -> Vec<(Option<LineId>, Text, i64, i64)> {
    let mut rows = Vec::new();
    let mut row = |line: Option<LineId>, what: Text, before: i64, after: i64| {
        if before != after {
            rows.push((line, what, before, after));
        }
    };
    let totals = |quote: &Quote| -> BTreeMap<LineId, i64> {
        quote.lines.iter().map(|line| (line.id.clone(), line.total)).collect()
    };
    let (old, new) = (totals(before), totals(after));
    for line in old.keys().chain(new.keys().filter(|line| !old.contains_key(*line))) {
        let amount = |totals: &BTreeMap<LineId, i64>| totals.get(line).copied().unwrap_or(0);
        row(Some(line.clone()), Text::new("商品", "Item"), amount(&old), amount(&new));
    }
    let promotions = |quote: &Quote| -> BTreeMap<_, _> {
        quote.applied.iter().map(|one| (one.promotion.clone(), (one.name.clone(), -one.amount))).collect()
    };
    let (old, new) = (promotions(before), promotions(after));
    for (id, (name, _)) in old.iter().chain(new.iter().filter(|(id, _)| !old.contains_key(*id))) {
        let amount = |all: &BTreeMap<_, (Text, i64)>| all.get(id).map_or(0, |one| one.1);
        row(None, name.clone(), amount(&old), amount(&new));
    }
    let shipping = |quote: &Quote| quote.shipping.as_ref().map_or(0, |one| one.total);
    row(None, Text::new("运费", "Shipping"), shipping(before), shipping(after));
    row(None, Text::new("积分抵扣", "Points"), -before.points_value, -after.points_value);
    row(None, Text::new("应付", "To pay"), before.payable, after.payable);
    rows
}
