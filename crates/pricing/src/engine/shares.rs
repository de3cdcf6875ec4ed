//! What a promotion takes off whole lines. It takes the same off as a [`Plan`](super::Plan) that spreads each line's amount over all its units, and is far
//! less work where many promotions mean many lines: no list of units is made, and the amounts are written where those of the promotion before were.

use super::{
    plan::pay_evenly,
    state::{Discount, Line, Run, Runs, State, join},
};
use crate::{book::Base, sort};
use money::{Overflow, Part, Share, allocate_alone, allocate_capped, allocate_into, allocate_units};
use smallvec::SmallVec;

/// What a promotion takes off lines of which it means all units alike.
#[derive(Debug, Default)]
pub(crate) struct Shares {
    /// The places of the lines, in their order.
    pub(crate) lines: Vec<u32>,
    /// True if those are all lines that take a discount; then they need not be looked for again.
    pub(crate) all: bool,
    /// What of each line counts.
    weights: Vec<i64>,
    /// The state of the lines in which the weights are what the lines cost.
    weighed: Option<u32>,
    /// What is taken off each line.
    amounts: Vec<i64>,
    /// The value of the lines before.
    pub(super) base: i64,
    /// All that is taken off.
    pub(super) total: i64,
    /// How many units the lines have.
    pub(super) units: i64,
    /// True if a line has a floor below which no unit falls.
    pub(crate) floors: bool,
    /// True if the floor of a unit made it smaller.
    pub(super) floored: bool,
}

impl Shares {
    /// Means all lines that take a discount.
    pub(crate) fn mean_all(&mut self, state: &State) {
        if !self.all {
            let lines = state.lines.iter().zip(0..).filter(|(line, _)| line.discountable);
            self.lines.clear();
            self.lines.extend(lines.map(|(_, at)| at));
            self.mean(state);
            self.all = true;
        }
    }

    /// Means the lines that are listed, in whatever order and some more than once.
    pub(crate) fn mean(&mut self, state: &State) {
        self.all = false;
        self.weighed = None;
        if !self.lines.is_sorted() {
            sort::by(&mut self.lines, Ord::cmp);
        }
        self.lines.dedup();
        let meant = self.lines.iter().map(|&at| &state.lines[at as usize]);
        (self.units, self.floors) =
            meant.fold((0, false), |(units, floors), line| (units + line.quantity, floors | (line.floor > 0)));
    }

    /// Says what of each line counts, and returns the sum.
    pub(crate) fn weigh(&mut self, state: &State, kind: Base) -> i64 {
        let current = kind == Base::Current;
        if !current || self.weighed != Some(state.lines.changes()) {
            let lines: &[Line] = &state.lines;
            self.weights.clear();
            if current {
                self.weights.extend(self.lines.iter().map(|&at| lines[at as usize].worth));
            } else {
                self.weights.extend(self.lines.iter().map(|&at| lines[at as usize].value(kind)));
            }
            self.weighed = current.then(|| state.lines.changes());
        }
        self.weights.iter().sum()
    }

    /// Takes off each line what is worked out of what of it counts.
    pub(crate) fn each(&mut self, state: &State, off: impl Fn(i64) -> Result<i64, Overflow>) -> Result<(), Overflow> {
        self.amounts.clear();
        for &weight in &self.weights {
            self.amounts.push(off(weight)?);
        }
        self.limit(state);
        Ok(())
    }

    /// Takes an amount off all lines together, in proportion to what of each counts, which is `sum` in all.
    pub(crate) fn together(&mut self, state: &State, amount: i64, sum: i64) -> Result<(), Overflow> {
        if let [only] = *self.weights {
            self.amounts.clear();
            self.amounts.push(if only > 0 { amount } else { 0 });
        } else {
            allocate_into(amount, &self.weights, &mut self.amounts)?;
        }
        if self.weighed.is_some() && !self.floors && amount <= sum {
            // No line takes more than it costs, and all take the amount.
            (self.base, self.total, self.floored) = (sum, amount, false);
        } else {
            self.limit(state);
        }
        Ok(())
    }

    /// Nothing falls below its floor.
    fn limit(&mut self, state: &State) {
        let lines: &[Line] = &state.lines;
        let (mut base, mut total, mut floored) = (0, 0, false);
        for (&at, amount) in self.lines.iter().zip(&mut self.amounts) {
            let line = &lines[at as usize];
            let most = (*amount).min(line.worth);
            *amount = if line.floor == 0 { most } else { most.min(line.room()) };
            floored |= most > *amount;
            base += line.worth;
            total += *amount;
        }
        (self.base, self.total, self.floored) = (base, total, floored);
    }
}

impl State<'_> {
    /// Takes the shares off their lines, in the name of a promotion that is not of class price.
    pub(super) fn commit_shares(&mut self, promotion: usize, shares: &mut Shares) -> Result<(), Overflow> {
        let named = Discount::new(0, promotion, 0, 0);
        let (lines, mut sums) = self.lines.changing();
        // Only lines that take a discount have shares.
        sums.iter_mut().for_each(|sums| sums.fall(shares.total, true, false));
        self.discounts.reserve(shares.lines.len());
        for (&at, &amount) in shares.lines.iter().zip(&shares.amounts).filter(|(_, amount)| **amount > 0) {
            let line = &mut lines[at as usize];
            take(line, amount)?;
            self.discounts.push(Discount { line: at, amount, units: line.quantity, ..named });
        }
        if shares.weighed.is_some() {
            shares.weights.iter_mut().zip(&shares.amounts).for_each(|(weight, amount)| *weight -= amount);
            shares.weighed = Some(self.lines.changes());
        }
        Ok(())
    }
}

/// Takes an amount off all units of a line in proportion to what they cost, none below the floor.
pub(super) fn take(line: &mut Line, amount: i64) -> Result<(), Overflow> {
    line.worth -= amount;
    if line.floor == 0 && line.is_even() {
        take_evenly(&mut line.runs, amount);
        return Ok(());
    }
    let (runs, floor) = (&mut line.runs, line.floor);
    if floor == 0 && take_few(runs, amount) {
        return Ok(());
    }
    let part = |run: &Run| Part { count: run.count, weight: run.current, cap: (run.current - floor).max(0) };
    let (alone, many);
    let shares: &[Share] = if let [run] = &**runs {
        alone = [allocate_alone(amount, part(run))];
        &alone
    } else {
        many = allocate_capped(amount, &runs.iter().map(part).collect::<SmallVec<[Part; 8]>>())?;
        &many
    };
    if runs.iter().zip(shares).all(|(run, share)| share.more == 0 || share.more == run.count) {
        for (run, share) in runs.iter_mut().zip(shares) {
            run.current -= share.each + i64::from(share.more > 0);
        }
    } else {
        split(runs, shares);
    }
    Ok(())
}

/// The same where the units [are even](Line::is_even). Shares in proportion leave them so, and it does not matter in how many steps an amount was taken off: of
/// units that once cost the same, each lost as many whole minor units as there are for every unit, and what is left over came off the first of them. For
/// a dearer unit's remainder is larger as long as the units cost anything, and where a unit's price makes its share a minor unit more or less, what
/// remains makes up for it.
fn take_evenly(runs: &mut Runs, amount: i64) {
    let before = if let [first, _] = &**runs { first.count } else { 0 };
    let Some(last) = runs.pop() else { return };
    let (each, more) = pay_evenly(before, last.count, amount);
    let rest = Run { count: before + last.count - more, current: last.current - each, ..last };
    runs.clear();
    if more > 0 {
        runs.push(Run { count: more, current: rest.current - 1, ..last });
    }
    runs.push(rest);
}

/// The same where there are few runs, each of a single unit. False if it is not so.
fn take_few(runs: &mut [Run], amount: i64) -> bool {
    match runs.len() {
        2 => take_units::<2>(runs, amount),
        3 => take_units::<3>(runs, amount),
        4 => take_units::<4>(runs, amount),
        _ => false,
    }
}

/// The same where every run is a single unit, and there are so many. False if it is not so.
#[inline]
fn take_units<const UNITS: usize>(runs: &mut [Run], amount: i64) -> bool {
    let Ok(units) = <&mut [Run; UNITS]>::try_from(runs) else { return false };
    if units.iter().any(|unit| unit.count != 1) {
        return false;
    }
    let Some(shares) = allocate_units(amount, units.each_ref().map(|unit| unit.current)) else { return false };
    for (unit, share) in units.iter_mut().zip(shares) {
        unit.current -= share;
    }
    true
}

/// Takes its share off each run; one whose units take different shares becomes two. Equal neighbours stay apart until there are many, so that most carts
/// come to a state in which nothing has to be moved.
fn split(runs: &mut Runs, shares: &[Share]) {
    let before: SmallVec<[Run; 4]> = SmallVec::from_slice(runs);
    runs.clear();
    for (run, share) in before.into_iter().zip(shares) {
        let pieces = [(share.more, share.each + 1), (run.count - share.more, share.each)];
        let pieces = pieces.into_iter().filter(|(count, _)| *count > 0);
        runs.extend(pieces.map(|(count, off)| Run { count, current: run.current - off, ..run }));
    }
    if runs.len() > RUNS_APART {
        join(runs);
    }
}

/// So many runs of a line may stay apart though they are equal.
const RUNS_APART: usize = 4;
