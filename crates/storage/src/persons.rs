//! What of a person is forgotten when they are erased. The books keep their figures: orders, points and payments stay, by number.

use crate::{
    Query, Result, Tx, order_events,
    sealed::{MEMBER_NAME, MEMBER_PHONE, ORDER_CONTACT, ORDER_DELIVERY, RETURN_REASON},
    values,
};
use ids::{MemberId, OrderNumber};
use pricing::Instant;
use wire::{Address, Contact, Delivery};

/// A word that is the hash of no request: the order's key is worth nothing any more.
const NO_REQUEST: &str = "erased";

/// How many orders of a member are still open: goods may still come.
pub async fn open_orders(on: &impl Query, member: &MemberId) -> Result<Vec<OrderNumber>> {
    let sql = "SELECT number FROM orders WHERE member = $1 AND status NOT IN ('completed', 'cancelled')
        ORDER BY placed_at, number";
    on.rows(sql, values![member]).await?.iter().map(|row| row.id("number")).collect()
}

/// Takes the member for the rest of the transaction: neither an order nor a second erasure comes between. False if the member is erased already.
pub async fn take(tx: &Tx, member: &MemberId) -> Result<bool> {
    let sql = "UPDATE members SET orders = orders WHERE id = $1 AND erased_at IS NULL";
    Ok(tx.run(sql, values![member]).await? == 1)
}

/// Seals nothing in the place of telephone and name, and forgets what else was told.
pub async fn erase_member(tx: &Tx, member: &MemberId, now: Instant) -> Result<()> {
    let sql = "UPDATE members SET phone = $2, phone_index = NULL, name = $3, tags = '[]', birthday_month = NULL,
        birthday_told_at = NULL, erased_at = $4 WHERE id = $1";
    let id = member.as_str();
    let (phone, name) = (MEMBER_PHONE.seal(tx, id, "")?, MEMBER_NAME.seal(tx, id, "")?);
    tx.run(sql, values![member, phone, name, now]).await.map(drop)
}

/// All orders of a member.
pub async fn orders_of(on: &impl Query, member: &MemberId) -> Result<Vec<OrderNumber>> {
    let sql = "SELECT number FROM orders WHERE member = $1 ORDER BY number";
    on.rows(sql, values![member]).await?.iter().map(|row| row.id("number")).collect()
}

/// True if nothing of an order is still to come.
pub async fn is_closed(on: &impl Query, number: &OrderNumber) -> Result<bool> {
    let sql = "SELECT number FROM orders WHERE number = $1 AND status IN ('completed', 'cancelled')";
    Ok(on.row(sql, values![number]).await?.is_some())
}

/// Forgets whom an order went to, who collected it, and what was written about why it came back; `words` are taken out of its timeline. Province
/// and city stay for the books, and the store of a pick-up.
pub async fn erase_order(tx: &Tx, number: &OrderNumber, delivery: &Delivery, words: &[String]) -> Result<()> {
    let sql = "UPDATE orders SET contact = $2, delivery = $3, phone_index = NULL, session = NULL, request_hash = $4
        WHERE number = $1";
    let kept = match delivery {
        Delivery::Ship { address } => {
            let Address { province, city, .. } = address.clone();
            Delivery::Ship { address: Address { province, city, ..Address::default() } }
        }
        pick_up @ Delivery::PickUp { .. } => pick_up.clone(),
    };
    let contact = ORDER_CONTACT.seal_json(tx, number.as_str(), &Contact::default())?;
    let delivery = ORDER_DELIVERY.seal_json(tx, number.as_str(), &kept)?;
    tx.run(sql, values![number, contact, delivery, NO_REQUEST]).await?;
    let sql = "UPDATE fulfilments SET collected_by = NULL, reason = NULL WHERE order_number = $1";
    tx.run(sql, values![number]).await?;
    for row in tx.rows("SELECT id FROM order_returns WHERE order_number = $1 ORDER BY id", values![number]).await? {
        let id = row.text("id")?;
        let reason = RETURN_REASON.seal(tx, &id, "")?;
        tx.run("UPDATE order_returns SET reason = $2 WHERE id = $1", values![&id, reason]).await?;
    }
    order_events::redact(tx, number, words).await
}

/// When a member was erased, if they were.
pub async fn erased_at(on: &impl Query, member: &MemberId) -> Result<Option<Instant>> {
    let row = on.row("SELECT erased_at FROM members WHERE id = $1", values![member]).await?;
    Ok(match row {
        Some(row) => row.maybe_int("erased_at")?.map(Instant),
        None => None,
    })
}
