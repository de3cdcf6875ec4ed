//! Which places are opened: an exact search, depth first, each place opened or left closed.
//!
//! What a set of places costs is what opening them costs and the cheapest way of each group of lines over them ([`super::group`]). More
//! places never make a group dearer, so a branch costs at least what it opened already and the groups over all that it may still open.

use super::{
    group::{Budget, Give, Given, cheapest},
    problem::{Points, Problem, Set},
};
use std::collections::BTreeMap;

/// Steps of a search: enough for every choice among 12 places for 30 lines.
const STEPS_MAX: u64 = 300_000;

/// A way to serve all lines.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) points: Points,
    pub(super) gives: Vec<Give>,
}

struct Search<'a, 'p> {
    problem: &'a Problem<'p>,
    /// Places in the order in which they are decided: the cheapest to open first, then by id.
    order: Vec<usize>,
    /// The places at which a group finds anything, by group.
    useful: Vec<Set>,
    /// What was found for a group and the places that matter to it.
    known: BTreeMap<(usize, Set), Option<Given>>,
    budget: Budget,
    best: Option<Found>,
}

/// The cheapest way to serve all lines, and true if the search was cut off by its budget: then it is the cheapest that was seen.
pub(super) fn search(problem: &Problem) -> (Option<Found>, bool) {
    let mut order: Vec<usize> = (0..problem.spots.len()).collect();
    order.sort_by_key(|at| (problem.spots[*at].fixed, *at));
    let finds = |group: &Vec<usize>| {
        let gives = |place: &usize| group.iter().any(|row| problem.fits(*row, *place, &problem.stock) > 0);
        (0..problem.spots.len()).filter(gives).fold(0, |set, place| set | 1 << place)
    };
    let useful = problem.groups.iter().map(finds).collect();
    let budget = Budget { steps: STEPS_MAX, bounded: false };
    let mut search = Search { problem, order, useful, known: BTreeMap::new(), budget, best: None };
    search.node(0, 0, problem.all());
    (search.best, search.budget.bounded)
}

impl Search<'_, '_> {
    /// Decides the place at `depth`; `opened` are those that were, `may` those that were or may still be.
    fn node(&mut self, depth: usize, opened: Set, may: Set) {
        if self.problem.parcels(opened) > self.problem.parcels_max {
            return;
        }
        let Some(found) = self.over(may) else { return };
        if self.is_worse(self.problem.fixed(opened) + found.points) {
            return;
        }
        self.keep(found);
        let Some(place) = self.order.get(depth) else { return };
        let bit: Set = 1 << place;
        self.node(depth + 1, opened | bit, may);
        self.node(depth + 1, opened, may & !bit);
    }

    fn is_worse(&self, points: Points) -> bool {
        self.best.as_ref().is_some_and(|best| points >= best.points)
    }

    /// The cheapest gives over a set of places, without opening them.
    fn over(&mut self, set: Set) -> Option<Found> {
        let mut found = Found { points: 0, gives: Vec::new() };
        for at in 0..self.problem.groups.len() {
            if !self.budget.step() {
                return None;
            }
            let given = self.group(at, set & self.useful[at])?;
            found.points += given.points;
            found.gives.extend(given.gives);
        }
        Some(found)
    }

    fn group(&mut self, at: usize, set: Set) -> Option<Given> {
        if let Some(known) = self.known.get(&(at, set)) {
            return known.clone();
        }
        let found = cheapest(self.problem, &self.problem.groups[at], set, &mut self.budget);
        self.known.insert((at, set), found.clone());
        found
    }

    /// What was found is a way in itself, of which only the places that give something are opened.
    fn keep(&mut self, found: Found) {
        let used = found.gives.iter().fold(0, |set: Set, give| set | 1 << give.place);
        let points = found.points + self.problem.fixed(used);
        if self.problem.parcels(used) <= self.problem.parcels_max && !self.is_worse(points) {
            self.best = Some(Found { points, ..found });
        }
    }
}
