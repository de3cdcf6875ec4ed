//! `{"only": SELECTOR}`: every line matches.

use super::{Check, Rule};
use crate::{
    book::{Anchor, Compiler, Matcher, Selector},
    engine::State,
    trace::Reason,
    tree::reads,
};
use serde::Serialize;

/// Every line matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Only {
    /// Which.
    pub only: Selector,
}

reads! { Only { only } }

#[derive(Debug)]
struct Compiled(Matcher);

impl Rule for Only {
    const KEY: &'static str = "only";

    #[inline]
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Check>, String> {
        Ok(Box::new(Compiled(self.only.compile(compiler)?)))
    }
}

impl Check for Compiled {
    fn check(&self, state: &State) -> Option<Reason> {
        let all = state.lines.iter().all(|line| line.runs.iter().all(|run| self.0.matches(line, run)));
        if all { None } else { Some(Reason::OtherLines) }
    }

    fn hopeless(&self, state: &State, open: bool) -> bool {
        !(open && self.0.moves()) && self.check(state).is_some()
    }

    fn moves(&self) -> bool {
        self.0.moves()
    }

    #[inline]
    fn looks_at<'s>(&'s self, see: &mut dyn FnMut(&'s Matcher)) {
        see(&Matcher::All);
    }

    #[inline]
    fn anchors(&self) -> Option<Vec<Anchor>> {
        self.0.anchors()
    }
}
