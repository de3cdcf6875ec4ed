//! Carts without a choice: every promotion that may come takes from lines of its own, whatever the others do. Then each is applied, and nothing has to be
//! searched: to leave one out only makes the cart dearer. Most baskets of a shop are of this kind.

use super::{Step, open};
use crate::{
    CompiledBook,
    book::Combine,
    engine::{Match, State},
};
use money::Overflow;

/// The steps of the best way, in the order in which the search would tell them; none if there may be a choice.
#[inline]
pub(super) fn simple(book: &CompiledBook, state: &State, usable: &[usize]) -> Result<Option<Vec<Step>>, Overflow> {
    // Where tax comes on top, what is owed is more than the sum of lines: that is left to the search.
    if !book.document().tax.included {
        return Ok(None);
    }
    let mut taken = vec![false; state.lines.len()];
    let mut units: Vec<(usize, Option<Vec<Match>>)> = Vec::with_capacity(usable.len());
    for &one in usable {
        let alone = if is_free(book, state, one) { takes_alone(book, state, one, &mut taken) } else { None };
        let Some(of_one) = alone else { return Ok(None) };
        units.push((one, of_one));
    }
    let mut steps = Vec::with_capacity(usable.len());
    for one in open::candidates(book, state, usable) {
        if one.allowed < i64::MAX {
            return Ok(None);
        }
        let ready = &book.promotions[one.promotion];
        let of_one = units.iter_mut().find(|(promotion, _)| *promotion == one.promotion);
        let plan = match of_one.and_then(|(_, units)| units.take()) {
            Some(units) => ready.effect.exactly(state, &ready.terms, units)?,
            None => ready.effect.plan(state, &ready.terms)?,
        };
        if plan.total() > 0 {
            steps.push(Step { promotion: one.promotion, plan });
        }
    }
    Ok(Some(steps))
}

/// True if the promotion is applied or not for reasons that no other promotion changes, and in one way only.
#[inline]
fn is_free(book: &CompiledBook, state: &State, one: usize) -> bool {
    let ready = &book.promotions[one];
    let beside_all = ready.combine == Combine::Stack && ready.combines_with == u8::MAX;
    beside_all
        && book.promotion(one).coupon.is_none()
        && ready.effect.is_plain()
        && ready.conditions.iter().all(|condition| {
            let mut looks = false;
            condition.looks_at(&mut |_| looks = true);
            !looks && !condition.moves() && condition.check(state).is_none()
        })
}

/// The units that the promotion means, where it can be narrowed to them and need not look for them again; its lines are marked. Nothing if another
/// promotion before it may take from them.
#[inline]
fn takes_alone(book: &CompiledBook, state: &State, one: usize, taken: &mut [bool]) -> Option<Option<Vec<Match>>> {
    let effect = &book.promotions[one].effect;
    let (mut alone, mut looks, mut units) = (true, 0, Vec::new());
    effect.looks_at(&mut |of| {
        looks += 1;
        for at in state.lines.named(of) {
            let line = &state.lines[at];
            if line.discountable && of.could_match(line) {
                alone &= !std::mem::replace(&mut taken[at], true);
                units.extend(line.runs.iter().zip(0..).map(|(run, place)| Match {
                    line: at,
                    run: place,
                    count: run.count,
                }));
            }
        }
    });
    // A selector that asks for prices may mean units later that it does not mean now.
    let told = looks == 1 && effect.by_units() && !effect.moves();
    alone.then(|| told.then_some(units))
}
