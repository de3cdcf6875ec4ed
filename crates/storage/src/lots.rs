//! Points by lots, and of which lots orders took theirs.

use crate::{Query, Result, Row, Tx, values};
use ids::{LotId, MemberId, OrderNumber};
use members::points::{Lot, Use};
use pricing::Instant;

fn read(row: &Row) -> Result<Lot> {
    Ok(Lot {
        id: row.id("id")?,
        order: row.maybe_id("order_number")?,
        at: row.int("at")?,
        points: row.int("points")?,
        left: row.int("left_points")?,
        released: row.flag("released")?,
        releases_at: row.int("releases_at")?,
        expires_at: row.maybe_int("expires_at")?,
    })
}

/// The lots of a member of which something is left, by id.
pub async fn of_member(on: &impl Query, member: &MemberId) -> Result<Vec<Lot>> {
    let sql = "SELECT * FROM point_lots WHERE member = $1 AND left_points > 0 ORDER BY id";
    on.rows(sql, values![member]).await?.iter().map(read).collect()
}

/// Adds a lot.
pub async fn insert(tx: &Tx, member: &MemberId, lot: &Lot) -> Result<()> {
    let sql =
        "INSERT INTO point_lots (id, member, order_number, at, points, left_points, released, releases_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let mut values = values![&lot.id, member, lot.order.as_ref(), lot.at, lot.points, lot.left, lot.released];
    values.extend(values![lot.releases_at, lot.expires_at]);
    tx.run(sql, values).await.map(drop)
}

/// Adds to what is left of a lot, or takes what is there; false if it is not.
pub async fn move_left(tx: &Tx, lot: &LotId, points: i64) -> Result<bool> {
    let sql = "UPDATE point_lots SET left_points = left_points + $2 WHERE id = $1 AND left_points + $2 >= 0";
    Ok(tx.run(sql, values![lot, points]).await? == 1)
}

/// Lets a lot be spent.
pub async fn release(tx: &Tx, lot: &LotId) -> Result<bool> {
    Ok(tx.run("UPDATE point_lots SET released = 1 WHERE id = $1 AND released = 0", values![lot]).await? == 1)
}

/// Members with lots that may be spent from now on and are not yet booked so, at most `limit`.
pub async fn members_due(on: &impl Query, now: Instant, limit: i64) -> Result<Vec<MemberId>> {
    let sql = "SELECT DISTINCT member FROM point_lots WHERE released = 0 AND left_points > 0 AND releases_at <= $1
        ORDER BY member LIMIT $2";
    on.rows(sql, values![now, limit]).await?.iter().map(|row| row.id("member")).collect()
}

/// Members with lots whose time is over and not yet booked so, at most `limit`.
pub async fn members_over(on: &impl Query, now: Instant, limit: i64) -> Result<Vec<MemberId>> {
    let sql = "SELECT DISTINCT member FROM point_lots WHERE released = 1 AND left_points > 0 AND expires_at <= $1
        ORDER BY member LIMIT $2";
    on.rows(sql, values![now, limit]).await?.iter().map(|row| row.id("member")).collect()
}

/// Writes down that an order took points of a lot.
pub async fn add_use(tx: &Tx, order: &OrderNumber, lot: &LotId, points: i64) -> Result<()> {
    let sql = "INSERT INTO lot_uses (order_number, lot, points, given_back) VALUES ($1, $2, $3, 0)";
    tx.run(sql, values![order, lot, points]).await.map(drop)
}

/// Of which lots an order took its points.
pub async fn uses(on: &impl Query, order: &OrderNumber) -> Result<Vec<Use>> {
    let sql = "SELECT u.lot AS lot, u.points AS points, u.given_back AS given_back, l.expires_at AS expires_at
        FROM lot_uses u JOIN point_lots l ON l.id = u.lot WHERE u.order_number = $1 ORDER BY u.lot";
    let read = |row: &Row| {
        Ok(Use {
            lot: row.id("lot")?,
            points: row.int("points")?,
            given_back: row.int("given_back")?,
            expires_at: row.maybe_int("expires_at")?,
        })
    };
    on.rows(sql, values![order]).await?.iter().map(read).collect()
}

/// Writes down that points went back to the lot that an order took them of; false if that were more than it took.
pub async fn give_back(tx: &Tx, order: &OrderNumber, lot: &LotId, points: i64) -> Result<bool> {
    let sql = "UPDATE lot_uses SET given_back = given_back + $3
        WHERE order_number = $1 AND lot = $2 AND given_back + $3 <= points";
    Ok(tx.run(sql, values![order, lot, points]).await? == 1)
}
