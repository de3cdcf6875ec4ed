//! Batches of coupons that are given out singly, and their unique codes. A code has a row once an order took it.

use crate::{Query, Result, Row, Tx, bulk, sealed::BATCH_SECRET, value, values};
use ids::{CouponBatchId, CouponCode, MemberId, OrderNumber, StaffId};
use members::coupons::CouponState;
use pricing::Instant;

/// Coupons that are given out singly.
#[derive(Clone, PartialEq, Eq)]
pub struct BatchRow {
    /// Which.
    pub id: CouponBatchId,
    /// The code that the price book knows.
    pub coupon: CouponCode,
    /// What its unique codes begin with; none if it has none.
    pub prefix: Option<String>,
    /// What its codes are computed from, hexadecimal digits.
    pub secret: String,
    /// How many unique codes it has.
    pub codes: i64,
    /// How many of its coupons a member may have in orders.
    pub per_member: Option<i64>,
    /// From when on they can be used.
    pub starts: Option<Instant>,
    /// Until when.
    pub ends: Option<Instant>,
    /// A coupon in a wallet lasts for so many days from when it was given, and never beyond `ends`.
    pub wallet_days: Option<i64>,
    /// On which occasion every member is given one: `sign_up` or `birthday`.
    pub occasion: Option<String>,
    /// What it is for.
    pub note: String,
    /// When it was made.
    pub made_at: Instant,
    /// Who made it.
    pub made_by: StaffId,
    /// The key of the request that made it.
    pub request_key: String,
    /// When it was closed: then nothing of it can be used.
    pub closed_at: Option<Instant>,
}

impl std::fmt::Debug for BatchRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A secret must not get into a log by accident.
        f.debug_struct("BatchRow").field("id", &self.id).field("coupon", &self.coupon).finish_non_exhaustive()
    }
}

fn read(on: &impl Query, row: &Row) -> Result<BatchRow> {
    let id: CouponBatchId = row.id("id")?;
    let instant = |column| Ok::<_, crate::Error>(row.maybe_int(column)?.map(Instant));
    Ok(BatchRow {
        secret: BATCH_SECRET.open(on, id.as_str(), &row.text("secret")?)?,
        id,
        coupon: row.id("coupon")?,
        prefix: row.maybe_text("prefix")?,
        codes: row.int("codes")?,
        per_member: row.maybe_int("per_member")?,
        starts: instant("starts")?,
        ends: instant("ends")?,
        wallet_days: row.maybe_int("wallet_days")?,
        occasion: row.maybe_text("occasion")?,
        note: row.text("note")?,
        made_at: row.instant("made_at")?,
        made_by: row.id("made_by")?,
        request_key: row.text("request_key")?,
        closed_at: instant("closed_at")?,
    })
}

/// Adds a batch; false if its prefix is another's, or this request made one before.
pub async fn insert_batch(tx: &Tx, batch: &BatchRow) -> Result<bool> {
    let sql = "INSERT INTO coupon_batches (id, coupon, prefix, secret, codes, per_member, starts, ends, wallet_days, occasion, note, made_at,
        made_by, request_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING";
    let secret = BATCH_SECRET.seal(tx, batch.id.as_str(), &batch.secret)?;
    let mut values = values![&batch.id, &batch.coupon, &batch.prefix, secret, batch.codes, batch.per_member];
    values.extend(values![batch.starts.map(|at| at.0), batch.ends.map(|at| at.0), batch.wallet_days, &batch.occasion]);
    values.extend(values![&batch.note, batch.made_at, &batch.made_by, &batch.request_key]);
    Ok(tx.run(sql, values).await? == 1)
}

/// The batch with this id.
pub async fn batch(on: &impl Query, id: &CouponBatchId) -> Result<Option<BatchRow>> {
    on.row("SELECT * FROM coupon_batches WHERE id = $1", values![id]).await?.map(|row| read(on, &row)).transpose()
}

/// The batch that a request made.
pub async fn batch_of_request(on: &impl Query, staff: &StaffId, key: &str) -> Result<Option<BatchRow>> {
    let sql = "SELECT * FROM coupon_batches WHERE made_by = $1 AND request_key = $2";
    on.row(sql, values![staff, key]).await?.map(|row| read(on, &row)).transpose()
}

/// The batch whose codes begin with this.
pub async fn batch_of_prefix(on: &impl Query, prefix: &str) -> Result<Option<BatchRow>> {
    on.row("SELECT * FROM coupon_batches WHERE prefix = $1", values![prefix])
        .await?
        .map(|row| read(on, &row))
        .transpose()
}

/// All batches, newest first.
pub async fn batches(on: &impl Query, limit: i64) -> Result<Vec<BatchRow>> {
    let sql = "SELECT * FROM coupon_batches ORDER BY made_at DESC, id DESC LIMIT $1";
    on.rows(sql, values![limit]).await?.iter().map(|row| read(on, row)).collect()
}

/// The batches of which every member is given a coupon on an occasion, and that are not over.
pub async fn batches_on(on: &impl Query, occasion: &str, now: Instant) -> Result<Vec<BatchRow>> {
    let sql = "SELECT * FROM coupon_batches WHERE occasion = $1 AND closed_at IS NULL AND (ends IS NULL OR ends > $2)
        AND (starts IS NULL OR starts <= $2) ORDER BY id";
    on.rows(sql, values![occasion, now]).await?.iter().map(|row| read(on, row)).collect()
}

/// The generic codes that are worth nothing alone, since their coupons are given out singly.
pub async fn given_singly(on: &impl Query) -> Result<Vec<CouponCode>> {
    let rows = on.rows("SELECT DISTINCT coupon FROM coupon_batches ORDER BY coupon", vec![]).await?;
    rows.iter().map(|row| row.id("coupon")).collect()
}

/// Closes a batch; false if it was closed before.
pub async fn close_batch(tx: &Tx, id: &CouponBatchId, now: Instant) -> Result<bool> {
    let sql = "UPDATE coupon_batches SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL";
    Ok(tx.run(sql, values![id, now]).await? == 1)
}

/// How many coupons of a batch stand where: codes and wallets together. Codes that no order took are not counted.
pub async fn counts(on: &impl Query, batch: &CouponBatchId) -> Result<Vec<(CouponState, i64)>> {
    let sql = "SELECT state, CAST(SUM(n) AS BIGINT) AS total FROM (
            SELECT state, COUNT(*) AS n FROM coupon_codes WHERE batch = $1 GROUP BY state
            UNION ALL SELECT state, COUNT(*) AS n FROM member_coupons WHERE batch = $1 GROUP BY state) both_kinds
        GROUP BY state ORDER BY state";
    let read = |row: &Row| Ok((state(row)?, row.int("total")?));
    on.rows(sql, values![batch]).await?.iter().map(read).collect()
}

pub(crate) fn state(row: &Row) -> Result<CouponState> {
    let word = row.text("state")?;
    CouponState::from_word(&word).ok_or_else(|| value::bad("state", format!("{word:?} is no state of a coupon")))
}

/// Where a code stands; issued as long as no order took it.
pub async fn code_state(on: &impl Query, batch: &CouponBatchId, number: i64) -> Result<CouponState> {
    let sql = "SELECT state FROM coupon_codes WHERE batch = $1 AND number = $2";
    let row = on.row(sql, values![batch, number]).await?;
    row.map_or(Ok(CouponState::Issued), |row| state(&row))
}

/// Gives a free code to an order; false if another has it. Of two orders at once one waits here for the other.
pub async fn take_code(
    tx: &Tx,
    (batch, number): (&CouponBatchId, i64),
    member: Option<&MemberId>,
    order: &OrderNumber,
    now: Instant,
) -> Result<bool> {
    let sql = "INSERT INTO coupon_codes (batch, number, state, member, order_number, at) VALUES ($1, $2, 'reserved', $3, $4, $5)
        ON CONFLICT (batch, number) DO UPDATE SET state = excluded.state, member = excluded.member,
            order_number = excluded.order_number, at = excluded.at
        WHERE coupon_codes.state IN ('issued', 'returned')";
    Ok(tx.run(sql, values![batch, number, member, order, now]).await? == 1)
}

/// A code that belongs to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeRow {
    /// Of which batch.
    pub batch: CouponBatchId,
    /// Its number in the batch.
    pub number: i64,
    /// Where it stands.
    pub state: CouponState,
    /// Whose order it is.
    pub member: Option<MemberId>,
}

/// The codes of an order, by batch and number.
pub async fn codes_of(on: &impl Query, order: &OrderNumber) -> Result<Vec<CodeRow>> {
    let sql = "SELECT batch, number, state, member FROM coupon_codes WHERE order_number = $1 ORDER BY batch, number";
    let read = |row: &Row| {
        Ok(CodeRow {
            batch: row.id("batch")?,
            number: row.int("number")?,
            state: state(row)?,
            member: row.maybe_id("member")?,
        })
    };
    on.rows(sql, values![order]).await?.iter().map(read).collect()
}

/// Changes where a code of an order stands, if it stands where it was seen; false if not.
pub async fn change_code(tx: &Tx, order: &OrderNumber, seen: &CodeRow, to: CouponState, now: Instant) -> Result<bool> {
    let sql = "UPDATE coupon_codes SET state = $5, at = $6 WHERE batch = $1 AND number = $2 AND order_number = $3 AND state = $4";
    let values = values![&seen.batch, seen.number, order, seen.state.word(), to.word(), now];
    Ok(tx.run(sql, values).await? == 1)
}

/// Counts a coupon of a batch that a member's order takes; false if the member has as many as a member may have.
pub async fn count_use(tx: &Tx, batch: &CouponBatchId, member: &MemberId, most: Option<i64>) -> Result<bool> {
    let make = "INSERT INTO coupon_uses (batch, member, uses) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING";
    tx.run(make, values![batch, member]).await?;
    let count = "UPDATE coupon_uses SET uses = uses + 1 WHERE batch = $1 AND member = $2 AND uses < $3";
    Ok(tx.run(count, values![batch, member, most.unwrap_or(i64::MAX)]).await? == 1)
}

/// Takes a use back.
pub async fn uncount_use(tx: &Tx, batch: &CouponBatchId, member: &MemberId) -> Result<()> {
    let sql = "UPDATE coupon_uses SET uses = uses - 1 WHERE batch = $1 AND member = $2 AND uses > 0";
    tx.run(sql, values![batch, member]).await.map(drop)
}

/// Names of batches, for lists: which of some are closed.
pub async fn by_ids(on: &impl Query, ids: &[CouponBatchId]) -> Result<Vec<BatchRow>> {
    let sql = "SELECT * FROM coupon_batches WHERE id IN ({keys}) ORDER BY id";
    bulk::by_keys(on, sql, &[], ids).await?.iter().map(|row| read(on, row)).collect()
}
