//! What a shop would like to avoid, which places may serve what, and two strategies side by side.

use super::facts::Tier;
use ids::{OrderNumber, PlaceId};

/// Points for what a shop would like to avoid; each from 0 to 1,000,000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weights {
    /// For each line whose units come from more than one place.
    pub split_line: i64,
    /// For each parcel: each place that sends goods.
    pub parcel: i64,
    /// For each kilometre that a parcel goes.
    pub km: i64,
    /// For each minor unit that a parcel costs the shop.
    pub cost_minor: i64,
    /// For each parcel that waits already at a place that sends one more.
    pub open_parcel: i64,
    /// For each parcel from a place of a tier.
    pub tiers: TierPoints,
}

/// Points by tier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TierPoints {
    /// For the central warehouse.
    pub central: i64,
    /// For regional warehouses.
    pub regional: i64,
    /// For stores.
    pub store: i64,
}

impl TierPoints {
    /// The points of a tier.
    #[must_use]
    pub fn of(&self, tier: Tier) -> i64 {
        match tier {
            Tier::Central => self.central,
            Tier::Regional => self.regional,
            Tier::Store => self.store,
        }
    }
}

/// Which places may send goods. Of several rules the first that matches a request holds; where none does, all places may send.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// The channels it is for; all if there are none.
    pub channels: Vec<String>,
    /// The regions of the destination it is for; all if there are none. A destination whose region is not known is in none.
    pub regions: Vec<String>,
    /// The tiers that may send; all if there are none.
    pub tiers: Vec<Tier>,
    /// The only places that may send; all if there are none.
    pub only: Vec<PlaceId>,
    /// Places that may not send.
    pub except: Vec<PlaceId>,
    /// The most parcels of an order.
    pub parcels_max: Option<i64>,
}

impl Rule {
    /// True if the rule is for such a request.
    #[must_use]
    pub fn matches(&self, channel: &str, region: Option<&str>) -> bool {
        let is_channel = self.channels.is_empty() || self.channels.iter().any(|one| one == channel);
        let is_region = self.regions.is_empty() || self.regions.iter().any(|one| Some(one.as_str()) == region);
        is_channel && is_region
    }

    /// True if a place may send goods.
    #[must_use]
    pub fn allows(&self, place: &PlaceId, tier: Tier) -> bool {
        let is_tier = self.tiers.is_empty() || self.tiers.contains(&tier);
        let is_place = self.only.is_empty() || self.only.contains(place);
        is_tier && is_place && !self.except.contains(place)
    }
}

/// A way to choose places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strategy {
    /// Its name, which plans carry.
    pub name: String,
    /// What it would like to avoid.
    pub weights: Weights,
    /// Which places may serve what.
    pub rules: Vec<Rule>,
    /// The channels whose shoppers stand in a store: they may take what the places keep back.
    pub walk_in_channels: Vec<String>,
}

/// Why a strategy can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadStrategy {
    /// It has no name.
    Nameless,
    /// A weight is not from 0 to 1,000,000.
    Weight(&'static str),
    /// A rule allows fewer than one parcel; its position, from 0.
    Parcels(usize),
    /// The share of an experiment is not from 0 to 1,000.
    Share,
}

const WEIGHT_MAX: i64 = 1_000_000;

impl Strategy {
    /// Checks names and numbers.
    ///
    /// # Errors
    /// The first [`BadStrategy`].
    pub fn check(&self) -> Result<(), BadStrategy> {
        if self.name.trim().is_empty() {
            return Err(BadStrategy::Nameless);
        }
        let Weights { split_line, parcel, km, cost_minor, open_parcel, tiers } = self.weights;
        let weights = [("split_line", split_line), ("parcel", parcel), ("km", km), ("cost_minor", cost_minor)];
        let others = [("central", tiers.central), ("regional", tiers.regional), ("store", tiers.store)];
        let all = weights.into_iter().chain([("open_parcel", open_parcel)]).chain(others);
        for (name, weight) in all {
            if !(0..=WEIGHT_MAX).contains(&weight) {
                return Err(BadStrategy::Weight(name));
            }
        }
        match self.rules.iter().position(|rule| rule.parcels_max.is_some_and(|most| most < 1)) {
            Some(at) => Err(BadStrategy::Parcels(at)),
            None => Ok(()),
        }
    }

    /// The rule that holds for a request.
    pub(super) fn rule(&self, channel: &str, region: Option<&str>) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.matches(channel, region))
    }
}

/// The whole of which an experiment's share is told.
pub const PERMILLE: u64 = 1_000;

/// Two strategies side by side: which of them serves an order follows from its number, so that it is the same whenever it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Experiment {
    /// Its name; another one deals the orders anew.
    pub name: String,
    /// The strategy of most orders.
    pub a: Strategy,
    /// The strategy that is tried.
    pub b: Strategy,
    /// How many of 1,000 orders are served by `b`.
    pub share: u64,
}

/// FNV-1a of 64 bits, with the upper half folded in, since its lowest bits alone are poor.
fn hash(parts: [&str; 3]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes());
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    hash ^ (hash >> 32)
}

impl Experiment {
    /// Checks both strategies and the share.
    ///
    /// # Errors
    /// The first [`BadStrategy`].
    pub fn check(&self) -> Result<(), BadStrategy> {
        self.a.check()?;
        self.b.check()?;
        if self.name.trim().is_empty() {
            return Err(BadStrategy::Nameless);
        }
        if self.share > PERMILLE { Err(BadStrategy::Share) } else { Ok(()) }
    }

    /// The strategy that serves an order.
    #[must_use]
    pub fn strategy(&self, order: &OrderNumber) -> &Strategy {
        let is_b = hash([&self.name, ":", order.as_str()]) % PERMILLE < self.share;
        if is_b { &self.b } else { &self.a }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strategy(name: &str) -> Strategy {
        Strategy { name: name.to_owned(), ..Strategy::default() }
    }

    #[test]
    fn an_experiment_deals_orders_by_its_share_and_always_alike() {
        let count = |share: u64| {
            let experiment = Experiment { name: "near".into(), a: strategy("a"), b: strategy("b"), share };
            let is_b = |at: &i32| {
                let order = OrderNumber::new(format!("C261122-{at:08}")).unwrap();
                assert_eq!(experiment.strategy(&order), experiment.strategy(&order));
                experiment.strategy(&order).name == "b"
            };
            (0..10_000).filter(is_b).count()
        };
        assert_eq!((count(0), count(1_000)), (0, 10_000));
        for share in [100, 500, 900] {
            let expected = share * 10;
            let found = count(share);
            assert!(found.abs_diff(usize::try_from(expected).unwrap()) < 200, "{found} instead of {expected}");
        }
        // Stored plans name their strategy; this number must never be dealt otherwise.
        assert_eq!(hash(["near", ":", "C261122-7KQ4M9XW"]), HASH_OF_OLD);
    }

    const HASH_OF_OLD: u64 = 11_739_138_200_963_335_186;

    #[test]
    fn wrong_numbers_are_named() {
        let weights = Weights { km: -1, ..Weights::default() };
        let check = |strategy: Strategy, bad: BadStrategy| assert_eq!(strategy.check(), Err(bad));
        check(strategy(" "), BadStrategy::Nameless);
        check(Strategy { weights, ..strategy("a") }, BadStrategy::Weight("km"));
        let rules = vec![Rule::default(), Rule { parcels_max: Some(0), ..Rule::default() }];
        check(Strategy { rules, ..strategy("a") }, BadStrategy::Parcels(1));
    }

    #[test]
    fn a_rule_is_for_channels_and_regions_and_allows_places() {
        let place = |id: &str| PlaceId::new(id).unwrap();
        let rule = Rule {
            regions: vec!["west".into()],
            tiers: vec![Tier::Store, Tier::Regional],
            except: vec![place("w1")],
            ..Rule::default()
        };
        assert!(rule.matches("web", Some("west")) && !rule.matches("web", Some("east")) && !rule.matches("web", None));
        assert!(rule.allows(&place("w2"), Tier::Store) && !rule.allows(&place("w1"), Tier::Store));
        assert!(!rule.allows(&place("c"), Tier::Central));
    }
}
