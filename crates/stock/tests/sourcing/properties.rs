//! Sourcing against every possible assignment, its independence of the order of facts, and the ledger against a simple model.

use crate::shops::*;
use ids::LineId;
use proptest::{prelude::*, strategy::Strategy as Generate};
use std::collections::BTreeMap;
use stock::{
    Balance, Bundles, Component, Delta, Kind, Movement, Shelf, fold,
    source::{Destination, Facts, Line, Plan, Request, Rule, Sourced, Strategy, Tier, TierPoints, Weights, source},
};

const SKUS: [&str; 3] = ["A", "B", "SET"];
const PLACES: [&str; 3] = ["x", "y", "z"];

#[derive(Clone, Debug)]
struct Case {
    facts: Facts,
    request: Request,
    strategy: Strategy,
}

fn cases() -> impl Generate<Value = Case> {
    let stock = prop::collection::vec((0..4_i64, 0..2_i64), 6);
    let places = prop::collection::vec((0..3_usize, 0..300_i64, 0..3_000_i64, 0..900_i64, 0..5_i64), 3);
    let lines = prop::collection::vec((0..3_usize, 1..4_i64, any::<bool>()), 1..4);
    let weights = (0..3_000_i64, 0..3_000_i64, 0..30_i64, 0..3_i64, 0..200_i64);
    let rule = (prop::option::weighted(0.4, 1..3_i64), prop::option::weighted(0.2, 0..3_usize));
    let bundle = (1..3_i64, 1..3_i64);
    let rest = (any::<bool>(), prop::option::weighted(0.2, 0..3_usize), 0..2_500_i64);
    (stock, places, lines, weights, rule, bundle, rest).prop_map(
        |(stock, places, lines, weights, rule, bundle, (ships, refused, grams))| {
            let place = |(at, (tier, east, parcel, kilo, open)): (usize, &(usize, i64, i64, i64, i64))| {
                let tier = [Tier::Central, Tier::Regional, Tier::Store][*tier];
                let place = place(PLACES[at], tier, *east);
                stock::source::Place { parcel_minor: *parcel, kilo_minor: *kilo, open_parcels: *open, ..place }
            };
            let shelf = |(at, (on_hand, keep_back)): (usize, &(i64, i64))| {
                let shelf = Shelf { on_hand: *on_hand, keep_back: *keep_back, ..Shelf::default() };
                ((sku(SKUS[at % 2]), place_id(PLACES[at / 2])), shelf)
            };
            let part = |of: &str, quantity| (sku("SET"), Component { sku: sku(of), quantity });
            let facts = Facts {
                places: places.iter().enumerate().map(place).collect(),
                shelves: stock.iter().enumerate().map(shelf).collect(),
                bundles: Bundles::new([part("A", bundle.0), part("B", bundle.1)]).unwrap(),
                grams: [(sku("A"), grams), (sku("B"), 700)].into(),
            };
            let line = |(at, (of, quantity, gift)): (usize, &(usize, i64, bool))| Line {
                gift: *gift,
                ..line(&format!("l{at}"), SKUS[*of], *quantity)
            };
            let to = if ships { ship(vec![]).to } else { Destination::PickUp { store: place_id("x") } };
            let refused = refused.map(|at| place_id(PLACES[at])).into_iter().collect();
            let request = Request { lines: lines.iter().enumerate().map(line).collect(), to, refused, ..ship(vec![]) };
            let (split_line, parcel, km, cost_minor, open_parcel) = weights;
            let tiers = TierPoints { central: 0, regional: 100, store: 900 };
            let weights = Weights { split_line, parcel, km, cost_minor, open_parcel, tiers };
            let except = rule.1.map(|at| place_id(PLACES[at])).into_iter().collect();
            let rules = vec![Rule { parcels_max: rule.0, except, ..Rule::default() }];
            Case { facts, request, strategy: Strategy { weights, rules, ..nearest() } }
        },
    )
}

/// All ways to deal `units` to three places.
fn deals(units: i64) -> Vec<[i64; 3]> {
    (0..=units).flat_map(|a| (0..=units - a).map(move |b| [a, b, units - a - b])).collect()
}

/// What an assignment costs in thousandths of points, computed from the facts alone; none if it may not be.
fn cost(case: &Case, deal: &[[i64; 3]]) -> Option<i128> {
    let Case { facts, request, strategy } = case;
    let store = match &request.to {
        Destination::PickUp { store } => Some(store),
        Destination::Ship { .. } => None,
    };
    let to = match &request.to {
        Destination::Ship { point, .. } => *point,
        Destination::PickUp { .. } => facts.places.iter().find(|place| Some(&place.id) == store).unwrap().point,
    };
    let (mut total, mut parcels) = (0_i128, 0);
    for (at, place) in facts.places.iter().enumerate() {
        let is_store = Some(&place.id) == store;
        let mut needs: BTreeMap<&str, i64> = BTreeMap::new();
        let mut grams = 0;
        for (line, units) in request.lines.iter().zip(deal.iter().map(|deal| deal[at])).filter(|(_, units)| *units > 0)
        {
            if store.is_some() && !is_store && !line.gift {
                return None;
            }
            let parts = match line.sku.as_str() {
                "SET" => facts
                    .bundles
                    .components(&line.sku)
                    .unwrap()
                    .iter()
                    .map(|part| (part.sku.as_str(), part.quantity))
                    .collect(),
                own => vec![(own, 1)],
            };
            for (of, quantity) in parts {
                *needs.entry(of).or_default() += quantity * units;
                grams += facts.grams[of] * quantity * units;
            }
        }
        if needs.is_empty() {
            continue;
        }
        let has = |of: &str| {
            let shelf = facts.shelves[&(sku(of), place.id.clone())];
            (shelf.on_hand - shelf.keep_back).max(0)
        };
        let is_excluded = !is_store && strategy.rules[0].except.contains(&place.id);
        if is_excluded || request.refused.contains(&place.id) || needs.iter().any(|(of, units)| has(of) < *units) {
            return None;
        }
        if !is_store {
            parcels += 1;
            let weights = &strategy.weights;
            let km = place.point.unwrap().km_to(&to.unwrap());
            let fixed = weights.parcel + weights.km * km + weights.cost_minor * place.parcel_minor;
            let rest = weights.open_parcel * place.open_parcels + weights.tiers.of(place.tier);
            total += i128::from(fixed + rest) * 1_000 + i128::from(weights.cost_minor * place.kilo_minor * grams);
        }
    }
    let split = deal.iter().filter(|deal| deal.iter().filter(|units| **units > 0).count() > 1).count();
    total += i128::try_from(split).unwrap() * i128::from(strategy.weights.split_line) * 1_000;
    strategy.rules[0].parcels_max.is_none_or(|most| parcels <= most).then_some(total)
}

/// The cheapest of all assignments.
fn oracle(case: &Case) -> Option<i128> {
    let mut all: Vec<Vec<[i64; 3]>> = vec![vec![]];
    for line in &case.request.lines {
        let with = |deal: &Vec<[i64; 3]>, next: [i64; 3]| deal.iter().copied().chain([next]).collect::<Vec<_>>();
        all = all.iter().flat_map(|deal| deals(line.quantity).into_iter().map(move |next| with(deal, next))).collect();
    }
    all.iter().filter_map(|deal| cost(case, deal)).min()
}

/// The assignment that a plan makes, as the oracle writes it.
fn deal_of(case: &Case, plan: &Plan) -> Vec<[i64; 3]> {
    let units = |line: &LineId, place: &str| {
        let parcels = plan.parcels.iter().filter(|parcel| parcel.place.as_str() == place);
        parcels.flat_map(|parcel| &parcel.takes).filter(|take| take.line == *line).map(|take| take.units).sum()
    };
    case.request.lines.iter().map(|line| PLACES.map(|place| units(&line.id, place))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn no_assignment_is_cheaper_than_the_plan(case in cases()) {
        let best = oracle(&case);
        match source(&case.request, &case.facts, &case.strategy).unwrap() {
            Sourced::Plan(plan) => {
                prop_assert_eq!(Some(plan.points_thousandth), best, "{:?}", plan);
                prop_assert_eq!(cost(&case, &deal_of(&case, &plan)), best, "{:?}", plan);
                prop_assert!(!plan.bounded);
                let wanted: Vec<i64> = case.request.lines.iter().map(|line| line.quantity).collect();
                let given: Vec<i64> = deal_of(&case, &plan).iter().map(|deal| deal.iter().sum()).collect();
                prop_assert_eq!(wanted, given);
            }
            Sourced::Short(shortage) => {
                prop_assert_eq!(best, None, "{:?}", shortage);
                prop_assert!(!shortage.lines.is_empty());
            }
        }
    }

    #[test]
    fn facts_in_another_order_give_the_same_plan(case in cases(), seed in any::<u64>()) {
        let mut other = case.clone();
        let turn = usize::try_from(seed % 3).unwrap();
        other.facts.places.rotate_left(turn);
        other.request.lines.reverse();
        if seed % 2 == 0 {
            other.facts.places.reverse();
        }
        let found = |case: &Case| source(&case.request, &case.facts, &case.strategy).unwrap();
        prop_assert_eq!(found(&case), found(&other));
    }

    /// Units are neither made nor lost: what is in all buckets is what came from outside less what left.
    #[test]
    fn the_ledger_keeps_every_unit(steps in prop::collection::vec((0..16_usize, 0..2_usize, 1..6_i64), 1..60)) {
        let mut balances = [Balance::default(); 2];
        let (mut outside, mut done) = (0_i64, Vec::new());
        for (kind, place, units) in steps {
            let kind = Kind::ALL[kind % Kind::ALL.len()];
            let delta = Delta::of(kind, units).unwrap_or(Delta { quarantine: -units, on_hand: units, ..Delta::default() });
            let movement = Movement { sku: sku("A"), place: place_id(PLACES[place]), kind, delta };
            let Ok(next) = balances[place].apply(&movement) else { continue };
            prop_assert!(next.all().iter().all(|(_, units)| *units >= 0) && next.reserved <= next.on_hand);
            // Reserving and releasing move nothing; every other change of a bucket is a unit that came, went or moved between them.
            outside += delta.on_hand + delta.quarantine + delta.in_transit;
            balances[place] = next;
            done.push(movement);
        }
        let held: i64 = balances.iter().map(|one| one.on_hand + one.quarantine + one.in_transit).sum();
        prop_assert_eq!(held, outside);
        let derived = fold(&done).unwrap();
        for (place, balance) in PLACES.iter().zip(balances) {
            prop_assert_eq!(derived.get(&(sku("A"), place_id(place))).copied().unwrap_or_default(), balance);
        }
    }
}
