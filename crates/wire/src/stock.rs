//! Stock as it is seen: by shoppers, and in all its buckets by the shop's own people.

use ids::{OrderNumber, PlaceId, Sku};
use pricing::{Instant, Text};
use serde::{Deserialize, Serialize};

/// When goods can go on: from a warehouse to the shopper, or over a store's counter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Arrival {
    /// Today.
    Now,
    /// Tomorrow.
    Tomorrow,
    /// On a later day, out of goods that are under way.
    On {
        /// The day on the place's own calendar: `2026-11-26`.
        day: String,
        /// The day of the week, from 0 for Sunday.
        weekday: i64,
    },
    /// Nobody knows.
    #[default]
    Unknown,
}

/// Stock of a SKU at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceStock {
    /// Where.
    pub place: PlaceId,
    /// Units that can be promised there now, to somebody who is there.
    pub available: i64,
    /// When one unit can be had there.
    #[serde(default)]
    pub when: Arrival,
    /// How far it is from where the shopper is, in kilometres, if both are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub km: Option<i64>,
}

/// Where the shopper is, as far as they say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default, deny_unknown_fields)]
pub struct AvailabilityQuery {
    /// A store; distances are told from there.
    pub store: Option<PlaceId>,
    /// Latitude in millionths of a degree, with `lon`; goes before the store.
    pub lat: Option<i64>,
    /// Longitude in millionths of a degree.
    pub lon: Option<i64>,
    /// How many units are wanted, from 1; 1 if not named.
    pub quantity: Option<i64>,
}

/// Where the variants of a product can be had, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Availability {
    /// The variants, in their order.
    pub variants: Vec<VariantAvailability>,
}

/// Where a variant can be had, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VariantAvailability {
    /// What.
    pub sku: Sku,
    /// Units that the web can promise now.
    pub available: i64,
    /// When so many units as are wanted leave for the shopper.
    pub delivery: Arrival,
    /// Stores near the shopper that have so many now.
    pub near: i64,
    /// Every place that has or had some, the nearest first where distances are known.
    pub places: Vec<PlaceStock>,
}

/// Looks into the stock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default, deny_unknown_fields)]
pub struct StockQuery {
    /// One place; all if none is named.
    pub place: Option<PlaceId>,
    /// SKUs that begin so.
    pub sku: Option<String>,
    /// Only where at most so many units can be promised: low stock.
    pub available_max: Option<i64>,
    /// What `next` of the page before said.
    pub after: Option<String>,
    /// Rows of a page, from 1 to 500; 100 if not named.
    pub limit: Option<i64>,
}

/// A page of the stock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockPage {
    /// Rows by SKU and place.
    pub rows: Vec<StockLevel>,
    /// What `after` asks for the rows that follow; none at the end.
    pub next: Option<String>,
}

/// Stock of a SKU at a place in all its buckets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockLevel {
    /// What.
    pub sku: Sku,
    /// Its product's name.
    pub title: Text,
    /// Where.
    pub place: PlaceId,
    /// Units there.
    pub on_hand: i64,
    /// Units promised to orders.
    pub reserved: i64,
    /// Units that came back and are not yet judged; they are not on hand.
    pub quarantine: i64,
    /// Units under way to the place.
    pub in_transit: i64,
    /// Units that are never promised.
    pub safety: i64,
    /// Units kept for people who walk in.
    pub keep_back: i64,
    /// Units that can be promised to somebody who is there.
    pub available: i64,
}

/// What movements are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default, deny_unknown_fields)]
pub struct MovementQuery {
    /// One place; all if none is named.
    pub place: Option<PlaceId>,
    /// What `next` of the page before said.
    pub before: Option<String>,
    /// Rows of a page, from 1 to 500; 100 if not named.
    pub limit: Option<i64>,
}

/// A page of movements, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MovementPage {
    /// The movements.
    pub rows: Vec<StockMovement>,
    /// What `before` asks for the ones before; none at the end.
    pub next: Option<String>,
}

/// Something that happened to goods, and what it changed in each bucket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockMovement {
    /// Its id.
    pub id: String,
    /// When.
    pub at: Instant,
    /// What.
    pub sku: Sku,
    /// Where.
    pub place: PlaceId,
    /// What happened: `count`, `expect`, `call_off`, `receive`, `reserve`, `release`, `issue`, `return_in`, `quarantine_in`, `quarantine_out`,
    /// `damage`, `transfer_out`, `transfer_in`, `short_receipt` or `adjust`.
    pub kind: String,
    /// Change of units on hand.
    pub on_hand: i64,
    /// Change of units reserved.
    pub reserved: i64,
    /// Change of units in quarantine.
    pub quarantine: i64,
    /// Change of units under way here.
    pub in_transit: i64,
    /// The order it was for.
    pub order: Option<OrderNumber>,
    /// The consignment, count or return it belongs to.
    pub reference: Option<String>,
    /// Who did it.
    pub actor: Option<String>,
    /// What they said about it.
    pub note: Option<String>,
}

/// Whether every balance is what its movements come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LedgerProof {
    /// How many balances were derived.
    pub balances: i64,
    /// Those that are stored otherwise, or that no balance may be.
    pub differences: Vec<LedgerDifference>,
}

/// A balance that is not what its movements come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LedgerDifference {
    /// What.
    pub sku: Sku,
    /// Where.
    pub place: PlaceId,
    /// What the movements come to.
    pub derived: Buckets,
    /// What is stored.
    pub stored: Buckets,
}

/// Units by bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Buckets {
    /// Units on hand.
    pub on_hand: i64,
    /// Units of them that are reserved.
    pub reserved: i64,
    /// Units in quarantine.
    pub quarantine: i64,
    /// Units under way here.
    pub in_transit: i64,
}
