//! Goods that came back, or will not be sent, with what the shopper gets back.

use crate::{Query, Result, Row, Tx, sealed::RETURN_REASON, value, values};
use ids::{OrderNumber, PlaceId, ReturnId};
use pricing::{
    Instant,
    returns::{Refund, Returned, Tender},
};
use wire::ReturnedGoods;

/// A return, or a cancellation.
#[derive(Clone, Debug, PartialEq)]
pub struct ReturnRow {
    /// Its id.
    pub id: ReturnId,
    /// The order.
    pub order: OrderNumber,
    /// Its place among the order's returns, from 1.
    pub seq: i64,
    /// `return`, `cancel`, `expired`, `missing`, `sent_back` or `exchange`.
    pub kind: String,
    /// When.
    pub at: Instant,
    /// Where the goods came back to.
    pub place: Option<PlaceId>,
    /// The channel that took them back.
    pub channel: String,
    /// `shopper`, `staff` or `system`.
    pub actor_kind: String,
    /// Whose: a member's or an employee's id.
    pub actor: Option<String>,
    /// Why, in the shopper's or the clerk's words.
    pub reason: String,
    /// Which units.
    pub returned: Returned,
    /// What the shopper gets back.
    pub refund: Refund,
    /// What became of the goods.
    pub goods: Vec<ReturnedGoods>,
    /// The client's key.
    pub idempotency_key: String,
    /// Points that these goods earned and that were spent already.
    pub withheld_points: i64,
    /// What those are worth, in minor units: the tenders get as much less.
    pub withheld_minor: i64,
}

impl ReturnRow {
    /// The money that goes back.
    #[must_use]
    pub fn net(&self) -> i64 {
        self.refund.total - self.withheld_minor
    }

    /// What each tender gets: what is withheld is taken off all of them in proportion.
    pub fn shares(&self) -> Result<Vec<Tender>> {
        let tenders = &self.refund.tenders;
        if self.withheld_minor == 0 {
            return Ok(tenders.clone());
        }
        let amounts: Vec<i64> = tenders.iter().map(|one| one.amount).collect();
        let shares = money::allocate(self.net(), &amounts).map_err(|error| value::bad("refund", error))?;
        Ok(tenders.iter().zip(shares).map(|(one, amount)| Tender { amount, ..one.clone() }).collect())
    }
}

fn read(on: &impl Query, row: &Row) -> Result<ReturnRow> {
    let id: ReturnId = row.id("id")?;
    Ok(ReturnRow {
        order: row.id("order_number")?,
        seq: row.int("seq")?,
        kind: row.text("kind")?,
        at: row.instant("at")?,
        place: row.maybe_id("place")?,
        channel: row.text("channel")?,
        actor_kind: row.text("actor_kind")?,
        actor: row.maybe_text("actor")?,
        reason: RETURN_REASON.open(on, id.as_str(), &row.text("reason")?)?,
        returned: row.json("returned")?,
        refund: row.json("refund")?,
        goods: row.json("goods")?,
        idempotency_key: row.text("idempotency_key")?,
        withheld_points: row.int("withheld_points")?,
        withheld_minor: row.int("withheld_minor")?,
        id,
    })
}

/// The returns of an order in their order.
pub async fn of_order(on: &impl Query, order: &OrderNumber) -> Result<Vec<ReturnRow>> {
    let sql = "SELECT * FROM order_returns WHERE order_number = $1 ORDER BY seq";
    on.rows(sql, values![order]).await?.iter().map(|row| read(on, row)).collect()
}

/// The return with this id.
pub async fn by_id(on: &impl Query, id: &ReturnId) -> Result<Option<ReturnRow>> {
    on.row("SELECT * FROM order_returns WHERE id = $1", values![id]).await?.map(|row| read(on, &row)).transpose()
}

/// Adds a return. Its place among the order's returns and its key are unique.
pub async fn insert(tx: &Tx, row: &ReturnRow) -> Result<()> {
    let sql = "INSERT INTO order_returns (id, order_number, seq, kind, at, place, channel, actor_kind, actor, reason, returned,
        refund, goods, total_minor, idempotency_key)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    let reason = RETURN_REASON.seal(tx, row.id.as_str(), &row.reason)?;
    let mut values = values![&row.id, &row.order, row.seq, &row.kind, row.at, row.place.as_ref(), &row.channel];
    values.extend(values![&row.actor_kind, &row.actor, reason, value::json(&row.returned)?]);
    values.extend(values![value::json(&row.refund)?, value::json(&row.goods)?, row.refund.total]);
    values.extend(values![&row.idempotency_key]);
    tx.run(sql, values).await.map(drop)
}

/// Writes down what a return keeps back for points that were spent already.
pub async fn withhold(tx: &Tx, row: &ReturnRow) -> Result<()> {
    let sql = "UPDATE order_returns SET withheld_points = $2, withheld_minor = $3 WHERE id = $1";
    tx.run(sql, values![&row.id, row.withheld_points, row.withheld_minor]).await.map(drop)
}

/// What came back, or was never sent, of each order that has any of that: one row for each refund.
pub async fn register(on: &impl Query) -> Result<Vec<(OrderNumber, Returned)>> {
    let rows = on.rows("SELECT order_number, returned FROM order_returns ORDER BY order_number, seq", vec![]).await?;
    rows.iter().map(|row| Ok((row.id("order_number")?, row.json("returned")?))).collect()
}
