//! Lines that share components, given the places that may be opened: which place gives how many units of each.

use super::problem::{Left, Points, Problem, Set};

/// Rows times places of the largest group that is searched: each is one level of the search. Larger ones are served row by row.
const DEPTH_MAX: usize = 4_096;

/// Units of a row from a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Give {
    pub(super) row: usize,
    pub(super) place: usize,
    pub(super) units: i64,
}

/// The gives of some rows and what they cost, without opening the places.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) points: Points,
    pub(super) gives: Vec<Give>,
}

/// Steps that may still be made, and whether some were wanted and not made.
pub(super) struct Budget {
    pub(super) steps: u64,
    pub(super) bounded: bool,
}

impl Budget {
    /// Takes a step; false if there is none left.
    pub(super) fn step(&mut self) -> bool {
        self.bounded |= self.steps == 0;
        self.steps = self.steps.saturating_sub(1);
        !self.bounded
    }
}

/// The cheapest way for one row alone: whole from one place, or filled up from the cheapest places on. Both are looked at, since a split
/// costs points and a dearer place may give all. The cost of a unit depends on its place only, so filling up is the cheapest split.
pub(super) fn alone(problem: &Problem, row: usize, set: Set, left: &Left) -> Option<Given> {
    let facts = &problem.rows[row];
    let wanted = facts.line.quantity;
    let open = facts.order.iter().copied().filter(|place| set >> place & 1 == 1);
    let (mut missing, mut points, mut gives) = (wanted, 0, Vec::new());
    let mut whole: Option<Given> = None;
    for place in open {
        let fits = problem.fits(row, place, left);
        if fits >= wanted && whole.is_none() {
            let points = facts.unit[place] * Points::from(wanted);
            whole = Some(Given { points, gives: vec![Give { row, place, units: wanted }] });
        }
        let units = fits.min(missing);
        if units > 0 {
            missing -= units;
            points += facts.unit[place] * Points::from(units);
            gives.push(Give { row, place, units });
        }
    }
    points += if gives.len() > 1 { problem.split } else { 0 };
    let split = (missing == 0).then_some(Given { points, gives });
    match (whole, split) {
        (Some(whole), Some(split)) if split.points < whole.points => Some(split),
        (whole, split) => whole.or(split),
    }
}

/// The cheapest way for a group; none if there is none, or if none was found within the budget.
pub(super) fn cheapest(problem: &Problem, group: &[usize], set: Set, budget: &mut Budget) -> Option<Given> {
    match group {
        [row] => alone(problem, *row, set, &problem.stock),
        rows if rows.len() * problem.spots.len() > DEPTH_MAX => {
            budget.bounded = true;
            in_turn(problem, rows, set)
        }
        rows => {
            let mut shared =
                Shared { problem, rows, set, budget, left: problem.stock.clone(), now: Vec::new(), best: None };
            shared.row(0, 0);
            let cut_off = shared.best.is_none() && shared.budget.bounded;
            if cut_off { in_turn(problem, rows, set) } else { shared.best }
        }
    }
}

/// Serves rows one after the other, each as if it were alone with what the ones before it left.
fn in_turn(problem: &Problem, rows: &[usize], set: Set) -> Option<Given> {
    let mut left = problem.stock.clone();
    let mut all = Given { points: 0, gives: Vec::new() };
    for row in rows {
        let given = alone(problem, *row, set, &left)?;
        for give in &given.gives {
            take(problem, &mut left, give, -1);
        }
        all.points += given.points;
        all.gives.extend(given.gives);
    }
    Some(all)
}

/// Takes the parts of units away (-1) or puts them back (1).
pub(super) fn take(problem: &Problem, left: &mut Left, give: &Give, sign: i64) {
    for (part, units) in &problem.rows[give.row].parts {
        left[give.place][*part] += sign * units * give.units;
    }
}

/// The search for rows that share components: depth first, each row's units dealt place by place.
struct Shared<'a, 'p> {
    problem: &'a Problem<'p>,
    rows: &'a [usize],
    set: Set,
    budget: &'a mut Budget,
    left: Left,
    now: Vec<Give>,
    best: Option<Given>,
}

impl Shared<'_, '_> {
    /// What the rows from `depth` on cost at least, each as if it were alone with what is left; none if one of them has no way.
    fn rest(&self, depth: usize) -> Option<Points> {
        let ways = self.rows[depth..].iter().map(|row| alone(self.problem, *row, self.set, &self.left));
        ways.map(|way| way.map(|way| way.points)).sum()
    }

    fn row(&mut self, depth: usize, points: Points) {
        let Some(rest) = self.rest(depth) else { return };
        if self.best.as_ref().is_some_and(|best| points + rest >= best.points) {
            return;
        }
        let Some(row) = self.rows.get(depth) else {
            self.best = Some(Given { points, gives: self.now.clone() });
            return;
        };
        self.deal(depth, points, 0, self.problem.rows[*row].line.quantity, 0);
    }

    /// Deals the units of a row that are missing to the places from `at` on, in the row's order; `used` places have some.
    fn deal(&mut self, depth: usize, points: Points, at: usize, missing: i64, used: usize) {
        if !self.budget.step() {
            return;
        }
        if missing == 0 {
            let split = if used > 1 { self.problem.split } else { 0 };
            self.row(depth + 1, points + split);
            return;
        }
        let row = self.rows[depth];
        let order = &self.problem.rows[row].order;
        let fits =
            |place: usize| if self.set >> place & 1 == 1 { self.problem.fits(row, place, &self.left) } else { 0 };
        // What the places could give together; without it, dealing would go on where it can't end well.
        if order[at..].iter().map(|place| fits(*place)).fold(0, i64::saturating_add) < missing {
            return;
        }
        let place = order[at];
        for units in (0..=fits(place).min(missing)).rev() {
            let cost = self.problem.rows[row].unit[place] * Points::from(units);
            if self.best.as_ref().is_some_and(|best| points + cost >= best.points) {
                continue;
            }
            self.give(Give { row, place, units }, -1);
            self.deal(depth, points + cost, at + 1, missing - units, used + usize::from(units > 0));
            self.give(Give { row, place, units }, 1);
            if self.budget.bounded {
                return;
            }
        }
    }

    /// Takes units away (-1) or puts them back (1).
    fn give(&mut self, give: Give, sign: i64) {
        if give.units == 0 {
            return;
        }
        take(self.problem, &mut self.left, &give, sign);
        if sign < 0 { self.now.push(give) } else { self.now.truncate(self.now.len() - 1) }
    }
}
