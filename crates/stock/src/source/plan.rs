//! A plan: which place gives what, what it comes to, and why.

use super::{
    group::Give,
    problem::{POINT, Points, Problem},
    search::Found,
    words,
};
use crate::{Component, Words};
use ids::{LineId, PlaceId, Sku};
use std::collections::BTreeMap;

/// Units of a line from a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Take {
    /// The line.
    pub line: LineId,
    /// Its SKU, which may be a bundle.
    pub sku: Sku,
    /// True for a gift.
    pub gift: bool,
    /// Units of the line's SKU.
    pub units: i64,
}

/// What one place gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// The place.
    pub place: PlaceId,
    /// False in the store where the goods are picked up: they go into no parcel.
    pub sends: bool,
    /// How far it goes, where that is known.
    pub km: Option<i64>,
    /// What it weighs.
    pub grams: i64,
    /// What it costs the shop, in minor units, rounded up.
    pub cost_minor: i64,
    /// What is in it, by line, goods before gifts.
    pub takes: Vec<Take>,
    /// What that consumes of the stock, by SKU, each once: bundles as their components.
    pub components: Vec<Component>,
}

/// What a plan comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Lines whose units come from more than one place.
    pub split_lines: i64,
    /// Parcels.
    pub parcels: i64,
    /// Kilometres of all parcels together.
    pub km: i64,
    /// What they cost the shop, in minor units.
    pub cost_minor: i64,
}

/// A place for every unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The name of the strategy that chose.
    pub strategy: String,
    /// What each place gives, by place.
    pub parcels: Vec<Parcel>,
    /// What it comes to.
    pub figures: Figures,
    /// The strategy's points, in thousandths.
    pub points_thousandth: i128,
    /// True if the search was cut off: there may be a plan with fewer points.
    pub bounded: bool,
    /// Why it is so.
    pub why: Words,
}

pub(super) fn plan(problem: &Problem, found: &Found, bounded: bool) -> Plan {
    let mut by_place: BTreeMap<usize, Vec<Give>> = BTreeMap::new();
    for give in &found.gives {
        by_place.entry(give.place).or_default().push(*give);
    }
    let parcels: Vec<Parcel> = by_place.into_iter().map(|(place, gives)| parcel(problem, place, gives)).collect();
    let split = |row: &usize| found.gives.iter().filter(|give| give.row == *row).count() > 1;
    let split_lines = (0..problem.rows.len()).filter(split).count();
    let sent = || parcels.iter().filter(|parcel| parcel.sends);
    let figures = Figures {
        split_lines: i64::try_from(split_lines).unwrap_or(i64::MAX),
        parcels: sent().map(|_| 1).sum(),
        km: sent().filter_map(|parcel| parcel.km).sum(),
        cost_minor: sent().map(|parcel| parcel.cost_minor).fold(0, i64::saturating_add),
    };
    let why = words::why(problem, found, &parcels);
    let strategy = problem.strategy.name.clone();
    Plan { strategy, parcels, figures, points_thousandth: found.points, bounded, why }
}

fn parcel(problem: &Problem, place: usize, mut gives: Vec<Give>) -> Parcel {
    gives.sort_unstable();
    let spot = &problem.spots[place];
    let take = |give: &Give| {
        let line = problem.rows[give.row].line;
        Take { line: line.id.clone(), sku: line.sku.clone(), gift: line.gift, units: give.units }
    };
    let mut components: BTreeMap<usize, i64> = BTreeMap::new();
    for give in &gives {
        for (part, units) in &problem.rows[give.row].parts {
            *components.entry(*part).or_default() += units * give.units;
        }
    }
    let part = |(part, quantity): (usize, i64)| Component { sku: problem.components[part].clone(), quantity };
    let grams = gives.iter().map(|give| Points::from(problem.rows[give.row].grams) * Points::from(give.units)).sum();
    Parcel {
        place: spot.place.id.clone(),
        sends: spot.sends,
        km: spot.km,
        grams: i64::try_from(grams).unwrap_or(i64::MAX),
        cost_minor: if spot.sends { cost(spot.place.parcel_minor, spot.place.kilo_minor, grams) } else { 0 },
        takes: gives.iter().map(take).collect(),
        components: components.into_iter().map(part).collect(),
    }
}

/// What a parcel costs, rounded up to minor units. The most a line weighs keeps it far from the largest number.
fn cost(parcel_minor: i64, kilo_minor: i64, grams: Points) -> i64 {
    let by_weight = (grams * Points::from(kilo_minor) + POINT - 1) / POINT;
    i64::try_from(by_weight + Points::from(parcel_minor)).unwrap_or(i64::MAX)
}
