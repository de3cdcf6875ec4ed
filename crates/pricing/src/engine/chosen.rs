//! Applies what the search for the best price found, and says why the others gave nothing.

use super::{
    apply::{Outcome, attempt, bar, blocked, group_of, is_grouped},
    best, missed,
    state::State,
};
use crate::{CompiledBook, book::Combine};
use money::Overflow;

/// Applies what the search found. What takes nothing off is no part of the search: gifts and points come as soon as their class does.
#[inline]
pub(super) fn chosen(book: &CompiledBook, state: &mut State, candidates: &[usize]) -> Result<Outcome, Overflow> {
    let found = best::best(book, state, candidates)?;
    let mut outcome = Outcome::default();
    outcome.gap = Some(found.gap);
    let alone = found.steps.iter().any(|step| book.promotions[step.promotion].combine == Combine::Exclusive);
    let standing_alone = candidates.iter().any(|&one| book.promotions[one].combine == Combine::Exclusive);
    let taken: Vec<usize> = found.steps.iter().map(|step| step.promotion).collect();
    let mut steps = found.steps.into_iter().peekable();
    let mut left: Vec<usize> = candidates.to_vec();
    let mut seen: Vec<(State, Vec<usize>)> = Vec::with_capacity(best::CLASSES.len());
    for class in best::CLASSES {
        let of_class = |one: &usize| book.promotions[*one].terms.class == class;
        let (now, later): (Vec<usize>, Vec<usize>) = left.into_iter().partition(of_class);
        left = later;
        if now.is_empty() {
            continue;
        }
        // Of those that have their turn nothing is asked afterwards.
        let before = now.iter().any(|one| standing_alone || !taken.contains(one)).then(|| state.clone());
        if !alone {
            extras(book, state, &now, &taken, false, &mut outcome)?;
        }
        while let Some(step) = steps.next_if(|step| of_class(&step.promotion)) {
            outcome.give(book, state, step.promotion, step.plan);
        }
        if !alone {
            extras(book, state, &now, &taken, true, &mut outcome)?;
        }
        seen.extend(before.map(|before| (before, now)));
    }
    for (before, now) in &seen {
        passed_over(book, &seen[0].0, before, now, &mut outcome)?;
    }
    Ok(outcome)
}

/// Gifts and points of a class that combine with all that take money off, `taken`: those in no group, or of each group that gave nothing yet the
/// first.
#[inline]
fn extras(
    book: &CompiledBook,
    state: &mut State,
    now: &[usize],
    taken: &[usize],
    grouped: bool,
    outcome: &mut Outcome,
) -> Result<(), Overflow> {
    // What takes money off gives nothing else.
    for &one in now.iter().filter(|&&one| !book.promotions[one].effect.is_money() && grouped == is_grouped(book, one)) {
        let group = group_of(book, one, now);
        let used =
            outcome.given.iter().any(|given| given.promotion == one || (grouped && group.contains(&given.promotion)));
        let exclusive = book.promotions[one].combine == Combine::Exclusive;
        let given = outcome.given.iter().map(|given| given.promotion);
        let barred = given.chain(taken.iter().copied()).any(|other| bar(book, one, other).is_some());
        if used || exclusive || barred || blocked(book, state, one).is_some() {
            continue;
        }
        let ready = &book.promotions[one];
        let plan = ready.effect.plan(state, &ready.terms)?;
        if plan.total() == 0 && !plan.is_empty() {
            outcome.give(book, state, one, plan);
        }
    }
    Ok(())
}

/// Says of those of a class that gave nothing why: seen from the beginning of the class, so that what was cheaper is not blamed on them. One
/// that stands alone is seen from the `first` state of all, in which it would have had its turn.
#[inline]
fn passed_over(
    book: &CompiledBook,
    first: &State,
    before: &State,
    now: &[usize],
    outcome: &mut Outcome,
) -> Result<(), Overflow> {
    for &one in now {
        if outcome.given.iter().any(|given| given.promotion == one) {
            continue;
        }
        let from = if book.promotions[one].combine == Combine::Exclusive { first } else { before };
        let reason = match attempt(book, from, one)? {
            Err(reason) => reason,
            Ok(plan) => {
                let barred = outcome.given.iter().find_map(|given| bar(book, one, given.promotion));
                barred.unwrap_or_else(|| missed::left_out(book, from, one, &plan, &outcome.given))
            }
        };
        outcome.miss(book, before, one, reason);
    }
    Ok(())
}
