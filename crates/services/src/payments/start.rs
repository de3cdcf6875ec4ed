//! Beginning a payment: written down, then asked of the gateway, then written down what it said.

use super::{
    change::News,
    port::{Amount, GatewayError, PaymentStart},
    problem::PaymentProblem,
    view,
};
use crate::{
    Result, ServiceError, Services, Thing, Who,
    orders::{Actor, may_see},
};
use ids::PaymentId;
use orders::Standing;
use storage::{
    orders::{self as rows, OrderRow},
    payments::{self, PaymentRow},
    refunds,
};
use wire::{Payment, PaymentState, StartPayment};

impl Services {
    /// Begins a payment of the asker's order, or tells again how it goes on.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for somebody else's; [`ServiceError::Payment`] if it is closed or too late, or the gateway refuses or does not answer.
    pub async fn start_payment(&self, who: &Who, id: &PaymentId, request: &StartPayment) -> Result<Payment> {
        let (order, row) = self.own_payment(who, id).await?;
        if row.state == PaymentState::Pending && row.next.is_some() {
            return self.payment_view(id).await;
        }
        self.may_begin(&order, &row)?;
        let gateway = self.gateway(&row.tender);
        let not_offered = || ServiceError::Payment(PaymentProblem::NotOffered { tender: row.tender.clone() });
        let gateway = gateway.ok_or_else(not_offered)?;
        let actor = Actor::of(who);
        let begun = self.change_order(&row.order, &actor, |change| {
            let id = id.clone();
            Box::pin(async move { change.begin_payment(&id).await })
        });
        begun.await?;
        let ask = self.start_of(&order, &row, request);
        let (now, answer) = (self.now(), gateway.start(&ask).await);
        let outcome = answer.as_ref().map_or_else(ToString::to_string, |started| format!("{:?}", started.seen.state));
        payments::attempted(self.db(), id, now, "start", &outcome).await?;
        let started = answer.map_err(|error| match error {
            GatewayError::Unknown(_) => ServiceError::Payment(PaymentProblem::NoAnswer),
            GatewayError::Refused { message, .. } => ServiceError::Payment(PaymentProblem::Refused { why: message }),
        })?;
        let (news, next) = (News::Seen(started.seen), started.next);
        let told = self.change_order(&row.order, &actor, |change| {
            let (id, news, next) = (id.clone(), news.clone(), next.clone());
            Box::pin(async move {
                change.hear_payment(&id, &news).await?;
                change.keep_next(&id, next).await
            })
        });
        told.await?;
        self.payment_view(id).await
    }

    /// A payment of an order that the asker may see.
    pub(crate) async fn own_payment(&self, who: &Who, id: &PaymentId) -> Result<(OrderRow, PaymentRow)> {
        let not_found = || ServiceError::NotFound(Thing::Payment);
        let row = payments::by_id(self.db(), id).await?.ok_or_else(not_found)?;
        let order = rows::by_number(self.db(), &row.order).await?.ok_or_else(not_found)?;
        let by_till = who.staff.as_ref().is_some_and(|staff| order.taken_by.as_ref() == Some(&staff.id));
        if by_till || may_see(who, &order) { Ok((order, row)) } else { Err(not_found()) }
    }

    fn may_begin(&self, order: &OrderRow, row: &PaymentRow) -> Result<()> {
        let late = order.pay_by.is_some_and(|by| by <= self.now());
        if late || order.status == Standing::Cancelled {
            return Err(ServiceError::Payment(PaymentProblem::TooLate));
        }
        let begins = matches!(row.state, PaymentState::Created | PaymentState::Unknown | PaymentState::Pending);
        if order.paid || !begins || row.wanted.is_some() {
            return Err(ServiceError::Payment(PaymentProblem::Closed));
        }
        Ok(())
    }

    fn start_of(&self, order: &OrderRow, row: &PaymentRow, request: &StartPayment) -> PaymentStart {
        let expires_at = order.pay_by.unwrap_or_else(|| self.now());
        PaymentStart {
            payment: row.id.clone(),
            provider_ref: row.provider_ref.clone(),
            order: order.number.clone(),
            amount: Amount { minor: row.amount_minor, currency: order.quote.currency },
            description: order.number.to_string(),
            notify_url: self.notify_url(&row.tender),
            return_url: format!("{}/orders/{}", self.0.public_url, order.number),
            client: request.client.clone(),
            expires_at,
        }
    }

    /// Where a gateway sends its notices.
    pub(crate) fn notify_url(&self, tender: &str) -> String {
        format!("{}/api/v1/hooks/{tender}", self.0.public_url)
    }

    async fn payment_view(&self, id: &PaymentId) -> Result<Payment> {
        let row = payments::by_id(self.db(), id).await?.ok_or(ServiceError::NotFound(Thing::Payment))?;
        let order = rows::by_number(self.db(), &row.order).await?.ok_or(ServiceError::NotFound(Thing::Payment))?;
        let refunds = refunds::of_order(self.db(), &row.order).await?;
        Ok(view::payment(row, order.pay_by, &refunds))
    }
}
