//! Members.

use crate::{Query, Result, Row, Tx, value, values};
use ids::{LevelId, MemberId};
use pricing::Instant;

/// A member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// The member number.
    pub id: MemberId,
    /// The telephone in E.164 form.
    pub phone: String,
    /// A name, or empty.
    pub name: String,
    /// The level, if any.
    pub level: Option<LevelId>,
    /// Free marks.
    pub tags: Vec<String>,
    /// Points that may be spent.
    pub points: i64,
    /// Orders placed so far.
    pub orders: i64,
    /// Since when.
    pub created_at: Instant,
    /// The month of the birthday, from 1 to 12, if the member has told it.
    pub birthday_month: Option<u8>,
    /// When a month was told last; it stays when the month is taken back.
    pub birthday_told_at: Option<Instant>,
}

fn read(row: &Row) -> Result<MemberRow> {
    Ok(MemberRow {
        id: row.id("id")?,
        phone: row.text("phone")?,
        name: row.text("name")?,
        level: row.maybe_id("level")?,
        tags: row.json("tags")?,
        points: row.int("points")?,
        orders: row.int("orders")?,
        created_at: row.instant("created_at")?,
        birthday_month: row.maybe_int("birthday_month")?.and_then(|month| u8::try_from(month).ok()),
        birthday_told_at: row.maybe_int("birthday_told_at")?.map(Instant),
    })
}

/// The member with this number.
pub async fn by_id(on: &impl Query, id: &MemberId) -> Result<Option<MemberRow>> {
    on.row("SELECT * FROM members WHERE id = $1", values![id]).await?.map(|row| read(&row)).transpose()
}

/// The member with this telephone in E.164 form.
pub async fn by_phone(on: &impl Query, phone: &str) -> Result<Option<MemberRow>> {
    on.row("SELECT * FROM members WHERE phone = $1", values![phone]).await?.map(|row| read(&row)).transpose()
}

/// Adds a member, unless the telephone is a member's already.
pub async fn insert(tx: &Tx, row: &MemberRow) -> Result<()> {
    let sql = "INSERT INTO members (id, phone, name, level, tags, points, orders, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (phone) DO NOTHING";
    let tags = value::json(&row.tags)?;
    let (level, made) = (row.level.as_ref(), row.created_at);
    tx.run(sql, values![&row.id, &row.phone, &row.name, level, tags, row.points, row.orders, made]).await?;
    Ok(())
}

/// Tells the month of a birthday, if the one that was told last was told before `not_since`; false if not.
pub async fn tell_birthday(
    on: &impl Query,
    id: &MemberId,
    month: u8,
    now: Instant,
    not_since: Instant,
) -> Result<bool> {
    let sql = "UPDATE members SET birthday_month = $2, birthday_told_at = $3
        WHERE id = $1 AND (birthday_told_at IS NULL OR birthday_told_at <= $4)";
    Ok(on.run(sql, values![id, i64::from(month), now, not_since]).await? == 1)
}

/// Takes the month of a birthday back.
pub async fn forget_birthday(on: &impl Query, id: &MemberId) -> Result<()> {
    on.run("UPDATE members SET birthday_month = NULL WHERE id = $1", values![id]).await.map(drop)
}

/// Counts an order and moves points, if the member's facts are still those that the quote was made with; false if not.
pub async fn count_order(tx: &Tx, id: &MemberId, seen_orders: i64, seen_points: i64, points: i64) -> Result<bool> {
    let sql = "UPDATE members SET orders = orders + 1, points = points + $4
        WHERE id = $1 AND orders = $2 AND points = $3 AND points + $4 >= 0";
    Ok(tx.run(sql, values![id, seen_orders, seen_points, points]).await? == 1)
}
