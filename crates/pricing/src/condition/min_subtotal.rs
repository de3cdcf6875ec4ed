//! `{"min_subtotal": "100.00", "max_subtotal": null, "of": "all", "measure": "current"}`: the goods that match are worth
//! at least, at most, or between so much, bounds included.

use super::{Check, Rule};
use crate::{
    book::{Anchor, Base, Compiler, Matcher, Selector},
    engine::{Low, State},
    trace::Reason,
    tree::{Tree, reads},
};
use money::Decimal;
use serde::Serialize;

/// The value of the units that match lies within bounds, both inclusive; without shipping.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MinSubtotal {
    /// At least, in major units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_subtotal: Option<Decimal>,
    /// At most, in major units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_subtotal: Option<Decimal>,
    /// Which.
    #[serde(default)]
    pub of: Selector,
    /// Which price of a unit counts.
    #[serde(default)]
    pub measure: Base,
}

reads! {
    MinSubtotal {
        ; min_subtotal = None, max_subtotal = None, of = Selector::default(), measure = Base::default()
    }
}

#[derive(Debug)]
struct Compiled {
    least: i64,
    most: i64,
    of: Matcher,
    measure: Base,
}

impl Rule for MinSubtotal {
    const KEY: &'static str = "min_subtotal";

    fn named(tree: &Tree) -> bool {
        tree.has("min_subtotal") || tree.has("max_subtotal")
    }

    #[inline]
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Check>, String> {
        let least = self.min_subtotal.map_or(Ok(0), |amount| compiler.amount(amount))?;
        let most = self.max_subtotal.map_or(Ok(i64::MAX), |amount| compiler.amount(amount))?;
        if least > most {
            return Err("min_subtotal is above max_subtotal".to_owned());
        }
        Ok(Box::new(Compiled { least, most, of: self.of.compile(compiler)?, measure: self.measure }))
    }
}

impl Check for Compiled {
    fn check(&self, state: &State) -> Option<Reason> {
        let actual = state.value(&self.of, self.measure);
        if actual < self.least {
            return Some(Reason::BelowSubtotal { needed: self.least, actual });
        }
        (actual > self.most).then_some(Reason::AboveSubtotal { allowed: self.most, actual })
    }

    /// What is too little stays so, and what is too much may become less.
    fn hopeless(&self, state: &State, open: bool) -> bool {
        match self.check(state) {
            Some(Reason::BelowSubtotal { .. }) => !(open && self.of.moves()),
            Some(_) => self.measure == Base::List && !(open && self.of.moves()),
            None => false,
        }
    }

    #[inline]
    fn certain(&self, state: &State, low: &Low, open: bool) -> bool {
        if self.check(state).is_some() || (open && self.of.moves()) {
            return false;
        }
        self.measure == Base::List || low.value(state, &self.of) >= self.least
    }

    fn is_steady(&self) -> bool {
        self.measure != Base::Current || matches!(self.of, Matcher::All)
    }

    fn moves(&self) -> bool {
        self.of.moves()
    }

    fn needs(&self) -> i64 {
        if self.measure == Base::Current { self.least } else { 0 }
    }

    fn least(&self) -> Option<(Base, i64)> {
        let alone = self.most == i64::MAX && matches!(self.of, Matcher::All);
        alone.then_some((self.measure, self.least))
    }

    #[inline]
    fn looks_at<'s>(&'s self, see: &mut dyn FnMut(&'s Matcher)) {
        see(&self.of);
    }

    #[inline]
    fn anchors(&self) -> Option<Vec<Anchor>> {
        if self.least > 0 { self.of.anchors() } else { None }
    }
}
