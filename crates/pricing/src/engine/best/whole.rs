//! Puts the components together and searches what comes after them.

use super::{
    CLASSES, Step, Way, Work,
    bound::Low,
    later::Later,
    open::{self, Candidate},
    owed,
    parts::{self, Part},
    search::{Keep, Outcome, Search, Task},
};
use crate::{CompiledBook, engine::State};
use money::Overflow;

/// The class behind those that are split into components.
const SPLIT: usize = 2;

/// A component with the ways that may matter.
struct Solved<'a, 'b> {
    part: Part<'b>,
    outcomes: Vec<Outcome<'a>>,
}

/// The best way, and a bound of what was not looked at.
pub(super) fn search(
    book: &CompiledBook,
    state: &State,
    usable: &[usize],
    work: &mut Work,
) -> Result<(Way, i64), Overflow> {
    let mut list = open::candidates(book, state, usable);
    let class = list.first().map_or(CLASSES.len(), |one| one.class);
    let low = Low::of(book, state, list.iter(), class)?;
    open::settle(book, state, &low, class == 0, &mut list);
    let (early, late): (Vec<Candidate>, Vec<Candidate>) = list.into_iter().partition(|one| one.class < SPLIT);
    let later = Later::of(book, state, &late, &early, &low, class == 0)?;
    let (mut solved, mut missing) = (Vec::new(), Some(0_i64));
    for part in parts::split(book, state, early) {
        let all = parts::contested(book, state, part.candidates.iter().chain(&late));
        let contested = part.lines.iter().map(|&line| all[line]).collect();
        let (outcomes, gap) = solve(book, state, &later, &part, contested, work)?;
        missing = match (missing, gap) {
            (Some(sum), Some(gap)) => Some(sum.saturating_add(gap)),
            _ => None,
        };
        solved.push(Solved { part, outcomes });
    }
    let whole = Whole {
        book,
        state,
        later: &later,
        late: &late,
        solved: &solved,
        contested: parts::contested(book, state, late.iter()),
    };
    let (way, unseen) = whole.search(work)?;
    let bottom = low.owed(book, state)?;
    let least = match missing {
        Some(0) => unseen,
        Some(gap) if later.idle => unseen.min(way.owed - gap),
        _ => bottom,
    };
    Ok((way, least.max(bottom)))
}

/// The ways of a component that may matter, and by how much better another could be: none if that can't be told.
fn solve<'a>(
    book: &CompiledBook,
    state: &State<'a>,
    later: &Later,
    part: &Part,
    contested: Vec<bool>,
    work: &mut Work,
) -> Result<(Vec<Outcome<'a>>, Option<i64>), Overflow> {
    let cents = later.cents(book, state, part);
    let surely = |by: i64| later.surely(by, cents);
    let keep = match () {
        () if later.idle => Keep::Near(0),
        () if later.picks => Keep::All,
        () if later.is_even(book, state, part) => Keep::Near(later.margin(cents)),
        () => Keep::Front(&surely),
    };
    let task = Task {
        book,
        candidates: &part.candidates,
        until: SPLIT,
        keep,
        owed: later.idle,
        contested,
        plain: false,
        barred: Vec::new(),
        known: None,
    };
    let answer = Search::new(task, work).run(part.state(state))?;
    let best = answer.outcomes.first().map_or(0, |one| one.worth);
    let missing = match keep {
        Keep::Near(margin) => Some(best.saturating_add(margin).saturating_sub(answer.unseen).max(0)),
        _ if answer.unseen == i64::MAX => Some(0),
        _ => None,
    };
    // Where a dearer way may be the better one, how much is missing can't be told from this part alone.
    let told = missing.filter(|missing| *missing == 0 || later.idle);
    Ok((answer.outcomes, told))
}

/// All components, and what comes after them.
struct Whole<'w, 'a, 'b> {
    book: &'b CompiledBook,
    state: &'w State<'a>,
    later: &'w Later<'b>,
    late: &'w [Candidate<'b>],
    solved: &'w [Solved<'a, 'b>],
    contested: Vec<bool>,
}

impl<'a> Whole<'_, 'a, '_> {
    /// Tries every choice of one way per component that may be the best, the cheapest first.
    fn search(&self, work: &mut Work) -> Result<(Way, i64), Overflow> {
        let open: Vec<usize> = (0..self.solved.len()).filter(|&at| self.solved[at].outcomes.len() > 1).collect();
        let bounds = self.bounds(&open);
        let mut choice = vec![0; self.solved.len()];
        let (mut way, mut unseen) = self.try_one(&choice, None, work)?;
        let mut depth = 0;
        // The next way to try at each depth; the first choice of all was tried above.
        let mut next = vec![0; open.len() + 1];
        loop {
            if depth == open.len() {
                if choice.iter().any(|at| *at > 0) {
                    let (found, rest) = self.try_one(&choice, way.as_ref(), work)?;
                    unseen = unseen.min(rest);
                    way = found.or(way);
                }
            } else if next[depth] < self.solved[open[depth]].outcomes.len() {
                choice[open[depth]] = next[depth];
                next[depth] += 1;
                let least = self.least(&choice, &open[..=depth], &bounds[depth + 1]);
                if way.as_ref().is_some_and(|way| least >= way.owed) {
                    continue;
                }
                if work.is_done() {
                    unseen = unseen.min(least);
                    continue;
                }
                work.count();
                depth += 1;
                next[depth] = 0;
                continue;
            }
            if depth == 0 {
                break;
            }
            if depth < open.len() {
                choice[open[depth]] = 0;
            }
            depth -= 1;
        }
        let way = way.expect("with no way known yet, doing nothing is one");
        Ok((way, unseen))
    }

    /// From each depth on, what the components that are not chosen yet are worth at the least and at the most.
    fn bounds(&self, open: &[usize]) -> Vec<(i64, i64)> {
        let mut bounds = vec![(0, 0); open.len() + 1];
        for at in (0..open.len()).rev() {
            let worths = || self.solved[open[at]].outcomes.iter().map(|one| one.state.goods());
            let (least, most) = (worths().min().unwrap_or(0), worths().max().unwrap_or(0));
            bounds[at] = (bounds[at + 1].0 + least, bounds[at + 1].1 + most);
        }
        bounds
    }

    /// The least that can be owed with the choices made so far.
    fn least(&self, choice: &[usize], chosen: &[usize], rest: &(i64, i64)) -> i64 {
        let fixed = self.solved.iter().filter(|one| one.outcomes.len() <= 1).flat_map(|one| one.outcomes.first());
        let fixed: i64 = fixed.map(|one| one.state.goods()).sum();
        let chosen: i64 = chosen.iter().map(|&at| self.solved[at].outcomes[choice[at]].state.goods()).sum();
        let mut apart: i64 = self.state.goods();
        for one in self.solved {
            apart -= one.part.lines.iter().map(|&at| self.state.lines[at].total()).sum::<i64>();
        }
        let sum = fixed + chosen + apart;
        self.later.least(self.book, self.state, sum + rest.0, sum + rest.1)
    }

    /// The later candidates that do not combine with what was done.
    fn barred(&self, steps: &[Step]) -> Vec<usize> {
        let promotions = &self.book.promotions;
        let barred =
            |one: &Candidate| steps.iter().any(|step| !promotions[step.promotion].combines(&promotions[one.promotion]));
        self.late.iter().enumerate().filter(|(_, one)| barred(one)).map(|(at, _)| at).collect()
    }

    /// One choice of ways: the best that the later classes make of it, if that is better than what is known.
    fn try_one(&self, choice: &[usize], known: Option<&Way>, work: &mut Work) -> Result<(Option<Way>, i64), Overflow> {
        let (mut state, mut steps, mut coupons) = (self.state.clone(), Vec::new(), 0);
        for (one, &at) in self.solved.iter().zip(choice) {
            let Some(outcome) = one.outcomes.get(at) else { continue };
            for (&place, line) in one.part.lines.iter().zip(&outcome.state.lines) {
                state.lines[place] = line.clone();
            }
            steps.extend(outcome.steps.iter().map(|step| moved(step, &one.part.lines)));
            coupons += outcome.coupons;
        }
        crate::sort::by_key(&mut steps, |step| self.book.promotions[step.promotion].terms.class);
        let known = known.map(|way| (way.owed, way.coupons.saturating_sub(coupons)));
        if self.late.is_empty() {
            let owed = owed(self.book, &state)?;
            let better = known.is_none_or(|known| (owed, 0) < known);
            return Ok((better.then_some(Way { owed, coupons, steps }), i64::MAX));
        }
        let task = Task {
            book: self.book,
            candidates: self.late,
            until: CLASSES.len(),
            keep: Keep::Near(0),
            owed: true,
            contested: self.contested.clone(),
            plain: false,
            barred: self.barred(&steps),
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

/// A step of a component as a step of the whole cart.
fn moved(step: &Step, lines: &[usize]) -> Step {
    let mut step = step.clone();
    step.plan.cuts.iter_mut().for_each(|cut| cut.line = lines[cut.line]);
    step
}
