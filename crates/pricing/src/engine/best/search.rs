//! The search itself: branch over whose turn is next, bound by what could still come, and never visit a state twice.

use super::{
    Work,
    bound::Low,
    kept::{Answer, Keep, Outcome},
    later::Later,
    next::Next,
    open::{CLASSES, Candidate, Open},
    trail::Trail,
};
use crate::{
    CompiledBook,
    engine::{Plan, State},
    hash::Feed,
};
use money::Overflow;
use std::collections::BTreeSet;

/// What is looked for.
pub(super) struct Task<'t, 'b> {
    pub(super) book: &'b CompiledBook,
    pub(super) candidates: &'t [Candidate<'b>],
    /// The class behind the last one that has turns.
    pub(super) until: usize,
    pub(super) keep: Keep<'t>,
    /// True if a way is measured by what the shopper owes, and not by the goods alone.
    pub(super) owed: bool,
    /// Lines whose units several sets may want.
    pub(super) contested: Vec<bool>,
    /// True if every promotion takes the units of its pinned meaning, so that only subsets and orders are searched.
    pub(super) plain: bool,
    /// Candidates that what was done before bars.
    pub(super) barred: Vec<usize>,
    /// What the candidates make of the cart's value, where they are all of the later classes.
    pub(super) later: Option<&'t Later<'b>>,
    /// A way that is known already: what is owed, and the codes spent.
    pub(super) known: Option<(i64, usize)>,
}

/// A state on the way, with what may be done next.
pub(super) struct Frame<'a> {
    pub(super) at: Place<'a>,
    /// What may be done next, the last first.
    pub(super) next: Vec<Next>,
    pub(super) lowest: i64,
    /// True if the least is what no discount goes below, so that it says nothing of what each candidate adds to it.
    pub(super) clipped: bool,
    /// What each candidate that is open adds to that bound, by its place, where that can be told.
    pub(super) most: Vec<i64>,
}

/// How far a way has come.
#[derive(Clone)]
pub(super) struct Place<'a> {
    pub(super) state: State<'a>,
    pub(super) class: usize,
    pub(super) open: Open,
    /// Steps that led here, one after another.
    pub(super) steps: Trail,
    pub(super) coupons: usize,
}

pub(super) struct Search<'a, 't, 'b> {
    pub(super) task: Task<'t, 'b>,
    pub(super) work: &'t mut Work,
    /// Of each candidate the first that does the same.
    pub(super) twins: Vec<usize>,
    /// How many candidates do something of their own.
    width: usize,
    seen: BTreeSet<(u128, usize)>,
    pub(super) kept: Vec<Outcome<'a>>,
    /// The best of what is known and what is kept.
    pub(super) best: Option<(i64, usize)>,
    pub(super) unseen: i64,
}

impl<'a, 't, 'b> Search<'a, 't, 'b> {
    #[inline]
    pub(super) fn new(task: Task<'t, 'b>, work: &'t mut Work) -> Self {
        let best = task.known;
        let mut twins: Vec<usize> = Vec::with_capacity(task.candidates.len());
        for (at, one) in task.candidates.iter().enumerate() {
            let same = |first: &usize| one.is_twin_of(task.book, &task.candidates[*first]);
            let first = (0..at).find(|other| twins[*other] == *other && same(other));
            twins.push(first.unwrap_or(at));
        }
        let width = twins.iter().enumerate().filter(|(at, first)| at == *first).count();
        Self { task, work, twins, width, seen: BTreeSet::new(), kept: Vec::new(), best, unseen: i64::MAX }
    }

    /// Looks through every way from a state, as far as the work allows.
    #[inline]
    pub(super) fn run(mut self, state: State<'a>) -> Result<Answer<'a>, Overflow> {
        let mut open = Open::all(self.task.candidates.len());
        self.task.barred.iter().for_each(|&at| open.close(at));
        let mut stack = Vec::new();
        self.push(&mut stack, Place { state, class: 0, open, steps: Trail::default(), coupons: 0 })?;
        while let Some(frame) = stack.last_mut() {
            if self.is_beaten(frame.lowest, frame.at.coupons) {
                stack.pop();
                continue;
            }
            let Some(next) = frame.next.pop() else {
                stack.pop();
                continue;
            };
            if self.work.is_done() && !(self.kept.is_empty() && self.task.known.is_none()) {
                self.unseen = self.unseen.min(frame.lowest);
                stack.pop();
                continue;
            }
            match next {
                Next::Others(at) => self.others(frame, at)?,
                Next::Likely(at, promise) => self.likely(frame, at, promise)?,
                Next::Class => {
                    if !self.is_vain(frame.at.class + 1, &frame.at.open, &frame.at, &Plan::default()) {
                        let after = Place { class: frame.at.class + 1, ..frame.at.clone() };
                        self.push(&mut stack, after)?;
                    }
                }
                Next::Turn(at, plan) if plan.total() < self.least_of(frame, at) => {}
                Next::Turn(at, plan) => {
                    let after = self.after(&frame.at, at, plan);
                    after.map_or(Ok(()), |after| self.push(&mut stack, after))?;
                }
            }
        }
        crate::sort::by(&mut self.kept, |a, b| (a.worth, a.coupons).cmp(&(b.worth, b.coupons)));
        Ok(Answer { outcomes: self.kept, unseen: self.unseen })
    }

    /// Where a candidate's turn leads, if that may be of use.
    #[inline]
    fn after(&mut self, from: &Place<'a>, at: usize, plan: Plan) -> Option<Place<'a>> {
        let one = &self.task.candidates[at];
        let mut open = from.open.clone();
        self.close(&mut open, at);
        if self.is_vain(from.class, &open, from, &plan) {
            return None;
        }
        let mut state = from.state.clone();
        state.commit_unrecorded(&plan, from.class == 0);
        let book = self.task.book;
        let spent = |code| from.steps.promotions().any(|step| book.promotion(step).coupon.as_ref() == Some(code));
        let coupons = from.coupons + usize::from(one.coupon.is_some_and(|code| !spent(code)));
        let steps = from.steps.and(one.promotion, plan);
        Some(Place { state, class: from.class, open, steps, coupons })
    }

    /// True if what a plan leaves is known by its value alone to lead to nothing that is kept.
    #[inline]
    fn is_vain(&mut self, class: usize, open: &Open, from: &Place, plan: &Plan) -> bool {
        let Some(later) = self.task.later else { return false };
        self.work.count(1);
        let shipping = from.state.shipping.as_ref().map_or(0, |one| one.current) - plan.shipping;
        let goods = from.state.goods() - (plan.total() - plan.shipping);
        let promise = later.least_of((goods, shipping), open, class);
        self.is_beaten(promise, from.coupons)
    }

    /// A promotion has had its turn, and with it the others that it bars.
    #[inline]
    pub(super) fn close(&self, open: &mut Open, at: usize) {
        let one = &self.task.candidates[at];
        open.close(at);
        let others = self.task.candidates.iter().enumerate();
        let others = others.filter(|(_, other)| one.bars(self.task.book, other) || one.comes_after(other));
        others.for_each(|(at, _)| open.close(at));
    }

    /// True if nothing that costs at least this is kept.
    #[inline]
    pub(super) fn is_beaten(&self, lowest: i64, coupons: usize) -> bool {
        let margin = self.task.keep.margin();
        self.best.is_some_and(|(worth, spent)| {
            let most = worth.saturating_add(margin);
            lowest > most || (margin == 0 && lowest == most && coupons >= spent)
        })
    }

    #[inline]
    fn push(&mut self, stack: &mut Vec<Frame<'a>>, mut at: Place<'a>) -> Result<(), Overflow> {
        self.work.count(Work::of_node(&at.state, self.width));
        let list = self.task.candidates;
        let waits = |class: usize| list.iter().enumerate().any(|(one, of)| of.class == class && at.open.has(one));
        while at.class < self.task.until && !waits(at.class) {
            at.class += 1;
        }
        if !self.seen.insert((fingerprint(&at), at.coupons)) {
            return Ok(());
        }
        if at.class == self.task.until {
            return self.offer(at);
        }
        let goods = (at.state.goods(), at.state.shipping.as_ref().map_or(0, |one| one.current));
        let by_value = |later: &Later| later.least_of(goods, &at.open, at.class);
        let by_value = self.task.later.map_or(0, by_value);
        if self.is_beaten(by_value, at.coupons) {
            return Ok(());
        }
        let mut frame =
            Frame { at, next: Vec::new(), lowest: by_value, clipped: true, most: vec![i64::MIN; list.len()] };
        if !self.task.later.is_some_and(|later| later.tells_all(&frame.at.open)) {
            self.bound(&mut frame)?;
            if self.is_beaten(frame.lowest, frame.at.coupons) {
                return Ok(());
            }
        }
        frame.next = self.next(&frame.at)?;
        stack.push(frame);
        Ok(())
    }

    /// Looks at each line by itself for what it may come to.
    #[inline]
    fn bound(&self, frame: &mut Frame) -> Result<(), Overflow> {
        let (list, at) = (self.task.candidates, &frame.at);
        let open = || list.iter().enumerate().filter(|(one, _)| at.open.has(*one));
        let low = Low::of(self.task.book, &at.state, open().map(|(_, one)| one), at.class)?;
        let lowest = if self.task.owed { low.owed(self.task.book, &at.state)? } else { low.goods() };
        frame.clipped = low.is_clipped() || lowest <= frame.lowest;
        frame.lowest = frame.lowest.max(lowest);
        open().zip(&low.most).for_each(|((one, _), &most)| frame.most[one] = most);
        Ok(())
    }
}

/// What the rest of the search depends on. Two states with the same 128 bits are taken for the same.
#[inline]
fn fingerprint(at: &Place) -> u128 {
    let Place { state, class, open, .. } = at;
    let mut feed = Feed::new();
    feed.and(&i64::try_from(*class).unwrap_or(i64::MAX)).and(if *class == CLASSES.len() {
        &[][..]
    } else {
        open.words()
    });
    for line in &state.lines {
        feed.and(&line.lowered);
        for run in &line.runs {
            feed.and(&run.count).and(&run.shelf).and(&run.current).and(&run.taken);
        }
    }
    feed.and(&state.shipping.as_ref().map_or(0, |one| one.current));
    feed.fingerprint()
}
