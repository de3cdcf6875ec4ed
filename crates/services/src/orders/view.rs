//! Orders as their shoppers see them.

use crate::{Result, ServiceError, Services, Thing, Who, members::phone};
use ids::OrderNumber;
use storage::orders::{self, OrderRow};
use wire::{Contact, Order, OrderItem};

/// True if the asker may see the order: its member, or the session of the guest who placed it.
fn may_see(who: &Who, order: &OrderRow) -> bool {
    match &order.member {
        Some(member) => who.member.as_ref() == Some(member),
        None => order.session.is_some() && order.session == who.session_text(),
    }
}

/// An order for the API, its telephone masked.
pub(super) fn wire(row: OrderRow, items: Vec<OrderItem>) -> Order {
    Order {
        status: orders::status(&row),
        number: row.number,
        placed_at: row.placed_at,
        channel: row.channel,
        store: row.store,
        delivery: row.delivery,
        contact: Contact { phone: phone::masked(&row.contact.phone), name: row.contact.name },
        tender: row.cart.tender,
        quote: row.quote,
        items,
    }
}

impl Services {
    /// An order of the asker's.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] if there is none, or it is somebody else's: both look the same.
    pub async fn order(&self, who: &Who, number: &OrderNumber) -> Result<Order> {
        let row = orders::by_number(self.db(), number).await?.filter(|row| may_see(who, row));
        let row = row.ok_or(ServiceError::NotFound(Thing::Order))?;
        let items = orders::items(self.db(), number).await?;
        Ok(wire(row, items))
    }
}
