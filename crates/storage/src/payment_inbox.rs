//! What payment providers told by themselves.

use crate::{Query, Result, values};
use pricing::Instant;

/// A notice that was verified and not yet acted upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxRow {
    /// Who told it.
    pub provider: String,
    /// The provider's id of the event.
    pub event: String,
    /// What it says, JSON.
    pub notice: String,
}

/// Keeps a notice; false if it came before.
pub async fn receive(on: &impl Query, row: &InboxRow, now: Instant) -> Result<bool> {
    let sql = "INSERT INTO payment_inbox (provider, event, received_at, notice) VALUES ($1, $2, $3, $4)
        ON CONFLICT (provider, event) DO NOTHING";
    Ok(on.run(sql, values![&row.provider, &row.event, now, &row.notice]).await? == 1)
}

/// Marks a notice as acted upon; false if it was before.
pub async fn applied(on: &impl Query, provider: &str, event: &str, now: Instant) -> Result<bool> {
    let sql = "UPDATE payment_inbox SET applied_at = $3 WHERE provider = $1 AND event = $2 AND applied_at IS NULL";
    Ok(on.run(sql, values![provider, event, now]).await? == 1)
}

/// Notices that came before an instant and were not acted upon, oldest first.
pub async fn open(on: &impl Query, before: Instant, limit: i64) -> Result<Vec<InboxRow>> {
    let sql = "SELECT provider, event, notice FROM payment_inbox WHERE applied_at IS NULL AND received_at <= $1
        ORDER BY received_at, provider, event LIMIT $2";
    let rows = on.rows(sql, values![before, limit]).await?;
    let read = |row: &crate::Row| {
        Ok(InboxRow { provider: row.text("provider")?, event: row.text("event")?, notice: row.text("notice")? })
    };
    rows.iter().map(read).collect()
}
