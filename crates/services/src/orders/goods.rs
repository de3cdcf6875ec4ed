//! What steps of an order do to the goods on the shelf.

use crate::{
    Result,
    stock::held::{self, Returned},
};
use ids::{OrderNumber, PlaceId, Sku};
use pricing::Instant;
use storage::Tx;

/// Units by SKU, each SKU once and sorted, so that all transactions take the rows in the same order.
pub(crate) fn by_sku<'a>(units: impl Iterator<Item = (&'a Sku, i64)>) -> Vec<(Sku, i64)> {
    let mut sums: std::collections::BTreeMap<Sku, i64> = std::collections::BTreeMap::new();
    for (sku, quantity) in units {
        *sums.entry(sku.clone()).or_default() += quantity;
    }
    sums.into_iter().filter(|(_, quantity)| *quantity > 0).collect()
}

/// Goods of one order at one place.
pub(crate) struct AtPlace<'a> {
    pub(crate) tx: &'a Tx,
    pub(crate) now: Instant,
    pub(crate) order: &'a OrderNumber,
    pub(crate) place: &'a PlaceId,
}

impl AtPlace<'_> {
    /// They are nobody's again.
    pub(crate) async fn release(&self, units: &[(Sku, i64)]) -> Result<()> {
        held::release(self.tx, self.now, self.order, self.place, units).await
    }

    /// They leave.
    pub(crate) async fn issue(&self, units: &[(Sku, i64)]) -> Result<()> {
        held::issue(self.tx, self.now, self.order, self.place, units).await
    }

    /// They are on the shelf again.
    pub(crate) async fn put_back(&self, units: &[(Sku, i64)]) -> Result<()> {
        self.back(units, Returned::Restock).await
    }

    /// They are put aside until somebody decides.
    pub(crate) async fn put_aside(&self, units: &[(Sku, i64)]) -> Result<()> {
        self.back(units, Returned::Quarantine).await
    }

    async fn back(&self, units: &[(Sku, i64)], returned: Returned) -> Result<()> {
        held::return_in(self.tx, self.now, self.order, self.place, units, returned, None).await
    }
}
