//! What the shopper could do to pay less (凑单).

use super::{apply::Outcome, missed, plan::Plan, state::State};
use crate::{CompiledBook, Hint, Need, sort, trace::Reason};

/// More hints than this only confuse.
const HINTS_MAX: usize = 5;

/// The hints, those that save most for what they ask first. What would take the place of another saves only the difference.
pub(super) fn best(book: &CompiledBook, outcome: &mut Outcome) -> Vec<Hint> {
    let given = &outcome.given;
    let less = |(one, mut hint): (usize, Hint)| {
        let already = missed::given_by_group(book, one, given);
        hint.saving = hint.saving.map(|saving| (saving - already).max(0));
        hint
    };
    let mut hints: Vec<Hint> = std::mem::take(&mut outcome.hints).into_iter().map(less).collect();
    hints.retain(|hint| hint.saving != Some(0));
    sort::by(&mut hints, |a, b| worth(b).cmp(&worth(a)).then(a.promotion.cmp(&b.promotion)));
    hints.truncate(HINTS_MAX);
    hints
}

/// The next step of a promotion that is about to be applied: a further full amount, a higher tier, one more set.
pub(super) fn of_given(book: &CompiledBook, state: &State, one: usize, plan: &Plan) -> Option<Hint> {
    if plan.limited {
        return None;
    }
    let (need, saving) = book.promotions[one].effect.next(state)?;
    Some(hint(book, one, need, saving))
}

fn hint(book: &CompiledBook, one: usize, need: Need, saving: Option<i64>) -> Hint {
    let promotion = book.promotion(one);
    let cap = book.promotions[one].cap;
    Hint {
        promotion: promotion.id.clone(),
        name: promotion.name.clone(),
        need,
        saving: saving.map(|saving| saving.min(cap)),
    }
}

/// Saving per thousand of what is asked for.
fn worth(hint: &Hint) -> i128 {
    let saving = i128::from(hint.saving.unwrap_or(1)) * 1000;
    match hint.need {
        Need::Amount(amount) => saving / i128::from(amount.max(1)),
        Need::Units(units) => saving / i128::from(units.max(1)) / 1000,
        Need::SignIn => saving,
    }
}

/// What would make a promotion give something that gives nothing, if one step does.
pub(super) fn of_missed(book: &CompiledBook, state: &State, one: usize, reason: &Reason) -> Option<Hint> {
    let ready = &book.promotions[one];
    let failing = ready.conditions.iter().filter(|condition| condition.check(state).is_some()).count();
    if failing > 1 || state.lines.is_empty() {
        return None;
    }
    let promise = |more: i64| ready.effect.promise(state, &ready.terms, more);
    match reason {
        Reason::BelowSubtotal { needed, actual } => {
            let missing = needed - actual;
            Some(hint(book, one, Need::Amount(missing), promise(missing)))
        }
        Reason::BelowQuantity { needed, actual } => Some(hint(book, one, Need::Units(needed - actual), None)),
        Reason::NotTogether { missing } => Some(hint(book, one, Need::Units(*missing), None)),
        Reason::SignInNeeded => Some(hint(book, one, Need::SignIn, promise(0))),
        Reason::Incomplete { .. } => {
            let (need, saving) = ready.effect.next(state)?;
            Some(hint(book, one, need, saving))
        }
        _ => None,
    }
}
