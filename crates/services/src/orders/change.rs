//! Changing an order: it is taken, steps are made, and where it stands is written down with all that happened, in one transaction.

use super::goods::{AtPlace, by_sku};
use crate::{Result, ServiceError, Services, Thing, Who, active::Active, members::Desk};
use ids::{FulfilmentId, OrderNumber};
use orders::{Event, Goods, Stage, Standing, Step, Way, stands};
use pricing::{Instant, Text};
use std::{pin::Pin, sync::Arc};
use storage::{
    Tx,
    fulfilments::{self, FulfilmentRow},
    order_events,
    orders::{self as rows, OrderRow},
};

/// Two changes of one order, or of the goods of two, may meet; then one of them looks again.
const TRIES: u32 = 8;

/// Who changes an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Actor {
    /// `shopper`, `staff` or `system`.
    pub(crate) kind: &'static str,
    /// Whose: a member's or an employee's id.
    pub(crate) id: Option<String>,
}

impl Actor {
    /// The shop itself.
    pub(crate) fn system() -> Self {
        Self { kind: "system", id: None }
    }

    /// Who asks.
    pub(crate) fn of(who: &Who) -> Self {
        match (&who.staff, &who.member) {
            (Some(staff), _) => Self { kind: "staff", id: Some(staff.id.to_string()) },
            (None, member) => Self { kind: "shopper", id: member.as_ref().map(ToString::to_string) },
        }
    }

    pub(crate) fn is_staff(&self) -> bool {
        self.kind == "staff"
    }
}

/// An order that is being changed.
pub(crate) struct Change<'a> {
    pub(crate) services: &'a Services,
    pub(crate) tx: &'a Tx,
    pub(crate) now: Instant,
    pub(crate) actor: &'a Actor,
    pub(crate) active: Arc<Active>,
    pub(crate) order: OrderRow,
    pub(crate) parts: Vec<FulfilmentRow>,
    events: Vec<Event>,
}

/// What a change does, some time.
pub(crate) type Doing<'c, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'c>>;

impl Services {
    /// Changes an order: all of it or nothing, and never at the same time as somebody else.
    pub(crate) async fn change_order<T: Send>(
        &self,
        number: &OrderNumber,
        actor: &Actor,
        act: impl for<'c, 'a> Fn(&'c mut Change<'a>) -> Doing<'c, T> + Send + Sync,
    ) -> Result<T> {
        for attempt in 0..TRIES {
            match self.try_change(number, actor, &act).await {
                Err(ServiceError::Internal(error)) if super::commit::is_conflict(&error) && attempt + 1 < TRIES => {
                    tokio::time::sleep(std::time::Duration::from_millis(u64::from(attempt * 5))).await;
                }
                other => return other,
            }
        }
        Err(ServiceError::internal("too many changes of one order at once"))
    }

    async fn try_change<T: Send>(
        &self,
        number: &OrderNumber,
        actor: &Actor,
        act: &(impl for<'c, 'a> Fn(&'c mut Change<'a>) -> Doing<'c, T> + Send + Sync),
    ) -> Result<T> {
        let active = self.active().await?;
        let tx = self.db().begin().await?;
        let mut change = Change::open(self, &tx, active, number, actor).await?;
        let answer = act(&mut change).await?;
        change.close().await?;
        tx.commit().await?;
        Ok(answer)
    }
}

impl<'a> Change<'a> {
    /// Takes the order in a transaction.
    pub(crate) async fn open(
        services: &'a Services,
        tx: &'a Tx,
        active: Arc<Active>,
        number: &OrderNumber,
        actor: &'a Actor,
    ) -> Result<Self> {
        let order = rows::take(tx, number).await?.ok_or(ServiceError::NotFound(Thing::Order))?;
        let parts = fulfilments::of_order(tx, number).await?;
        Ok(Self { services, tx, now: services.now(), actor, active, order, parts, events: Vec::new() })
    }

    /// Where points, stored money, levels and coupons are booked with this change.
    pub(crate) fn desk(&self) -> Desk<'_> {
        Desk::new(self.tx, &self.active, self.now)
    }

    /// Adds to the timeline.
    pub(crate) fn tell(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Way and stage of each fulfilment.
    pub(crate) fn stages(&self) -> Vec<(Way, Stage)> {
        self.parts.iter().map(|part| (part.way, part.stage)).collect()
    }

    pub(crate) fn part(&self, id: &FulfilmentId) -> Result<&FulfilmentRow> {
        self.parts.iter().find(|part| part.id == *id).ok_or(ServiceError::NotFound(Thing::Fulfilment))
    }

    /// What a fulfilment's goods do at their place.
    pub(crate) fn at<'b>(&'b self, part: &'b FulfilmentRow) -> AtPlace<'b> {
        AtPlace { tx: self.tx, now: self.now, order: &self.order.number, place: &part.place }
    }

    /// Takes a step with a fulfilment: the goods follow it, and `with` writes down what came along.
    pub(crate) async fn step(
        &mut self,
        id: &FulfilmentId,
        step: Step,
        with: impl FnOnce(&mut FulfilmentRow),
    ) -> Result<FulfilmentRow> {
        let mut part = self.part(id)?.clone();
        let from = part.stage;
        let (stage, goods) = orders::step(part.way, from, step).map_err(|refused| not_now(refused.stage))?;
        let units = by_sku(part.lines.iter().map(|line| (&line.sku, line.quantity)));
        match goods {
            Goods::Stay => {}
            Goods::Release => self.at(&part).release(&units).await?,
            Goods::Issue => self.at(&part).issue(&units).await?,
        }
        part.stage = stage;
        part.changed_at = self.now;
        with(&mut part);
        if !fulfilments::change(self.tx, &part, from).await? {
            return Err(ServiceError::internal("a fulfilment changed while its order was taken"));
        }
        self.replace(part.clone());
        Ok(part)
    }

    /// Puts a fulfilment's new state in place of the old one.
    pub(crate) fn replace(&mut self, part: FulfilmentRow) {
        if let Some(known) = self.parts.iter_mut().find(|known| known.id == part.id) {
            *known = part;
        }
    }

    /// Writes down where the order stands now and what happened.
    pub(crate) async fn close(mut self) -> Result<OrderRow> {
        let stood = self.order.status;
        self.order.status = stands(self.order.paid, &self.stages());
        match self.order.status {
            Standing::Cancelled if stood != Standing::Cancelled => {
                self.never_was().await?;
                self.follow_money().await?;
            }
            Standing::Completed if stood != Standing::Completed => self.collect_payments().await?,
            _ => {}
        }
        if self.order.status != Standing::AwaitingPayment {
            self.order.pay_by = None;
        }
        rows::set_standing(self.tx, &self.order).await?;
        let actor = (self.actor.kind, self.actor.id.as_deref());
        let kept: Vec<Event> = self.events.iter().map(Event::without_words).collect();
        order_events::append(self.tx, &self.order.number, self.now, actor, &kept).await?;
        self.inform(&self.events).await?;
        Ok(self.order)
    }
}

/// A step that makes no sense where the goods are.
fn not_now(stage: Stage) -> ServiceError {
    let (zh, en) = super::words::stage(stage);
    ServiceError::NotNow(Text::new(
        format!("这批货{zh}，现在不能这样做。请刷新后再看。"),
        format!("These goods are {en}; that can't be done now. Reload to see where they are."),
    ))
}
