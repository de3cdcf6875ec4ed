//! Money that goes back, while the order is taken for a change.

use super::{
    change::is_open,
    port::{RefundSeen, RefundState},
    problem::PaymentProblem,
    schedule,
    state::{self, RefundHeard, Step},
    tenders::{Kind, POINTS},
};
use crate::{Result, ServiceError, Thing, orders::Change};
use ids::{PaymentId, RefundId};
use orders::Event;
use pricing::{Text, returns::Tender};
use storage::{
    payments::{self, PaymentRow},
    refunds::{self, RefundRow},
};
use wire::RefundStatus;

/// What came of a look at a refund.
#[derive(Clone, Debug)]
pub(crate) enum RefundNews {
    /// The gateway told this.
    Seen(RefundSeen),
    /// It did not tell.
    NoAnswer,
}

impl RefundNews {
    fn heard(&self) -> RefundHeard {
        match self {
            Self::NoAnswer => RefundHeard::NoAnswer,
            Self::Seen(seen) => match seen.state {
                RefundState::NotFound => RefundHeard::NotFound,
                RefundState::Pending => RefundHeard::Pending,
                RefundState::Done => RefundHeard::Done,
                RefundState::Failed { .. } => RefundHeard::Failed,
            },
        }
    }
}

pub(super) fn new_id() -> RefundId {
    RefundId::new(storage::new_plain_id()).expect("a UUID is an id")
}

impl Change<'_> {
    /// How the order is paid, as the core divides refunds: each payment by its id, in the order of payment, without points.
    pub(crate) async fn tenders(&self) -> Result<Vec<Tender>> {
        let rows = self.payments().await?;
        let paid = rows.iter().filter(|row| row.tender != POINTS && !row.replaced);
        let tenders: Vec<Tender> =
            paid.map(|row| Tender { name: row.id.to_string(), amount: row.amount_minor }).collect();
        if !tenders.is_empty() || self.order.quote.payable == 0 {
            return Ok(tenders);
        }
        // An order of before there were payments: it was paid on delivery.
        let name = self.order.cart.tender.clone().unwrap_or_else(|| "on_delivery".to_owned());
        Ok(vec![Tender { name, amount: self.order.quote.payable }])
    }

    /// Gives back by each payment what the core found. The same `key` gives back once.
    ///
    /// # Errors
    /// [`PaymentProblem::TooMuch`] if a payment has less than that.
    pub(crate) async fn refund_tenders(&mut self, shares: &[Tender], key: &str, reason: &Text) -> Result<()> {
        for share in shares.iter().filter(|share| share.amount > 0) {
            let Ok(id) = PaymentId::new(&share.name) else { continue };
            let Some(row) = payments::by_id(self.tx, &id).await? else { continue };
            self.refund_payment(&row, share.amount, key, reason).await?;
        }
        Ok(())
    }

    /// Gives back all that is left of a payment.
    pub(crate) async fn refund_rest(&mut self, row: &PaymentRow, left: i64) -> Result<()> {
        let reason = if row.replaced {
            Text::new("已用其他方式付款", "The order was paid otherwise")
        } else {
            Text::new("订单已取消", "The order was cancelled")
        };
        // What came after an earlier rest went back is another rest.
        let key = format!("rest-{}", row.refunding_minor + row.refunded_minor);
        self.refund_payment(row, left, &key, &reason).await
    }

    pub(super) async fn refund_payment(
        &mut self,
        row: &PaymentRow,
        minor: i64,
        key: &str,
        reason: &Text,
    ) -> Result<()> {
        if refunds::by_key(self.tx, &row.id, key).await?.is_some() {
            return Ok(());
        }
        if !payments::reserve_refund(self.tx, &row.id, minor).await? {
            let there = if is_open(row.state) { row.amount_minor } else { row.captured_minor };
            let left_minor = there - row.refunding_minor - row.refunded_minor;
            return Err(ServiceError::Payment(PaymentProblem::TooMuch { left_minor }));
        }
        // What nobody has paid yet is given back once it came; what was paid in cash is handed over by somebody.
        let kind = self.services.kind_of(&row.tender);
        let by_gateway = kind == Some(Kind::Gateway);
        let mut refund = RefundRow {
            id: new_id(),
            payment: row.id.clone(),
            key: key.to_owned(),
            amount_minor: minor,
            reason: reason.clone(),
            state: RefundStatus::Created,
            moved_to: None,
            provider_ref: None,
            check_at: (by_gateway && row.captured_minor > 0).then_some(self.now),
            tries: 0,
            created_at: self.now,
            changed_at: self.now,
        };
        refunds::insert(self.tx, &refund).await?;
        if row.captured_minor > 0 && kind == Some(Kind::Purse) {
            return self.refund_value(row, &mut refund).await;
        }
        if kind == Some(Kind::Exchange) {
            self.move_back(minor, &refund.id, reason).await?;
            return self.finish_refund(row, &mut refund).await;
        }
        if row.captured_minor > 0 {
            self.tell_waiting(row, minor);
        }
        Ok(())
    }

    pub(super) fn tell_waiting(&mut self, row: &PaymentRow, minor: i64) {
        self.tell(Event::Refunded { tender: row.tender.clone(), amount: minor, state: "pending".to_owned() });
    }

    /// Asks for a refund again that failed; the new one's key says of which, so that it is asked for once.
    pub(crate) async fn retry_refund(&mut self, id: &RefundId) -> Result<RefundRow> {
        let failed = refunds::by_id(self.tx, id).await?.ok_or(ServiceError::NotFound(Thing::Payment))?;
        if failed.state != RefundStatus::Failed {
            return Err(ServiceError::NotNow(Text::new(
                "这笔退款没有失败，不用重试。",
                "This refund has not failed; there is nothing to try again.",
            )));
        }
        let row = self.payment(&failed.payment).await?;
        let key = format!("again-{}", failed.id);
        self.refund_payment(&row, failed.amount_minor, &key, &failed.reason).await?;
        refunds::by_key(self.tx, &row.id, &key).await?.ok_or(ServiceError::NotFound(Thing::Payment))
    }

    /// Something was heard of a refund.
    pub(crate) async fn hear_refund(&mut self, id: &RefundId, news: &RefundNews) -> Result<()> {
        let mut refund = refunds::by_id(self.tx, id).await?.ok_or(ServiceError::NotFound(Thing::Payment))?;
        let row = self.payment(&refund.payment).await?;
        if let RefundNews::Seen(seen) = news {
            refund.provider_ref = refund.provider_ref.take().or_else(|| seen.provider_ref.clone());
        }
        refund.tries = refund.tries.saturating_add(1);
        match state::refund(refund.state, news.heard()) {
            Step::To(state) => {
                if !self.count_refund(&row, &refund, state).await? {
                    return Ok(());
                }
                if state == RefundStatus::Done && self.is_purse(&row) {
                    self.desk().pay_out_value(&row.id, refund.id.as_str(), refund.amount_minor).await?;
                }
                (refund.state, refund.tries, refund.changed_at) = (state, 0, self.now);
                self.tell_refund(&row, &refund);
            }
            Step::Stay => {}
            Step::Odd => tracing::error!(refund = %id, state = ?refund.state, ?news, "a gateway contradicts itself"),
        }
        let open = matches!(refund.state, RefundStatus::Created | RefundStatus::Unknown | RefundStatus::Pending);
        refund.check_at = open.then(|| schedule::after(refund.tries, self.now));
        Ok(refunds::save(self.tx, &refund).await?)
    }

    /// The payment's sums follow the refund; false, with a line in the log, if they can't: then a gateway gave back what was not to be given.
    pub(super) async fn count_refund(
        &mut self,
        row: &PaymentRow,
        refund: &RefundRow,
        to: RefundStatus,
    ) -> Result<bool> {
        let minor = refund.amount_minor;
        let counted = match (refund.state, to) {
            (RefundStatus::Failed, RefundStatus::Done) => {
                payments::reserve_refund(self.tx, &row.id, minor).await?
                    && payments::finish_refund(self.tx, &row.id, minor, self.now).await?
            }
            (_, RefundStatus::Done) => payments::finish_refund(self.tx, &row.id, minor, self.now).await?,
            (_, RefundStatus::Failed) => payments::release_refund(self.tx, &row.id, minor).await?,
            _ => true,
        };
        if !counted {
            tracing::error!(refund = %refund.id, payment = %row.id, minor, "a refund does not fit what was paid");
        }
        Ok(counted)
    }

    pub(super) fn tell_refund(&mut self, row: &PaymentRow, refund: &RefundRow) {
        let state = match refund.state {
            RefundStatus::Done => "done",
            RefundStatus::Failed => "failed",
            _ => return,
        };
        self.tell(Event::Refunded { tender: row.tender.clone(), amount: refund.amount_minor, state: state.to_owned() });
    }
}
