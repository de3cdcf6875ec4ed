//! Which ways are kept of all that a search comes to the end of.

use super::{
    Step, Way, owed,
    search::{Place, Search},
};
use crate::engine::State;
use money::Overflow;

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
    #[inline]
    pub(super) fn margin(self) -> i64 {
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
    #[inline]
    pub(super) fn first(self) -> Option<Way> {
        let way = |one: Outcome| Way { owed: one.worth, coupons: one.coupons, steps: one.steps };
        self.outcomes.into_iter().next().map(way)
    }
}

/// More ways than this are not kept.
const OUTCOMES_MAX: usize = 500;

impl<'a> Search<'a, '_, '_> {
    /// Keeps the way if it may be of use.
    #[inline]
    pub(super) fn offer(&mut self, at: Place<'a>) -> Result<(), Overflow> {
        let Place { state, steps, coupons, .. } = at;
        let worth = if self.task.owed { owed(self.task.book, &state)? } else { state.goods() };
        if self.is_beaten(worth, coupons) {
            return Ok(());
        }
        let new = Outcome { worth, coupons, state, steps: steps.steps() };
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
#[inline]
fn is_under(one: &Outcome, other: &Outcome, surely: &dyn Fn(i64) -> bool) -> bool {
    let lines = one.state.lines.iter().zip(&other.state.lines);
    one.coupons <= other.coupons
        && surely(other.worth - one.worth)
        && lines.into_iter().all(|(one, other)| one.total() <= other.total())
}
