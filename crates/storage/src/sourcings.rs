//! How orders were sourced: what strategies come to.

use crate::{Query, Result, Row, Tx, new_id, values};
use ::stock::source::Plan;
use ids::OrderNumber;
use pricing::Instant;

/// What a strategy came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StrategyFigures {
    /// Its name.
    pub strategy: String,
    /// Orders that it served.
    pub orders: i64,
    /// Times that it was asked: an order whose place refused is sourced again.
    pub sourcings: i64,
    /// Parcels of all of them.
    pub parcels: i64,
    /// Lines whose units came from more than one place.
    pub split_lines: i64,
    /// Kilometres of all parcels.
    pub km: i64,
    /// What they cost the shop, in minor units.
    pub cost_minor: i64,
    /// Plans that may not be the best, since the search was cut off.
    pub bounded: i64,
}

/// Writes down how an order was sourced.
pub async fn insert(tx: &Tx, order: &OrderNumber, at: Instant, plan: &Plan) -> Result<()> {
    let sql = "INSERT INTO sourcings (id, order_number, at, strategy, parcels, split_lines, km, cost_minor, bounded, why_zh, why_en)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let figures = &plan.figures;
    let mut values = values![new_id(), order, at, &plan.strategy, figures.parcels, figures.split_lines, figures.km];
    values.extend(values![figures.cost_minor, plan.bounded, &plan.why.zh, &plan.why.en]);
    tx.run(sql, values).await.map(drop)
}

fn read(row: &Row) -> Result<StrategyFigures> {
    Ok(StrategyFigures {
        strategy: row.text("strategy")?,
        orders: row.int("orders")?,
        sourcings: row.int("sourcings")?,
        parcels: row.int("parcels")?,
        split_lines: row.int("split_lines")?,
        km: row.int("km")?,
        cost_minor: row.int("cost_minor")?,
        bounded: row.int("bounded")?,
    })
}

/// What each strategy came to from an instant on.
pub async fn figures(on: &impl Query, since: Instant) -> Result<Vec<StrategyFigures>> {
    let sql = "SELECT strategy, COUNT(DISTINCT order_number) AS orders, COUNT(*) AS sourcings,
        CAST(SUM(parcels) AS BIGINT) AS parcels, CAST(SUM(split_lines) AS BIGINT) AS split_lines,
        CAST(SUM(km) AS BIGINT) AS km, CAST(SUM(cost_minor) AS BIGINT) AS cost_minor,
        CAST(SUM(bounded) AS BIGINT) AS bounded
        FROM sourcings WHERE at >= $1 GROUP BY strategy ORDER BY strategy";
    on.rows(sql, values![since]).await?.iter().map(read).collect()
}
