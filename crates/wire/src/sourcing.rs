//! How orders are sourced, what strategies come to, and what bundles are made of.

use crate::{PlaceKind, StockUnits};
use ids::{PlaceId, Sku};
use pricing::Instant;
use serde::{Deserialize, Serialize};

/// What a SKU is made of when it is sold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// The bundle.
    pub sku: Sku,
    /// Its components with the units of each in one bundle; none makes it an ordinary SKU.
    pub components: Vec<StockUnits>,
}

/// How orders are sourced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SourcingSettings {
    /// The strategies to choose from.
    pub strategies: Vec<SourcingStrategy>,
    /// The name of the one that serves orders.
    pub strategy: String,
    /// Another one that serves some of them, to compare.
    #[serde(default)]
    pub experiment: Option<SourcingExperiment>,
    /// Where addresses are, where the capital of their province will not do.
    #[serde(default)]
    pub destinations: Vec<SourcingDestination>,
}

/// A way to choose the places that goods come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SourcingStrategy {
    /// Its name.
    pub name: String,
    /// What it would like to avoid.
    pub weights: SourcingWeights,
    /// Which places may serve what: the first that matches an order holds; where none does, all places may.
    #[serde(default)]
    pub rules: Vec<SourcingRule>,
    /// The channels that may take what stores keep back.
    #[serde(default)]
    pub walk_in_channels: Vec<String>,
}

/// Points for what is to be avoided, each from 0 to 1,000,000; the plan with the fewest is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SourcingWeights {
    /// For each line whose units come from more than one place.
    pub split_line: i64,
    /// For each parcel.
    pub parcel: i64,
    /// For each kilometre that a parcel goes.
    pub km: i64,
    /// For each minor unit that a parcel costs the shop.
    pub cost_minor: i64,
    /// For each parcel that waits already at a place that sends one more.
    pub open_parcel: i64,
    /// For each parcel from the central warehouse.
    pub central: i64,
    /// For each parcel from a regional warehouse.
    pub regional: i64,
    /// For each parcel from a store.
    pub store: i64,
}

/// Which places may send goods.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SourcingRule {
    /// The channels it is for; all if there are none.
    pub channels: Vec<String>,
    /// The regions of the address it is for; all if there are none.
    pub regions: Vec<String>,
    /// The tiers that may send; all if there are none.
    pub tiers: Vec<PlaceKind>,
    /// The only places that may send; all if there are none.
    pub only: Vec<PlaceId>,
    /// Places that may not send.
    pub except: Vec<PlaceId>,
    /// The most parcels of an order.
    pub parcels_max: Option<i64>,
}

/// Two strategies side by side: which of them serves an order follows from its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SourcingExperiment {
    /// Its name; another name deals the orders anew.
    pub name: String,
    /// The strategy that is tried beside the shop's own.
    pub b: String,
    /// How many of 1,000 orders it serves.
    pub share_permille: i64,
}

/// Where addresses are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SourcingDestination {
    /// How the province of such an address begins.
    pub province: String,
    /// The region it is in; by the nearest warehouse if it is empty.
    #[serde(default)]
    pub region: String,
    /// Latitude in millionths of a degree.
    pub lat: i64,
    /// Longitude in millionths of a degree.
    pub lon: i64,
}

/// What a strategy came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourcingFigures {
    /// Its name.
    pub strategy: String,
    /// Orders that it served.
    pub orders: i64,
    /// Times that it chose: an order whose place refused is sourced again.
    pub sourcings: i64,
    /// Parcels of all of them.
    pub parcels: i64,
    /// Lines whose units came from more than one place.
    pub split_lines: i64,
    /// Kilometres of all parcels.
    pub km: i64,
    /// What they cost the shop, in minor units.
    pub cost_minor: i64,
    /// Choices that may not be the best, since the search was cut off.
    pub bounded: i64,
}

/// From when on figures are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default, deny_unknown_fields)]
pub struct FiguresQuery {
    /// The first instant; the beginning if none is named.
    pub since: Option<Instant>,
}
