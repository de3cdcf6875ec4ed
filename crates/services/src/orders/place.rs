//! Placing an order: the server's own quote must be the one that the shopper saw; then stock, limits, points and the order are written
//! together or not at all.

use super::{
    check, items, number,
    quote::{only_of, quote_of, slice_of},
    source::{self, Wanted},
};
use crate::{Result, ServiceError, Services, Shortage, Who, active::Active, members::phone, secret};
use pricing::{Context, ENGINE_VERSION, Instant, Quote, Text};
use std::sync::Arc;
use storage::{
    Tx, members,
    orders::{self, ItemRow, OrderRow},
    points, stock,
    usage::{self, Limits},
};
use wire::{Changed, Contact, Order, OrderItem, PlaceOrder, PointsEntry};

/// How old the instant of the shopper's quote may be.
const SEEN_MS_MAX: i64 = 5 * 60 * 1000;
/// How far ahead of the server the browser's count may run.
const AHEAD_MS_MAX: i64 = 2_000;

/// What one attempt works with.
struct Attempt<'a> {
    who: Who,
    request: &'a PlaceOrder,
    active: Arc<Active>,
    context: Context,
    quote: Quote,
    now: Instant,
}

/// Why a transaction was given up.
enum GivenUp {
    /// Facts changed since they were read: the shopper gets a new quote.
    Changed,
    /// Gifts ran out: promotions end, and the shopper gets a new quote.
    GiftsGone(Vec<Shortage>),
    /// Something else.
    Failed(ServiceError),
}

impl<E: Into<ServiceError>> From<E> for GivenUp {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl Services {
    /// Places an order. The same key places it once. `who` has a session or is a member.
    ///
    /// # Errors
    /// [`ServiceError::PriceChanged`] with the quote that holds now, [`ServiceError::OutOfStock`], [`ServiceError::StaleBook`] for
    /// another engine, [`ServiceError::Conflict`] for a key of another order, [`ServiceError::Invalid`].
    pub async fn place_order(&self, who: &Who, request: &PlaceOrder) -> Result<Order> {
        let who = who.at(request.channel.as_deref(), request.store.as_ref());
        let active = self.active().await?;
        check::check(&active, request)?;
        if let Some(order) = self.placed_before(&who, request).await? {
            return Ok(order);
        }
        if request.engine != ENGINE_VERSION {
            return Err(ServiceError::StaleBook);
        }
        let attempt = self.attempt(who, request, active).await?;
        let tx = self.db().begin().await?;
        let outcome = write(self, &tx, &attempt).await;
        match outcome {
            Ok(row) => {
                tx.commit().await?;
                self.order_of(row).await
            }
            Err(given_up) => {
                drop(tx);
                self.give_up(&attempt, given_up).await
            }
        }
    }

    /// The order that this key stands for already.
    async fn placed_before(&self, who: &Who, request: &PlaceOrder) -> Result<Option<Order>> {
        let session = who.session_text();
        let row = orders::by_key(self.db(), &request.idempotency_key, who.member.as_ref(), session.as_deref()).await?;
        match row {
            None => Ok(None),
            Some(row) if row.request_hash == hash_of(request)? => self.order_of(row).await.map(Some),
            Some(_) => Err(ServiceError::Conflict),
        }
    }

    /// Quotes from the server's own facts and compares. The shopper's instant counts while it is fresh, as long as nothing changed since.
    async fn attempt<'a>(&self, who: Who, request: &'a PlaceOrder, active: Arc<Active>) -> Result<Attempt<'a>> {
        let now = self.now();
        let mut context = self.context(&who, &active, now).await?;
        check::priceable(&active, &request.cart, &context)?;
        let quote = quote_of(&active, &request.cart, &context)?;
        let age = now.0.saturating_sub(request.at.0);
        let fresh = (-AHEAD_MS_MAX..=SEEN_MS_MAX).contains(&age);
        let same = quote.hash == request.quote_hash && request.book == quote.book;
        if !fresh || !same {
            return Err(changed(&active, request, &context, quote));
        }
        context.at = now;
        Ok(Attempt { who, request, active, context, quote, now })
    }

    async fn give_up(&self, attempt: &Attempt<'_>, given_up: GivenUp) -> Result<Order> {
        match given_up {
            GivenUp::Failed(error) => match self.placed_before(&attempt.who, attempt.request).await? {
                // Another request with the same key was quicker.
                Some(order) => Ok(order),
                None => Err(error),
            },
            GivenUp::GiftsGone(shortages) => {
                if self.retire_empty_gifts().await? { self.offer_again(attempt).await } else { Err(ServiceError::OutOfStock(shortages)) }
            }
            GivenUp::Changed => self.offer_again(attempt).await,
        }
    }

    async fn offer_again(&self, attempt: &Attempt<'_>) -> Result<Order> {
        let active = self.reload().await?;
        let context = self.context(&attempt.who, &active, self.now()).await?;
        let quote = quote_of(&active, &attempt.request.cart, &context)?;
        Err(changed(&active, attempt.request, &context, quote))
    }
}

fn changed(active: &Active, request: &PlaceOrder, context: &Context, quote: Quote) -> ServiceError {
    let slice = slice_of(active, &request.cart);
    let context = only_of(&slice, context.clone());
    ServiceError::PriceChanged(Box::new(Changed { quote, context, slice }))
}

fn hash_of(request: &PlaceOrder) -> Result<String> {
    let text = serde_json::to_vec(request).map_err(ServiceError::internal)?;
    Ok(secret::hex(&secret::sha256(&text)))
}

/// Writes everything that belongs to the order.
async fn write(services: &Services, tx: &Tx, attempt: &Attempt<'_>) -> Result<OrderRow, GivenUp> {
    let items = all_items(services, attempt).await?;
    let row = order_row(attempt)?;
    let reserved = source::reserve(tx, &attempt.active, &attempt.request.delivery, wanted(&attempt.quote)).await?;
    if !reserved.short.is_empty() {
        return Err(shortage(&reserved.short, &items));
    }
    count_uses(tx, attempt).await?;
    move_points(tx, attempt, &row).await?;
    orders::insert(tx, &row, &items).await?;
    stock::record(tx, attempt.now, Some(&row.number), &reserved.movements).await?;
    Ok(row)
}

fn wanted(quote: &Quote) -> Vec<Wanted> {
    let lines = quote.lines.iter().map(|line| Wanted { sku: line.sku.clone(), quantity: line.quantity, gift: false });
    let gifts = quote.gifts.iter().map(|gift| Wanted { sku: gift.sku.clone(), quantity: gift.quantity, gift: true });
    lines.chain(gifts).collect()
}

/// Names and pictures of lines and gifts.
async fn all_items(services: &Services, attempt: &Attempt<'_>) -> Result<Vec<ItemRow>> {
    let wanted = wanted(&attempt.quote);
    let skus: Vec<_> = wanted.iter().map(|want| want.sku.clone()).collect();
    let items = services.order_items(&skus).await?;
    let row = |want: &Wanted| {
        let item = items.iter().find(|item| item.sku == want.sku)?.clone();
        Some(ItemRow { item, quantity: want.quantity, gift: want.gift })
    };
    Ok(wanted.iter().filter_map(row).collect())
}

fn shortage(short: &[(Wanted, i64)], items: &[ItemRow]) -> GivenUp {
    let title = |want: &Wanted| items.iter().find(|row| row.item.sku == want.sku).map(|row: &ItemRow| name(&row.item));
    let shortages: Vec<Shortage> = short
        .iter()
        .map(|(want, had)| Shortage {
            sku: want.sku.clone(),
            title: title(want).unwrap_or_default(),
            wanted: want.quantity,
            available: *had,
            gift: want.gift,
        })
        .collect();
    if shortages.iter().all(|one| one.gift) {
        return GivenUp::GiftsGone(shortages);
    }
    GivenUp::Failed(ServiceError::OutOfStock(shortages))
}

fn name(item: &OrderItem) -> Text {
    items::full_title(item)
}

fn order_row(attempt: &Attempt) -> Result<OrderRow> {
    let Attempt { who, request, context, quote, now, .. } = attempt;
    let session = who.session_text();
    let owner = who.member.as_ref().map(ToString::to_string).or_else(|| session.clone());
    let phone = phone::normalise(&request.contact.phone).unwrap_or_default();
    Ok(OrderRow {
        number: number::new(*now)?,
        owner: owner.ok_or_else(|| ServiceError::internal("an order needs a member or a session"))?,
        idempotency_key: request.idempotency_key.clone(),
        request_hash: hash_of(request)?,
        member: who.member.clone(),
        session,
        placed_at: *now,
        channel: who.channel.clone(),
        store: who.store.clone(),
        delivery: request.delivery.clone(),
        contact: Contact { name: request.contact.name.trim().to_owned(), phone },
        cart: request.cart.clone(),
        context: context.clone(),
        quote: quote.clone(),
    })
}

/// Counts the uses of limited promotions; the database refuses the one too many.
async fn count_uses(tx: &Tx, attempt: &Attempt<'_>) -> Result<(), GivenUp> {
    let promotions = &attempt.active.book.document().promotions;
    let mut applied: Vec<_> = attempt.quote.applied.iter().collect();
    applied.sort_by(|a, b| a.promotion.cmp(&b.promotion));
    for one in applied {
        let Some(promotion) = promotions.iter().find(|promotion| promotion.id == one.promotion) else { continue };
        if promotion.limit.is_none() {
            continue;
        }
        let budget = promotion.limit.budget.map(|budget| money::minor_from_decimal(budget, attempt.quote.currency));
        let budget_minor = budget.transpose().map_err(ServiceError::internal)?;
        let limits = Limits { total: promotion.limit.total, per_member: promotion.limit.per_member, budget_minor };
        if !usage::count(tx, &one.promotion, attempt.who.member.as_ref(), one.amount, limits).await? {
            return Err(GivenUp::Changed);
        }
    }
    Ok(())
}

/// Moves the member's points, if the member is still as the quote saw them.
async fn move_points(tx: &Tx, attempt: &Attempt<'_>, row: &OrderRow) -> Result<(), GivenUp> {
    let (Some(id), Some(seen)) = (&attempt.who.member, &attempt.context.member) else { return Ok(()) };
    let (earned, spent) = (attempt.quote.points_earned, attempt.quote.points_spent);
    if !members::count_order(tx, id, seen.orders, seen.points, earned - spent).await? {
        return Err(GivenUp::Changed);
    }
    let entries = [(-spent, Text::new("下单抵扣", "Spent on an order")), (earned, Text::new("购物所得", "Earned by an order"))];
    for (points, reason) in entries {
        if points != 0 {
            let entry = PointsEntry { at: attempt.now, points, reason, order: Some(row.number.clone()) };
            points::insert(tx, id, &entry).await?;
        }
    }
    Ok(())
}
