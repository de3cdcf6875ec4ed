//! The form of a case.

use pricing::{
    Instant,
    book::{Rounding, Tax},
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A cart, its circumstances, the promotions, and what is expected.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Names the case.
    pub id: String,
    /// Where the figures were read.
    #[serde(default)]
    pub source: Option<String>,
    /// For people.
    #[serde(default)]
    pub note: Option<String>,
    /// Gives the smallest unit.
    pub currency: String,
    /// How amounts are rounded.
    #[serde(default)]
    pub rounding: Rounding,
    /// Tax of what names none of its own.
    #[serde(default)]
    pub tax: Tax,
    /// The instant; schedules don't matter without.
    #[serde(default = "default_instant")]
    pub at: Instant,
    /// The channel.
    #[serde(default = "web")]
    pub channel: String,
    /// The store.
    #[serde(default)]
    pub store: Option<String>,
    /// The member; none is a guest.
    #[serde(default)]
    pub member: Option<Member>,
    /// The lines.
    pub lines: Vec<Line>,
    /// Shipping, if any.
    #[serde(default)]
    pub shipping: Option<Shipping>,
    /// Codes as entered.
    #[serde(default)]
    pub coupons: Vec<String>,
    /// Points earned and their worth.
    #[serde(default)]
    pub points: pricing::book::Points,
    /// What the shopper offers besides money.
    #[serde(default)]
    pub spend: Spend,
    /// The promotions in the core's own form, with counters of use inside `limit`.
    #[serde(default)]
    pub promotions: Vec<Map<String, Value>>,
    /// What is expected.
    #[serde(default)]
    pub expect: Expect,
}

fn default_instant() -> Instant {
    "2026-01-15T12:00:00Z".parse().expect("a constant that is an instant")
}

fn web() -> String {
    "web".to_owned()
}

/// A member.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Member {
    /// The level.
    pub level: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Orders before this one.
    pub orders: i64,
    /// Points that may be spent.
    pub points: i64,
}

/// A line.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Names the line.
    pub id: String,
    /// What.
    pub sku: String,
    /// The list price.
    pub price: Decimal,
    /// How many.
    pub quantity: i64,
    /// Tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The category.
    #[serde(default)]
    pub category: Option<String>,
    /// The line's own tax rate.
    #[serde(default)]
    pub tax_rate: Option<Decimal>,
    /// False: no benefit matches it.
    #[serde(default = "yes")]
    pub discountable: bool,
    /// The floor of one unit.
    #[serde(default)]
    pub min_price: Option<Decimal>,
}

fn yes() -> bool {
    true
}

/// Shipping.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shipping {
    /// Its price.
    pub price: Decimal,
    /// The method.
    #[serde(default)]
    pub method: Option<String>,
    /// Its own tax rate.
    #[serde(default)]
    pub tax_rate: Option<Decimal>,
}

/// What the shopper offers besides money.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Spend {
    /// Points.
    pub points: i64,
    /// Gift cards in order.
    pub gift_cards: Vec<Decimal>,
    /// Stored value.
    pub stored_value: Decimal,
}

/// What is expected; what is absent is not checked.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the names are those of the quote")]
pub struct Expect {
    pub lines: Option<BTreeMap<String, ExpectLine>>,
    pub subtotal: Option<Decimal>,
    pub discount: Option<Decimal>,
    pub shipping: Option<Decimal>,
    pub shipping_discount: Option<Decimal>,
    pub tax: Option<Decimal>,
    pub total: Option<Decimal>,
    pub payable: Option<Decimal>,
    pub applied: Option<Vec<String>>,
    pub refused: Option<Vec<String>>,
    pub gifts: Option<BTreeMap<String, i64>>,
    pub points_earned: Option<i64>,
}

/// What is expected of a line.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct ExpectLine {
    /// All of it.
    pub discount: Option<Decimal>,
    /// After all discounts.
    pub total: Option<Decimal>,
    /// The line's tax.
    pub tax: Option<Decimal>,
}
