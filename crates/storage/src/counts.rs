//! Counting: what people found on the shelves, and what was thought to be there at that moment.

use crate::{Query, Result, Row, Tx, values};
use ids::{PlaceId, Sku};
use pricing::Instant;

/// What was found of a SKU.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountLine {
    /// What.
    pub sku: Sku,
    /// Units that were thought to be on hand when it was counted.
    pub expected: i64,
    /// Units that were there.
    pub counted: i64,
}

/// A count of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountRow {
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
    /// What was found, by SKU.
    pub lines: Vec<CountLine>,
}

fn read(row: &Row) -> Result<CountRow> {
    Ok(CountRow {
        id: row.text("id")?,
        place: row.id("place")?,
        status: row.text("status")?,
        note: row.text("note")?,
        created_at: row.instant("created_at")?,
        created_by: row.text("created_by")?,
        posted_at: row.maybe_int("posted_at")?.map(Instant),
        lines: Vec::new(),
    })
}

/// Begins a count.
pub async fn insert(tx: &Tx, row: &CountRow) -> Result<()> {
    let sql =
        "INSERT INTO stock_counts (id, place, status, note, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6)";
    let values = values![&row.id, &row.place, &row.status, &row.note, row.created_at, &row.created_by];
    tx.run(sql, values).await.map(drop)
}

/// The count with this id.
pub async fn by_id(on: &impl Query, id: &str) -> Result<Option<CountRow>> {
    let Some(row) = on.row("SELECT * FROM stock_counts WHERE id = $1", values![id]).await? else { return Ok(None) };
    let sql = "SELECT * FROM stock_count_lines WHERE count_id = $1 ORDER BY sku";
    let line =
        |row: &Row| Ok(CountLine { sku: row.id("sku")?, expected: row.int("expected")?, counted: row.int("counted")? });
    let lines = on.rows(sql, values![id]).await?.iter().map(line).collect::<Result<_>>()?;
    Ok(Some(CountRow { lines, ..read(&row)? }))
}

/// The latest counts of a place or of the whole shop; without their lines.
pub async fn list(on: &impl Query, place: Option<&PlaceId>, rows_max: i64) -> Result<Vec<CountRow>> {
    let sql = "SELECT * FROM stock_counts WHERE ($1 = '' OR place = $1) ORDER BY id DESC LIMIT $2";
    let place = place.map_or("", PlaceId::as_str);
    on.rows(sql, values![place, rows_max]).await?.iter().map(read).collect()
}

/// Writes down what was found of a SKU; what is thought to be on hand is read at this moment. A second look replaces the first.
pub async fn put_line(tx: &Tx, id: &str, place: &PlaceId, sku: &Sku, counted: i64) -> Result<()> {
    let sql = "INSERT INTO stock_count_lines (count_id, sku, expected, counted)
        SELECT $1, $3, COALESCE((SELECT on_hand FROM stock WHERE sku = $3 AND place = $2), 0), $4 WHERE 1 = 1
        ON CONFLICT (count_id, sku) DO UPDATE SET expected = excluded.expected, counted = excluded.counted";
    tx.run(sql, values![id, place, sku, counted]).await.map(drop)
}

/// Ends a count; false if it was ended before. The row is locked from here on.
pub async fn end(tx: &Tx, id: &str, status: &str, at: Instant) -> Result<bool> {
    let sql = "UPDATE stock_counts SET status = $2, posted_at = $3 WHERE id = $1 AND status = 'open'";
    Ok(tx.run(sql, values![id, status, at]).await? == 1)
}

/// True if a count is still open; its row is locked from here on.
pub async fn lock_open(tx: &Tx, id: &str) -> Result<bool> {
    let sql = "UPDATE stock_counts SET note = note WHERE id = $1 AND status = 'open'";
    Ok(tx.run(sql, values![id]).await? == 1)
}
