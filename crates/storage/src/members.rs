//! Members.

use crate::{
    Query, Result, Row, Tx,
    sealed::{MEMBER_NAME, MEMBER_PHONE, phone_index},
    value, values,
};
use ids::{LevelId, MemberId};
use pricing::Instant;

/// A member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// The member number.
    pub id: MemberId,
    /// The telephone in E.164 form; empty of a person who was erased. It is sealed in the table.
    pub phone: String,
    /// A name, or empty. It is sealed in the table.
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

fn read(on: &impl Query, row: &Row) -> Result<MemberRow> {
    let id: MemberId = row.id("id")?;
    Ok(MemberRow {
        phone: MEMBER_PHONE.open(on, id.as_str(), &row.text("phone")?)?,
        name: MEMBER_NAME.open(on, id.as_str(), &row.text("name")?)?,
        id,
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
    on.row("SELECT * FROM members WHERE id = $1", values![id]).await?.map(|row| read(on, &row)).transpose()
}

/// The member with this telephone in E.164 form.
pub async fn by_phone(on: &impl Query, phone: &str) -> Result<Option<MemberRow>> {
    let index = phone_index(on, phone)?;
    on.row("SELECT * FROM members WHERE phone_index = $1", values![index]).await?.map(|row| read(on, &row)).transpose()
}

/// Adds a member; false if the telephone is a member's already.
pub async fn insert(tx: &Tx, row: &MemberRow) -> Result<bool> {
    let sql = "INSERT INTO members (id, phone, phone_index, name, level, tags, points, orders, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (phone_index) DO NOTHING";
    let phone = MEMBER_PHONE.seal(tx, row.id.as_str(), &row.phone)?;
    let name = MEMBER_NAME.seal(tx, row.id.as_str(), &row.name)?;
    let mut values = values![&row.id, phone, phone_index(tx, &row.phone)?, name, row.level.as_ref()];
    values.extend(values![value::json(&row.tags)?, row.points, row.orders, row.created_at]);
    Ok(tx.run(sql, values).await? == 1)
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

/// Counts an order, if the member's facts are still those that the quote was made with, and the member was not erased; false if not. From here on the member's row is this
/// transaction's alone.
pub async fn count_order(tx: &Tx, id: &MemberId, seen_orders: i64, seen_points: i64) -> Result<bool> {
    let sql = "UPDATE members SET orders = orders + 1 WHERE id = $1 AND orders = $2 AND points = $3
        AND erased_at IS NULL";
    Ok(tx.run(sql, values![id, seen_orders, seen_points]).await? == 1)
}

/// An order of a member's that was counted is none after all.
pub async fn uncount_order(tx: &Tx, id: &MemberId) -> Result<()> {
    tx.run("UPDATE members SET orders = orders - 1 WHERE id = $1 AND orders > 0", values![id]).await.map(drop)
}

/// Makes the member's row this transaction's alone, so that whoever moves points does so one after the other; false if there is no such member.
pub async fn lock(tx: &Tx, id: &MemberId) -> Result<bool> {
    Ok(tx.run("UPDATE members SET points = points WHERE id = $1", values![id]).await? == 1)
}

/// Adds to the points that may be spent, or takes what is there; false if it is not.
pub async fn move_points(tx: &Tx, id: &MemberId, points: i64) -> Result<bool> {
    let sql = "UPDATE members SET points = points + $2 WHERE id = $1 AND points + $2 >= 0";
    Ok(tx.run(sql, values![id, points]).await? == 1)
}

/// Members whose birthday is in a month and who told it before `told_before`, at most `limit`, after the one named.
pub async fn born_in(
    on: &impl Query,
    month: u8,
    told_before: Instant,
    after: &str,
    limit: i64,
) -> Result<Vec<MemberId>> {
    let sql =
        "SELECT id FROM members WHERE birthday_month = $1 AND birthday_told_at < $2 AND id > $3 ORDER BY id LIMIT $4";
    let rows = on.rows(sql, values![i64::from(month), told_before, after, limit]).await?;
    rows.iter().map(|row| row.id("id")).collect()
}
