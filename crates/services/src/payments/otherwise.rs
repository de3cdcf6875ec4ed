//! Other tenders for an order that still waits for its money, because a payment failed or the shopper thought better of it.

use super::{
    change::is_secured,
    open::meant,
    problem::PaymentProblem,
    tenders::{Kind, Planned},
};
use crate::{
    Result, ServiceError, Services, Thing, Who,
    orders::{Actor, Change, may_see, same_charge},
    secret,
};
use ids::{OrderNumber, PaymentId};
use orders::Standing;
use pricing::{Cart, Text};
use storage::{
    orders::{self as rows, OrderRow},
    payments::{self, PaymentRow},
};
use wire::{OrderPayments, PayOtherwise, TenderAsk};

impl Services {
    /// Pays an order that waits for its money by other tenders: they take the place of all payments that are not there yet, and pay what those were to
    /// pay. What comes of the old ones after all goes back by itself. The same key does so once.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for somebody else's order; [`ServiceError::Payment`] if it is paid, or the time to pay is over; [`ServiceError::Invalid`]
    /// for tenders that can't be taken; [`ServiceError::NotNow`] if a part of the order was cancelled.
    pub async fn pay_otherwise(
        &self,
        who: &Who,
        number: &OrderNumber,
        request: &PayOtherwise,
    ) -> Result<OrderPayments> {
        let row = rows::by_number(self.db(), number).await?.ok_or(ServiceError::NotFound(Thing::Order))?;
        let by_till = who.staff.as_ref().is_some_and(|staff| row.taken_by.as_ref() == Some(&staff.id));
        if !by_till && !may_see(who, &row) {
            return Err(ServiceError::NotFound(Thing::Order));
        }
        crate::orders::check::key(&request.idempotency_key)?;
        // Who is not at the till pays nothing that only a till can take.
        let channel = if by_till { row.channel.clone() } else { who.channel.clone() };
        let payer = Who { member: row.member.clone(), channel, ..who.clone() };
        self.check_present(&payer, 0, &request.payments).await?;
        let by_card = self.count_card_tries(&payer, &request.payments).await?;
        let actor = Actor::of(who);
        let done = self.change_order(number, &actor, |change| {
            let (payer, request) = (payer.clone(), request.clone());
            Box::pin(async move { change.pay_otherwise(&payer, &request).await })
        });
        done.await?;
        if by_card {
            self.forget_card_tries(&payer).await?;
        }
        self.order_payments(who, number).await
    }
}

impl Change<'_> {
    async fn pay_otherwise(&mut self, payer: &Who, request: &PayOtherwise) -> Result<()> {
        if payments::by_id(self.tx, &self.payment_of(&request.idempotency_key, 0)).await?.is_some() {
            return Ok(());
        }
        self.may_pay_otherwise()?;
        let all = self.payments().await?;
        let owed: Vec<&PaymentRow> = all.iter().filter(|row| !row.replaced && !is_secured(row)).collect();
        let due = owed.iter().map(|row| row.amount_minor).sum();
        let planned = self.plan_otherwise(payer, &request.payments, due).await?;
        if !self.earlier().await?.is_empty() {
            return Err(ServiceError::NotNow(Text::new(
                "这张订单已取消了一部分，不能再换付款方式；请取消后重新下单。",
                "A part of this order was cancelled, so its way to pay can't be changed any more; cancel it and order again.",
            )));
        }
        for row in owed {
            payments::save(self.tx, &PaymentRow { replaced: true, changed_at: self.now, ..row.clone() }).await?;
        }
        let from = all.iter().map(|row| row.position + 1).max().unwrap_or(0);
        let mut meant = meant(planned, from, &self.order.number, self.now);
        for (at, one) in meant.iter_mut().enumerate() {
            one.row.id = self.payment_of(&request.idempotency_key, at);
        }
        self.open_payments(&meant).await?;
        self.follow_money().await
    }

    /// The id of a payment that a request makes: the same for the same request, so that it is made once.
    fn payment_of(&self, key: &str, at: usize) -> PaymentId {
        let number = self.order.number.as_str();
        let hash = secret::keyed_hash(&self.services.0.otp_pepper, &["payment", number, key, &at.to_string()]);
        PaymentId::new(&secret::hex(&hash)[..32]).expect("hexadecimal digits are an id")
    }

    async fn plan_otherwise(&self, payer: &Who, asks: &[TenderAsk], due: i64) -> Result<Vec<Planned>> {
        if asks.is_empty() || due == 0 {
            return Err(ServiceError::field("payments", "请选择付款方式。", "Choose a way to pay."));
        }
        let priced_for = self.order.cart.tender.as_deref();
        let other = asks.iter().all(|ask| Some(ask.tender.as_str()) != priced_for);
        let priced_for = match other && self.costs_the_same(&asks[0].tender).await? {
            true => None,
            false => priced_for,
        };
        let planned = self.services.planned(payer, asks, due, priced_for)?;
        if planned.iter().any(|one| one.kind == Kind::OnDelivery) {
            let (zh, en) =
                ("这张订单要先付款，请换一种付款方式。", "This order is paid first; choose another way to pay.");
            return Err(ServiceError::field("payments", zh, en));
        }
        Ok(planned)
    }

    /// True if the order's price is the same with this tender.
    async fn costs_the_same(&self, tender: &str) -> Result<bool> {
        let book = self.services.book_of(&self.order.quote.book).await?;
        let cart = Cart { tender: Some(tender.to_owned()), ..self.order.cart.clone() };
        let quote = book.quote(&cart, &self.order.context);
        Ok(quote.is_ok_and(|quote| same_charge(&quote, &self.order.quote)))
    }

    fn may_pay_otherwise(&self) -> Result<()> {
        let late = self.order.pay_by.is_some_and(|by| by <= self.now);
        match &self.order {
            OrderRow { status: Standing::Cancelled, .. } => Err(ServiceError::Payment(PaymentProblem::TooLate)),
            OrderRow { paid: true, .. } => Err(ServiceError::Payment(PaymentProblem::Closed)),
            _ if late => Err(ServiceError::Payment(PaymentProblem::TooLate)),
            _ => Ok(()),
        }
    }
}
