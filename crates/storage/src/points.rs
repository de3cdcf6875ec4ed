//! Movements of points, append-only.

use crate::{Query, Result, Row, Tx, new_id, sealed::POINTS_REASON, values};
use ids::MemberId;
use pricing::{Instant, Text};
use wire::PointsEntry;

/// Writes down a movement.
pub async fn insert(tx: &Tx, member: &MemberId, entry: &PointsEntry) -> Result<()> {
    let sql =
        "INSERT INTO points_entries (id, member, at, points, reason, order_number) VALUES ($1, $2, $3, $4, $5, $6)";
    let id = new_id();
    let reason = POINTS_REASON.seal_json(tx, &id, &entry.reason)?;
    tx.run(sql, values![id, member, entry.at, entry.points, reason, entry.order.as_ref()]).await?;
    Ok(())
}

/// The last movements of a member, newest first.
pub async fn latest(on: &impl Query, member: &MemberId, limit: i64) -> Result<Vec<PointsEntry>> {
    let sql = "SELECT id, at, points, reason, order_number FROM points_entries WHERE member = $1
        ORDER BY at DESC, id DESC LIMIT $2";
    on.rows(sql, values![member, limit]).await?.iter().map(|row| read(on, row)).collect()
}

/// All movements of a member, the oldest first.
pub async fn all(on: &impl Query, member: &MemberId) -> Result<Vec<PointsEntry>> {
    let sql = "SELECT id, at, points, reason, order_number FROM points_entries WHERE member = $1 ORDER BY at, id";
    on.rows(sql, values![member]).await?.iter().map(|row| read(on, row)).collect()
}

fn read(on: &impl Query, row: &Row) -> Result<PointsEntry> {
    Ok(PointsEntry {
        at: Instant(row.int("at")?),
        points: row.int("points")?,
        reason: POINTS_REASON.open_json(on, &row.text("id")?, &row.text("reason")?)?,
        order: row.maybe_id("order_number")?,
    })
}

/// Puts a text in the place of what a member read of movements that belong to no order: somebody may have written it.
pub async fn forget_reasons(tx: &Tx, member: &MemberId, instead: &Text) -> Result<()> {
    let sql = "SELECT id FROM points_entries WHERE member = $1 AND order_number IS NULL";
    for row in tx.rows(sql, values![member]).await? {
        let id = row.text("id")?;
        let reason = POINTS_REASON.seal_json(tx, &id, instead)?;
        tx.run("UPDATE points_entries SET reason = $2 WHERE id = $1", values![id, reason]).await?;
    }
    Ok(())
}
