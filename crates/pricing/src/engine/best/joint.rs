//! The components together, and what comes after them.

use super::{
    CLASSES, Step, Way, Work,
    bound::Low,
    kept::{Keep, Outcome},
    links,
    memory::Known,
    open::Candidate,
    owed,
    parts::Part,
    search::{Search, Task},
    sums::Sums,
    whole::{Case, SPLIT},
};
use money::Overflow;

/// More sums of worths than this are not looked at.
const TOTALS_MAX: usize = 2_000;

/// A component with the ways that may matter, the cheapest first.
pub(super) struct Solved<'a, 'b> {
    part: Part<'b>,
    /// Lines whose units several sets may want.
    contested: Vec<bool>,
    outcomes: Vec<Outcome<'a>>,
    /// No way that was not looked at is worth less.
    unseen: i64,
}

impl<'a, 'b> Solved<'a, 'b> {
    #[inline]
    pub(super) fn new(part: Part<'b>, contested: Vec<bool>) -> Self {
        Self { part, contested, outcomes: Vec::new(), unseen: i64::MAX }
    }

    /// What the best way is worth.
    #[inline]
    fn best(&self) -> i64 {
        self.outcomes.first().map_or(0, |one| one.worth)
    }

    /// By how much the best way may be missed.
    #[inline]
    fn missing(&self) -> i64 {
        self.best().saturating_sub(self.unseen).max(0)
    }
}

/// All components of a cart, with the links settled.
pub(super) struct Joint<'w, 'a, 'b> {
    pub(super) case: &'w Case<'w, 'a, 'b>,
    pub(super) solved: Vec<Solved<'a, 'b>>,
}

impl<'a> Joint<'_, 'a, '_> {
    /// The best way, if it is better than what is known, and a bound of what was not looked at.
    #[inline]
    pub(super) fn run(
        &mut self,
        known: Option<&Way>,
        memory: &mut Known<'a>,
        work: &mut Work,
    ) -> Result<(Option<Way>, i64), Overflow> {
        let first = vec![0; self.solved.len()];
        if self.case.later.idle {
            self.solve(0, memory, work)?;
            let (way, unseen) = self.try_one(&first, known, work)?;
            let owed = way.as_ref().or(known).map_or(0, |way| way.owed);
            let missing: i64 = self.solved.iter().map(Solved::missing).sum();
            return Ok((way, if missing > 0 { unseen.min(owed - missing) } else { unseen }));
        }
        let unseen = match known {
            None => {
                self.solve(self.case.later.noise(), memory, work)?;
                i64::MAX
            }
            Some(known) => match self.solve_under(known.owed, memory, work)? {
                Some(unseen) => return Ok((None, unseen)),
                None => i64::MAX,
            },
        };
        let (way, rest) = self.try_one(&first, known, work)?;
        let unseen = unseen.min(rest);
        match (way, known) {
            (Some(way), _) => {
                let (way, unseen) = self.improve(way, unseen, memory, work)?;
                Ok((Some(way), unseen))
            }
            (None, Some(known)) => {
                let (way, unseen) = self.improve(known.clone(), unseen, memory, work)?;
                Ok(((way.owed < known.owed).then_some(way), unseen))
            }
            (None, None) => Ok((None, unseen)),
        }
    }

    /// Looks for the best way of each component where the whole may come to less than `owed`. If it can't, tells what it comes to at the least in
    /// what was not looked at.
    #[inline]
    fn solve_under(&mut self, owed: i64, memory: &mut Known<'a>, work: &mut Work) -> Result<Option<i64>, Overflow> {
        let case = self.case;
        let mut lows = Vec::with_capacity(self.solved.len());
        for one in &self.solved {
            let known = memory.of(&one.part, 0).and_then(|outcomes| outcomes.first());
            lows.push(known.map(|known| known.worth).map_or_else(|| self.low(one, memory), Ok)?);
        }
        let least = self.apart() + lows.iter().sum::<i64>();
        let last = case.later.last(case.state, least, case.state.goods(), owed);
        let Some(last) = last else { return Ok(Some(i64::MAX)) };
        for at in 0..self.solved.len() {
            let least = self.apart() + lows.iter().sum::<i64>();
            if least > last {
                return Ok(Some(i64::MAX));
            }
            let ceiling = lows[at] + last - least;
            let mut share = Work(work.0 / 2);
            work.0 -= share.0;
            self.solve_one(at, case.later.noise(), Some(ceiling), memory, &mut share)?;
            work.0 += share.0;
            let one = &self.solved[at];
            if one.outcomes.is_empty() && one.unseen == i64::MAX {
                return Ok(Some(i64::MAX));
            }
            if one.outcomes.is_empty() {
                lows[at] = one.unseen.max(lows[at]);
                let from = self.apart() + lows.iter().sum::<i64>();
                return Ok(Some(case.later.least(case.state, from, case.state.goods())));
            }
            lows[at] = one.best().min(one.unseen);
        }
        Ok(None)
    }

    /// What a component is worth at the least, before it is searched.
    #[inline]
    fn low(&self, of: &Solved, memory: &mut Known<'a>) -> Result<i64, Overflow> {
        if let Some(low) = memory.low_of(&of.part) {
            return Ok(low);
        }
        let state = of.part.state(self.case.state);
        let low = Low::of(self.case.book, &state, of.part.candidates.iter(), of.part.first_class())?.goods();
        memory.add_low(&of.part, low);
        Ok(low)
    }

    /// What all goods are worth at the least, before anything is searched.
    #[inline]
    pub(super) fn bottom(&self, memory: &mut Known<'a>) -> Result<i64, Overflow> {
        self.solved.iter().try_fold(self.apart(), |sum, one| Ok(sum + self.low(one, memory)?))
    }

    /// What the lines are worth that are in no component.
    #[inline]
    fn apart(&self) -> i64 {
        let lines = |one: &Solved| one.part.lines.iter().map(|&at| self.case.state.lines[at].total()).sum::<i64>();
        self.solved.iter().fold(self.case.state.goods(), |sum, one| sum - lines(one))
    }

    /// What all goods are worth at the least, by what is known of the components.
    #[inline]
    fn lowest(&self) -> i64 {
        self.solved.iter().fold(self.apart(), |sum, one| sum + one.best().min(one.unseen))
    }

    /// Looks for the ways of each component that are no more than so much dearer than its best. Each may do its share of the work that is left.
    #[inline]
    fn solve(&mut self, margin: i64, memory: &mut Known<'a>, work: &mut Work) -> Result<(), Overflow> {
        let mut left = u32::try_from(self.solved.len()).unwrap_or(u32::MAX);
        for at in 0..self.solved.len() {
            let mut share = Work(work.0 / (left + 1));
            work.0 -= share.0;
            left -= 1;
            self.solve_one(at, margin, None, memory, &mut share)?;
            work.0 += share.0;
        }
        Ok(())
    }

    /// The same for one component, where nothing above the ceiling is of use.
    #[inline]
    fn solve_one(
        &mut self,
        at: usize,
        margin: i64,
        ceiling: Option<i64>,
        memory: &mut Known<'a>,
        work: &mut Work,
    ) -> Result<(), Overflow> {
        let one = &mut self.solved[at];
        if let Some(outcomes) = memory.of(&one.part, margin) {
            (one.outcomes, one.unseen) = (outcomes.to_vec(), i64::MAX);
            return Ok(());
        }
        // A search that ended early may have found less than one before it.
        let known = std::mem::take(&mut one.outcomes).into_iter().next();
        let (mut outcomes, unseen) = self.ways(&self.solved[at], margin, ceiling, work)?;
        let worth = outcomes.first().map_or(i64::MAX, |one| one.worth);
        outcomes.splice(0..0, known.filter(|known| known.worth < worth));
        let one = &mut self.solved[at];
        if unseen == i64::MAX && !outcomes.is_empty() {
            memory.add(&one.part, margin, &outcomes);
        }
        (one.outcomes, one.unseen) = (outcomes, unseen);
        Ok(())
    }

    #[inline]
    fn ways(
        &self,
        of: &Solved<'a, '_>,
        margin: i64,
        ceiling: Option<i64>,
        work: &mut Work,
    ) -> Result<(Vec<Outcome<'a>>, i64), Overflow> {
        let (case, part) = (self.case, &of.part);
        let cents = case.later.cents(case.book, case.state, part);
        let surely = |by: i64| case.later.surely(by, cents);
        let even = case.later.is_even(case.book, case.state, part);
        let keep = match () {
            () if margin == 0 || case.later.picks => Keep::Near(margin),
            () if even && case.later.is_smooth(case.book) => Keep::Worths(margin),
            () if even => Keep::Near(margin),
            () => Keep::Front(margin, &surely),
        };
        let task = Task {
            book: case.book,
            candidates: &part.candidates,
            until: SPLIT,
            keep,
            owed: case.later.idle,
            contested: of.contested.clone(),
            plain: false,
            barred: Vec::new(),
            later: None,
            known: ceiling.map(|ceiling| (ceiling, usize::MAX)),
        };
        let answer = Search::new(task, work).run(part.state(case.state))?;
        Ok((answer.outcomes, answer.unseen))
    }

    /// Tries every choice of one way per component that may come to less than the way, the most promising first.
    #[inline]
    fn improve(
        &mut self,
        mut way: Way,
        mut unseen: i64,
        memory: &mut Known<'a>,
        work: &mut Work,
    ) -> Result<(Way, i64), Overflow> {
        let base = self.lowest() + self.solved.iter().map(Solved::missing).sum::<i64>();
        let (later, state) = (self.case.later, self.case.state);
        let last = later.last(state, self.lowest(), state.goods(), way.owed);
        let Some(last) = last else { return Ok((way, unseen)) };
        let reach = later.reach(state, self.lowest(), last, way.owed);
        if last - base > self.case.later.noise() {
            self.solve(last - base, memory, work)?;
        }
        unseen = unseen.min(self.unseen());
        let base = self.lowest() + self.solved.iter().map(Solved::missing).sum::<i64>();
        let worths = |one: &Solved| one.outcomes.iter().map(|way| way.worth - one.best()).collect::<Vec<i64>>();
        let lists: Vec<Vec<i64>> = self.solved.iter().map(worths).collect();
        let sums = Sums::new(&lists, last - base);
        let reach: Vec<(i64, i64)> = reach.iter().map(|(from, to)| (from - base, to - base)).collect();
        let (totals, rest) = self.totals(&sums, base, &reach, way.owed, work);
        unseen = unseen.min(rest);
        let mut failed = None;
        for (least, sum) in totals {
            if least >= way.owed {
                break;
            }
            if work.is_done() {
                unseen = unseen.min(least);
                break;
            }
            sums.ways(sum, &mut |choice| {
                match self.try_one(choice, Some(&way), work) {
                    Ok((found, rest)) => {
                        unseen = unseen.min(rest);
                        found.into_iter().for_each(|found| way = found);
                    }
                    Err(error) => failed = Some(error),
                }
                if work.is_done() {
                    unseen = unseen.min(least);
                }
                !work.is_done() && failed.is_none() && least < way.owed
            });
        }
        failed.map_or(Ok((way, unseen)), Err)
    }

    /// The least that can be owed where a component's way was not looked at.
    #[inline]
    fn unseen(&self) -> i64 {
        let base = self.lowest();
        let least = |one: &Solved| {
            let from = base + (one.unseen - one.best()).max(0);
            self.case.later.least(self.case.state, from, self.case.state.goods())
        };
        self.solved.iter().filter(|one| one.unseen < i64::MAX).map(least).min().unwrap_or(i64::MAX)
    }

    /// The sums above `base` that can be made and may come to less than `owed`: what they may come to, and the sum, the most promising first.
    /// And the least of those that were not looked at.
    #[inline]
    fn totals(
        &self,
        sums: &Sums,
        base: i64,
        reach: &[(i64, i64)],
        owed: i64,
        work: &mut Work,
    ) -> (Vec<(i64, i64)>, i64) {
        let (mut totals, mut rest) = (Vec::new(), i64::MAX);
        for &(from, to) in reach {
            for sum in sums.between(from, to) {
                if totals.len() >= TOTALS_MAX {
                    rest = rest.min(self.case.later.least(self.case.state, base + sum, base + to));
                    break;
                }
                let least = self.case.later.least(self.case.state, base + sum, base + sum);
                totals.extend((least < owed).then_some((least, sum)));
            }
        }
        work.count(totals.len() / 2);
        crate::sort::by(&mut totals, Ord::cmp);
        (totals, rest)
    }

    /// The later candidates that do not combine with what was done.
    #[inline]
    fn barred(&self, steps: &[Step]) -> Vec<usize> {
        let promotions = &self.case.book.promotions;
        let barred =
            |one: &Candidate| steps.iter().any(|step| !promotions[step.promotion].combines(&promotions[one.promotion]));
        self.case.late.iter().enumerate().filter(|(_, one)| barred(one)).map(|(at, _)| at).collect()
    }

    /// One choice of ways: the best that the later classes make of it, if that is better than what is known.
    #[inline]
    fn try_one(&self, choice: &[usize], known: Option<&Way>, work: &mut Work) -> Result<(Option<Way>, i64), Overflow> {
        let (mut state, mut ways, mut coupons) = (self.case.state.clone(), Vec::new(), 0);
        for (one, &at) in self.solved.iter().zip(choice) {
            let Some(outcome) = one.outcomes.get(at) else { continue };
            for (&place, line) in one.part.lines.iter().zip(&outcome.state.lines) {
                state.lines[place] = line.clone();
            }
            ways.push((&one.part, &outcome.steps[..]));
            coupons += outcome.coupons;
        }
        let mut steps = links::merge(self.case.book, &ways);
        let known = known.map(|way| (way.owed, way.coupons.saturating_sub(coupons)));
        if self.case.late.is_empty() {
            let owed = owed(self.case.book, &state)?;
            let better = known.is_none_or(|known| (owed, 0) < known);
            return Ok((better.then_some(Way { owed, coupons, steps }), i64::MAX));
        }
        let task = Task {
            book: self.case.book,
            candidates: self.case.late,
            until: CLASSES.len(),
            keep: Keep::Near(0),
            owed: true,
            contested: self.case.contested.clone(),
            plain: false,
            barred: self.barred(&steps),
            later: Some(self.case.later),
            known,
        };
        let answer = Search::new(task, work).run(state)?;
        let found = answer.outcomes.into_iter().next().map(|one| {
            steps.extend(one.steps);
            Way { owed: one.worth, coupons: coupons + one.coupons, steps }
        });
        Ok((found, answer.unseen))
    }
}
