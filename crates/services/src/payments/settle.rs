//! Settling what is in doubt: payments and refunds that gateways have not answered for are looked at until they have.

use super::{
    change::News,
    port::{Amount, Gateway, GatewayError, GatewayState, PaymentRef, RefundAsk, RefundSeen, Seen},
    refund::RefundNews,
    schedule,
};
use crate::{Result, ServiceError, Services, Thing, orders::Actor};
use money::{Currency, Locale};
use pricing::Instant;
use std::sync::Arc;
use storage::{
    orders as rows, payment_inbox,
    payments::{self, PaymentRow, Wanted},
    refunds::{self, RefundRow},
};
use wire::{PaymentState, RefundStatus};

/// So many of each are looked at in one run.
const RUN_MAX: i64 = 200;
/// A notice that was not acted upon is tried again after so long: who received it may still be at it.
const NOTICE_AGE_MS: i64 = 10_000;

/// What a run of [`Services::settle_payments`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Notices that were acted upon.
    pub notices: usize,
    /// Payments that were looked at.
    pub payments: usize,
    /// Refunds that were looked at.
    pub refunds: usize,
}

impl Services {
    /// Looks at all that is due: notices that were kept, payments whose gateway has to be asked or told something, refunds. One server at a time looks at
    /// each; what goes wrong with one keeps nobody from the others. Orders that were not paid in time are called off by
    /// [`Services::expire_orders`], best right after this.
    ///
    /// # Errors
    /// Only internal ones of the database.
    pub async fn settle_payments(&self) -> Result<Settled> {
        let (mut done, now) = (Settled::default(), self.now());
        for row in payment_inbox::open(self.db(), Instant(now.0 - NOTICE_AGE_MS), RUN_MAX).await? {
            done.notices += told("a notice", &row.event, self.apply_notice(&row).await);
        }
        let until = Instant(now.0.saturating_add(schedule::LEASE_MS));
        for row in payments::due(self.db(), now, RUN_MAX).await? {
            if payments::take(self.db(), &row, until).await? {
                done.payments += told("a payment", row.id.as_str(), self.carry_payment(row.clone()).await);
            }
        }
        for row in refunds::due(self.db(), now, RUN_MAX).await? {
            if refunds::take(self.db(), &row, until).await? {
                done.refunds += told("a refund", row.id.as_str(), self.carry_refund(row.clone()).await);
            }
        }
        Ok(done)
    }

    /// Asks or tells a gateway about a payment, and writes down what it says.
    async fn carry_payment(&self, row: PaymentRow) -> Result<()> {
        let gateway = self.gateway(&row.tender).ok_or_else(|| no_gateway(&row.tender))?;
        let payment = self.reference(&row).await?;
        let at = self.now();
        let (call, answer) = self.call_gateway(&gateway, &row, &payment).await;
        let outcome = answer.as_ref().map_or_else(ToString::to_string, |seen| format!("{:?}", seen.state));
        payments::attempted(self.db(), &row.id, at, call, &outcome).await?;
        let news = match answer {
            // What no gateway ever heard of is given up by that.
            Ok(Seen { state: GatewayState::NotFound, provider_ref }) if call == "void" => {
                News::Seen(Seen { state: GatewayState::Voided, provider_ref })
            }
            Ok(seen) => News::Seen(seen),
            Err(_) => News::NoAnswer,
        };
        let actor = Actor::system();
        let heard = self.change_order(&row.order, &actor, |change| {
            let (id, news) = (row.id.clone(), news.clone());
            Box::pin(async move { change.hear_payment(&id, &news).await })
        });
        heard.await
    }

    async fn call_gateway(
        &self,
        gateway: &Arc<dyn Gateway>,
        row: &PaymentRow,
        payment: &PaymentRef,
    ) -> (&'static str, Result<Seen, GatewayError>) {
        match (row.wanted, row.state) {
            (Some(Wanted::Capture), PaymentState::Authorised) => {
                let minor = row.amount_minor.min(row.authorised_minor);
                ("capture", gateway.capture(payment, Amount { minor, ..payment.amount }).await)
            }
            (Some(Wanted::Void), _) => ("void", gateway.void(payment).await),
            _ => ("query", gateway.query(payment).await),
        }
    }

    async fn reference(&self, row: &PaymentRow) -> Result<PaymentRef> {
        let amount = Amount { minor: row.amount_minor, currency: self.currency_of(row).await? };
        Ok(PaymentRef { payment: row.id.clone(), provider_ref: row.provider_ref.clone(), amount })
    }

    async fn currency_of(&self, row: &PaymentRow) -> Result<Currency> {
        let order = rows::by_number(self.db(), &row.order).await?.ok_or(ServiceError::NotFound(Thing::Order))?;
        Ok(order.quote.currency)
    }

    /// Asks for a refund, or how it stands. A refund that may have been done is looked for first, and asked for again with the same id.
    async fn carry_refund(&self, refund: RefundRow) -> Result<()> {
        let row = payments::by_id(self.db(), &refund.payment).await?.ok_or(ServiceError::NotFound(Thing::Payment))?;
        let gateway = self.gateway(&row.tender).ok_or_else(|| no_gateway(&row.tender))?;
        let payment = self.reference(&row).await?;
        let currency = payment.amount.currency;
        let ask = RefundAsk {
            refund: refund.id.clone(),
            refund_ref: refund.provider_ref.clone(),
            amount: Amount { minor: refund.amount_minor, currency },
            captured: Amount { minor: row.captured_minor, currency },
            payment,
            reason: refund.reason.get(Locale::Zh).to_owned(),
            notify_url: self.notify_url(&row.tender),
        };
        let (at, is_pending) = (self.now(), refund.state == RefundStatus::Pending);
        let call = if is_pending { "query refund" } else { "refund" };
        let answer = if is_pending { gateway.query_refund(&ask).await } else { gateway.refund(&ask).await };
        let outcome = answer.as_ref().map_or_else(ToString::to_string, |seen| format!("{:?}", seen.state));
        payments::attempted(self.db(), &row.id, at, call, &outcome).await?;
        let news = refund_news(answer);
        let actor = Actor::system();
        let heard = self.change_order(&row.order, &actor, |change| {
            let (id, news) = (refund.id.clone(), news.clone());
            Box::pin(async move { change.hear_refund(&id, &news).await })
        });
        heard.await
    }
}

/// A refusal is no last word: the gateway may have too little of our money today. Only what it calls failed is.
fn refund_news(answer: Result<RefundSeen, GatewayError>) -> RefundNews {
    match answer {
        Ok(seen) => RefundNews::Seen(seen),
        Err(_) => RefundNews::NoAnswer,
    }
}

fn no_gateway(tender: &str) -> ServiceError {
    ServiceError::internal(format!("the gateway of {tender} is not set up any more"))
}

fn told(what: &str, id: &str, result: Result<()>) -> usize {
    if let Err(error) = &result {
        tracing::error!(id, %error, "{what} could not be settled, and is tried again");
    }
    usize::from(result.is_ok())
}
