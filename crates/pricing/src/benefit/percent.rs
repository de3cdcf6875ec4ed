//! `{"percent": "10", "on": TARGET}`: a percentage of what matches.

use super::{
    ByValue, Effect, Manner, Most, Rule, Terms, Tier, Variants, Wanted, left_after,
    rate::{document_total, most_of_unit, percent, percent_by_line, percent_shares},
    target::{Goal, Narrow, Pick, Target},
};
use crate::{
    book::{Anchor, Base, Compiler, Matcher, Scope, percentage},
    engine::{Match, Plan, Shares, State},
    tree::reads,
};
use money::{Decimal, Overflow, Ratio};
use serde::Serialize;

/// A percentage of what matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Percent {
    /// How much: `"10"` is a tenth.
    pub percent: Decimal,
    /// Off what.
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

reads! { Percent { percent, on; max_units = None, max_units_per_line = None, pick = None } }

#[derive(Debug)]
struct Compiled {
    percent: Ratio,
    goal: Goal,
}

impl Rule for Percent {
    const KEY: &'static str = "percent";

    #[inline]
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Effect>, String> {
        let narrow = Narrow::compile(self.max_units, self.max_units_per_line, self.pick)?;
        Ok(Box::new(Compiled { percent: percentage(self.percent)?, goal: self.on.compile(narrow, compiler)? }))
    }
}

/// Shipping's share: rounded by itself, except in class total with scope document, where all is rounded once.
pub(super) fn plan_percent(state: &State, goal: &Goal, rate: Ratio, terms: &Terms) -> Result<Plan, Overflow> {
    let matches = goal.matches(state);
    let shipping = state.shipping.as_ref().filter(|_| goal.with_shipping());
    let Some(shipping) = shipping else { return percent(state, &matches, rate, terms, false) };
    let base = if terms.base == Base::Current { shipping.current } else { shipping.price };
    let mode = terms.rounder.mode;
    let (mut plan, off) = if matches!(goal, Goal::Total) && terms.rounder.scope == Scope::Document {
        document_total(state, &matches, rate, base, terms)?
    } else {
        (percent(state, &matches, rate, terms, false)?, rate.of(base, mode)?)
    };
    plan.shipping = off.min(shipping.current);
    plan.base += shipping.current;
    Ok(plan)
}

impl Effect for Compiled {
    #[inline]
    fn most(&self, state: &State, terms: &Terms) -> Result<Most, Overflow> {
        if self.goal.is_narrow() {
            return Ok(Most::once(self.goal.most(state, &|one| most_of_unit(state, one, self.percent, terms))));
        }
        let lines = if self.goal.with_shipping() { Vec::new() } else { self.goal.matches(state) };
        let each = percent_by_line(state, &lines, self.percent, terms)?.filter(|each| !each.is_empty());
        let mut most = match each {
            Some(each) => Most { each, ..Most::default() },
            None => Most::each(&plan_percent(state, &self.goal, self.percent, terms)?),
        };
        // Rounded once over the document, a line's share may be up to one minor unit more in another state.
        if terms.rounder.scope == Scope::Document {
            most.each.iter_mut().for_each(|(_, off)| *off += 1);
        }
        most.rate = (terms.base == Base::Current && !most.each.is_empty()).then_some(self.percent);
        Ok(most)
    }

    #[inline]
    fn manner(&self, _: &State, terms: &Terms) -> Result<Manner, Overflow> {
        let spreads = terms.rounder.scope == Scope::Document;
        Ok(Manner { rounds: true, spreads, picks: self.goal.is_narrow(), jumps: None })
    }

    #[inline]
    fn by_value(&self, _: &State, terms: &Terms) -> Option<ByValue> {
        let share = Tier { from: 0, off: 0, left: left_after(self.percent) };
        (self.goal.is_all() && terms.base == Base::Current).then(|| ByValue::Tiers(vec![share]))
    }

    #[inline]
    fn likely(&self, state: &State, terms: &Terms) -> Result<Vec<Plan>, Overflow> {
        let mut plans = vec![self.plan(state, terms)?];
        if self.goal.is_open() {
            plans.push(plan_percent(state, &self.goal.dearest(), self.percent, terms)?);
        }
        Ok(plans)
    }

    #[inline]
    fn others(&self, state: &State, terms: &Terms, wanted: &Wanted) -> Result<Variants, Overflow> {
        let saves = |one: &Match| most_of_unit(state, one, self.percent, terms);
        let (choices, complete) = self.goal.choices(state, &saves, wanted.least);
        let plans = choices.into_iter().map(|goal| plan_percent(state, &goal, self.percent, terms));
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

    fn plan(&self, state: &State, terms: &Terms) -> Result<Plan, Overflow> {
        plan_percent(state, &self.goal, self.percent, terms)
    }

    fn shares(&self, state: &State, terms: &Terms, shares: &mut Shares) -> Result<bool, Overflow> {
        percent_shares(state, &self.goal, self.percent, terms, shares)
    }

    fn off_all(&self, value: i64, terms: &Terms) -> Result<Option<i64>, Overflow> {
        let once = terms.rounder.scope == Scope::Document && terms.base == Base::Current;
        let all = once && matches!(self.goal, Goal::Order);
        all.then(|| self.percent.of(value, terms.rounder.mode)).transpose()
    }

    fn share(&self) -> Option<Ratio> {
        matches!(self.goal, Goal::Order).then_some(self.percent)
    }

    fn by_units(&self) -> bool {
        self.goal.is_units()
    }

    #[inline]
    fn exactly(&self, state: &State, terms: &Terms, matches: Vec<Match>) -> Result<Plan, Overflow> {
        plan_percent(state, &Goal::Exactly(matches), self.percent, terms)
    }

    #[inline]
    fn anchors(&self) -> Option<Vec<Anchor>> {
        self.goal.anchors()
    }

    fn promise(&self, state: &State, terms: &Terms, more: i64) -> Option<i64> {
        let more = if self.goal.with_shipping() { 0 } else { more };
        let shipping = state.shipping.as_ref().filter(|_| self.goal.with_shipping()).map_or(0, |one| one.current);
        let base = self.goal.value(state, terms.base).checked_add(more)?.checked_add(shipping)?;
        self.percent.of(base, money::RoundingMode::Down).ok()
    }
}
