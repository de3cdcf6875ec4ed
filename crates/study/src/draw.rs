//! Draws from distributions, in whole numbers only, so that every machine draws the same.

use conformance::generate::Seeded;

/// A source of draws.
pub struct Draw(Seeded);

/// Thousandths of the factor by which a price is made larger or smaller sixteen times.
const STEP: u64 = 1_170;

impl Draw {
    /// Draws that follow from a seed and from what they are for.
    pub fn new(seed: u64, path: &[u64]) -> Self {
        let mut mixed = seed;
        for one in path {
            let high = Seeded::new(mixed ^ one.wrapping_mul(0x9e37_79b9_7f4a_7c15)).below(1 << 32);
            mixed = mixed.rotate_left(32) ^ high ^ one;
        }
        Self(Seeded::new(mixed))
    }

    /// A number from 0 to `below` less one.
    pub fn below(&mut self, below: u64) -> u64 {
        self.0.below(below)
    }

    /// True in so many of a hundred draws.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of these, all alike.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }

    /// A place, each as often as its weight says.
    pub fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut left = self.below(weights.iter().sum());
        let found = weights.iter().position(|weight| {
            let here = left < *weight;
            left = left.saturating_sub(*weight);
            here
        });
        found.unwrap_or(0)
    }

    /// A rank from 0 to `below` less one by Zipf's law: the n-th is drawn one n-th as often as the first.
    pub fn zipf(&mut self, below: usize) -> usize {
        let weights: Vec<u64> = (1..=below as u64).map(|rank| 1_000_000 / rank).collect();
        self.weighted(&weights)
    }

    /// A price around a median in minor units, nearly log-normal with sigma 0.63: sixteen times made larger or smaller by the same factor, then
    /// spread a little so that prices between the steps occur, too.
    pub fn log_normal(&mut self, median: u64) -> u64 {
        let mut price = median * 1_000;
        for _ in 0..16 {
            price = if self.percent(50) { price * STEP / 1_000 } else { price * 1_000 / STEP };
        }
        price * (925 + self.below(151)) / 1_000_000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_and_the_spread_are_as_told() {
        let mut draw = Draw::new(1, &[]);
        let mut prices: Vec<u64> = (0..20_000).map(|_| draw.log_normal(10_000)).collect();
        prices.sort_unstable();
        let (median, sigma_above) = (prices[10_000], prices[16_827]);
        assert!((9_700..10_300).contains(&median), "{median}");
        // One sigma above the median is e^0.63 times as much.
        assert!((17_500..20_500).contains(&sigma_above), "{sigma_above}");
    }

    #[test]
    fn the_first_is_drawn_twice_as_often_as_the_second() {
        let mut draw = Draw::new(2, &[]);
        let mut counts = [0_u32; 10];
        (0..30_000).for_each(|_| counts[draw.zipf(10)] += 1);
        let ratio = counts[0] * 100 / counts[1];
        assert!((185..215).contains(&ratio), "{counts:?}");
    }

    #[test]
    fn another_path_draws_something_else() {
        let first = |path: &[u64]| Draw::new(7, path).below(1 << 40);
        assert_eq!(first(&[4, 1]), first(&[4, 1]));
        let all = [first(&[4, 1]), first(&[4, 2]), first(&[8, 1]), first(&[4, 1, 0]), first(&[4, 1, 1])];
        (0..all.len()).for_each(|at| assert!(!all[..at].contains(&all[at]), "{all:?}"));
    }
}
