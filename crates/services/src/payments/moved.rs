//! Money of goods that came back and were exchanged: it pays the new order instead of going back, and goes back by what it was paid with if the new
//! order's goods come back too.

use super::problem::PaymentProblem;
use crate::{
    Result, ServiceError,
    orders::{Change, Doing, Moving},
};
use ids::{PaymentId, RefundId};
use orders::Event;
use pricing::{Text, returns::Tender};
use std::sync::Arc;
use storage::{
    payments::{self, PaymentRow},
    refunds::{self, RefundRow},
};
use wire::RefundStatus;

impl Change<'_> {
    /// Moves what it can of a refund's shares to another order, at most what that costs; returns what is left of the shares, to be given back. What was
    /// not captured yet can't be moved.
    pub(crate) async fn move_shares(
        &mut self,
        shares: &[Tender],
        moving: &mut Moving,
        key: &str,
        reason: &Text,
    ) -> Result<Vec<Tender>> {
        let mut there = Vec::with_capacity(shares.len());
        for share in shares {
            let row = match PaymentId::new(&share.name) {
                Ok(id) => payments::by_id(self.tx, &id).await?.filter(|row| row.captured_minor > 0),
                Err(_) => None,
            };
            there.push(row);
        }
        let most: Vec<i64> =
            shares.iter().zip(&there).map(|(one, row)| row.as_ref().map_or(0, |_| one.amount)).collect();
        let amount = most.iter().sum::<i64>().min(moving.most);
        let parts = money::allocate(amount, &most).map_err(ServiceError::internal)?;
        let mut rest = shares.to_vec();
        for ((row, minor), left) in there.iter().zip(parts).zip(&mut rest) {
            let Some(row) = row.as_ref().filter(|_| minor > 0) else { continue };
            self.move_part(row, minor, moving, key, reason).await?;
            left.amount -= minor;
        }
        moving.moved = amount;
        Ok(rest)
    }

    async fn move_part(&mut self, row: &PaymentRow, minor: i64, to: &Moving, key: &str, reason: &Text) -> Result<()> {
        let moved = payments::reserve_refund(self.tx, &row.id, minor).await?
            && payments::finish_refund(self.tx, &row.id, minor, self.now).await?;
        if !moved {
            let left_minor = row.captured_minor - row.refunding_minor - row.refunded_minor;
            return Err(ServiceError::Payment(PaymentProblem::TooMuch { left_minor }));
        }
        let refund = RefundRow {
            id: super::refund::new_id(),
            payment: row.id.clone(),
            key: format!("moved-{key}"),
            amount_minor: minor,
            reason: reason.clone(),
            state: RefundStatus::Done,
            moved_to: Some(to.order.clone()),
            provider_ref: None,
            check_at: None,
            tries: 0,
            created_at: self.now,
            changed_at: self.now,
        };
        refunds::insert(self.tx, &refund).await?;
        self.tell(Event::Refunded { tender: row.tender.clone(), amount: minor, state: "moved".to_owned() });
        Ok(())
    }

    /// Money that had been moved to this order goes back by the payments that it came from.
    ///
    /// # Errors
    /// Only internal ones: what was moved is what the payment says.
    pub(super) async fn move_back(&self, minor: i64, refund: &RefundId, reason: &Text) -> Result<()> {
        let mut left = minor;
        for moved in refunds::moved_to(self.tx, &self.order.number).await? {
            let part = left.min(moved.amount_minor);
            if part > 0 {
                left -= part;
                self.give_back_moved(&moved, part, refund, reason).await?;
            }
        }
        if left == 0 { Ok(()) } else { Err(ServiceError::internal("less was moved to an order than it was paid with")) }
    }

    /// The order that the money came from may have been paid by an exchange itself, and so on: what it does is boxed.
    fn give_back_moved<'c>(
        &'c self,
        moved: &'c RefundRow,
        minor: i64,
        refund: &'c RefundId,
        reason: &'c Text,
    ) -> Doing<'c, ()> {
        Box::pin(async move {
            if !refunds::unmove(self.tx, moved, minor, self.now).await? {
                return Err(ServiceError::internal("moved money is not what was moved"));
            }
            let row = payments::by_id(self.tx, &moved.payment).await?;
            let row = row.ok_or_else(|| ServiceError::internal("moved money has no payment"))?;
            let (active, key) = (Arc::clone(&self.active), format!("back-{refund}"));
            let mut origin = Change::open(self.services, self.tx, active, &row.order, self.actor).await?;
            origin.refund_payment(&row, minor, &key, reason).await?;
            origin.close().await.map(drop)
        })
    }
}
