//! `{"not": CONDITION}`: it does not hold.

use super::{Check, Condition, Rule};
use crate::{
    book::{Compiler, Matcher},
    engine::{Low, State},
    trace::Reason,
    tree::reads,
};
use serde::Serialize;

/// The condition does not hold.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Not {
    /// The condition.
    pub not: Box<Condition>,
}

reads! { Not { not } }

#[derive(Debug)]
struct Compiled(Box<dyn Check>);

impl Rule for Not {
    const KEY: &'static str = "not";

    #[inline]
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Check>, String> {
        compiler.enter()?;
        let check = self.not.compile(compiler)?;
        compiler.leave();
        Ok(Box::new(Compiled(check)))
    }
}

impl Check for Compiled {
    fn check(&self, state: &State) -> Option<Reason> {
        match self.0.check(state) {
            None => Some(Reason::Excluded),
            Some(reason) => Some(reason).filter(Reason::is_unknown),
        }
    }

    /// What must not hold may still cease to.
    fn hopeless(&self, _: &State, _: bool) -> bool {
        false
    }

    #[inline]
    fn certain(&self, state: &State, _: &Low, open: bool) -> bool {
        self.0.hopeless(state, open) && self.check(state).is_none()
    }

    #[inline]
    fn looks_at<'s>(&'s self, see: &mut dyn FnMut(&'s Matcher)) {
        self.0.looks_at(see);
    }
}
