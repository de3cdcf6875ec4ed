//! The one transaction of an order.

use super::{
    again, allocation,
    change::{Actor, Change},
    exchange::Exchanging,
    number,
};
use crate::{
    Result, ServiceError, Services, Who,
    held::{HeldProblem, Terms},
    members::{Claim, CouponRefused, Desk, phone},
    messages::{Message, Notice, To},
    payments::{Opened, Planned, opened},
    stock::{Allocated, AllocationAsk, Short, allocate},
};
use ids::{CouponCode, OrderNumber};
use money::minor_from_decimal;
use orders::{Event, Standing, Step, Way};
use pricing::{Instant, book::Promotion};
use std::{collections::BTreeSet, sync::Arc};
use storage::{
    Tx,
    fulfilments::{self, FulfilmentRow},
    held, members,
    orders::{self as rows, ItemRow, OrderRow},
    usage::{self, Limits},
};
use wire::{Contact, OrderItem, PaymentState, PlaceOrder};

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
    /// A coupon that gave something can't be had any more.
    NoCoupon(CouponRefused),
}

/// All that an attempt knows.
pub(crate) struct Placing<'a> {
    pub(crate) services: &'a Services,
    pub(crate) who: &'a Who,
    pub(crate) request: &'a PlaceOrder,
    pub(crate) request_hash: &'a str,
    pub(crate) now: Instant,
    pub(crate) terms: Terms,
    pub(crate) items: Vec<OrderItem>,
    /// What comes back for it, if it is an exchange.
    pub(crate) exchange: Option<&'a Exchanging>,
}

/// The goods of an order, reserved.
struct Reserved {
    parts: Vec<FulfilmentRow>,
    allocated: Allocated,
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
        let reserved = match self.reserve(tx, &number).await? {
            Ok(reserved) => reserved,
            Err(outcome) => return Ok(outcome),
        };
        if !self.count_uses(tx).await? {
            // Quoting again finds the price without the promotion; a held quote is what it is.
            let is_held = self.terms.held.is_some();
            return Ok(if is_held { Outcome::Refused(HeldProblem::UsedUp) } else { Outcome::Again });
        }
        if let Some(outcome) = self.serve_member(tx, &number).await? {
            return Ok(outcome);
        }
        // After the member's facts were compared with the quote's, since a return changes them.
        let exchanged = self.take_exchanged(tx, &number).await?;
        let opened = self.opened(&number, exchanged)?;
        let order = self.order_row(number.clone(), &opened);
        rows::insert(tx, &order, &self.item_rows()).await?;
        fulfilments::insert(tx, &reserved.parts).await?;
        self.begin(tx, &number, &reserved, &opened).await?;
        self.tell_placed(tx, &order).await?;
        Ok(Outcome::Placed(number))
    }

    /// Writes down the message to whoever the order names; who takes the goods along knows it.
    async fn tell_placed(&self, tx: &Tx, order: &OrderRow) -> Result<()> {
        if self.request.hand_over {
            return Ok(());
        }
        let (payable, currency) = (order.quote.payable, order.quote.currency);
        let notice = Notice::OrderPlaced { order: order.number.clone(), payable, currency };
        let to = To::Contact(&order.contact, order.member.as_ref());
        self.services.enqueue(tx, &Message { to, notice }).await
    }

    /// The order's timeline begins: what is paid out of purses is held, an order that need not wait for money is confirmed, and what is handed over at
    /// the till leaves at once.
    async fn begin(&self, tx: &Tx, number: &OrderNumber, reserved: &Reserved, opened: &Opened) -> Result<()> {
        let Reserved { parts, allocated } = reserved;
        let actor = Actor::of(self.who);
        let active = Arc::clone(&self.terms.active);
        let mut change = Change::open(self.services, tx, active, number, &actor).await?;
        change.tell(Event::Placed);
        parts.iter().for_each(|part| change.tell(again::event(part, allocated)));
        change.open_payments(&opened.meant).await?;
        if opened.paid {
            change.confirm().await?;
        }
        change.follow_money().await?;
        if self.request.hand_over {
            // A gift that the store has not got is brought from elsewhere.
            for part in parts.iter().filter(|part| part.way == Way::PickUp) {
                change.step(&part.id, Step::HandOver, |part| part.collected_by = Some(String::new())).await?;
                change.tell(Event::Collected { fulfilment: part.id.clone() });
            }
        }
        change.close().await.map(drop)
    }

    /// Reserves the goods; an outcome if that was not possible.
    async fn reserve(&self, tx: &Tx, number: &OrderNumber) -> Result<Result<Reserved, Outcome>> {
        let wanted = allocation::wanted(&self.terms.quote);
        let ask = AllocationAsk {
            active: &self.terms.active,
            order: number,
            needs: &allocation::needs(&wanted),
            delivery: &self.request.delivery,
            channel: &self.who.channel,
            region: None,
            in_hand: self.request.hand_over,
            exclude: &BTreeSet::new(),
            now: self.now,
        };
        let allocated = match allocate(tx, &ask).await? {
            Ok(allocated) => allocated,
            Err(shorts) => return Ok(Err(Outcome::Short(shorts))),
        };
        let parts = allocation::fulfilments(number, &self.request.delivery, &wanted, &allocated, self.now);
        Ok(Ok(Reserved { parts, allocated }))
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

    /// Counts the order, spends the points and reserves the coupons; an outcome if that was not possible. What the order earns comes when it is
    /// confirmed.
    async fn serve_member(&self, tx: &Tx, number: &OrderNumber) -> Result<Option<Outcome>> {
        let desk = Desk::new(tx, &self.terms.active, self.now);
        let member = self.terms.member.as_ref().and_then(|member| Some((member.id.as_ref()?, member)));
        if let Some((id, seen)) = member {
            // The member's facts may not be those of the quote any more.
            if !members::count_order(tx, id, seen.orders, seen.points).await? {
                return Ok(Some(Outcome::Again));
            }
        }
        let claim = Claim { member: member.map(|(id, _)| id), order: number, codes: &self.request.codes };
        let singly = self.coupons_given_singly();
        if let Err(refused) = desk.reserve_coupons(&singly, claim).await? {
            return Ok(Some(Outcome::NoCoupon(refused)));
        }
        if let Some((id, _)) = member
            && !desk.spend_points(id, number, self.terms.quote.points_spent).await?
        {
            return Ok(Some(Outcome::Again));
        }
        Ok(None)
    }

    /// The generic codes that gave something and whose coupons are given out singly.
    fn coupons_given_singly(&self) -> Vec<CouponCode> {
        let promotions = &self.terms.active.book.document().promotions;
        let code = |id: &ids::PromotionId| promotions.iter().find(|one| one.id == *id)?.coupon.clone();
        let codes = self.terms.quote.applied.iter().filter_map(|one| code(&one.promotion));
        codes.filter(|code| self.terms.active.is_given_singly(code)).collect()
    }

    /// How the order is to be paid. Goods that are handed over at once are paid by then.
    fn opened(&self, number: &OrderNumber, exchanged: Option<Planned>) -> Result<Opened> {
        let (quote, tender) = (&self.terms.quote, self.request.cart.tender.as_deref());
        let due = quote.payable - exchanged.as_ref().map_or(0, |one| one.amount_minor);
        let mut planned = self.services.planned(self.who, &self.request.payments, due, tender)?;
        planned.extend(exchanged);
        let opened = opened(planned, number, quote, self.now);
        let to_collect = opened.meant.iter().any(|one| one.row.state == PaymentState::Pending);
        if self.request.hand_over && (!opened.paid || to_collect) {
            let (zh, en) = (
                "当场交付前要先收款，并写明收款方式。",
                "Goods that are handed over at once are paid first: say by which tenders.",
            );
            return Err(ServiceError::field("payments", zh, en));
        }
        Ok(opened)
    }

    fn order_row(&self, number: OrderNumber, opened: &Opened) -> OrderRow {
        let session = self.who.session_text();
        let member = self.who.member.clone();
        let staff = self.who.staff.as_ref().map(|staff| staff.id.clone());
        let owner = match (&staff, &member, &session) {
            (Some(staff), ..) => format!("staff:{staff}"),
            (None, Some(member), _) => format!("member:{member}"),
            (None, None, session) => format!("session:{}", session.as_deref().unwrap_or_default()),
        };
        let contact = &self.request.contact;
        let phone = phone::normalise(&contact.phone).unwrap_or_else(|| contact.phone.clone());
        OrderRow {
            number,
            owner,
            idempotency_key: self.request.idempotency_key.clone(),
            request_hash: self.request_hash.to_owned(),
            // A member's order is the member's alone; a guest's is the session's.
            session: session.filter(|_| member.is_none() && staff.is_none()),
            member,
            placed_at: self.now,
            status: if opened.paid { Standing::Placed } else { Standing::AwaitingPayment },
            version: 0,
            paid: opened.paid,
            pay_by: opened.pay_by,
            taken_by: staff,
            exchange_of: self.exchange.map(|exchange| exchange.order.clone()),
            channel: self.who.channel.clone(),
            store: self.who.store.clone(),
            delivery: self.request.delivery.clone(),
            contact: Contact { name: contact.name.trim().to_owned(), phone, ..contact.clone() },
            cart: self.request.cart.clone(),
            context: self.terms.context.clone(),
            quote: self.terms.quote.clone(),
        }
    }

    fn item_rows(&self) -> Vec<ItemRow> {
        let goods = self.terms.quote.lines.iter().map(|line| (&line.sku, line.quantity, false));
        let gifts = self.terms.quote.gifts.iter().map(|gift| (&gift.sku, gift.quantity, true));
        let row = |(sku, quantity, gift): (&ids::Sku, i64, bool)| {
            let item = self.items.iter().find(|item| item.sku == *sku)?.clone();
            Some(ItemRow { item, quantity, gift })
        };
        goods.chain(gifts).filter_map(row).collect()
    }
}

pub(crate) fn is_conflict(error: &crate::BoxError) -> bool {
    let error = error.downcast_ref::<storage::Error>();
    error.is_some_and(|error| error.is_retryable() || error.is_unique_violation())
}
