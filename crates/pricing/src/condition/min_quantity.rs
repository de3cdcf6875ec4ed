//! `{"min_quantity": 3, "max_quantity": null, "of": "all"}`: at least, at most, or between so many units match, bounds included.

use super::{Check, Rule};
use crate::{
    book::{Anchor, Compiler, Matcher, Selector},
    engine::State,
    trace::Reason,
    tree::{Tree, reads},
};
use serde::Serialize;

/// The number of units that match lies within bounds, both inclusive.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MinQuantity {
    /// At least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_quantity: Option<i64>,
    /// At most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_quantity: Option<i64>,
    /// Which.
    #[serde(default)]
    pub of: Selector,
}

reads! { MinQuantity { ; min_quantity = None, max_quantity = None, of = Selector::default() } }

#[derive(Debug)]
struct Compiled {
    needed: i64,
    allowed: i64,
    of: Matcher,
}

impl Rule for MinQuantity {
    const KEY: &'static str = "min_quantity";

    fn named(tree: &Tree) -> bool {
        tree.has("min_quantity") || tree.has("max_quantity")
    }

    #[inline]
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Check>, String> {
        let (needed, allowed) = (self.min_quantity.unwrap_or(0), self.max_quantity.unwrap_or(i64::MAX));
        if needed > allowed {
            return Err("min_quantity is above max_quantity".to_owned());
        }
        Ok(Box::new(Compiled { needed, allowed, of: self.of.compile(compiler)? }))
    }
}

impl Check for Compiled {
    fn check(&self, state: &State) -> Option<Reason> {
        let actual: i64 = state.units(&self.of).map(|(_, run)| run.count).sum();
        if actual < self.needed {
            return Some(Reason::BelowQuantity { needed: self.needed, actual });
        }
        (actual > self.allowed).then_some(Reason::AboveQuantity { allowed: self.allowed, actual })
    }

    fn hopeless(&self, state: &State, open: bool) -> bool {
        !(open && self.of.moves()) && self.check(state).is_some()
    }

    fn is_steady(&self) -> bool {
        true
    }

    fn moves(&self) -> bool {
        self.of.moves()
    }

    #[inline]
    fn looks_at<'s>(&'s self, see: &mut dyn FnMut(&'s Matcher)) {
        see(&self.of);
    }

    #[inline]
    fn anchors(&self) -> Option<Vec<Anchor>> {
        if self.needed > 0 { self.of.anchors() } else { None }
    }
}
