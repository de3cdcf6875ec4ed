//! What the shopper could do to pay less (凑单).

use super::{
    apply::{Given, Outcome},
    missed,
    state::State,
};
use crate::{CompiledBook, Hint, Need, book::Combine, trace::Reason};

/// More hints than this only confuse.
const HINTS_MAX: usize = 5;

/// A hint without words.
#[derive(Debug)]
pub(super) struct Chance {
    need: Need,
    saving: Option<i64>,
}

/// What was noted of chances: most carts miss hundreds of promotions, so only the best are kept.
#[derive(Debug, Default)]
pub(super) struct Chances {
    /// The best of those that take no other's place, the best first: what each is worth, and whose it is.
    first: Vec<(i64, usize, Chance)>,
    /// Those that could take the place of another of their group, which is not known before all is given.
    grouped: Vec<(usize, Chance)>,
}

impl Chances {
    /// True if the best come before what a promotion of no group promises that needs goods worth `more` beside those worth `value`: then it need not be
    /// asked.
    pub(super) fn come_first(&self, book: &CompiledBook, one: usize, value: i64, more: i64) -> bool {
        let Some((worth, last, _)) = self.first.get(HINTS_MAX - 1) else { return false };
        let most = book.promotions[one].millionths.saturating_mul(value.saturating_add(more));
        let beyond = more.saturating_mul(worth.saturating_add(1)).saturating_mul(1000);
        most < beyond && book.directory().rank(*last) < book.directory().rank(one)
    }

    pub(super) fn note(&mut self, book: &CompiledBook, one: usize, chance: Chance) {
        if book.promotions[one].combine == Combine::Best {
            self.grouped.push((one, chance));
        } else {
            self.rank(book, one, chance);
        }
    }

    /// Keeps it if it is one of the best. What saves nothing is none.
    fn rank(&mut self, book: &CompiledBook, one: usize, chance: Chance) {
        let worth = worth(&chance);
        let rank = |one: usize| book.directory().rank(one);
        let comes_first =
            |other: &(i64, usize, Chance)| other.0 > worth || (other.0 == worth && rank(other.1) <= rank(one));
        let full = self.first.len() == HINTS_MAX;
        if chance.saving == Some(0) || (full && self.first.last().is_some_and(comes_first)) {
            return;
        }
        let place = self.first.iter().rposition(comes_first).map_or(0, |place| place + 1);
        self.first.truncate(HINTS_MAX - 1);
        self.first.insert(place, (worth, one, chance));
    }
}

/// The hints, those that save most for what they ask first. What would take the place of another saves only the difference.
pub(super) fn best(book: &CompiledBook, outcome: &mut Outcome) -> Vec<Hint> {
    let mut chances = std::mem::take(&mut outcome.hints);
    for (one, mut chance) in std::mem::take(&mut chances.grouped) {
        let already = missed::given_by_group(book, one, &outcome.given);
        chance.saving = chance.saving.map(|saving| (saving - already).max(0));
        chances.rank(book, one, chance);
    }
    chances.first.into_iter().map(|(_, one, chance)| told(book, one, chance)).collect()
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
fn worth(hint: &Chance) -> i64 {
    let saving = hint.saving.unwrap_or(1);
    match hint.need {
        Need::Amount(amount) => per_thousand(saving, amount.max(1)),
        Need::Units(units) => per_thousand(saving, units.max(1)) / 1000,
        Need::SignIn => per_thousand(saving, 1),
    }
}

/// More than 64 bits hold is worth all the same.
fn per_thousand(saving: i64, of: i64) -> i64 {
    saving.saturating_mul(1000) / of
}

/// What would make a promotion give something that gives nothing, if one step does.
pub(super) fn of_missed(book: &CompiledBook, state: &State, one: usize, reason: &Reason) -> Option<Chance> {
    let ready = &book.promotions[one];
    // What is needed, and where it can be told what that saves, the value of the goods that come on top.
    let (need, more) = match reason {
        Reason::BelowSubtotal { needed, actual } => (Need::Amount(needed - actual), Some(needed - actual)),
        Reason::BelowQuantity { needed, actual } => (Need::Units(needed - actual), None),
        Reason::NotTogether { missing } => (Need::Units(*missing), None),
        Reason::SignInNeeded => (Need::SignIn, Some(0)),
        // All conditions hold.
        Reason::Incomplete { .. } if state.lines.is_empty() => return None,
        Reason::Incomplete { .. } => {
            let (need, saving) = ready.effect.next(state)?;
            return Some(chance(book, one, need, saving));
        }
        _ => return None,
    };
    let several = || ready.conditions.iter().filter(|condition| condition.check(state).is_some()).nth(1).is_some();
    if state.lines.is_empty() || (ready.conditions.len() > 1 && several()) {
        return None;
    }
    Some(chance(book, one, need, more.and_then(|more| ready.effect.promise(state, &ready.terms, more))))
}
