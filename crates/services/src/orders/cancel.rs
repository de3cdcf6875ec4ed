//! Cancelling what is still to come of an order, by the shopper, by the shop's service, or because nobody paid or came.

use super::{
    change::{Actor, Change},
    fulfil::goods_of,
    goods::by_sku,
    view::may_see,
    words,
};
use crate::{Permission, Result, ServiceError, Services, Thing, Who};
use ids::{FulfilmentId, OrderNumber};
use orders::{Event, Stage, Step, may_change};
use pricing::returns::{ReturnOptions, ReturnReason};
use storage::{
    fulfilments::{self, FulfilmentLine, FulfilmentRow},
    orders as rows,
};
use wire::{CancelOrder, Order, ReturnedGoods, UnitsOfLine};

/// So many orders or parcels are looked at in one run of a job.
const RUN_MAX: i64 = 200;

impl Services {
    /// Cancels what is still to come of an order, or the units that are named. The same key cancels once.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for somebody else's order; [`ServiceError::NotNow`] where goods are being gathered or gone;
    /// [`ServiceError::Invalid`] for units that are not to come.
    pub async fn cancel_order(&self, who: &Who, number: &OrderNumber, request: &CancelOrder) -> Result<Order> {
        super::check::key(&request.idempotency_key)?;
        let row = rows::by_number(self.db(), number).await?.ok_or(ServiceError::NotFound(Thing::Order))?;
        if who.staff.is_some() {
            who.require(Permission::OrderService)?;
        } else if !may_see(who, &row) {
            return Err(ServiceError::NotFound(Thing::Order));
        }
        let actor = Actor::of(who);
        let done = self.change_order(number, &actor, |change| {
            let request = request.clone();
            Box::pin(async move { change.cancel(&request).await })
        });
        done.await?;
        self.order_made(who, number).await
    }

    /// Cancels orders that were not paid in time, and takes back what nobody came for. Returns how many.
    ///
    /// # Errors
    /// Only internal ones; those that went well stay.
    pub async fn expire_orders(&self) -> Result<usize> {
        let (now, actor) = (self.now(), Actor::system());
        let mut done = 0;
        for number in rows::unpaid(self.db(), now, RUN_MAX).await? {
            let expired = self.change_order(&number, &actor, |change| Box::pin(change.expire_unpaid()));
            done += usize::from(expired.await?);
        }
        for part in fulfilments::expired(self.db(), now, RUN_MAX).await? {
            let id = part.id.clone();
            let expired = self.change_order(&part.order, &actor, |change| {
                let id = id.clone();
                Box::pin(async move { change.expire_pick_up(&id).await })
            });
            done += usize::from(expired.await?);
        }
        Ok(done)
    }
}

/// Units that are still to come and may be cancelled, by the fulfilment that holds them.
fn open(parts: &[FulfilmentRow], by_staff: bool) -> impl Iterator<Item = &FulfilmentRow> {
    parts.iter().filter(move |part| match part.stage {
        Stage::Allocated | Stage::Ready => true,
        Stage::Picking | Stage::Packed => by_staff,
        _ => false,
    })
}

impl Change<'_> {
    async fn cancel(&mut self, request: &CancelOrder) -> Result<()> {
        let earlier = self.earlier().await?;
        if earlier.iter().any(|row| row.idempotency_key == request.idempotency_key) {
            return Ok(());
        }
        let by_staff = self.actor.is_staff();
        let since = self.now.0 - self.order.placed_at.0;
        may_change(orders::Change::Cancel, by_staff, since, &self.stages())
            .map_err(|why| ServiceError::NotNow(words::no_change(why)))?;
        let goods = match request.lines.is_empty() {
            true => self.take_all(by_staff).await?,
            false => self.take_some(&request.lines, by_staff).await?,
        };
        self.give_up("cancel", goods, request.reason.trim(), &request.idempotency_key).await
    }

    /// Cancels every fulfilment that still can be.
    async fn take_all(&mut self, by_staff: bool) -> Result<Vec<ReturnedGoods>> {
        let ids: Vec<FulfilmentId> = open(&self.parts, by_staff).map(|part| part.id.clone()).collect();
        let mut lines = Vec::new();
        for id in ids {
            lines.extend(self.step(&id, Step::Cancel, |_| ()).await?.lines);
        }
        goods_of(&lines)
    }

    /// Cancels named units, and the gifts that are no longer earned without them.
    async fn take_some(&mut self, wanted: &[UnitsOfLine], by_staff: bool) -> Result<Vec<ReturnedGoods>> {
        let mut goods = Vec::new();
        for one in wanted {
            let taken = self.take_units(one.line.as_str(), one.units, false, by_staff).await?;
            if taken < one.units || one.units < 1 {
                let (zh, en) = (
                    format!("商品行 {} 没有 {} 件可以取消。", one.line, one.units),
                    format!("Line {} has not {} units that can be cancelled.", one.line, one.units),
                );
                return Err(ServiceError::field("lines", zh, en));
            }
            goods.push(ReturnedGoods { line: Some(one.line.clone()), gift: None, units: one.units, quarantine: false });
        }
        let earlier = self.earlier().await?;
        let preview = self.refund(&earlier, &super::refund::returned(&goods)?, ReturnOptions::default()).await?;
        for reason in preview.reasons {
            let ReturnReason::GiftKept { promotion, units, .. } = reason else { continue };
            let taken = self.take_units(promotion.as_str(), units, true, by_staff).await?;
            if taken > 0 {
                goods.push(ReturnedGoods { line: None, gift: Some(promotion), units: taken, quarantine: false });
            }
        }
        Ok(goods)
    }

    /// Takes up to so many units of a line out of the fulfilments that hold them; returns how many.
    async fn take_units(&mut self, line: &str, units: i64, gift: bool, by_staff: bool) -> Result<i64> {
        let holds = |part: &&FulfilmentRow| part.lines.iter().any(|one| one.line == line && one.gift == gift);
        let ids: Vec<FulfilmentId> = open(&self.parts, by_staff).filter(holds).map(|part| part.id.clone()).collect();
        let mut taken = 0;
        for id in ids {
            let part = self.part(&id)?.clone();
            let mut lines = part.lines.clone();
            let mut gone = Vec::new();
            for one in lines.iter_mut().filter(|one| one.line == line && one.gift == gift) {
                let quantity = one.quantity.min(units - taken);
                (one.quantity, taken) = (one.quantity - quantity, taken + quantity);
                gone.push(FulfilmentLine { quantity, ..one.clone() });
            }
            lines.retain(|one| one.quantity > 0);
            if lines.is_empty() {
                self.step(&id, Step::Cancel, |_| ()).await?;
                continue;
            }
            let gone = by_sku(gone.iter().map(|one| (&one.sku, one.quantity)));
            self.at(&part).release(&gone).await?;
            fulfilments::set_lines(self.tx, &id, &lines).await?;
            self.replace(FulfilmentRow { lines, ..part });
        }
        Ok(taken)
    }

    /// Nobody paid in time; true if that is still so.
    pub(crate) async fn expire_unpaid(&mut self) -> Result<bool> {
        let due = self.order.pay_by.is_some_and(|by| by <= self.now);
        if self.order.paid || !due {
            return Ok(false);
        }
        let goods = self.take_all(true).await?;
        self.give_up("expired", goods, "not paid in time", "expired-unpaid").await?;
        Ok(true)
    }

    async fn expire_pick_up(&mut self, id: &FulfilmentId) -> Result<bool> {
        let part = self.part(id)?;
        if part.stage != Stage::Ready || part.expires_at.is_none_or(|at| at > self.now) {
            return Ok(false);
        }
        let part = self.step(id, Step::Expire, |part| part.code_hash = None).await?;
        self.tell(Event::Expired { fulfilment: id.clone() });
        let goods = goods_of(&part.lines)?;
        self.give_up("expired", goods, "not collected in time", &format!("expired-{id}")).await?;
        Ok(true)
    }
}
