//! `{"buy": {"count": 2, "of": SELECTOR}, "get": {"count": 1, "of": SELECTOR, "percent": "100"}, "times": null, "pick": "cheapest"}`:
//! buy some, get some for less.

use super::{
    Effect, Most, Rule, Terms, Variants, Wanted,
    exchange::{Exchange, Exchanged},
    rate::{most_of_unit, per_unit, percent},
    target::Pick,
};
use crate::{
    book::{Anchor, Base, Class, Compiler, Matcher, Selector, bound, count, percentage},
    engine::{Cut, Match, Plan, State},
    quote::Need,
    sort,
    tree::reads,
};
use money::{Decimal, Overflow, Ratio};
use serde::Serialize;

/// Buy some units and get others for less; as many whole sets as the free units allow.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Buy {
    /// What is bought for each set.
    pub buy: Bought,
    /// What is got for each set, and for how much less.
    pub get: Got,
    /// How many sets at the most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<i64>,
    /// Which units are got.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pick: Option<Pick>,
}

reads! { Buy { buy, get; times = None, pick = None } }

/// What is bought for each set.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Bought {
    /// How many units.
    pub count: i64,
    /// Which.
    pub of: Selector,
}

reads! { Bought { count, of } }

/// What is got for each set: exactly one of `percent`, `amount` and `fixed_price`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Got {
    /// How many units.
    pub count: i64,
    /// Which.
    pub of: Selector,
    /// A percentage off; `"100"` is free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Decimal>,
    /// An amount off each unit, in major units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Decimal>,
    /// A new price for each unit, in major units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed_price: Option<Decimal>,
}

reads! { Got { count, of; percent = None, amount = None, fixed_price = None } }

#[derive(Clone, Copy, Debug)]
pub(super) enum Give {
    Percent(Ratio),
    Amount(i64),
    FixedPrice(i64),
}

#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) exchange: Exchange,
    pub(super) give: Give,
}

impl Rule for Buy {
    const KEY: &'static str = "buy";

    #[inline]
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Effect>, String> {
        sets_allowed(compiler)?;
        let give = match (self.get.percent, self.get.amount, self.get.fixed_price) {
            (Some(percent), None, None) => Give::Percent(percentage(percent)?),
            (None, Some(amount), None) => Give::Amount(compiler.amount(amount)?),
            (None, None, Some(price)) => Give::FixedPrice(compiler.amount(price)?),
            _ => return Err("get has exactly one of percent, amount and fixed_price".to_owned()),
        };
        let exchange = Exchange {
            buy_count: count(self.buy.count, "buy.count")?,
            buy: self.buy.of.compile(compiler)?,
            get_count: count(self.get.count, "get.count")?,
            get: self.get.of.compile(compiler)?,
            times: bound(self.times, "times")?,
            pick: self.pick.unwrap_or_default(),
            alike: self.buy.of == self.get.of,
        };
        Ok(Box::new(Compiled { exchange, give }))
    }
}

/// Sets are of class product or order.
#[inline]
pub(super) fn sets_allowed(compiler: &Compiler) -> Result<(), String> {
    match compiler.class {
        Class::Product | Class::Order => Ok(()),
        class => Err(format!("a set is of class product or order, not {class:?}")),
    }
}

impl Compiled {
    /// What a unit that is got saves at the most.
    #[inline]
    fn saves(&self, state: &State, terms: &Terms, one: &Match) -> i64 {
        let (line, run) = one.parts(state);
        match self.give {
            Give::Percent(rate) => most_of_unit(state, one, rate, terms),
            Give::Amount(amount) => amount.min(run.room(line)),
            Give::FixedPrice(price) => (run.current - price).clamp(0, run.room(line)),
        }
    }

    fn give(&self, state: &State, terms: &Terms, sets: &Exchanged) -> Result<Plan, Overflow> {
        let mut plan = match self.give {
            Give::Percent(rate) => percent(state, &sets.got, rate, terms, true)?,
            Give::Amount(amount) => per_unit(state, &sets.got, true, |_| Ok(amount))?,
            Give::FixedPrice(price) => per_unit(state, &sets.got, true, |one| Ok(one.parts(state).1.current - price))?,
        };
        let cut = |one: &Match| Cut { line: one.line, run: one.run, count: one.count, off: 0, take: true };
        plan.cuts.extend(sets.bought.iter().map(cut));
        // A stable sort: of one run the units got come before the units bought.
        sort::by_key(&mut plan.cuts, |cut| (cut.line, cut.run));
        Ok(plan)
    }
}

impl Effect for Compiled {
    fn plan(&self, state: &State, terms: &Terms) -> Result<Plan, Overflow> {
        let sets = self.exchange.exchange(state);
        sets.map_or_else(|| Ok(Plan::default()), |sets| self.give(state, terms, &sets))
    }

    /// What the units that could be got at the best take off, each rounded up.
    #[inline]
    fn most(&self, state: &State, terms: &Terms) -> Result<Most, Overflow> {
        let Some(got) = self.exchange.dearest(state).filter(|_| terms.base == Base::Current) else {
            return Ok(Most::once(self.exchange.most(state, &|one| self.saves(state, terms, one))));
        };
        let plan = self.give(state, terms, &Exchanged { bought: Vec::new(), got })?;
        // Units that are free are free to the cent; another share is rounded by half a minor unit per line or unit at the most, here and there.
        let roundings = match self.give {
            Give::Percent(rate) if rate.numerator() != rate.denominator() => {
                i64::try_from(plan.cuts.len()).map_err(|_| Overflow)?
            }
            _ => 0,
        };
        Ok(Most::once(plan.total() + roundings))
    }

    #[inline]
    fn likely(&self, state: &State, terms: &Terms) -> Result<Vec<Plan>, Overflow> {
        let mut plans = vec![self.plan(state, terms)?];
        if let Some(sets) = self.exchange.blocks(state) {
            plans.push(self.give(state, terms, &sets)?);
        }
        Ok(plans)
    }

    #[inline]
    fn others(&self, state: &State, terms: &Terms, wanted: &Wanted) -> Result<Variants, Overflow> {
        let saves = |one: &Match| self.saves(state, terms, one);
        let (choices, complete) = self.exchange.choices(state, &|line| wanted.contested[line], &saves, wanted.least);
        let plans = choices.iter().map(|sets| self.give(state, terms, sets));
        Ok(Variants { plans: plans.collect::<Result<_, _>>()?, complete })
    }

    #[inline]
    fn looks_at<'s>(&'s self, see: &mut dyn FnMut(&'s Matcher)) {
        see(&self.exchange.buy);
        see(&self.exchange.get);
    }

    fn takes(&self) -> bool {
        true
    }

    /// Where the same units may be bought and got, those that are got are the cheapest of their set: each is worth no more than the mean of the set.
    #[inline]
    fn in_set(&self, state: &State, terms: &Terms, unit: &Match) -> i64 {
        let (line, run) = unit.parts(state);
        let got = self.exchange.get.matches(line, run);
        if !got && !self.exchange.buy.matches(line, run) {
            return 0;
        }
        let saves = self.saves(state, terms, unit);
        let cheapest = self.exchange.alike && self.exchange.pick == Pick::Cheapest;
        let shared = cheapest && terms.base == Base::Current;
        match (shared, got) {
            (true, _) => {
                let (count, size) = (self.exchange.get_count, self.exchange.get_count + self.exchange.buy_count);
                saves.saturating_mul(count) / size + 1
            }
            (false, true) => saves,
            (false, false) => 0,
        }
    }

    fn moves(&self) -> bool {
        self.exchange.moves()
    }

    #[inline]
    fn anchors(&self) -> Option<Vec<Anchor>> {
        self.exchange.get.anchors().or_else(|| self.exchange.buy.anchors())
    }

    fn next(&self, state: &State) -> Option<(Need, Option<i64>)> {
        self.exchange.units_to_next_set(state).map(|units| (Need::Units(units), None))
    }
}
