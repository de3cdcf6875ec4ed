//! Bundles: which SKUs are made of which others.

use crate::{Query, Result, Row, Tx, bulk, value::bad, values};
use ::stock::{Bundles, Component};
use ids::Sku;

fn read(row: &Row) -> Result<(Sku, Component)> {
    Ok((row.id("sku")?, Component { sku: row.id("component")?, quantity: row.int("quantity")? }))
}

fn checked(rows: &[Row]) -> Result<Bundles> {
    let all = rows.iter().map(read).collect::<Result<Vec<_>>>()?;
    Bundles::new(all).map_err(|error| bad("component", format!("{error:?}")))
}

/// All bundles.
pub async fn all(on: &impl Query) -> Result<Bundles> {
    checked(&on.rows("SELECT * FROM bundles ORDER BY sku, component", vec![]).await?)
}

/// The bundles among some SKUs.
pub async fn of_skus(on: &impl Query, skus: &[Sku]) -> Result<Bundles> {
    let sql = "SELECT * FROM bundles WHERE sku IN ({keys}) ORDER BY sku, component";
    checked(&bulk::by_keys(on, sql, &[], skus).await?)
}

/// Sets what a SKU is made of; without components it is no bundle any more.
pub async fn put(tx: &Tx, sku: &Sku, components: &[Component]) -> Result<()> {
    tx.run("DELETE FROM bundles WHERE sku = $1", values![sku]).await?;
    let values = components.iter().flat_map(|one| values![sku, &one.sku, one.quantity]).collect();
    bulk::insert(tx, "INSERT INTO bundles (sku, component, quantity) VALUES ", 3, values, "").await
}
