//! What shoppers are told of what happens to their orders: each in the transaction in which it happens.

use super::{change::Change, pick_up};
use crate::{
    Result,
    messages::{Message, Notice, To},
};
use orders::Event;
use pricing::Text;

impl Change<'_> {
    /// Writes down the messages of what just happened.
    pub(super) async fn inform(&self, events: &[Event]) -> Result<()> {
        for notice in events.iter().filter_map(|event| self.notice(event)) {
            let to = To::Contact(&self.order.contact, self.order.member.as_ref());
            self.services.enqueue(self.tx, &Message { to, notice }).await?;
        }
        Ok(())
    }

    /// What an event is to the shopper; much of it is nothing to send a message for.
    fn notice(&self, event: &Event) -> Option<Notice> {
        let order = self.order.number.clone();
        Some(match event {
            Event::Ready { fulfilment, until } => {
                let place = &self.part(fulfilment).ok()?.place;
                let store = self.active.catalogue.place(place).map(|place| place.name.clone()).unwrap_or_default();
                Notice::OrderReady { order, store, code: pick_up::code(self.services, fulfilment), until: Some(*until) }
            }
            Event::Shipped { carrier, tracking, .. } => Notice::OrderShipped {
                order,
                carrier: Text::new(carrier.clone(), carrier.clone()),
                tracking: tracking.clone(),
            },
            Event::Delivered { .. } => Notice::OrderDelivered { order },
            Event::Cancelled { why, .. } => {
                Notice::OrderCancelled { order, reason: Text::new(why.clone(), why.clone()) }
            }
            Event::Returned { units, .. } => Notice::ReturnTaken { order, units: *units },
            Event::Refunded { amount, state, .. } if state == "done" => {
                Notice::Refunded { order, amount: *amount, currency: self.order.quote.currency }
            }
            _ => return None,
        })
    }
}
