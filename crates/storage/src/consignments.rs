//! Goods under way: what a supplier or another place sends, when it should be there, and what arrived of it.

use crate::{Error, Query, Result, Row, Tx, bulk, value::bad, values};
use ids::{PlaceId, Sku};
use pricing::Instant;

/// Where goods come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsignmentKind {
    /// Another place.
    Transfer,
    /// A supplier.
    Purchase,
}

/// How far a consignment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsignmentStatus {
    /// Asked for; nothing has left.
    Requested,
    /// Under way.
    Shipped,
    /// All that will arrive has arrived.
    Closed,
    /// Called off before anything left.
    Cancelled,
}

macro_rules! words {
    ($kind:ident: $($name:ident $word:literal),+) => {
        impl $kind {
            /// The stored word.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            fn parse(column: &str, word: &str) -> Result<Self, Error> {
                match word {
                    $($word => Ok(Self::$name),)+
                    other => Err(bad(column, format!("{other:?} is none of its words"))),
                }
            }
        }
    };
}

words! { ConsignmentKind: Transfer "transfer", Purchase "purchase" }
words! { ConsignmentStatus: Requested "requested", Shipped "shipped", Closed "closed", Cancelled "cancelled" }

/// Units of a SKU in a consignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsignmentLine {
    /// What.
    pub sku: Sku,
    /// Units asked for.
    pub requested: i64,
    /// Units that left.
    pub shipped: i64,
    /// Units that arrived.
    pub received: i64,
}

/// Goods under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsignmentRow {
    /// Its id.
    pub id: String,
    /// Where they come from.
    pub kind: ConsignmentKind,
    /// The place they come from, for a transfer.
    pub origin: Option<PlaceId>,
    /// The place they go to.
    pub destination: PlaceId,
    /// Who sends them, for a purchase.
    pub supplier: String,
    /// How far they are.
    pub status: ConsignmentStatus,
    /// When they should be there.
    pub expected_at: Option<Instant>,
    /// What somebody said about it.
    pub note: String,
    /// When it was asked for.
    pub created_at: Instant,
    /// Who asked.
    pub created_by: String,
    /// When it left.
    pub shipped_at: Option<Instant>,
    /// When it was closed or called off.
    pub closed_at: Option<Instant>,
    /// What is in it, by SKU.
    pub lines: Vec<ConsignmentLine>,
}

fn read(row: &Row) -> Result<ConsignmentRow> {
    Ok(ConsignmentRow {
        id: row.text("id")?,
        kind: ConsignmentKind::parse("kind", &row.text("kind")?)?,
        origin: row.maybe_id("origin")?,
        destination: row.id("destination")?,
        supplier: row.text("supplier")?,
        status: ConsignmentStatus::parse("status", &row.text("status")?)?,
        expected_at: row.maybe_int("expected_at")?.map(Instant),
        note: row.text("note")?,
        created_at: row.instant("created_at")?,
        created_by: row.text("created_by")?,
        shipped_at: row.maybe_int("shipped_at")?.map(Instant),
        closed_at: row.maybe_int("closed_at")?.map(Instant),
        lines: Vec::new(),
    })
}

fn read_line(row: &Row) -> Result<ConsignmentLine> {
    Ok(ConsignmentLine {
        sku: row.id("sku")?,
        requested: row.int("requested")?,
        shipped: row.int("shipped")?,
        received: row.int("received")?,
    })
}

/// Adds a consignment.
pub async fn insert(tx: &Tx, row: &ConsignmentRow) -> Result<()> {
    let sql = "INSERT INTO consignments (id, kind, origin, destination, supplier, status, expected_at, note, created_at, created_by, shipped_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let mut values = values![&row.id, row.kind.word(), row.origin.as_ref(), &row.destination, &row.supplier];
    let (expected, shipped) = (row.expected_at.map(|at| at.0), row.shipped_at.map(|at| at.0));
    values.extend(values![row.status.word(), expected, &row.note, row.created_at, &row.created_by, shipped]);
    tx.run(sql, values).await?;
    let line = |line: &ConsignmentLine| values![&row.id, &line.sku, line.requested, line.shipped, line.received];
    let head = "INSERT INTO consignment_lines (consignment, sku, requested, shipped, received) VALUES ";
    bulk::insert(tx, head, 5, row.lines.iter().flat_map(line).collect(), "").await
}

/// The consignment with this id.
pub async fn by_id(on: &impl Query, id: &str) -> Result<Option<ConsignmentRow>> {
    let Some(row) = on.row("SELECT * FROM consignments WHERE id = $1", values![id]).await? else { return Ok(None) };
    let lines = on.rows("SELECT * FROM consignment_lines WHERE consignment = $1 ORDER BY sku", values![id]).await?;
    Ok(Some(ConsignmentRow { lines: lines.iter().map(read_line).collect::<Result<_>>()?, ..read(&row)? }))
}

/// The latest consignments from or to a place, or of the whole shop; without their lines.
pub async fn list(
    on: &impl Query,
    place: Option<&PlaceId>,
    is_open: bool,
    rows_max: i64,
) -> Result<Vec<ConsignmentRow>> {
    let sql = "SELECT * FROM consignments WHERE ($1 = '' OR origin = $1 OR destination = $1)
        AND ($2 = 0 OR status IN ('requested', 'shipped')) ORDER BY id DESC LIMIT $3";
    let place = place.map_or("", PlaceId::as_str);
    on.rows(sql, values![place, is_open, rows_max]).await?.iter().map(read).collect()
}

/// Moves a consignment on; false if it is not any more where it was seen. The row is locked from here on.
pub async fn advance(tx: &Tx, id: &str, from: ConsignmentStatus, to: ConsignmentStatus, at: Instant) -> Result<bool> {
    let sql = "UPDATE consignments SET status = $3, shipped_at = CASE WHEN $3 = 'shipped' AND shipped_at IS NULL THEN $4 ELSE shipped_at END,
        closed_at = CASE WHEN $3 IN ('closed', 'cancelled') THEN $4 ELSE closed_at END WHERE id = $1 AND status = $2";
    Ok(tx.run(sql, values![id, from.word(), to.word(), at]).await? == 1)
}

/// Says when a consignment should be there.
pub async fn expect(tx: &Tx, id: &str, expected_at: Option<Instant>) -> Result<()> {
    let sql = "UPDATE consignments SET expected_at = $2 WHERE id = $1";
    tx.run(sql, values![id, expected_at.map(|at| at.0)]).await.map(drop)
}

/// Sets what left and what arrived of a line.
pub async fn set_line(tx: &Tx, id: &str, line: &ConsignmentLine) -> Result<()> {
    let sql = "UPDATE consignment_lines SET shipped = $3, received = $4 WHERE consignment = $1 AND sku = $2";
    tx.run(sql, values![id, &line.sku, line.shipped, line.received]).await.map(drop)
}

/// Units that are under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderWay {
    /// What.
    pub sku: Sku,
    /// Where to.
    pub place: PlaceId,
    /// Units that have not arrived.
    pub units: i64,
    /// When they should be there.
    pub expected_at: Option<Instant>,
}

/// What is under way of some SKUs, by SKU, place and date.
pub async fn under_way(on: &impl Query, skus: &[Sku]) -> Result<Vec<UnderWay>> {
    let sql = "SELECT l.sku AS sku, c.destination AS place, l.shipped - l.received AS units, c.expected_at AS expected_at
        FROM consignment_lines l JOIN consignments c ON c.id = l.consignment
        WHERE c.status = 'shipped' AND l.shipped > l.received AND l.sku IN ({keys}) ORDER BY l.sku, c.destination, c.id";
    let read = |row: &Row| {
        Ok(UnderWay {
            sku: row.id("sku")?,
            place: row.id("place")?,
            units: row.int("units")?,
            expected_at: row.maybe_int("expected_at")?.map(Instant),
        })
    };
    bulk::by_keys(on, sql, &[], skus).await?.iter().map(read).collect()
}
