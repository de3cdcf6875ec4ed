//! The best price: which promotions apply, in which order inside their class, and to which units, so that the shopper pays least.
//! Source of the rule: "The best price, proved" of the design, see `docs` in the crate's root.
//!
//! An exact search. Promotions of the classes price and product are split into components that share no line ([`parts`]); of each component only
//! the ways are kept that may matter to the classes after it ([`later`]); then these are put together and the later classes are searched
//! ([`whole`]). Every search is depth first with bounds ([`bound`]) and visits no state twice ([`search`]). The work is counted in nodes and
//! never in time, so every machine stops at the same place; what could still be missing then is told.

mod bound;
mod joint;
mod kept;
mod later;
mod links;
mod listed;
mod memory;
mod next;
mod open;
mod parts;
mod search;
mod simple;
mod sums;
mod trail;
mod turns;
mod whole;

use super::{apply, plan::Plan, state::State};
use crate::{CompiledBook, book::Combine};
use kept::Keep;
use money::Overflow;
use search::{Search, Task};

pub(crate) use bound::Low;
pub(super) use open::CLASSES;

/// The work that is done for one cart at the most, see [`Work`].
const WORK_MAX: u32 = 60_000;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) steps: Vec<Step>,
    /// How much less the shopper could have to pay at the most; 0 if the way that was found is proved to be the best.
    pub(super) gap: i64,
}

/// One promotion's turn.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) promotion: usize,
    pub(super) plan: Plan,
}

/// The work that is left. A node counts about an eighth of the times that one of its candidates looks at one of its lines.
#[derive(Debug)]
struct Work(u32);

impl Work {
    /// What a cart may cost.
    #[inline]
    fn full() -> Self {
        Self(WORK_MAX)
    }

    /// The work of a node.
    #[inline]
    fn of_node(state: &State, candidates: usize) -> usize {
        (state.lines.len().max(4) * (candidates + 4)).div_ceil(8)
    }

    #[inline]
    fn count(&mut self, work: usize) {
        self.0 = self.0.saturating_sub(u32::try_from(work).unwrap_or(u32::MAX));
    }

    #[inline]
    fn is_done(&self) -> bool {
        self.0 == 0
    }
}

/// A complete way: what is owed, the codes spent, and the steps.
#[derive(Clone, Debug)]
struct Way {
    owed: i64,
    coupons: usize,
    steps: Vec<Step>,
}

/// The cheapest legal way to apply the candidates, from first to last.
#[inline]
pub(super) fn best(book: &CompiledBook, state: &State, candidates: &[usize]) -> Result<Found, Overflow> {
    let takes_part = |&one: &usize| book.promotions[one].effect.is_money() && !apply::hopeless(book, state, one, true);
    let usable: Vec<usize> = candidates.iter().copied().filter(takes_part).collect();
    if let Some(steps) = simple::simple(book, state, &usable)? {
        return Ok(Found { steps, gap: 0 });
    }
    let (alone, others): (Vec<usize>, Vec<usize>) =
        usable.iter().partition(|&&one| book.promotions[one].combine == Combine::Exclusive);
    let mut work = Work::full();
    let (mut way, mut least) = whole::search(book, state, &others, &mut work)?;
    for one in open::candidates(book, state, &alone) {
        let list = [one];
        let answer = Search::new(whole_cart(book, state, &list, &way, false), &mut work).run(state.clone())?;
        least = least.min(answer.unseen);
        way = answer.first().unwrap_or(way);
    }
    if least < way.owed {
        way = better(way, listed::listed(book, state, &others)?);
        let list = open::candidates(book, state, &others);
        let task = whole_cart(book, state, &list, &way, true);
        way = Search::new(task, &mut Work::full()).run(state.clone())?.first().unwrap_or(way);
    }
    Ok(Found { gap: way.owed.saturating_sub(least).max(0), steps: way.steps })
}

/// A search through all classes for a way that is better than a known one; `plain` if promotions take the units of their pinned meaning.
#[inline]
fn whole_cart<'t, 'b>(
    book: &'b CompiledBook,
    state: &State,
    candidates: &'t [open::Candidate<'b>],
    known: &Way,
    plain: bool,
) -> Task<'t, 'b> {
    Task {
        book,
        candidates,
        until: CLASSES.len(),
        keep: Keep::Near(0),
        owed: true,
        contested: vec![false; state.lines.len()],
        plain,
        barred: Vec::new(),
        later: None,
        known: Some((known.owed, known.coupons)),
    }
}

/// The cheaper of two ways; of equally cheap ones, the one that spends fewer codes, and then the first.
#[inline]
fn better(one: Way, other: Way) -> Way {
    if (other.owed, other.coupons) < (one.owed, one.coupons) { other } else { one }
}

/// What the shopper owes before points.
#[inline]
fn owed(book: &CompiledBook, state: &State) -> Result<i64, Overflow> {
    let goods = state.goods() + state.shipping.as_ref().map_or(0, |one| one.current);
    if book.document().tax.included {
        return Ok(goods);
    }
    let taxes = super::tax::taxes(state, book.rounder, false)?;
    let tax = taxes.lines.iter().try_fold(taxes.shipping, |sum, tax| sum.checked_add(*tax)).ok_or(Overflow)?;
    goods.checked_add(tax).ok_or(Overflow)
}
