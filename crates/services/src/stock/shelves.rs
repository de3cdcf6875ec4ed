//! What is on the shelves of some SKUs, bundles seen through to their components.

use crate::Result;
use ::stock::{Bundles, Shelf};
use ids::{PlaceId, Sku};
use std::collections::{BTreeMap, BTreeSet};
use storage::{
    Query, bundles,
    stock::{self, StockRow},
};

/// Stock of some SKUs and of what they are made of, at all places.
pub(crate) struct Shelves {
    pub(crate) bundles: Bundles,
    pub(crate) rows: BTreeMap<(Sku, PlaceId), StockRow>,
}

impl Shelves {
    /// Reads what there is of some SKUs.
    pub(crate) async fn load(on: &impl Query, skus: &[Sku]) -> Result<Self> {
        let bundles = bundles::of_skus(on, skus).await?;
        let parts: BTreeSet<Sku> =
            skus.iter().flat_map(|sku| bundles.parts(sku)).map(|component| component.sku).collect();
        let parts: Vec<Sku> = parts.into_iter().collect();
        let rows = stock::of_skus(on, &parts).await?;
        let rows = rows.into_iter().map(|row| ((row.sku.clone(), row.place.clone()), row)).collect();
        Ok(Self { bundles, rows })
    }

    /// The SKUs whose stock was read: what was asked for, bundles as their components.
    pub(crate) fn parts(&self) -> Vec<Sku> {
        let mut parts: Vec<Sku> = self.rows.keys().map(|(sku, _)| sku.clone()).collect();
        parts.dedup();
        parts
    }

    /// The places that have or had some of a SKU, or of all its components.
    pub(crate) fn places(&self, sku: &Sku) -> BTreeSet<PlaceId> {
        let parts = self.bundles.parts(sku);
        let has_all = |place: &&PlaceId| parts.iter().all(|part| self.row(&part.sku, place).is_some());
        let places: BTreeSet<&PlaceId> = self.rows.keys().map(|(_, place)| place).collect();
        places.into_iter().filter(has_all).cloned().collect()
    }

    fn row(&self, sku: &Sku, place: &PlaceId) -> Option<&StockRow> {
        self.rows.get(&(sku.clone(), place.clone()))
    }

    /// Units that can be promised to somebody at the place.
    pub(crate) fn available(&self, sku: &Sku, place: &PlaceId) -> i64 {
        self.bundles.available(sku, |part| self.row(part, place).map_or(0, StockRow::available))
    }

    /// Units that the place can send.
    pub(crate) fn available_from_afar(&self, sku: &Sku, place: &PlaceId) -> i64 {
        self.bundles.available(sku, |part| self.row(part, place).map_or(0, StockRow::available_from_afar))
    }

    /// Units that the web can promise: what all places can send.
    pub(crate) fn for_web(&self, sku: &Sku) -> i64 {
        let units = self.places(sku).into_iter().map(|place| self.available_from_afar(sku, &place));
        units.fold(0, i64::saturating_add)
    }

    /// What the pure core needs to know.
    pub(crate) fn shelves(&self) -> BTreeMap<(Sku, PlaceId), Shelf> {
        self.rows.iter().map(|(key, row)| (key.clone(), row.shelf())).collect()
    }
}
