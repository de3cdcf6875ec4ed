//! What becomes of an order: its goods by place, what happened, and what came back.

use crate::Address;
use ids::{FulfilmentId, LineId, OrderNumber, PlaceId, PromotionId, ReturnId, Sku};
use pricing::{Instant, Text, returns::Refund};
use serde::{Deserialize, Serialize};

/// Goods of an order that one place sends or hands over at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fulfilment {
    /// Its id.
    pub id: FulfilmentId,
    /// From where.
    pub place: PlaceId,
    /// `ship` or `pick_up`.
    pub way: String,
    /// `allocated`, `picking`, `packed`, `shipped`, `delivered`, `ready`, `collected`, `expired`, `refused`, `cancelled` or `sent_back`.
    pub stage: String,
    /// When it changed last.
    pub changed_at: Instant,
    /// The goods.
    pub lines: Vec<FulfilmentGoods>,
    /// Until when the goods wait in the store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready_until: Option<Instant>,
    /// The code to show in the store; only for who may collect, and only while the goods wait there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The carrier's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// The carrier's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking: Option<String>,
}

/// Goods of a fulfilment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FulfilmentGoods {
    /// The order's line, or the promotion that gave a gift.
    pub line: String,
    /// What.
    pub sku: Sku,
    /// How many units.
    pub quantity: i64,
    /// True if it came as a gift.
    pub gift: bool,
}

/// Something that happened to an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineEntry {
    /// When.
    pub at: Instant,
    /// What kind of thing, such as `shipped`.
    pub kind: String,
    /// In words.
    pub text: Text,
    /// Who did it, where that is the reader's to know: `shopper`, `system` or an employee's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The employee's name, for colleagues.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_name: Option<String>,
}

/// What the shopper may still do with an order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MayDo {
    /// Cancel what is still to come.
    pub cancel: bool,
    /// Change the address.
    pub change_address: bool,
    /// Bring goods back.
    pub bring_back: bool,
}

/// Cancels what is still to come of an order, or some of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CancelOrder {
    /// Made by the client, once per cancellation: the same key never cancels twice.
    pub idempotency_key: String,
    /// Which units; all that are still to come if none are named.
    #[serde(default)]
    pub lines: Vec<UnitsOfLine>,
    /// Why, if the shopper wants to say.
    #[serde(default)]
    pub reason: String,
}

/// Units of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UnitsOfLine {
    /// The order's line.
    pub line: LineId,
    /// How many units, at least 1.
    pub units: i64,
}

/// Changes where an order is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeAddress {
    /// Where to.
    pub address: Address,
}

/// A step of the people who gather, send and hand over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "step", rename_all = "snake_case", deny_unknown_fields)]
pub enum FulfilStep {
    /// Begin to gather the goods.
    StartPicking,
    /// The goods are packed for the carrier.
    Pack {
        /// Units that were not on the shelf: other places are asked for them, and what nobody has is cancelled and refunded.
        #[serde(default)]
        missing: Vec<MissingUnits>,
    },
    /// The carrier took them.
    Ship {
        /// The carrier's name; empty if the shop's own carrier books it.
        #[serde(default)]
        carrier: String,
        /// The carrier's number; empty if the carrier gives one when it is booked.
        #[serde(default)]
        tracking: String,
    },
    /// The carrier brought them.
    Deliver,
    /// The carrier gave them back: they are refunded and on the shelf again.
    SendBack {
        /// Why.
        why: String,
    },
    /// They wait in the store.
    MakeReady {
        /// Units that were not on the shelf.
        #[serde(default)]
        missing: Vec<MissingUnits>,
    },
    /// The shopper shows the code and takes them.
    Collect {
        /// The code that the shopper shows.
        code: String,
        /// Who takes them, if it is not the shopper.
        #[serde(default)]
        by: String,
    },
    /// The shopper stands at the till and takes them at once.
    HandOver,
    /// The place can't give them.
    Refuse {
        /// Why.
        why: String,
    },
}

/// Units that were not on the shelf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MissingUnits {
    /// The order's line, or the promotion of a gift.
    pub line: String,
    /// How many, at least 1.
    pub units: i64,
}

/// Something to do at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Task {
    /// The order.
    pub order: OrderNumber,
    /// When the order was placed.
    pub placed_at: Instant,
    /// Who gets the goods, masked.
    pub contact: crate::Contact,
    /// What is left to pay when the goods are handed over, in minor units.
    pub due: i64,
    /// The goods and where they stand.
    pub fulfilment: Fulfilment,
    /// Names and pictures.
    pub items: Vec<crate::OrderItem>,
}

/// Takes goods back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TakeBack {
    /// Made by the client, once per return: the same key never takes goods back twice.
    pub idempotency_key: String,
    /// The place that takes them.
    pub place: PlaceId,
    /// What comes back.
    pub goods: Vec<ReturnedGoods>,
    /// Why, in the shopper's words.
    #[serde(default)]
    pub reason: String,
    /// True if the shop is at fault: shipping is given back now.
    #[serde(default)]
    pub shops_fault: bool,
}

/// Exchanges goods: some come back, and a new order is paid by them as far as they reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    /// What comes back.
    pub back: TakeBack,
    /// The new order. It is of the returned order's member and taken at the place that takes the goods; its `payments` pay what the returned goods don't.
    pub order: crate::PlaceOrder,
}

/// An exchange that was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Exchanged {
    /// Of what came back.
    pub receipt: ReturnReceipt,
    /// The new order.
    pub order: crate::Order,
}

/// Goods that come back, and what becomes of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReturnedGoods {
    /// The order's line; none for a gift.
    #[serde(default)]
    pub line: Option<LineId>,
    /// The promotion that gave it; none for goods that were bought.
    #[serde(default)]
    pub gift: Option<PromotionId>,
    /// How many units, at least 1.
    pub units: i64,
    /// True if they can't be sold as they are: they are put aside until somebody decides.
    #[serde(default)]
    pub quarantine: bool,
}

/// Asks what would be given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PreviewReturn {
    /// What would come back.
    pub goods: Vec<ReturnedGoods>,
    /// True if the shop is at fault.
    #[serde(default)]
    pub shops_fault: bool,
}

/// The receipt of a return or a cancellation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReturnReceipt {
    /// Its id; none for a preview.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<ReturnId>,
    /// The order.
    pub order: OrderNumber,
    /// `return`, `cancel`, `expired`, `missing`, `sent_back` or `exchange`.
    pub kind: String,
    /// When.
    pub at: Instant,
    /// Where the goods came back to.
    pub place: Option<PlaceId>,
    /// Why, as it was said.
    pub reason: String,
    /// Every amount with its reasons.
    pub refund: Refund,
    /// What is kept back of the refund's total for points that these goods earned and that are spent, in minor units: the tenders get as much less.
    #[serde(default)]
    pub withheld: i64,
    /// Why it is not just what the goods cost, in words.
    pub reasons: Vec<Text>,
    /// What became of the goods.
    pub goods: Vec<ReturnedGoods>,
}

/// What the shop's own people look for among the orders.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct OrderQuery {
    /// The beginning of a number.
    #[serde(default)]
    pub number: Option<String>,
    /// Where they stand.
    #[serde(default)]
    pub status: Option<String>,
    /// A place that gives goods of them.
    #[serde(default)]
    pub place: Option<PlaceId>,
    /// Whose they are.
    #[serde(default)]
    pub member: Option<ids::MemberId>,
}
