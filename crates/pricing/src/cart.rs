//! What the shopper wants: the input of a quote.

use crate::tree::reads;
use ids::{CouponCode, LineId, PromotionId, Sku};
use serde::{Deserialize, Serialize};

/// What the shopper wants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Cart {
    /// What is in the cart; line ids are distinct. The order means nothing.
    pub lines: Vec<CartLine>,
    /// Coupon codes as entered. A code entered twice counts once.
    #[serde(default)]
    pub coupons: Vec<CouponCode>,
    /// Points the member wants to spend; at most what the member has and the order costs is spent.
    #[serde(default)]
    pub points: i64,
    /// The shipping method of the price book; none where the order is picked up or the choice is still open.
    #[serde(default)]
    pub shipping_method: Option<String>,
    /// The tender that the shopper has chosen to pay with, such as `wechat_pay`; none while the choice is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tender: Option<String>,
    /// Which gift the shopper wants where a promotion lets choose. What is no gift of that promotion counts for nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gifts: Vec<GiftChoice>,
}

reads! { Cart { lines; coupons = Vec::new(), points = 0, shipping_method = None, tender = None, gifts = Vec::new() } }

/// The gift that the shopper wants of a promotion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GiftChoice {
    /// The promotion that gives.
    pub promotion: PromotionId,
    /// One of its gifts.
    pub sku: Sku,
}

reads! { GiftChoice { promotion, sku } }

/// One line of a cart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CartLine {
    /// Names the line within the cart. Ties between lines go to the smaller id, compared as text.
    pub id: LineId,
    /// What.
    pub sku: Sku,
    /// How many units, from 1 to [`QUANTITY_MAX`]. Weighed goods count grams.
    pub quantity: i64,
}

reads! { CartLine { id, sku, quantity } }

/// The largest quantity of one line.
pub const QUANTITY_MAX: i64 = 1_000_000_000;
/// The most lines of one cart.
pub const LINES_MAX: usize = 2_000;
/// The most coupon codes of one cart.
pub const COUPONS_MAX: usize = 50;
