//! Another address for an order that nobody has begun with: the goods are sourced again for it.

use super::{
    again, allocation,
    change::{Actor, Change},
    view::may_see,
    words,
};
use crate::{Permission, Result, ServiceError, Services, Thing, Who};
use ids::OrderNumber;
use orders::{Event, Stage, Step, Way, may_change};
use storage::{
    fulfilments::{self, FulfilmentLine},
    orders as rows,
};
use wire::{Address, ChangeAddress, Delivery, Order};

impl Services {
    /// Changes where an order is sent, until somebody gathers its goods and within 24 hours for the shopper.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for somebody else's order; [`ServiceError::NotNow`]; [`ServiceError::Invalid`] with every wrong field.
    pub async fn change_address(&self, who: &Who, number: &OrderNumber, request: &ChangeAddress) -> Result<Order> {
        super::check::address(&request.address)?;
        let row = rows::by_number(self.db(), number).await?.ok_or(ServiceError::NotFound(Thing::Order))?;
        if who.staff.is_some() {
            who.require(Permission::OrderService)?;
        } else if !may_see(who, &row) {
            return Err(ServiceError::NotFound(Thing::Order));
        }
        let actor = Actor::of(who);
        let done = self.change_order(number, &actor, |change| {
            let address = request.address.clone();
            Box::pin(async move { change.move_to(&address).await })
        });
        done.await?;
        self.order_made(who, number).await
    }
}

impl Change<'_> {
    async fn move_to(&mut self, address: &Address) -> Result<()> {
        let Delivery::Ship { address: old } = &self.order.delivery else {
            return Err(ServiceError::NotNow(words::no_change(orders::NoChange::NotSent)));
        };
        if old == address {
            return Ok(());
        }
        let elsewhere = old.province != address.province || old.city != address.city;
        let since = self.now.0 - self.order.placed_at.0;
        may_change(orders::Change::Address, self.actor.is_staff(), since, &self.stages())
            .map_err(|why| ServiceError::NotNow(words::no_change(why)))?;
        self.order.delivery = Delivery::Ship { address: address.clone() };
        rows::set_delivery(self.tx, &self.order.number, &self.order.delivery).await?;
        self.tell(Event::AddressChanged);
        if elsewhere { self.source_anew().await } else { Ok(()) }
    }

    /// In another city other places may be nearer. Where the goods can't be sourced better, they stay where they are.
    async fn source_anew(&mut self) -> Result<()> {
        let waiting: Vec<_> =
            self.parts.iter().filter(|part| part.way == Way::Ship && part.stage == Stage::Allocated).cloned().collect();
        let mut lines: Vec<FulfilmentLine> = Vec::new();
        for part in &waiting {
            self.step(&part.id, Step::Cancel, |part| part.reason = Some("another address".to_owned())).await?;
            lines.extend(part.lines.iter().cloned());
        }
        let found = again::again(self, &lines, &[]).await?;
        if !found.missing.is_empty() {
            // The shop may keep more back by now than when the order was placed, or have excluded a place.
            return Err(ServiceError::NotNow(pricing::Text::new(
                "按新地址暂时凑不齐这些货，地址没有改。请联系客服。",
                "The goods can't all be sent to that address; it was not changed. Please ask our service.",
            )));
        }
        let again::Found { wanted, allocated, .. } = &found;
        let parts = allocation::fulfilments(&self.order.number, &self.order.delivery, wanted, allocated, self.now);
        fulfilments::insert(self.tx, &parts).await?;
        for part in &parts {
            self.tell(again::event(part, allocated));
        }
        self.parts.extend(parts);
        Ok(())
    }
}
