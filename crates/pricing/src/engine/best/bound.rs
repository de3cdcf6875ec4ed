//! How little a cart could still come to cost.

use super::open::Candidate;
use crate::{
    CompiledBook,
    benefit::Most,
    book::{Matcher, Scope},
    engine::{Line, Match, State},
};
use money::{Overflow, Ratio, RoundingMode};
use smallvec::SmallVec;

/// Factors are kept in billionths, rounded down.
pub(super) const ONE: i128 = 1_000_000_000;

/// The least that a cart may come to cost: no legal way from a state leads lower.
#[derive(Debug)]
pub(crate) struct Low {
    /// Each line by itself.
    pub(super) lines: Vec<i64>,
    /// Shipping by itself.
    pub(super) shipping: i64,
    /// What may be taken off on top, off whatever lines.
    pub(super) once: i64,
    /// What no line goes below, over all lines.
    floors: i64,
    /// What each candidate adds to `once`, in the order in which they were shown; the least of all numbers if it adds to something else, where less
    /// taken off one line may be made up for by others.
    pub(super) most: Vec<i64>,
}

/// What may be taken off one line.
#[derive(Clone, Copy, Debug)]
struct Off {
    /// The sum of all amounts, each as if it came first.
    sum: i64,
    /// What is left after all shares, in billionths.
    left: i128,
    /// The amounts that are no shares.
    fixed: i64,
    /// Halves of a minor unit that rounding may give on top of shares.
    halves: i64,
}

const NOTHING: Off = Off { sum: 0, left: ONE, fixed: 0, halves: 0 };

/// What may be taken off a cart.
struct Offs {
    lines: Vec<Off>,
    shipping: i64,
    once: i64,
}

impl Low {
    /// The least over all that may still come: the candidates that are open, of this class and later ones.
    #[inline]
    pub(super) fn of<'c, 'b: 'c>(
        book: &'b CompiledBook,
        state: &State,
        open: impl Iterator<Item = &'c Candidate<'b>>,
        class: usize,
    ) -> Result<Self, Overflow> {
        let none = || Offs { lines: vec![NOTHING; state.lines.len()], shipping: 0, once: 0 };
        let mut all = none();
        // Of a group only one is applied; its members stand one after another nowhere, so each group is gathered by itself.
        let mut groups: Vec<(&Candidate, Offs, i64)> = Vec::new();
        let mut mosts = Vec::new();
        let mut sets = Sets::default();
        let open: SmallVec<[&Candidate; 16]> = open.collect();
        // Those that do the same stand side by side mostly, and are looked at once.
        for twins in open.chunk_by(|one, other| other.is_twin_of(book, one)) {
            let one = twins[0];
            if one.class < class || one.hopeless(book, state, class == 0) {
                mosts.extend(twins.iter().map(|_| i64::MIN));
                continue;
            }
            let most = most_of(book, state, one, class == 0)?;
            let alone = most.each.is_empty() && most.shipping == 0 && book.document().tax.included;
            for twin in twins {
                mosts.push(if alone { most.once } else { i64::MIN });
                sets.add(book, twin, &most, mosts.len() - 1);
            }
            let halves = |line: &Line| halves(book, line, one.class);
            if one.group.is_none() {
                all.add(state, &most, twins.len(), halves);
                continue;
            }
            let place = groups.iter().position(|(other, _, _)| other.is_rival_of(one));
            let place = place.unwrap_or_else(|| {
                groups.push((one, none(), 0));
                groups.len() - 1
            });
            let mut offs = none();
            offs.add(state, &most, 1, halves);
            groups[place].1.most(&offs);
            groups[place].2 = groups[place].2.max(most.total());
        }
        for (_, offs, total) in &groups {
            // Line by line the largest of each may be more than the largest of all.
            if offs.total() <= *total { all.and(offs) } else { all.once = all.once.saturating_add(*total) }
        }
        all.once = all.once.saturating_sub(sets.too_much(book, state, &mut mosts));
        Ok(Low { most: mosts, ..all.low(state) })
    }

    /// The least of goods and shipping together.
    #[inline]
    pub(super) fn total(&self) -> i64 {
        let sum = self.lines.iter().sum::<i64>().saturating_add(self.shipping);
        sum.saturating_sub(self.once).max(self.floors)
    }

    /// True if what may be taken off is more than may be taken off.
    #[inline]
    pub(super) fn is_clipped(&self) -> bool {
        self.lines.iter().sum::<i64>().saturating_sub(self.once) < self.floors
    }

    /// The least of the goods.
    #[inline]
    pub(super) fn goods(&self) -> i64 {
        self.lines.iter().sum::<i64>().saturating_sub(self.once).max(self.floors)
    }

    /// True if some line, or all together, may come to cost what no discount goes below.
    #[inline]
    pub(super) fn is_at_the_bottom(&self, state: &State) -> bool {
        let line = |(line, low): (&Line, &i64)| line.discountable && *low <= floor(line);
        let floors = state.lines.iter().any(|line| line.discountable && line.floor > 0 && self.once > 0);
        floors
            || state.lines.iter().zip(&self.lines).any(line)
            || self.lines.iter().sum::<i64>() <= self.once.saturating_add(self.floors)
    }

    /// The least that can be owed, tax on top where prices hold none.
    #[inline]
    pub(super) fn owed(&self, book: &CompiledBook, state: &State) -> Result<i64, Overflow> {
        if book.document().tax.included {
            return Ok(self.total());
        }
        let (mut sum, mut cents, mut most) = (0_i64, 0_i64, Ratio::ZERO);
        let lines = state.lines.iter().zip(&self.lines).map(|(line, low)| (*low, line.tax, line.quantity));
        let shipping = state.shipping.as_ref().map(|one| (self.shipping, one.tax, 1));
        for (low, rate, units) in lines.chain(shipping) {
            sum = sum
                .checked_add(low)
                .and_then(|sum| sum.checked_add(rate.of(low, book.rounder.mode).ok()?))
                .ok_or(Overflow)?;
            cents = cents.saturating_add(if book.rounder.scope == Scope::Unit { units } else { 1 });
            most = if rate.is_more_than(most) { rate } else { most };
        }
        // Alone and by line, a line's tax is exact; else each may be rounded the other way.
        let exact = self.once == 0 && book.rounder.scope == Scope::Line;
        let once =
            self.once.saturating_add(most.of(self.once.min(i64::MAX / 16), RoundingMode::Down)?).saturating_add(1);
        Ok(if exact { sum } else { sum.saturating_sub(once).saturating_sub(cents) }.max(self.floors))
    }

    /// The least value of what matches.
    #[inline]
    pub(crate) fn value(&self, state: &State, of: &Matcher) -> i64 {
        let meant = |line: &Line| line.runs.iter().all(|run| of.matches(line, run));
        let lines = state.lines.iter().zip(&self.lines).filter(|(line, _)| meant(line));
        lines.map(|(_, low)| low).sum::<i64>().saturating_sub(self.once).max(0)
    }
}

/// Promotions that take units into sets. A unit is in one set only, so together they may take off less than one by one.
#[derive(Default)]
struct Sets<'c, 'b> {
    /// Each with what it takes off at the most, and its place in the list of what each adds.
    takers: Vec<(&'c Candidate<'b>, i64, usize)>,
}

impl<'c, 'b: 'c> Sets<'c, 'b> {
    #[inline]
    fn add(&mut self, book: &CompiledBook, one: &'c Candidate<'b>, most: &Most, place: usize) {
        let apart = one.group.is_none() && most.each.is_empty() && most.shipping == 0;
        if apart && most.once < i64::MAX / 8 && book.promotions[one.promotion].effect.takes() {
            self.takers.push((one, most.once, place));
        }
    }

    /// By how much the sum of all is too much: some are counted by what they may take off, and the others by the units that they may take. What each
    /// adds to the bound is made less, too.
    #[inline]
    fn too_much(&self, book: &CompiledBook, state: &State, mosts: &mut [i64]) -> i64 {
        if self.takers.len() < 2 {
            return 0;
        }
        let all: i64 = self.takers.iter().map(|(_, most, _)| most).fold(0, |sum, most| sum.saturating_add(*most));
        let worths = self.worths(book, state);
        let by_units = |by_units: &[bool]| {
            let counted = self.takers.iter().zip(by_units).filter(|(_, by_units)| !**by_units);
            let sum = counted.fold(0_i64, |sum, ((_, most, _), _)| sum.saturating_add(*most));
            worths.iter().fold(sum, |sum, (count, worth)| {
                let most = worth.iter().zip(by_units).filter(|(_, by_units)| **by_units).map(|(worth, _)| *worth).max();
                sum.saturating_add(most.unwrap_or(0).saturating_mul(*count))
            })
        };
        let mut chosen = vec![true; self.takers.len()];
        let mut least = by_units(&chosen);
        for at in 0..chosen.len() {
            chosen[at] = false;
            let without = by_units(&chosen);
            chosen[at] = without > least;
            least = least.min(without);
        }
        let least = least.min(all);
        for (_, most, place) in &self.takers {
            mosts[*place] = mosts[*place].min(least - (all - most).min(least));
        }
        all - least
    }

    /// Of each run of units that are free: how many, and what each of the promotions may make of one.
    #[inline]
    fn worths(&self, book: &CompiledBook, state: &State) -> Vec<(i64, Vec<i64>)> {
        let mut worths = Vec::new();
        for (line_at, line) in state.lines.iter().enumerate().filter(|(_, line)| line.discountable) {
            for (run_at, run) in line.runs.iter().enumerate().filter(|(_, run)| !run.taken) {
                let unit = Match { line: line_at, run: run_at, count: 1 };
                let worth = |(one, _, _): &(&Candidate, i64, usize)| {
                    let ready = &book.promotions[one.promotion];
                    ready.effect.in_set(state, &ready.terms, &unit)
                };
                worths.push((run.count, self.takers.iter().map(worth).collect()));
            }
        }
        worths
    }
}

/// What no discount brings a line below.
#[inline]
fn floor(line: &Line) -> i64 {
    (line.floor.max(0) * line.quantity).min(line.total())
}

/// A percentage is rounded once per line or once per unit, by half a minor unit at the most.
#[inline]
fn halves(book: &CompiledBook, line: &Line, class: usize) -> i64 {
    let by_unit = book.rounder.scope == Scope::Unit || class == 0;
    match (book.rounder.mode, by_unit) {
        (RoundingMode::Down, _) => 0,
        (_, true) => line.quantity,
        (_, false) if book.rounder.scope == Scope::Document => 2,
        _ => 1,
    }
}

/// What a candidate may take off at the most.
#[inline]
fn most_of(book: &CompiledBook, state: &State, one: &Candidate, prices_open: bool) -> Result<Most, Overflow> {
    let ready = &book.promotions[one.promotion];
    if prices_open && ready.effect.moves() {
        return Ok(Most::once(i64::MAX / 8));
    }
    let most = ready.effect.most(state, &ready.terms)?;
    Ok(if most.total() > one.allowed { Most::once(one.allowed) } else { most })
}

impl Offs {
    /// So many times as much.
    #[inline]
    fn add(&mut self, state: &State, most: &Most, twins: usize, halves: impl Fn(&Line) -> i64) {
        let times = i64::try_from(twins).unwrap_or(i64::MAX);
        self.shipping = self.shipping.saturating_add(most.shipping.saturating_mul(times));
        self.once = self.once.saturating_add(most.once.saturating_mul(times));
        let left = most.rate.map(|rate| {
            let (off, of) = (i128::from(rate.numerator()), i128::from(rate.denominator()));
            (0..twins).fold(ONE, |left, _| left * (of - off).max(0) / of)
        });
        for &(at, off) in &most.each {
            let line = &mut self.lines[at];
            let off = off.saturating_mul(times);
            line.sum = line.sum.saturating_add(off);
            match left {
                None => line.fixed = line.fixed.saturating_add(off),
                Some(left) => {
                    line.left = line.left * left / ONE;
                    line.halves = line.halves.saturating_add(halves(&state.lines[at]).saturating_mul(times));
                }
            }
        }
    }

    /// All of it.
    #[inline]
    fn total(&self) -> i64 {
        let lines = self.lines.iter().fold(0_i64, |sum, line| sum.saturating_add(line.sum));
        lines.saturating_add(self.shipping).saturating_add(self.once)
    }

    /// Of each the larger.
    #[inline]
    fn most(&mut self, other: &Self) {
        self.shipping = self.shipping.max(other.shipping);
        self.once = self.once.max(other.once);
        for (line, other) in self.lines.iter_mut().zip(&other.lines) {
            line.sum = line.sum.max(other.sum);
            line.left = line.left.min(other.left);
            line.fixed = line.fixed.max(other.fixed);
            line.halves = line.halves.max(other.halves);
        }
    }

    /// Both.
    #[inline]
    fn and(&mut self, other: &Self) {
        self.shipping = self.shipping.saturating_add(other.shipping);
        self.once = self.once.saturating_add(other.once);
        for (line, other) in self.lines.iter_mut().zip(&other.lines) {
            line.sum = line.sum.saturating_add(other.sum);
            line.left = line.left * other.left / ONE;
            line.fixed = line.fixed.saturating_add(other.fixed);
            line.halves = line.halves.saturating_add(other.halves);
        }
    }

    /// Two bounds hold for each line, and so does the higher: all amounts as if each came first, and all shares one of another.
    #[inline]
    fn low(&self, state: &State) -> Low {
        let line = |(line, off): (&Line, &Off)| {
            let total = line.total();
            let shares = i64::try_from(i128::from(total) * off.left / ONE).unwrap_or(0);
            let shared = shares.saturating_sub(off.fixed).saturating_sub(off.halves / 2 + off.halves % 2);
            total.saturating_sub(off.sum).max(shared).max(floor(line))
        };
        Low {
            lines: state.lines.iter().zip(&self.lines).map(line).collect(),
            shipping: state.shipping.as_ref().map_or(0, |one| (one.current - self.shipping).max(0)),
            once: self.once,
            floors: state.lines.iter().map(floor).sum(),
            most: Vec::new(),
        }
    }
}
