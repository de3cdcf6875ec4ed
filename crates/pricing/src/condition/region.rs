//! `{"region": ["CN-31", ..]}`: the goods go to one of these regions, or the store is in one.

use super::{Check, Rule};
use crate::{book::Compiler, engine::State, trace::Reason, tree::reads};
use serde::Serialize;

/// The context's region is one of these, compared exactly. No region is in none.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// The regions, such as `CN-31` of ISO 3166-2.
    pub region: Vec<String>,
}

reads! { Region { region } }

#[derive(Debug)]
struct Compiled(Vec<String>);

impl Rule for Region {
    const KEY: &'static str = "region";

    #[inline]
    fn compile(&self, _: &mut Compiler) -> Result<Box<dyn Check>, String> {
        Ok(Box::new(Compiled(self.region.clone())))
    }
}

impl Check for Compiled {
    fn check(&self, state: &State) -> Option<Reason> {
        let qualifies = state.context.region.as_ref().is_some_and(|region| self.0.contains(region));
        if qualifies { None } else { Some(Reason::OtherRegion { regions: self.0.clone() }) }
    }
}
