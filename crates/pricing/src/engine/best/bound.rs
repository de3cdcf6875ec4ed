//! How little a shopper could still come to pay.

use super::open::{Candidate, Open};
use crate::{
    CompiledBook,
    benefit::Most,
    book::Scope,
    engine::{State, apply},
};
use money::Overflow;

/// Factors are kept in billionths, rounded down.
const ONE: i128 = 1_000_000_000;

/// What is left of each line, and what may be taken off beside that.
struct Left {
    lines: Vec<i128>,
    shipping: i128,
    amount: i64,
    /// Roundings that may each take off less than one minor unit more.
    roundings: i64,
}

/// A lower bound of goods and shipping together over all that may still come: no legal way from here costs less.
pub(super) fn lowest(
    book: &CompiledBook,
    state: &State,
    candidates: &[Candidate],
    open: &Open,
    class: usize,
) -> Result<i64, Overflow> {
    let mut left = Left { lines: vec![ONE; state.lines.len()], shipping: ONE, amount: 0, roundings: 0 };
    let mut at = 0;
    while at < candidates.len() {
        at += 1;
        let one = &candidates[at - 1];
        if !open.has(at - 1) || one.class < class || apply::hopeless(book, state, one.promotion, class == 0) {
            continue;
        }
        let most = most_of(book, state, one, class == 0)?;
        left.take(book, state, &most)?;
    }
    Ok(left.sum(state))
}

/// What a candidate may take off at the most.
fn most_of<'b>(
    book: &'b CompiledBook,
    state: &State,
    one: &Candidate,
    prices_open: bool,
) -> Result<Most<'b>, Overflow> {
    let ready = &book.promotions[one.promotion];
    if prices_open && ready.effect.moves() {
        return Ok(Most::amount(i64::MAX / 4));
    }
    let most = ready.effect.most(state, &ready.terms)?;
    let cap = apply::allowed(book, state, one.promotion);
    Ok(if cap < i64::MAX && most.rate.is_zero() { Most::amount(most.amount.min(cap)) } else { most })
}

impl Left {
    fn take(&mut self, book: &CompiledBook, state: &State, most: &Most) -> Result<(), Overflow> {
        self.amount = self.amount.saturating_add(most.amount);
        if most.rate.is_zero() {
            return Ok(());
        }
        let (off, of) = (i128::from(most.rate.numerator()), i128::from(most.rate.denominator()));
        let cut = |left: i128| left * (of - off).max(0) / of;
        let mut units = 0;
        for (line, left) in state.lines.iter().zip(&mut self.lines).filter(|(line, _)| line.discountable) {
            let matching: i64 = line.runs.iter().filter(|run| most.of.matches(line, run)).map(|run| run.count).sum();
            if matching > 0 {
                *left = cut(*left);
                units += if book.rounder.scope == Scope::Unit { matching } else { 1 };
            }
        }
        if most.shipping {
            self.shipping = cut(self.shipping);
            units += 1;
        }
        self.roundings = self.roundings.saturating_add(units);
        Ok(())
    }

    fn sum(&self, state: &State) -> i64 {
        let line = |(line, left): (&super::super::Line, &i128)| {
            let floor = i128::from(line.floor.max(0)) * i128::from(line.quantity);
            let total = i128::from(line.total());
            (total * left / ONE).max(floor.min(total))
        };
        let goods: i128 = state.lines.iter().zip(&self.lines).map(line).sum();
        let shipping = state.shipping.as_ref().map_or(0, |one| i128::from(one.current) * self.shipping / ONE);
        let floors: i128 = state
            .lines
            .iter()
            .map(|line| (i128::from(line.floor.max(0)) * i128::from(line.quantity)).min(i128::from(line.total())))
            .sum();
        let lowest = goods + shipping - i128::from(self.amount) - i128::from(self.roundings);
        i64::try_from(lowest.max(floors)).unwrap_or(i64::MAX)
    }
}
