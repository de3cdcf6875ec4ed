//! What all carts together say.

use crate::ways::{Prices, Way};

/// What is known of one number of promotions.
pub struct Tally {
    /// Promotions in force.
    pub density: usize,
    /// Carts whose best price was proved.
    pub proved: u64,
    /// Carts that count for nothing, since the search ended before its proof.
    pub bounded: u64,
    /// Of those, the carts for which a simpler way found a lower price than the search did before it ended.
    pub beaten: u64,
    /// Carts in which the order of promotions matters.
    pub order_matters: u64,
    /// What all proved carts cost at the best price, in minor units.
    best: i64,
    /// For each way the carts that it misses: what is paid too much, and the best price.
    missed: [Vec<(i64, i64)>; 4],
}

/// How a way compares with the best price.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// Carts for which it misses the best price, in percent.
    pub missed: f64,
    /// Paid too much on average among those, in yuan.
    pub mean: f64,
    /// 95 of 100 of those pay at most so much too much, in yuan.
    pub p95: f64,
    /// As `mean`, in percent of the best price.
    pub mean_percent: f64,
    /// As `p95`, in percent of the best price.
    pub p95_percent: f64,
    /// Paid too much over all carts, in percent of what all cost at the best price.
    pub overall_percent: f64,
}

impl Tally {
    /// Nothing yet.
    pub fn new(density: usize) -> Self {
        Self { density, proved: 0, bounded: 0, beaten: 0, order_matters: 0, best: 0, missed: Default::default() }
    }

    /// Counts a cart.
    pub fn add(&mut self, prices: &Prices) {
        if !prices.proved {
            self.bounded += 1;
            self.beaten += u64::from(prices.ways.iter().any(|price| *price < prices.best));
            return;
        }
        self.proved += 1;
        self.order_matters += u64::from(prices.order_matters);
        self.best += prices.best;
        for (missed, price) in self.missed.iter_mut().zip(prices.ways) {
            missed.extend((price > prices.best).then_some((price - prices.best, prices.best)));
        }
    }

    /// A count as a share of the proved carts, in percent.
    pub fn percent(&self, count: u64) -> f64 {
        100.0 * count as f64 / self.proved.max(1) as f64
    }

    /// How a way compares.
    pub fn figures(&self, way: Way) -> Figures {
        let missed = &self.missed[way as usize];
        let yuan: Vec<f64> = missed.iter().map(|(over, _)| *over as f64 / 100.0).collect();
        let percent: Vec<f64> =
            missed.iter().map(|(over, best)| 100.0 * *over as f64 / (*best).max(1) as f64).collect();
        let over: i64 = missed.iter().map(|(over, _)| over).sum();
        Figures {
            missed: self.percent(missed.len() as u64),
            mean: mean(&yuan),
            p95: p95(yuan),
            mean_percent: mean(&percent),
            p95_percent: p95(percent),
            overall_percent: 100.0 * over as f64 / self.best.max(1) as f64,
        }
    }
}

fn mean(of: &[f64]) -> f64 {
    if of.is_empty() { 0.0 } else { of.iter().sum::<f64>() / of.len() as f64 }
}

/// The smallest value that 95 of 100 do not exceed.
fn p95(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    let rank = (of.len() * 95).div_ceil(100);
    rank.checked_sub(1).map_or(0.0, |at| of[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_proved_carts_count() {
        let mut tally = Tally::new(4);
        let cart =
            |best, proved, single| Prices { best, proved, ways: [single, best, best, best], order_matters: false };
        tally.add(&cart(10_000, true, 10_000));
        tally.add(&cart(10_000, true, 11_000));
        tally.add(&cart(20_000, true, 23_000));
        tally.add(&cart(1, false, 99_999));
        let figures = tally.figures(Way::Single);
        assert_eq!((tally.proved, tally.bounded), (3, 1));
        assert_eq!((figures.mean, figures.p95), (20.0, 30.0));
        assert_eq!((figures.mean_percent, figures.p95_percent, figures.overall_percent), (12.5, 15.0, 10.0));
        assert_eq!(tally.figures(Way::Greedy), Figures::default());
    }

    #[test]
    fn the_95th_of_a_hundred() {
        assert_eq!(p95((1..=100).map(f64::from).collect()), 95.0);
        assert_eq!(p95(vec![7.0]), 7.0);
        assert_eq!(p95(Vec::new()), 0.0);
    }
}
