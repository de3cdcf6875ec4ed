//! `{"together": [SELECTOR, ...]}`: these are bought together.

use super::{Check, Rule};
use crate::{
    book::{Anchor, Compiler, Matcher, Selector},
    engine::State,
    trace::Reason,
    tree::reads,
};
use serde::Serialize;

/// Each selector is matched by a unit of its own: two selectors that match the same goods need two units, on one line or on two.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Together {
    /// What is bought together.
    pub together: Vec<Selector>,
}

reads! { Together { together } }

/// More selectors than this are refused, since the work to match them doubles with each.
const SELECTORS_MAX: usize = 8;

#[derive(Debug)]
struct Compiled(Vec<Matcher>);

impl Rule for Together {
    const KEY: &'static str = "together";

    #[inline]
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Check>, String> {
        if self.together.is_empty() || self.together.len() > SELECTORS_MAX {
            return Err(format!("together has 1 to {SELECTORS_MAX} selectors"));
        }
        Ok(Box::new(Compiled(self.together.iter().map(|one| one.compile(compiler)).collect::<Result<_, _>>()?)))
    }
}

impl Compiled {
    /// How many selectors go without a unit of their own at the least: the largest shortfall of any group of selectors (Hall's theorem, in the form of Ore).
    fn missing(&self, state: &State) -> i64 {
        let fills = |of: &dyn Fn(&Matcher) -> bool| -> usize {
            self.0.iter().enumerate().filter(|(_, one)| of(one)).map(|(bit, _)| 1 << bit).sum()
        };
        let units: Vec<(usize, i64)> = state
            .units(&Matcher::All)
            .map(|(line, run)| (fills(&|one| one.matches(line, run)), run.count))
            .filter(|(fills, _)| *fills != 0)
            .collect();
        let short = |group: usize| {
            let have: i64 = units.iter().filter(|(fills, _)| fills & group != 0).map(|(_, count)| count).sum();
            i64::from(group.count_ones()) - have
        };
        (0..1_usize << self.0.len()).map(short).max().unwrap_or(0)
    }
}

impl Check for Compiled {
    fn check(&self, state: &State) -> Option<Reason> {
        let missing = self.missing(state);
        (missing > 0).then_some(Reason::NotTogether { missing })
    }

    fn hopeless(&self, state: &State, open: bool) -> bool {
        !(open && self.moves()) && self.check(state).is_some()
    }

    fn moves(&self) -> bool {
        self.0.iter().any(Matcher::moves)
    }

    #[inline]
    fn looks_at<'s>(&'s self, see: &mut dyn FnMut(&'s Matcher)) {
        self.0.iter().for_each(see);
    }

    /// All are needed, so the words of any one will do.
    #[inline]
    fn anchors(&self) -> Option<Vec<Anchor>> {
        self.0.iter().find_map(Matcher::anchors)
    }
}
