//! What counts towards levels, and how members' levels changed.

use crate::{Query, Result, Row, Tx, new_id, values};
use ids::{LevelId, MemberId, OrderNumber};
use members::levels::{Purchase, Standing};
use pricing::Instant;

/// Writes down what of an order counts; nothing if the order counts already.
pub async fn buy(tx: &Tx, order: &OrderNumber, member: &MemberId, at: Instant, minor: i64) -> Result<()> {
    let sql = "INSERT INTO member_purchases (order_number, member, at, minor) VALUES ($1, $2, $3, $4)
        ON CONFLICT (order_number) DO NOTHING";
    tx.run(sql, values![order, member, at, minor]).await.map(drop)
}

/// Lessens what counts of an order, never below nothing.
pub async fn take_back(tx: &Tx, order: &OrderNumber, minor: i64) -> Result<()> {
    let sql =
        "UPDATE member_purchases SET minor = CASE WHEN minor > $2 THEN minor - $2 ELSE 0 END WHERE order_number = $1";
    tx.run(sql, values![order, minor]).await.map(drop)
}

/// What a member bought after an instant.
pub async fn purchases(on: &impl Query, member: &MemberId, after: Instant) -> Result<Vec<Purchase>> {
    let sql = "SELECT at, minor FROM member_purchases WHERE member = $1 AND at > $2 ORDER BY at, order_number";
    let read = |row: &Row| Ok(Purchase { at: row.int("at")?, minor: row.int("minor")? });
    on.rows(sql, values![member, after]).await?.iter().map(read).collect()
}

/// Where a member stands.
pub async fn standing(on: &impl Query, member: &MemberId) -> Result<Option<Standing>> {
    let sql = "SELECT level, level_until FROM members WHERE id = $1";
    let read = |row: Row| Ok(Standing { level: row.maybe_id("level")?, until: row.maybe_int("level_until")? });
    on.row(sql, values![member]).await?.map(read).transpose()
}

/// Changes where a member stands, if it is still as it was seen; false if not.
pub async fn stand(tx: &Tx, member: &MemberId, seen: &Standing, now: &Standing) -> Result<bool> {
    let sql = "UPDATE members SET level = $2, level_until = $3
        WHERE id = $1 AND COALESCE(level, '') = $4 AND COALESCE(level_until, -1) = $5";
    let seen_level = seen.level.as_ref().map_or("", LevelId::as_str);
    let values = values![member, now.level.as_ref(), now.until, seen_level, seen.until.unwrap_or(-1)];
    Ok(tx.run(sql, values).await? == 1)
}

/// Members whose level's period is over, at most `limit`, after the one named.
pub async fn members_over(on: &impl Query, now: Instant, after: &str, limit: i64) -> Result<Vec<MemberId>> {
    let sql = "SELECT id FROM members WHERE level_until <= $1 AND id > $2 ORDER BY id LIMIT $3";
    on.rows(sql, values![now, after, limit]).await?.iter().map(|row| row.id("id")).collect()
}

/// A change of a member's level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRow {
    /// When.
    pub at: Instant,
    /// `up`, `renewed` or `down`.
    pub change: String,
    /// From which level.
    pub from: Option<LevelId>,
    /// To which.
    pub to: Option<LevelId>,
    /// Until when it is kept.
    pub until: Option<Instant>,
    /// What had been bought within the window.
    pub reached: i64,
}

/// Writes a change down.
pub async fn record(tx: &Tx, member: &MemberId, change: &ChangeRow) -> Result<()> {
    let sql = "INSERT INTO member_level_changes (id, member, at, change, from_level, to_level, until, reached)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let mut values = values![new_id(), member, change.at, &change.change, change.from.as_ref(), change.to.as_ref()];
    values.extend(values![change.until.map(|until| until.0), change.reached]);
    tx.run(sql, values).await.map(drop)
}

/// How a member's level changed, newest first.
pub async fn changes(on: &impl Query, member: &MemberId, limit: i64) -> Result<Vec<ChangeRow>> {
    let sql = "SELECT * FROM member_level_changes WHERE member = $1 ORDER BY at DESC, id DESC LIMIT $2";
    let read = |row: &Row| {
        Ok(ChangeRow {
            at: row.instant("at")?,
            change: row.text("change")?,
            from: row.maybe_id("from_level")?,
            to: row.maybe_id("to_level")?,
            until: row.maybe_int("until")?.map(Instant),
            reached: row.int("reached")?,
        })
    };
    on.rows(sql, values![member, limit]).await?.iter().map(read).collect()
}
