//! How often limited promotions were used, and for how much.

use crate::{Query, Result, Tx, Value, bulk, values};
use ids::{MemberId, PromotionId};
use pricing::Usage;

/// The limits of a promotion at the moment of an order.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Orders over all.
    pub total: Option<i64>,
    /// Orders per member.
    pub per_member: Option<i64>,
    /// Units over all orders.
    pub units: Option<i64>,
    /// The most it may take off over all orders.
    pub budget_minor: Option<i64>,
}

/// The counters of some promotions; what was never used is left out.
pub async fn of(on: &impl Query, promotions: &[PromotionId], member: Option<&MemberId>) -> Result<Vec<Usage>> {
    let sql = "SELECT u.promotion AS promotion, u.total AS total, u.spent AS spent, u.units AS units, COALESCE(m.total, 0) AS by_member
        FROM promotion_usage u
        LEFT JOIN promotion_usage_by_member m ON m.promotion = u.promotion AND m.member = $1
        WHERE u.promotion IN ({keys}) ORDER BY u.promotion";
    let member = Value::from(member);
    let rows = bulk::by_keys(on, sql, std::slice::from_ref(&member), promotions).await?;
    let read = |row: &crate::Row| {
        Ok(Usage {
            promotion: row.id("promotion")?,
            total: row.int("total")?,
            by_member: row.int("by_member")?,
            spent: row.int("spent")?,
            units: row.int("units")?,
        })
    };
    rows.iter().map(read).collect()
}

/// Counts a use that took off `amount` on so many `units`, unless that would pass a limit; false if it would.
pub async fn count(
    tx: &Tx,
    id: &PromotionId,
    member: Option<&MemberId>,
    (amount, units): (i64, i64),
    limits: Limits,
) -> Result<bool> {
    let make = "INSERT INTO promotion_usage (promotion, total, spent) VALUES ($1, 0, 0) ON CONFLICT DO NOTHING";
    tx.run(make, values![id]).await?;
    let most = |limit: Option<i64>| limit.unwrap_or(i64::MAX);
    let count = "UPDATE promotion_usage SET total = total + 1, spent = spent + $2, units = units + $5
        WHERE promotion = $1 AND total < $3 AND spent <= $4 AND units <= $6";
    let (room, units_room) = (most(limits.budget_minor) - amount, most(limits.units) - units);
    if tx.run(count, values![id, amount, most(limits.total), room, units, units_room]).await? == 0 {
        return Ok(false);
    }
    let Some(member) = member else { return Ok(true) };
    let make =
        "INSERT INTO promotion_usage_by_member (promotion, member, total) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING";
    tx.run(make, values![id, member]).await?;
    let count =
        "UPDATE promotion_usage_by_member SET total = total + 1 WHERE promotion = $1 AND member = $2 AND total < $3";
    Ok(tx.run(count, values![id, member, most(limits.per_member)]).await? == 1)
}

/// Takes a use back that [`count`] counted.
pub async fn uncount(tx: &Tx, id: &PromotionId, member: Option<&MemberId>, (amount, units): (i64, i64)) -> Result<()> {
    let sql = "UPDATE promotion_usage SET total = total - 1, spent = spent - $2, units = units - $3 WHERE promotion = $1 AND total > 0";
    tx.run(sql, values![id, amount, units]).await?;
    let Some(member) = member else { return Ok(()) };
    let sql =
        "UPDATE promotion_usage_by_member SET total = total - 1 WHERE promotion = $1 AND member = $2 AND total > 0";
    tx.run(sql, values![id, member]).await.map(drop)
}
