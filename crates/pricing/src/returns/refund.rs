//! The answer to a return: every amount, with its reasons. All amounts are minor units of the order's currency.

use super::{ReturnedGift, Tender};
use crate::{Run, Text, sort};
use ids::{LineId, PromotionId, Sku};
use serde::{Deserialize, Serialize};

/// What the shopper gets back, or the sum of several refunds of one order.
///
/// Always: the lines' `goods`, less `discounts_lost`, plus `shipping`, plus `tax` where the quote's prices don't hold it, less `gifts_charged`, is
/// `points_back_value` plus `total`; and `total` is the sum of the `tenders`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refund {
    /// The units that come back, at their stored net, sorted by line id.
    pub lines: Vec<RefundLine>,
    /// The gifts that come back, sorted by promotion.
    pub gifts: Vec<ReturnedGift>,
    /// What is kept back since kept goods no longer earn their discounts, tax in or out as the prices are; negative if such an amount is given back.
    pub discounts_lost: i64,
    /// The tax on `discounts_lost`.
    pub discounts_lost_tax: i64,
    /// What is charged for kept gifts that are no longer earned, tax in; negative if a charge is given back.
    pub gifts_charged: i64,
    /// Shipping, tax in or out as the prices are.
    pub shipping: i64,
    /// The tax on shipping.
    pub shipping_tax: i64,
    /// All tax: of the lines, less that on discounts lost, plus that on shipping.
    pub tax: i64,
    /// Spent points that are given back.
    pub points_back: i64,
    /// What those were worth.
    pub points_back_value: i64,
    /// Earned points that are taken back.
    pub points_clawed: i64,
    /// What each tender gets, in the order of the order's tenders.
    pub tenders: Vec<Tender>,
    /// The money that goes back: the sum of the tenders.
    pub total: i64,
    /// Why not just the units' nets, in the order in which it is told.
    pub reasons: Vec<ReturnReason>,
}

/// Units of a line that come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundLine {
    /// The order's line.
    pub line: LineId,
    /// What.
    pub sku: Sku,
    /// How many units.
    pub units: i64,
    /// Their stored nets together, tax in or out as the prices are.
    pub goods: i64,
    /// Their part of the line's tax.
    pub tax: i64,
    /// The units by their stored net, the dearest first.
    pub runs: Vec<Run>,
}

/// Why a refund is not just the units' stored nets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ReturnReason {
    /// A re-evaluated promotion gives the kept goods alone something else than it gave the order.
    ReEvaluated {
        /// The promotion.
        promotion: PromotionId,
        /// Its name for shoppers.
        name: Text,
        /// What it took off the order's goods.
        was: i64,
        /// What it takes off the goods that are kept.
        now: i64,
    },
    /// A gift is kept and no longer earned.
    GiftKept {
        /// The promotion that gave it.
        promotion: PromotionId,
        /// Its name for shoppers.
        name: Text,
        /// What is kept.
        sku: Sku,
        /// How many of it.
        units: i64,
        /// Their value, tax in; where it exceeds the refund, less is charged.
        value: i64,
    },
    /// These units bring less than nothing, so they bring nothing, or as much as a part of all that came back.
    NoLess,
    /// So many units came back that not every way to return them was priced; the steps really taken are among those that were.
    InSteps,
    /// Not everything is back yet, so shipping is not given back.
    ShippingKept,
}

impl Refund {
    /// This refund and a later one of the same order together. The reasons are the later one's, since each tells how the order stands.
    #[must_use]
    pub fn and(&self, later: &Self) -> Self {
        let mut sum = self.clone();
        later.lines.iter().for_each(|line| sum.add_line(line));
        sort::by(&mut sum.lines, |a, b| a.line.cmp(&b.line));
        for gift in &later.gifts {
            match sum.gifts.iter_mut().find(|known| known.promotion == gift.promotion) {
                Some(known) => known.units += gift.units,
                None => sum.gifts.push(gift.clone()),
            }
        }
        sort::by(&mut sum.gifts, |a, b| a.promotion.cmp(&b.promotion));
        for (at, tender) in later.tenders.iter().enumerate() {
            match sum.tenders.get_mut(at) {
                Some(known) => known.amount += tender.amount,
                None => sum.tenders.push(tender.clone()),
            }
        }
        sum.amounts(later, 1);
        sum.reasons.clone_from(&later.reasons);
        sum
    }

    fn add_line(&mut self, line: &RefundLine) {
        let Some(known) = self.lines.iter_mut().find(|known| known.line == line.line) else {
            return self.lines.push(line.clone());
        };
        known.units += line.units;
        known.goods += line.goods;
        known.tax += line.tax;
        for run in &line.runs {
            match known.runs.last_mut().filter(|last| last.net == run.net) {
                Some(last) => last.quantity += run.quantity,
                None => known.runs.push(*run),
            }
        }
    }

    /// Adds, or with -1 subtracts, all that is one amount.
    pub(super) fn amounts(&mut self, other: &Self, sign: i64) {
        self.discounts_lost += sign * other.discounts_lost;
        self.discounts_lost_tax += sign * other.discounts_lost_tax;
        self.gifts_charged += sign * other.gifts_charged;
        self.shipping += sign * other.shipping;
        self.shipping_tax += sign * other.shipping_tax;
        self.tax += sign * other.tax;
        self.points_back += sign * other.points_back;
        self.points_back_value += sign * other.points_back_value;
        self.points_clawed += sign * other.points_clawed;
        self.total += sign * other.total;
    }
}
