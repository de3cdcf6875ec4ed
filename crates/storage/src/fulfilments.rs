//! Goods of orders by the place that gives them.

use crate::{
    Error, Query, Result, Row, Tx, Value, bulk,
    sealed::{COLLECTED_BY, FULFILMENT_REASON},
    value::bad,
    values,
};
use ids::{FulfilmentId, OrderNumber, PlaceId, Sku};
use orders::{Stage, Way};
use pricing::Instant;

/// Goods of an order that one place sends or hands over at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FulfilmentRow {
    /// Its id.
    pub id: FulfilmentId,
    /// The order.
    pub order: OrderNumber,
    /// From where.
    pub place: PlaceId,
    /// How the goods reach the shopper.
    pub way: Way,
    /// Where it stands.
    pub stage: Stage,
    /// Since when it is there.
    pub created_at: Instant,
    /// When it changed last.
    pub changed_at: Instant,
    /// Until when the goods wait in the store.
    pub expires_at: Option<Instant>,
    /// The keyed hash of the code that the shopper shows in the store.
    pub code_hash: Option<String>,
    /// The carrier's name.
    pub carrier: Option<String>,
    /// The carrier's number.
    pub tracking: Option<String>,
    /// Who took the goods: the shopper, or a name.
    pub collected_by: Option<String>,
    /// Why it came to nothing.
    pub reason: Option<String>,
    /// The goods.
    pub lines: Vec<FulfilmentLine>,
}

/// Goods of a fulfilment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FulfilmentLine {
    /// The cart's line, or the promotion of a gift.
    pub line: String,
    /// What.
    pub sku: Sku,
    /// How many units.
    pub quantity: i64,
    /// True if it came as a gift.
    pub gift: bool,
}

fn way(row: &Row) -> Result<Way, Error> {
    let word = row.text("way")?;
    Way::of(&word).ok_or_else(|| bad("way", format!("{word:?} is no way to the shopper")))
}

fn stage(row: &Row) -> Result<Stage, Error> {
    let word = row.text("stage")?;
    Stage::of(&word).ok_or_else(|| bad("stage", format!("{word:?} is no stage")))
}

fn read(on: &impl Query, row: &Row) -> Result<FulfilmentRow> {
    let id: FulfilmentId = row.id("id")?;
    Ok(FulfilmentRow {
        order: row.id("order_number")?,
        place: row.id("place")?,
        way: way(row)?,
        stage: stage(row)?,
        created_at: row.instant("created_at")?,
        changed_at: row.instant("changed_at")?,
        expires_at: row.maybe_int("expires_at")?.map(Instant),
        code_hash: row.maybe_text("code_hash")?,
        carrier: row.maybe_text("carrier")?,
        tracking: row.maybe_text("tracking")?,
        collected_by: COLLECTED_BY.open_maybe(on, id.as_str(), row.maybe_text("collected_by")?)?,
        reason: FULFILMENT_REASON.open_maybe(on, id.as_str(), row.maybe_text("reason")?)?,
        id,
        lines: Vec::new(),
    })
}

async fn with_lines(on: &impl Query, rows: Vec<Row>) -> Result<Vec<FulfilmentRow>> {
    let mut found: Vec<FulfilmentRow> = rows.iter().map(|row| read(on, row)).collect::<Result<_>>()?;
    let ids: Vec<FulfilmentId> = found.iter().map(|one| one.id.clone()).collect();
    let sql = "SELECT fulfilment, line, sku, quantity, gift FROM fulfilment_lines WHERE fulfilment IN ({keys})
        ORDER BY fulfilment, position";
    for row in bulk::by_keys(on, sql, &[], &ids).await? {
        let id = row.text("fulfilment")?;
        let line = FulfilmentLine {
            line: row.text("line")?,
            sku: row.id("sku")?,
            quantity: row.int("quantity")?,
            gift: row.flag("gift")?,
        };
        if let Some(one) = found.iter_mut().find(|one| one.id.as_str() == id) {
            one.lines.push(line);
        }
    }
    Ok(found)
}

/// The fulfilments of an order, the oldest first.
pub async fn of_order(on: &impl Query, order: &OrderNumber) -> Result<Vec<FulfilmentRow>> {
    let sql = "SELECT * FROM fulfilments WHERE order_number = $1 ORDER BY created_at, id";
    with_lines(on, on.rows(sql, values![order]).await?).await
}

/// The fulfilment with this id.
pub async fn by_id(on: &impl Query, id: &FulfilmentId) -> Result<Option<FulfilmentRow>> {
    let rows = on.rows("SELECT * FROM fulfilments WHERE id = $1", values![id]).await?;
    Ok(with_lines(on, rows).await?.pop())
}

/// The fulfilments that wait under this code's hash.
pub async fn by_code(on: &impl Query, code_hash: &str) -> Result<Vec<FulfilmentRow>> {
    let rows = on.rows("SELECT * FROM fulfilments WHERE code_hash = $1 ORDER BY created_at DESC", values![code_hash]);
    with_lines(on, rows.await?).await
}

/// What is to be done at a place, the oldest first. Goods of orders that wait for their payment are not among it.
pub async fn to_do(on: &impl Query, place: &PlaceId, limit: i64) -> Result<Vec<FulfilmentRow>> {
    let sql = "SELECT f.* FROM fulfilments f JOIN orders o ON o.number = f.order_number
        WHERE f.place = $1 AND f.stage IN ('allocated', 'picking', 'packed', 'ready', 'shipped') AND o.paid = 1
        ORDER BY f.created_at, f.id LIMIT $2";
    with_lines(on, on.rows(sql, values![place, limit]).await?).await
}

/// Goods that nobody came for before `now`.
pub async fn expired(on: &impl Query, now: Instant, limit: i64) -> Result<Vec<FulfilmentRow>> {
    let sql = "SELECT * FROM fulfilments WHERE stage = 'ready' AND expires_at <= $1 ORDER BY expires_at, id LIMIT $2";
    with_lines(on, on.rows(sql, values![now, limit]).await?).await
}

/// How many fulfilments are open at each place: the work there.
pub async fn open_by_place(on: &impl Query) -> Result<Vec<(PlaceId, i64)>> {
    let sql = "SELECT place, COUNT(*) AS open FROM fulfilments WHERE stage IN ('allocated', 'picking')
        GROUP BY place ORDER BY place";
    let rows = on.rows(sql, vec![]).await?;
    rows.iter().map(|row| Ok((row.id("place")?, row.int("open")?))).collect()
}

/// Who collected the goods, and why they could not be given: sealed.
fn words(tx: &Tx, row: &FulfilmentRow) -> Result<Vec<Value>> {
    let id = row.id.as_str();
    let collected_by = COLLECTED_BY.seal_maybe(tx, id, row.collected_by.as_deref())?;
    Ok(values![collected_by, FULFILMENT_REASON.seal_maybe(tx, id, row.reason.as_deref())?])
}

/// Adds fulfilments with their lines.
pub async fn insert(tx: &Tx, rows: &[FulfilmentRow]) -> Result<()> {
    let mut values = Vec::new();
    let mut lines = Vec::new();
    for row in rows {
        values.extend(values![&row.id, &row.order, &row.place, row.way.word(), row.stage.word()]);
        values.extend(values![row.created_at, row.changed_at, row.expires_at.map(|at| at.0), &row.code_hash]);
        values.extend(values![&row.carrier, &row.tracking]);
        values.extend(words(tx, row)?);
        for (position, line) in (0_i64..).zip(&row.lines) {
            lines.extend(values![&row.id, position, &line.line, &line.sku, line.quantity, line.gift]);
        }
    }
    let head =
        "INSERT INTO fulfilments (id, order_number, place, way, stage, created_at, changed_at, expires_at, code_hash,
        carrier, tracking, collected_by, reason) VALUES ";
    bulk::insert(tx, head, 13, values, "").await?;
    let head = "INSERT INTO fulfilment_lines (fulfilment, position, line, sku, quantity, gift) VALUES ";
    bulk::insert(tx, head, 6, lines, "").await
}

/// Writes a fulfilment's new stage and what came with it, if its stage is still `from`; false if it is not.
pub async fn change(tx: &Tx, row: &FulfilmentRow, from: Stage) -> Result<bool> {
    let sql = "UPDATE fulfilments SET stage = $3, changed_at = $4, expires_at = $5, code_hash = $6, carrier = $7,
        tracking = $8, collected_by = $9, reason = $10 WHERE id = $1 AND stage = $2";
    let mut values = values![&row.id, from.word(), row.stage.word(), row.changed_at, row.expires_at.map(|at| at.0)];
    values.extend(values![&row.code_hash, &row.carrier, &row.tracking]);
    values.extend(words(tx, row)?);
    Ok(tx.run(sql, values).await? == 1)
}

/// Sets the lines of a fulfilment: fewer units were found than were allocated.
pub async fn set_lines(tx: &Tx, id: &FulfilmentId, lines: &[FulfilmentLine]) -> Result<()> {
    tx.run("DELETE FROM fulfilment_lines WHERE fulfilment = $1", values![id]).await?;
    let values = (0_i64..)
        .zip(lines)
        .flat_map(|(position, line)| values![id, position, &line.line, &line.sku, line.quantity, line.gift]);
    let head = "INSERT INTO fulfilment_lines (fulfilment, position, line, sku, quantity, gift) VALUES ";
    bulk::insert(tx, head, 6, values.collect(), "").await
}
