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
    /// Latitude and longitude in millionths of a degree, if they are known.
    pub point: Option<(i64, i64)>,
    /// What a parcel from here costs the shop, in minor units.
    pub parcel_minor: i64,
    /// What each kilogram in it costs on top, in minor units.
    pub kilo_minor: i64,
    /// The minute of its day until which goods still leave on the same day.
    pub cut_off_minute: i64,
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
        point: row.maybe_int("lat")?.zip(row.maybe_int("lon")?),
        parcel_minor: row.int("parcel_minor")?,
        kilo_minor: row.int("kilo_minor")?,
        cut_off_minute: row.int("cut_off_minute")?,
    })
}

/// All places in their order.
pub async fn all(on: &impl Query) -> Result<Vec<PlaceRow>> {
    on.rows("SELECT * FROM places ORDER BY position, id", vec![]).await?.iter().map(read).collect()
}

/// Adds places; one whose id is there already is replaced.
pub async fn put(tx: &Tx, rows: &[PlaceRow]) -> Result<()> {
    let values = rows.iter().flat_map(|row| {
        let (lat, lon) = row.point.unzip();
        let what = values![&row.id, word(row.kind), row.position, &row.region, &row.time_zone, &row.phone];
        let sending = values![lat, lon, row.parcel_minor, row.kilo_minor, row.cut_off_minute];
        [what, sending].concat()
    });
    let head = "INSERT INTO places (id, kind, position, region, time_zone, phone, lat, lon, parcel_minor, kilo_minor, cut_off_minute)
        VALUES ";
    let tail = " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, position = excluded.position,
        region = excluded.region, time_zone = excluded.time_zone, phone = excluded.phone, lat = excluded.lat,
        lon = excluded.lon, parcel_minor = excluded.parcel_minor, kilo_minor = excluded.kilo_minor,
        cut_off_minute = excluded.cut_off_minute";
    bulk::insert(tx, head, 11, values.collect(), tail).await
}
