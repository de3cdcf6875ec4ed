//! What happened to orders, append-only.

use crate::{Query, Result, Row, Tx, bulk, value, values};
use ids::OrderNumber;
use orders::Event;
use pricing::Instant;

/// Something that happened to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// Its place in the order's timeline, from 1.
    pub seq: i64,
    /// When.
    pub at: Instant,
    /// `shopper`, `staff` or `system`.
    pub actor_kind: String,
    /// Whose: a member's or an employee's id.
    pub actor: Option<String>,
    /// What.
    pub event: Event,
}

/// Appends events. The caller has counted the order's version up in the same transaction, so nobody else appends.
pub async fn append(
    tx: &Tx,
    order: &OrderNumber,
    at: Instant,
    (actor_kind, actor): (&str, Option<&str>),
    events: &[Event],
) -> Result<()> {
    let sql = "SELECT COALESCE(MAX(seq), 0) AS last FROM order_events WHERE order_number = $1";
    let last = tx.row(sql, values![order]).await?.map_or(Ok(0), |row| row.int("last"))?;
    let mut values = Vec::with_capacity(events.len() * 6);
    for (seq, event) in (last + 1..).zip(events) {
        values.extend(values![order, seq, at, actor_kind, actor, value::json(event)?]);
    }
    let head = "INSERT INTO order_events (order_number, seq, at, actor_kind, actor, event) VALUES ";
    bulk::insert(tx, head, 6, values, "").await
}

/// An order's timeline, the oldest first.
pub async fn of_order(on: &impl Query, order: &OrderNumber) -> Result<Vec<EventRow>> {
    let sql = "SELECT seq, at, actor_kind, actor, event FROM order_events WHERE order_number = $1 ORDER BY seq";
    let read = |row: &Row| {
        Ok(EventRow {
            seq: row.int("seq")?,
            at: row.instant("at")?,
            actor_kind: row.text("actor_kind")?,
            actor: row.maybe_text("actor")?,
            event: row.json("event")?,
        })
    };
    on.rows(sql, values![order]).await?.iter().map(read).collect()
}

/// Takes words that give an erased person away out of what was written on an order.
pub async fn redact(tx: &Tx, order: &OrderNumber, words: &[String]) -> Result<()> {
    let sql = "SELECT seq, event FROM order_events WHERE order_number = $1 ORDER BY seq";
    for row in tx.rows(sql, values![order]).await? {
        let (seq, event) = (row.int("seq")?, row.text("event")?);
        let mut redacted = event.clone();
        for word in words.iter().filter(|word| !word.is_empty()) {
            // The event is JSON: the word stands there as JSON writes it.
            let written = value::json(word)?;
            redacted = redacted.replace(&written[1..written.len() - 1], "****");
        }
        if redacted != event {
            let sql = "UPDATE order_events SET event = $3 WHERE order_number = $1 AND seq = $2";
            tx.run(sql, values![order, seq, redacted]).await?;
        }
    }
    Ok(())
}
