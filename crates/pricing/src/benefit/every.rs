//! `{"every": "100.00", "off": "10.00", "max_times": null, "on": TARGET}`: so much off for each full amount (每满减).

use super::{
    ByValue, Effect, Manner, Most, Rule, Terms,
    rate::amount_shares,
    target::{Goal, Narrow, Target},
};
use crate::{
    book::{Anchor, Base, Compiler, Matcher, bound},
    engine::{Plan, Shares, State, room, spread, value},
    quote::Need,
    tree::reads,
};
use money::{Decimal, Overflow};
use serde::Serialize;

/// So much off, once for each full amount in the current value of what matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Every {
    /// The full amount, in major units.
    pub every: Decimal,
    /// What is taken off each time, in major units.
    pub off: Decimal,
    /// How often at the most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_times: Option<i64>,
    /// Of what.
    pub on: Target,
}

reads! { Every { every, off, on; max_times = None } }

#[derive(Debug)]
struct Compiled {
    every: i64,
    off: i64,
    max_times: i64,
    goal: Goal,
}

impl Rule for Every {
    const KEY: &'static str = "every";

    #[inline]
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Effect>, String> {
        if matches!(self.on, Target::Shipping | Target::Total) {
            return Err("every is on \"order\" or a selector".to_owned());
        }
        let (every, off) = (compiler.amount(self.every)?, compiler.amount(self.off)?);
        if every == 0 {
            return Err("every must be more than nothing".to_owned());
        }
        let goal = self.on.compile(Narrow::NONE, compiler)?;
        Ok(Box::new(Compiled { every, off, max_times: bound(self.max_times, "max_times")?, goal }))
    }
}

impl Compiled {
    fn off_for(&self, value: i64) -> i64 {
        (value / self.every).min(self.max_times).saturating_mul(self.off)
    }
}

impl Effect for Compiled {
    #[inline]
    fn most(&self, state: &State, _: &Terms) -> Result<Most, Overflow> {
        let matches = self.goal.matches(state);
        Ok(Most::once(self.off_for(value(state, &matches)).min(room(state, &matches))))
    }

    #[inline]
    fn manner(&self, _: &State, _: &Terms) -> Result<Manner, Overflow> {
        Ok(Manner { rounds: false, spreads: true, picks: false, jumps: Some((self.off, self.every)) })
    }

    #[inline]
    fn by_value(&self, _: &State, _: &Terms) -> Option<ByValue> {
        self.goal.is_all().then_some(ByValue::Every { off: self.off, each: self.every, times: self.max_times })
    }

    #[inline]
    fn looks_at<'s>(&'s self, see: &mut dyn FnMut(&'s Matcher)) {
        self.goal.looks_at(see);
    }

    fn moves(&self) -> bool {
        self.goal.moves()
    }

    fn plan(&self, state: &State, _: &Terms) -> Result<Plan, Overflow> {
        let matches = self.goal.matches(state);
        spread(state, &matches, self.off_for(value(state, &matches)), false, false)
    }

    fn shares(&self, state: &State, terms: &Terms, shares: &mut Shares) -> Result<bool, Overflow> {
        amount_shares(state, &self.goal, terms, shares, |value| self.off_for(value))
    }

    fn off_all(&self, value: i64, _: &Terms) -> Result<Option<i64>, Overflow> {
        Ok(matches!(self.goal, Goal::Order).then(|| self.off_for(value)))
    }

    #[inline]
    fn anchors(&self) -> Option<Vec<Anchor>> {
        self.goal.anchors()
    }

    fn promise(&self, state: &State, _: &Terms, more: i64) -> Option<i64> {
        Some(self.off_for(self.goal.value(state, Base::Current).checked_add(more)?))
    }

    fn next(&self, state: &State) -> Option<(Need, Option<i64>)> {
        let value = self.goal.value(state, Base::Current);
        let missing = self.every - value % self.every;
        (value > 0 && value / self.every < self.max_times).then_some((Need::Amount(missing), Some(self.off)))
    }
}
