//! The search itself: branch over whose turn is next, bound by what could still come, and never visit a state twice.

use super::{
    Step, Way, Work,
    bound::Low,
    later::Later,
    open::{CLASSES, Candidate, Open},
    owed,
};
use crate::{
    CompiledBook,
    benefit::Wanted,
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

/// Which ways are kept.
#[derive(Clone, Copy)]
pub(super) enum Keep<'t> {
    /// Those that are no more than so much dearer than the best; of equally good ones only the first where that is nothing.
    Near(i64),
    /// The same, but of each worth only one.
    Worths(i64),
    /// The same, but none that are dearer than another in every line, where that other is surely no worse in the end.
    Front(i64, &'t dyn Fn(i64) -> bool),
}

impl Keep<'_> {
    fn margin(self) -> i64 {
        match self {
            Self::Near(margin) | Self::Worths(margin) | Self::Front(margin, _) => margin,
        }
    }
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

impl Answer<'_> {
    /// The best way through all classes, if one was found.
    pub(super) fn first(self) -> Option<Way> {
        let way = |one: Outcome| Way { owed: one.worth, coupons: one.coupons, steps: one.steps };
        self.outcomes.into_iter().next().map(way)
    }
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
    /// True if the least is what no discount goes below, so that it says nothing of what each candidate adds to it.
    clipped: bool,
    /// What each candidate that is open adds to that bound, by its place, where that can be told.
    most: Vec<i64>,
}

enum Next {
    /// Nothing more in this class.
    Class,
    /// A candidate does this.
    Turn(usize, Plan),
    /// A candidate does something else than what is likely.
    Others(usize),
}

/// What it costs to find out that a promotion has too many choices to list, in nodes.
const LISTED_IN_VAIN: usize = 100;

/// More ways than this are not kept.
const OUTCOMES_MAX: usize = 500;

pub(super) struct Search<'a, 't, 'b> {
    task: Task<'t, 'b>,
    work: &'t mut Work,
    seen: BTreeSet<(u128, usize)>,
    kept: Vec<Outcome<'a>>,
    /// The best of what is known and what is kept.
    best: Option<(i64, usize)>,
    unseen: i64,
}

impl<'a, 't, 'b> Search<'a, 't, 'b> {
    pub(super) fn new(task: Task<'t, 'b>, work: &'t mut Work) -> Self {
        let best = task.known;
        Self { task, work, seen: BTreeSet::new(), kept: Vec::new(), best, unseen: i64::MAX }
    }

    /// Looks through every way from a state, as far as the work allows.
    pub(super) fn run(mut self, state: State<'a>) -> Result<Answer<'a>, Overflow> {
        let mut all = Open::all(self.task.candidates.len());
        self.task.barred.iter().for_each(|&at| all.close(at));
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
            if self.work.is_done() && !(self.kept.is_empty() && self.task.known.is_none()) {
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
                Next::Turn(at, plan) if plan.total() < self.least_of(frame, at) => {}
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

    /// A promotion has had its turn, and with it the others that it bars.
    fn close(&self, open: &mut Open, at: usize) {
        let one = &self.task.candidates[at];
        open.close(at);
        let others = self.task.candidates.iter().enumerate();
        let others = others.filter(|(_, other)| one.bars(self.task.book, other) || one.comes_after(other));
        others.for_each(|(at, _)| open.close(at));
    }

    /// True if nothing that costs at least this is kept.
    fn is_beaten(&self, lowest: i64, coupons: usize) -> bool {
        let margin = self.task.keep.margin();
        self.best.is_some_and(|(worth, spent)| {
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
        self.work.count(Work::of_node(&state, self.task.candidates.len()));
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
        let by_value = self.task.later.map_or(0, |later| later.least_of(self.task.book, &state, &open, class));
        if self.is_beaten(by_value, coupons) {
            return Ok(());
        }
        let candidates = list.iter().enumerate().filter(|(at, _)| open.has(*at)).map(|(_, one)| one);
        let low = Low::of(self.task.book, &state, candidates, class)?;
        let lowest = if self.task.owed { low.owed(self.task.book, &state)? } else { low.goods() }.max(by_value);
        if self.is_beaten(lowest, coupons) {
            return Ok(());
        }
        let next = self.next(&state, class, &open)?;
        let (clipped, mut shown) = (low.is_clipped() || by_value == lowest, low.most.into_iter());
        let most =
            (0..list.len()).map(|at| if open.has(at) { shown.next().unwrap_or(i64::MIN) } else { i64::MIN }).collect();
        stack.push(Frame { state, class, open, steps, coupons, next, lowest, clipped, most });
        Ok(())
    }

    /// What may be done next. The last is looked at first: what takes off most, then nothing more in this class, then what is unlikely.
    fn next(&self, state: &State, class: usize, open: &Open) -> Result<Vec<Next>, Overflow> {
        let mut turns: Vec<(usize, Plan)> = Vec::new();
        let mut next = Vec::new();
        for (at, one) in self.task.candidates.iter().enumerate() {
            let waits = !open.has(at) || one.class != class || !one.holds(self.task.book, state);
            if waits || self.has_twin(open, at) || self.is_behind(state, at)? || self.waits_for_link(state, open, at)? {
                continue;
            }
            let ready = &self.task.book.promotions[one.promotion];
            let mut likely = ready.effect.likely(state, &ready.terms)?;
            likely.truncate(if self.task.plain { 1 } else { usize::MAX });
            for mut plan in likely {
                plan.limit(one.allowed)?;
                if plan.total() > 0 {
                    turns.push((at, plan));
                }
            }
            next.extend((!self.task.plain).then_some(Next::Others(at)));
        }
        crate::sort::by_key(&mut turns, |(at, plan)| (plan.total(), usize::MAX - at));
        // It is settled that a link is applied wherever it takes anything off.
        if !turns.iter().any(|(at, _)| self.task.candidates[*at].link.is_some()) {
            next.push(Next::Class);
        }
        next.extend(turns.into_iter().map(|(at, plan)| Next::Turn(at, plan)));
        Ok(next)
    }

    /// True if it is a link, and one that comes before it would still take something off.
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
    fn has_twin(&self, open: &Open, at: usize) -> bool {
        let list = self.task.candidates;
        let before = list[..at].iter().enumerate().filter(|(at, _)| open.has(*at));
        before.into_iter().any(|(_, one)| one.class == list[at].class && list[at].is_twin_of(self.task.book, one))
    }

    /// What a candidate must take off at the least for its turn to lead to anything that is kept: the bound counts on its most.
    fn least_of(&self, frame: &Frame, at: usize) -> i64 {
        let Some(best) = self.best.filter(|_| !frame.clipped) else { return i64::MIN };
        let spare = best.0.saturating_add(self.task.keep.margin()).saturating_sub(frame.lowest);
        frame.most[at].saturating_sub(spare)
    }

    /// Everything else that a candidate may do.
    fn others(&mut self, frame: &mut Frame, at: usize) -> Result<(), Overflow> {
        let one = &self.task.candidates[at];
        let ready = &self.task.book.promotions[one.promotion];
        let (least, node) = (self.least_of(frame, at), Work::of_node(&frame.state, self.task.candidates.len()));
        let found =
            ready.effect.others(&frame.state, &ready.terms, &Wanted { contested: &self.task.contested, least })?;
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

    /// Keeps the way if it may be of use.
    fn offer(&mut self, state: State<'a>, coupons: usize, steps: Vec<Step>) -> Result<(), Overflow> {
        let worth = if self.task.owed { owed(self.task.book, &state)? } else { state.goods() };
        let new = Outcome { worth, coupons, state, steps };
        if self.is_beaten(worth, coupons) {
            return Ok(());
        }
        self.best = [self.best, Some((worth, coupons))].into_iter().flatten().min();
        let margin = self.task.keep.margin();
        match self.task.keep {
            _ if margin == 0 => self.kept.clear(),
            Keep::Near(_) => {}
            Keep::Worths(_) => {
                let same = self.kept.iter().position(|old| old.worth == worth);
                if same.is_some_and(|same| self.kept[same].coupons <= coupons) {
                    return Ok(());
                }
                same.map(|same| self.kept.swap_remove(same));
            }
            Keep::Front(_, surely) => {
                self.work.count(self.kept.len() / 4);
                if self.kept.iter().any(|old| is_under(old, &new, surely)) {
                    return Ok(());
                }
                self.kept.retain(|old| !is_under(&new, old, surely));
            }
        }
        self.kept.retain(|old| old.worth <= worth.saturating_add(margin));
        self.kept.push(new);
        if self.kept.len() > OUTCOMES_MAX {
            crate::sort::by(&mut self.kept, |a, b| (a.worth, a.coupons).cmp(&(b.worth, b.coupons)));
            self.unseen = self.unseen.min(self.kept[OUTCOMES_MAX].worth);
            self.kept.truncate(OUTCOMES_MAX);
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
    feed.and(&i64::try_from(class).unwrap_or(i64::MAX)).and(if class == CLASSES.len() {
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
