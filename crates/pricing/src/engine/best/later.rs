//! What the classes after price and product do with what those leave: so that of each component only what may matter is kept.

use super::{
    bound::{Low, ONE},
    open::Candidate,
    parts::Part,
};
use crate::{
    CompiledBook,
    book::{Matcher, Scope},
    engine::{Line, State},
};
use money::Overflow;

/// What the later classes do with a cheaper cart.
#[derive(Debug, Default)]
pub(super) struct Later<'b> {
    /// True if nothing follows that could change anything.
    pub(super) idle: bool,
    /// What is left in the end of a minor unit saved before, in billionths.
    kept: i128,
    /// What a cheaper cart may lose at the most: promotions whose conditions may come to fail.
    lost: i64,
    /// What it may lose each time that its value falls by so much.
    steps: Vec<(i64, i64)>,
    /// How often each line is rounded.
    rounds: i64,
    /// True if a line's share depends on the other lines.
    spreads: bool,
    /// True if single units are picked by their price.
    pub(super) picks: bool,
    /// The selectors that ask for some lines and not for others.
    selectors: Vec<&'b Matcher>,
    /// Each promotion as a function of the cart's value.
    turns: Vec<Turn>,
}

/// A promotion: from which value on, what share, and how much.
#[derive(Clone, Copy, Debug)]
struct Turn {
    needs: i64,
    left: i128,
    amount: i64,
}

impl<'b> Later<'b> {
    pub(super) fn of(
        book: &'b CompiledBook,
        state: &State,
        list: &[Candidate<'b>],
        early: &[Candidate],
        low: &Low,
        prices_open: bool,
    ) -> Result<Self, Overflow> {
        let tax_included = book.document().tax.included;
        let document = book.rounder.scope == Scope::Document;
        let mut later = Self { idle: list.is_empty() && (tax_included || !document), kept: ONE, ..Self::default() };
        later.rounds += i64::from(!tax_included);
        if low.is_at_the_bottom(state) {
            later.kept = 0;
        }
        for one in list {
            let barred =
                early.iter().any(|other| !book.promotions[other.promotion].combines(&book.promotions[one.promotion]));
            later.add(book, state, one, prices_open, barred)?;
        }
        Ok(later)
    }

    fn add(
        &mut self,
        book: &'b CompiledBook,
        state: &State,
        one: &Candidate<'b>,
        prices_open: bool,
        barred: bool,
    ) -> Result<(), Overflow> {
        let ready = &book.promotions[one.promotion];
        let (most, manner) = (ready.effect.most(state, &ready.terms)?, ready.effect.manner(state, &ready.terms)?);
        let all = most.each.iter().map(|(_, off)| off).sum::<i64>() + most.once + most.shipping;
        let capped = one.allowed < all;
        let first = self.selectors.len();
        ready.effect.looks_at(&mut |of| self.selectors.push(of));
        one.asks.iter().for_each(|&at| ready.conditions[at].looks_at(&mut |of| self.selectors.push(of)));
        let moves = prices_open && self.selectors[first..].iter().any(|of| of.moves());
        let all = if moves { i64::MAX / 8 } else { all };
        let share = most
            .rate
            .map_or(ONE, |rate| ONE - (ONE * i128::from(rate.numerator()) / i128::from(rate.denominator())).min(ONE));
        let left = if capped { ONE } else { share };
        let unsettled = !one.asks.is_empty() || moves || barred;
        // What is no share of a line's price may find less room where a unit is cheaper.
        let fixed = !most.each.is_empty() && most.rate.is_none();
        match manner.jumps {
            _ if fixed => self.lost = self.lost.saturating_add(all.min(one.allowed)),
            Some((off, each)) if each > 0 && !unsettled && !capped => self.steps.push((off, each)),
            None if !unsettled => self.kept = self.kept * share / ONE,
            _ => self.lost = self.lost.saturating_add(all.min(one.allowed)),
        }
        self.rounds += i64::from(manner.rounds);
        self.spreads |= manner.spreads || capped;
        self.picks |= manner.picks;
        let needs = one.asks.iter().map(|&at| ready.conditions[at].needs()).max().unwrap_or(0);
        self.turns.push(Turn { needs, left, amount: if left < ONE { most.shipping } else { all.min(one.allowed) } });
        Ok(())
    }

    /// True if a part's lines are all treated alike.
    pub(super) fn is_even(&self, book: &CompiledBook, state: &State, part: &Part) -> bool {
        let lines = || part.lines.iter().map(|&at| &state.lines[at]).filter(|line| line.discountable);
        let alike =
            |of: &&Matcher| lines().all(|line| of.could_match(line)) || !lines().any(|line| of.could_match(line));
        let first = lines().next().map(|line| line.tax);
        let taxed = lines().all(|line| first.is_some_and(|tax| line.tax.equals(tax)));
        self.kept > 0 && self.selectors.iter().all(alike) && (book.document().tax.included || taxed)
    }

    /// The cents that may depend on how the same value is spread over lines.
    pub(super) fn cents(&self, book: &CompiledBook, state: &State, part: &Part) -> i64 {
        let by_unit = book.rounder.scope == Scope::Unit;
        let weight = |line: &Line| if by_unit { line.quantity } else { 1 };
        let lines: i64 = if self.spreads {
            state.lines.iter().map(weight).sum()
        } else if part.lines.len() == 1 && !by_unit {
            0
        } else {
            part.lines.iter().map(|&at| weight(&state.lines[at])).sum()
        };
        self.rounds.saturating_mul(lines)
    }

    /// True if a part that is cheaper by `by` is surely no worse in the end.
    pub(super) fn surely(&self, by: i64, cents: i64) -> bool {
        let steps = self.steps.iter().map(|(off, each)| i128::from(*off) * i128::from(by / each + 1));
        let lost = i128::from(cents) + i128::from(self.lost) + steps.sum::<i128>();
        lost == 0 || (i128::from(by) * self.kept >= lost * ONE)
    }

    /// Whatever is dearer by more than this is surely no better in the end.
    pub(super) fn margin(&self, cents: i64) -> i64 {
        let once = self.steps.iter().map(|(off, _)| off).sum::<i64>();
        let lost = i128::from(cents.saturating_add(self.lost).saturating_add(once));
        let slope = self.steps.iter().map(|(off, each)| ONE * i128::from(*off) / i128::from(*each) + 1).sum::<i128>();
        match self.kept - slope {
            _ if lost == 0 => 0,
            kept if kept <= 0 => i64::MAX / 8,
            kept => i64::try_from(lost * ONE / kept + 1).unwrap_or(i64::MAX / 8),
        }
    }

    /// The least that can be owed for goods that are worth between `from` and `to`, shipping included.
    pub(super) fn least(&self, book: &CompiledBook, state: &State, from: i64, to: i64) -> i64 {
        let needs = self.turns.iter().map(|turn| turn.needs).filter(|needs| *needs > from && *needs <= to);
        needs.chain([from]).map(|value| self.least_at(book, state, value)).min().unwrap_or(0)
    }

    fn least_at(&self, book: &CompiledBook, state: &State, value: i64) -> i64 {
        let lines: i64 = if book.rounder.scope == Scope::Unit {
            state.lines.iter().map(|line| line.quantity).sum()
        } else {
            i64::try_from(state.lines.len()).unwrap_or(i64::MAX)
        };
        let (mut left, mut amount) = (ONE, self.rounds.saturating_mul(lines));
        for turn in self.turns.iter().filter(|turn| turn.needs <= value) {
            left = left * turn.left / ONE;
            amount = amount.saturating_add(turn.amount);
        }
        let shipping = state.shipping.as_ref().map_or(0, |one| one.current);
        let goods = i64::try_from(i128::from(value) * left / ONE).unwrap_or(i64::MAX / 8);
        let least = (goods + shipping).saturating_sub(amount).max(0);
        if book.document().tax.included { least } else { with_least_tax(state, least) }
    }
}

/// The least rate of tax on top.
fn with_least_tax(state: &State, net: i64) -> i64 {
    let taxed = |rate: money::Ratio| i128::from(net) * i128::from(rate.numerator()) / i128::from(rate.denominator());
    let rates = state.lines.iter().map(|line| line.tax).chain(state.shipping.as_ref().map(|one| one.tax));
    let tax = rates.map(taxed).min().unwrap_or(0);
    net.saturating_add(i64::try_from(tax).unwrap_or(i64::MAX / 8))
}
