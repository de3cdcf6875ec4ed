//! A lot: points that were earned together and expire together.

use crate::Millis;
use ids::{LotId, OrderNumber};

/// Points that were earned together and expire together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot {
    /// Which.
    pub id: LotId,
    /// The order that earned them; none for what staff gave and what was there before lots were kept.
    pub order: Option<OrderNumber>,
    /// When they were earned.
    pub at: Millis,
    /// How many were earned.
    pub points: i64,
    /// How many are left: neither spent, expired nor taken back.
    pub left: i64,
    /// True once they may be spent.
    pub released: bool,
    /// When they may be spent.
    pub releases_at: Millis,
    /// When their time is over; never without.
    pub expires_at: Option<Millis>,
}

/// The order in which lots are spent: soonest to expire first, then the oldest.
#[must_use]
pub fn by_expiry(lot: &Lot) -> (bool, Option<Millis>, Millis, LotId) {
    (lot.expires_at.is_none(), lot.expires_at, lot.at, lot.id.clone())
}

/// Points that may be spent.
#[must_use]
pub fn available(lots: &[Lot]) -> i64 {
    lots.iter().filter(|lot| lot.released).map(|lot| lot.left).sum()
}

/// Points that wait.
#[must_use]
pub fn pending(lots: &[Lot]) -> i64 {
    lots.iter().filter(|lot| !lot.released).map(|lot| lot.left).sum()
}

/// True if the lot's points may be spent from now on, and that was not booked yet.
#[must_use]
pub fn is_due(lot: &Lot, now: Millis) -> bool {
    !lot.released && lot.releases_at <= now
}

/// True if the lot's time is over and what is left was not booked as expired yet. What waits does not expire: it never could be spent.
#[must_use]
pub fn is_over(lot: &Lot, now: Millis) -> bool {
    lot.released && lot.left > 0 && lot.expires_at.is_some_and(|expires| expires <= now)
}

/// What of the points that may be spent is lost before `until` if it is not, by instant, the soonest first.
#[must_use]
pub fn expiring(lots: &[Lot], until: Millis) -> Vec<(Millis, i64)> {
    let mut soon: Vec<(Millis, i64)> = lots
        .iter()
        .filter(|lot| lot.released && lot.left > 0)
        .filter_map(|lot| lot.expires_at.filter(|at| *at < until).map(|at| (at, lot.left)))
        .collect();
    soon.sort_unstable();
    soon.dedup_by(|later, first| {
        let same = later.0 == first.0;
        first.1 += if same { later.1 } else { 0 };
        same
    });
    soon
}
