//! `{"amount": "5.00", "on": TARGET, "per": "unit"}`: an amount off each unit, each line, or once.

use super::{
    ByValue, Effect, Manner, Most, Rule, Terms, Variants, Wanted,
    rate::{amount_shares, per_unit},
    target::{Goal, Narrow, Pick, Target},
};
use crate::{
    book::{Anchor, Class, Compiler, Matcher},
    engine::{Match, Plan, Shares, State, by_line, room, spread, spread_in_line, value},
    tree::{reads, words},
};
use money::{Decimal, Overflow};
use serde::Serialize;

/// An amount off what matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// How much, in major units.
    pub amount: Decimal,
    /// Off what.
    pub on: Target,
    /// How often. Without it: per unit on a selector, once on the order, shipping or the total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<Per>,
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

reads! { Amount { amount, on; per = None, max_units = None, max_units_per_line = None, pick = None } }

/// How often an amount is taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// Off each unit.
    Unit,
    /// Off each line.
    Line,
    /// Once, spread over all that matches.
    Once,
}

words! { Per { Unit = "unit", Line = "line", Once = "once" } }

#[derive(Debug)]
struct Compiled {
    amount: i64,
    per: Per,
    goal: Goal,
}

impl Rule for Amount {
    const KEY: &'static str = "amount";

    #[inline]
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Effect>, String> {
        let narrow = Narrow::compile(self.max_units, self.max_units_per_line, self.pick)?;
        let goal = self.on.compile(narrow, compiler)?;
        let per = self.per.unwrap_or(if goal.is_units() { Per::Unit } else { Per::Once });
        if compiler.class == Class::Price && per != Per::Unit {
            return Err("an amount of class price is per unit".to_owned());
        }
        Ok(Box::new(Compiled { amount: compiler.amount(self.amount)?, per, goal }))
    }
}

impl Compiled {
    /// What one unit saves at the most. Per line, what finds no room in it is taken off others of the line.
    fn saves(&self, state: &State, one: &Match) -> i64 {
        let (line, run) = one.parts(state);
        if self.per == Per::Unit { self.amount.min(run.room(line)) } else { self.amount }
    }

    fn per_line(&self, state: &State, matches: &[Match]) -> Result<Plan, Overflow> {
        let mut plan = Plan { base: value(state, matches), ..Plan::default() };
        for line in by_line(matches) {
            let off = self.amount.min(room(state, line));
            plan.floored |= self.amount.min(value(state, line)) > off;
            spread_in_line(state, line, off, false, &mut plan.cuts)?;
        }
        Ok(plan)
    }
}

impl Effect for Compiled {
    #[inline]
    fn most(&self, state: &State, terms: &Terms) -> Result<Most, Overflow> {
        if self.goal.is_narrow() && self.per != Per::Once {
            return Ok(Most::once(self.goal.most(state, &|one| self.saves(state, one))));
        }
        if self.goal.is_narrow() {
            // Whichever units are meant, there may be room for all of it.
            let room = self.goal.most(state, &|one| {
                let (line, run) = one.parts(state);
                run.room(line)
            });
            return Ok(Most::once(self.amount.min(room)));
        }
        if self.per == Per::Once && !self.goal.with_shipping() {
            return Ok(Most::once(self.amount.min(room(state, &self.goal.matches(state)))));
        }
        let plan = self.plan(state, terms)?;
        let apart = matches!(self.goal, Goal::Shipping) || self.per != Per::Once;
        Ok(if apart { Most::each(&plan) } else { Most::once(plan.total()) })
    }

    #[inline]
    fn manner(&self, _: &State, _: &Terms) -> Result<Manner, Overflow> {
        let spreads = self.per == Per::Once;
        Ok(Manner { rounds: false, spreads, picks: self.goal.is_narrow(), jumps: None })
    }

    #[inline]
    fn by_value(&self, _: &State, _: &Terms) -> Option<ByValue> {
        (self.goal.is_all() && self.per == Per::Once).then(|| ByValue::amount(self.amount))
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
        let least = if self.per == Per::Unit { wanted.least } else { i64::MIN };
        let (choices, complete) = self.goal.choices(state, &|_| self.amount, least);
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
        if self.per == Per::Once {
            return spread(state, &matches, self.amount, self.goal.with_shipping(), false);
        }
        let mut plan = match self.per {
            Per::Unit => per_unit(state, &matches, false, |_| Ok(self.amount))?,
            _ => self.per_line(state, &matches)?,
        };
        if let Some(shipping) = state.shipping.as_ref().filter(|_| self.goal.with_shipping()) {
            plan.shipping = self.amount.min(shipping.current);
            plan.base += shipping.current;
        }
        Ok(plan)
    }

    fn shares(&self, state: &State, terms: &Terms, shares: &mut Shares) -> Result<bool, Overflow> {
        if self.per != Per::Once {
            return Ok(false);
        }
        amount_shares(state, &self.goal, terms, shares, |_| self.amount)
    }

    fn by_units(&self) -> bool {
        self.goal.is_units() && self.per == Per::Unit
    }

    #[inline]
    fn exactly(&self, state: &State, terms: &Terms, matches: Vec<Match>) -> Result<Plan, Overflow> {
        Self { goal: Goal::Exactly(matches), ..*self }.plan(state, terms)
    }

    #[inline]
    fn anchors(&self) -> Option<Vec<Anchor>> {
        self.goal.anchors()
    }

    fn promise(&self, state: &State, _: &Terms, more: i64) -> Option<i64> {
        let goods = match self.goal {
            Goal::Shipping => 0,
            _ => room(state, &self.goal.matches(state)).checked_add(more)?,
        };
        let shipping = state.shipping.as_ref().filter(|_| self.goal.with_shipping()).map_or(0, |one| one.current);
        Some(self.amount.min(goods.checked_add(shipping)?))
    }
}
