//! `{"breaks": [{"from": 3, "fixed_price": "9.00"}, {"from": 10, "percent": "15"}], "on": SELECTOR}`: the more of one SKU, the cheaper each
//! unit of it (quantity breaks, 阶梯价).
//!
//! The units of a SKU are counted over all its lines, so splitting a line changes nothing. Of the breaks reached the highest counts, for all
//! units that match, even where a lower one would take off more: the merchant wrote a price per quantity.

use super::{
    Effect, Manner, Most, Rule, Terms,
    buy::Give,
    rate::per_unit,
    target::{Goal, Narrow, Target},
};
use crate::{
    book::{Anchor, Class, Compiler, Matcher, count, percentage},
    engine::{Match, Plan, State},
    quote::Need,
    sort,
    tree::reads,
};
use ids::Sku;
use money::{Decimal, Overflow};
use serde::Serialize;
use std::collections::BTreeMap;

/// A price per quantity, of class price.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Breaks {
    /// The breaks; their order means nothing.
    pub breaks: Vec<Break>,
    /// Of which units.
    pub on: Target,
}

reads! { Breaks { breaks, on } }

/// One break: exactly one of `percent`, `amount` and `fixed_price`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Break {
    /// Reached from so many units of the SKU.
    pub from: i64,
    /// A percentage off each unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Decimal>,
    /// An amount off each unit, in major units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Decimal>,
    /// A new price for each unit, in major units; never raises a price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed_price: Option<Decimal>,
}

reads! { Break { from; percent = None, amount = None, fixed_price = None } }

#[derive(Debug)]
struct Compiled {
    /// The highest first.
    breaks: Vec<(i64, Give)>,
    goal: Goal,
}

/// Units of each SKU that match.
type Quantities<'s> = BTreeMap<&'s Sku, i64>;

#[inline]
fn compile_break(one: &Break, compiler: &Compiler) -> Result<(i64, Give), String> {
    let give = match (one.percent, one.amount, one.fixed_price) {
        (Some(percent), None, None) => Give::Percent(percentage(percent)?),
        (None, Some(amount), None) => Give::Amount(compiler.amount(amount)?),
        (None, None, Some(price)) => Give::FixedPrice(compiler.amount(price)?),
        _ => return Err("a break has exactly one of percent, amount and fixed_price".to_owned()),
    };
    Ok((count(one.from, "a break's from")?, give))
}

impl Rule for Breaks {
    const KEY: &'static str = "breaks";

    #[inline]
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Effect>, String> {
        if compiler.class != Class::Price {
            return Err(format!("breaks are of class price, not {:?}", compiler.class));
        }
        let mut breaks = self.breaks.iter().map(|one| compile_break(one, compiler)).collect::<Result<Vec<_>, _>>()?;
        sort::by_key(&mut breaks, |one| -one.0);
        if breaks.is_empty() || breaks.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            return Err("breaks need at least one break, and no two from the same quantity".to_owned());
        }
        Ok(Box::new(Compiled { breaks, goal: self.on.compile(Narrow::NONE, compiler)? }))
    }
}

fn quantities<'s>(state: &'s State, matches: &[Match]) -> Quantities<'s> {
    let mut quantities = Quantities::new();
    for one in matches {
        *quantities.entry(state.lines[one.line].sku_id).or_default() += one.count;
    }
    quantities
}

impl Compiled {
    fn reached(&self, state: &State, quantities: &Quantities, one: &Match) -> Option<Give> {
        let units = quantities.get(state.lines[one.line].sku_id).copied().unwrap_or(0);
        self.breaks.iter().find(|(from, _)| *from <= units).map(|(_, give)| *give)
    }

    #[inline]
    fn lower(
        &self,
        state: &State,
        terms: &Terms,
        quantities: &Quantities,
        mut matches: Vec<Match>,
    ) -> Result<Plan, Overflow> {
        matches.retain(|one| self.reached(state, quantities, one).is_some());
        per_unit(state, &matches, false, |one| {
            let (line, run) = one.parts(state);
            match self.reached(state, quantities, one) {
                None => Ok(0),
                Some(Give::Percent(rate)) => rate.of(run.price(line, terms.base), terms.rounder.mode),
                Some(Give::Amount(amount)) => Ok(amount),
                Some(Give::FixedPrice(price)) => Ok(run.current - price),
            }
        })
    }
}

impl Effect for Compiled {
    fn plan(&self, state: &State, terms: &Terms) -> Result<Plan, Overflow> {
        let matches = self.goal.matches(state);
        let quantities = quantities(state, &matches);
        self.lower(state, terms, &quantities, matches)
    }

    #[inline]
    fn exactly(&self, state: &State, terms: &Terms, matches: Vec<Match>) -> Result<Plan, Overflow> {
        self.lower(state, terms, &quantities(state, &self.goal.matches(state)), matches)
    }

    fn by_units(&self) -> bool {
        true
    }

    /// Quantities stay as they are, and each unit by itself never gets more off when it costs less.
    #[inline]
    fn most(&self, state: &State, terms: &Terms) -> Result<Most, Overflow> {
        Ok(Most::each(&self.plan(state, terms)?))
    }

    #[inline]
    fn manner(&self, _: &State, _: &Terms) -> Result<Manner, Overflow> {
        let rounds = self.breaks.iter().any(|(_, give)| matches!(give, Give::Percent(_)));
        let picks = self.breaks.iter().any(|(_, give)| matches!(give, Give::FixedPrice(_)));
        Ok(Manner { rounds, spreads: false, picks, jumps: None })
    }

    #[inline]
    fn looks_at<'s>(&'s self, see: &mut dyn FnMut(&'s Matcher)) {
        self.goal.looks_at(see);
    }

    fn moves(&self) -> bool {
        self.goal.moves()
    }

    #[inline]
    fn anchors(&self) -> Option<Vec<Anchor>> {
        self.goal.anchors()
    }

    /// The nearest break of any SKU that is in the cart.
    fn next(&self, state: &State) -> Option<(Need, Option<i64>)> {
        let quantities = quantities(state, &self.goal.matches(state));
        let ahead = |units: &i64| self.breaks.iter().map(|(from, _)| from - units).filter(|more| *more > 0).min();
        quantities.values().filter_map(ahead).min().map(|units| (Need::Units(units), None))
    }
}
