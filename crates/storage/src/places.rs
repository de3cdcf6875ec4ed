//! Warehouses and stores. Names, cities, addresses and hours are translations of the entity `place`.

use crate::{Error, Query, Result, Row, Tx, bulk, value::bad, values};
use ids::PlaceId;
use wire::PlaceKind;

/// A place that holds stock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceRow {
    /// Its id.
    pub id: PlaceId,
    /// What it is.
    pub kind: PlaceKind,
    /// Where it stands in lists, from 0.
    pub position: i64,
    /// The region it serves.
    pub region: String,
    /// Its IANA time zone.
    pub time_zone: String,
    /// The telephone, or empty.
    pub phone: String,
}

fn word(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Central => "central",
        PlaceKind::Regional => "regional",
        PlaceKind::Store => "store",
    }
}

fn kind(text: &str) -> Result<PlaceKind, Error> {
    match text {
        "central" => Ok(PlaceKind::Central),
        "regional" => Ok(PlaceKind::Regional),
        "store" => Ok(PlaceKind::Store),
        other => Err(bad("kind", format!("{other:?} is no kind of place"))),
    }
}

fn read(row: &Row) -> Result<PlaceRow> {
    Ok(PlaceRow {
        id: row.id("id")?,
        kind: kind(&row.text("kind")?)?,
        position: row.int("position")?,
        region: row.text("region")?,
        time_zone: row.text("time_zone")?,
        phone: row.text("phone")?,
    })
}

/// All places in their order.
pub async fn all(on: &impl Query) -> Result<Vec<PlaceRow>> {
    let sql = "SELECT id, kind, position, region, time_zone, phone FROM places ORDER BY position, id";
    on.rows(sql, vec![]).await?.iter().map(read).collect()
}

/// Adds places; one whose id is there already is replaced.
pub async fn put(tx: &Tx, rows: &[PlaceRow]) -> Result<()> {
    let values = rows
        .iter()
        .flat_map(|row| values![&row.id, word(row.kind), row.position, &row.region, &row.time_zone, &row.phone]);
    let head = "INSERT INTO places (id, kind, position, region, time_zone, phone) VALUES ";
    let tail = " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, position = excluded.position,
        region = excluded.region, time_zone = excluded.time_zone, phone = excluded.phone";
    bulk::insert(tx, head, 6, values.collect(), tail).await
}
