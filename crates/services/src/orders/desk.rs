//! What the shop's own people see of orders: the work at a place, the search, one order whole.

use super::view;
use crate::{
    Need, Permission, Result, ServiceError, Services, Staff, Thing, Who,
    payments::due_on_delivery,
    privacy::{
        audit::{Deed, Subject},
        mask,
    },
};
use ids::{MemberId, OrderNumber, PlaceId};
use orders::Standing;
use storage::{
    fulfilments::{self, FulfilmentRow},
    orders::{self as rows, OrderRow, Wanted},
    payments,
};
use wire::{Order, OrderQuery, OrderSummary, Task};

/// Tasks and orders in one answer.
const LIST_MAX: i64 = 200;

impl Services {
    /// What is to be done at a place, the oldest first.
    ///
    /// # Errors
    /// Without [`Permission::OrderFulfil`] at that place.
    pub async fn tasks(&self, who: &Who, place: &PlaceId) -> Result<Vec<Task>> {
        let staff = who.require_at(Permission::OrderFulfil, place)?;
        let parts = fulfilments::to_do(self.db(), place, LIST_MAX).await?;
        self.tasks_of(staff, &parts).await
    }

    /// The goods that wait under a code that a shopper shows.
    ///
    /// # Errors
    /// Without [`Permission::OrderFulfil`] at that place; [`ServiceError::NotFound`] where nothing waits under it here.
    pub async fn task_by_code(&self, who: &Who, place: &PlaceId, code: &str) -> Result<Task> {
        let staff = who.require_at(Permission::OrderFulfil, place)?;
        let parts = fulfilments::by_code(self.db(), &super::pick_up::hash(self, code)).await?;
        let here: Vec<FulfilmentRow> = parts.into_iter().filter(|part| part.place == *place).collect();
        self.tasks_of(staff, &here).await?.into_iter().next().ok_or(ServiceError::NotFound(Thing::Fulfilment))
    }

    async fn tasks_of(&self, staff: &Staff, parts: &[FulfilmentRow]) -> Result<Vec<Task>> {
        let mut tasks = Vec::with_capacity(parts.len());
        for part in parts {
            let order = rows::by_number(self.db(), &part.order).await?.ok_or(ServiceError::NotFound(Thing::Order))?;
            let items = rows::items(self.db(), &part.order).await?;
            let payments = payments::of_order(self.db(), &part.order).await?;
            let skus: Vec<_> = part.lines.iter().map(|line| &line.sku).collect();
            tasks.push(Task {
                placed_at: order.placed_at,
                contact: mask::contact_for(staff.role, Need::Parcel, &order.contact),
                due: due_on_delivery(&payments),
                fulfilment: view::fulfilment(self, part, false),
                items: items.into_iter().filter(|item| skus.contains(&&item.sku)).collect(),
                order: order.number,
            });
        }
        Ok(tasks)
    }

    /// Orders that are looked for, the newest first. Who works at one place finds those that concern it.
    ///
    /// # Errors
    /// Without [`Permission::OrderSee`]; [`ServiceError::Invalid`] for a status that is none.
    pub async fn find_orders(&self, who: &Who, query: &OrderQuery) -> Result<Vec<OrderSummary>> {
        let staff = who.require(Permission::OrderSee)?;
        let place = if staff.role.is_bound() { staff.place.clone() } else { query.place.clone() };
        let status = match &query.status {
            None => None,
            Some(word) => Some(Standing::of(word).ok_or_else(|| {
                ServiceError::field("status", format!("没有“{word}”这个状态。"), format!("There is no status {word}."))
            })?),
        };
        let wanted =
            Wanted { number: query.number.clone(), status, place, member: query.member.clone(), limit: LIST_MAX };
        let found = rows::find(self.db(), &wanted).await?;
        Ok(found.into_iter().map(summary).collect())
    }

    /// An order as the shop's own people see it: whom it goes to is masked but for who packs it, and the look is written down.
    ///
    /// # Errors
    /// Without [`Permission::OrderSee`]; [`ServiceError::NotFound`] where there is none, or it concerns another place than the asker's.
    pub async fn staff_order(&self, who: &Who, number: &OrderNumber) -> Result<Order> {
        let (order, member, need) = self.order_for(who, number).await?;
        let fields: &[&str] = if need == Need::Parcel { &["name", "address"] } else { &[] };
        let deed = Deed { action: "see", subject: Subject::Order(number), member: member.as_ref(), fields, reason: "" };
        self.note(self.db(), who, &deed).await?;
        Ok(order)
    }

    /// [`Services::staff_order`] for who has just written the order, and so sees nothing new.
    pub(super) async fn order_for(&self, who: &Who, number: &OrderNumber) -> Result<(Order, Option<MemberId>, Need)> {
        let staff = who.require(Permission::OrderSee)?;
        let row = rows::by_number(self.db(), number).await?.ok_or(ServiceError::NotFound(Thing::Order))?;
        let parts = fulfilments::of_order(self.db(), number).await?;
        let here = |place: &PlaceId| row.store.as_ref() == Some(place) || parts.iter().any(|part| part.place == *place);
        // Goods come back to any store, so every store may look an order up by its whole number; it sees only that order.
        let known =
            !staff.role.is_bound() || staff.place.as_ref().is_some_and(here) || staff.role.may(Permission::ReturnTake);
        if !known {
            return Err(ServiceError::NotFound(Thing::Order));
        }
        let packs = |part: &FulfilmentRow| !part.stage.is_final() && staff.place.as_ref() == Some(&part.place);
        let need = if parts.iter().any(packs) { Need::Parcel } else { Need::Look };
        let (contact, delivery, member) = (row.contact.clone(), row.delivery.clone(), row.member.clone());
        let mut order = self.whole(row, orders::Level::Clerk).await?;
        order.contact = mask::contact_for(staff.role, need, &contact);
        order.delivery = mask::delivery_for(staff.role, need, &delivery);
        Ok((order, member, need))
    }
}

fn summary(row: OrderRow) -> OrderSummary {
    OrderSummary {
        status: rows::status(row.status),
        placed_at: row.placed_at,
        payable: row.quote.payable,
        units: row.quote.lines.iter().map(|line| line.quantity).sum(),
        images: Vec::new(),
        number: row.number,
    }
}
