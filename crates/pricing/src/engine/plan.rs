//! What a promotion would take off, before it is done.

use super::state::{Line, Run, State};
use crate::book::Base;
use ids::Sku;
use money::{Overflow, Part, Ratio, Share, allocate_alone, allocate_capped};
use smallvec::SmallVec;

/// What a promotion would take off. Nothing is changed until it is committed, so it can be tried, compared and cut to a cap.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    /// Sorted by line and run; the cuts of a run follow its units.
    pub(crate) cuts: Vec<Cut>,
    /// Taken off shipping.
    pub(crate) shipping: i64,
    /// Given on top.
    pub(crate) gift: Option<(Sku, i64)>,
    /// A new largest points multiplier.
    pub(crate) multiplier: Option<Ratio>,
    /// The value of the matched units before.
    pub(crate) base: i64,
    /// True if a cap, a budget or a limit of units made it smaller.
    pub(crate) limited: bool,
    /// True if the floor of a unit made it smaller.
    pub(crate) floored: bool,
}

/// `count` units of a run get `off` each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut {
    pub(crate) line: usize,
    pub(crate) run: usize,
    pub(crate) count: i64,
    pub(crate) off: i64,
    /// True if the units go into a set.
    pub(crate) take: bool,
}

/// Units that a rule means: the first `count` of a run that no earlier match of the same run has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) line: usize,
    pub(crate) run: usize,
    pub(crate) count: i64,
}

impl Match {
    /// Where it is, in the order of the cart.
    pub(crate) fn place(&self) -> (usize, usize) {
        (self.line, self.run)
    }

    /// What its units cost together, by that kind of price.
    pub(crate) fn value(&self, state: &State, kind: Base) -> i64 {
        let (line, run) = self.parts(state);
        self.count * run.price(line, kind)
    }

    pub(crate) fn parts<'s>(&self, state: &'s State) -> (&'s Line<'s>, &'s Run) {
        let line = &state.lines[self.line];
        (line, &line.runs[self.run])
    }
}

impl Plan {
    /// All that it takes off.
    pub(crate) fn total(&self) -> i64 {
        self.shipping + self.cuts.iter().map(|cut| cut.off * cut.count).sum::<i64>()
    }

    /// How many units it touches.
    pub(crate) fn units(&self) -> i64 {
        self.cuts.iter().map(|cut| cut.count).sum()
    }

    /// True if it gives nothing at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.gift.is_none() && self.multiplier.is_none() && self.total() == 0
    }

    /// Adds the plan of the same promotion for other lines.
    pub(crate) fn join(&mut self, other: Self) {
        self.cuts.extend(other.cuts);
        crate::sort::by_key(&mut self.cuts, |cut| (cut.line, cut.run));
        self.base += other.base;
        self.limited |= other.limited;
        self.floored |= other.floored;
    }

    /// Cuts the plan down to `most`, spread in proportion to the discounts: over the lines, then over each line's units.
    pub(crate) fn limit(&mut self, most: i64) -> Result<(), Overflow> {
        if self.total() <= most {
            return Ok(());
        }
        self.limited = true;
        let groups: Vec<&mut [Cut]> = self.cuts.chunk_by_mut(|a, b| a.line == b.line).collect();
        let sum = |cuts: &[Cut]| cuts.iter().map(|cut| cut.off * cut.count).sum::<i64>();
        let mut parts: Vec<Part> = groups.iter().map(|cuts| single(sum(cuts), sum(cuts))).collect();
        parts.push(single(self.shipping, self.shipping));
        let shares = allocate_capped(most, &parts)?;
        let mut cuts = Vec::with_capacity(self.cuts.len() + parts.len());
        for (group, share) in self.cuts.chunk_by(|a, b| a.line == b.line).zip(&shares) {
            let parts: Vec<Part> =
                group.iter().map(|cut| Part { count: cut.count, weight: cut.off, cap: cut.off }).collect();
            for (cut, share) in group.iter().zip(allocate_capped(share.total(1), &parts)?) {
                push_share(&mut cuts, *cut, share);
            }
        }
        self.shipping = shares.last().map_or(0, |share| share.total(1));
        self.cuts = cuts;
        Ok(())
    }
}

/// A part of one unit.
pub(crate) fn single(weight: i64, cap: i64) -> Part {
    Part { count: 1, weight, cap }
}

/// Splits a cut into the units that take one minor unit more and the others.
pub(crate) fn push_share(cuts: &mut Vec<Cut>, cut: Cut, share: money::Share) {
    if share.more > 0 {
        cuts.push(Cut { count: share.more, off: share.each + 1, ..cut });
    }
    if cut.count > share.more {
        cuts.push(Cut { count: cut.count - share.more, off: share.each, ..cut });
    }
}

/// Spreads `amount` over the matched units of one line in proportion to their current value, none above its room.
pub(crate) fn spread_in_line(
    state: &State,
    matches: &[Match],
    amount: i64,
    take: bool,
    cuts: &mut Vec<Cut>,
) -> Result<(), Overflow> {
    let part = |one: &Match| {
        let (line, run) = one.parts(state);
        Part { count: one.count, weight: run.current, cap: run.room(line) }
    };
    let cut = |one: &Match| Cut { line: one.line, run: one.run, count: one.count, off: 0, take };
    if let [only] = matches {
        push_share(cuts, cut(only), allocate_alone(amount, part(only)));
        return Ok(());
    }
    if let Some(shares) = evenly(state, matches, amount) {
        matches.iter().zip(shares).for_each(|(one, share)| push_share(cuts, cut(one), share));
        return Ok(());
    }
    let parts: SmallVec<[Part; 4]> = matches.iter().map(part).collect();
    for (one, share) in matches.iter().zip(allocate_capped(amount, &parts)?) {
        push_share(cuts, cut(one), share);
    }
    Ok(())
}

/// The shares of two runs of a line whose units [are even](Line::is_even), where all of them are meant and nothing keeps them from paying: see
/// [`take_evenly`](super::shares).
fn evenly(state: &State, matches: &[Match], amount: i64) -> Option<[Share; 2]> {
    let [first, last] = matches else { return None };
    let line = &state.lines[first.line];
    let all = line.runs.len() == 2 && first.count == line.runs[0].count && last.count == line.runs[1].count;
    if !all || line.floor > 0 || amount > line.total() || !line.is_even() {
        return None;
    }
    Some(even_shares(first.count, last.count, amount))
}

/// What `cheaper` units and then `others`, which cost a minor unit more, share of an amount.
fn even_shares(cheaper: i64, others: i64, amount: i64) -> [Share; 2] {
    let (each, more) = pay_evenly(cheaper, others, amount);
    let whole = Share { each, more: 0 };
    // The cheaper have paid the minor unit that the others have not.
    if more < cheaper { [Share { each: each - 1, more }, whole] } else { [whole, Share { each, more: more - cheaper }] }
}

/// Of so many units that once cost the same, the first of which are a minor unit cheaper: how much each has lost, and how many one more, counted from
/// the last on, after an amount was taken off.
pub(super) fn pay_evenly(cheaper: i64, others: i64, amount: i64) -> (i64, i64) {
    let (units, owed) = (cheaper + others, cheaper + amount);
    (owed / units, owed % units)
}

/// The matches of each line.
pub(crate) fn by_line(matches: &[Match]) -> impl Iterator<Item = &[Match]> {
    matches.chunk_by(|a, b| a.line == b.line)
}

/// The current value of the matched units.
pub(crate) fn value(state: &State, matches: &[Match]) -> i64 {
    matches.iter().map(|one| one.count * one.parts(state).1.current).sum()
}

/// The most that may be taken off the matched units.
pub(crate) fn room(state: &State, matches: &[Match]) -> i64 {
    let room = |one: &Match| {
        let (line, run) = one.parts(state);
        one.count * run.room(line)
    };
    matches.iter().map(room).sum()
}

/// Spreads an amount over the matched lines, and shipping as one more line where `with_shipping`, in proportion to their current
/// value, none above its room; then each line's share over its units.
pub(crate) fn spread(
    state: &State,
    matches: &[Match],
    amount: i64,
    with_shipping: bool,
    take: bool,
) -> Result<Plan, Overflow> {
    let shipping = state.shipping.as_ref().filter(|_| with_shipping).map_or(0, |shipping| shipping.current);
    let mut parts: Vec<Part> = by_line(matches).map(|line| single(value(state, line), room(state, line))).collect();
    parts.push(single(shipping, shipping));
    let shares = allocate_capped(amount, &parts)?;
    let mut plan = Plan { base: value(state, matches) + shipping, ..Plan::default() };
    for (line, share) in by_line(matches).zip(&shares) {
        spread_in_line(state, line, share.total(1), take, &mut plan.cuts)?;
    }
    plan.shipping = shares.last().map_or(0, |share| share.total(1));
    plan.floored = amount.min(plan.base) > plan.total();
    Ok(plan)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Of units that cost the same but for a minor unit, the short way takes off what the long one does.
        #[test]
        fn even_units_share_by_the_book(cheaper in 1_i64..9, others in 1_i64..9, price in 1_i64..60, share in 0_i64..=1000) {
            let part = |count, weight| Part { count, weight, cap: weight };
            let amount = (cheaper * (price - 1) + others * price) * share / 1000;
            let expected = allocate_capped(amount, &[part(cheaper, price - 1), part(others, price)]).unwrap();
            let units = |share: &Share, count: i64| (0..count).map(|unit| share.each + i64::from(unit < share.more)).collect::<Vec<i64>>();
            let shares = even_shares(cheaper, others, amount);
            prop_assert_eq!(units(&shares[0], cheaper), units(&expected[0], cheaper));
            prop_assert_eq!(units(&shares[1], others), units(&expected[1], others));
        }
    }
}
