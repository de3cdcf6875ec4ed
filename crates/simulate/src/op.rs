//! What is done in a simulation, drawn from a seed before it begins. Numbers point into what there is at the time, so that any part of a list of
//! operations is a list of operations, too: that is how a failing one is made shorter.

use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};
use serde::{Deserialize, Serialize};

/// Something that somebody does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// A shopper orders goods.
    Buy {
        /// Who.
        shopper: u8,
        /// Which goods, and how many of each.
        lines: Vec<(u16, u8)>,
        /// The store where they are picked up; none to have them sent.
        store: Option<u8>,
        /// With a code that few may use.
        coupon: bool,
        /// The same request is sent twice at once.
        twice: bool,
        /// How it is paid.
        pay: Pay,
    },
    /// A shopper goes on with paying.
    Pay {
        /// Which order.
        order: u16,
    },
    /// Somebody does the next thing with goods at a place.
    Work {
        /// Which task of all.
        task: u16,
        /// What is done where there is a choice.
        choice: u8,
    },
    /// A shopper cancels an order.
    Cancel {
        /// Which.
        order: u16,
        /// One unit only.
        part: bool,
    },
    /// A shopper moves.
    Move {
        /// Which order is to go somewhere else.
        order: u16,
        /// Where to.
        city: u8,
    },
    /// Goods come back to a store.
    Return {
        /// Of which order.
        order: u16,
        /// To which store.
        store: u8,
        /// They can't be sold as they are.
        broken: bool,
    },
    /// Goods come back to a store and pay for others.
    Exchange {
        /// Of which order.
        order: u16,
        /// At which store.
        store: u8,
        /// What is taken along.
        sku: u16,
        /// How many.
        units: u8,
    },
    /// A clerk sells at the till.
    Sell {
        /// What.
        sku: u16,
        /// How many.
        units: u8,
    },
    /// Time passes.
    Jump {
        /// How much of it.
        seconds: u32,
    },
    /// A server is killed while all this goes on, and started again.
    Kill {
        /// Which.
        server: u8,
        /// So long after the step began.
        after_ms: u16,
    },
}

/// How an order is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pay {
    /// With the goods.
    OnDelivery,
    /// By a payment provider, at once.
    Now,
    /// By a payment provider, later or never.
    Later,
    /// With some stored money, and the rest by a payment provider at once.
    Purse,
}

/// Operations that are done at once.
pub type Step = Vec<Op>;

/// How much of what happens.
#[derive(Clone, Copy, Debug)]
pub struct Mix {
    /// Of a hundred steps, in so many a server is killed.
    pub kills: u32,
    /// At most so many operations at once.
    pub together: u32,
}

/// The steps of a seed.
#[must_use]
pub fn draw(seed: u64, steps: usize, mix: Mix) -> Vec<Step> {
    let mut rng = StdRng::seed_from_u64(seed);
    (0..steps).map(|_| step(&mut rng, mix)).collect()
}

fn step(rng: &mut StdRng, mix: Mix) -> Step {
    let count = rng.random_range(1..=mix.together);
    let mut ops: Step = (0..count).map(|_| op(rng)).collect();
    if rng.random_range(0..100) < mix.kills {
        ops.push(Op::Kill { server: rng.random(), after_ms: rng.random_range(0..60) });
    }
    ops
}

fn op(rng: &mut StdRng) -> Op {
    match rng.random_range(0..100) {
        0..34 => buy(rng),
        34..40 => Op::Pay { order: rng.random() },
        40..70 => Op::Work { task: rng.random(), choice: rng.random() },
        70..76 => Op::Cancel { order: rng.random(), part: rng.random() },
        76..79 => Op::Move { order: rng.random(), city: rng.random() },
        79..85 => Op::Return { order: rng.random(), store: rng.random(), broken: rng.random() },
        85..88 => {
            Op::Exchange { order: rng.random(), store: rng.random(), sku: rng.random(), units: rng.random_range(1..4) }
        }
        88..96 => Op::Sell { sku: rng.random(), units: rng.random_range(1..4) },
        _ => Op::Jump { seconds: rng.random_range(1..200_000) },
    }
}

fn buy(rng: &mut impl Rng) -> Op {
    let count = rng.random_range(1..=4);
    Op::Buy {
        shopper: rng.random(),
        lines: (0..count).map(|_| (rng.random(), rng.random_range(1..5))).collect(),
        store: rng.random_bool(0.4).then(|| rng.random()),
        coupon: rng.random_bool(0.2),
        twice: rng.random_bool(0.1),
        pay: match rng.random_range(0..10) {
            0..3 => Pay::OnDelivery,
            3..6 => Pay::Now,
            6..8 => Pay::Purse,
            _ => Pay::Later,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_means_the_same_everywhere() {
        let mix = Mix { kills: 20, together: 3 };
        let steps = draw(7, 50, mix);
        assert_eq!(steps, draw(7, 50, mix));
        assert_ne!(steps, draw(8, 50, mix));
        let text = serde_json::to_string(&steps).unwrap();
        assert_eq!(serde_json::from_str::<Vec<Step>>(&text).unwrap(), steps);
    }
}
