//! `{"nth_unit": 2, "percent": "50", "on": SELECTOR, "times": null}`: the n-th unit for less (第二件半价).

use super::{
    Effect, Rule,
    buy::{Compiled, Give, sets_allowed},
    exchange::Exchange,
    target::Pick,
};
use crate::book::{Compiler, Selector, bound, count, percentage};
use crate::tree::reads;
use money::Decimal;
use serde::Serialize;

/// Every n-th unit for less: the same as buy n-1, get 1 of the same selector, the cheapest.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NthUnit {
    /// Which unit: 2 is every second.
    pub nth_unit: i64,
    /// The percentage off it.
    pub percent: Decimal,
    /// Of which units.
    pub on: Selector,
    /// How many units at the most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<i64>,
}

reads! { NthUnit { nth_unit, percent, on; times = None } }

impl Rule for NthUnit {
    const KEY: &'static str = "nth_unit";

    #[inline]
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Effect>, String> {
        sets_allowed(compiler)?;
        let exchange = Exchange {
            buy_count: count(self.nth_unit.saturating_sub(1), "nth_unit less one")?,
            buy: self.on.compile(compiler)?,
            get_count: 1,
            get: self.on.compile(compiler)?,
            times: bound(self.times, "times")?,
            pick: Pick::Cheapest,
            alike: true,
        };
        Ok(Box::new(Compiled { exchange, give: Give::Percent(percentage(self.percent)?) }))
    }
}
