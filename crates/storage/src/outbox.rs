//! Messages to shoppers on their way: written with what they tell of, taken by whoever sends, kept until they are sent or given up.

use crate::{
    Query, Result, Row, Tx,
    sealed::{OUTBOX_ERROR, OUTBOX_PAYLOAD, OUTBOX_RECIPIENT},
    values,
};
use ids::{MemberId, OrderNumber};
use pricing::Instant;

/// A message by one way of sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// Its id, which stays the same however often it is tried: who gets it twice knows it by that.
    pub id: String,
    /// The way of sending.
    pub way: String,
    /// What it tells of, as a word.
    pub kind: String,
    /// Whose data it holds, if that is a member.
    pub member: Option<MemberId>,
    /// The order that it tells of.
    pub order: Option<OrderNumber>,
    /// Who gets it, JSON; sealed in the table.
    pub recipient: String,
    /// What it tells, JSON; sealed in the table.
    pub payload: String,
    /// Since when.
    pub created_at: Instant,
    /// `waiting`, `sent` or `dead`.
    pub state: String,
    /// When it is tried next.
    pub next_at: Instant,
    /// How often it was tried.
    pub attempts: i64,
    /// Why the last try failed, or empty; sealed in the table, since providers repeat addresses.
    pub last_error: String,
    /// When it was sent.
    pub sent_at: Option<Instant>,
}

const WAITING: &str = "waiting";
const SENT: &str = "sent";
const DEAD: &str = "dead";

fn read(on: &impl Query, row: &Row) -> Result<OutboxRow> {
    let id = row.text("id")?;
    Ok(OutboxRow {
        way: row.text("way")?,
        kind: row.text("kind")?,
        member: row.maybe_id("member")?,
        order: row.maybe_id("order_number")?,
        recipient: OUTBOX_RECIPIENT.open(on, &id, &row.text("recipient")?)?,
        payload: OUTBOX_PAYLOAD.open(on, &id, &row.text("payload")?)?,
        created_at: row.instant("created_at")?,
        state: row.text("state")?,
        next_at: row.instant("next_at")?,
        attempts: row.int("attempts")?,
        last_error: OUTBOX_ERROR.open(on, &id, &row.text("last_error")?)?,
        sent_at: row.maybe_int("sent_at")?.map(Instant),
        id,
    })
}

/// Writes a message down, to be sent as soon as the transaction is there.
pub async fn insert(tx: &Tx, row: &OutboxRow) -> Result<()> {
    let sql = "INSERT INTO outbox (id, way, kind, member, order_number, recipient, payload, created_at, state, next_at, attempts,
        lease, leased_until, last_error) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, '', 0, $11)";
    let id = row.id.as_str();
    let mut values = values![id, &row.way, &row.kind, row.member.as_ref(), row.order.as_ref()];
    values.extend(values![OUTBOX_RECIPIENT.seal(tx, id, &row.recipient)?, OUTBOX_PAYLOAD.seal(tx, id, &row.payload)?]);
    values.extend(values![row.created_at, WAITING, row.next_at, OUTBOX_ERROR.seal(tx, id, "")?]);
    tx.run(sql, values).await.map(drop)
}

/// Takes up to `limit` messages that are due, the longest due first, under a lease of this name; a try is counted when it begins, so
/// that a message that ends the sender's process is given up some day too.
pub async fn take(on: &impl Query, lease: &str, now: Instant, until: Instant, limit: i64) -> Result<Vec<OutboxRow>> {
    // What another sender has taken since the inner question was answered is left alone by the outer one.
    let sql = "UPDATE outbox SET lease = $1, leased_until = $3, attempts = attempts + 1
        WHERE state = 'waiting' AND next_at <= $2 AND leased_until <= $2 AND id IN (
            SELECT id FROM outbox WHERE state = 'waiting' AND next_at <= $2 AND leased_until <= $2
            ORDER BY next_at, id LIMIT $4)";
    if on.run(sql, values![lease, now, until, limit]).await? == 0 {
        return Ok(Vec::new());
    }
    let rows = on.rows("SELECT * FROM outbox WHERE lease = $1 ORDER BY next_at, id", values![lease]).await?;
    rows.iter().map(|row| read(on, row)).collect()
}

/// Notes that a message was sent, if it is still under this lease.
pub async fn sent(on: &impl Query, id: &str, lease: &str, now: Instant) -> Result<()> {
    let sql = "UPDATE outbox SET state = $3, sent_at = $4, lease = '', leased_until = 0, last_error = $5
        WHERE id = $1 AND lease = $2";
    on.run(sql, values![id, lease, SENT, now, OUTBOX_ERROR.seal(on, id, "")?]).await.map(drop)
}

/// Notes that a try failed, if the message is still under this lease: it is tried again at `next_at`, or given up.
pub async fn failed(on: &impl Query, id: &str, lease: &str, why: &str, next_at: Option<Instant>) -> Result<()> {
    let sql =
        "UPDATE outbox SET state = $3, next_at = COALESCE($4, next_at), lease = '', leased_until = 0, last_error = $5
        WHERE id = $1 AND lease = $2";
    let state = if next_at.is_some() { WAITING } else { DEAD };
    let why = OUTBOX_ERROR.seal(on, id, why)?;
    on.run(sql, values![id, lease, state, next_at.map(|at| at.0), why]).await.map(drop)
}

/// Puts a message that was given up on its way again, as if it were new; false if it was not given up.
pub async fn revive(on: &impl Query, id: &str, now: Instant) -> Result<bool> {
    let sql = "UPDATE outbox SET state = $2, next_at = $3, attempts = 0 WHERE id = $1 AND state = $4";
    Ok(on.run(sql, values![id, WAITING, now, DEAD]).await? == 1)
}

/// Messages in a state, newest first.
pub async fn in_state(on: &impl Query, state: &str, limit: i64) -> Result<Vec<OutboxRow>> {
    let sql = "SELECT * FROM outbox WHERE state = $1 ORDER BY created_at DESC, id DESC LIMIT $2";
    on.rows(sql, values![state, limit]).await?.iter().map(|row| read(on, row)).collect()
}

/// All messages that hold a member's data, oldest first.
pub async fn of_member(on: &impl Query, member: &MemberId) -> Result<Vec<OutboxRow>> {
    let sql = "SELECT * FROM outbox WHERE member = $1 ORDER BY created_at, id";
    on.rows(sql, values![member]).await?.iter().map(|row| read(on, row)).collect()
}

/// Forgets the messages that hold a member's data.
pub async fn delete_of_member(tx: &Tx, member: &MemberId) -> Result<u64> {
    let sql = "DELETE FROM outbox WHERE member = $1 OR order_number IN (SELECT number FROM orders WHERE member = $1)";
    tx.run(sql, values![member]).await
}

/// Forgets the messages about an order.
pub async fn delete_of_order(tx: &Tx, order: &OrderNumber) -> Result<u64> {
    tx.run("DELETE FROM outbox WHERE order_number = $1", values![order]).await
}

/// Forgets messages that were sent before `before`.
pub async fn delete_sent(on: &impl Query, before: Instant) -> Result<u64> {
    on.run("DELETE FROM outbox WHERE state = 'sent' AND sent_at < $1", values![before]).await
}
