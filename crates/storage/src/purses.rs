//! Stored money: what is held for payments, and gift cards.

use crate::{Query, Result, Row, Tx, value, values};
use ids::{GiftCardId, MemberId, PaymentId, StaffId};
use members::ledger::Purse;
use money::Currency;
use pricing::Instant;

/// Stored money that is set apart for a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldRow {
    /// For which.
    pub payment: PaymentId,
    /// Of which purse.
    pub purse: Purse,
    /// In which currency.
    pub currency: Currency,
    /// What was set apart.
    pub held: i64,
    /// What of it is the shop's.
    pub captured: i64,
    /// What of it went back before it was.
    pub freed: i64,
    /// What of the captured went back.
    pub refunded: i64,
}

fn currency(row: &Row) -> Result<Currency> {
    row.text("currency")?.parse().map_err(|error| value::bad("currency", error))
}

fn read_hold(row: &Row) -> Result<HoldRow> {
    let card: Option<GiftCardId> = row.maybe_id("card")?;
    Ok(HoldRow {
        payment: row.id("payment")?,
        purse: match card {
            Some(card) => Purse::Card(card),
            None => Purse::Member(row.id("member")?),
        },
        currency: currency(row)?,
        held: row.int("held_minor")?,
        captured: row.int("captured_minor")?,
        freed: row.int("freed_minor")?,
        refunded: row.int("refunded_minor")?,
    })
}

/// Writes a hold down; false if the payment has one.
pub async fn insert_hold(tx: &Tx, row: &HoldRow) -> Result<bool> {
    let sql = "INSERT INTO value_holds (payment, member, card, currency, held_minor, captured_minor, freed_minor, refunded_minor)
        VALUES ($1, $2, $3, $4, $5, 0, 0, 0) ON CONFLICT (payment) DO NOTHING";
    let (member, card) = match &row.purse {
        Purse::Member(member) => (Some(member), None),
        Purse::Card(card) => (None, Some(card)),
    };
    Ok(tx.run(sql, values![&row.payment, member, card, row.currency.code(), row.held]).await? == 1)
}

/// What is held for a payment.
pub async fn hold(on: &impl Query, payment: &PaymentId) -> Result<Option<HoldRow>> {
    on.row("SELECT * FROM value_holds WHERE payment = $1", values![payment])
        .await?
        .map(|row| read_hold(&row))
        .transpose()
}

/// Counts what of a hold became the shop's, went back before, and went back after; false if that is more than there is.
pub async fn move_hold(tx: &Tx, payment: &PaymentId, captured: i64, freed: i64, refunded: i64) -> Result<bool> {
    let sql = "UPDATE value_holds SET captured_minor = captured_minor + $2, freed_minor = freed_minor + $3, refunded_minor = refunded_minor + $4
        WHERE payment = $1 AND captured_minor + $2 + freed_minor + $3 <= held_minor AND refunded_minor + $4 <= captured_minor + $2";
    Ok(tx.run(sql, values![payment, captured, freed, refunded]).await? == 1)
}

/// A gift card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardRow {
    /// Which.
    pub id: GiftCardId,
    /// The hash of its code.
    pub code_hash: String,
    /// The last characters of its code.
    pub ending: String,
    /// In which currency.
    pub currency: Currency,
    /// What it was sold with.
    pub issued: i64,
    /// When it was sold.
    pub issued_at: Instant,
    /// Who sold it.
    pub issued_by: StaffId,
    /// The key of the request that made it.
    pub request_key: String,
    /// When its time is over; never without.
    pub expires_at: Option<Instant>,
    /// True if it can't be used any more.
    pub blocked: bool,
    /// Who stored what was on it.
    pub redeemed_by: Option<MemberId>,
    /// When that was.
    pub redeemed_at: Option<Instant>,
}

fn read_card(row: &Row) -> Result<CardRow> {
    Ok(CardRow {
        id: row.id("id")?,
        code_hash: row.text("code_hash")?,
        ending: row.text("ending")?,
        currency: currency(row)?,
        issued: row.int("issued_minor")?,
        issued_at: row.instant("issued_at")?,
        issued_by: row.id("issued_by")?,
        request_key: row.text("request_key")?,
        expires_at: row.maybe_int("expires_at")?.map(Instant),
        blocked: row.flag("blocked")?,
        redeemed_by: row.maybe_id("redeemed_by")?,
        redeemed_at: row.maybe_int("redeemed_at")?.map(Instant),
    })
}

/// Adds a gift card; false if this request made one before.
pub async fn insert_card(tx: &Tx, card: &CardRow) -> Result<bool> {
    let sql = "INSERT INTO gift_cards (id, code_hash, ending, currency, issued_minor, issued_at, issued_by, request_key, expires_at, blocked)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0) ON CONFLICT (issued_by, request_key) DO NOTHING";
    let mut values =
        values![&card.id, &card.code_hash, &card.ending, card.currency.code(), card.issued, card.issued_at];
    values.extend(values![&card.issued_by, &card.request_key, card.expires_at.map(|at| at.0)]);
    Ok(tx.run(sql, values).await? == 1)
}

/// The gift card that a request made.
pub async fn card_of_request(on: &impl Query, staff: &StaffId, key: &str) -> Result<Option<CardRow>> {
    let sql = "SELECT * FROM gift_cards WHERE issued_by = $1 AND request_key = $2";
    on.row(sql, values![staff, key]).await?.map(|row| read_card(&row)).transpose()
}

/// The gift card with this id.
pub async fn card(on: &impl Query, id: &GiftCardId) -> Result<Option<CardRow>> {
    on.row("SELECT * FROM gift_cards WHERE id = $1", values![id]).await?.map(|row| read_card(&row)).transpose()
}

/// The gift card whose code has this hash.
pub async fn card_of_code(on: &impl Query, code_hash: &str) -> Result<Option<CardRow>> {
    let sql = "SELECT * FROM gift_cards WHERE code_hash = $1";
    on.row(sql, values![code_hash]).await?.map(|row| read_card(&row)).transpose()
}

/// Writes down who stored what was on a card; false if somebody did before.
pub async fn redeem_card(tx: &Tx, card: &GiftCardId, member: &MemberId, now: Instant) -> Result<bool> {
    let sql = "UPDATE gift_cards SET redeemed_by = $2, redeemed_at = $3 WHERE id = $1 AND redeemed_by IS NULL AND blocked = 0";
    Ok(tx.run(sql, values![card, member, now]).await? == 1)
}

/// The cards that a member stored, newest first.
pub async fn cards_of(on: &impl Query, member: &MemberId) -> Result<Vec<CardRow>> {
    let sql = "SELECT * FROM gift_cards WHERE redeemed_by = $1 ORDER BY redeemed_at DESC, id LIMIT 50";
    on.rows(sql, values![member]).await?.iter().map(read_card).collect()
}
