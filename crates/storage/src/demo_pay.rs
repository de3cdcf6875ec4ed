//! The books of the demo's own payment provider: apart from the shop's, as a real provider's are.

use crate::{Query, Result, Row, Tx, values};
use ids::{PaymentId, RefundId};
use pricing::Instant;

/// A payment at the demo's provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoRow {
    /// The shop's id for it.
    pub id: PaymentId,
    /// The tender that the provider plays.
    pub tender: String,
    /// How much.
    pub amount_minor: i64,
    /// What the shopper reads.
    pub description: String,
    /// Where the shopper goes back to.
    pub return_url: String,
    /// After this it can't be paid.
    pub expires_at: Instant,
    /// `open`, `authorised`, `captured`, `refused` or `voided`.
    pub state: String,
}

/// Begins a payment, unless it has begun.
pub async fn begin(on: &impl Query, row: &DemoRow) -> Result<()> {
    let sql = "INSERT INTO demo_payments (id, tender, amount_minor, description, return_url, expires_at, state)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING";
    let mut values = values![&row.id, &row.tender, row.amount_minor, &row.description, &row.return_url];
    values.extend(values![row.expires_at, &row.state]);
    on.run(sql, values).await.map(drop)
}

/// The payment with this id.
pub async fn by_id(on: &impl Query, id: &PaymentId) -> Result<Option<DemoRow>> {
    let read = |row: Row| {
        Ok(DemoRow {
            id: row.id("id")?,
            tender: row.text("tender")?,
            amount_minor: row.int("amount_minor")?,
            description: row.text("description")?,
            return_url: row.text("return_url")?,
            expires_at: row.instant("expires_at")?,
            state: row.text("state")?,
        })
    };
    on.row("SELECT * FROM demo_payments WHERE id = $1", values![id]).await?.map(read).transpose()
}

/// Moves a payment from one state to another; false if it was not in the first.
pub async fn change(on: &impl Query, id: &PaymentId, from: &str, to: &str) -> Result<bool> {
    let sql = "UPDATE demo_payments SET state = $3 WHERE id = $1 AND state = $2";
    Ok(on.run(sql, values![id, from, to]).await? == 1)
}

/// Gives a part of a captured payment back, once by its id; false if so much is not left.
pub async fn refund(tx: &Tx, id: &RefundId, payment: &PaymentId, minor: i64) -> Result<bool> {
    // The payment's row is taken first, so that two refunds see each other.
    let taken = "UPDATE demo_payments SET state = state WHERE id = $1 AND state = 'captured'";
    if tx.run(taken, values![payment]).await? == 0 {
        return Ok(false);
    }
    let sql = "INSERT INTO demo_refunds (id, payment, amount_minor)
        SELECT $1, id, $3 FROM demo_payments WHERE id = $2 AND amount_minor >= $3
            + (SELECT COALESCE(SUM(amount_minor), 0) FROM demo_refunds WHERE payment = $2)
        ON CONFLICT (id) DO NOTHING";
    tx.run(sql, values![id, payment, minor]).await?;
    is_refunded(tx, id).await
}

/// True if there is such a refund.
pub async fn is_refunded(on: &impl Query, id: &RefundId) -> Result<bool> {
    Ok(on.row("SELECT id FROM demo_refunds WHERE id = $1", values![id]).await?.is_some())
}
