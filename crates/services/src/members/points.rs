//! Points: earned by orders, pending for a while, spent, taken back, given back, expired.

use super::desk::{Booked, Desk, sure};
use crate::Result;
use ::members::{
    Millis, day_of,
    ledger::{Account, Deed},
    points::{self, ClawedBack, Lot, Shortfall, Take},
};
use ids::{LotId, MemberId, OrderNumber};
use pricing::{Instant, Text};
use storage::{ledger, lots, members};
use wire::PointsEntry;

/// Points that an order had earned and that were taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clawed {
    /// How many were taken.
    pub(crate) taken: i64,
    /// How many were spent already; their worth is to be kept back from the refund, never more than the refund.
    pub(crate) withhold: i64,
}

const DIFFER: &str = "a member's lots are not what the ledger says; `concord ledger prove` lists where";

impl Desk<'_> {
    /// Spends points on an order, the soonest to expire first; false if there are too few, and then the transaction must not be committed.
    /// Once per order.
    pub(crate) async fn spend_points(&self, member: &MemberId, order: &OrderNumber, points: i64) -> Result<bool> {
        if points <= 0 {
            return Ok(points == 0);
        }
        members::lock(self.tx, member).await?;
        match self.post(Deed::Spend(member).points(order.as_str(), points), Some(order), None).await? {
            Booked::Short => return Ok(false),
            Booked::Before => return Ok(true),
            Booked::New => {}
        }
        sure(members::move_points(self.tx, member, -points).await?, DIFFER)?;
        for take in self.take(member, points).await? {
            lots::add_use(self.tx, order, &take.lot, take.points).await?;
        }
        let reason = Text::new("订单抵扣", "Spent on an order");
        self.tell(member, -points, reason, Some(order)).await?;
        Ok(true)
    }

    /// Takes points of the lots in which they are spent.
    async fn take(&self, member: &MemberId, points: i64) -> Result<Vec<Take>> {
        let takes = points::spend(&lots::of_member(self.tx, member).await?, points);
        let takes = takes.map_err(|_| crate::ServiceError::internal(DIFFER))?;
        self.lessen(&takes).await?;
        Ok(takes)
    }

    async fn lessen(&self, takes: &[Take]) -> Result<()> {
        for take in takes {
            sure(lots::move_left(self.tx, &take.lot, -take.points).await?, DIFFER)?;
        }
        Ok(())
    }

    /// Books what an order earned: pending until the time for returns is over. Once per order.
    pub(crate) async fn earn_points(&self, member: &MemberId, order: &OrderNumber, points: i64) -> Result<()> {
        if points <= 0 {
            return Ok(());
        }
        members::lock(self.tx, member).await?;
        if self.post(Deed::Earn(member).points(order.as_str(), points), Some(order), None).await? != Booked::New {
            return Ok(());
        }
        let lot = self.lot(points, Some(order), false)?;
        lots::insert(self.tx, member, &lot).await?;
        let reason = if lot.releases_at > self.now.0 {
            let (zh, en) = self.day(lot.releases_at)?;
            Text::new(format!("订单获得，{zh}起可用"), format!("Earned by an order, yours to spend from {en}"))
        } else {
            Text::new("订单获得", "Earned by an order")
        };
        self.tell(member, points, reason, Some(order)).await?;
        if points::is_due(&lot, self.now.0) { self.release(member, &lot).await } else { Ok(()) }
    }

    fn lot(&self, points: i64, order: Option<&OrderNumber>, released: bool) -> Result<Lot> {
        let at = self.now.0;
        let (releases_at, expires_at) =
            self.rules.points.times(at, self.offset_minutes).map_err(crate::ServiceError::internal)?;
        let releases_at = if released { at } else { releases_at };
        Ok(Lot { id: new_lot(), order: order.cloned(), at, points, left: points, released, releases_at, expires_at })
    }

    /// Lets all lots of a member be spent that are due. Returns how many points that are.
    pub(crate) async fn release_due(&self, member: &MemberId) -> Result<i64> {
        members::lock(self.tx, member).await?;
        let lots = lots::of_member(self.tx, member).await?;
        let mut released = 0;
        for lot in lots.iter().filter(|lot| points::is_due(lot, self.now.0)) {
            self.release(member, lot).await?;
            released += lot.left;
        }
        Ok(released)
    }

    async fn release(&self, member: &MemberId, lot: &Lot) -> Result<()> {
        let entry = Deed::Release(member).points(lot.id.as_str(), lot.left);
        if self.post(entry, lot.order.as_ref(), None).await? != Booked::New {
            return sure(false, DIFFER);
        }
        sure(lots::release(self.tx, &lot.id).await?, DIFFER)?;
        sure(members::move_points(self.tx, member, lot.left).await?, DIFFER)
    }

    /// Books what is left of a member's lots whose time is over as expired. Returns how many points that are.
    pub(crate) async fn expire_over(&self, member: &MemberId) -> Result<i64> {
        members::lock(self.tx, member).await?;
        let lots = lots::of_member(self.tx, member).await?;
        let mut expired = 0;
        for lot in lots.iter().filter(|lot| points::is_over(lot, self.now.0)) {
            let entry = Deed::Expire(member).points(lot.id.as_str(), lot.left);
            sure(self.post(entry, lot.order.as_ref(), None).await? == Booked::New, DIFFER)?;
            sure(lots::move_left(self.tx, &lot.id, -lot.left).await?, DIFFER)?;
            sure(members::move_points(self.tx, member, -lot.left).await?, DIFFER)?;
            self.tell(member, -lot.left, Text::new("积分到期", "Points expired"), lot.order.as_ref()).await?;
            expired += lot.left;
        }
        Ok(expired)
    }

    /// Takes back points that an order earned, once per `reference` (the return's id): first those that still wait, then such as may be spent. What
    /// was spent can't be taken: no balance is ever below zero. By the merchant's rule its worth is kept back from the refund, or it is the
    /// shop's loss.
    pub(crate) async fn claw_back_points(
        &self,
        member: &MemberId,
        order: &OrderNumber,
        reference: &str,
        points: i64,
    ) -> Result<Clawed> {
        members::lock(self.tx, member).await?;
        let deed = Deed::ClawBack { member, pending: 0 };
        if let Some(taken) = ledger::moved(self.tx, deed.word(), reference).await? {
            return Ok(self.clawed(taken, points - taken));
        }
        let back: ClawedBack = points::claw_back(&lots::of_member(self.tx, member).await?, order, points);
        let (pending, available) = back.taken();
        if pending + available > 0 {
            let entry = Deed::ClawBack { member, pending }.points(reference, pending + available);
            sure(self.post(entry, Some(order), None).await? == Booked::New, DIFFER)?;
            self.lessen(&back.pending).await?;
            self.lessen(&back.available).await?;
            sure(members::move_points(self.tx, member, -available).await?, DIFFER)?;
            let reason = Text::new("退货收回", "Taken back with a return");
            self.tell(member, -(pending + available), reason, Some(order)).await?;
        }
        Ok(self.clawed(pending + available, back.short))
    }

    /// How many of the points that an order earned could not be taken back now and are withheld; nothing is changed.
    pub(crate) async fn would_lack(&self, member: &MemberId, order: &OrderNumber, points: i64) -> Result<i64> {
        let back = points::claw_back(&lots::of_member(self.tx, member).await?, order, points);
        Ok(self.clawed(0, back.short).withhold)
    }

    fn clawed(&self, taken: i64, short: i64) -> Clawed {
        let withhold = if self.rules.points.shortfall == Shortfall::Withhold { short } else { 0 };
        Clawed { taken, withhold }
    }

    /// Gives back points that were spent on an order, once per `reference` (the return's id, or the order's number when it is cancelled). They
    /// go to the lots they were of; where a lot's time is over, or nearly so, they get some more days. Never more than were spent: returns
    /// how many came back.
    pub(crate) async fn give_back_points(
        &self,
        member: &MemberId,
        order: &OrderNumber,
        reference: &str,
        points: i64,
    ) -> Result<i64> {
        members::lock(self.tx, member).await?;
        if let Some(given) = ledger::moved(self.tx, Deed::GiveBack(member).word(), reference).await? {
            return Ok(given);
        }
        let uses = lots::uses(self.tx, order).await?;
        let (backs, rest) =
            points::give_back(&uses, points, self.now.0, &self.rules.points).map_err(crate::ServiceError::internal)?;
        let given = points.max(0) - rest;
        if given == 0 {
            return Ok(0);
        }
        let entry = Deed::GiveBack(member).points(reference, given);
        sure(self.post(entry, Some(order), None).await? == Booked::New, DIFFER)?;
        for back in &backs {
            sure(lots::give_back(self.tx, order, &back.lot, back.points).await?, DIFFER)?;
            match back.fresh_until {
                None => sure(lots::move_left(self.tx, &back.lot, back.points).await?, DIFFER)?,
                Some(until) => lots::insert(self.tx, member, &self.fresh(back.points, until)).await?,
            }
        }
        sure(members::move_points(self.tx, member, given).await?, DIFFER)?;
        self.tell(member, given, Text::new("积分退回", "Points given back"), Some(order)).await?;
        Ok(given)
    }

    fn fresh(&self, points: i64, until: Millis) -> Lot {
        let at = self.now.0;
        let expires_at = Some(until);
        Lot { id: new_lot(), order: None, at, points, left: points, released: true, releases_at: at, expires_at }
    }

    /// Gives points, or takes some that may be spent, for a reason; once per `reference`. False if there are too few to take, and then the
    /// transaction must not be committed.
    pub(crate) async fn adjust_points(
        &self,
        member: &MemberId,
        reference: &str,
        points: i64,
        why: &str,
    ) -> Result<bool> {
        members::lock(self.tx, member).await?;
        match self.post(Deed::Adjust(member).points(reference, points), None, Some(why)).await? {
            Booked::Short => return Ok(false),
            Booked::Before => return Ok(true),
            Booked::New => {}
        }
        sure(members::move_points(self.tx, member, points).await?, DIFFER)?;
        if points > 0 {
            lots::insert(self.tx, member, &self.lot(points, None, true)?).await?;
        } else {
            self.take(member, -points).await?;
        }
        self.tell(member, points, Text::new(why, why), None).await?;
        Ok(true)
    }

    /// What a member brings along from elsewhere; it never expires.
    pub(crate) async fn open_points(&self, member: &MemberId, points: i64) -> Result<()> {
        if points <= 0 {
            return Ok(());
        }
        let entry = Deed::Opening(member).points(member.as_str(), points);
        sure(self.post(entry, None, None).await? == Booked::New, DIFFER)?;
        let lot = Lot { expires_at: None, ..self.fresh(points, 0) };
        lots::insert(self.tx, member, &lot).await?;
        sure(members::move_points(self.tx, member, points).await?, DIFFER)
    }

    /// Closes the account of a member: points are given up, those that wait too, coupons and the card are taken away, and whatever somebody wrote of the member
    /// in the books is forgotten. Stored money has to be gone before.
    pub(crate) async fn forget(&self, member: &MemberId) -> Result<()> {
        members::lock(self.tx, member).await?;
        let lots = lots::of_member(self.tx, member).await?;
        let (available, pending) = (points::available(&lots), points::pending(&lots));
        if available + pending > 0 {
            let reference = format!("closed:{member}");
            let entry = Deed::ClawBack { member, pending }.points(reference, available + pending);
            sure(self.post(entry, None, None).await? == Booked::New, DIFFER)?;
            for lot in lots.iter().filter(|lot| lot.left > 0) {
                sure(lots::move_left(self.tx, &lot.id, -lot.left).await?, DIFFER)?;
            }
            sure(members::move_points(self.tx, member, -available).await?, DIFFER)?;
            let reason = Text::new("注销账户时放弃", "Given up when the account was closed");
            self.tell(member, -(available + pending), reason, None).await?;
        }
        for account in [Account::PointsAvailable(member.clone()), Account::Value(member.clone())] {
            ledger::forget_notes(self.tx, &account).await?;
        }
        let instead = Text::new("积分调整", "Points corrected");
        storage::points::forget_reasons(self.tx, member, &instead).await?;
        storage::wallet::forget(self.tx, member, self.now).await?;
        Ok(storage::cards::delete(self.tx, member).await?)
    }

    /// Writes down what the member reads of it.
    async fn tell(&self, member: &MemberId, points: i64, reason: Text, order: Option<&OrderNumber>) -> Result<()> {
        let entry = PointsEntry { at: self.now, points, reason, order: order.cloned() };
        Ok(storage::points::insert(self.tx, member, &entry).await?)
    }

    /// A day in words, by the shop's own clock.
    pub(super) fn day(&self, at: Millis) -> Result<(String, String)> {
        day_words(Instant(at), self.offset_minutes)
    }
}

/// A day in Chinese and English words.
pub(super) fn day_words(at: Instant, offset_minutes: i32) -> Result<(String, String)> {
    let day = day_of(at.0, offset_minutes).map_err(crate::ServiceError::internal)?;
    Ok((format!("{} 年 {} 月 {} 日", day.year(), day.month(), day.day()), day.strftime("%-d %b %Y").to_string()))
}

fn new_lot() -> LotId {
    LotId::new(storage::new_id()).expect("a UUID is an id")
}
