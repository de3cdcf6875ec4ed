//! Spending, taking back and giving back, as takes of lots.

use super::{Lot, PointsRules, by_expiry, lot, rules::after_days};
use crate::Millis;
use ids::{LotId, OrderNumber};
use money::Overflow;

/// Points of a lot that go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Take {
    /// Of which lot.
    pub lot: LotId,
    /// How many.
    pub points: i64,
}

/// There are too few points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Short {
    /// How many there are.
    pub available: i64,
}

/// Takes as many points of lots in their order as are wanted; returns what could not be had.
fn take<'a>(lots: impl Iterator<Item = &'a Lot>, mut wanted: i64, takes: &mut Vec<Take>) -> i64 {
    for lot in lots {
        let points = lot.left.min(wanted);
        if points > 0 {
            takes.push(Take { lot: lot.id.clone(), points });
            wanted -= points;
        }
    }
    wanted
}

/// Which lots pay so many points: the soonest to expire first.
///
/// # Errors
/// [`Short`] if there are too few that may be spent; then none goes.
pub fn spend(lots: &[Lot], points: i64) -> Result<Vec<Take>, Short> {
    let mut usable: Vec<&Lot> = lots.iter().filter(|lot| lot.released).collect();
    usable.sort_by_key(|lot| by_expiry(lot));
    let mut takes = Vec::new();
    match take(usable.into_iter(), points.max(0), &mut takes) {
        0 => Ok(takes),
        _ => Err(Short { available: lot::available(lots) }),
    }
}

/// Earned points that were taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClawedBack {
    /// Of lots that wait.
    pub pending: Vec<Take>,
    /// Of lots that may be spent.
    pub available: Vec<Take>,
    /// What could not be taken, since the member spent it: see [`super::Shortfall`].
    pub short: i64,
}

impl ClawedBack {
    /// How many points were taken, those that wait and those that don't.
    #[must_use]
    pub fn taken(&self) -> (i64, i64) {
        let sum = |takes: &[Take]| takes.iter().map(|take| take.points).sum();
        (sum(&self.pending), sum(&self.available))
    }
}

/// Takes back points that an order earned: first what waits of the order's own lots, then what may be spent of them, then other points that
/// may be spent, the soonest to expire first, as if they were spent. What waits for other orders is theirs. A balance never falls below zero: the rest is told as [`ClawedBack::short`].
#[must_use]
pub fn claw_back(lots: &[Lot], order: &OrderNumber, points: i64) -> ClawedBack {
    let own = |lot: &&Lot| lot.order.as_ref() == Some(order);
    let mut back = ClawedBack::default();
    let rest = take(lots.iter().filter(own).filter(|lot| !lot.released), points.max(0), &mut back.pending);
    let rest = take(lots.iter().filter(own).filter(|lot| lot.released), rest, &mut back.available);
    let mut others: Vec<&Lot> = lots.iter().filter(|lot| lot.released && !own(lot)).collect();
    others.sort_by_key(|lot| by_expiry(lot));
    back.short = take(others.into_iter(), rest, &mut back.available);
    back
}

/// Points of a lot that an order spent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Of which lot.
    pub lot: LotId,
    /// How many.
    pub points: i64,
    /// How many of them came back since.
    pub given_back: i64,
    /// When that lot's time is over.
    pub expires_at: Option<Millis>,
}

/// Points that come back to the lot they were of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenBack {
    /// To which lot.
    pub lot: LotId,
    /// How many.
    pub points: i64,
    /// Set where the lot's time is over or nearly so: then they make a new lot whose time is over at this instant, since nobody should lose
    /// points by a return.
    pub fresh_until: Option<Millis>,
}

/// To which lots so many spent points of an order go back: what was taken last comes back first, which is what lasts longest. Never more than
/// were spent: the second part of the answer is how many could not be given back for that.
///
/// # Errors
/// If an instant is out of range.
pub fn give_back(
    uses: &[Use],
    points: i64,
    now: Millis,
    rules: &PointsRules,
) -> Result<(Vec<GivenBack>, i64), Overflow> {
    let least = after_days(now, rules.give_back_days)?;
    let mut uses: Vec<&Use> = uses.iter().collect();
    uses.sort_by_key(|one| std::cmp::Reverse((one.expires_at.is_none(), one.expires_at, one.lot.clone())));
    let (mut rest, mut back) = (points.max(0), Vec::new());
    for one in uses {
        let points = (one.points - one.given_back).min(rest);
        if points > 0 {
            let fresh_until = one.expires_at.filter(|expires| *expires < least).map(|_| least);
            back.push(GivenBack { lot: one.lot.clone(), points, fresh_until });
            rest -= points;
        }
    }
    Ok((back, rest))
}
