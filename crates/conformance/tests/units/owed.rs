//! How amounts are rounded, and what is owed for a cart, tax on top where prices hold none.

use super::model::State;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Unit,
    Line,
    Document,
}

/// What a book says of rounding and tax.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    pub scope: Scope,
    /// True if fractions are dropped, false if a half goes up.
    pub down: bool,
    /// True if tax comes on top.
    pub on_top: bool,
}

impl Rules {
    /// So much over so much, neither of them negative.
    pub fn rounded(self, over: i64, under: i64) -> i64 {
        if self.down { over.div_euclid(under) } else { (2 * over + under).div_euclid(2 * under) }
    }

    /// What the shopper owes.
    pub fn owed(self, state: &State) -> i64 {
        let goods: i64 = state.iter().flat_map(|line| &line.units).map(|unit| unit.current).sum();
        goods + if self.on_top { self.tax(state) } else { 0 }
    }

    /// By unit, by line, or once for each rate.
    fn tax(self, state: &State) -> i64 {
        let units = |rate: i64| {
            let lines = state.iter().filter(move |line| line.per_mille == rate);
            lines.map(|line| line.units.iter().map(|unit| unit.current))
        };
        let mut rates: Vec<i64> = state.iter().map(|line| line.per_mille).collect();
        rates.sort_unstable();
        rates.dedup();
        let of_rate = |rate: i64| -> i64 {
            let tax = |amount: i64| self.rounded(amount * rate, 1000);
            match self.scope {
                Scope::Unit => units(rate).flatten().map(tax).sum(),
                Scope::Line => units(rate).map(|line| tax(line.sum())).sum(),
                Scope::Document => tax(units(rate).flatten().sum()),
            }
        };
        rates.into_iter().map(of_rate).sum()
    }
}
