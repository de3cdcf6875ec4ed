//! What the shopper wants: the input of a quote.

use ids::{CouponCode, LineId, Sku};
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
}

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

/// The largest quantity of one line.
pub const QUANTITY_MAX: i64 = 1_000_000_000;
/// The most lines of one cart.
pub const LINES_MAX: usize = 2_000;
/// The most coupon codes of one cart.
pub const COUPONS_MAX: usize = 50;
