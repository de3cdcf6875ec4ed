//! Compares figures with what is expected.

use crate::case::{Expect, ExpectLine};
use rust_decimal::Decimal;
use std::fmt::Debug;

/// A figure that is not as expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which: `total`, `lines.1.discount`.
    pub field: String,
    /// What was expected.
    pub expected: String,
    /// What the core computed.
    pub got: String,
}

/// The fields that were expected and differ.
#[must_use]
pub fn differences(expected: &Expect, got: &Expect) -> Vec<Difference> {
    let mut rows = Vec::new();
    let mut amount = |field: &str, expected: Option<Decimal>, got: Option<Decimal>| {
        push(
            &mut rows,
            field,
            expected.map(|one| one.normalize().to_string()),
            got.map(|one| one.normalize().to_string()),
        );
    };
    amount("subtotal", expected.subtotal, got.subtotal);
    amount("discount", expected.discount, got.discount);
    amount("shipping", expected.shipping, got.shipping);
    amount("shipping_discount", expected.shipping_discount, got.shipping_discount);
    amount("tax", expected.tax, got.tax);
    amount("total", expected.total, got.total);
    amount("payable", expected.payable, got.payable);
    for (id, line) in expected.lines.iter().flatten() {
        let none = ExpectLine::default();
        let of = got.lines.as_ref().and_then(|lines| lines.get(id)).unwrap_or(&none);
        amount(&format!("lines.{id}.discount"), line.discount, of.discount);
        amount(&format!("lines.{id}.total"), line.total, of.total);
        amount(&format!("lines.{id}.tax"), line.tax, of.tax);
    }
    push(&mut rows, "applied", expected.applied.as_deref().map(set), got.applied.as_deref().map(set));
    push(&mut rows, "refused", expected.refused.as_deref().map(set), got.refused.as_deref().map(set));
    push(&mut rows, "gifts", expected.gifts.as_ref().map(debug), got.gifts.as_ref().map(debug));
    push(&mut rows, "points_earned", expected.points_earned.as_ref().map(debug), got.points_earned.as_ref().map(debug));
    rows
}

fn debug(value: &impl Debug) -> String {
    format!("{value:?}")
}

fn set(items: &[String]) -> String {
    let mut items = items.to_vec();
    items.sort();
    items.dedup();
    format!("[{}]", items.join(", "))
}

fn push(rows: &mut Vec<Difference>, field: &str, expected: Option<String>, got: Option<String>) {
    if let Some(expected) = expected.filter(|expected| Some(expected) != got.as_ref()) {
        let got = got.unwrap_or_else(|| "nothing".to_owned());
        rows.push(Difference { field: field.to_owned(), expected, got });
    }
}
