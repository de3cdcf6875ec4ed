//! `{"fixed_price": "9.99", "on": TARGET}`: a new price for each unit, for all lines together, or for shipping. Never raises a price.

use super::{
    Effect, Manner, Most, Rule, Terms, Variants, Wanted,
    rate::per_unit,
    target::{Goal, Narrow, Pick, Target},
};
use crate::{
    book::{Anchor, Compiler, Matcher},
    engine::{Match, Plan, State, spread, value},
    tree::reads,
};
use money::{Decimal, Overflow};
use serde::Serialize;

/// A new price for what matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FixedPrice {
    /// The price, in major units.
    pub fixed_price: Decimal,
    /// Of what: on a selector of each unit, else of all together.
    pub on: Target,
    /// At most so many units in the whole cart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_units: Option<i64>,
    /// At most so many units of a line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_units_per_line: Option<i64>,
    /// Which units, where not all are meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pick: Option<Pick>,
}

reads! { FixedPrice { fixed_price, on; max_units = None, max_units_per_line = None, pick = None } }

#[derive(Debug)]
struct Compiled {
    price: i64,
    goal: Goal,
}

impl Rule for FixedPrice {
    const KEY: &'static str = "fixed_price";

    #[inline]
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Effect>, String> {
        let narrow = Narrow::compile(self.max_units, self.max_units_per_line, self.pick)?;
        Ok(Box::new(Compiled { price: compiler.amount(self.fixed_price)?, goal: self.on.compile(narrow, compiler)? }))
    }
}

impl Effect for Compiled {
    #[inline]
    fn most(&self, state: &State, terms: &Terms) -> Result<Most, Overflow> {
        if self.goal.is_narrow() {
            let saves = |one: &Match| {
                let (line, run) = one.parts(state);
                (run.current - self.price).clamp(0, run.room(line))
            };
            return Ok(Most::once(self.goal.most(state, &saves)));
        }
        let plan = self.plan(state, terms)?;
        let apart = matches!(self.goal, Goal::Shipping) || self.goal.is_units();
        Ok(if apart { Most::each(&plan) } else { Most::once(plan.total()) })
    }

    #[inline]
    fn manner(&self, _: &State, _: &Terms) -> Result<Manner, Overflow> {
        let picks = self.goal.is_narrow() || self.goal.is_units();
        Ok(Manner { rounds: false, spreads: !self.goal.is_units(), picks, jumps: None })
    }

    #[inline]
    fn likely(&self, state: &State, terms: &Terms) -> Result<Vec<Plan>, Overflow> {
        let mut plans = vec![self.plan(state, terms)?];
        if self.goal.is_open() {
            plans.push(Self { goal: self.goal.dearest(), ..*self }.plan(state, terms)?);
        }
        Ok(plans)
    }

    #[inline]
    fn others(&self, state: &State, terms: &Terms, wanted: &Wanted) -> Result<Variants, Overflow> {
        let saves = |one: &Match| (one.parts(state).1.current - self.price).max(0);
        let (choices, complete) = self.goal.choices(state, &saves, wanted.least);
        let plans = choices.into_iter().map(|goal| Self { goal, ..*self }.plan(state, terms));
        Ok(Variants { plans: plans.collect::<Result<_, _>>()?, complete })
    }

    #[inline]
    fn looks_at<'s>(&'s self, see: &mut dyn FnMut(&'s Matcher)) {
        self.goal.looks_at(see);
    }

    fn is_plain(&self) -> bool {
        self.goal.is_plain()
    }

    fn moves(&self) -> bool {
        self.goal.moves()
    }

    fn plan(&self, state: &State, _: &Terms) -> Result<Plan, Overflow> {
        let matches = self.goal.matches(state);
        if self.goal.is_units() {
            return per_unit(state, &matches, false, |one| Ok(one.parts(state).1.current - self.price));
        }
        let shipping = state.shipping.as_ref().filter(|_| self.goal.with_shipping()).map_or(0, |one| one.current);
        let off = value(state, &matches) + shipping - self.price;
        spread(state, &matches, off.max(0), self.goal.with_shipping(), false)
    }

    fn by_units(&self) -> bool {
        self.goal.is_units()
    }

    #[inline]
    fn exactly(&self, state: &State, terms: &Terms, matches: Vec<Match>) -> Result<Plan, Overflow> {
        Self { goal: Goal::Exactly(matches), ..*self }.plan(state, terms)
    }

    #[inline]
    fn anchors(&self) -> Option<Vec<Anchor>> {
        self.goal.anchors()
    }
}
