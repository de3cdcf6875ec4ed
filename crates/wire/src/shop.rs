//! The shop itself.

use ids::{CategorySlug, LevelId, PlaceId, PriceBookId};
use money::Currency;
use pricing::{Instant, Text};
use serde::{Deserialize, Serialize};

/// What every page needs to know of the shop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shop {
    /// Its name.
    pub name: Text,
    /// One line about it.
    pub tagline: Text,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The price book in force.
    pub book: PriceBookId,
    /// The version of the pricing engine.
    pub engine: String,
    /// The server's clock; the browser uses it instead of its own.
    pub now: Instant,
    /// The departments in their order.
    pub categories: Vec<Category>,
    /// All places, stores and warehouses.
    pub places: Vec<Place>,
    /// The ways to send goods.
    pub shipping: Vec<ShippingInfo>,
    /// The ways to pay, of which the shopper may choose one when ordering; empty where there is nothing to choose.
    #[serde(default)]
    pub tenders: Vec<TenderInfo>,
    /// The member levels, lowest first.
    pub levels: Vec<LevelInfo>,
    /// Promotions worth showing on the first page.
    pub promotions: Vec<crate::PromotionNote>,
}

impl Shop {
    /// What the shop calls a member level, a place, a way to send goods or a way to pay, by its id.
    #[must_use]
    pub fn name_of(&self, id: &str) -> Option<&Text> {
        let level = self.levels.iter().find(|level| level.id.as_str() == id).map(|level| &level.name);
        let place = || self.places.iter().find(|place| place.id.as_str() == id).map(|place| &place.name);
        let shipping = || self.shipping.iter().find(|one| one.method == id).map(|one| &one.name);
        let tender = || self.tenders.iter().find(|one| one.tender == id).map(|one| &one.name);
        level.or_else(place).or_else(shipping).or_else(tender)
    }
}

/// A department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Category {
    /// Its address part.
    pub slug: CategorySlug,
    /// Its name.
    pub name: Text,
    /// A sentence about it.
    pub blurb: Text,
    /// How many products it has.
    pub products: i64,
}

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// The central warehouse.
    Central,
    /// A regional warehouse.
    Regional,
    /// A store.
    Store,
}

/// A place that holds stock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Place {
    /// Its id.
    pub id: PlaceId,
    /// What it is.
    pub kind: PlaceKind,
    /// Its name.
    pub name: Text,
    /// The city.
    pub city: Text,
    /// The street address.
    pub address: Text,
    /// Opening hours.
    pub hours: Text,
    /// The telephone, or empty.
    pub phone: String,
}

/// A way to send goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShippingInfo {
    /// The method's id.
    pub method: String,
    /// Its name.
    pub name: Text,
    /// Its list price.
    pub price: i64,
}

/// A way to pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TenderInfo {
    /// Its id, as a cart names it.
    pub tender: String,
    /// Its name.
    pub name: Text,
}

/// A member level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LevelInfo {
    /// Its id.
    pub id: LevelId,
    /// A higher rank is a higher level.
    pub rank: u32,
    /// Its name.
    pub name: Text,
}
