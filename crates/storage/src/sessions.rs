//! Sessions, by the hash of their secret.

use crate::{Query, Result, Row, values};
use ids::{MemberId, StaffId};
use pricing::Instant;

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// The hash of its secret in hexadecimal digits.
    pub id_hash: String,
    /// The member who signed in, or none for a guest.
    pub member: Option<MemberId>,
    /// The one of the shop's own people who signed in; then there is no member.
    pub staff: Option<StaffId>,
    /// When it began.
    pub created_at: Instant,
    /// When it was used last, about.
    pub seen_at: Instant,
    /// When it ends.
    pub expires_at: Instant,
}

fn read(row: &Row) -> Result<SessionRow> {
    Ok(SessionRow {
        id_hash: row.text("id_hash")?,
        member: row.maybe_id("member")?,
        staff: row.maybe_id("staff")?,
        created_at: row.instant("created_at")?,
        seen_at: row.instant("seen_at")?,
        expires_at: row.instant("expires_at")?,
    })
}

/// The session with this hash, if it has not ended.
pub async fn find(on: &impl Query, id_hash: &str, now: Instant) -> Result<Option<SessionRow>> {
    let sql = "SELECT * FROM sessions WHERE id_hash = $1 AND expires_at > $2";
    on.row(sql, values![id_hash, now]).await?.map(|row| read(&row)).transpose()
}

/// Begins a session.
pub async fn insert(on: &impl Query, row: &SessionRow) -> Result<()> {
    let sql = "INSERT INTO sessions (id_hash, member, staff, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)";
    let (member, staff) = (row.member.as_ref(), row.staff.as_ref());
    let values = values![&row.id_hash, member, staff, row.created_at, row.seen_at, row.expires_at];
    on.run(sql, values).await?;
    Ok(())
}

/// Keeps a session alive.
pub async fn touch(on: &impl Query, id_hash: &str, seen_at: Instant, expires_at: Instant) -> Result<()> {
    let sql = "UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE id_hash = $1";
    on.run(sql, values![id_hash, seen_at, expires_at]).await?;
    Ok(())
}

/// Ends a session.
pub async fn delete(on: &impl Query, id_hash: &str) -> Result<()> {
    on.run("DELETE FROM sessions WHERE id_hash = $1", values![id_hash]).await?;
    Ok(())
}

/// Forgets all sessions that have ended.
pub async fn delete_ended(on: &impl Query, now: Instant) -> Result<u64> {
    on.run("DELETE FROM sessions WHERE expires_at <= $1", values![now]).await
}

/// Ends all sessions of one of the shop's own people: the account was closed, or may do something else from now on.
pub async fn delete_of_staff(on: &impl Query, staff: &StaffId) -> Result<u64> {
    on.run("DELETE FROM sessions WHERE staff = $1", values![staff]).await
}

/// The sessions of a member that run, the oldest first.
pub async fn of_member(on: &impl Query, member: &MemberId, now: Instant) -> Result<Vec<SessionRow>> {
    let sql = "SELECT * FROM sessions WHERE member = $1 AND expires_at > $2 ORDER BY created_at, id_hash";
    on.rows(sql, values![member, now]).await?.iter().map(read).collect()
}

/// Ends all sessions of a member.
pub async fn delete_of_member(on: &impl Query, member: &MemberId) -> Result<u64> {
    on.run("DELETE FROM sessions WHERE member = $1", values![member]).await
}
