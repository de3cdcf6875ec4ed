//! What members show at the till: a number, and the secret of a code that changes.

use crate::{Query, Result, Row, Tx, sealed::CARD_SECRET, values};
use ids::{MemberId, StaffId};

/// A member's number and secret.
#[derive(Clone, PartialEq, Eq)]
pub struct CardRow {
    /// Whose.
    pub member: MemberId,
    /// Twelve digits.
    pub number: String,
    /// Hexadecimal digits.
    pub secret: String,
}

impl std::fmt::Debug for CardRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A secret must not get into a log by accident.
        f.debug_struct("CardRow").field("member", &self.member).finish_non_exhaustive()
    }
}

fn read(on: &impl Query, row: &Row) -> Result<CardRow> {
    let member: MemberId = row.id("member")?;
    let secret = CARD_SECRET.open(on, member.as_str(), &row.text("secret")?)?;
    Ok(CardRow { member, number: row.text("number")?, secret })
}

/// A member's card.
pub async fn of_member(on: &impl Query, member: &MemberId) -> Result<Option<CardRow>> {
    on.row("SELECT * FROM member_cards WHERE member = $1", values![member]).await?.map(|row| read(on, &row)).transpose()
}

/// The card with a number.
pub async fn of_number(on: &impl Query, number: &str) -> Result<Option<CardRow>> {
    on.row("SELECT * FROM member_cards WHERE number = $1", values![number]).await?.map(|row| read(on, &row)).transpose()
}

/// Adds a card; false if the member has one or the number is another's.
pub async fn insert(on: &impl Query, card: &CardRow) -> Result<bool> {
    let sql = "INSERT INTO member_cards (member, number, secret) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    Ok(on
        .run(sql, values![&card.member, &card.number, CARD_SECRET.seal(on, card.member.as_str(), &card.secret)?])
        .await?
        == 1)
}

/// Writes down that somebody was shown the code of a step. False if somebody else was: a code is good once, and whoever saw it may look again.
pub async fn use_code(tx: &Tx, member: &MemberId, step: i64, staff: &StaffId) -> Result<bool> {
    let insert = "INSERT INTO member_code_uses (member, step, staff) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    if tx.run(insert, values![member, step, staff]).await? == 1 {
        return Ok(true);
    }
    let sql = "SELECT staff FROM member_code_uses WHERE member = $1 AND step = $2";
    let row = tx.row(sql, values![member, step]).await?;
    Ok(row.map(|row| row.text("staff")).transpose()?.as_deref() == Some(staff.as_str()))
}

/// True if somebody was shown a code of the member's of this step or a later one.
pub async fn was_shown(on: &impl Query, member: &MemberId, staff: &StaffId, since_step: i64) -> Result<bool> {
    let sql = "SELECT 1 AS one FROM member_code_uses WHERE member = $1 AND staff = $2 AND step >= $3 LIMIT 1";
    Ok(on.row(sql, values![member, staff, since_step]).await?.is_some())
}

/// Forgets codes of steps before this one.
pub async fn forget_codes(on: &impl Query, before_step: i64) -> Result<u64> {
    on.run("DELETE FROM member_code_uses WHERE step < $1", values![before_step]).await
}

/// Takes a member's card away.
pub async fn delete(tx: &Tx, member: &MemberId) -> Result<()> {
    tx.run("DELETE FROM member_code_uses WHERE member = $1", values![member]).await?;
    tx.run("DELETE FROM member_cards WHERE member = $1", values![member]).await.map(drop)
}
