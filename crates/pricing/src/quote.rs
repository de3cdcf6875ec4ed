//! The answer: every amount, with its reasons. All amounts are minor units of the quote's currency.

use crate::{
    book::Class,
    engine::Record,
    list::{Entry, List},
    text::Text,
    trace::Reason,
};
use ids::{CouponCode, LineId, PriceBookId, PromotionId, Sku};
use money::Currency;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the engine's meaning; it changes whenever some cart could get another amount.
pub const ENGINE_VERSION: &str = "0.2.0";

/// What a cart costs, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Quote {
    /// [`ENGINE_VERSION`] of the engine that answered.
    pub engine: String,
    /// The price book.
    pub book: PriceBookId,
    /// The currency of all amounts.
    pub currency: Currency,
    /// True if the prices hold their tax already.
    pub tax_included: bool,
    /// The lines, sorted by line id.
    pub lines: Vec<QuoteLine>,
    /// List price times quantity over all lines.
    pub subtotal: i64,
    /// All discounts on lines.
    pub discount: i64,
    /// Shipping, if a method is chosen.
    pub shipping: Option<QuoteShipping>,
    /// All tax, of lines and shipping, contained or added as `tax_included` says.
    pub tax: i64,
    /// What the shopper owes before points, tax in.
    pub total: i64,
    /// Points that are spent.
    pub points_spent: i64,
    /// What the spent points are worth.
    pub points_value: i64,
    /// What is left to pay.
    pub payable: i64,
    /// Points that the member will earn.
    pub points_earned: i64,
    /// Goods given on top.
    pub gifts: Vec<Gift>,
    /// The promotions that gave something, in the order of application.
    pub applied: Vec<Applied>,
    /// What became of each entered code, in the order of entry.
    pub coupons: Vec<CouponOutcome>,
    /// Promotions that touch this cart and gave nothing, with the first reason, sorted by promotion id.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Missed>))]
    pub missed: List<Missed>,
    /// What the shopper could do to pay less, the most rewarding first.
    pub hints: Vec<Hint>,
    /// What is known of other legal choices of promotions.
    pub certificate: Certificate,
    /// [`Quote::compute_hash`]: over all that was promised.
    pub hash: String,
}

/// What is known of other legal choices of promotions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Certificate {
    /// The merchant fixed the order, so there was no choice.
    Pinned,
    /// None is cheaper: proved.
    Optimal,
    /// None is cheaper by more than this, in minor units; the search ended before it could prove more.
    Bounded(i64),
}

/// One line of the cart with its price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuoteLine {
    /// The cart's line.
    pub id: LineId,
    /// What.
    pub sku: Sku,
    /// How many units.
    pub quantity: i64,
    /// The list price of one unit.
    pub list: i64,
    /// List price times quantity.
    pub subtotal: i64,
    /// Each promotion's share, in the order of application.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<LineDiscount>))]
    pub discounts: List<LineDiscount>,
    /// What the line costs after all discounts, tax in or out as `tax_included` says.
    pub total: i64,
    /// The line's tax.
    pub tax: i64,
    /// The line's units by what each of them costs.
    pub runs: Vec<Run>,
}

/// A promotion's share in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineDiscount {
    /// Which promotion.
    pub promotion: PromotionId,
    /// How much it took off the line.
    pub amount: i64,
    /// How many of the line's units it touched.
    pub units: i64,
}

/// A [`LineDiscount`] that is looked at where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShareView<'v> {
    /// Which promotion.
    pub promotion: &'v PromotionId,
    /// How much it took off the line.
    pub amount: i64,
    /// How many of the line's units it touched.
    pub units: i64,
}

impl Entry for LineDiscount {
    type View<'v> = ShareView<'v>;
    type Teller = Record;

    fn view(&self) -> ShareView<'_> {
        ShareView { promotion: &self.promotion, amount: self.amount, units: self.units }
    }
}

/// Equal units of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Run {
    /// How many.
    pub quantity: i64,
    /// What each of them costs.
    pub net: i64,
}

/// Shipping and what was taken off it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuoteShipping {
    /// The chosen method.
    pub method: String,
    /// Its price before discounts.
    pub list: i64,
    /// Each promotion's share.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<LineDiscount>))]
    pub discounts: List<LineDiscount>,
    /// What shipping costs after discounts.
    pub total: i64,
    /// Its tax.
    pub tax: i64,
}

/// A promotion that gave something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Applied {
    /// Which promotion.
    pub promotion: PromotionId,
    /// Its name for shoppers.
    pub name: Text,
    /// Its class.
    pub class: Class,
    /// The code that unlocked it.
    pub coupon: Option<CouponCode>,
    /// What it took off in all, lines and shipping; 0 for gifts and points.
    pub amount: i64,
    /// What it was computed of: the value of the matched units before it.
    pub base: i64,
    /// How many units it touched.
    pub units: i64,
    /// True if a cap, a budget, a limit of units or a floor made it smaller than its rule alone.
    pub limited: bool,
    /// Who pays for it: the amount by name, in the promotion's shares, to the last minor unit. Empty where the promotion names nobody.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub funding: BTreeMap<String, i64>,
}

/// Goods given on top of the cart; they have no price and no tax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Gift {
    /// The promotion that gives.
    pub promotion: PromotionId,
    /// What.
    pub sku: Sku,
    /// How many.
    pub quantity: i64,
}

/// What became of an entered code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CouponOutcome {
    /// The code as entered.
    pub code: CouponCode,
    /// Why it gave nothing; none if it was taken.
    pub refused: Option<Reason>,
}

/// A promotion that touches the cart and gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Missed {
    /// Which promotion.
    pub promotion: PromotionId,
    /// Its name for shoppers.
    pub name: Text,
    /// The code that would unlock it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coupon: Option<CouponCode>,
    /// Why, with its numbers.
    pub reason: Reason,
}

/// A [`Missed`] that is looked at where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissedView<'v> {
    /// Which promotion.
    pub promotion: &'v PromotionId,
    /// Its name for shoppers.
    pub name: &'v Text,
    /// The code that would unlock it.
    pub coupon: Option<&'v CouponCode>,
    /// Why, with its numbers.
    pub reason: &'v Reason,
}

impl Entry for Missed {
    type View<'v> = MissedView<'v>;
    type Teller = Record;

    fn view(&self) -> MissedView<'_> {
        MissedView { promotion: &self.promotion, name: &self.name, coupon: self.coupon.as_ref(), reason: &self.reason }
    }
}

/// What the shopper could do to pay less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hint {
    /// The promotion that would give.
    pub promotion: PromotionId,
    /// Its name for shoppers.
    pub name: Text,
    /// What is missing.
    pub need: Need,
    /// What would be saved at the least, where the rule says so.
    pub saving: Option<i64>,
}

/// What is missing for a promotion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// So much more in goods that match.
    Amount(i64),
    /// So many more units that match.
    Units(i64),
    /// Signing in.
    SignIn,
}
