//! `{"contains": SELECTOR}`: at least one line matches.

use super::{Check, Rule};
use crate::{
    book::{Anchor, Compiler, Matcher, Selector},
    engine::State,
    trace::Reason,
    tree::reads,
};
use serde::Serialize;

/// At least one line matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Contains {
    /// Which.
    pub contains: Selector,
}

reads! { Contains { contains } }

#[derive(Debug)]
struct Compiled(Matcher);

impl Rule for Contains {
    const KEY: &'static str = "contains";

    #[inline]
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Check>, String> {
        Ok(Box::new(Compiled(self.contains.compile(compiler)?)))
    }
}

impl Check for Compiled {
    fn check(&self, state: &State) -> Option<Reason> {
        if state.has(&self.0) { None } else { Some(Reason::NothingMatches) }
    }

    fn hopeless(&self, state: &State, open: bool) -> bool {
        !(open && self.0.moves()) && self.check(state).is_some()
    }

    fn is_steady(&self) -> bool {
        true
    }

    fn moves(&self) -> bool {
        self.0.moves()
    }

    #[inline]
    fn looks_at<'s>(&'s self, see: &mut dyn FnMut(&'s Matcher)) {
        see(&self.0);
    }

    #[inline]
    fn anchors(&self) -> Option<Vec<Anchor>> {
        self.0.anchors()
    }
}
