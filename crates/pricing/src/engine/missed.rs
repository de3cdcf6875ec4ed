//! Why a promotion that had its turn, or could have had it, gives nothing.

use super::{apply::Given, plan::Plan, state::State};
use crate::{
    CompiledBook, Text,
    book::{Combine, Matcher},
    trace::Reason,
};

/// Its conditions hold and its rule finds nothing to take off.
pub(super) fn nothing(book: &CompiledBook, state: &State, one: usize) -> Reason {
    let effect = &book.promotions[one].effect;
    let (mut looks, mut finds) = (false, false);
    effect.looks_at(&mut |of: &Matcher| {
        looks = true;
        finds |= state.lines.iter().any(|line| line.discountable && of.could_match(line));
    });
    let own = effect.why_nothing(state);
    match effect.next(state) {
        _ if own != Reason::NothingLeft => own,
        _ if looks && !finds => Reason::NothingMatches,
        Some((need, _)) => Reason::Incomplete { need },
        None => Reason::NothingLeft,
    }
}

/// It could have given `plan`, and the engine chose others. Names the one that stands in its way, where there is one alone.
pub(super) fn left_out(book: &CompiledBook, state: &State, one: usize, plan: &Plan, given: &[Given]) -> Reason {
    let name = |given: &Given| book.promotion(given.promotion).name.clone();
    let lost = |rival: &Given| Reason::LostTo {
        promotion: book.promotion(rival.promotion).id.clone(),
        name: name(rival),
        by: (rival.amount - plan.total()).max(0),
    };
    let without = |rival: Option<Text>, by: i64| Reason::BetterWithout { rival, by };
    let excludes = |given: &&Given| book.promotions[given.promotion].combine == Combine::Exclusive;
    if let Some(rival) = given.iter().find(|given| excludes(given) || is_of_group(book, given.promotion, one)) {
        return lost(rival);
    }
    if book.promotions[one].combine == Combine::Exclusive {
        let others = given.iter().map(|given| given.amount).sum::<i64>();
        return match given {
            [] => Reason::NothingLeft,
            [rival] => lost(rival),
            _ => without(None, (others - plan.total()).max(0)),
        };
    }
    let mut near = given.iter().filter(|given| meets(state, book, given.promotion, plan));
    match (near.next(), near.next()) {
        (Some(rival), None) => without(Some(name(rival)), 0),
        (None, _) if given.is_empty() => Reason::NothingLeft,
        _ => without(None, 0),
    }
}

/// True if of both only one may apply.
fn is_of_group(book: &CompiledBook, one: usize, other: usize) -> bool {
    let group = |at: usize| (book.promotions[at].terms.class, &book.promotion(at).group);
    let best = |at: usize| matches!(book.promotions[at].combine, Combine::Best | Combine::First);
    best(one) && best(other) && group(one) == group(other)
}

/// True if a promotion may look at units that the plan takes from.
fn meets(state: &State, book: &CompiledBook, one: usize, plan: &Plan) -> bool {
    let mut meets = false;
    book.promotions[one].effect.looks_at(&mut |of: &Matcher| {
        meets |= plan.cuts.iter().any(|cut| of.could_match(&state.lines[cut.line]));
    });
    meets
}

/// What of the hint's saving the group gives already: the promotion would take that one's place.
pub(super) fn given_by_group(book: &CompiledBook, one: usize, given: &[Given]) -> i64 {
    if book.promotions[one].combine != Combine::Best {
        return 0;
    }
    let same = |given: &&Given| given.promotion != one && is_of_group(book, given.promotion, one);
    given.iter().find(same).map_or(0, |given| given.amount)
}
