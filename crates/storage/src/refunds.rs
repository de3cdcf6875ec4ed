//! Refunds of payments.

use crate::{Query, Result, Row, Tx, value, values};
use ids::{OrderNumber, PaymentId, RefundId};
use pricing::{Instant, Text};
use wire::RefundStatus;

/// A refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundRow {
    /// Its id.
    pub id: RefundId,
    /// Of which payment.
    pub payment: PaymentId,
    /// What it is for, such as a return's id: unique for the payment.
    pub key: String,
    /// How much.
    pub amount_minor: i64,
    /// Why, for the shopper.
    pub reason: Text,
    /// Where it stands.
    pub state: RefundStatus,
    /// The order that it pays instead of going back, where goods were exchanged.
    pub moved_to: Option<OrderNumber>,
    /// The gateway's own name for it.
    pub provider_ref: Option<String>,
    /// When somebody has to look at it.
    pub check_at: Option<Instant>,
    /// How often a gateway was asked since it last said something new.
    pub tries: i64,
    /// When it was decided.
    pub created_at: Instant,
    /// When it changed last.
    pub changed_at: Instant,
}

fn read(row: &Row) -> Result<RefundRow> {
    Ok(RefundRow {
        id: row.id("id")?,
        payment: row.id("payment")?,
        key: row.text("key")?,
        amount_minor: row.int("amount_minor")?,
        reason: row.json("reason")?,
        state: value::read_word("state", &row.text("state")?)?,
        moved_to: row.maybe_id("moved_to")?,
        provider_ref: row.maybe_text("provider_ref")?,
        check_at: row.maybe_int("check_at")?.map(Instant),
        tries: row.int("tries")?,
        created_at: row.instant("created_at")?,
        changed_at: row.instant("changed_at")?,
    })
}

/// Adds a refund.
pub async fn insert(tx: &Tx, row: &RefundRow) -> Result<()> {
    let sql =
        "INSERT INTO refunds (id, payment, key, amount_minor, reason, state, provider_ref, check_at, tries, created_at,
        changed_at, moved_to) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    let mut values = values![&row.id, &row.payment, &row.key, row.amount_minor, value::json(&row.reason)?];
    values.extend(values![value::word(&row.state)?, &row.provider_ref, row.check_at.map(|at| at.0), row.tries]);
    values.extend(values![row.created_at, row.changed_at, row.moved_to.as_ref()]);
    tx.run(sql, values).await.map(drop)
}

/// The refund with this id.
pub async fn by_id(on: &impl Query, id: &RefundId) -> Result<Option<RefundRow>> {
    on.row("SELECT * FROM refunds WHERE id = $1", values![id]).await?.map(|row| read(&row)).transpose()
}

/// The refund of a payment for this reason.
pub async fn by_key(on: &impl Query, payment: &PaymentId, key: &str) -> Result<Option<RefundRow>> {
    let sql = "SELECT * FROM refunds WHERE payment = $1 AND key = $2";
    on.row(sql, values![payment, key]).await?.map(|row| read(&row)).transpose()
}

/// The refunds of an order's payments, oldest first.
pub async fn of_order(on: &impl Query, order: &OrderNumber) -> Result<Vec<RefundRow>> {
    let sql = "SELECT refunds.* FROM refunds JOIN payments ON payments.id = refunds.payment
        WHERE payments.order_number = $1 ORDER BY refunds.created_at, refunds.id";
    on.rows(sql, values![order]).await?.iter().map(read).collect()
}

/// Writes what became of a refund. Its order is locked.
pub async fn save(tx: &Tx, row: &RefundRow) -> Result<()> {
    let sql =
        "UPDATE refunds SET state = $2, provider_ref = $3, check_at = $4, tries = $5, changed_at = $6 WHERE id = $1";
    let mut values = values![&row.id, value::word(&row.state)?, &row.provider_ref, row.check_at.map(|at| at.0)];
    values.extend(values![row.tries, row.changed_at]);
    tx.run(sql, values).await.map(drop)
}

/// Refunds that somebody has to look at, longest overdue first.
pub async fn due(on: &impl Query, now: Instant, limit: i64) -> Result<Vec<RefundRow>> {
    let sql = "SELECT * FROM refunds WHERE check_at <= $1 ORDER BY check_at, id LIMIT $2";
    on.rows(sql, values![now, limit]).await?.iter().map(read).collect()
}

/// Takes a refund that is due until an instant; false if another server took it first.
pub async fn take(on: &impl Query, row: &RefundRow, until: Instant) -> Result<bool> {
    let sql = "UPDATE refunds SET check_at = $3 WHERE id = $1 AND check_at = $2";
    Ok(on.run(sql, values![&row.id, row.check_at.map(|at| at.0), until]).await? == 1)
}

/// What other orders' payments were moved to this order, oldest first.
pub async fn moved_to(on: &impl Query, order: &OrderNumber) -> Result<Vec<RefundRow>> {
    let sql = "SELECT * FROM refunds WHERE moved_to = $1 ORDER BY created_at, id";
    on.rows(sql, values![order]).await?.iter().map(read).collect()
}

/// Takes back that a part of a payment, or all of it, was moved to another order; false if so much was not.
pub async fn unmove(tx: &Tx, moved: &RefundRow, minor: i64, now: Instant) -> Result<bool> {
    let back = "UPDATE payments SET refunded_minor = refunded_minor - $2, changed_at = $3,
        state = CASE WHEN refunded_minor = $2 THEN 'captured' ELSE 'partly_refunded' END
        WHERE id = $1 AND refunded_minor >= $2";
    if tx.run(back, values![&moved.payment, minor, now]).await? == 0 {
        return Ok(false);
    }
    // A refund of nothing is none, so the last part of it stays as what was dropped.
    let less =
        "UPDATE refunds SET amount_minor = amount_minor - $2, changed_at = $3 WHERE id = $1 AND amount_minor > $2";
    let none =
        "UPDATE refunds SET state = 'dropped', moved_to = NULL, changed_at = $3 WHERE id = $1 AND amount_minor = $2";
    let values = || values![&moved.id, minor, now];
    Ok(tx.run(less, values()).await? == 1 || tx.run(none, values()).await? == 1)
}
