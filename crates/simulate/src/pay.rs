//! Shoppers at the payment provider.

use crate::world::World;
use anyhow::Result;
use ids::OrderNumber;
use wire::{OrderPayments, PayNext, Payment, PaymentState, StartPayment};

impl World {
    /// A shopper goes on with paying one of the orders.
    pub(crate) async fn pay_for(&self, number: u16) -> Result<()> {
        let Some((order, shopper)) = self.theirs(number) else { return Ok(()) };
        self.pay(shopper, &order.number).await
    }

    /// Begins what is to be paid, pays it at the provider, and lets the provider tell.
    pub(crate) async fn pay(&self, shopper: usize, number: &OrderNumber) -> Result<()> {
        let person = &self.shoppers[shopper];
        let answer = person.get(&format!("{}/api/v1/orders/{number}/payments", self.base())).await;
        let Some(paid) = answer.read::<OrderPayments>()? else { return Ok(()) };
        let is_open = |one: &&Payment| {
            one.tender == "stripe"
                && matches!(one.state, PaymentState::Created | PaymentState::Unknown | PaymentState::Pending)
        };
        let Some(payment) = paid.payments.iter().find(is_open) else { return Ok(()) };
        let url = format!("{}/api/v1/payments/{}/start", self.base(), payment.id);
        let begun = person.post(&url, &StartPayment::default()).await.read::<Payment>()?;
        let Some(PayNext::ClientSecret { secret, .. }) = begun.and_then(|begun| begun.next) else { return Ok(()) };
        let intent = secret.split("_secret").next().unwrap_or_default();
        if self.provider.pay(intent).await? {
            self.provider.notify(intent, &self.cluster.hooks(), self.cluster.now_seconds()).await?;
        }
        Ok(())
    }
}
