//! The search itself: branch over whose turn is next, bound by what could still come, and never visit a state twice.

use super::{
    Step, Work,
    bound::Low,
    open::{CLASSES, Candidate, Open},
    owed,
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
    /// True if sets of other promotions may want the same units.
    pub(super) rivals: bool,
    /// A way that is known already: what is owed, and the codes spent.
    pub(super) known: Option<(i64, usize)>,
}

/// Which ways are kept.
#[derive(Clone, Copy)]
pub(super) enum Keep<'t> {
    /// Those that are no more than so much dearer than the best; of equally good ones only the first where that is nothing.
    Near(i64),
    /// All but those that are dearer than another in every line, where that other is surely no worse in the end.
    Front(&'t dyn Fn(i64) -> bool),
    /// All that differ.
    All,
}

/// A way through the classes.
#[derive(Clone)]
pub(super) struct Outcome<'a> {
    pub(super) worth: i64,
    pub(super) coupons: usize,
    pub(super) state: State<'a>,
    pub(super) steps: Vec<Step>,
}

/// What was found.
pub(super) struct Answer<'a> {
    /// The best first.
    pub(super) outcomes: Vec<Outcome<'a>>,
    /// No way that was not looked at is better than this.
    pub(super) unseen: i64,
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
    /// Nothing more in this class.
    Class,
    /// A candidate does this.
    Turn(usize, Plan),
    /// A candidate does something else than what is likely.
    Others(usize),
}

/// More ways than this are not kept.
const OUTCOMES_MAX: usize = 64;

pub(super) struct Search<'a, 't, 'b> {
    task: Task<'t, 'b>,
    work: &'t mut Work,
    seen: BTreeSet<(u128, usize)>,
    kept: Vec<Outcome<'a>>,
    unseen: i64,
}

impl<'a, 't, 'b> Search<'a, 't, 'b> {
    pub(super) fn new(task: Task<'t, 'b>, work: &'t mut Work) -> Self {
        Self { task, work, seen: BTreeSet::new(), kept: Vec::new(), unseen: i64::MAX }
    }

    /// Looks through every way from a state, as far as the work allows.
    pub(super) fn run(mut self, state: State<'a>) -> Result<Answer<'a>, Overflow> {
        let all = Open::all(self.task.candidates.len());
        let mut stack = Vec::new();
        self.push(&mut stack, state, 0, all, Vec::new(), 0)?;
        while let Some(frame) = stack.last_mut() {
            if self.is_beaten(frame.lowest, frame.coupons) {
                stack.pop();
                continue;
            }
            let Some(next) = frame.next.pop() else {
                stack.pop();
                continue;
            };
            if self.work.is_done() && !self.kept.is_empty() {
                self.unseen = self.unseen.min(frame.lowest);
                stack.pop();
                continue;
            }
            let (mut class, mut coupons) = (frame.class, frame.coupons);
            match next {
                Next::Others(at) => self.others(frame, at)?,
                Next::Class => {
                    class += 1;
                    let (state, open, steps) = (frame.state.clone(), frame.open.clone(), frame.steps.clone());
                    self.push(&mut stack, state, class, open, steps, coupons)?;
                }
                Next::Turn(at, plan) => {
                    let one = &self.task.candidates[at];
                    let (mut after, mut open, mut steps) =
                        (frame.state.clone(), frame.open.clone(), frame.steps.clone());
                    after.commit_unrecorded(&plan, class == 0);
                    self.close(&mut open, at);
                    coupons += usize::from(one.coupon.is_some_and(|code| self.is_first(&steps, code)));
                    steps.push(Step { promotion: one.promotion, plan });
                    self.push(&mut stack, after, class, open, steps, coupons)?;
                }
            }
        }
        crate::sort::by(&mut self.kept, |a, b| (a.worth, a.coupons).cmp(&(b.worth, b.coupons)));
        Ok(Answer { outcomes: self.kept, unseen: self.unseen })
    }

    /// True if no step so far has spent this code.
    fn is_first(&self, steps: &[Step], code: &ids::CouponCode) -> bool {
        !steps.iter().any(|step| self.task.book.promotion(step.promotion).coupon.as_ref() == Some(code))
    }

    /// A promotion has had its turn, and with it the others of its group.
    fn close(&self, open: &mut Open, at: usize) {
        let one = &self.task.candidates[at];
        open.close(at);
        if one.group.is_some() {
            let others = self.task.candidates.iter().enumerate().filter(|(_, other)| other.is_rival_of(one));
            others.for_each(|(at, _)| open.close(at));
        }
    }

    /// True if nothing that costs at least this is kept.
    fn is_beaten(&self, lowest: i64, coupons: usize) -> bool {
        let Keep::Near(margin) = self.task.keep else { return false };
        let kept = self.kept.iter().map(|one| (one.worth, one.coupons)).min();
        let best = [kept, self.task.known].into_iter().flatten().min();
        best.is_some_and(|(worth, spent)| {
            let most = worth.saturating_add(margin);
            lowest > most || (margin == 0 && lowest == most && coupons >= spent)
        })
    }

    fn push(
        &mut self,
        stack: &mut Vec<Frame<'a>>,
        state: State<'a>,
        mut class: usize,
        open: Open,
        steps: Vec<Step>,
        coupons: usize,
    ) -> Result<(), Overflow> {
        self.work.count();
        let list = self.task.candidates;
        let waits = |class: usize| list.iter().enumerate().any(|(at, one)| one.class == class && open.has(at));
        while class < self.task.until && !waits(class) {
            class += 1;
        }
        if !self.seen.insert((fingerprint(&state, &open, class), coupons)) {
            return Ok(());
        }
        if class == self.task.until {
            return self.offer(state, coupons, steps);
        }
        let candidates = list.iter().enumerate().filter(|(at, _)| open.has(*at)).map(|(_, one)| one);
        let low = Low::of(self.task.book, &state, candidates, class)?;
        let lowest = if self.task.owed { low.owed(self.task.book, &state)? } else { low.goods() };
        if self.is_beaten(lowest, coupons) {
            return Ok(());
        }
        let next = self.next(&state, class, &open)?;
        stack.push(Frame { state, class, open, steps, coupons, next, lowest });
        Ok(())
    }

    /// What may be done next. The last is looked at first: what takes off most, then nothing more in this class, then what is unlikely.
    fn next(&self, state: &State, class: usize, open: &Open) -> Result<Vec<Next>, Overflow> {
        let mut turns: Vec<(usize, Plan)> = Vec::new();
        let mut next = Vec::new();
        for (at, one) in self.task.candidates.iter().enumerate() {
            if !open.has(at) || one.class != class || !one.holds(self.task.book, state) || self.has_twin(open, at) {
                continue;
            }
            let ready = &self.task.book.promotions[one.promotion];
            for mut plan in ready.effect.likely(state, &ready.terms)? {
                plan.limit(one.allowed)?;
                if plan.total() > 0 {
                    turns.push((at, plan));
                }
            }
            next.push(Next::Others(at));
        }
        crate::sort::by_key(&mut turns, |(at, plan)| (plan.total(), usize::MAX - at));
        next.push(Next::Class);
        next.extend(turns.into_iter().map(|(at, plan)| Next::Turn(at, plan)));
        Ok(next)
    }

    /// True if another that does the same comes first: which of the two is applied makes no difference.
    fn has_twin(&self, open: &Open, at: usize) -> bool {
        let list = self.task.candidates;
        let before = list[..at].iter().enumerate().filter(|(at, _)| open.has(*at));
        before.into_iter().any(|(_, one)| one.class == list[at].class && list[at].is_twin_of(self.task.book, one))
    }

    /// Everything else that a candidate may do.
    fn others(&mut self, frame: &mut Frame, at: usize) -> Result<(), Overflow> {
        let one = &self.task.candidates[at];
        let ready = &self.task.book.promotions[one.promotion];
        let found = ready.effect.others(&frame.state, &ready.terms, self.task.rivals)?;
        if !found.complete {
            self.unseen = self.unseen.min(frame.lowest);
        }
        for mut plan in found.plans {
            plan.limit(one.allowed)?;
            if plan.total() > 0 {
                frame.next.push(Next::Turn(at, plan));
            }
        }
        Ok(())
    }

    /// Keeps the way if it may be of use.
    fn offer(&mut self, state: State<'a>, coupons: usize, steps: Vec<Step>) -> Result<(), Overflow> {
        let worth = if self.task.owed { owed(self.task.book, &state)? } else { state.goods() };
        let new = Outcome { worth, coupons, state, steps };
        match self.task.keep {
            Keep::Near(_) if self.is_beaten(worth, coupons) => return Ok(()),
            Keep::Near(0) => self.kept.clear(),
            Keep::Near(margin) => self.kept.retain(|old| old.worth <= worth.saturating_add(margin)),
            Keep::Front(surely) => {
                if self.kept.iter().any(|old| is_under(old, &new, surely)) {
                    return Ok(());
                }
                self.kept.retain(|old| !is_under(&new, old, surely));
            }
            Keep::All => {}
        }
        self.kept.push(new);
        if self.kept.len() > OUTCOMES_MAX {
            crate::sort::by(&mut self.kept, |a, b| (a.worth, a.coupons).cmp(&(b.worth, b.coupons)));
            let least = self.kept[0].worth;
            self.kept.truncate(OUTCOMES_MAX);
            self.unseen = self.unseen.min(least);
        }
        Ok(())
    }
}

/// True if no line of `one` costs more than in `other`, and it is surely no worse in the end.
fn is_under(one: &Outcome, other: &Outcome, surely: &dyn Fn(i64) -> bool) -> bool {
    let lines = one.state.lines.iter().zip(&other.state.lines);
    one.coupons <= other.coupons
        && surely(other.worth - one.worth)
        && lines.into_iter().all(|(one, other)| one.total() <= other.total())
}

/// What the rest of the search depends on. Two states with the same 128 bits are taken for the same.
fn fingerprint(state: &State, open: &Open, class: usize) -> u128 {
    let mut feed = Feed::new();
    feed.and(&i64::try_from(class).unwrap_or(i64::MAX)).and(if class == CLASSES.len() { &[][..] } else { open.words() });
    for line in &state.lines {
        feed.and(&line.lowered);
        for run in &line.runs {
            feed.and(&run.count).and(&run.shelf).and(&run.current).and(&run.taken);
        }
    }
    feed.and(&state.shipping.as_ref().map_or(0, |one| one.current));
    feed.fingerprint()
}
