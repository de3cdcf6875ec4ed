//! Payments out of money that the shop keeps for somebody: what a member stored, and gift cards. Nobody else is asked, so all of it happens in the
//! transaction of whatever asks for it: held with the order, captured when the order is paid, freed when it is called off, given back with a refund.

use super::{open::Meant, problem::PaymentProblem, tenders::Kind};
use crate::{Result, ServiceError, orders::Change};
use ::members::ledger::Purse;
use ids::PaymentId;
use storage::{
    payments::{self, PaymentRow},
    refunds::{self, RefundRow},
};
use wire::{PaymentState, RefundStatus};

impl Change<'_> {
    /// True if a payment comes out of a purse.
    pub(super) fn is_purse(&self, row: &PaymentRow) -> bool {
        self.services.kind_of(&row.tender) == Some(Kind::Purse)
    }

    /// Writes down how the order is to be paid; what comes out of purses is held.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] for a gift card that can't be used; [`PaymentProblem::TooLittle`], [`PaymentProblem::OtherCurrency`].
    pub(crate) async fn open_payments(&mut self, meant: &[Meant]) -> Result<()> {
        let mut rows = Vec::with_capacity(meant.len());
        for (at, one) in meant.iter().enumerate() {
            let mut row = one.row.clone();
            if self.is_purse(&row) {
                row.reference = self.hold(at, one).await?;
            }
            rows.push(row);
        }
        Ok(payments::insert(self.tx, &rows).await?)
    }

    /// Holds the money of a payment; returns the end of the gift card's code, which may be shown.
    async fn hold(&self, at: usize, one: &Meant) -> Result<Option<String>> {
        let (desk, currency) = (self.desk(), self.order.quote.currency);
        let (purse, ending) = match &one.code {
            Some(code) => {
                let card = desk.card(code, &format!("payments[{at}].reference")).await?;
                (Purse::Card(card.id), Some(card.ending))
            }
            None => (Purse::Member(self.order.member.clone().ok_or(ServiceError::SignInNeeded)?), None),
        };
        let (id, minor) = (&one.row.id, one.row.amount_minor);
        if desk.hold_value(&purse, id, Some(&self.order.number), (minor, currency)).await? {
            return Ok(ending);
        }
        let there_minor = desk.in_purse(&purse, currency).await?;
        let problem = match desk.other_currency(&purse, currency).await? {
            Some(has) if there_minor == 0 => PaymentProblem::OtherCurrency { has, needs: currency },
            _ => PaymentProblem::TooLittle { tender: one.row.tender.clone(), there_minor, currency },
        };
        Err(ServiceError::Payment(problem))
    }

    /// What is held becomes the shop's.
    pub(super) async fn take_value(&mut self, row: &mut PaymentRow) -> Result<()> {
        self.desk().capture_value(&row.id, row.id.as_str(), row.amount_minor).await?;
        (row.state, row.captured_minor, row.changed_at) = (PaymentState::Captured, row.amount_minor, self.now);
        payments::save(self.tx, row).await?;
        self.tell_payment(row, false);
        Ok(())
    }

    /// What is held goes back to its purse.
    pub(super) async fn free_value(&self, id: &PaymentId, minor: i64) -> Result<()> {
        self.desk().free_value(id, id.as_str(), minor).await
    }

    /// A refund of captured money is in its purse at once. Where the purse is not there any more, somebody hands the money over.
    pub(super) async fn refund_value(&mut self, row: &PaymentRow, refund: &mut RefundRow) -> Result<()> {
        if !self.desk().can_refund_value(&row.id).await? {
            self.tell_waiting(row, refund.amount_minor);
            return Ok(());
        }
        self.desk().refund_value(&row.id, refund.id.as_str(), refund.amount_minor).await?;
        self.finish_refund(row, refund).await
    }

    /// A refund is done, by nobody but us.
    pub(super) async fn finish_refund(&mut self, row: &PaymentRow, refund: &mut RefundRow) -> Result<()> {
        if !self.count_refund(row, refund, RefundStatus::Done).await? {
            return Err(ServiceError::internal("a refund is more than was paid"));
        }
        (refund.state, refund.check_at, refund.changed_at) = (RefundStatus::Done, None, self.now);
        refunds::save(self.tx, refund).await?;
        self.tell_refund(row, refund);
        Ok(())
    }
}
