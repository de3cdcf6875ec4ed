//! Exchanges: goods come back and others leave, in one act. The refund pays for the new order as far as it reaches; nothing is booked if either half fails.

use super::{
    change::{Actor, Change},
    commit::Placing,
    refund::Moving,
    returns::check_goods,
};
use crate::{
    Permission, Result, ServiceError, Services, Thing, Who,
    payments::{EXCHANGE, Kind, Planned},
};
use ids::OrderNumber;
use std::sync::Arc;
use storage::{Tx, orders as rows, returns};
use wire::{Exchange, Exchanged, PlaceOrder, TakeBack};

/// What comes back for a new order.
#[derive(Clone, Debug)]
pub(crate) struct Exchanging {
    /// Of which order.
    pub(crate) order: OrderNumber,
    /// What.
    pub(crate) back: TakeBack,
}

impl Services {
    /// Takes goods of an order back at a place and places another order for its shopper, which the refund pays as far as it reaches: `payments` of the new
    /// order pay the rest, and what is left over goes back by what the goods were paid with. Both are priced by the core alone: the return by the order's own
    /// book, the new order by the book that holds. The same keys do it once.
    ///
    /// # Errors
    /// Without [`Permission::ReturnTake`] and [`Permission::OrderTake`] at that place, or for the shop's fault without [`Permission::RefundApprove`]; those
    /// of [`Services::take_back`] and [`Services::place_order`].
    pub async fn exchange(&self, who: &Who, number: &OrderNumber, request: &Exchange) -> Result<Exchanged> {
        let back = &request.back;
        who.require_at(Permission::ReturnTake, &back.place)?;
        who.require_at(Permission::OrderTake, &back.place)?;
        if back.shops_fault {
            who.require_at(Permission::RefundApprove, &back.place)?;
        }
        super::check::key(&back.idempotency_key)?;
        check_goods(&back.goods)?;
        let returned = rows::by_number(self.db(), number).await?.ok_or(ServiceError::NotFound(Thing::Order))?;
        if request.order.member.is_some() && request.order.member != returned.member {
            let (zh, en) = ("换货的新订单属于原订单的会员。", "The new order is of the returned order's member.");
            return Err(ServiceError::field("order.member", zh, en));
        }
        let order = PlaceOrder {
            member: returned.member,
            channel: Some("till".to_owned()),
            store: Some(back.place.clone()),
            ..request.order.clone()
        };
        let exchanging = Exchanging { order: number.clone(), back: back.clone() };
        let order = self.place(who, &order, Some(&exchanging)).await?;
        let mut receipts = returns::of_order(self.db(), number).await?.into_iter();
        let receipt = receipts.find(|row| row.idempotency_key == back.idempotency_key);
        let receipt = self.receipt_of(receipt.ok_or(ServiceError::NotFound(Thing::Return))?).await?;
        Ok(Exchanged { receipt, order })
    }
}

impl Placing<'_> {
    /// Takes back what is exchanged; the tender that it is for the new order, if there is anything of it.
    pub(super) async fn take_exchanged(&self, tx: &Tx, number: &OrderNumber) -> Result<Option<Planned>> {
        let Some(exchange) = self.exchange else { return Ok(None) };
        let actor = Actor::of(self.who);
        let active = Arc::clone(&self.terms.active);
        let mut change = Change::open(self.services, tx, active, &exchange.order, &actor).await?;
        if change.earlier().await?.iter().any(|row| row.idempotency_key == exchange.back.idempotency_key) {
            return Err(ServiceError::Conflict);
        }
        if change.order.quote.currency != self.terms.quote.currency {
            let (zh, en) = (
                "换货的两张订单币种不同，请先退货再下单。",
                "The two orders are in two currencies: take the goods back, then order.",
            );
            return Err(ServiceError::field("back", zh, en));
        }
        let mut moving = Moving { order: number.clone(), most: self.terms.quote.payable, moved: 0 };
        let row = change.bring_back("exchange", &exchange.back, Some(&mut moving)).await?;
        change.close().await?;
        Ok((moving.moved > 0).then(|| Planned {
            tender: EXCHANGE.to_owned(),
            amount_minor: moving.moved,
            reference: Some(row.id.to_string()),
            kind: Kind::Exchange,
        }))
    }
}
