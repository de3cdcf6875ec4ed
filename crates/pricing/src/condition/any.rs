//! `{"any": [CONDITION, ...]}`: one of these holds.

use super::{Check, Condition, Rule};
use crate::{
    book::{Anchor, Compiler, Matcher},
    engine::{Low, State},
    trace::Reason,
    tree::reads,
};
use serde::Serialize;

/// One of these conditions holds. An empty list never does.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Any {
    /// The conditions.
    pub any: Vec<Condition>,
}

reads! { Any { any } }

#[derive(Debug)]
struct Compiled(Vec<Box<dyn Check>>);

impl Rule for Any {
    const KEY: &'static str = "any";

    #[inline]
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Check>, String> {
        compiler.enter()?;
        let checks = self.any.iter().map(|one| one.compile(compiler)).collect::<Result<_, _>>()?;
        compiler.leave();
        Ok(Box::new(Compiled(checks)))
    }
}

impl Check for Compiled {
    /// The reason of the first is told, since any one would do; but what can't be told of one can't be told of all.
    fn check(&self, state: &State) -> Option<Reason> {
        let mut told: Option<Reason> = None;
        for check in &self.0 {
            let reason = check.check(state)?;
            if told.is_none() || reason.is_unknown() {
                told = Some(reason);
            }
        }
        Some(told.unwrap_or(Reason::NothingMatches))
    }

    fn hopeless(&self, state: &State, open: bool) -> bool {
        self.0.iter().all(|check| check.hopeless(state, open))
    }

    #[inline]
    fn certain(&self, state: &State, low: &Low, open: bool) -> bool {
        self.0.iter().any(|check| check.certain(state, low, open))
    }

    #[inline]
    fn looks_at<'s>(&'s self, see: &mut dyn FnMut(&'s Matcher)) {
        self.0.iter().for_each(|check| check.looks_at(see));
    }

    #[inline]
    fn anchors(&self) -> Option<Vec<Anchor>> {
        let lists: Option<Vec<_>> = self.0.iter().map(|check| check.anchors()).collect();
        lists.map(|lists| lists.concat())
    }
}
