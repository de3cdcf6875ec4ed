//! What gateways tell by themselves: kept first, then acted upon, each once.

use super::{
    change::News,
    port::{About, Notice, NoticeError, NoticeHeaders, NoticeReply},
    refund::RefundNews,
};
use crate::{Result, ServiceError, Services, Thing, orders::Actor};
use ids::OrderNumber;
use storage::{
    payment_inbox::{self, InboxRow},
    payments, refunds,
};

impl Services {
    /// Takes a notice of the gateway of a tender; answers what the gateway wants to hear. A notice that is not the gateway's is turned away and leaves
    /// no trace but in the log.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] if the shop has no such gateway. What goes wrong after the notice is kept is tried again by
    /// [`Services::settle_payments`].
    pub async fn payment_notice(&self, tender: &str, headers: &NoticeHeaders, body: &[u8]) -> Result<NoticeReply> {
        let gateway = self.gateway(tender).ok_or(ServiceError::NotFound(Thing::Payment))?;
        let notice = match gateway.notification(headers, body) {
            Ok(notice) => notice,
            Err(error @ (NoticeError::Untrusted(_) | NoticeError::Malformed(_))) => {
                tracing::warn!(tender, %error, "a notice is turned away");
                return Ok(gateway.reply(false));
            }
        };
        let text = serde_json::to_string(&notice).map_err(ServiceError::internal)?;
        let row = InboxRow { provider: tender.to_owned(), event: notice.event, notice: text };
        payment_inbox::receive(self.db(), &row, self.now()).await?;
        if let Err(error) = self.apply_notice(&row).await {
            tracing::error!(tender, event = row.event, %error, "a notice is kept, and acted upon later");
        }
        Ok(gateway.reply(true))
    }

    /// Acts upon a notice that was kept, unless that was done before.
    pub(super) async fn apply_notice(&self, row: &InboxRow) -> Result<()> {
        let notice: Notice = serde_json::from_str(&row.notice).map_err(ServiceError::internal)?;
        let Some(order) = self.order_of(&row.provider, &notice.about).await? else {
            payment_inbox::applied(self.db(), &row.provider, &row.event, self.now()).await?;
            return Ok(());
        };
        let actor = Actor::system();
        let applied = self.change_order(&order, &actor, |change| {
            let (about, row) = (notice.about.clone(), row.clone());
            Box::pin(async move {
                if !payment_inbox::applied(change.tx, &row.provider, &row.event, change.now).await? {
                    return Ok(());
                }
                match about {
                    About::Payment { payment, seen } => change.hear_payment(&payment, &News::Seen(seen)).await,
                    About::Refund { refund, seen } => change.hear_refund(&refund, &RefundNews::Seen(seen)).await,
                    About::Other { .. } => Ok(()),
                }
            })
        });
        applied.await
    }

    /// The order that a notice is about; none if it is about nothing of ours, or of another gateway's.
    async fn order_of(&self, tender: &str, about: &About) -> Result<Option<OrderNumber>> {
        let payment = match about {
            About::Payment { payment, .. } => Some(payment.clone()),
            About::Refund { refund, .. } => refunds::by_id(self.db(), refund).await?.map(|refund| refund.payment),
            About::Other { .. } => None,
        };
        let Some(payment) = payment else { return Ok(None) };
        let row = payments::by_id(self.db(), &payment).await?.filter(|row| row.tender == tender);
        Ok(row.map(|row| row.order))
    }
}
