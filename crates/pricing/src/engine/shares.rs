//! What a promotion takes off whole lines. It takes the same off as a [`Plan`](super::Plan) that spreads each line's amount over all its units, and is far
//! less work where many promotions mean many lines: no list of units is made, and the amounts are written where those of the promotion before were.

use super::state::{Discount, Line, Run, Runs, State, join, push};
use money::{FEW, Overflow, Part, Share, allocate_alone, allocate_capped, allocate_few, allocate_into};
use smallvec::SmallVec;

/// What a promotion takes off lines of which it means all units alike.
#[derive(Debug, Default)]
pub(crate) struct Shares {
    /// The places of the lines, in their order.
    pub(crate) lines: Vec<usize>,
    /// What of each line counts.
    weights: Vec<i64>,
    /// What is taken off each line.
    amounts: Vec<i64>,
    /// The value of the lines before.
    pub(super) base: i64,
    /// All that is taken off.
    pub(super) total: i64,
    /// How many units the lines have.
    pub(super) units: i64,
    /// True if the floor of a unit made it smaller.
    pub(super) floored: bool,
}

impl Shares {
    /// Says what of each line counts, and returns the sum.
    pub(crate) fn weigh(&mut self, state: &State, weight: impl Fn(&Line) -> i64) -> i64 {
        self.weights.clear();
        self.weights.extend(self.lines.iter().map(|&at| weight(&state.lines[at])));
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

    /// Takes an amount off all lines together, in proportion to what of each counts.
    pub(crate) fn together(&mut self, state: &State, amount: i64) -> Result<(), Overflow> {
        allocate_into(amount, &self.weights, &mut self.amounts)?;
        self.limit(state);
        Ok(())
    }

    /// Nothing falls below its floor.
    fn limit(&mut self, state: &State) {
        (self.base, self.total, self.units, self.floored) = (0, 0, 0, false);
        for (&at, amount) in self.lines.iter().zip(&mut self.amounts) {
            let line = &state.lines[at];
            let wanted = *amount;
            *amount = wanted.min(line.room());
            self.floored |= wanted.min(line.worth) > *amount;
            self.base += line.worth;
            self.total += *amount;
            self.units += line.quantity;
        }
    }
}

impl State<'_> {
    /// Takes the shares off their lines, in the name of a promotion that is not of class price.
    pub(super) fn commit_shares(&mut self, promotion: usize, shares: &Shares) -> Result<(), Overflow> {
        let mut sums = self.lines.known_sums();
        let lines: &mut [Line] = &mut self.lines;
        self.discounts.reserve(shares.lines.len());
        for (&at, &amount) in shares.lines.iter().zip(&shares.amounts).filter(|(_, amount)| **amount > 0) {
            let line = &mut lines[at];
            take(line, amount)?;
            sums.iter_mut().for_each(|sums| sums.fall(amount, line.discountable));
            self.discounts.push(Discount::new(at, promotion, amount, line.quantity));
        }
        self.lines.know_sums(sums);
        Ok(())
    }
}

/// Takes an amount off all units of a line in proportion to what they cost, none below the floor.
fn take(line: &mut Line, amount: i64) -> Result<(), Overflow> {
    line.worth -= amount;
    let part = |run: &Run| Part { count: run.count, weight: run.current, cap: (run.current - line.floor).max(0) };
    if let [run] = &mut *line.runs {
        let share = allocate_alone(amount, part(run));
        if share.more == 0 {
            run.current -= share.each;
            return Ok(());
        }
    }
    let parts: SmallVec<[Part; FEW]> = line.runs.iter().map(part).collect();
    let few = allocate_few(amount, &parts);
    let many = if few.is_none() { Some(allocate_capped(amount, &parts)?) } else { None };
    let shares = few.as_ref().map(|few| &few[..parts.len()]).or(many.as_deref()).unwrap_or_default();
    if line.runs.iter().zip(shares).all(|(run, share)| share.more == 0 || share.more == run.count) {
        for (run, share) in line.runs.iter_mut().zip(shares) {
            run.current -= share.each + i64::from(share.more > 0);
        }
        join(&mut line.runs);
    } else {
        line.runs = split(&line.runs, shares);
    }
    Ok(())
}

/// The runs, each with its share taken off; those whose units take different shares become two.
fn split(runs: &[Run], shares: &[Share]) -> Runs {
    let mut split = Runs::new();
    for (run, share) in runs.iter().zip(shares) {
        push(&mut split, Run { count: share.more, current: run.current - share.each - 1, ..*run });
        push(&mut split, Run { count: run.count - share.more, current: run.current - share.each, ..*run });
    }
    split
}
