//! What people do with money by hand: cash that is handed back, a card terminal's refund.

use super::{
    port::{RefundSeen, RefundState},
    refund::RefundNews,
    tenders::Kind,
};
use crate::{Permission, Result, ServiceError, Services, Thing, Who, orders::Actor};
use ids::{OrderNumber, RefundId};
use storage::{
    payments::{self, PaymentRow},
    refunds,
};
use wire::{MoneyBack, PaymentRefund, RefundStatus};

impl Services {
    /// Tries a refund again that its provider refused for good: as a new refund, since a provider does each once. Trying the same one again changes
    /// nothing.
    ///
    /// # Errors
    /// Without [`Permission::PaymentSee`]; [`ServiceError::NotFound`] if there is no such refund; [`ServiceError::NotNow`] if it did not fail;
    /// [`ServiceError::Payment`] if the money went back otherwise meanwhile.
    pub async fn retry_refund(&self, who: &Who, id: &RefundId) -> Result<PaymentRefund> {
        who.require(Permission::PaymentSee)?;
        let not_found = || ServiceError::NotFound(Thing::Payment);
        let refund = refunds::by_id(self.db(), id).await?.ok_or_else(not_found)?;
        let row = payments::by_id(self.db(), &refund.payment).await?.ok_or_else(not_found)?;
        let actor = Actor::of(who);
        let again = self.change_order(&row.order, &actor, |change| {
            let id = id.clone();
            Box::pin(async move { change.retry_refund(&id).await })
        });
        let again = again.await?;
        Ok(PaymentRefund { id: again.id, amount: again.amount_minor, state: again.state, at: again.created_at })
    }

    /// True if people give back what was paid by it: money of a till, and of purses, which do it themselves as long as they are there.
    fn is_by_hand(&self, row: &PaymentRow) -> bool {
        matches!(self.kind_of(&row.tender), Some(Kind::Till | Kind::OnDelivery | Kind::Purse)) && row.captured_minor > 0
    }

    /// What somebody has still to hand back to an order's shopper.
    pub(crate) async fn to_hand_back(&self, number: &OrderNumber) -> Result<Vec<MoneyBack>> {
        let rows = payments::of_order(self.db(), number).await?;
        let by_hand = |id: &ids::PaymentId| rows.iter().find(|row| row.id == *id && self.is_by_hand(row));
        let refunds = refunds::of_order(self.db(), number).await?;
        let open = refunds.into_iter().filter(|refund| refund.state == RefundStatus::Created);
        let back = open.filter_map(|refund| {
            let row = by_hand(&refund.payment)?;
            Some(MoneyBack { refund: refund.id, tender: row.tender.clone(), amount: refund.amount_minor })
        });
        Ok(back.collect())
    }

    /// Records that a refund was handed over at the till, in cash or by the card terminal; `reference` is the terminal's. Recording it again changes
    /// nothing.
    ///
    /// # Errors
    /// Without [`Permission::PaymentRecord`]; [`ServiceError::NotFound`] if there is no such refund, or a gateway has to do it.
    pub async fn record_refund(&self, who: &Who, id: &RefundId, reference: Option<&str>) -> Result<PaymentRefund> {
        who.require(Permission::PaymentRecord)?;
        let not_found = || ServiceError::NotFound(Thing::Payment);
        let refund = refunds::by_id(self.db(), id).await?.ok_or_else(not_found)?;
        let row = payments::by_id(self.db(), &refund.payment).await?.ok_or_else(not_found)?;
        if !self.is_by_hand(&row) {
            return Err(not_found());
        }
        let seen = RefundSeen { state: RefundState::Done, provider_ref: reference.map(str::to_owned) };
        let (news, actor) = (RefundNews::Seen(seen), Actor::of(who));
        let heard = self.change_order(&row.order, &actor, |change| {
            let (id, news) = (id.clone(), news.clone());
            Box::pin(async move { change.hear_refund(&id, &news).await })
        });
        heard.await?;
        let refund = refunds::by_id(self.db(), id).await?.ok_or_else(not_found)?;
        Ok(PaymentRefund { id: refund.id, amount: refund.amount_minor, state: refund.state, at: refund.created_at })
    }
}
