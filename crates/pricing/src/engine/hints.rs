//! What the shopper could do to pay less (凑单).

use super::{
    apply::{Given, Outcome},
    missed,
    state::State,
};
use crate::{CompiledBook, Hint, Need, trace::Reason};

/// More hints than this only confuse.
const HINTS_MAX: usize = 5;

/// A hint without words: most carts miss hundreds of promotions, and of few is told.
#[derive(Debug)]
pub(super) struct Chance {
    need: Need,
    saving: Option<i64>,
}

/// The hints, those that save most for what they ask first. What would take the place of another saves only the difference.
pub(super) fn best(book: &CompiledBook, outcome: &mut Outcome) -> Vec<Hint> {
    let given = &outcome.given;
    let rank = |one: usize| book.directory().rank(one);
    let mut first: Vec<(i128, usize, Chance)> = Vec::with_capacity(HINTS_MAX + 1);
    for (one, mut chance) in std::mem::take(&mut outcome.hints) {
        let already = missed::given_by_group(book, one, given);
        chance.saving = chance.saving.map(|saving| (saving - already).max(0));
        if chance.saving == Some(0) {
            continue;
        }
        let worth = worth(&chance);
        let comes_first =
            |other: &(i128, usize, Chance)| other.0 > worth || (other.0 == worth && rank(other.1) <= rank(one));
        let place = first.iter().rposition(comes_first).map_or(0, |place| place + 1);
        if place < HINTS_MAX {
            first.truncate(HINTS_MAX - 1);
            first.insert(place, (worth, one, chance));
        }
    }
    first.into_iter().map(|(_, one, chance)| told(book, one, chance)).collect()
}

fn told(book: &CompiledBook, one: usize, chance: Chance) -> Hint {
    let promotion = book.promotion(one);
    let Chance { need, saving } = chance;
    Hint { promotion: promotion.id.clone(), name: promotion.name.clone(), need, saving }
}

/// The next step of a promotion that is about to be applied: a further full amount, a higher tier, one more set.
pub(super) fn of_given(book: &CompiledBook, state: &State, given: &Given) -> Option<Chance> {
    if given.limited {
        return None;
    }
    let (need, saving) = book.promotions[given.promotion].effect.next(state)?;
    Some(chance(book, given.promotion, need, saving))
}

fn chance(book: &CompiledBook, one: usize, need: Need, saving: Option<i64>) -> Chance {
    let cap = book.promotions[one].cap;
    Chance { need, saving: saving.map(|saving| saving.min(cap)) }
}

/// Saving per thousand of what is asked for.
fn worth(hint: &Chance) -> i128 {
    let saving = hint.saving.unwrap_or(1);
    match hint.need {
        Need::Amount(amount) => per_thousand(saving, amount.max(1)),
        Need::Units(units) => per_thousand(saving, units.max(1)) / 1000,
        Need::SignIn => per_thousand(saving, 1),
    }
}

/// Hardly any saving needs more than 64 bits, in which division is several times quicker.
fn per_thousand(saving: i64, of: i64) -> i128 {
    let wide = || i128::from(saving) * 1000 / i128::from(of);
    saving.checked_mul(1000).map_or_else(wide, |product| i128::from(product / of))
}

/// What would make a promotion give something that gives nothing, if one step does.
pub(super) fn of_missed(book: &CompiledBook, state: &State, one: usize, reason: &Reason) -> Option<Chance> {
    let ready = &book.promotions[one];
    let several = || ready.conditions.iter().filter(|condition| condition.check(state).is_some()).nth(1).is_some();
    if state.lines.is_empty() || !may_help(reason) || (ready.conditions.len() > 1 && several()) {
        return None;
    }
    let promise = |more: i64| ready.effect.promise(state, &ready.terms, more);
    match reason {
        Reason::BelowSubtotal { needed, actual } => {
            let missing = needed - actual;
            Some(chance(book, one, Need::Amount(missing), promise(missing)))
        }
        Reason::BelowQuantity { needed, actual } => Some(chance(book, one, Need::Units(needed - actual), None)),
        Reason::NotTogether { missing } => Some(chance(book, one, Need::Units(*missing), None)),
        Reason::SignInNeeded => Some(chance(book, one, Need::SignIn, promise(0))),
        Reason::Incomplete { .. } => {
            let (need, saving) = ready.effect.next(state)?;
            Some(chance(book, one, need, saving))
        }
        _ => None,
    }
}

/// True if there may be one step that does.
fn may_help(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::BelowSubtotal { .. }
            | Reason::BelowQuantity { .. }
            | Reason::NotTogether { .. }
            | Reason::SignInNeeded
            | Reason::Incomplete { .. }
    )
}
