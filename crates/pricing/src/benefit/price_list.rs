//! `{"price_list": {"TEA-1": "98.00", ...}}`: prices of their own for some SKUs, for those who meet the promotion's conditions: a member level, a store, a channel.

use super::{
    Effect, Manner, Most, Rule, Terms,
    rate::per_unit,
    target::{Goal, Narrow},
};
use crate::{
    book::{Anchor, Class, Compiler, Keys, Matcher, Selector},
    engine::{Match, Plan, State},
    sort,
    tree::reads,
};
use ids::Sku;
use money::{Decimal, Overflow};
use serde::Serialize;
use std::collections::BTreeMap;

/// The price of one unit by SKU, of class price. Never raises a price.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PriceList {
    /// Prices in major units. A slice carries those of its own SKUs only.
    pub price_list: BTreeMap<Sku, Decimal>,
}

reads! { PriceList { price_list } }

#[derive(Debug)]
struct Compiled {
    /// Sorted by the SKU's number.
    prices: Vec<(u32, i64)>,
    goal: Goal,
}

impl Rule for PriceList {
    const KEY: &'static str = "price_list";

    #[inline]
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Effect>, String> {
        if compiler.class != Class::Price {
            return Err(format!("a price_list is of class price, not {:?}", compiler.class));
        }
        let mut prices = Vec::with_capacity(self.price_list.len());
        for (sku, price) in &self.price_list {
            let price = compiler.amount(*price).map_err(|message| format!("price_list {sku}: {message}"))?;
            prices.push((compiler.symbols.sku(sku.as_str()), price));
        }
        sort::by(&mut prices, Ord::cmp);
        let skus = self.price_list.keys().map(ToString::to_string).collect();
        let of = Selector::Where(Box::new(Keys { sku: Some(skus), ..Keys::default() })).compile(compiler)?;
        Ok(Box::new(Compiled { prices, goal: Goal::Units { of, narrow: Narrow::NONE } }))
    }
}

impl Effect for Compiled {
    fn plan(&self, state: &State, terms: &Terms) -> Result<Plan, Overflow> {
        self.exactly(state, terms, self.goal.matches(state))
    }

    #[inline]
    fn exactly(&self, state: &State, _: &Terms, matches: Vec<Match>) -> Result<Plan, Overflow> {
        per_unit(state, &matches, false, |one| {
            let (line, run) = one.parts(state);
            let place = self.prices.binary_search_by_key(&line.sku, |(sku, _)| *sku);
            Ok(place.map_or(0, |place| run.current - self.prices[place].1))
        })
    }

    fn by_units(&self) -> bool {
        true
    }

    #[inline]
    fn most(&self, state: &State, terms: &Terms) -> Result<Most, Overflow> {
        Ok(Most::each(&self.plan(state, terms)?))
    }

    #[inline]
    fn manner(&self, _: &State, _: &Terms) -> Result<Manner, Overflow> {
        Ok(Manner { rounds: false, spreads: false, picks: true, jumps: None })
    }

    #[inline]
    fn looks_at<'s>(&'s self, see: &mut dyn FnMut(&'s Matcher)) {
        self.goal.looks_at(see);
    }

    #[inline]
    fn anchors(&self) -> Option<Vec<Anchor>> {
        self.goal.anchors()
    }
}
