//! Movements of points, append-only.

use crate::{Query, Result, Row, Tx, new_id, value, values};
use ids::MemberId;
use pricing::Instant;
use wire::PointsEntry;

/// Writes down a movement.
pub async fn insert(tx: &Tx, member: &MemberId, entry: &PointsEntry) -> Result<()> {
    let sql =
        "INSERT INTO points_entries (id, member, at, points, reason, order_number) VALUES ($1, $2, $3, $4, $5, $6)";
    let reason = value::json(&entry.reason)?;
    tx.run(sql, values![new_id(), member, entry.at, entry.points, reason, entry.order.as_ref()]).await?;
    Ok(())
}

/// The last movements of a member, newest first.
pub async fn latest(on: &impl Query, member: &MemberId, limit: i64) -> Result<Vec<PointsEntry>> {
    let sql = "SELECT at, points, reason, order_number FROM points_entries WHERE member = $1
        ORDER BY at DESC, id DESC LIMIT $2";
    let read = |row: &Row| {
        Ok(PointsEntry {
            at: Instant(row.int("at")?),
            points: row.int("points")?,
            reason: row.json("reason")?,
            order: row.maybe_id("order_number")?,
        })
    };
    on.rows(sql, values![member, limit]).await?.iter().map(read).collect()
}
