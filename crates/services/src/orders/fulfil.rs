//! The people who gather, send and hand over: one step after the other.

use super::{
    again, allocation,
    change::{Actor, Change},
    goods::by_sku,
    pick_up,
    refund::Back,
};
use crate::{Permission, Result, ServiceError, Services, Thing, Who};
use ids::{FulfilmentId, LineId, PlaceId, PromotionId};
use orders::{Event, Stage, Step};
use pricing::{Instant, returns::ReturnOptions};
use storage::fulfilments::{self, FulfilmentLine, FulfilmentRow};
use wire::{FulfilStep, Fulfilment, MissingUnits, ReturnedGoods};

/// Goods wait in the store for so long.
pub(crate) const KEEP_MS: i64 = 3 * 86_400_000;

impl Services {
    /// Takes a step with goods at a place. The same step again answers with where they are.
    ///
    /// # Errors
    /// Without [`Permission::OrderFulfil`] at that place; [`ServiceError::NotNow`] where the step makes no sense; [`ServiceError::Invalid`] for a wrong
    /// code or units that are not there.
    pub async fn fulfil(&self, who: &Who, id: &FulfilmentId, request: &FulfilStep) -> Result<Fulfilment> {
        who.require(Permission::OrderFulfil)?;
        let part = fulfilments::by_id(self.db(), id).await?.ok_or(ServiceError::NotFound(Thing::Fulfilment))?;
        who.require_at(Permission::OrderFulfil, &part.place)?;
        if part.stage == target(request) {
            return Ok(super::view::fulfilment(self, &part, false));
        }
        let actor = Actor::of(who);
        let (id, request) = (id.clone(), request.clone());
        let part = self.change_order(&part.order, &actor, |change| {
            let (id, request) = (id.clone(), request.clone());
            Box::pin(async move { change.fulfil(&id, &request).await })
        });
        Ok(super::view::fulfilment(self, &part.await?, false))
    }
}

/// The stage that a step leads to.
fn target(request: &FulfilStep) -> Stage {
    match request {
        FulfilStep::StartPicking => Stage::Picking,
        FulfilStep::Pack { .. } => Stage::Packed,
        FulfilStep::Ship { .. } => Stage::Shipped,
        FulfilStep::Deliver => Stage::Delivered,
        FulfilStep::SendBack { .. } => Stage::SentBack,
        FulfilStep::MakeReady { .. } => Stage::Ready,
        FulfilStep::Collect { .. } | FulfilStep::HandOver => Stage::Collected,
        FulfilStep::Refuse { .. } => Stage::Refused,
    }
}

impl Change<'_> {
    async fn fulfil(&mut self, id: &FulfilmentId, request: &FulfilStep) -> Result<FulfilmentRow> {
        if !self.order.paid {
            let (zh, en) = ("订单还没付款，先不要配货。", "The order is not paid yet: nothing is gathered for it.");
            return Err(ServiceError::NotNow(pricing::Text::new(zh, en)));
        }
        let fulfilment = id.clone();
        match request {
            FulfilStep::StartPicking => {
                let part = self.step(id, Step::StartPicking, |_| ()).await?;
                self.tell(Event::Picking { fulfilment });
                Ok(part)
            }
            FulfilStep::Pack { missing } => self.pack(id, missing).await,
            FulfilStep::MakeReady { missing } => self.make_ready(id, missing).await,
            FulfilStep::Ship { carrier, tracking } => self.ship(id, carrier, tracking).await,
            FulfilStep::Deliver => {
                let part = self.step(id, Step::Deliver, |_| ()).await?;
                self.tell(Event::Delivered { fulfilment });
                Ok(part)
            }
            FulfilStep::SendBack { why } => self.send_back(id, why).await,
            FulfilStep::Collect { code, by } => self.collect(id, code, by).await,
            FulfilStep::HandOver => {
                let part = self.step(id, Step::HandOver, |part| part.collected_by = Some(String::new())).await?;
                self.tell(Event::Collected { fulfilment });
                Ok(part)
            }
            FulfilStep::Refuse { why } => self.refuse(id, why).await,
        }
    }

    async fn pack(&mut self, id: &FulfilmentId, missing: &[MissingUnits]) -> Result<FulfilmentRow> {
        if self.take_missing(id, Step::Pack, missing).await? {
            return self.part(id).cloned();
        }
        let part = self.step(id, Step::Pack, |_| ()).await?;
        self.tell(Event::Packed { fulfilment: id.clone() });
        Ok(part)
    }

    async fn make_ready(&mut self, id: &FulfilmentId, missing: &[MissingUnits]) -> Result<FulfilmentRow> {
        if self.take_missing(id, Step::MakeReady, missing).await? {
            return self.part(id).cloned();
        }
        let until = Instant(self.now.0.saturating_add(KEEP_MS));
        let hash = pick_up::hash(self.services, &pick_up::code(self.services, id));
        let part = self.step(id, Step::MakeReady, |part| {
            part.expires_at = Some(until);
            part.code_hash = Some(hash);
        });
        let part = part.await?;
        self.tell(Event::Ready { fulfilment: id.clone(), until });
        Ok(part)
    }

    async fn ship(&mut self, id: &FulfilmentId, carrier: &str, tracking: &str) -> Result<FulfilmentRow> {
        let parcel = crate::ports::Parcel {
            fulfilment: id.clone(),
            carrier: carrier.trim().to_owned(),
            tracking: tracking.trim().to_owned(),
        };
        let booked = self.services.0.carrier.book(&parcel).await.map_err(ServiceError::Internal)?;
        let (carrier, tracking) = (booked.carrier, booked.tracking);
        let event = Event::Shipped { fulfilment: id.clone(), carrier: carrier.clone(), tracking: tracking.clone() };
        let part = self.step(id, Step::Ship, |part| (part.carrier, part.tracking) = (Some(carrier), Some(tracking)));
        let part = part.await?;
        self.tell(event);
        Ok(part)
    }

    /// The carrier gave goods back: the shopper gets the money, the shelf the goods.
    async fn send_back(&mut self, id: &FulfilmentId, why: &str) -> Result<FulfilmentRow> {
        let part = self.step(id, Step::SendBack, |part| part.reason = Some(why.to_owned())).await?;
        self.tell(Event::SentBack { fulfilment: id.clone(), why: why.to_owned() });
        let units = by_sku(part.lines.iter().map(|line| (&line.sku, line.quantity)));
        self.at(&part).put_back(&units).await?;
        let goods = goods_of(&part.lines)?;
        self.give_up("sent_back", goods, why, &format!("sent-back-{id}")).await?;
        Ok(part)
    }

    async fn collect(&mut self, id: &FulfilmentId, code: &str, by: &str) -> Result<FulfilmentRow> {
        let right = pick_up::same(self.services, self.part(id)?, code);
        if self.part(id)?.stage == Stage::Ready && !right {
            let (zh, en) = ("取货码不对，请让顾客再出示一次。", "The code is wrong; ask the shopper to show it again.");
            return Err(ServiceError::field("code", zh, en));
        }
        let by = by.trim().to_owned();
        let part = self.step(id, Step::Collect, |part| {
            part.collected_by = Some(by);
            part.code_hash = None;
        });
        let part = part.await?;
        self.tell(Event::Collected { fulfilment: id.clone() });
        Ok(part)
    }

    /// A place can't give its goods: others are asked, and what nobody has is cancelled and refunded.
    async fn refuse(&mut self, id: &FulfilmentId, why: &str) -> Result<FulfilmentRow> {
        let part = self.step(id, Step::Refuse, |part| part.reason = Some(why.to_owned())).await?;
        self.tell(Event::Refused { fulfilment: id.clone(), why: why.to_owned() });
        self.ask_others(&part.lines.clone(), &part.place.clone(), id).await?;
        Ok(part)
    }

    /// Takes units that were not on the shelf out of a fulfilment; true if nothing is left of it.
    async fn take_missing(&mut self, id: &FulfilmentId, step: Step, missing: &[MissingUnits]) -> Result<bool> {
        if missing.is_empty() {
            return Ok(false);
        }
        let part = self.part(id)?.clone();
        // Whether the step makes sense at all is asked before anything is moved.
        orders::step(part.way, part.stage, step).map_err(|_| wrong_stage(part.stage))?;
        let (kept, gone) = split(&part.lines, missing)?;
        if kept.is_empty() {
            self.refuse(id, "not on the shelf").await?;
            return Ok(true);
        }
        let units = by_sku(gone.iter().map(|line| (&line.sku, line.quantity)));
        self.at(&part).release(&units).await?;
        fulfilments::set_lines(self.tx, id, &kept).await?;
        self.replace(FulfilmentRow { lines: kept, ..part.clone() });
        self.ask_others(&gone, &part.place, id).await?;
        Ok(false)
    }

    /// Sources goods again from places other than those that could not give them.
    async fn ask_others(&mut self, lines: &[FulfilmentLine], place: &PlaceId, cause: &FulfilmentId) -> Result<()> {
        let mut refused: Vec<PlaceId> =
            self.parts.iter().filter(|part| part.stage == Stage::Refused).map(|part| part.place.clone()).collect();
        refused.push(place.clone());
        let found = again::again(self, lines, &refused).await?;
        let again::Found { wanted, allocated, .. } = &found;
        let parts = allocation::fulfilments(&self.order.number, &self.order.delivery, wanted, allocated, self.now);
        fulfilments::insert(self.tx, &parts).await?;
        for part in &parts {
            self.tell(again::event(part, allocated));
        }
        self.parts.extend(parts);
        if !found.missing.is_empty() {
            let units = found.missing.iter().map(|line| line.quantity).sum();
            self.tell(Event::Missing { units });
            let goods = goods_of(&found.missing)?;
            self.give_up("missing", goods, "", &format!("missing-{cause}")).await?;
        }
        Ok(())
    }

    /// Refunds goods that the shopper will not get.
    pub(crate) async fn give_up(
        &mut self,
        kind: &'static str,
        goods: Vec<ReturnedGoods>,
        reason: &str,
        key: &str,
    ) -> Result<()> {
        let units = goods.iter().map(|one| one.units).sum();
        let back = Back {
            kind,
            place: None,
            channel: self.order.channel.clone(),
            reason: reason.to_owned(),
            goods,
            options: ReturnOptions::default(),
            key,
        };
        let row = self.give_back(back, None).await?;
        self.tell(Event::Cancelled { refund: row.id, units, why: reason.to_owned() });
        Ok(())
    }
}

/// Lines of a fulfilment as goods that come back.
pub(crate) fn goods_of(lines: &[FulfilmentLine]) -> Result<Vec<ReturnedGoods>> {
    let one = |line: &FulfilmentLine| {
        let bad = |error| ServiceError::internal(format!("a stored line has no id: {error}"));
        let (id, gift) = match line.gift {
            true => (None, Some(PromotionId::new(line.line.clone()).map_err(bad)?)),
            false => (Some(LineId::new(line.line.clone()).map_err(bad)?), None),
        };
        Ok(ReturnedGoods { line: id, gift, units: line.quantity, quarantine: false })
    };
    lines.iter().map(one).collect()
}

fn wrong_stage(stage: Stage) -> ServiceError {
    let (zh, en) = super::words::stage(stage);
    ServiceError::NotNow(pricing::Text::new(format!("这批货{zh}。"), format!("These goods are {en}.")))
}

/// The lines with fewer units, and what they lack.
fn split(lines: &[FulfilmentLine], missing: &[MissingUnits]) -> Result<(Vec<FulfilmentLine>, Vec<FulfilmentLine>)> {
    let (mut kept, mut gone) = (lines.to_vec(), Vec::new());
    for one in missing {
        let known = kept.iter_mut().find(|line| line.line == one.line && line.quantity >= one.units);
        let Some(line) = known.filter(|_| one.units > 0) else {
            let zh = format!("行 {} 没有 {} 件可以报缺。", one.line, one.units);
            let en = format!("Line {} has not {} units that could be missing.", one.line, one.units);
            return Err(ServiceError::field("missing", zh, en));
        };
        line.quantity -= one.units;
        gone.push(FulfilmentLine { quantity: one.units, ..line.clone() });
    }
    kept.retain(|line| line.quantity > 0);
    Ok((kept, gone))
}
