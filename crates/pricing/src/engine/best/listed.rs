//! The way of the book's own order: what is fallen back on where a search had to end early, so that the best price is never dearer than the pinned one.

use super::{
    CLASSES, Step, Way,
    open::{Candidate, candidates},
    owed,
};
use crate::{
    CompiledBook,
    engine::{Plan, State},
};
use money::Overflow;

/// Each candidate as its turn comes in the order of the book; of a group what takes off most then.
#[inline]
pub(super) fn listed(book: &CompiledBook, state: &State, usable: &[usize]) -> Result<Way, Overflow> {
    let (mut state, mut steps, mut coupons) = (state.clone(), Vec::new(), Vec::new());
    let mut list = candidates(book, &state, usable);
    crate::sort::by_key(&mut list, |one| one.promotion);
    let mut done: Vec<Candidate> = Vec::new();
    for one in &list {
        let given = |other: &Candidate| steps.iter().any(|step: &Step| step.promotion == other.promotion);
        if done.iter().any(|other| other.is_rival_of(one) || (given(other) && other.bars(book, one))) {
            continue;
        }
        let mut best: Option<(&Candidate, Plan)> = None;
        for rival in list.iter().filter(|other| other.promotion == one.promotion || other.is_rival_of(one)) {
            let barred = done.iter().any(|other| given(other) && other.bars(book, rival));
            if barred || (one.first && best.is_some()) || !rival.holds(book, &state) {
                continue;
            }
            let ready = &book.promotions[rival.promotion];
            let mut plan = ready.effect.plan(&state, &ready.terms)?;
            plan.limit(rival.allowed)?;
            if plan.total() > best.as_ref().map_or(0, |(_, best)| best.total()) {
                best = Some((rival, plan));
            }
        }
        done.push(one.clone());
        if let Some((one, plan)) = best {
            state.commit_unrecorded(&plan, CLASSES[one.class] == CLASSES[0]);
            coupons.extend(one.coupon);
            steps.push(Step { promotion: one.promotion, plan });
        }
    }
    crate::sort::by(&mut coupons, Ord::cmp);
    coupons.dedup();
    Ok(Way { owed: owed(book, &state)?, coupons: coupons.len(), steps })
}
