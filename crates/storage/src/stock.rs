//! Units by SKU and place, and how many of them are kept. What changes them are the movements of [`crate::postings`].

use crate::{Error, Query, Result, Row, Tx, bulk, values};
use ids::{PlaceId, Sku};

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
    /// Units that came back and are not yet judged; they are not on hand.
    pub quarantine: i64,
    /// Units under way to the place.
    pub in_transit: i64,
    /// Units that are never promised.
    pub safety: i64,
    /// Units kept for people who walk in.
    pub keep_back: i64,
}

impl StockRow {
    /// Nothing of a SKU at a place.
    #[must_use]
    pub fn empty(sku: Sku, place: PlaceId) -> Self {
        Self { sku, place, on_hand: 0, reserved: 0, quarantine: 0, in_transit: 0, safety: 0, keep_back: 0 }
    }

    /// What the pure core needs to know of it.
    #[must_use]
    pub fn shelf(&self) -> ::stock::Shelf {
        let Self { on_hand, reserved, safety, keep_back, .. } = *self;
        ::stock::Shelf { on_hand, reserved, safety, keep_back }
    }

    /// The units in their buckets.
    #[must_use]
    pub fn balance(&self) -> ::stock::Balance {
        let Self { on_hand, reserved, quarantine, in_transit, .. } = *self;
        ::stock::Balance { on_hand, reserved, quarantine, in_transit }
    }

    /// Units that can be promised now to somebody who stands in front of the shelf.
    #[must_use]
    pub fn available(&self) -> i64 {
        self.shelf().available()
    }

    /// Units that can be promised now from afar.
    #[must_use]
    pub fn available_from_afar(&self) -> i64 {
        self.shelf().from_afar()
    }
}

pub(crate) fn read(row: &Row) -> Result<StockRow> {
    Ok(StockRow {
        sku: row.id("sku")?,
        place: row.id("place")?,
        on_hand: row.int("on_hand")?,
        reserved: row.int("reserved")?,
        quarantine: row.int("quarantine")?,
        in_transit: row.int("in_transit")?,
        safety: row.int("safety")?,
        keep_back: row.int("keep_back")?,
    })
}

/// Stock of some SKUs at all places, by SKU and place.
pub async fn of_skus(on: &impl Query, skus: &[Sku]) -> Result<Vec<StockRow>> {
    let sql = "SELECT * FROM stock WHERE sku IN ({keys}) ORDER BY sku, place";
    bulk::by_keys(on, sql, &[], skus).await?.iter().map(read).collect()
}

/// Stock of a SKU at a place, if it was ever there.
pub async fn one(on: &impl Query, sku: &Sku, place: &PlaceId) -> Result<Option<StockRow>> {
    let sql = "SELECT * FROM stock WHERE sku = $1 AND place = $2";
    on.row(sql, values![sku, place]).await?.map(|row| read(&row)).transpose()
}

/// What is looked for in the stock of a place or of all places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StockFilter {
    /// One place.
    pub place: Option<PlaceId>,
    /// SKUs that begin so.
    pub sku: String,
    /// Only where at most so many units can be promised to somebody in front of the shelf.
    pub available_max: Option<i64>,
    /// Only what comes after this SKU and place.
    pub after: Option<(Sku, PlaceId)>,
    /// So many rows at most.
    pub rows_max: i64,
}

/// Stock that a filter lets through, by SKU and place.
pub async fn find(on: &impl Query, filter: &StockFilter) -> Result<Vec<StockRow>> {
    let sql = "SELECT * FROM stock WHERE ($1 = '' OR place = $1) AND substr(sku, 1, length($2)) = $2
        AND ($3 = 0 OR on_hand - reserved - safety <= $4) AND (sku > $5 OR (sku = $5 AND place > $6))
        ORDER BY sku, place LIMIT $7";
    let place = filter.place.as_ref().map_or("", PlaceId::as_str);
    let (sku, after) = filter.after.as_ref().map_or(("", ""), |(sku, place)| (sku.as_str(), place.as_str()));
    let most = filter.available_max;
    let values = values![place, &filter.sku, most.is_some(), most.unwrap_or(0), sku, after, filter.rows_max];
    on.rows(sql, values).await?.iter().map(read).collect()
}

/// The numbers of the products of which some variant can be promised: anywhere, or at one place. A bundle can where all its components can.
/// They come as one list, for the same reason as in [`crate::search::find`].
pub async fn products_in_stock(on: &impl Query, place: Option<&PlaceId>) -> Result<Vec<i64>> {
    let anywhere = "SELECT string_agg(CAST(product AS TEXT), ',') AS products FROM (
        SELECT DISTINCT v.product AS product FROM stock s JOIN variants v ON v.sku = s.sku
        WHERE v.active = 1 AND s.on_hand - s.reserved - s.safety > 0
        UNION SELECT v.product FROM variants v JOIN bundles b ON b.sku = v.sku WHERE v.active = 1 AND EXISTS (
            SELECT 1 FROM places p WHERE NOT EXISTS (SELECT 1 FROM bundles c LEFT JOIN stock s
                ON s.sku = c.component AND s.place = p.id
                WHERE c.sku = v.sku AND COALESCE(s.on_hand - s.reserved - s.safety, 0) < c.quantity))) AS found";
    let at_place = "SELECT string_agg(CAST(product AS TEXT), ',') AS products FROM (
        SELECT DISTINCT v.product AS product FROM stock s JOIN variants v ON v.sku = s.sku
        WHERE v.active = 1 AND s.on_hand - s.reserved - s.safety > 0 AND s.place = $1
        UNION SELECT v.product FROM variants v JOIN bundles b ON b.sku = v.sku WHERE v.active = 1 AND NOT EXISTS (
            SELECT 1 FROM bundles c LEFT JOIN stock s ON s.sku = c.component AND s.place = $1
            WHERE c.sku = v.sku AND COALESCE(s.on_hand - s.reserved - s.safety, 0) < c.quantity)) AS found";
    let row = match place {
        Some(place) => on.row(at_place, values![place]).await?,
        None => on.row(anywhere, vec![]).await?,
    };
    row.map_or(Ok(Vec::new()), |row| row.ints("products"))
}

/// What a file says of a SKU at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// What.
    pub sku: Sku,
    /// Where.
    pub place: PlaceId,
    /// By how many units there are more than was thought.
    pub more: i64,
    /// Units that are never promised.
    pub safety: i64,
    /// Units kept for people who walk in; as before if none are named.
    pub keep_back: Option<i64>,
}

/// Changes units on hand and sets what is kept, of many rows at once.
///
/// # Errors
/// [`Error::Changed`] if fewer units would be on hand than are reserved: somebody reserved them after they were counted.
pub async fn count(tx: &Tx, rows: &[Counted]) -> Result<()> {
    for (keeps, tail) in [(true, COUNT_AND_KEEP), (false, COUNT)] {
        let some: Vec<&Counted> = rows.iter().filter(|row| row.keep_back.is_some() == keeps).collect();
        let values = some
            .iter()
            .flat_map(|row| values![&row.sku, &row.place, row.more, 0_i64, row.safety, row.keep_back.unwrap_or(0)]);
        let head = "INSERT INTO stock (sku, place, on_hand, reserved, safety, keep_back) VALUES ";
        let written = bulk::insert_counting(tx, head, 6, values.collect(), tail).await?;
        if written < some.len() as u64 {
            return Err(Error::Changed);
        }
    }
    Ok(())
}

const COUNT: &str = " ON CONFLICT (sku, place) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand,
    safety = excluded.safety, keep_back = stock.keep_back WHERE stock.on_hand + excluded.on_hand >= stock.reserved";
const COUNT_AND_KEEP: &str = " ON CONFLICT (sku, place) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand,
    safety = excluded.safety, keep_back = excluded.keep_back WHERE stock.on_hand + excluded.on_hand >= stock.reserved";

/// Sets how many units of a SKU are never promised at a place, and how many are kept for people who walk in.
pub async fn set_levels(tx: &Tx, sku: &Sku, place: &PlaceId, safety: i64, keep_back: i64) -> Result<()> {
    let sql = "INSERT INTO stock (sku, place, on_hand, reserved, safety, keep_back) VALUES ($1, $2, 0, 0, $3, $4)
        ON CONFLICT (sku, place) DO UPDATE SET safety = excluded.safety, keep_back = excluded.keep_back";
    tx.run(sql, values![sku, place, safety, keep_back]).await.map(drop)
}
