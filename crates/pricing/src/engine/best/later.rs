//! What the classes after price and product do with what those leave: so that of each component only what may matter is kept.

use super::{
    bound::{Low, ONE},
    open::{Candidate, Open},
    parts::Part,
    turns::{self, Turn},
};
use crate::{
    CompiledBook,
    benefit::{ByValue, Tier, left_after},
    book::{Matcher, Scope},
    engine::{Line, State},
};
use money::{Overflow, Ratio, RoundingMode};

/// Ranges of values are told this finely, in minor units.
const FINE: i64 = 32;
/// So many ranges are looked at, and no more.
const LOOKED_AT_MAX: usize = 400;

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
    turns: Vec<Turn<'b>>,
    /// True if no line may come to cost what no discount goes below, and every line takes discounts: then amounts are taken off in full.
    open: bool,
    /// The tax on top, where prices hold none.
    tax: Option<LeastTax>,
}

impl<'b> Later<'b> {
    #[inline]
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
        later.tax = (!tax_included).then(|| LeastTax::of(book, state));
        later.open = !low.is_at_the_bottom(state) && state.lines.iter().all(|line| line.discountable);
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

    #[inline]
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
        let by_value = if moves { None } else { ready.effect.by_value(state, &ready.terms) };
        let exact = self.open && by_value.is_some();
        let by_value_only = one.asks.iter().all(|&at| ready.conditions[at].needs() > 0);
        let told = by_value_only && !moves && (by_value.is_some() || turns::is_of_shipping(one.class));
        let gives = by_value.unwrap_or_else(|| match most.rate {
            Some(rate) if !moves => ByValue::Tiers(vec![Tier { from: 0, off: most.shipping, left: left_after(rate) }]),
            _ => ByValue::amount(all.min(one.allowed)),
        });
        let (class, cents) = (one.class, self.cents_of_all(book, state));
        self.turns.push(Turn { class, needs, gives, most: all.min(one.allowed), cents, exact, told, group: one.group });
        Ok(())
    }

    /// By how many minor units rounding may miss a share of all goods.
    #[inline]
    fn cents_of_all(&self, book: &CompiledBook, state: &State) -> i64 {
        let roundings = match book.rounder.scope {
            Scope::Unit => state.lines.iter().map(|line| line.quantity).sum(),
            Scope::Line => i64::try_from(state.lines.len()).unwrap_or(i64::MAX / 8),
            Scope::Document => 2,
        };
        if book.rounder.mode == RoundingMode::Down { roundings } else { roundings / 2 + 1 }
    }

    /// True if a part's lines are all treated alike.
    #[inline]
    pub(super) fn is_even(&self, book: &CompiledBook, state: &State, part: &Part) -> bool {
        let lines = || part.lines.iter().map(|&at| &state.lines[at]).filter(|line| line.discountable);
        let alike =
            |of: &&Matcher| lines().all(|line| of.could_match(line)) || !lines().any(|line| of.could_match(line));
        let first = lines().next().map(|line| line.tax);
        let taxed = lines().all(|line| first.is_some_and(|tax| line.tax.equals(tax)));
        self.kept > 0 && self.selectors.iter().all(alike) && (book.document().tax.included || taxed)
    }

    /// The cents that may depend on how the same value is spread over lines.
    #[inline]
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
    #[inline]
    pub(super) fn surely(&self, by: i64, cents: i64) -> bool {
        let steps = self.steps.iter().map(|(off, each)| i128::from(*off) * i128::from(by / each + 1));
        let lost = i128::from(cents) + i128::from(self.lost) + steps.sum::<i128>();
        lost == 0 || (i128::from(by) * self.kept >= lost * ONE)
    }

    /// Up to which value, `from` at the least and `to` at the most, goods may come to less than `owed`; none if nothing may.
    #[inline]
    pub(super) fn reach(&self, state: &State, from: i64, to: i64, owed: i64) -> Vec<(i64, i64)> {
        let mut open = vec![(from, to)];
        let mut alive: Vec<(i64, i64)> = Vec::new();
        let mut looked_at = 0;
        while let Some((from, to)) = open.pop() {
            looked_at += 1;
            if self.least(state, from, to) >= owed {
                continue;
            }
            if to - from <= FINE || looked_at > LOOKED_AT_MAX {
                match alive.last_mut() {
                    Some(last) if last.1 + 1 == from => last.1 = to,
                    _ => alive.push((from, to)),
                }
                continue;
            }
            let middle = from + (to - from) / 2;
            open.push((middle + 1, to));
            open.push((from, middle));
        }
        alive
    }

    /// The least that can be owed for goods that are worth between `from` and `to`, shipping included.
    #[inline]
    pub(super) fn least(&self, state: &State, from: i64, to: i64) -> i64 {
        let shipping = state.shipping.as_ref().map_or(0, |one| one.current);
        self.with_tax(turns::least(self.turns.iter(), from, to, shipping))
    }

    /// The greatest value, `from` at the least and `to` at the most, of which goods may come to less than `owed`; none if nothing may.
    #[inline]
    pub(super) fn last(&self, state: &State, from: i64, to: i64, owed: i64) -> Option<i64> {
        let mut open = vec![(from, to)];
        while let Some((from, to)) = open.pop() {
            if self.least(state, from, to) >= owed {
                continue;
            }
            if to - from <= FINE {
                return Some(to);
            }
            let middle = from + (to - from) / 2;
            open.push((from, middle));
            open.push((middle + 1, to));
        }
        None
    }

    /// The least that can be owed for goods and shipping of these values, of the candidates that are open.
    #[inline]
    pub(super) fn least_of(&self, (goods, shipping): (i64, i64), open: &Open, class: usize) -> i64 {
        self.least_open((goods, goods), shipping, open, class)
    }

    #[inline]
    fn least_open(&self, (from, to): (i64, i64), shipping: i64, open: &Open, class: usize) -> i64 {
        let open = self.turns.iter().enumerate().filter(|(at, turn)| open.has(*at) && turn.class >= class);
        self.with_tax(turns::least(open.map(|(_, turn)| turn), from, to, shipping))
    }

    /// The least that can be owed where goods and shipping come to so much before tax.
    #[inline]
    fn with_tax(&self, net: i64) -> i64 {
        net.saturating_add(self.tax.map_or(0, |tax| tax.on(net)))
    }

    /// What about a candidate's turn leaves of the goods at the least, and the least that can then be owed if these are open.
    #[inline]
    pub(super) fn promise(&self, state: &State, at: usize, open: &Open, class: usize) -> (i64, i64) {
        let (goods, shipping) = (state.goods(), state.shipping.as_ref().map_or(0, |one| one.current));
        let (left, shipping) = self.turns[at].leaves(goods, shipping);
        (left + shipping, self.least_open((left, goods), shipping, open, class))
    }

    /// True if all that the open candidates may do is told by the cart's value.
    #[inline]
    pub(super) fn tells_all(&self, open: &Open) -> bool {
        self.turns.iter().enumerate().all(|(at, turn)| turn.told || !open.has(at))
    }

    /// By how many minor units roundings may miss what is told by value.
    #[inline]
    pub(super) fn noise(&self) -> i64 {
        let cents = self.turns.iter().filter(|turn| turn.is_share()).map(|turn| 2 * turn.cents + 1);
        cents.fold(0, i64::saturating_add)
    }

    /// True if ways of the same worth come to the same in the end, for a part whose lines are all treated alike.
    #[inline]
    pub(super) fn is_smooth(&self, book: &CompiledBook) -> bool {
        self.rounds == 0 && !self.picks && book.document().tax.included
    }
}

/// The least that tax on top may come to, however an amount is spread over lines.
#[derive(Clone, Copy, Debug)]
struct LeastTax {
    /// The least rate of all.
    rate: Ratio,
    /// How much less than the rate's share of the whole it may be, since it is rounded line by line or unit by unit.
    cents: i64,
}

impl LeastTax {
    #[inline]
    fn of(book: &CompiledBook, state: &State) -> Self {
        let shipping = state.shipping.as_ref().map(|one| one.tax);
        let mut rates: Vec<Ratio> = Vec::new();
        for rate in state.lines.iter().map(|line| line.tax).chain(shipping) {
            if !rates.iter().any(|known| known.equals(rate)) {
                rates.push(rate);
            }
        }
        let count = |of: usize| i64::try_from(of).unwrap_or(i64::MAX / 8);
        let sent = i64::from(shipping.is_some());
        let roundings = match book.rounder.scope {
            Scope::Unit => sent + state.lines.iter().map(|line| line.quantity).sum::<i64>(),
            Scope::Line => sent + count(state.lines.len()),
            Scope::Document => count(rates.len()),
        };
        // Each takes less than one minor unit away, or half of one; together with what the bound itself is rounded down by.
        let cents = if book.rounder.mode == RoundingMode::Down { (roundings - 1).max(0) } else { roundings / 2 };
        let least = rates.into_iter().reduce(|least, rate| if least.is_more_than(rate) { rate } else { least });
        Self { rate: least.unwrap_or(Ratio::ZERO), cents }
    }

    #[inline]
    fn on(self, net: i64) -> i64 {
        let tax = i128::from(net) * i128::from(self.rate.numerator()) / i128::from(self.rate.denominator());
        i64::try_from(tax).unwrap_or(i64::MAX / 8).saturating_sub(self.cents).max(0)
    }
}
