//! Coupons of an order, in the order's own transaction: reserved when it is placed, used when it is confirmed, given back when it is cancelled, expires
//! unpaid or comes back as a whole.

use super::{
    super::desk::Desk,
    resolve::{batch_closed, find, needs_code},
};
use crate::Result;
use ::members::coupons::{CouponEvent, CouponState};
use ids::{CouponCode, MemberId, OrderNumber};
use pricing::{Instant, Text};
use storage::{
    coupons::{self, BatchRow},
    wallet::{self, WalletRow},
};

/// Why an order can't have a coupon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CouponRefused {
    /// The generic code.
    pub(crate) coupon: CouponCode,
    /// In words.
    pub(crate) why: Text,
}

/// Who orders, and with which unique codes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim<'a> {
    pub(crate) member: Option<&'a MemberId>,
    pub(crate) order: &'a OrderNumber,
    /// The unique codes of the request.
    pub(crate) codes: &'a [CouponCode],
}

impl Desk<'_> {
    /// Takes one unique code or one coupon of the wallet for each of the generic codes, which are those that gave something and are given out
    /// singly. A refusal means that the transaction must not be committed. Of two orders with the same code, one waits here for the other and is then
    /// refused.
    pub(crate) async fn reserve_coupons(
        &self,
        coupons: &[CouponCode],
        claim: Claim<'_>,
    ) -> Result<Result<(), CouponRefused>> {
        let mut coupons: Vec<&CouponCode> = coupons.iter().collect();
        coupons.sort_unstable();
        coupons.dedup();
        for coupon in coupons {
            if let Err(why) = self.reserve_coupon(coupon, claim).await? {
                return Ok(Err(CouponRefused { coupon: coupon.clone(), why }));
            }
        }
        Ok(Ok(()))
    }

    async fn reserve_coupon(&self, coupon: &CouponCode, claim: Claim<'_>) -> Result<Result<(), Text>> {
        let mut why = needs_code();
        for code in claim.codes {
            let found = find(self.tx, code).await?.filter(|(batch, _)| batch.coupon == *coupon);
            let Some((batch, number)) = found else { continue };
            match self.take_code(&batch, number, claim).await? {
                Ok(()) => return Ok(Ok(())),
                Err(refused) => why = refused,
            }
        }
        let Some(member) = claim.member else { return Ok(Err(why)) };
        for row in wallet::free(self.tx, member, coupon, self.now).await? {
            match self.take_wallet(&row, claim).await? {
                Ok(()) => return Ok(Ok(())),
                Err(refused) => why = refused,
            }
        }
        Ok(Err(why))
    }

    async fn take_code(&self, batch: &BatchRow, number: i64, claim: Claim<'_>) -> Result<Result<(), Text>> {
        if let Some(why) = batch_closed(batch, self.now) {
            return Ok(Err(why));
        }
        if let Err(why) = self.count_use(batch, claim.member).await? {
            return Ok(Err(why));
        }
        let taken = coupons::take_code(self.tx, (&batch.id, number), claim.member, claim.order, self.now).await?;
        if taken {
            return Ok(Ok(()));
        }
        if let Some(member) = claim.member {
            coupons::uncount_use(self.tx, &batch.id, member).await?;
        }
        Ok(Err(Text::new("这个优惠码已经用过了", "This code has been used")))
    }

    async fn take_wallet(&self, row: &WalletRow, claim: Claim<'_>) -> Result<Result<(), Text>> {
        let Some(batch) = coupons::batch(self.tx, &row.batch).await? else { return Ok(Err(needs_code())) };
        if let Err(why) = self.count_use(&batch, Some(&row.member)).await? {
            return Ok(Err(why));
        }
        if wallet::change(self.tx, row, CouponState::Reserved, Some(claim.order), self.now).await? {
            return Ok(Ok(()));
        }
        coupons::uncount_use(self.tx, &batch.id, &row.member).await?;
        Ok(Err(needs_code()))
    }

    async fn count_use(&self, batch: &BatchRow, member: Option<&MemberId>) -> Result<Result<(), Text>> {
        let Some(member) = member else {
            let why = || Text::new("登录后才能用这个优惠码", "Sign in to use this code");
            return Ok(if batch.per_member.is_some() { Err(why()) } else { Ok(()) });
        };
        let counted = coupons::count_use(self.tx, &batch.id, member, batch.per_member).await?;
        let why = || Text::new("每人使用次数已满", "You have used as many as one may");
        Ok(if counted { Ok(()) } else { Err(why()) })
    }

    /// The order is confirmed: its coupons are used. Doing it again changes nothing.
    pub(crate) async fn use_coupons(&self, order: &OrderNumber) -> Result<()> {
        self.move_coupons(order, CouponEvent::Use).await
    }

    /// The order was cancelled, expired unpaid or came back as a whole: its coupons can be used again, if their time is not over. Doing it again changes
    /// nothing.
    pub(crate) async fn give_back_coupons(&self, order: &OrderNumber) -> Result<()> {
        self.move_coupons(order, CouponEvent::GiveBack).await
    }

    async fn move_coupons(&self, order: &OrderNumber, event: CouponEvent) -> Result<()> {
        let is_over = |ends: Option<Instant>| ends.is_some_and(|ends| ends <= self.now);
        for row in coupons::codes_of(self.tx, order).await? {
            let batch = coupons::batch(self.tx, &row.batch).await?;
            // What an order does not have any more is not its to move.
            let Ok(to) = row.state.after(event, batch.is_some_and(|batch| is_over(batch.ends))) else { continue };
            if to != row.state && coupons::change_code(self.tx, order, &row, to, self.now).await? {
                self.uncount_if_back(event, &row.batch, row.member.as_ref()).await?;
            }
        }
        for row in wallet::of_order(self.tx, order).await? {
            let Ok(to) = row.state.after(event, is_over(row.ends)) else { continue };
            // A coupon that came back keeps the order that had it, for its history.
            if to != row.state && wallet::change(self.tx, &row, to, Some(order), self.now).await? {
                self.uncount_if_back(event, &row.batch, Some(&row.member)).await?;
            }
        }
        Ok(())
    }

    async fn uncount_if_back(
        &self,
        event: CouponEvent,
        batch: &ids::CouponBatchId,
        member: Option<&MemberId>,
    ) -> Result<()> {
        match member {
            Some(member) if event == CouponEvent::GiveBack => Ok(coupons::uncount_use(self.tx, batch, member).await?),
            _ => Ok(()),
        }
    }
}
