//! Orders as their shoppers see them.

use crate::{Result, ServiceError, Services, Thing, Who, members::phone::masked};
use ids::OrderNumber;
use storage::orders::{self, OrderRow};
use wire::{Contact, Order};

impl Services {
    /// An order, for the member or the session that placed it.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] if there is none or it is somebody else's: the two are not told apart.
    pub async fn order(&self, who: &Who, number: &OrderNumber) -> Result<Order> {
        let row = orders::by_number(self.db(), number).await?;
        let row = row.filter(|row| may_see(who, row)).ok_or(ServiceError::NotFound(Thing::Order))?;
        self.order_of(row).await
    }

    /// An order for the shop's own people at the machine, whoever placed it.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] if there is none.
    pub async fn order_for_staff(&self, number: &OrderNumber) -> Result<Order> {
        let row = orders::by_number(self.db(), number).await?.ok_or(ServiceError::NotFound(Thing::Order))?;
        self.order_of(row).await
    }

    pub(super) async fn order_of(&self, row: OrderRow) -> Result<Order> {
        let items = orders::items(self.db(), &row.number).await?;
        Ok(Order {
            status: orders::status(&row),
            number: row.number,
            placed_at: row.placed_at,
            channel: row.channel,
            store: row.store,
            delivery: row.delivery,
            contact: Contact { phone: masked(&row.contact.phone), name: row.contact.name },
            quote: row.quote,
            items,
        })
    }
}

fn may_see(who: &Who, row: &OrderRow) -> bool {
    let member = who.member.is_some() && who.member == row.member;
    let session = who.session_text();
    member || (session.is_some() && session == row.session)
}
