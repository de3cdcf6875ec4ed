//! The movements of goods: the only way in which units come, go and change buckets. Each is written down, once and for ever, together with
//! what it changes.

use crate::{Query, Result, Row, Tx, Value, bulk, new_id, stock::StockRow, value::bad, values};
use ::stock::{Balance, Delta, Kind, Movement, Refusal};
use ids::{OrderNumber, PlaceId, Sku};
use pricing::Instant;

/// What has to be left on a shelf when units are reserved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// Nothing but what is reserved already.
    Nothing,
    /// The safety stock.
    Safety,
    /// The safety stock and what is kept for people who walk in.
    KeptBack,
}

/// A movement that is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// What moves.
    pub movement: Movement,
    /// What a reservation has to leave.
    pub leave: Leave,
    /// The order that it is for.
    pub order: Option<OrderNumber>,
    /// The consignment, count or return that it belongs to.
    pub reference: Option<String>,
    /// What somebody wants to say about it.
    pub note: Option<String>,
}

impl Posting {
    /// A movement that leaves nothing behind and belongs to nothing.
    #[must_use]
    pub fn new(sku: &Sku, place: &PlaceId, kind: Kind, delta: Delta) -> Self {
        let movement = Movement { sku: sku.clone(), place: place.clone(), kind, delta };
        Self { movement, leave: Leave::Nothing, order: None, reference: None, note: None }
    }
}

/// Why a posting was refused. Whoever gets one must not commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What would have moved.
    pub movement: Movement,
    /// What there is.
    pub balance: Balance,
    /// What speaks against it; none if it would be possible but for what has to be left.
    pub why: Option<Refusal>,
}

/// A movement that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovementRow {
    /// Its id; later movements have greater ones.
    pub id: String,
    /// When.
    pub at: Instant,
    /// What happened.
    pub movement: Movement,
    /// The order it was for.
    pub order: Option<OrderNumber>,
    /// The consignment, count or return it belongs to.
    pub reference: Option<String>,
    /// Who did it; none for what was written before people were named.
    pub actor: Option<String>,
    /// What they said about it.
    pub note: Option<String>,
}

/// Makes movements, in the order of SKUs and places so that two transactions never wait for each other. Balances stay right whatever
/// others do at the same time: what must hold stands in the statement that changes the row.
///
/// # Errors
/// Inside: the first posting that can't be. Then the transaction has to be given up.
pub async fn post(tx: &Tx, at: Instant, actor: &str, postings: &[Posting]) -> Result<Result<(), Refused>> {
    let mut sorted: Vec<&Posting> = postings.iter().collect();
    sorted.sort_by_key(|one| (&one.movement.sku, &one.movement.place));
    for posting in &sorted {
        if let Err(refused) = change(tx, posting).await? {
            return Ok(Err(refused));
        }
    }
    record(tx, at, actor, &sorted).await?;
    Ok(Ok(()))
}

const CHANGE: &str = "UPDATE stock SET on_hand = on_hand + $3, reserved = reserved + $4, quarantine = quarantine + $5,
    in_transit = in_transit + $6 WHERE sku = $1 AND place = $2 AND on_hand + $3 >= 0 AND reserved + $4 >= 0
    AND quarantine + $5 >= 0 AND in_transit + $6 >= 0 AND reserved + $4 <= on_hand + $3
    AND ($7 = 0 OR on_hand - reserved - safety - keep_back * $8 >= $4)";

async fn change(tx: &Tx, posting: &Posting) -> Result<Result<(), Refused>> {
    let Movement { sku, place, delta, .. } = &posting.movement;
    let (safety, kept) = (posting.leave != Leave::Nothing, posting.leave == Leave::KeptBack);
    let Delta { on_hand, reserved, quarantine, in_transit } = *delta;
    let values = values![sku, place, on_hand, reserved, quarantine, in_transit, safety, kept];
    let allowed = Balance::default().apply(&posting.movement);
    if matches!(allowed, Err(Refusal::Empty | Refusal::Kind)) {
        return Ok(Err(refused(&posting.movement, Balance::default())));
    }
    if tx.run(CHANGE, values.clone()).await? == 1 {
        return Ok(Ok(()));
    }
    let found = crate::stock::one(tx, sku, place).await?;
    let balance = found.as_ref().map(StockRow::balance).unwrap_or_default();
    if found.is_some() || balance.apply(&posting.movement).is_err() {
        return Ok(Err(refused(&posting.movement, balance)));
    }
    let first =
        "INSERT INTO stock (sku, place, on_hand, reserved, safety) VALUES ($1, $2, 0, 0, 0) ON CONFLICT DO NOTHING";
    tx.run(first, values![sku, place]).await?;
    let done = tx.run(CHANGE, values).await? == 1;
    Ok(if done { Ok(()) } else { Err(refused(&posting.movement, balance)) })
}

fn refused(movement: &Movement, balance: Balance) -> Refused {
    Refused { movement: movement.clone(), balance, why: balance.apply(movement).err() }
}

/// The units that a movement is about: those on hand where they change, else those of the bucket that changes.
fn quantity(movement: &Movement) -> i64 {
    let Delta { on_hand, reserved, quarantine, in_transit } = movement.delta;
    let first = [on_hand, reserved, quarantine, in_transit].into_iter().find(|units| *units != 0).unwrap_or(0);
    if movement.kind == Kind::Count { first } else { first.saturating_abs() }
}

async fn record(tx: &Tx, at: Instant, actor: &str, postings: &[&Posting]) -> Result<()> {
    let row = |one: &&Posting| -> Vec<Value> {
        let Movement { sku, place, kind, delta } = &one.movement;
        let moved = values![delta.on_hand, delta.reserved, delta.quarantine, delta.in_transit];
        let what = values![new_id(), at, sku, place, kind.word(), quantity(&one.movement), one.order.as_ref()];
        [what, moved, values![&one.reference, actor, &one.note]].concat()
    };
    let head = "INSERT INTO stock_movements (id, at, sku, place, kind, quantity, order_number, on_hand, reserved,
        quarantine, in_transit, reference, actor, note) VALUES ";
    bulk::insert(tx, head, 14, postings.iter().flat_map(row).collect(), "").await
}

/// Writes down counts that [`crate::stock::count`] made.
pub async fn record_counts(tx: &Tx, at: Instant, actor: &str, counts: &[crate::stock::Counted]) -> Result<()> {
    let posting = |one: &crate::stock::Counted| {
        let delta = Delta { on_hand: one.more, ..Delta::default() };
        Posting::new(&one.sku, &one.place, Kind::Count, delta)
    };
    let postings: Vec<Posting> = counts.iter().filter(|one| one.more != 0).map(posting).collect();
    record(tx, at, actor, &postings.iter().collect::<Vec<_>>()).await
}

fn read(row: &Row) -> Result<MovementRow> {
    let word = row.text("kind")?;
    let kind = Kind::parse(&word).ok_or_else(|| bad("kind", format!("{word:?} is no kind of movement")))?;
    let delta = Delta {
        on_hand: row.int("on_hand")?,
        reserved: row.int("reserved")?,
        quarantine: row.int("quarantine")?,
        in_transit: row.int("in_transit")?,
    };
    Ok(MovementRow {
        id: row.text("id")?,
        at: row.instant("at")?,
        movement: Movement { sku: row.id("sku")?, place: row.id("place")?, kind, delta },
        order: row.maybe_id("order_number")?,
        reference: row.maybe_text("reference")?,
        actor: row.maybe_text("actor")?,
        note: row.maybe_text("note")?,
    })
}

/// The movements of a SKU at a place or at all places, the latest first: those before `before` if it is named.
pub async fn of_sku(
    on: &impl Query,
    sku: &Sku,
    place: Option<&PlaceId>,
    before: Option<&str>,
    rows_max: i64,
) -> Result<Vec<MovementRow>> {
    let sql = "SELECT * FROM stock_movements WHERE sku = $1 AND ($2 = '' OR place = $2) AND ($3 = '' OR id < $3)
        ORDER BY id DESC LIMIT $4";
    let place = place.map_or("", PlaceId::as_str);
    on.rows(sql, values![sku, place, before.unwrap_or(""), rows_max]).await?.iter().map(read).collect()
}

/// All movements in the order in which they were made, those after `after`.
pub async fn all(on: &impl Query, after: &str, rows_max: i64) -> Result<Vec<MovementRow>> {
    let sql = "SELECT * FROM stock_movements WHERE id > $1 ORDER BY id LIMIT $2";
    on.rows(sql, values![after, rows_max]).await?.iter().map(read).collect()
}

/// What an order holds and what has left for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// What.
    pub sku: Sku,
    /// Where.
    pub place: PlaceId,
    /// Units that are reserved for it.
    pub reserved: i64,
    /// Units that left for it, less those that came back here.
    pub issued: i64,
}

/// What an order holds, by SKU and place.
pub async fn of_order(on: &impl Query, order: &OrderNumber) -> Result<Vec<Held>> {
    let sql = "SELECT sku, place, CAST(SUM(reserved) AS BIGINT) AS reserved,
        CAST(-SUM(on_hand) - SUM(quarantine) AS BIGINT) AS issued
        FROM stock_movements WHERE order_number = $1 GROUP BY sku, place ORDER BY sku, place";
    let read = |row: &Row| {
        Ok(Held {
            sku: row.id("sku")?,
            place: row.id("place")?,
            reserved: row.int("reserved")?,
            issued: row.int("issued")?,
        })
    };
    on.rows(sql, values![order]).await?.iter().map(read).collect()
}

/// A balance that is not what its movements come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What.
    pub sku: Sku,
    /// Where.
    pub place: PlaceId,
    /// What the movements come to.
    pub derived: Balance,
    /// What is stored.
    pub stored: Balance,
}

/// Derives every balance from the movements and lists those that are stored otherwise, and those that no balance may be: with a bucket below
/// nothing, or with more reserved than on hand. Also how many balances there are.
pub async fn prove(on: &impl Query) -> Result<(i64, Vec<Difference>)> {
    let sql = "SELECT d.sku AS sku, d.place AS place, CAST(SUM(d.a) AS BIGINT) AS a, CAST(SUM(d.b) AS BIGINT) AS b,
        CAST(SUM(d.c) AS BIGINT) AS c, CAST(SUM(d.d) AS BIGINT) AS d, CAST(SUM(d.e) AS BIGINT) AS e,
        CAST(SUM(d.f) AS BIGINT) AS f, CAST(SUM(d.g) AS BIGINT) AS g, CAST(SUM(d.h) AS BIGINT) AS h FROM (
        SELECT sku, place, on_hand AS a, reserved AS b, quarantine AS c, in_transit AS d, 0 AS e, 0 AS f, 0 AS g, 0 AS h
        FROM stock UNION ALL
        SELECT sku, place, 0, 0, 0, 0, on_hand, reserved, quarantine, in_transit FROM stock_movements) AS d
        GROUP BY d.sku, d.place
        HAVING SUM(d.a) <> SUM(d.e) OR SUM(d.b) <> SUM(d.f) OR SUM(d.c) <> SUM(d.g) OR SUM(d.d) <> SUM(d.h)
        OR SUM(d.a) < 0 OR SUM(d.b) < 0 OR SUM(d.c) < 0 OR SUM(d.d) < 0 OR SUM(d.b) > SUM(d.a)
        ORDER BY d.sku, d.place";
    let balance = |row: &Row, [a, b, c, d]: [&str; 4]| -> Result<Balance> {
        Ok(Balance { on_hand: row.int(a)?, reserved: row.int(b)?, quarantine: row.int(c)?, in_transit: row.int(d)? })
    };
    let read = |row: &Row| {
        let (stored, derived) = (balance(row, ["a", "b", "c", "d"])?, balance(row, ["e", "f", "g", "h"])?);
        Ok(Difference { sku: row.id("sku")?, place: row.id("place")?, derived, stored })
    };
    let differences = on.rows(sql, vec![]).await?.iter().map(read).collect::<Result<_>>()?;
    let count = on.row("SELECT COUNT(*) AS rows FROM stock", vec![]).await?;
    Ok((count.map_or(Ok(0), |row| row.int("rows"))?, differences))
}

/// What an idempotency key did: the hash of its request and the answer.
pub async fn key(on: &impl Query, key: &str) -> Result<Option<(String, String)>> {
    let sql = "SELECT request_hash, answer FROM stock_keys WHERE idempotency_key = $1";
    let row = on.row(sql, values![key]).await?;
    row.map(|row| Ok((row.text("request_hash")?, row.text("answer")?))).transpose()
}

/// Writes down what a key did. The same key at the same time is a violation of uniqueness, after which the other's answer is there.
pub async fn put_key(tx: &Tx, key: &str, request_hash: &str, answer: &str, at: Instant) -> Result<()> {
    let sql = "INSERT INTO stock_keys (idempotency_key, request_hash, answer, at) VALUES ($1, $2, $3, $4)";
    tx.run(sql, values![key, request_hash, answer, at]).await.map(drop)
}
