//! Held quotes that were used.

use crate::{Query, Result, Tx, values};
use ids::OrderNumber;
use pricing::Instant;

/// Records that a held quote became an order; false if it did so before. Another transaction that uses the same one waits here until this
/// one has ended.
pub async fn use_once(tx: &Tx, id: &str, order: &OrderNumber, at: Instant) -> Result<bool> {
    let sql =
        "INSERT INTO held_quotes_used (id, order_number, used_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING";
    Ok(tx.run(sql, values![id, order, at]).await? == 1)
}

/// True if a held quote became an order before.
pub async fn is_used(on: &impl Query, id: &str) -> Result<bool> {
    Ok(on.row("SELECT id FROM held_quotes_used WHERE id = $1", values![id]).await?.is_some())
}
