//! What is short when not every unit has a place.

use super::{
    facts::{Destination, Place},
    group::{Give, take},
    problem::Problem,
};
use ids::{LineId, Sku};

/// A line of which there are too few.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Short {
    /// The line.
    pub line: LineId,
    /// Its SKU.
    pub sku: Sku,
    /// True for a gift.
    pub gift: bool,
    /// Units asked for.
    pub wanted: i64,
    /// Units that the places which may serve it have, after the lines before it.
    pub available: i64,
    /// Units that other places have; they would have to be brought first.
    pub elsewhere: i64,
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// The lines that are short; all of them where the goods are there and only too scattered.
    pub lines: Vec<Short>,
    /// The most parcels that the rules allow, if that is what stands in the way: the goods are there, in more places than that.
    pub parcels_max: Option<i64>,
    /// True if the search was cut off before every way was tried.
    pub bounded: bool,
}

pub(super) fn shortage(problem: &Problem, bounded: bool) -> Shortage {
    let all: Vec<usize> = (0..problem.spots.len()).collect();
    let lines = shorts(problem, &all);
    if !lines.is_empty() {
        return Shortage { lines, parcels_max: None, bounded };
    }
    let some = most_useful(problem);
    let mut lines = shorts(problem, &some);
    if lines.is_empty() {
        let all = problem.rows.iter().map(|row| (row.line, 0));
        lines = all.map(|(line, available)| short(problem, line, available)).collect();
    }
    Shortage { lines, parcels_max: i64::try_from(problem.parcels_max).ok(), bounded }
}

/// Lines that some places can't serve, one after the other, goods first.
fn shorts(problem: &Problem, places: &[usize]) -> Vec<Short> {
    let mut left = problem.stock.clone();
    let mut lines = Vec::new();
    for (row, facts) in problem.rows.iter().enumerate() {
        let mut missing = facts.line.quantity;
        for place in facts.order.iter().copied().filter(|place| places.contains(place)) {
            let units = problem.fits(row, place, &left).min(missing);
            take(problem, &mut left, &Give { row, place, units }, -1);
            missing -= units;
        }
        if missing > 0 {
            lines.push(short(problem, facts.line, facts.line.quantity - missing));
        }
    }
    lines
}

/// As many places as the rules allow parcels, each the one that adds the most units; a store where goods are picked up comes on top.
fn most_useful(problem: &Problem) -> Vec<usize> {
    let mut chosen: Vec<usize> = (0..problem.spots.len()).filter(|at| !problem.spots[*at].sends).collect();
    for _ in 0..problem.parcels_max.min(problem.spots.len()) {
        let missing =
            |places: &[usize]| shorts(problem, places).iter().map(|short| short.wanted - short.available).sum::<i64>();
        let others = (0..problem.spots.len()).filter(|at| !chosen.contains(at));
        let with = |at: usize| [chosen.as_slice(), &[at]].concat();
        let Some(next) = others.min_by_key(|at| (missing(&with(*at)), *at)) else { break };
        chosen.push(next);
    }
    chosen
}

fn short(problem: &Problem, line: &super::Line, available: i64) -> Short {
    let may = |place: &Place| {
        let at = problem.spots.iter().position(|spot| spot.place.id == place.id);
        let row = problem.rows.iter().find(|row| row.line.id == line.id);
        at.zip(row).is_some_and(|(at, row)| row.may[at])
    };
    let others = problem.facts.places.iter().filter(|place| !may(place));
    let is_there = |place: &&Place| !matches!(&problem.request.to, Destination::PickUp { store } if *store == place.id);
    let units = others.filter(is_there).map(|place| {
        let units = problem.units(&place.id);
        let of = |sku: &Sku| problem.components.binary_search(sku).map_or(0, |at| units[at]);
        problem.facts.bundles.available(&line.sku, of)
    });
    let elsewhere = units.fold(0, i64::saturating_add);
    let (id, sku) = (line.id.clone(), line.sku.clone());
    Short { line: id, sku, gift: line.gift, wanted: line.quantity, available, elsewhere }
}
