//! A second, naive meaning of promotions, unit by unit, written from the format's text alone: every legal choice is listed, none is clever.

use super::{
    choices::{chosen, exchanges, fills, subsets},
    owed::{Rules, Scope},
};
use std::collections::BTreeSet;

/// One unit on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit {
    pub shelf: i64,
    pub current: i64,
    pub taken: bool,
}

/// A line with its units.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    pub kind: usize,
    pub list: i64,
    pub floor: i64,
    pub discountable: bool,
    /// The rate of tax.
    pub per_mille: i64,
    pub units: Vec<Unit>,
}

pub type State = Vec<Line>;
/// A unit by its line and its place there.
pub type Place = (usize, usize);
/// A set of kinds, as bits.
pub type Kinds = usize;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    Cheapest,
    Dearest,
}

/// What a unit is taken off.
#[derive(Clone, Copy, Debug)]
pub enum Give {
    Percent(i64),
    Amount(i64),
    Fixed(i64),
}

#[derive(Clone, Debug)]
pub enum Benefit {
    /// Off each unit that matches, or off so many of them.
    Units { give: Give, of: Kinds, most: Option<usize>, pick: Option<Pick> },
    /// Once, spread.
    Once { amount: i64, of: Kinds },
    /// Once for each full amount.
    Every { every: i64, off: i64, of: Kinds },
    /// Buy some, get some.
    Exchange { buy: (usize, Kinds), get: (usize, Kinds), give: Give, times: Option<usize>, pick: Pick },
    /// So many of each kind together, for a price.
    Bundle { pieces: Vec<(usize, Kinds)>, price: i64, times: Option<usize> },
}

#[derive(Clone, Copy, Debug)]
pub enum Condition {
    Subtotal { least: i64, of: Kinds, list: bool },
    Units { least: usize, of: Kinds },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Combine {
    Stack,
    Best,
    Exclusive,
}

#[derive(Clone, Debug)]
pub struct Promotion {
    /// 0 price, 1 product, 2 order.
    pub class: usize,
    pub combine: Combine,
    pub of_list: bool,
    pub condition: Option<Condition>,
    pub benefit: Benefit,
    pub cap: Option<i64>,
}

/// Largest remainder with caps: whoever would get more than it can take gets that, and the rest is shared again.
fn shared(mut total: i64, weights: &[i64], caps: &[i64]) -> Vec<i64> {
    let mut shares = vec![0; weights.len()];
    let mut open: Vec<usize> = (0..weights.len()).filter(|&at| weights[at] > 0).collect();
    loop {
        let sum: i64 = open.iter().map(|&at| weights[at]).sum();
        if sum == 0 {
            return shares;
        }
        let full: Vec<usize> = open.iter().copied().filter(|&at| total * weights[at] > caps[at] * sum).collect();
        if full.is_empty() {
            let mut left = total;
            for &at in &open {
                shares[at] = total * weights[at] / sum;
                left -= shares[at];
            }
            let mut order = open.clone();
            order.sort_by_key(|&at| (-(total * weights[at] % sum), at));
            order.iter().take(usize::try_from(left).unwrap()).for_each(|&at| shares[at] += 1);
            return shares;
        }
        for at in full {
            shares[at] = caps[at];
            total -= caps[at];
            open.retain(|other| *other != at);
        }
    }
}

pub fn unit(state: &State, place: Place) -> Unit {
    state[place.0].units[place.1]
}

fn room(state: &State, place: Place) -> i64 {
    (unit(state, place).current - state[place.0].floor).max(0)
}

fn matching(state: &State, of: Kinds) -> Vec<Place> {
    let lines = state.iter().enumerate().filter(|(_, line)| of >> line.kind & 1 == 1);
    lines.flat_map(|(at, line)| (0..line.units.len()).map(move |unit| (at, unit))).collect()
}

pub fn open_for(state: &State, of: Kinds) -> Vec<Place> {
    matching(state, of).into_iter().filter(|place| state[place.0].discountable).collect()
}

fn value(state: &State, places: &[Place]) -> i64 {
    places.iter().map(|&place| unit(state, place).current).sum()
}

/// What each place is taken off.
type Offs = Vec<(Place, i64)>;

fn lines_of(places: &[Place]) -> Vec<Vec<Place>> {
    let lines: BTreeSet<usize> = places.iter().map(|place| place.0).collect();
    lines.into_iter().map(|line| places.iter().copied().filter(|place| place.0 == line).collect()).collect()
}

fn spread_in_line(state: &State, places: &[Place], amount: i64) -> Offs {
    let weights: Vec<i64> = places.iter().map(|&place| unit(state, place).current).collect();
    let caps: Vec<i64> = places.iter().map(|&place| room(state, place)).collect();
    places.iter().copied().zip(shared(amount, &weights, &caps)).collect()
}

fn spread(state: &State, places: &[Place], amount: i64) -> Offs {
    let lines = lines_of(places);
    let weights: Vec<i64> = lines.iter().map(|line| value(state, line)).collect();
    let caps: Vec<i64> = lines.iter().map(|line| line.iter().map(|&place| room(state, place)).sum()).collect();
    let shares = shared(amount, &weights, &caps);
    lines.iter().zip(shares).flat_map(|(line, share)| spread_in_line(state, line, share)).collect()
}

impl Promotion {
    fn base(&self, state: &State, place: Place) -> i64 {
        if self.of_list { state[place.0].list } else { unit(state, place).current }
    }

    fn off(&self, state: &State, places: &[Place], give: Give, rules: Rules) -> Offs {
        let each = |off: &dyn Fn(Place) -> i64| -> Offs {
            places.iter().map(|&place| (place, off(place).clamp(0, room(state, place)))).collect()
        };
        let percent = match give {
            Give::Amount(amount) => return each(&|_| amount),
            Give::Fixed(price) => return each(&|place| unit(state, place).current - price),
            Give::Percent(percent) => percent,
        };
        if self.class == 0 || rules.scope == Scope::Unit {
            return each(&|place| rules.rounded(self.base(state, place) * percent, 100));
        }
        let lines = lines_of(places);
        let bases: Vec<i64> =
            lines.iter().map(|line| line.iter().map(|&place| self.base(state, place)).sum()).collect();
        let shares: Vec<i64> = match rules.scope {
            Scope::Line => bases.iter().map(|base| rules.rounded(base * percent, 100)).collect(),
            _ => shared(
                rules.rounded(bases.iter().sum::<i64>() * percent, 100),
                &bases,
                &vec![i64::MAX / 1_000_000; bases.len()],
            ),
        };
        let room_of = |line: &Vec<Place>| line.iter().map(|&place| room(state, place)).sum::<i64>();
        lines
            .iter()
            .zip(shares)
            .flat_map(|(line, share)| spread_in_line(state, line, share.min(room_of(line))))
            .collect()
    }

    /// A cap that bites is spread in proportion to the discounts.
    fn capped(&self, offs: Offs) -> Offs {
        let total: i64 = offs.iter().map(|(_, off)| off).sum();
        let Some(cap) = self.cap.filter(|cap| *cap < total) else { return offs };
        let places: Vec<Place> = offs.iter().map(|(place, _)| *place).collect();
        let of = |place: Place| offs.iter().filter(|(other, _)| *other == place).map(|(_, off)| off).sum::<i64>();
        let lines = lines_of(&places);
        let sums: Vec<i64> = lines.iter().map(|line| line.iter().map(|&place| of(place)).sum()).collect();
        let shares = shared(cap, &sums, &sums);
        let in_line = |(line, share): (&Vec<Place>, i64)| {
            let offs: Vec<i64> = line.iter().map(|&place| of(place)).collect();
            line.iter().copied().zip(shared(share, &offs, &offs)).collect::<Offs>()
        };
        lines.iter().zip(shares).flat_map(in_line).collect()
    }

    fn done(&self, state: &State, offs: Offs, taken: &[Place], out: &mut Vec<State>) {
        let offs = self.capped(offs);
        if offs.iter().map(|(_, off)| off).sum::<i64>() == 0 {
            return;
        }
        let mut after = state.clone();
        for (place, off) in offs {
            let unit = &mut after[place.0].units[place.1];
            unit.current -= off;
            unit.shelf = if self.class == 0 { unit.current } else { unit.shelf };
        }
        taken.iter().for_each(|place| after[place.0].units[place.1].taken = true);
        if !out.contains(&after) {
            out.push(after);
        }
    }

    fn holds(&self, state: &State) -> bool {
        match self.condition {
            None => true,
            Some(Condition::Units { least, of }) => matching(state, of).len() >= least,
            Some(Condition::Subtotal { least, of, list }) => {
                let places = matching(state, of);
                let worth: i64 =
                    places.iter().map(|&at| if list { state[at.0].list } else { unit(state, at).current }).sum();
                worth >= least
            }
        }
    }

    /// Every state that may follow from its turn.
    pub fn plays(&self, state: &State, rules: Rules) -> Vec<State> {
        let mut out = Vec::new();
        if !self.holds(state) {
            return out;
        }
        match &self.benefit {
            Benefit::Once { amount, of } => {
                self.done(state, spread(state, &open_for(state, *of), *amount), &[], &mut out)
            }
            Benefit::Every { every, off, of } => {
                let places = open_for(state, *of);
                let amount = value(state, &places) / every * off;
                self.done(state, spread(state, &places, amount), &[], &mut out);
            }
            Benefit::Units { give, of, most, pick } => {
                for places in chosen(state, open_for(state, *of), *most, *pick) {
                    self.done(state, self.off(state, &places, *give, rules), &[], &mut out);
                }
            }
            Benefit::Exchange { buy, get, give, times, pick } => {
                for (got, bought) in exchanges(state, *buy, *get, *times, *pick) {
                    let taken: Vec<Place> = got.iter().chain(&bought).copied().collect();
                    self.done(state, self.off(state, &got, *give, rules), &taken, &mut out);
                }
            }
            Benefit::Bundle { pieces, price, times } => {
                let free: Vec<Place> =
                    open_for(state, usize::MAX).into_iter().filter(|&at| !unit(state, at).taken).collect();
                self.bundles(state, pieces, *price, times.unwrap_or(usize::MAX), &free, &mut Vec::new(), &mut out);
            }
        }
        out
    }

    #[allow(clippy::too_many_arguments, reason = "a recursion carries what it needs")]
    fn bundles(
        &self,
        state: &State,
        pieces: &[(usize, Kinds)],
        price: i64,
        times: usize,
        free: &[Place],
        made: &mut Vec<Vec<Place>>,
        out: &mut Vec<State>,
    ) {
        if !made.is_empty() && in_order(state, made) {
            let offs = made.iter().flat_map(|set| spread(state, set, (value(state, set) - price).max(0))).collect();
            self.done(state, offs, &made.concat(), out);
        }
        if made.len() >= times {
            return;
        }
        let size: usize = pieces.iter().map(|piece| piece.0).sum();
        for set in subsets(free, size) {
            // The sets are told apart by their first units, so that none is counted in two orders.
            let later = made.last().is_none_or(|last| last[0] < set[0]);
            if later && fills(state, &set, pieces) {
                let rest: Vec<Place> = free.iter().copied().filter(|place| !set.contains(place)).collect();
                made.push(set);
                self.bundles(state, pieces, price, times, &rest, made, out);
                made.pop();
            }
        }
    }
}

/// True if of equal units of a line those that stand first are in the sets that are made first, which are those of dearer units: equal units are one and
/// the same, so to swap them is no choice.
fn in_order(state: &State, made: &[Vec<Place>]) -> bool {
    let kind = |place: Place| (-unit(state, place).current, place.0, unit(state, place).shelf);
    let mut sets: Vec<(Vec<_>, &Vec<Place>)> = Vec::new();
    for set in made {
        let mut kinds: Vec<_> = set.iter().map(|&place| kind(place)).collect();
        kinds.sort_unstable();
        sets.push((kinds, set));
    }
    sets.sort();
    let swapped = |one: &Vec<Place>, other: &Vec<Place>| {
        one.iter().any(|&first| other.iter().any(|&second| kind(first) == kind(second) && first > second))
    };
    sets.iter().enumerate().all(|(at, (_, set))| sets[..at].iter().all(|(_, first)| !swapped(first, set)))
}

/// The least that can be owed, over everything that is legal; none if there is too much of it.
pub fn least(state: &State, promotions: &[Promotion], rules: Rules) -> Option<i64> {
    let total = |state: &State| rules.owed(state);
    let mut best = total(state);
    for one in promotions.iter().filter(|one| one.combine == Combine::Exclusive) {
        best = one.plays(state, rules).iter().map(total).chain([best]).min()?;
    }
    let mut seen = BTreeSet::new();
    let mut open = vec![(state.clone(), 0_usize, 0_u32)];
    while let Some((state, class, used)) = open.pop() {
        if !seen.insert((state.clone(), class, used)) {
            continue;
        }
        if seen.len() > 60_000 {
            return None;
        }
        best = best.min(total(&state));
        for (at, one) in promotions.iter().enumerate() {
            if used >> at & 1 == 1 || one.class < class || one.combine == Combine::Exclusive {
                continue;
            }
            let rivals = promotions.iter().enumerate().filter(|(other, rival)| {
                *other == at
                    || (one.combine == Combine::Best && rival.combine == Combine::Best && rival.class == one.class)
            });
            let used = rivals.fold(used, |used, (other, _)| used | 1 << other);
            open.extend(one.plays(&state, rules).into_iter().map(|state| (state, one.class, used)));
        }
    }
    Some(best)
}
