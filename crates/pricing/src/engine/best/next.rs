//! What may be done next from a state.

use super::{
    Work,
    open::Open,
    search::{Frame, Place, Search},
};
use crate::{
    benefit::Wanted,
    engine::{Plan, State},
};
use money::Overflow;

/// What may be done next.
pub(super) enum Next {
    /// Nothing more in this class.
    Class,
    /// A candidate does this.
    Turn(usize, Plan),
    /// A candidate does what is likely; and no less than this comes of it.
    Likely(usize, i64),
    /// A candidate does something else than what is likely.
    Others(usize),
}

/// What it costs to find out that a promotion has too many choices to list, in nodes.
const LISTED_IN_VAIN: usize = 100;

impl Search<'_, '_, '_> {
    /// What may be done next. The last is looked at first: what takes off most, then nothing more in this class, then what is unlikely.
    #[inline]
    pub(super) fn next(&self, from: &Place) -> Result<Vec<Next>, Overflow> {
        let Place { state, class, open, .. } = from;
        let (mut turns, mut next): (Vec<(i64, usize, Next)>, Vec<Next>) = Default::default();
        for (at, one) in self.task.candidates.iter().enumerate() {
            let waits = !open.has(at) || one.class != *class || self.has_twin(open, at);
            if waits
                || !one.holds(self.task.book, state)
                || self.is_behind(state, at)?
                || self.waits_for_link(state, open, at)?
            {
                continue;
            }
            next.extend((!self.task.plain).then_some(Next::Others(at)));
            if let Some(later) = self.task.later {
                let mut rest = open.clone();
                self.close(&mut rest, at);
                let (left, promise) = later.promise(state, at, &rest, *class);
                if !self.is_beaten(promise, from.coupons) {
                    turns.push((-left, at, Next::Likely(at, promise)));
                }
                continue;
            }
            turns.extend(self.plans(state, at)?.into_iter().map(|plan| (plan.total(), at, Next::Turn(at, plan))));
        }
        crate::sort::by_key(&mut turns, |(total, at, _)| (*total, usize::MAX - at));
        // It is settled that a link is applied wherever it takes anything off.
        if !turns.iter().any(|(_, at, _)| self.task.candidates[*at].link.is_some()) {
            next.push(Next::Class);
        }
        next.extend(turns.into_iter().map(|(_, _, turn)| turn));
        Ok(next)
    }

    /// What a candidate is likely to do, where it does anything.
    #[inline]
    fn plans(&self, state: &State, at: usize) -> Result<Vec<Plan>, Overflow> {
        let one = &self.task.candidates[at];
        let ready = &self.task.book.promotions[one.promotion];
        let mut plans = ready.effect.likely(state, &ready.terms)?;
        plans.truncate(if self.task.plain { 1 } else { usize::MAX });
        for plan in &mut plans {
            plan.limit(one.allowed)?;
        }
        plans.retain(|plan| plan.total() > 0);
        Ok(plans)
    }

    /// Works out what a candidate is likely to do, if that may still be of use.
    #[inline]
    pub(super) fn likely(&self, frame: &mut Frame, at: usize, promise: i64) -> Result<(), Overflow> {
        if !self.is_beaten(promise, frame.at.coupons) {
            let mut plans = self.plans(&frame.at.state, at)?;
            crate::sort::by_key(&mut plans, Plan::total);
            frame.next.extend(plans.into_iter().map(|plan| Next::Turn(at, plan)));
        }
        Ok(())
    }

    /// True if it is a link, and one that comes before it would still take something off.
    #[inline]
    fn waits_for_link(&self, state: &State, open: &Open, at: usize) -> Result<bool, Overflow> {
        let list = self.task.candidates;
        for (_, other) in list.iter().enumerate().filter(|(other, of)| open.has(*other) && list[at].comes_after(of)) {
            let ready = &self.task.book.promotions[other.promotion];
            if ready.effect.plan(state, &ready.terms)?.total() > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// True if another of its group comes first and gives something: of such a group no later one is given.
    #[inline]
    fn is_behind(&self, state: &State, at: usize) -> Result<bool, Overflow> {
        let (book, list) = (self.task.book, self.task.candidates);
        let one = &list[at];
        let before = list.iter().filter(|other| one.first && other.is_rival_of(one) && other.promotion < one.promotion);
        for other in before.filter(|other| other.holds(book, state)) {
            let ready = &book.promotions[other.promotion];
            if ready.effect.plan(state, &ready.terms)?.total().min(other.allowed) > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// True if another that does the same comes first: which of the two is applied makes no difference.
    #[inline]
    fn has_twin(&self, open: &Open, at: usize) -> bool {
        (0..at).any(|other| self.twins[other] == self.twins[at] && open.has(other))
    }

    /// What a candidate must take off at the least for its turn to lead to anything that is kept: the bound counts on its most.
    #[inline]
    pub(super) fn least_of(&self, frame: &Frame, at: usize) -> i64 {
        let Some(best) = self.best.filter(|_| !frame.clipped) else { return i64::MIN };
        let spare = best.0.saturating_add(self.task.keep.margin()).saturating_sub(frame.lowest);
        frame.most[at].saturating_sub(spare)
    }

    /// Everything else that a candidate may do.
    #[inline]
    pub(super) fn others(&mut self, frame: &mut Frame, at: usize) -> Result<(), Overflow> {
        let one = &self.task.candidates[at];
        let ready = &self.task.book.promotions[one.promotion];
        let (least, node) = (self.least_of(frame, at), Work::of_node(&frame.at.state, self.task.candidates.len()));
        let found =
            ready.effect.others(&frame.at.state, &ready.terms, &Wanted { contested: &self.task.contested, least })?;
        if !found.complete {
            self.unseen = self.unseen.min(frame.lowest);
            self.work.count(LISTED_IN_VAIN * node);
        }
        // A choice that is only listed costs about a quarter of one that is tried.
        self.work.count(found.plans.len() * node / 4);
        for mut plan in found.plans {
            plan.limit(one.allowed)?;
            if plan.total() > 0 {
                frame.next.push(Next::Turn(at, plan));
            }
        }
        Ok(())
    }
}
