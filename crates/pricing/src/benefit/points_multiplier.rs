//! `{"points_multiplier": "2"}`: the order earns more points; of several the largest counts.

use super::{Effect, Rule, Terms};
use crate::{
    book::{Anchor, Compiler, Matcher},
    engine::{Plan, State},
    tree::reads,
};
use money::{Decimal, Overflow, Ratio};
use serde::Serialize;

/// The order earns so many times the points.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PointsMultiplier {
    /// How many times; `"1.5"` is half as many again.
    pub points_multiplier: Decimal,
}

reads! { PointsMultiplier { points_multiplier } }

#[derive(Debug)]
struct Compiled(Ratio);

impl Rule for PointsMultiplier {
    const KEY: &'static str = "points_multiplier";

    #[inline]
    fn compile(&self, _: &mut Compiler) -> Result<Box<dyn Effect>, String> {
        let ratio = Ratio::from_rate(self.points_multiplier).map_err(|error| format!("points_multiplier: {error}"))?;
        Ok(Box::new(Compiled(ratio)))
    }
}

impl Effect for Compiled {
    /// A guest earns no points, and a smaller multiplier than the one in force gives none on top.
    fn plan(&self, state: &State, _: &Terms) -> Result<Plan, Overflow> {
        let more = state.context.member.is_some() && self.0.is_more_than(state.multiplier);
        Ok(Plan { multiplier: more.then_some(self.0), base: state.goods(), ..Plan::default() })
    }

    #[inline]
    fn looks_at<'s>(&'s self, _: &mut dyn FnMut(&'s Matcher)) {}

    fn is_money(&self) -> bool {
        false
    }

    #[inline]
    fn anchors(&self) -> Option<Vec<Anchor>> {
        None
    }
}
