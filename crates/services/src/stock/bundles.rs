//! Bundles: what a SKU is made of when it is sold.

use super::Shelves;
use crate::{Permission, Result, ServiceError, Services, Who, setup};
use ::stock::{Bundles, Component};
use ids::Sku;
use std::collections::BTreeSet;
use storage::{Tx, bundles, variants};
use wire::{Bundle, StockUnits};

fn wire(sku: &Sku, components: &[Component]) -> Bundle {
    let unit = |one: &Component| StockUnits { sku: one.sku.clone(), quantity: one.quantity };
    Bundle { sku: sku.clone(), components: components.iter().map(unit).collect() }
}

impl Services {
    /// All bundles, by SKU.
    ///
    /// # Errors
    /// Without [`Permission::StockSee`].
    pub async fn bundles(&self, who: &Who) -> Result<Vec<Bundle>> {
        who.require(Permission::StockSee)?;
        Ok(bundles::all(self.db()).await?.iter().map(|(sku, components)| wire(sku, components)).collect())
    }

    /// Sets what a SKU is made of; without components it is an ordinary SKU again. A SKU that has stock of its own can't become a bundle.
    ///
    /// # Errors
    /// Without [`Permission::StockPlan`]; [`ServiceError::Invalid`] for what can't be a bundle.
    pub async fn put_bundle(&self, who: &Who, request: &Bundle) -> Result<Bundle> {
        who.require(Permission::StockPlan)?;
        let tx = self.db().begin().await?;
        put(&tx, request).await?;
        setup::stamp(&tx).await?;
        tx.commit().await?;
        self.reload().await?;
        Ok(request.clone())
    }
}

/// Checks a bundle and puts it into the database.
pub(crate) async fn put(tx: &Tx, request: &Bundle) -> Result<()> {
    let sku = &request.sku;
    let skus: Vec<Sku> = std::iter::once(sku).chain(request.components.iter().map(|one| &one.sku)).cloned().collect();
    let known: BTreeSet<Sku> = variants::by_skus(tx, &skus).await?.into_iter().map(|row| row.sku).collect();
    if let Some(unknown) = skus.iter().find(|sku| !known.contains(*sku)) {
        let (zh, en) = (format!("没有商品编号 {unknown}。"), format!("There is no SKU {unknown}."));
        return Err(ServiceError::field("components", zh, en));
    }
    let component = |one: &StockUnits| Component { sku: one.sku.clone(), quantity: one.quantity };
    let components: Vec<Component> = request.components.iter().map(component).collect();
    let all = bundles::all(tx).await?;
    let others = all.iter().filter(|(other, _)| *other != sku);
    let others = others.flat_map(|(other, parts)| parts.iter().map(move |part| (other.clone(), part.clone())));
    let together = others.chain(components.iter().map(|one| (sku.clone(), one.clone())));
    if let Err(bad) = Bundles::new(together) {
        let en = format!(
            "This can't be a bundle: {bad:?}. Components are other SKUs, each once, 1 to 1,000 units, and no bundles."
        );
        return Err(ServiceError::field("components", "组成商品要是别的非组合商品，每种一次，1 到 1,000 件。", en));
    }
    let own = Shelves::load(tx, std::slice::from_ref(sku)).await?;
    let has_stock =
        all.components(sku).is_none() && own.rows.values().any(|row| row.balance() != ::stock::Balance::default());
    if has_stock && !components.is_empty() {
        let en = format!("{sku} has stock of its own; count it down to nothing first.");
        return Err(ServiceError::field("sku", format!("{sku} 有自己的库存，请先盘点为 0。"), en));
    }
    Ok(bundles::put(tx, sku, &components).await?)
}
