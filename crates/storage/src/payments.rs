//! Payments of orders. Who changes one has taken its order, so nobody else changes it at the same time.

use crate::{Query, Result, Row, Tx, bulk, new_id, value, values};
use ids::{OrderNumber, PaymentId};
use pricing::Instant;
use wire::{PayNext, PaymentState};

/// What a gateway is to do with a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Take what was set aside.
    Capture,
    /// Give it up, or let go what was set aside.
    Void,
}

/// A payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRow {
    /// Its id.
    pub id: PaymentId,
    /// The order.
    pub order: OrderNumber,
    /// Its place among the order's payments.
    pub position: i64,
    /// The tender.
    pub tender: String,
    /// A gift card's or a card terminal's reference.
    pub reference: Option<String>,
    /// What is to be paid by it.
    pub amount_minor: i64,
    /// Where it stands.
    pub state: PaymentState,
    /// What the gateway is to do.
    pub wanted: Option<Wanted>,
    /// The gateway's own name for it.
    pub provider_ref: Option<String>,
    /// What the shopper does next.
    pub next: Option<PayNext>,
    /// What was set aside.
    pub authorised_minor: i64,
    /// What the shop has got.
    pub captured_minor: i64,
    /// What is on its way back.
    pub refunding_minor: i64,
    /// What went back.
    pub refunded_minor: i64,
    /// True if other tenders took its place: nobody owes it any more.
    pub replaced: bool,
    /// When somebody has to look at it.
    pub check_at: Option<Instant>,
    /// How often a gateway was asked since it last said something new.
    pub tries: i64,
    /// Since when.
    pub created_at: Instant,
    /// When it changed last.
    pub changed_at: Instant,
}

impl Wanted {
    fn text(self) -> &'static str {
        match self {
            Self::Capture => "capture",
            Self::Void => "void",
        }
    }

    fn read(text: &str) -> Result<Self> {
        match text {
            "capture" => Ok(Self::Capture),
            "void" => Ok(Self::Void),
            other => Err(value::bad("wanted", other)),
        }
    }
}

fn read(row: &Row) -> Result<PaymentRow> {
    let next = row.maybe_text("next")?;
    Ok(PaymentRow {
        id: row.id("id")?,
        order: row.id("order_number")?,
        position: row.int("position")?,
        tender: row.text("tender")?,
        reference: row.maybe_text("reference")?,
        amount_minor: row.int("amount_minor")?,
        state: value::read_word("state", &row.text("state")?)?,
        wanted: row.maybe_text("wanted")?.as_deref().map(Wanted::read).transpose()?,
        provider_ref: row.maybe_text("provider_ref")?,
        next: next.map(|_| row.json("next")).transpose()?,
        authorised_minor: row.int("authorised_minor")?,
        captured_minor: row.int("captured_minor")?,
        refunding_minor: row.int("refunding_minor")?,
        refunded_minor: row.int("refunded_minor")?,
        replaced: row.flag("replaced")?,
        check_at: row.maybe_int("check_at")?.map(Instant),
        tries: row.int("tries")?,
        created_at: row.instant("created_at")?,
        changed_at: row.instant("changed_at")?,
    })
}

/// Writes down how an order is to be paid. The order is there already.
pub async fn insert(tx: &Tx, payments: &[PaymentRow]) -> Result<()> {
    let mut rows = Vec::with_capacity(payments.len() * 18);
    for row in payments {
        rows.extend(values![&row.id, &row.order, row.position, &row.tender, &row.reference, row.amount_minor]);
        rows.extend(values![value::word(&row.state)?, row.wanted.map(Wanted::text), &row.provider_ref]);
        rows.extend(values![row.next.as_ref().map(value::json).transpose()?, row.authorised_minor, row.captured_minor]);
        rows.extend(values![row.refunding_minor, row.refunded_minor, row.check_at.map(|at| at.0), row.tries]);
        rows.extend(values![row.created_at, row.changed_at]);
    }
    let head = "INSERT INTO payments (id, order_number, position, tender, reference, amount_minor, state, wanted,
        provider_ref, next, authorised_minor, captured_minor, refunding_minor, refunded_minor, check_at, tries, created_at,
        changed_at) VALUES ";
    bulk::insert(tx, head, 18, rows, "").await
}

/// The payment with this id.
pub async fn by_id(on: &impl Query, id: &PaymentId) -> Result<Option<PaymentRow>> {
    on.row("SELECT * FROM payments WHERE id = $1", values![id]).await?.map(|row| read(&row)).transpose()
}

/// The payments of an order, in their order.
pub async fn of_order(on: &impl Query, order: &OrderNumber) -> Result<Vec<PaymentRow>> {
    let sql = "SELECT * FROM payments WHERE order_number = $1 ORDER BY position";
    on.rows(sql, values![order]).await?.iter().map(read).collect()
}

/// All payments, to compare them with what providers have.
pub async fn register(on: &impl Query) -> Result<Vec<PaymentRow>> {
    on.rows("SELECT * FROM payments ORDER BY id", values![]).await?.iter().map(read).collect()
}

/// Writes what became of a payment. Its order is locked. What goes back is written by [`reserve_refund`] and its like alone.
pub async fn save(tx: &Tx, row: &PaymentRow) -> Result<()> {
    let sql = "UPDATE payments SET state = $2, wanted = $3, provider_ref = $4, next = $5, authorised_minor = $6,
        captured_minor = $7, check_at = $8, tries = $9, changed_at = $10, reference = $11, replaced = $12 WHERE id = $1";
    let next = row.next.as_ref().map(value::json).transpose()?;
    let mut values = values![&row.id, value::word(&row.state)?, row.wanted.map(Wanted::text), &row.provider_ref, next];
    values.extend(values![row.authorised_minor, row.captured_minor, row.check_at.map(|at| at.0), row.tries]);
    values.extend(values![row.changed_at, &row.reference, i64::from(row.replaced)]);
    tx.run(sql, values).await.map(drop)
}

/// Sets an amount aside to be given back; false if so much is not there. What is not paid yet counts as what is to be paid: it is given back once it came.
pub async fn reserve_refund(tx: &Tx, id: &PaymentId, minor: i64) -> Result<bool> {
    let sql = "UPDATE payments SET refunding_minor = refunding_minor + $2 WHERE id = $1 AND refunding_minor + refunded_minor + $2
        <= CASE WHEN state IN ('captured', 'partly_refunded', 'refunded') THEN captured_minor ELSE amount_minor END";
    Ok(tx.run(sql, values![id, minor]).await? == 1)
}

/// An amount that was set aside is not given back after all; false if it was not set aside.
pub async fn release_refund(tx: &Tx, id: &PaymentId, minor: i64) -> Result<bool> {
    let sql = "UPDATE payments SET refunding_minor = refunding_minor - $2 WHERE id = $1 AND refunding_minor >= $2";
    Ok(tx.run(sql, values![id, minor]).await? == 1)
}

/// An amount that was set aside was given back; false if it was not set aside. The payment's state follows from what is left.
pub async fn finish_refund(tx: &Tx, id: &PaymentId, minor: i64, now: Instant) -> Result<bool> {
    let sql = "UPDATE payments SET refunding_minor = refunding_minor - $2, refunded_minor = refunded_minor + $2,
        state = CASE WHEN refunded_minor + $2 = captured_minor THEN 'refunded' ELSE 'partly_refunded' END, changed_at = $3
        WHERE id = $1 AND refunding_minor >= $2 AND refunded_minor + $2 <= captured_minor";
    Ok(tx.run(sql, values![id, minor, now]).await? == 1)
}

/// Payments that somebody has to look at, longest overdue first.
pub async fn due(on: &impl Query, now: Instant, limit: i64) -> Result<Vec<PaymentRow>> {
    let sql = "SELECT * FROM payments WHERE check_at <= $1 ORDER BY check_at, id LIMIT $2";
    on.rows(sql, values![now, limit]).await?.iter().map(read).collect()
}

/// Takes a payment that is due until an instant; false if another server took it first.
pub async fn take(on: &impl Query, row: &PaymentRow, until: Instant) -> Result<bool> {
    let sql = "UPDATE payments SET check_at = $3 WHERE id = $1 AND check_at = $2";
    Ok(on.run(sql, values![&row.id, row.check_at.map(|at| at.0), until]).await? == 1)
}

/// Writes down a call of a gateway and what came of it.
pub async fn attempted(on: &impl Query, id: &PaymentId, at: Instant, call: &str, outcome: &str) -> Result<()> {
    let sql = "INSERT INTO payment_attempts (id, payment, at, call, outcome) VALUES ($1, $2, $3, $4, $5)";
    on.run(sql, values![new_id(), id, at, call, outcome]).await.map(drop)
}

/// The calls made for a payment and what came of them, oldest first.
pub async fn attempts(on: &impl Query, id: &PaymentId) -> Result<Vec<(String, String)>> {
    let sql = "SELECT call, outcome FROM payment_attempts WHERE payment = $1 ORDER BY at, id";
    on.rows(sql, values![id]).await?.iter().map(|row| Ok((row.text("call")?, row.text("outcome")?))).collect()
}
