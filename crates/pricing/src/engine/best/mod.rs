//! The best price: which promotions apply, in which order inside their class, and to which units, so that the shopper pays least.
//! Source of the rule: "The best price, proved" of the design, `docs` in the crate's root.
//!
//! An exact search with bounds. The work is counted in nodes and never in time, so every machine stops at the same place; what could still
//! be missing then is told.

mod bound;
mod open;
mod search;

use super::{apply, plan::Plan, state::State};
use crate::{CompiledBook, book::Combine};
use money::Overflow;

pub(super) use open::CLASSES;
pub(super) use search::Found;

/// The work that is done for one cart at the most.
pub(super) const NODES_MAX: u32 = 20_000;

/// The cheapest legal way to apply the candidates, from first to last.
pub(super) fn best(book: &CompiledBook, state: &State, candidates: &[usize]) -> Result<Found, Overflow> {
    let usable: Vec<usize> =
        candidates.iter().copied().filter(|&one| !apply::hopeless(book, state, one, true)).collect();
    let (alone, others): (Vec<usize>, Vec<usize>) =
        usable.into_iter().partition(|&one| book.promotions[one].combine == Combine::Exclusive);
    let mut search = search::Search::new(book, others, NODES_MAX);
    search.alone(state, &alone)?;
    search.run(state)
}

/// What the shopper owes before points.
pub(super) fn owed(book: &CompiledBook, state: &State) -> Result<i64, Overflow> {
    let goods = state.goods() + state.shipping.as_ref().map_or(0, |one| one.current);
    if book.document().tax.included {
        return Ok(goods);
    }
    let taxes = super::tax::taxes(state, book.rounder, false)?;
    let tax = taxes.lines.iter().try_fold(taxes.shipping, |sum, tax| sum.checked_add(*tax)).ok_or(Overflow)?;
    goods.checked_add(tax).ok_or(Overflow)
}

/// One promotion's turn.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) promotion: usize,
    pub(super) plan: Plan,
}
