//! `{"min_quantity": 3, "of": "all"}`: at least so many units match.

use super::{Check, Rule};
use crate::{
    book::{Anchor, Compiler, Matcher, Selector},
    engine::State,
    trace::Reason,
};
use serde::{Deserialize, Serialize};

/// At least so many units match.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MinQuantity {
    /// How many.
    pub min_quantity: i64,
    /// Which.
    #[serde(default)]
    pub of: Selector,
}

#[derive(Debug)]
struct Compiled {
    needed: i64,
    of: Matcher,
}

impl Rule for MinQuantity {
    const KEY: &'static str = "min_quantity";

    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Check>, String> {
        Ok(Box::new(Compiled { needed: self.min_quantity, of: self.of.compile(compiler)? }))
    }
}

impl Check for Compiled {
    fn check(&self, state: &State) -> Option<Reason> {
        let actual: i64 = state.units(&self.of).map(|(_, run)| run.count).sum();
        (actual < self.needed).then_some(Reason::BelowQuantity { needed: self.needed, actual })
    }

    fn hopeless(&self, state: &State, open: bool) -> bool {
        !(open && self.of.moves()) && self.check(state).is_some()
    }

    fn moves(&self) -> bool {
        self.of.moves()
    }

    fn looks_at<'s>(&'s self, see: &mut dyn FnMut(&'s Matcher)) {
        see(&self.of);
    }

    fn anchors(&self) -> Option<Vec<Anchor>> {
        if self.needed > 0 { self.of.anchors() } else { None }
    }
}
