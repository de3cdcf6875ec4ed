//! `{"free": true, "on": "shipping"}`: shipping costs nothing.

use super::{
    Effect, Manner, Most, Rule, Terms,
    target::{Narrow, Target},
};
use crate::{
    book::{Anchor, Compiler, Matcher},
    engine::{Plan, State, spread},
    tree::reads,
};
use money::Overflow;
use serde::Serialize;

/// Shipping costs nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Free {
    /// Always true.
    pub free: bool,
    /// Always shipping.
    pub on: Target,
}

reads! { Free { free, on } }

#[derive(Debug)]
struct Compiled;

impl Rule for Free {
    const KEY: &'static str = "free";

    #[inline]
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Effect>, String> {
        if !self.free || self.on != Target::Shipping {
            return Err("write {\"free\": true, \"on\": \"shipping\"}; for goods use a percent of 100".to_owned());
        }
        self.on.compile(Narrow::NONE, compiler)?;
        Ok(Box::new(Compiled))
    }
}

impl Effect for Compiled {
    fn plan(&self, state: &State, _: &Terms) -> Result<Plan, Overflow> {
        spread(state, &[], i64::MAX, true, false)
    }

    #[inline]
    fn most(&self, state: &State, _: &Terms) -> Result<Most, Overflow> {
        Ok(Most { shipping: state.shipping.as_ref().map_or(0, |one| one.current), ..Most::default() })
    }

    #[inline]
    fn manner(&self, _: &State, _: &Terms) -> Result<Manner, Overflow> {
        Ok(Manner { rounds: false, spreads: false, picks: false, jumps: None })
    }

    #[inline]
    fn looks_at<'s>(&'s self, _: &mut dyn FnMut(&'s Matcher)) {}

    #[inline]
    fn anchors(&self) -> Option<Vec<Anchor>> {
        None
    }

    fn promise(&self, state: &State, _: &Terms, _: i64) -> Option<i64> {
        state.shipping.as_ref().map(|shipping| shipping.current)
    }
}
