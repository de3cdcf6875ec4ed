//! Units by SKU and place, what is reserved of them, and what happened to them.

use crate::{Query, Result, Row, Tx, bulk, new_id, values};
use ids::{OrderNumber, PlaceId, Sku};
use pricing::Instant;

/// Stock of a SKU at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockRow {
    /// What.
    pub sku: Sku,
    /// Where.
    pub place: PlaceId,
    /// Units there.
    pub on_hand: i64,
    /// Units promised to orders.
    pub reserved: i64,
    /// Units that are never promised.
    pub safety: i64,
}

impl StockRow {
    /// Units that can be promised now.
    #[must_use]
    pub fn available(&self) -> i64 {
        (self.on_hand - self.reserved - self.safety).max(0)
    }
}

/// What happened to goods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// What.
    pub sku: Sku,
    /// Where.
    pub place: PlaceId,
    /// `count` (units on hand after a count, as the difference) or `reserve`.
    pub kind: &'static str,
    /// How many units.
    pub quantity: i64,
}

fn read(row: &Row) -> Result<StockRow> {
    Ok(StockRow {
        sku: row.id("sku")?,
        place: row.id("place")?,
        on_hand: row.int("on_hand")?,
        reserved: row.int("reserved")?,
        safety: row.int("safety")?,
    })
}

/// Stock of some SKUs at all places, by SKU and place.
pub async fn of_skus(on: &impl Query, skus: &[Sku]) -> Result<Vec<StockRow>> {
    let sql = "SELECT sku, place, on_hand, reserved, safety FROM stock WHERE sku IN ({keys}) ORDER BY sku, place";
    bulk::by_keys(on, sql, &[], skus).await?.iter().map(read).collect()
}

/// The numbers of the products of which some variant can be promised: anywhere, or at one place. They come as one list, for
/// the same reason as in [`crate::search::find`].
pub async fn products_in_stock(on: &impl Query, place: Option<&PlaceId>) -> Result<Vec<i64>> {
    let anywhere = "SELECT string_agg(CAST(product AS TEXT), ',') AS products FROM (
        SELECT DISTINCT v.product AS product FROM stock s JOIN variants v ON v.sku = s.sku
        WHERE v.active = 1 AND s.on_hand - s.reserved - s.safety > 0) AS found";
    let at_place = "SELECT string_agg(CAST(product AS TEXT), ',') AS products FROM (
        SELECT DISTINCT v.product AS product FROM stock s JOIN variants v ON v.sku = s.sku
        WHERE v.active = 1 AND s.on_hand - s.reserved - s.safety > 0 AND s.place = $1) AS found";
    let row = match place {
        Some(place) => on.row(at_place, values![place]).await?,
        None => on.row(anywhere, vec![]).await?,
    };
    row.map_or(Ok(Vec::new()), |row| row.ints("products"))
}

/// Reserves units if they can still be promised; false if they can't.
pub async fn reserve(tx: &Tx, sku: &Sku, place: &PlaceId, quantity: i64) -> Result<bool> {
    let sql = "UPDATE stock SET reserved = reserved + $3
        WHERE sku = $1 AND place = $2 AND on_hand - reserved - safety >= $3 RETURNING reserved";
    Ok(tx.row(sql, values![sku, place, quantity]).await?.is_some())
}

/// Sets units on hand and safety stock; what is reserved stays.
pub async fn count(tx: &Tx, rows: &[StockRow]) -> Result<()> {
    let values = rows.iter().flat_map(|row| values![&row.sku, &row.place, row.on_hand, 0_i64, row.safety]).collect();
    let head = "INSERT INTO stock (sku, place, on_hand, reserved, safety) VALUES ";
    let tail = " ON CONFLICT (sku, place) DO UPDATE SET on_hand = excluded.on_hand, safety = excluded.safety";
    bulk::insert(tx, head, 5, values, tail).await
}

/// Writes down what happened.
pub async fn record(tx: &Tx, at: Instant, order: Option<&OrderNumber>, movements: &[Movement]) -> Result<()> {
    let values =
        movements.iter().flat_map(|one| values![new_id(), at, &one.sku, &one.place, one.kind, one.quantity, order]);
    let head = "INSERT INTO stock_movements (id, at, sku, place, kind, quantity, order_number) VALUES ";
    bulk::insert(tx, head, 7, values.collect(), "").await
}

/// What was reserved for an order, by SKU and place.
pub async fn reserved_for(on: &impl Query, order: &OrderNumber) -> Result<Vec<(Sku, PlaceId, i64)>> {
    let sql = "SELECT sku, place, quantity FROM stock_movements WHERE order_number = $1 AND kind = 'reserve'
        ORDER BY sku, place";
    let rows = on.rows(sql, values![order]).await?;
    rows.iter().map(|row| Ok((row.id("sku")?, row.id("place")?, row.int("quantity")?))).collect()
}
