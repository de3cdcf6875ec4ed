//! How often something was done within a window of time, shared by all servers of a shop. Names hold telephones and addresses of the
//! network, so only their blind index is stored.

use crate::{Query, Result, Tx, values};
use pricing::Instant;

/// Counts a use of `name` in its window of `window_ms` from its first use on. Returns how many there are now, this one
/// included, and when the window ends.
pub async fn count(tx: &Tx, name: &str, window_ms: i64, now: Instant) -> Result<(i64, Instant)> {
    let sql = "INSERT INTO rate_limits (name, started_at, uses, expires_at) VALUES ($1, $2, 1, $3)
        ON CONFLICT (name) DO UPDATE SET
            uses = CASE WHEN rate_limits.expires_at <= excluded.started_at THEN 1 ELSE rate_limits.uses + 1 END,
            started_at = CASE WHEN rate_limits.expires_at <= excluded.started_at
                THEN excluded.started_at ELSE rate_limits.started_at END,
            expires_at = CASE WHEN rate_limits.expires_at <= excluded.started_at
                THEN excluded.expires_at ELSE rate_limits.expires_at END
        RETURNING uses, expires_at";
    let name = tx.vault().index("limit", name)?;
    let row = tx.row(sql, values![name, now, now.0.saturating_add(window_ms)]).await?;
    row.map_or(Ok((1, now)), |row| Ok((row.int("uses")?, row.instant("expires_at")?)))
}

/// Forgets all windows that have ended.
pub async fn delete_ended(tx: &Tx, now: Instant) -> Result<()> {
    tx.run("DELETE FROM rate_limits WHERE expires_at <= $1", values![now]).await?;
    Ok(())
}

/// Forgets the uses of `name`.
pub async fn forget(tx: &Tx, name: &str) -> Result<()> {
    let name = tx.vault().index("limit", name)?;
    tx.run("DELETE FROM rate_limits WHERE name = $1", values![name]).await?;
    Ok(())
}
