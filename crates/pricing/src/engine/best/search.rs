//! The search itself: branch over whose turn is next, bound by what could still come, and never visit a state twice.

use super::{
    Step, bound,
    open::{CLASSES, Candidate, Open, candidates},
    owed,
};
use crate::{
    CompiledBook,
    engine::{apply, state::State},
    hash::Feed,
};
use money::Overflow;
use std::collections::BTreeSet;

/// What was found.
#[derive(Debug, Default)]
pub(in crate::engine) struct Found {
    pub(in crate::engine) steps: Vec<Step>,
    /// How much less the shopper could have to pay at the most; 0 if the way that was found is proved to be the best.
    pub(in crate::engine) gap: i64,
}

/// The best way so far.
struct Best {
    owed: i64,
    coupons: usize,
    steps: Vec<Step>,
}

/// A state on the way, with what may be done next.
struct Frame<'a> {
    state: State<'a>,
    class: usize,
    open: Open,
    /// Steps that led here, one after another.
    steps: Vec<Step>,
    coupons: usize,
    /// What may be done next, the last first.
    next: Vec<Next>,
    lowest: i64,
}

enum Next {
    Class,
    Turn(usize, Step),
}

pub(super) struct Search<'b> {
    book: &'b CompiledBook,
    candidates: Vec<Candidate<'b>>,
    best: Option<Best>,
    seen: BTreeSet<(u128, usize)>,
    nodes: u32,
    /// True if there is more than one promotion that takes units into sets.
    rivals: bool,
    /// The lowest bound of what was not looked at.
    unseen: i64,
}

impl<'b> Search<'b> {
    pub(super) fn new(book: &'b CompiledBook, usable: Vec<usize>, nodes: u32) -> Self {
        let candidates = candidates(book, usable);
        let takes = candidates.iter().filter(|one| book.promotions[one.promotion].effect.takes()).count();
        Self { book, candidates, rivals: takes > 1, best: None, seen: BTreeSet::new(), nodes, unseen: i64::MAX }
    }

    /// Each exclusive promotion by itself.
    pub(super) fn alone(&mut self, state: &State, exclusive: &[usize]) -> Result<(), Overflow> {
        for &promotion in exclusive {
            for plan in self.plans(state, promotion, i64::MIN / 2)? {
                let mut after = state.clone();
                after.commit(promotion, plan.clone(), self.book.promotions[promotion].terms.class == CLASSES[0]);
                let coupons = usize::from(self.book.promotion(promotion).coupon.is_some());
                self.offer(&after, coupons, || vec![Step { promotion, plan }])?;
            }
        }
        Ok(())
    }

    /// Every way for the others.
    pub(super) fn run(mut self, state: &State) -> Result<Found, Overflow> {
        let all = Open::all(self.candidates.len());
        let mut stack = Vec::new();
        self.push(&mut stack, state.clone(), 0, all, Vec::new(), 0)?;
        while let Some(frame) = stack.last_mut() {
            let Some(next) = frame.next.pop() else {
                stack.pop();
                continue;
            };
            if self.nodes == 0 {
                self.unseen = self.unseen.min(frame.lowest);
                frame.next.clear();
                continue;
            }
            let (mut after, mut open, mut steps) = (frame.state.clone(), frame.open.clone(), frame.steps.clone());
            let (mut class, mut coupons) = (frame.class, frame.coupons);
            match next {
                Next::Class => class += 1,
                Next::Turn(at, step) => {
                    let one = &self.candidates[at];
                    after.commit(step.promotion, step.plan.clone(), class == 0);
                    self.close(&mut open, at);
                    coupons += usize::from(one.coupon);
                    steps.push(step);
                }
            }
            self.push(&mut stack, after, class, open, steps, coupons)?;
        }
        let best = self.best.expect("doing nothing is always a way");
        Ok(Found { steps: best.steps, gap: (best.owed - self.unseen).max(0) })
    }

    /// A promotion has had its turn, and with it the others of its group.
    fn close(&self, open: &mut Open, at: usize) {
        let one = &self.candidates[at];
        open.close(at);
        if one.group.is_some() {
            let same = |other: &Candidate| other.group == one.group && other.class == one.class;
            self.candidates.iter().enumerate().filter(|(_, other)| same(other)).for_each(|(at, _)| open.close(at));
        }
    }

    fn push<'a>(
        &mut self,
        stack: &mut Vec<Frame<'a>>,
        state: State<'a>,
        mut class: usize,
        open: Open,
        steps: Vec<Step>,
        coupons: usize,
    ) -> Result<(), Overflow> {
        self.nodes = self.nodes.saturating_sub(1);
        let waits =
            |class: usize| (0..self.candidates.len()).any(|at| open.has(at) && self.candidates[at].class == class);
        while class < CLASSES.len() && !waits(class) {
            class += 1;
        }
        if class == CLASSES.len() {
            return self.offer(&state, coupons, || steps);
        }
        if !self.seen.insert((fingerprint(&state, &open, class), coupons)) {
            return Ok(());
        }
        let lowest = bound::lowest(self.book, &state, &self.candidates, &open, class)?;
        if self.best.as_ref().is_some_and(|best| lowest > best.owed || (lowest == best.owed && coupons >= best.coupons))
        {
            return Ok(());
        }
        let mut turns: Vec<(usize, Step)> = Vec::new();
        for at in 0..self.candidates.len() {
            if open.has(at) && self.candidates[at].class == class {
                let promotion = self.candidates[at].promotion;
                turns.extend(
                    self.plans(&state, promotion, lowest)?.into_iter().map(|plan| (at, Step { promotion, plan })),
                );
            }
        }
        // The last is looked at first: what takes off most, and doing nothing more in this class at the end.
        crate::sort::by_key(&mut turns, |(at, step)| (step.plan.total(), usize::MAX - at));
        let mut next = vec![Next::Class];
        next.extend(turns.into_iter().map(|(at, step)| Next::Turn(at, step)));
        stack.push(Frame { state, class, open, steps, coupons, next, lowest });
        Ok(())
    }

    /// What a promotion may do now; nothing where that changes nothing.
    fn plans(&mut self, state: &State, promotion: usize, lowest: i64) -> Result<Vec<crate::engine::Plan>, Overflow> {
        let found = apply::variants(self.book, state, promotion, self.rivals)?;
        if !found.complete {
            self.unseen = self.unseen.min(lowest);
        }
        Ok(found.plans)
    }

    /// Keeps the way if it is the best so far.
    fn offer(&mut self, state: &State, coupons: usize, steps: impl FnOnce() -> Vec<Step>) -> Result<(), Overflow> {
        let owed = owed(self.book, state)?;
        if self.best.as_ref().is_none_or(|best| (owed, coupons) < (best.owed, best.coupons)) {
            self.best = Some(Best { owed, coupons, steps: steps() });
        }
        Ok(())
    }
}

/// What the rest of the search depends on. Two states with the same 128 bits are taken for the same.
fn fingerprint(state: &State, open: &Open, class: usize) -> u128 {
    let mut feed = Feed::new();
    feed.and(&(class as i64)).and(open.words());
    for line in &state.lines {
        feed.and(&line.lowered);
        for run in &line.runs {
            feed.and(&run.count).and(&run.shelf).and(&run.current).and(&run.taken);
        }
    }
    feed.and(&state.shipping.as_ref().map_or(0, |one| one.current));
    feed.fingerprint()
}
