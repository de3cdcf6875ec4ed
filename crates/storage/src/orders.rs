//! Orders, with all that is needed to compute them again.

use crate::{
    Query, Result, Row, Tx, bulk,
    sealed::{ORDER_CONTACT, ORDER_DELIVERY, phone_index},
    value, values,
};
use ids::{MemberId, OrderNumber, PlaceId, PriceBookId, StaffId};
use orders::Standing;
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
    /// Where it stands.
    pub status: Standing,
    /// Counts its changes.
    pub version: i64,
    /// True once the payment is agreed: authorised, captured, or to be made on delivery or at the till.
    pub paid: bool,
    /// When it has to be paid, while it waits for that.
    pub pay_by: Option<Instant>,
    /// Who of the shop's own people took it.
    pub taken_by: Option<StaffId>,
    /// The order whose goods were exchanged for this one's.
    pub exchange_of: Option<OrderNumber>,
    /// The channel that took it.
    pub channel: String,
    /// The store in whose context it was taken.
    pub store: Option<PlaceId>,
    /// How the goods reach the shopper. It is sealed in the table.
    pub delivery: Delivery,
    /// Who is told. It is sealed in the table; its telephone has a blind index.
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

fn standing(row: &Row) -> Result<Standing> {
    let word = row.text("status")?;
    Standing::of(&word).ok_or_else(|| value::bad("status", format!("{word:?} is nowhere an order stands")))
}

/// The same on the wire.
#[must_use]
pub fn status(standing: Standing) -> OrderStatus {
    match standing {
        Standing::AwaitingPayment => OrderStatus::AwaitingPayment,
        Standing::Placed => OrderStatus::Placed,
        Standing::InWork => OrderStatus::InWork,
        Standing::Ready => OrderStatus::Ready,
        Standing::Shipped => OrderStatus::Shipped,
        Standing::Completed => OrderStatus::Completed,
        Standing::Cancelled => OrderStatus::Cancelled,
    }
}

fn read(on: &impl Query, row: &Row) -> Result<OrderRow> {
    let number: OrderNumber = row.id("number")?;
    Ok(OrderRow {
        delivery: ORDER_DELIVERY.open_json(on, number.as_str(), &row.text("delivery")?)?,
        contact: ORDER_CONTACT.open_json(on, number.as_str(), &row.text("contact")?)?,
        number,
        owner: row.text("owner")?,
        idempotency_key: row.text("idempotency_key")?,
        request_hash: row.text("request_hash")?,
        member: row.maybe_id("member")?,
        session: row.maybe_text("session")?,
        placed_at: row.instant("placed_at")?,
        status: standing(row)?,
        version: row.int("version")?,
        paid: row.flag("paid")?,
        pay_by: row.maybe_int("pay_by")?.map(Instant),
        taken_by: row.maybe_id("taken_by")?,
        exchange_of: row.maybe_id("exchange_of")?,
        channel: row.text("channel")?,
        store: row.maybe_id("store")?,
        cart: row.json("cart")?,
        context: row.json("context")?,
        quote: row.json("quote")?,
    })
}

/// The order with this number.
pub async fn by_number(on: &impl Query, number: &OrderNumber) -> Result<Option<OrderRow>> {
    on.row("SELECT * FROM orders WHERE number = $1", values![number]).await?.map(|row| read(on, &row)).transpose()
}

/// Takes an order for a change: its version counts up, and nobody else changes it before the transaction ends. None if there is no such order.
pub async fn take(tx: &Tx, number: &OrderNumber) -> Result<Option<OrderRow>> {
    let sql = "UPDATE orders SET version = version + 1 WHERE number = $1 RETURNING *";
    tx.row(sql, values![number]).await?.map(|row| read(tx, &row)).transpose()
}

/// Writes where an order stands, in the transaction that took it.
pub async fn set_standing(tx: &Tx, order: &OrderRow) -> Result<()> {
    let sql = "UPDATE orders SET status = $2, paid = $3, pay_by = $4 WHERE number = $1";
    tx.run(sql, values![&order.number, order.status.word(), order.paid, order.pay_by.map(|at| at.0)]).await.map(drop)
}

/// Writes where an order is sent, in the transaction that took it.
pub async fn set_delivery(tx: &Tx, number: &OrderNumber, delivery: &Delivery) -> Result<()> {
    let sql = "UPDATE orders SET delivery = $2 WHERE number = $1";
    let delivery = ORDER_DELIVERY.seal_json(tx, number.as_str(), delivery)?;
    tx.run(sql, values![number, delivery]).await.map(drop)
}

/// Orders that were to be paid before `now` and were not, the longest due first.
pub async fn unpaid(on: &impl Query, now: Instant, limit: i64) -> Result<Vec<OrderNumber>> {
    let sql =
        "SELECT number FROM orders WHERE status = 'awaiting_payment' AND pay_by <= $1 ORDER BY pay_by, number LIMIT $2";
    on.rows(sql, values![now, limit]).await?.iter().map(|row| row.id("number")).collect()
}

/// What the shop's own people look for among the orders.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The beginning of a number.
    pub number: Option<String>,
    /// Where they stand.
    pub status: Option<Standing>,
    /// A place that gives goods of them.
    pub place: Option<PlaceId>,
    /// Whose they are.
    pub member: Option<MemberId>,
    /// At most so many.
    pub limit: i64,
}

/// Orders that are wanted, the newest first.
pub async fn find(on: &impl Query, wanted: &Wanted) -> Result<Vec<OrderRow>> {
    let sql = "SELECT * FROM orders o WHERE (CAST($1 AS TEXT) IS NULL OR (o.number >= $1 AND o.number < $2))
        AND (CAST($3 AS TEXT) IS NULL OR o.status = $3)
        AND (CAST($4 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM fulfilments f WHERE f.order_number = o.number AND f.place = $4))
        AND (CAST($5 AS TEXT) IS NULL OR o.member = $5)
        ORDER BY o.placed_at DESC, o.number DESC LIMIT $6";
    let end = wanted.number.as_ref().map(|number| format!("{number}\u{10ffff}"));
    let status = wanted.status.map(Standing::word);
    let mut values = values![&wanted.number, end, status, wanted.place.as_ref(), wanted.member.as_ref()];
    values.extend(values![wanted.limit]);
    on.rows(sql, values).await?.iter().map(|row| read(on, row)).collect()
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
    on.row(sql, values![key, member, session]).await?.map(|row| read(on, &row)).transpose()
}

/// The order that one of the shop's own people took with this key.
pub async fn by_staff_key(on: &impl Query, key: &str, staff: &StaffId) -> Result<Option<OrderRow>> {
    let sql = "SELECT * FROM orders WHERE idempotency_key = $1 AND taken_by = $2 LIMIT 1";
    on.row(sql, values![key, staff]).await?.map(|row| read(on, &row)).transpose()
}

/// Adds an order with its items. The key and the number are unique.
pub async fn insert(tx: &Tx, order: &OrderRow, items: &[ItemRow]) -> Result<()> {
    let sql =
        "INSERT INTO orders (number, owner, idempotency_key, request_hash, member, session, placed_at, status, channel,
        store, delivery, contact, phone_index, cart, context, quote, book, engine, quote_hash, payable_minor, units, paid, pay_by,
        taken_by, exchange_of)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)";
    let quote = &order.quote;
    let book: &PriceBookId = &quote.book;
    let units: i64 = quote.lines.iter().map(|line| line.quantity).sum();
    let mut values = values![&order.number, &order.owner, &order.idempotency_key, &order.request_hash];
    values.extend(values![order.member.as_ref(), &order.session, order.placed_at, order.status.word(), &order.channel]);
    let delivery = ORDER_DELIVERY.seal_json(tx, order.number.as_str(), &order.delivery)?;
    let contact = ORDER_CONTACT.seal_json(tx, order.number.as_str(), &order.contact)?;
    values.extend(values![order.store.as_ref(), delivery, contact, phone_index(tx, &order.contact.phone)?]);
    values.extend(values![value::json(&order.cart)?, value::json(&order.context)?, value::json(quote)?]);
    values.extend(values![book, &quote.engine, &quote.hash, quote.payable, units, order.paid]);
    values.extend(values![order.pay_by.map(|at| at.0), order.taken_by.as_ref(), order.exchange_of.as_ref()]);
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
    let sql = "SELECT number, placed_at, status, payable_minor, units FROM orders WHERE member = $1
        ORDER BY placed_at DESC, number DESC LIMIT $2";
    let read = |row: &Row| {
        Ok(OrderSummary {
            number: row.id("number")?,
            placed_at: row.instant("placed_at")?,
            status: status(standing(row)?),
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

/// An order as the register has it: enough to compare it with what was confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// The public number.
    pub number: OrderNumber,
    /// Its quote's hash.
    pub quote_hash: String,
    /// What was to be paid.
    pub payable_minor: i64,
    /// Where it stands.
    pub status: Standing,
}

/// All orders by number.
pub async fn register(on: &impl Query) -> Result<Vec<Registered>> {
    let read = |row: &Row| {
        Ok(Registered {
            number: row.id("number")?,
            quote_hash: row.text("quote_hash")?,
            payable_minor: row.int("payable_minor")?,
            status: standing(row)?,
        })
    };
    let sql = "SELECT number, quote_hash, payable_minor, status FROM orders ORDER BY number";
    on.rows(sql, vec![]).await?.iter().map(read).collect()
}
