//! What a return is asked with: the order as it was, and what comes back.

use crate::{Cart, Context, Quote};
use ids::{LineId, PromotionId};
use serde::{Deserialize, Serialize};

/// An order as it was placed.
#[derive(Clone, Copy, Debug)]
pub struct Original<'a> {
    /// Its quote.
    pub quote: &'a Quote,
    /// The cart that was quoted.
    pub cart: &'a Cart,
    /// The context in which it was quoted.
    pub context: &'a Context,
    /// How it was paid; the amounts sum to the quote's payable.
    pub tenders: &'a [Tender],
}

/// Something that an order was paid with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Tender {
    /// Names it: `alipay`, `gift card 1234`.
    pub name: String,
    /// How much of it, in minor units.
    pub amount: i64,
}

/// Goods that come back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Returned {
    /// Units of lines.
    #[serde(default)]
    pub lines: Vec<ReturnedLine>,
    /// Gifts.
    #[serde(default)]
    pub gifts: Vec<ReturnedGift>,
}

/// Units of a line that come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReturnedLine {
    /// The line of the order.
    pub line: LineId,
    /// How many units of it, at least 1.
    pub units: i64,
}

/// Gifts that come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReturnedGift {
    /// The promotion that gave it.
    pub promotion: PromotionId,
    /// How many units, at least 1.
    pub units: i64,
}

/// What the shop decides about a return.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReturnOptions {
    /// When shipping is given back.
    #[serde(default)]
    pub shipping: ShippingRefund,
}

/// When the shipping that was paid is given back; always all of it, and once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ShippingRefund {
    /// With the last unit that was bought; gifts don't matter.
    #[default]
    WithEverything,
    /// Not at all.
    Never,
    /// With this return, because the shop is at fault.
    Now,
}
