//! The one transaction of an order.

use super::{
    number,
    sourcing::{Need, Short, source},
};
use crate::{
    Result, ServiceError, Services, Who,
    held::{HeldProblem, Terms},
    members::phone,
};
use ids::OrderNumber;
use money::minor_from_decimal;
use pricing::{Instant, Text, book::Promotion};
use storage::{
    Tx, held, members,
    orders::{self, ItemRow, OrderRow},
    points,
    stock::{self, Movement},
    usage::{self, Limits},
};
use wire::{Contact, OrderItem, Place, PlaceOrder, PointsEntry, SkuInfo};

/// What became of an attempt.
pub(crate) enum Outcome {
    /// The order is in the database.
    Placed(OrderNumber),
    /// Something changed between quote and transaction: quote again.
    Again,
    /// Goods that are not there.
    Short(Vec<Short>),
    /// The held quote can't become this order.
    Refused(HeldProblem),
}

/// All that an attempt knows.
pub(crate) struct Placing<'a> {
    pub(crate) services: &'a Services,
    pub(crate) who: &'a Who,
    pub(crate) request: &'a PlaceOrder,
    pub(crate) request_hash: &'a str,
    pub(crate) now: Instant,
    pub(crate) terms: Terms,
    pub(crate) infos: Vec<SkuInfo>,
}

impl Placing<'_> {
    /// Tries to commit; a conflict with another order is [`Outcome::Again`].
    pub(crate) async fn commit(self) -> Result<Outcome> {
        let tx = self.services.db().begin().await?;
        let outcome = match self.write(&tx).await {
            Ok(Outcome::Placed(number)) => {
                tx.commit().await.map(|()| Outcome::Placed(number)).map_err(ServiceError::from)
            }
            other => other,
        };
        match outcome {
            Err(ServiceError::Internal(error)) if is_conflict(&error) => Ok(Outcome::Again),
            other => other,
        }
    }

    async fn write(&self, tx: &Tx) -> Result<Outcome> {
        let number = number::new(&self.terms.active, self.now)?;
        if let Some(held) = &self.terms.held
            && !held::use_once(tx, held, &number, self.now).await?
        {
            return Ok(Outcome::Refused(HeldProblem::Used));
        }
        if let Some(outcome) = self.reserve(tx, &number).await? {
            return Ok(outcome);
        }
        if !self.count_uses(tx).await? {
            // Quoting again finds the price without the promotion; a held quote is what it is.
            let is_held = self.terms.held.is_some();
            return Ok(if is_held { Outcome::Refused(HeldProblem::UsedUp) } else { Outcome::Again });
        }
        if !self.move_points(tx, &number).await? {
            return Ok(Outcome::Again);
        }
        orders::insert(tx, &self.order_row(number.clone()), &self.item_rows()).await?;
        Ok(Outcome::Placed(number))
    }

    fn needs(&self) -> Vec<Need> {
        let goods = self.terms.quote.lines.iter().map(|line| (&line.sku, line.quantity, false));
        let gifts = self.terms.quote.gifts.iter().map(|gift| (&gift.sku, gift.quantity, true));
        let mut needs: Vec<Need> = Vec::new();
        for (sku, quantity, gift) in goods.chain(gifts) {
            match needs.iter_mut().find(|need| need.sku == *sku && need.gift == gift) {
                Some(need) => need.quantity += quantity,
                None => needs.push(Need { sku: sku.clone(), quantity, gift }),
            }
        }
        needs
    }

    /// Reserves the goods; an outcome if that was not possible.
    async fn reserve(&self, tx: &Tx, number: &OrderNumber) -> Result<Option<Outcome>> {
        let needs = self.needs();
        let skus: Vec<_> = needs.iter().map(|need| need.sku.clone()).collect();
        let stock = stock::of_skus(tx, &skus).await?;
        let places: Vec<&Place> = self.terms.active.catalogue.places.iter().map(|place| &place.wire).collect();
        let takes = match source(&needs, &stock, &places, &self.request.delivery) {
            Ok(takes) => takes,
            Err(shorts) => return Ok(Some(Outcome::Short(shorts))),
        };
        for take in &takes {
            // Another order may have taken the units since we read the rows.
            if !stock::reserve(tx, &take.sku, &take.place, take.quantity).await? {
                return Ok(Some(Outcome::Again));
            }
        }
        let movements = takes.into_iter().map(|take| Movement {
            sku: take.sku,
            place: take.place,
            kind: "reserve",
            quantity: take.quantity,
        });
        stock::record(tx, self.now, Some(number), &movements.collect::<Vec<_>>()).await?;
        Ok(None)
    }

    /// Counts the uses of limited promotions; false if a limit is reached by now.
    async fn count_uses(&self, tx: &Tx) -> Result<bool> {
        let mut used: Vec<_> =
            self.terms.quote.applied.iter().map(|one| (&one.promotion, (one.amount, one.units))).collect();
        used.sort_unstable();
        for (id, took) in used {
            let promotions = &self.terms.active.book.document().promotions;
            let Some(promotion) = promotions.iter().find(|one| one.id == *id && !one.limit.is_none()) else { continue };
            let limits = self.limits(promotion)?;
            if !usage::count(tx, id, self.who.member.as_ref(), took, limits).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn limits(&self, promotion: &Promotion) -> Result<Limits> {
        let limit = promotion.limit;
        let budget = limit.budget.map(|budget| minor_from_decimal(budget, self.terms.quote.currency)).transpose();
        let budget_minor = budget.map_err(ServiceError::internal)?;
        Ok(Limits { total: limit.total, per_member: limit.per_member, units: limit.units, budget_minor })
    }

    /// Counts the order and moves the points; false if the member's facts are not those of the quote any more.
    async fn move_points(&self, tx: &Tx, number: &OrderNumber) -> Result<bool> {
        let Some(member) = &self.terms.member else { return Ok(true) };
        let Some(id) = &member.id else { return Ok(true) };
        let (earned, spent) = (self.terms.quote.points_earned, self.terms.quote.points_spent);
        if !members::count_order(tx, id, member.orders, member.points, earned - spent).await? {
            return Ok(false);
        }
        let reasons = [(-spent, "抵扣", "spent on"), (earned, "获得", "earned by")];
        for (points, zh, en) in reasons.into_iter().filter(|(points, ..)| *points != 0) {
            let reason = Text::new(format!("订单{zh}"), format!("Points {en} an order"));
            let entry = PointsEntry { at: self.now, points, reason, order: Some(number.clone()) };
            points::insert(tx, id, &entry).await?;
        }
        Ok(true)
    }

    fn order_row(&self, number: OrderNumber) -> OrderRow {
        let session = self.who.session_text();
        let member = self.who.member.clone();
        let owner = match (&member, &session) {
            (Some(member), _) => format!("member:{member}"),
            (None, session) => format!("session:{}", session.as_deref().unwrap_or_default()),
        };
        let contact = &self.request.contact;
        let phone = phone::normalise(&contact.phone).unwrap_or_else(|| contact.phone.clone());
        OrderRow {
            number,
            owner,
            idempotency_key: self.request.idempotency_key.clone(),
            request_hash: self.request_hash.to_owned(),
            // A member's order is the member's alone; a guest's is the session's.
            session: session.filter(|_| member.is_none()),
            member,
            placed_at: self.now,
            channel: self.who.channel.clone(),
            store: self.who.store.clone(),
            delivery: self.request.delivery.clone(),
            contact: Contact { name: contact.name.trim().to_owned(), phone },
            cart: self.request.cart.clone(),
            context: self.terms.context.clone(),
            quote: self.terms.quote.clone(),
        }
    }

    fn item_rows(&self) -> Vec<ItemRow> {
        let goods = self.terms.quote.lines.iter().map(|line| (&line.sku, line.quantity, false));
        let gifts = self.terms.quote.gifts.iter().map(|gift| (&gift.sku, gift.quantity, true));
        let row = |(sku, quantity, gift): (&ids::Sku, i64, bool)| {
            let info = self.infos.iter().find(|info| info.sku == *sku)?;
            let item = OrderItem {
                sku: info.sku.clone(),
                handle: info.handle.clone(),
                title: info.title.clone(),
                options: info.options.clone(),
                image: info.image.clone(),
            };
            Some(ItemRow { item, quantity, gift })
        };
        goods.chain(gifts).filter_map(row).collect()
    }
}

fn is_conflict(error: &crate::BoxError) -> bool {
    let error = error.downcast_ref::<storage::Error>();
    error.is_some_and(|error| error.is_retryable() || error.is_unique_violation())
}
