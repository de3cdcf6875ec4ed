//! From cart to order.

use crate::{Fulfilment, MayDo, OptionValue, ReturnReceipt, TimelineEntry};
use ids::{CouponCode, Handle, LineId, OrderNumber, PlaceId, PriceBookId, Sku};
use pricing::{Cart, Context, Instant, Quote, Slice, Text};
use serde::{Deserialize, Serialize};

/// Asks for all that the browser needs to quote a cart by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SliceRequest {
    /// The SKUs of the cart and of the page.
    pub skus: Vec<Sku>,
    /// Coupon codes as entered; the answer holds the promotions of known codes only.
    #[serde(default)]
    pub coupons: Vec<CouponCode>,
    /// The store in whose context the shopper is.
    #[serde(default)]
    pub store: Option<PlaceId>,
    /// `web` (default), `kiosk` or `till`.
    #[serde(default)]
    pub channel: Option<String>,
    /// The member whom a clerk serves; only at the till.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<ids::MemberId>,
}

/// All that the browser needs to quote by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SliceAnswer {
    /// The part of the price book that can touch the SKUs.
    pub slice: Slice,
    /// The circumstances as the server knows them.
    pub context: Context,
    /// Names, pictures and stock of the SKUs, and of gifts that could come with them. Unknown SKUs are left out.
    pub items: Vec<SkuInfo>,
}

/// What a line shows besides its price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SkuInfo {
    /// What.
    pub sku: Sku,
    /// Its product.
    pub handle: Handle,
    /// The product's name.
    pub title: Text,
    /// The variant's options.
    pub options: Vec<OptionValue>,
    /// The picture's address.
    pub image: String,
    /// Units that the web can promise now.
    pub available: i64,
    /// Units in the store of the request, if one was named.
    pub available_here: Option<i64>,
}

/// Asks the server for a quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct QuoteRequest {
    /// The cart.
    pub cart: Cart,
    /// The store in whose context the shopper is.
    #[serde(default)]
    pub store: Option<PlaceId>,
    /// `web` (default) or `kiosk`.
    #[serde(default)]
    pub channel: Option<String>,
}

/// A quote that the shop promises to honour once until it expires, even if its price book changes meanwhile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeldQuote {
    /// Goes into an order's `held`, together with the same lines and codes, and the hash of the quote at the promised prices.
    pub token: String,
    /// The promise holds before this instant.
    pub expires: Instant,
    /// What was promised.
    pub quote: Quote,
    /// The context it was made with.
    pub context: Context,
    /// The book's slice for this cart: with it a client quotes at the promised prices, whatever it still chooses of delivery, tender, points and gifts.
    pub slice: Slice,
}

/// How the goods reach the shopper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Delivery {
    /// Sent by the cart's shipping method.
    Ship {
        /// Where to.
        address: Address,
    },
    /// Picked up; the cart names no shipping method.
    PickUp {
        /// Where.
        store: PlaceId,
    },
}

/// Where goods are sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// Province or municipality.
    pub province: String,
    /// City.
    pub city: String,
    /// District.
    pub district: String,
    /// Street, house and room.
    pub street: String,
}

/// Who is told about the order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The name on the parcel.
    pub name: String,
    /// A telephone number.
    pub phone: String,
    /// An e-mail address, if messages should go there too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The language of messages, `zh` or `en`; Chinese if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// Places an order. The server quotes again from its own facts and takes the order only if its quote has the same hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlaceOrder {
    /// Made by the client, once per order: the same key never makes a second order.
    pub idempotency_key: String,
    /// The cart.
    pub cart: Cart,
    /// `web` (default) or `kiosk`.
    #[serde(default)]
    pub channel: Option<String>,
    /// The store in whose context the shopper is.
    #[serde(default)]
    pub store: Option<PlaceId>,
    /// How the goods reach the shopper.
    pub delivery: Delivery,
    /// Who is told.
    pub contact: Contact,
    /// The price book that the shopper saw.
    pub book: PriceBookId,
    /// The engine that computed what the shopper saw.
    pub engine: String,
    /// The instant of the context that the shopper's quote was made with.
    pub at: Instant,
    /// The hash of the quote that the shopper saw.
    pub quote_hash: String,
    /// The token of a held quote, if the shopper has one: then its book holds instead of the one in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<String>,
    /// Unique codes that the shopper entered, of the coupons in the cart that are given out singly (`/coupons/resolve`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<CouponCode>,
    /// The member whom a clerk serves; only at the till, where members don't sign in themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<ids::MemberId>,
    /// How it is paid; without tenders, when the goods are handed over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payments: Vec<crate::TenderAsk>,
    /// True if the shopper takes the goods at once; only at the till.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hand_over: bool,
}

// serde hands over a reference.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

/// What is different between the quote that the shopper saw and the one that holds now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Changed {
    /// The quote that holds now.
    pub quote: Quote,
    /// The context it was made with.
    pub context: Context,
    /// The book's slice for this cart now.
    pub slice: Slice,
}

/// One difference between two quotes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Difference {
    /// The line, or none for the whole order.
    pub line: Option<LineId>,
    /// What differs.
    pub what: Text,
    /// Before, in minor units.
    pub before: i64,
    /// Now, in minor units.
    pub after: i64,
}

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// The goods are reserved; the shopper has still to pay.
    AwaitingPayment,
    /// Taken; nobody has begun to gather the goods.
    Placed,
    /// Goods are being gathered or packed, or some came and others are still to come.
    InWork,
    /// What is still to come waits in the store.
    Ready,
    /// What is still to come is with the carrier.
    Shipped,
    /// The shopper has all goods that were not cancelled.
    Completed,
    /// Nothing of it reaches the shopper.
    Cancelled,
}

/// An order as its shopper sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Order {
    /// The public number.
    pub number: OrderNumber,
    /// When it was placed.
    pub placed_at: Instant,
    /// Where it stands.
    pub status: OrderStatus,
    /// The channel that took it.
    pub channel: String,
    /// The store in whose context it was taken.
    pub store: Option<PlaceId>,
    /// How the goods reach the shopper.
    pub delivery: Delivery,
    /// Who is told; the telephone is masked.
    pub contact: Contact,
    /// How the shopper wants to pay, if that was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tender: Option<String>,
    /// The quote as it was when the order was placed.
    pub quote: Quote,
    /// Names and pictures of what was ordered, gifts too.
    pub items: Vec<OrderItem>,
    /// When it has to be paid, while it waits for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_by: Option<Instant>,
    /// The goods by the place that gives them.
    #[serde(default)]
    pub fulfilments: Vec<Fulfilment>,
    /// What happened, the oldest first, as much as is the reader's.
    #[serde(default)]
    pub timeline: Vec<TimelineEntry>,
    /// What came back, or will not be sent.
    #[serde(default)]
    pub returns: Vec<ReturnReceipt>,
    /// What the reader may still do.
    #[serde(default)]
    pub may: MayDo,
    /// Whose it is; for the shop's own people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<ids::MemberId>,
    /// Money that is to be handed back over the counter; for the shop's own people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hand_back: Vec<crate::MoneyBack>,
    /// The order that this one is exchanged for, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange_of: Option<OrderNumber>,
}

/// Name and picture of an ordered SKU.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderItem {
    /// What.
    pub sku: Sku,
    /// Its product.
    pub handle: Handle,
    /// The product's name when it was ordered.
    pub title: Text,
    /// The variant's options when it was ordered.
    pub options: Vec<OptionValue>,
    /// The picture's address.
    pub image: String,
}
