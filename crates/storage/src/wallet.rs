//! Coupons in members' wallets.

use crate::{Query, Result, Row, Tx, coupons::state, values};
use ids::{CouponBatchId, CouponCode, MemberId, OrderNumber, StaffId, WalletCouponId};
use members::coupons::CouponState;
use pricing::Instant;

/// A coupon in a member's wallet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalletRow {
    /// Which.
    pub id: WalletCouponId,
    /// Whose.
    pub member: MemberId,
    /// Of which batch.
    pub batch: CouponBatchId,
    /// The code that the price book knows.
    pub coupon: CouponCode,
    /// Why it was given: nothing is given twice for the same cause.
    pub cause: String,
    /// Where it stands.
    pub state: CouponState,
    /// When it was given.
    pub issued_at: Instant,
    /// Who gave it; none for what the shop gives by itself.
    pub issued_by: Option<StaffId>,
    /// Until when it can be used.
    pub ends: Option<Instant>,
    /// The order that has it or used it last.
    pub order: Option<OrderNumber>,
    /// When it changed last.
    pub changed_at: Instant,
}

fn read(row: &Row) -> Result<WalletRow> {
    Ok(WalletRow {
        id: row.id("id")?,
        member: row.id("member")?,
        batch: row.id("batch")?,
        coupon: row.id("coupon")?,
        cause: row.text("cause")?,
        state: state(row)?,
        issued_at: row.instant("issued_at")?,
        issued_by: row.maybe_id("issued_by")?,
        ends: row.maybe_int("ends")?.map(Instant),
        order: row.maybe_id("order_number")?,
        changed_at: row.instant("changed_at")?,
    })
}

/// Puts a coupon into a wallet; false if the member has one of the batch for the same cause.
pub async fn insert(tx: &Tx, row: &WalletRow) -> Result<bool> {
    let sql =
        "INSERT INTO member_coupons (id, member, batch, coupon, cause, state, issued_at, issued_by, ends, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $7) ON CONFLICT (member, batch, cause) DO NOTHING";
    let mut values =
        values![&row.id, &row.member, &row.batch, &row.coupon, &row.cause, row.state.word(), row.issued_at];
    values.extend(values![row.issued_by.as_ref(), row.ends.map(|at| at.0)]);
    Ok(tx.run(sql, values).await? == 1)
}

/// The coupon with this id.
pub async fn by_id(on: &impl Query, id: &WalletCouponId) -> Result<Option<WalletRow>> {
    on.row("SELECT * FROM member_coupons WHERE id = $1", values![id]).await?.map(|row| read(&row)).transpose()
}

/// A member's coupons, those that changed last first.
pub async fn of_member(on: &impl Query, member: &MemberId, limit: i64) -> Result<Vec<WalletRow>> {
    let sql = "SELECT * FROM member_coupons WHERE member = $1 ORDER BY changed_at DESC, id DESC LIMIT $2";
    on.rows(sql, values![member, limit]).await?.iter().map(read).collect()
}

/// The free coupons of a member for a generic code, the soonest to end first.
pub async fn free(on: &impl Query, member: &MemberId, coupon: &CouponCode, now: Instant) -> Result<Vec<WalletRow>> {
    let sql = "SELECT w.* FROM member_coupons w JOIN coupon_batches b ON b.id = w.batch
        WHERE w.member = $1 AND w.coupon = $2 AND w.state IN ('issued', 'returned') AND (w.ends IS NULL OR w.ends > $3)
            AND b.closed_at IS NULL AND (b.starts IS NULL OR b.starts <= $3)
        ORDER BY CASE WHEN w.ends IS NULL THEN 1 ELSE 0 END, w.ends, w.id LIMIT 20";
    on.rows(sql, values![member, coupon, now]).await?.iter().map(read).collect()
}

/// The coupons of an order, by id.
pub async fn of_order(on: &impl Query, order: &OrderNumber) -> Result<Vec<WalletRow>> {
    let sql = "SELECT * FROM member_coupons WHERE order_number = $1 ORDER BY id";
    on.rows(sql, values![order]).await?.iter().map(read).collect()
}

/// Changes where a coupon stands, if it stands where it was seen; false if not. `order` is the order that has it from then on.
pub async fn change(
    tx: &Tx,
    seen: &WalletRow,
    to: CouponState,
    order: Option<&OrderNumber>,
    now: Instant,
) -> Result<bool> {
    let sql = "UPDATE member_coupons SET state = $3, order_number = $4, changed_at = $5 WHERE id = $1 AND state = $2";
    Ok(tx.run(sql, values![&seen.id, seen.state.word(), to.word(), order, now]).await? == 1)
}

/// Takes all free coupons of a member away, and forgets why any was given.
pub async fn forget(tx: &Tx, member: &MemberId, now: Instant) -> Result<()> {
    let void = "UPDATE member_coupons SET state = 'void', changed_at = $2 WHERE member = $1 AND state IN ('issued', 'returned')";
    tx.run(void, values![member, now]).await?;
    tx.run("UPDATE member_coupons SET cause = id WHERE member = $1", values![member]).await.map(drop)
}

/// Lets free coupons whose time is over expire; returns how many did.
pub async fn expire(on: &impl Query, now: Instant) -> Result<u64> {
    let sql = "UPDATE member_coupons SET state = 'expired', changed_at = $1 WHERE state IN ('issued', 'returned') AND ends <= $1";
    on.run(sql, values![now]).await
}
