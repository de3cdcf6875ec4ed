//! What the shop's own people do with goods: deeds at a place, transfers, purchases and counts.

use ids::{PlaceId, Sku};
use pricing::Instant;
use serde::{Deserialize, Serialize};

use crate::StockLevel;

/// Units of a SKU.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StockUnits {
    /// What.
    pub sku: Sku,
    /// How many.
    pub quantity: i64,
}

/// What people do with goods at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StockDeed {
    /// Goods arrived that nobody had announced.
    Receive,
    /// Goods on the shelf are broken, spoiled or gone.
    Damage,
    /// Goods are taken off the shelf to be looked at.
    Quarantine,
    /// Goods that were looked at go on the shelf.
    Restock,
    /// Goods that were looked at are thrown away.
    WriteOff,
}

/// Moves goods at a place: all lines or none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MoveStock {
    /// Made by the client, once per deed: the same key never moves goods twice.
    pub idempotency_key: String,
    /// Where.
    pub place: PlaceId,
    /// What happens.
    pub deed: StockDeed,
    /// To which goods.
    pub lines: Vec<StockUnits>,
    /// Why; may be empty.
    #[serde(default)]
    pub note: String,
}

/// The stock of the goods that were moved, as it is then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Moved {
    /// Each SKU at the place.
    pub rows: Vec<StockLevel>,
}

/// Sets what is kept of a SKU at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetStockLevels {
    /// What.
    pub sku: Sku,
    /// Where.
    pub place: PlaceId,
    /// Units that are never promised.
    pub safety: i64,
    /// Units kept for people who walk in.
    pub keep_back: i64,
}

/// Asks for goods from another place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestTransfer {
    /// Made by the client, once per transfer.
    pub idempotency_key: String,
    /// The place that sends.
    pub origin: PlaceId,
    /// The place that receives.
    pub destination: PlaceId,
    /// What.
    pub lines: Vec<StockUnits>,
    /// Why; may be empty.
    #[serde(default)]
    pub note: String,
}

/// Announces goods of a supplier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnnouncePurchase {
    /// Made by the client, once per announcement.
    pub idempotency_key: String,
    /// Who sends.
    pub supplier: String,
    /// The place that receives.
    pub destination: PlaceId,
    /// When the goods should be there.
    #[serde(default)]
    pub expected: Option<Instant>,
    /// What.
    pub lines: Vec<StockUnits>,
    /// Why; may be empty.
    #[serde(default)]
    pub note: String,
}

/// Sends a transfer that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ShipConsignment {
    /// Made by the client, once.
    pub idempotency_key: String,
    /// What leaves, at most what was asked for; all of it if nothing is named.
    #[serde(default)]
    pub lines: Vec<StockUnits>,
    /// When the goods should be there.
    #[serde(default)]
    pub expected: Option<Instant>,
}

/// Receives goods that are under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReceiveConsignment {
    /// Made by the client, once per delivery.
    pub idempotency_key: String,
    /// What arrived.
    pub lines: Vec<StockUnits>,
    /// True if no more will come: what is missing is closed as a short receipt.
    #[serde(default)]
    pub close: bool,
}

/// Calls off what has not left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StockKey {
    /// Made by the client, once.
    pub idempotency_key: String,
}

/// Goods under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Consignment {
    /// Its id.
    pub id: String,
    /// `transfer` or `purchase`.
    pub kind: String,
    /// The place that sends, for a transfer.
    pub origin: Option<PlaceId>,
    /// The place that receives.
    pub destination: PlaceId,
    /// Who sends, for a purchase.
    pub supplier: String,
    /// `requested`, `shipped`, `closed` or `cancelled`.
    pub status: String,
    /// When the goods should be there.
    pub expected: Option<Instant>,
    /// What somebody said about it.
    pub note: String,
    /// When it was asked for.
    pub created_at: Instant,
    /// Who asked.
    pub created_by: String,
    /// When it left.
    pub shipped_at: Option<Instant>,
    /// When it was closed or called off.
    pub closed_at: Option<Instant>,
    /// What is in it; lists leave it out.
    pub lines: Vec<ConsignmentUnits>,
}

/// Units of a SKU in a consignment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsignmentUnits {
    /// What.
    pub sku: Sku,
    /// Units asked for.
    pub requested: i64,
    /// Units that left.
    pub shipped: i64,
    /// Units that arrived.
    pub received: i64,
}

/// Which consignments or counts are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default, deny_unknown_fields)]
pub struct StockListQuery {
    /// One place; all if none is named.
    pub place: Option<PlaceId>,
    /// True for those that are not closed.
    pub open: Option<bool>,
}

/// Begins a count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BeginCount {
    /// Made by the client, once per count.
    pub idempotency_key: String,
    /// Where.
    pub place: PlaceId,
    /// Why; may be empty.
    #[serde(default)]
    pub note: String,
}

/// What was found on the shelves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EnterCount {
    /// Units that are there; a SKU that was entered before is replaced.
    pub lines: Vec<StockUnits>,
}

/// A count of a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockCount {
    /// Its id.
    pub id: String,
    /// Where.
    pub place: PlaceId,
    /// `open`, `posted` or `dropped`.
    pub status: String,
    /// What somebody said about it.
    pub note: String,
    /// When it began.
    pub created_at: Instant,
    /// Who began it.
    pub created_by: String,
    /// When its differences were posted.
    pub posted_at: Option<Instant>,
    /// What was found; lists leave it out.
    pub lines: Vec<StockCountLine>,
}

/// What was found of a SKU.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockCountLine {
    /// What.
    pub sku: Sku,
    /// Units that were thought to be on hand when it was counted.
    pub expected: i64,
    /// Units that were there.
    pub counted: i64,
    /// The difference.
    pub difference: i64,
}
