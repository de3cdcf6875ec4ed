//! The whole trace of a quote: every promotion of the slice with what it did, or the first thing that kept it from it.

use crate::{
    Quote, Text,
    book::{Base, Class, Rounding},
    trace::Reason,
};
use ids::{CouponCode, LineId, PromotionId, Sku};
use serde::Serialize;

/// A quote with its whole trace. It is for the shop's own people: a quote by itself holds what a shopper is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The quote.
    pub quote: Quote,
    /// Every promotion of the slice: first those that gave something, in the order of application, then the others by their id.
    pub promotions: Vec<Explained>,
}

/// One promotion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// Which.
    pub promotion: PromotionId,
    /// Its name for shoppers.
    pub name: Text,
    /// Its stage.
    pub class: Class,
    /// The code that unlocks it.
    pub coupon: Option<CouponCode>,
    /// What became of it.
    #[serde(flatten)]
    pub fate: Fate,
}

/// What became of a promotion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fate", rename_all = "snake_case")]
pub enum Fate {
    /// It gave something.
    Applied(How),
    /// It gave nothing.
    Missed {
        /// The first reason, with its numbers.
        reason: Reason,
    },
}

/// How a promotion was applied. Amounts are minor units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct How {
    /// What it took off in all.
    pub amount: i64,
    /// The value of the units it matched, before it.
    pub base: i64,
    /// Which price of a unit counts for it.
    pub of: Base,
    /// How many units it touched.
    pub units: i64,
    /// Its share in each line.
    pub lines: Vec<LineShare>,
    /// Its share in shipping.
    pub shipping: i64,
    /// How many units of what it gave on top.
    pub gift: Option<(Sku, i64)>,
    /// How its percentage was rounded; none where nothing was.
    pub rounding: Option<Rounding>,
    /// What made it smaller than its rule alone.
    pub limits: Vec<Bound>,
}

/// A promotion's share in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineShare {
    /// Which line.
    pub line: LineId,
    /// What is in it.
    pub sku: Sku,
    /// How much it took off.
    pub amount: i64,
    /// How many of its units it touched.
    pub units: i64,
}

/// What keeps a discount from being larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// Its cap in one cart.
    Cap(i64),
    /// What was left of its budget.
    Budget(i64),
    /// The price below which no benefit brings a unit was reached.
    Floor,
}
