//! Units got stand below units bought: how many of them may, and which, before it is tried which units are bought.

use super::choice::Open;
use crate::sort;

/// Units of a price.
pub(crate) struct Rung {
    /// With the other sign where the units got are the dearest.
    pub(crate) price: i64,
    pub(crate) units: i64,
    /// True if they may be bought.
    pub(crate) buy: bool,
    /// True if they may be got.
    pub(crate) get: bool,
}

/// Free units, and the rule by which some are got for others: the first unit of the i-th set got, counted from the dearest, has the units that are bought for
/// i sets above it, or beside it at the same price.
pub(crate) struct Ladder {
    rungs: Vec<Rung>,
    /// The places of the rungs, the dearest first.
    order: Vec<usize>,
    /// In that order: how many units that cost no less may be bought.
    above: Vec<i64>,
    buy_count: i64,
    get_count: i64,
}

impl Ladder {
    #[inline]
    pub(crate) fn new(rungs: Vec<Rung>, buy_count: i64, get_count: i64) -> Self {
        let mut order: Vec<usize> = (0..rungs.len()).collect();
        sort::by_key(&mut order, |&at| (-rungs[at].price, at));
        let mut above = Vec::with_capacity(rungs.len());
        let mut sum = 0;
        for level in order.chunk_by(|&a, &b| rungs[a].price == rungs[b].price) {
            sum += level.iter().map(|&at| &rungs[at]).filter(|rung| rung.buy).map(|rung| rung.units).sum::<i64>();
            above.extend(level.iter().map(|_| sum));
        }
        Self { rungs, order, above, buy_count, get_count }
    }

    /// The places of the rungs, the dearest first.
    #[inline]
    pub(crate) fn order(&self) -> &[usize] {
        &self.order
    }

    /// False if units of these counts can't be got, nor can they together with others: too few units stand above them.
    #[inline]
    pub(crate) fn may(&self, counts: &[i64]) -> bool {
        let (mut got, mut spent, mut at) = (0, 0, 0);
        for level in self.order.chunk_by(|&a, &b| self.rungs[a].price == self.rungs[b].price) {
            let above = self.above[at];
            at += level.len();
            let here: i64 = level.iter().map(|&one| counts[one]).sum();
            spent += level.iter().filter(|&&one| self.rungs[one].buy).map(|&one| counts[one]).sum::<i64>();
            // The last unit here that is the first of its set asks for most.
            let first = (got + here - 1) / self.get_count * self.get_count;
            if here > 0 && first >= got && above - spent < (first / self.get_count + 1) * self.buy_count {
                return false;
            }
            got += here;
        }
        true
    }

    /// What up to `left` units from a place of the order on save at the most, if so many are taken before it; `places` save the less the further down they
    /// stand.
    #[inline]
    pub(crate) fn saves(&self, places: &[Open], from: usize, taken: i64, left: i64) -> i64 {
        let both = self.rungs.iter().all(|rung| rung.buy || !rung.get);
        let (mut at, mut used, mut saves) = (from, 0, 0_i64);
        let (mut unit, end) = (taken, taken + left);
        while unit < end && at < self.order.len() {
            let of_set = unit % self.get_count;
            let spent = if both { unit } else { 0 };
            let open = of_set > 0 || self.above[at] >= spent + (unit / self.get_count + 1) * self.buy_count;
            let place = &places[self.order[at]];
            let count = (place.units - used).min(self.get_count - of_set).min(end - unit);
            if !open || count == 0 {
                (at, used) = (at + 1, 0);
                continue;
            }
            saves = saves.saturating_add(count.saturating_mul(place.saves));
            (unit, used) = (unit + count, used + count);
        }
        saves
    }
}
