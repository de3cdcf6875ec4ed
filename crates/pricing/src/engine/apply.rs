//! Applies promotions one after another, in the order of the book. Source of the rule: "Order of work" and "Combination" of the conformance format.

use super::{chosen, hints, missed, plan::Plan, shares::Shares, sheet::Sheet, state::State};
use crate::{
    CompiledBook, Context, Usage,
    book::{Class, Combine, Promotion, Ready, Resolution},
    sort,
    trace::Reason,
};
use ids::PromotionId;
use money::Overflow;

/// What became of the promotions.
#[derive(Debug)]
pub(super) struct Outcome {
    /// Those that gave something, in the order of application.
    pub(super) given: Vec<Given>,
    /// The classes of those, as bits.
    classes: u8,
    /// The classes with which all of those combine, as bits.
    beside: u8,
    /// What those took off that took it off all goods.
    pub(super) sheet: Sheet,
    /// Those that gave nothing, and why.
    pub(super) missed: Vec<(usize, Reason)>,
    /// Those that gave nothing because all goods were worth too little, which is what most carts miss most for.
    pub(super) below: Vec<Below>,
    /// Those whose schedule does not run, some more than once.
    pub(super) idle: Vec<u32>,
    /// What the shopper could do, seen from each promotion when its turn came.
    pub(super) hints: hints::Chances,
    /// Where the engine chose: by how much another choice could still be cheaper at the most.
    pub(super) gap: Option<i64>,
}

impl Default for Outcome {
    fn default() -> Self {
        let (given, sheet, missed, below, idle, hints) = Default::default();
        Self { given, classes: 0, beside: u8::MAX, sheet, missed, below, idle, hints, gap: None }
    }
}

/// Why a promotion gave nothing: all goods were worth too little.
#[derive(Clone, Copy, Debug)]
pub(super) struct Below {
    pub(super) promotion: usize,
    needed: i64,
    actual: i64,
}

impl Below {
    pub(super) fn reason(&self) -> Reason {
        Reason::BelowSubtotal { needed: self.needed, actual: self.actual }
    }
}

/// What a promotion gave.
#[derive(Debug)]
pub(super) struct Given {
    pub(super) promotion: usize,
    pub(super) amount: i64,
    pub(super) base: i64,
    pub(super) units: i64,
    pub(super) limited: bool,
    /// True if it brought a unit down to its floor.
    pub(super) floored: bool,
}

/// Applies the candidates, which stand in the order of application, as the book resolves them.
#[inline]
pub(super) fn apply(book: &CompiledBook, state: &mut State, candidates: &[usize]) -> Result<Outcome, Overflow> {
    match book.document().resolution {
        Resolution::Pinned => pinned(book, state, candidates),
        Resolution::Best => chosen::chosen(book, state, candidates),
    }
}

/// True if the promotion can give nothing in this state nor in any that follows.
pub(super) fn hopeless(book: &CompiledBook, state: &State, one: usize, prices_open: bool) -> bool {
    let ready = &book.promotions[one];
    (ready.limited && unavailable(book.promotion(one), ready.budget, &state.context).is_some())
        || ready.conditions.iter().any(|condition| condition.hopeless(state, prices_open))
}

/// What the promotion took off so far, over all orders.
pub(super) fn spent(context: &Context, promotion: &PromotionId) -> i64 {
    let usage = context.usage.iter().find(|usage| usage.promotion == *promotion);
    usage.map_or(0, |usage| usage.spent)
}

/// The most that a promotion may take off in this cart: its cap, and what is left of its budget.
pub(super) fn allowed(book: &CompiledBook, state: &State, one: usize) -> i64 {
    let ready = &book.promotions[one];
    if !ready.limited {
        return ready.cap;
    }
    let spent = spent(&state.context, &book.promotion(one).id);
    ready.cap.min(ready.budget.saturating_sub(spent).max(0))
}

/// Room that is made for discounts at once, so that lists that become long need not grow often.
const DISCOUNTS_USUAL: usize = 4096;

/// Applies the candidates one after another.
#[inline(never)]
fn pinned(book: &CompiledBook, state: &mut State, candidates: &[usize]) -> Result<Outcome, Overflow> {
    let mut outcome = Outcome { below: Vec::with_capacity(candidates.len()), ..Outcome::default() };
    state.discounts.reserve(candidates.len().saturating_mul(state.lines.len()).min(DISCOUNTS_USUAL));
    if let Some((winner, plan)) = exclusive(book, state, candidates)? {
        outcome.give(book, state, winner, plan);
        let winning = book.promotion(winner);
        let lost = Reason::LostTo { promotion: winning.id.clone(), name: winning.name.clone(), by: 0 };
        let others = candidates.iter().filter(|&&one| one != winner);
        outcome.missed.extend(others.map(|&one| (one, blocked(book, state, one).unwrap_or_else(|| lost.clone()))));
        return Ok(outcome);
    }
    let (mut done, mut shares): (Vec<usize>, Shares) = Default::default();
    for &one in candidates {
        if done.contains(&one) {
            continue;
        }
        let ready = &book.promotions[one];
        if ready.steady && ready.combine != Combine::Best {
            if let Some((needed, actual)) = below(ready, state) {
                outcome.miss_below(book, state, one, needed, actual);
                continue;
            }
            if let Some(reason) = blocked(book, state, one) {
                outcome.miss(book, state, one, reason);
                continue;
            }
            if of_all(book, state, one, &mut outcome)? {
                continue;
            }
        }
        outcome.sheet.settle(state)?;
        if book.promotions[one].combine == Combine::Best {
            let group = group_of(book, one, candidates);
            best(book, state, &group, &mut outcome)?;
            done.extend(group);
        } else if let Some(reason) = blocked(book, state, one) {
            outcome.miss(book, state, one, reason);
        } else if !by_lines(book, state, one, &mut shares, &mut outcome)? {
            match planned(book, state, one)?.and_then(|plan| outcome.beside(book, one, plan)) {
                Ok(plan) => outcome.give(book, state, one, plan),
                Err(reason) => outcome.miss(book, state, one, reason),
            }
        }
    }
    outcome.sheet.settle(state)?;
    Ok(outcome)
}

/// Applies a promotion that takes money off all goods and is barred or limited by nothing. False if it is not so.
fn of_all(book: &CompiledBook, state: &mut State, one: usize, outcome: &mut Outcome) -> Result<bool, Overflow> {
    let ready = &book.promotions[one];
    let value = state.lines.sums().discountable.current;
    let amount = ready.effect.off_all(value, &ready.terms)?.unwrap_or(0);
    if amount == 0 || amount > value || outcome.may_bar(ready) || amount > allowed(book, state, one) {
        return Ok(false);
    }
    if !outcome.sheet.is_ready(state) {
        return Ok(false);
    }
    let units = outcome.sheet.units;
    outcome.given(book, state, Given { promotion: one, amount, base: value, units, limited: false, floored: false });
    outcome.sheet.take(state, one, amount);
    Ok(true)
}

/// Applies a promotion that takes money off whole lines, and is barred or limited by nothing. False if it is not so.
fn by_lines(
    book: &CompiledBook,
    state: &mut State,
    one: usize,
    shares: &mut Shares,
    outcome: &mut Outcome,
) -> Result<bool, Overflow> {
    let ready = &book.promotions[one];
    if outcome.may_bar(ready) || !ready.effect.shares(state, &ready.terms, shares)? {
        return Ok(false);
    }
    if shares.total == 0 || shares.total > allowed(book, state, one) {
        return Ok(false);
    }
    let (amount, base, units, floored) = (shares.total, shares.base, shares.units, shares.floored);
    outcome.given(book, state, Given { promotion: one, amount, base, units, limited: false, floored });
    state.commit_shares(one, shares)?;
    Ok(true)
}

impl Outcome {
    pub(super) fn give(&mut self, book: &CompiledBook, state: &mut State, promotion: usize, plan: Plan) {
        let (amount, units) = (plan.total(), plan.units());
        let (limited, floored) = (plan.limited, plan.floored);
        self.given(book, state, Given { promotion, amount, base: plan.base, units, limited, floored });
        state.commit(promotion, plan, book.promotions[promotion].terms.class == Class::Price);
    }

    /// Notes what a promotion gives, before the state has it.
    fn given(&mut self, book: &CompiledBook, state: &State, given: Given) {
        if let Some(chance) = hints::of_given(book, state, &given) {
            self.hints.note(book, given.promotion, chance);
        }
        let ready = &book.promotions[given.promotion];
        self.classes |= ready.terms.class.bit();
        self.beside &= ready.combines_with;
        self.given.push(given);
    }

    /// True if the promotion may not be given beside those that were.
    fn may_bar(&self, ready: &Ready) -> bool {
        ready.combine == Combine::First
            || self.classes & !ready.combines_with != 0
            || self.beside & ready.terms.class.bit() == 0
    }

    /// The plan, or why it is not done beside what was given.
    fn beside(&self, book: &CompiledBook, one: usize, plan: Plan) -> Result<Plan, Reason> {
        if !self.may_bar(&book.promotions[one]) {
            return Ok(plan);
        }
        self.given.iter().find_map(|given| bar(book, one, given.promotion)).map_or(Ok(plan), Err)
    }

    /// Notes that all goods are worth too little for a promotion of no group that looks at nothing else: of most carts, hundreds do.
    fn miss_below(&mut self, book: &CompiledBook, state: &State, promotion: usize, needed: i64, actual: i64) {
        let value = state.lines.sums().discountable.current;
        if !self.hints.come_first(book, promotion, value, needed - actual)
            && let Some(chance) = hints::of_missed(book, state, promotion, &Reason::BelowSubtotal { needed, actual })
        {
            self.hints.note(book, promotion, chance);
        }
        self.below.push(Below { promotion, needed, actual });
    }

    pub(super) fn miss(&mut self, book: &CompiledBook, state: &State, promotion: usize, reason: Reason) {
        if let Some(chance) = hints::of_missed(book, state, promotion, &reason) {
            self.hints.note(book, promotion, chance);
        }
        self.missed.push((promotion, reason));
    }
}

/// The first exclusive promotion, by priority and then as listed, that holds and gives something when alone.
fn exclusive(book: &CompiledBook, state: &State, candidates: &[usize]) -> Result<Option<(usize, Plan)>, Overflow> {
    let exclusive = candidates.iter().copied().filter(|&one| book.promotions[one].combine == Combine::Exclusive);
    let mut exclusive: Vec<usize> = exclusive.collect();
    sort::by_key(&mut exclusive, |&one| (book.promotion(one).priority, book.promotions[one].at));
    for one in exclusive {
        if let Ok(plan) = attempt(book, state, one)? {
            return Ok(Some((one, plan)));
        }
    }
    Ok(None)
}

/// True if only one of its group may be given.
pub(super) fn is_grouped(book: &CompiledBook, one: usize) -> bool {
    matches!(book.promotions[one].combine, Combine::Best | Combine::First)
}

/// The candidates of the same class and group.
pub(super) fn group_of(book: &CompiledBook, first: usize, candidates: &[usize]) -> Vec<usize> {
    let key = |one: usize| (book.promotions[one].terms.class, &book.promotion(one).group);
    let same = |one: &usize| is_grouped(book, *one) && key(*one) == key(first);
    candidates.iter().copied().filter(same).collect()
}

/// Tries every member of a group alone and applies the one that takes off most; ties go to the earlier.
fn best(book: &CompiledBook, state: &mut State, group: &[usize], outcome: &mut Outcome) -> Result<(), Overflow> {
    let mut winner: Option<(usize, Plan)> = None;
    let mut others = Vec::new();
    for &one in group {
        match turn(book, state, one, outcome)? {
            Err(reason) => outcome.miss(book, state, one, reason),
            Ok(plan) if winner.as_ref().is_none_or(|(_, best)| plan.total() > best.total()) => {
                others.extend(winner.replace((one, plan)).map(|(one, plan)| (one, plan.total())));
            }
            Ok(plan) => others.push((one, plan.total())),
        }
    }
    if let Some((one, plan)) = winner {
        let (winning, total) = (book.promotion(one), plan.total());
        let lost = |by| Reason::LostTo { promotion: winning.id.clone(), name: winning.name.clone(), by };
        outcome.missed.extend(others.into_iter().map(|(other, amount)| (other, lost(total - amount))));
        outcome.give(book, state, one, plan);
    }
    Ok(())
}

/// What the promotion would give beside those that were given before it, or why nothing.
fn turn(book: &CompiledBook, state: &State, one: usize, outcome: &Outcome) -> Result<Result<Plan, Reason>, Overflow> {
    Ok(attempt(book, state, one)?.and_then(|plan| outcome.beside(book, one, plan)))
}

/// Why a promotion is not given beside another that is.
pub(super) fn bar(book: &CompiledBook, one: usize, given: usize) -> Option<Reason> {
    let (ready, other) = (&book.promotions[one], &book.promotions[given]);
    let first = ready.combine == Combine::First && other.combine == Combine::First;
    let of_group =
        || ready.terms.class == other.terms.class && book.promotion(one).group == book.promotion(given).group;
    let lost = first && of_group();
    if !lost && ready.combines(other) {
        return None;
    }
    let winning = book.promotion(given);
    let (promotion, name) = (winning.id.clone(), winning.name.clone());
    Some(if lost { Reason::LostTo { promotion, name, by: 0 } } else { Reason::NotWith { promotion, name } })
}

/// What the promotion would give now, or why nothing.
pub(super) fn attempt(book: &CompiledBook, state: &State, one: usize) -> Result<Result<Plan, Reason>, Overflow> {
    blocked(book, state, one).map_or_else(|| planned(book, state, one), |reason| Ok(Err(reason)))
}

/// What the promotion, which nothing keeps from its turn, would give now, or why nothing.
fn planned(book: &CompiledBook, state: &State, one: usize) -> Result<Result<Plan, Reason>, Overflow> {
    let ready = &book.promotions[one];
    let mut plan = ready.effect.plan(state, &ready.terms)?;
    plan.limit(allowed(book, state, one))?;
    Ok(if plan.is_empty() { Err(missed::nothing(book, state, one)) } else { Ok(plan) })
}

/// The first reason that keeps the promotion, whose schedule runs, from its turn: limits, conditions.
#[inline]
pub(super) fn blocked(book: &CompiledBook, state: &State, one: usize) -> Option<Reason> {
    let ready = &book.promotions[one];
    if ready.least.is_none() {
        return blocked_by_any(book, state, one);
    }
    below(ready, state).map(|(needed, actual)| Reason::BelowSubtotal { needed, actual })
}

/// What all goods have to be worth at the least and what they are worth, where that is too little and nothing else is asked for.
#[inline]
fn below(ready: &Ready, state: &State) -> Option<(i64, i64)> {
    let (measure, needed) = ready.least?;
    let actual = state.lines.sums().all.of(measure);
    (actual < needed).then_some((needed, actual))
}

/// The same, whatever it asks for.
fn blocked_by_any(book: &CompiledBook, state: &State, one: usize) -> Option<Reason> {
    let ready = &book.promotions[one];
    let of_book = || unavailable(book.promotion(one), ready.budget, &state.context);
    let of_book = if ready.limited { of_book() } else { None };
    of_book.or_else(|| ready.conditions.iter().find_map(|condition| condition.check(state)))
}

/// The first limit that is reached.
fn unavailable(promotion: &Promotion, budget: i64, context: &Context) -> Option<Reason> {
    let usage = context.usage.iter().find(|usage| usage.promotion == promotion.id);
    let used = |count: fn(&Usage) -> i64| usage.map_or(0, count);
    let limit = &promotion.limit;
    if let Some(limit) = limit.total.filter(|limit| used(|usage| usage.total) >= *limit) {
        return Some(Reason::UsedUp { limit });
    }
    if let Some(limit) = limit.units.filter(|limit| used(|usage| usage.units) >= *limit) {
        return Some(Reason::UnitsUsedUp { limit });
    }
    if let Some(limit) = limit.per_member.filter(|limit| used(|usage| usage.by_member) >= *limit) {
        return Some(Reason::UsedByMember { limit });
    }
    (used(|usage| usage.spent) >= budget).then_some(Reason::BudgetSpent)
}
