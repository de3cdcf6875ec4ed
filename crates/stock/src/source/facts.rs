//! What a choice of places is made of.

use super::strategy::BadStrategy;
use crate::{Bundles, Point, Shelf, Words};
use ids::{LineId, PlaceId, Sku};
use std::collections::{BTreeMap, BTreeSet};

/// What a place is in the chain from supplier to shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// The central warehouse.
    Central,
    /// A regional warehouse.
    Regional,
    /// A store.
    Store,
}

/// A place that may have goods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its id.
    pub id: PlaceId,
    /// What people call it.
    pub name: Words,
    /// What it is.
    pub tier: Tier,
    /// The region it is in.
    pub region: String,
    /// Where it is, if that is known.
    pub point: Option<Point>,
    /// What a parcel from here costs the shop, in minor units.
    pub parcel_minor: i64,
    /// What each kilogram in it costs on top, in minor units.
    pub kilo_minor: i64,
    /// Parcels that wait here to be packed.
    pub open_parcels: i64,
}

/// A line that needs goods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id within the request.
    pub id: LineId,
    /// What; it may be a bundle.
    pub sku: Sku,
    /// Units, at least 1.
    pub quantity: i64,
    /// True for a gift, which may be brought to a store where goods are picked up.
    pub gift: bool,
}

/// Where goods go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To an address.
    Ship {
        /// The region it lies in, if that is known.
        region: Option<String>,
        /// About where it is, if that is known; without it distance does not matter.
        point: Option<Point>,
    },
    /// To nowhere: they are picked up.
    PickUp {
        /// In this store.
        store: PlaceId,
    },
}

/// An order, as far as its goods matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The channel that took it.
    pub channel: String,
    /// What it needs.
    pub lines: Vec<Line>,
    /// Where it goes.
    pub to: Destination,
    /// Places that refused already.
    pub refused: BTreeSet<PlaceId>,
    /// The shopper stands at the till with the goods: the store gives all that nobody else was promised, safety stock too, which is there for what a
    /// count gets wrong and not for what somebody holds.
    pub in_hand: bool,
}

/// What there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The places.
    pub places: Vec<Place>,
    /// Their stock.
    pub shelves: BTreeMap<(Sku, PlaceId), Shelf>,
    /// What bundles are made of.
    pub bundles: Bundles,
    /// What a unit weighs, in grams; nothing where it is not known. A bundle's own weight goes before the sum of its components'.
    pub grams: BTreeMap<Sku, i64>,
}

/// The most lines of a request.
const LINES_MAX: usize = 5_000;
/// The most units of a line.
const QUANTITY_MAX: i64 = 1_000_000;
/// The heaviest unit: ten tonnes.
const GRAMS_MAX: i64 = 10_000_000;
/// The most a parcel or a kilogram may cost, and the most parcels that wait.
const FACT_MAX: i64 = 1_000_000;
/// The most units on a shelf.
const UNITS_MAX: i64 = 1_000_000_000_000;

/// A number that is out of its range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadInput {
    /// There are no lines, too many, or two with one id.
    Lines,
    /// A line's quantity is not from 1 to 1,000,000.
    Quantity(LineId),
    /// A unit weighs less than nothing or more than ten tonnes.
    Grams(Sku),
    /// A cost or the number of open parcels is negative or above 1,000,000, or two places have one id.
    Place(PlaceId),
    /// Units on a shelf are negative or too many to count with.
    Shelf(Sku, PlaceId),
    /// The strategy can't be used.
    Strategy(BadStrategy),
}

impl Facts {
    /// What a unit weighs, in grams.
    pub(super) fn grams_of(&self, sku: &Sku) -> i64 {
        let own = |sku: &Sku| self.grams.get(sku).copied().unwrap_or(0);
        match (own(sku), self.bundles.components(sku)) {
            (0, Some(parts)) => parts.iter().fold(0, |sum, part| {
                let grams = own(&part.sku).saturating_mul(part.quantity);
                grams.saturating_add(sum)
            }),
            (grams, _) => grams,
        }
    }

    pub(super) fn check(&self, request: &Request) -> Result<(), BadInput> {
        let ids: BTreeSet<&LineId> = request.lines.iter().map(|line| &line.id).collect();
        if request.lines.is_empty() || request.lines.len() > LINES_MAX || ids.len() < request.lines.len() {
            return Err(BadInput::Lines);
        }
        for line in &request.lines {
            if !(1..=QUANTITY_MAX).contains(&line.quantity) {
                return Err(BadInput::Quantity(line.id.clone()));
            }
            if !(0..=GRAMS_MAX).contains(&self.grams_of(&line.sku)) {
                return Err(BadInput::Grams(line.sku.clone()));
            }
        }
        self.check_places()
    }

    fn check_places(&self) -> Result<(), BadInput> {
        let mut seen = BTreeSet::new();
        for place in &self.places {
            let facts = [place.parcel_minor, place.kilo_minor, place.open_parcels];
            if !seen.insert(&place.id) || facts.iter().any(|fact| !(0..=FACT_MAX).contains(fact)) {
                return Err(BadInput::Place(place.id.clone()));
            }
        }
        for ((sku, place), shelf) in &self.shelves {
            let units = [shelf.on_hand, shelf.reserved, shelf.safety, shelf.keep_back];
            if units.iter().any(|units| !(0..=UNITS_MAX).contains(units)) {
                return Err(BadInput::Shelf(sku.clone(), place.clone()));
            }
        }
        Ok(())
    }
}
