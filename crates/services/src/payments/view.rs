//! Payments as those see them who may see their order.

use super::tenders::GIFT_CARD;
use crate::{Permission, Result, ServiceError, Services, Thing, Who, orders::may_see};
use ids::OrderNumber;
use orders::Standing;
use pricing::Instant;
use storage::{
    orders::{self as rows, OrderRow},
    payments::{self, PaymentRow},
    refunds::{self, RefundRow},
};
use wire::{OrderMoney, OrderPayments, Payment, PaymentRefund};

/// A payment for the API.
pub(super) fn payment(row: PaymentRow, pay_by: Option<Instant>, all: &[RefundRow]) -> Payment {
    let own = all.iter().filter(|refund| refund.payment == row.id);
    let refunds = own.map(|one| PaymentRefund {
        id: one.id.clone(),
        amount: one.amount_minor,
        state: one.state,
        at: one.created_at,
    });
    Payment {
        refunds: refunds.collect(),
        id: row.id,
        order: row.order,
        ending: row.reference.filter(|_| row.tender == GIFT_CARD),
        tender: row.tender,
        amount: row.amount_minor,
        state: row.state,
        captured: row.captured_minor,
        refunded: row.refunded_minor,
        pay_by,
        next: row.next,
    }
}

fn money(order: &OrderRow) -> OrderMoney {
    match order.status {
        Standing::Cancelled => OrderMoney::Cancelled,
        Standing::AwaitingPayment => OrderMoney::Waiting,
        _ => OrderMoney::Settled,
    }
}

impl Services {
    /// How an order is paid: for its shopper, and for who may see payments.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for somebody else's order.
    pub async fn order_payments(&self, who: &Who, number: &OrderNumber) -> Result<OrderPayments> {
        let order = rows::by_number(self.db(), number).await?.ok_or(ServiceError::NotFound(Thing::Order))?;
        let by_till = who.staff.as_ref().is_some_and(|staff| order.taken_by.as_ref() == Some(&staff.id));
        if who.staff.is_some() && !by_till {
            who.require(Permission::PaymentSee)?;
        } else if !by_till && !may_see(who, &order) {
            return Err(ServiceError::NotFound(Thing::Order));
        }
        let refunds = refunds::of_order(self.db(), number).await?;
        let rows = payments::of_order(self.db(), number).await?;
        Ok(OrderPayments {
            order: number.clone(),
            payable: order.quote.payable,
            state: money(&order),
            pay_by: order.pay_by,
            payments: rows.into_iter().map(|row| payment(row, order.pay_by, &refunds)).collect(),
        })
    }
}
