//! What the shop does by itself: when each job is next, and which server does it.

use crate::{Query, Result, Row, values};
use pricing::Instant;

/// A job as the operator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRow {
    /// Its name.
    pub name: String,
    /// When it is due next.
    pub next_at: Instant,
    /// The server that does it now, or did it last.
    pub leased_by: Option<String>,
    /// Until when nobody else does it.
    pub leased_until: Instant,
    /// How often it was begun.
    pub runs: i64,
    /// How often it failed.
    pub failures: i64,
    /// When it was begun last.
    pub last_started_at: Option<Instant>,
    /// When it ended last.
    pub last_ended_at: Option<Instant>,
    /// Why it failed last; none if it went well.
    pub last_error: Option<String>,
}

/// Makes sure that a job is known; one that is new is due at once.
pub async fn know(on: &impl Query, name: &str, now: Instant) -> Result<()> {
    let sql = "INSERT INTO jobs (name, next_at, leased_until, runs, failures) VALUES ($1, $2, 0, 0, 0)
        ON CONFLICT (name) DO NOTHING";
    on.run(sql, values![name, now]).await.map(drop)
}

/// Takes a job that is due and that nobody does; false if there is nothing to do. A server that died lets go of it when its lease ends.
pub async fn take(on: &impl Query, name: &str, worker: &str, now: Instant, until: Instant) -> Result<bool> {
    let sql = "UPDATE jobs SET leased_by = $2, leased_until = $4, runs = runs + 1, last_started_at = $3
        WHERE name = $1 AND next_at <= $3 AND leased_until <= $3";
    Ok(on.run(sql, values![name, worker, now, until]).await? == 1)
}

/// Ends a job that this server still holds: when it is due next, and why it failed, if it did.
pub async fn end(
    on: &impl Query,
    name: &str,
    worker: &str,
    now: Instant,
    next_at: Instant,
    error: Option<&str>,
) -> Result<()> {
    let sql = "UPDATE jobs SET leased_until = 0, next_at = $4, last_ended_at = $3, last_error = $5,
        failures = failures + CASE WHEN CAST($5 AS TEXT) IS NULL THEN 0 ELSE 1 END WHERE name = $1 AND leased_by = $2";
    on.run(sql, values![name, worker, now, next_at, error]).await.map(drop)
}

/// All jobs by name.
pub async fn all(on: &impl Query) -> Result<Vec<JobRow>> {
    let read = |row: &Row| {
        Ok(JobRow {
            name: row.text("name")?,
            next_at: row.instant("next_at")?,
            leased_by: row.maybe_text("leased_by")?,
            leased_until: row.instant("leased_until")?,
            runs: row.int("runs")?,
            failures: row.int("failures")?,
            last_started_at: row.maybe_int("last_started_at")?.map(Instant),
            last_ended_at: row.maybe_int("last_ended_at")?.map(Instant),
            last_error: row.maybe_text("last_error")?,
        })
    };
    on.rows("SELECT * FROM jobs ORDER BY name", vec![]).await?.iter().map(read).collect()
}
