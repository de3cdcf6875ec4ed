//! Orders, with all that is needed to compute them again.

use crate::{Query, Result, Row, Tx, bulk, value, values};
use ids::{MemberId, OrderNumber, PlaceId, PriceBookId};
use pricing::{Cart, Context, Instant, Quote};
use wire::{Contact, Delivery, OrderItem, OrderStatus, OrderSummary};

/// An order.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderRow {
    /// The public number.
    pub number: OrderNumber,
    /// Whose idempotency key it is: a member's or a session's.
    pub owner: String,
    /// The client's key.
    pub idempotency_key: String,
    /// The hash of the request that made it.
    pub request_hash: String,
    /// The member who placed it.
    pub member: Option<MemberId>,
    /// The hash of the session that may see a guest's order.
    pub session: Option<String>,
    /// When it was placed.
    pub placed_at: Instant,
    /// The channel that took it.
    pub channel: String,
    /// The store in whose context it was taken.
    pub store: Option<PlaceId>,
    /// How the goods reach the shopper.
    pub delivery: Delivery,
    /// Who is told.
    pub contact: Contact,
    /// What was wanted.
    pub cart: Cart,
    /// The circumstances of its quote.
    pub context: Context,
    /// What it cost and why.
    pub quote: Quote,
}

/// What was ordered of a SKU, with its name and picture at that time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemRow {
    /// Name and picture.
    pub item: OrderItem,
    /// How many units.
    pub quantity: i64,
    /// True if it came as a gift.
    pub gift: bool,
}

const PLACED: &str = "placed";

fn read(row: &Row) -> Result<OrderRow> {
    Ok(OrderRow {
        number: row.id("number")?,
        owner: row.text("owner")?,
        idempotency_key: row.text("idempotency_key")?,
        request_hash: row.text("request_hash")?,
        member: row.maybe_id("member")?,
        session: row.maybe_text("session")?,
        placed_at: row.instant("placed_at")?,
        channel: row.text("channel")?,
        store: row.maybe_id("store")?,
        delivery: row.json("delivery")?,
        contact: row.json("contact")?,
        cart: row.json("cart")?,
        context: row.json("context")?,
        quote: row.json("quote")?,
    })
}

/// The status of every order of today; others come with payment and delivery.
#[must_use]
pub fn status(_: &OrderRow) -> OrderStatus {
    OrderStatus::Placed
}

/// The order with this number.
pub async fn by_number(on: &impl Query, number: &OrderNumber) -> Result<Option<OrderRow>> {
    on.row("SELECT * FROM orders WHERE number = $1", values![number]).await?.map(|row| read(&row)).transpose()
}

/// What an order was computed from and what came out, as it is stored: texts, so that no byte that differs is smoothed over by reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPrice {
    /// The public number.
    pub number: OrderNumber,
    /// When it was placed.
    pub placed_at: Instant,
    /// The price book's id.
    pub book: String,
    /// The engine's version.
    pub engine: String,
    /// The cart, JSON.
    pub cart: String,
    /// The circumstances, JSON.
    pub context: String,
    /// The quote, JSON.
    pub quote: String,
    /// The quote's hash, in a column of its own.
    pub quote_hash: String,
    /// What was to be paid, in a column of its own.
    pub payable_minor: i64,
}

/// Up to `limit` orders placed at `from` or later, in the order in which they were placed, after the one named.
pub async fn prices_since(
    on: &impl Query,
    from: Instant,
    after: Option<&OrderNumber>,
    limit: i64,
) -> Result<Vec<StoredPrice>> {
    let sql = "SELECT number, placed_at, book, engine, cart, context, quote, quote_hash, payable_minor FROM orders
        WHERE placed_at > $1 OR (placed_at = $1 AND number > $2) ORDER BY placed_at, number LIMIT $3";
    let read = |row: &Row| {
        Ok(StoredPrice {
            number: row.id("number")?,
            placed_at: row.instant("placed_at")?,
            book: row.text("book")?,
            engine: row.text("engine")?,
            cart: row.text("cart")?,
            context: row.text("context")?,
            quote: row.text("quote")?,
            quote_hash: row.text("quote_hash")?,
            payable_minor: row.int("payable_minor")?,
        })
    };
    let after = after.map_or("", |number| number.as_str());
    on.rows(sql, values![from, after, limit]).await?.iter().map(read).collect()
}

/// The order that a member or a session made with this key.
pub async fn by_key(
    on: &impl Query,
    key: &str,
    member: Option<&MemberId>,
    session: Option<&str>,
) -> Result<Option<OrderRow>> {
    let sql = "SELECT * FROM orders WHERE idempotency_key = $1 AND (member = $2 OR session = $3) LIMIT 1";
    on.row(sql, values![key, member, session]).await?.map(|row| read(&row)).transpose()
}

/// Adds an order with its items. The key and the number are unique.
pub async fn insert(tx: &Tx, order: &OrderRow, items: &[ItemRow]) -> Result<()> {
    let sql =
        "INSERT INTO orders (number, owner, idempotency_key, request_hash, member, session, placed_at, status, channel,
        store, delivery, contact, cart, context, quote, book, engine, quote_hash, payable_minor, units)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";
    let quote = &order.quote;
    let book: &PriceBookId = &quote.book;
    let units: i64 = quote.lines.iter().map(|line| line.quantity).sum();
    let mut values = values![&order.number, &order.owner, &order.idempotency_key, &order.request_hash];
    values.extend(values![order.member.as_ref(), &order.session, order.placed_at, PLACED, &order.channel]);
    values.extend(values![order.store.as_ref(), value::json(&order.delivery)?, value::json(&order.contact)?]);
    values.extend(values![value::json(&order.cart)?, value::json(&order.context)?, value::json(quote)?]);
    values.extend(values![book, &quote.engine, &quote.hash, quote.payable, units]);
    tx.run(sql, values).await?;
    insert_items(tx, &order.number, items).await
}

async fn insert_items(tx: &Tx, number: &OrderNumber, items: &[ItemRow]) -> Result<()> {
    let mut values = Vec::with_capacity(items.len() * 9);
    for (position, row) in (0_i64..).zip(items) {
        let item = &row.item;
        values.extend(values![number, position, &item.sku, &item.handle, value::json(&item.title)?]);
        values.extend(values![value::json(&item.options)?, &item.image, row.quantity, row.gift]);
    }
    let head =
        "INSERT INTO order_items (order_number, position, sku, handle, title, options, image, quantity, gift) VALUES ";
    bulk::insert(tx, head, 9, values, "").await
}

/// Names and pictures of what was ordered, in their order.
pub async fn items(on: &impl Query, number: &OrderNumber) -> Result<Vec<OrderItem>> {
    let sql = "SELECT sku, handle, title, options, image FROM order_items WHERE order_number = $1 ORDER BY position";
    let read = |row: &Row| {
        Ok(OrderItem {
            sku: row.id("sku")?,
            handle: row.id("handle")?,
            title: row.json("title")?,
            options: row.json("options")?,
            image: row.text("image")?,
        })
    };
    on.rows(sql, values![number]).await?.iter().map(read).collect()
}

/// The last orders of a member, newest first, with at most four pictures each.
pub async fn summaries(on: &impl Query, member: &MemberId, limit: i64) -> Result<Vec<OrderSummary>> {
    let sql = "SELECT number, placed_at, payable_minor, units FROM orders WHERE member = $1
        ORDER BY placed_at DESC, number DESC LIMIT $2";
    let read = |row: &Row| {
        Ok(OrderSummary {
            number: row.id("number")?,
            placed_at: row.instant("placed_at")?,
            payable: row.int("payable_minor")?,
            units: row.int("units")?,
            images: Vec::new(),
        })
    };
    let mut orders: Vec<OrderSummary> =
        on.rows(sql, values![member, limit]).await?.iter().map(read).collect::<Result<_>>()?;
    let sql = "SELECT order_number, image FROM order_items WHERE position < 4 AND order_number IN ({keys})
        ORDER BY order_number, position";
    let numbers: Vec<OrderNumber> = orders.iter().map(|order| order.number.clone()).collect();
    for row in bulk::by_keys(on, sql, &[], &numbers).await? {
        let number = row.text("order_number")?;
        if let Some(order) = orders.iter_mut().find(|order| order.number.as_str() == number) {
            order.images.push(row.text("image")?);
        }
    }
    Ok(orders)
}

/// Lets a session see what the session before it could: the shopper signed in.
pub async fn move_session(tx: &Tx, from: &str, to: &str) -> Result<()> {
    tx.run("UPDATE orders SET session = $2 WHERE session = $1", values![from, to]).await?;
    Ok(())
}
