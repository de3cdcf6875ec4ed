//! `{"bundle": [{"count": 1, "of": SELECTOR}, ...], "price": "25.00", "times": null}`: units of several kinds together for less.

use super::{
    Effect, Most, Rule, Terms, Variants, Wanted,
    choice::combinations,
    rate::{most_of_unit, per_unit, percent},
    target::{Pick, discountable, sort_by_price},
};
use crate::{
    book::{Anchor, Compiler, Matcher, Selector, bound, count, percentage},
    engine::{Cut, Match, Plan, State, room, spread, value},
    quote::Need,
    sort,
    tree::reads,
};
use money::{Decimal, Overflow, Ratio, RoundingMode};
use serde::Serialize;

/// Units of several kinds together for less: exactly one of `price` (of one set), `off` (each set), `percent`, and `fixed_price` (of each unit
/// in a set).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// What a set is made of.
    pub bundle: Vec<Piece>,
    /// The price of one set, in major units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Decimal>,
    /// What is taken off one set, in major units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off: Option<Decimal>,
    /// A percentage off all units in sets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Decimal>,
    /// A new price for each unit in a set, in major units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed_price: Option<Decimal>,
    /// How many sets at the most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<i64>,
}

reads! { Bundle { bundle; price = None, off = None, percent = None, fixed_price = None, times = None } }

/// One kind of unit in a set.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Piece {
    /// How many units.
    pub count: i64,
    /// Which.
    pub of: Selector,
}

reads! { Piece { count, of } }

/// More kinds than this in one bundle are refused, since the work to fill them doubles with each.
const PIECES_MAX: usize = 8;

#[derive(Clone, Copy, Debug)]
enum Give {
    Price(i64),
    Off(i64),
    Percent(Ratio),
    FixedPrice(i64),
}

#[derive(Debug)]
struct Compiled {
    pieces: Vec<(i64, Matcher)>,
    give: Give,
    times: i64,
}

impl Rule for Bundle {
    const KEY: &'static str = "bundle";

    #[inline]
    fn compile(&self, compiler: &mut Compiler) -> Result<Box<dyn Effect>, String> {
        super::buy::sets_allowed(compiler)?;
        if self.bundle.is_empty() || self.bundle.len() > PIECES_MAX {
            return Err(format!("a bundle has 1 to {PIECES_MAX} pieces"));
        }
        let give = match (self.price, self.off, self.percent, self.fixed_price) {
            (Some(price), None, None, None) => Give::Price(compiler.amount(price)?),
            (None, Some(off), None, None) => Give::Off(compiler.amount(off)?),
            (None, None, Some(percent), None) => Give::Percent(percentage(percent)?),
            (None, None, None, Some(price)) => Give::FixedPrice(compiler.amount(price)?),
            _ => return Err("a bundle has exactly one of price, off, percent and fixed_price".to_owned()),
        };
        let mut pieces = Vec::with_capacity(self.bundle.len());
        for piece in &self.bundle {
            pieces.push((count(piece.count, "bundle count")?, piece.of.compile(compiler)?));
        }
        Ok(Box::new(Compiled { pieces, give, times: bound(self.times, "times")? }))
    }
}

/// A free run with the pieces it can fill as bits.
struct Free {
    place: Match,
    fills: usize,
}

impl Compiled {
    /// The free runs that can fill some piece, the dearest first.
    fn free(&self, state: &State) -> Vec<Free> {
        let mut places = discountable(state, &Matcher::All);
        places.retain(|place| !place.parts(state).1.taken);
        sort_by_price(state, &mut places, Pick::Dearest);
        let fills = |place: &Match| {
            let (line, run) = place.parts(state);
            let bits = self.pieces.iter().enumerate().filter(|(_, (_, of))| of.matches(line, run));
            bits.map(|(bit, _)| 1 << bit).sum()
        };
        places.into_iter().map(|place| Free { fills: fills(&place), place }).filter(|one| one.fills != 0).collect()
    }

    /// The dearest free units that can fill one set, or none. A choice of units can fill the pieces if, for each group of pieces, no more
    /// units that fit nowhere else are chosen than the group takes (Hall's theorem); such choices can be made greedily.
    fn one_set(&self, free: &[Free]) -> Option<Vec<(usize, i64)>> {
        let (set, missing) = self.begin_set(free);
        (missing == 0).then_some(set)
    }

    /// As much of one set as the free units can fill, and how many units are missing.
    fn begin_set(&self, free: &[Free]) -> (Vec<(usize, i64)>, i64) {
        let groups = 1_usize << self.pieces.len();
        let size = |group: usize| -> i64 {
            self.pieces.iter().enumerate().filter(|(bit, _)| group >> bit & 1 == 1).map(|(_, (count, _))| count).sum()
        };
        let mut left: Vec<i64> = (0..groups).map(size).collect();
        let mut set = Vec::new();
        for (at, one) in free.iter().enumerate() {
            let holds = |group: &usize| group & one.fills == one.fills;
            let most = (0..groups).filter(holds).map(|group| left[group]).min().unwrap_or(0);
            let count = one.place.count.min(most);
            if count > 0 {
                (0..groups).filter(holds).for_each(|group| left[group] -= count);
                set.push((at, count));
            }
        }
        (set, left[groups - 1])
    }

    /// What one set saves, before a percentage is rounded.
    fn saves(&self, state: &State, set: &[Match]) -> i64 {
        self.wants(state, set).clamp(0, room(state, set))
    }

    /// The same if nothing had a floor.
    fn wants(&self, state: &State, set: &[Match]) -> i64 {
        let value = value(state, set);
        match self.give {
            Give::Price(price) => value - price,
            Give::Off(off) => off,
            Give::Percent(percent) if percent.is_zero() => 0,
            Give::Percent(_) => value,
            Give::FixedPrice(price) => {
                set.iter().map(|one| one.count * (one.parts(state).1.current - price).max(0)).sum()
            }
        }
    }

    /// Adds `sets` equal sets to the plan.
    fn add(&self, state: &State, set: &[Match], sets: i64, plan: &mut Plan) -> Result<(), Overflow> {
        let one = spread(state, set, self.saves(state, set), false, true)?;
        plan.base += one.base * sets;
        plan.floored |= self.wants(state, set).min(one.base) > one.total();
        plan.cuts.extend(one.cuts.iter().map(|cut| Cut { count: cut.count * sets, ..*cut }));
        Ok(())
    }
}

/// Sets that were made so far, each with how often.
type Made = Vec<(Vec<Match>, i64)>;

impl Compiled {
    /// What the sets that were made take off together.
    fn give(&self, state: &State, terms: &Terms, made: &Made) -> Result<Plan, Overflow> {
        let all =
            || made.iter().flat_map(|(set, sets)| set.iter().map(move |one| Match { count: one.count * sets, ..*one }));
        match self.give {
            Give::Percent(rate) => percent(state, &merged(all().collect()), rate, terms, true),
            Give::FixedPrice(price) => {
                per_unit(state, &merged(all().collect()), true, |one| Ok(one.parts(state).1.current - price))
            }
            Give::Price(_) | Give::Off(_) => {
                let mut plan = Plan::default();
                for (set, sets) in made {
                    self.add(state, set, *sets, &mut plan)?;
                }
                sort::by_key(&mut plan.cuts, |cut| (cut.line, cut.run));
                Ok(plan)
            }
        }
    }

    /// The sets of the pinned meaning: one after another, each from the dearest free units.
    fn dearest_first(&self, state: &State) -> Made {
        let (mut free, mut left, mut made) = (self.free(state), self.times, Made::new());
        while let Some(chosen) = self.one_set(&free).filter(|_| left > 0) {
            let mut set: Vec<Match> = chosen.iter().map(|&(at, count)| Match { count, ..free[at].place }).collect();
            sort::by_key(&mut set, Match::place);
            if self.saves(state, &set) == 0 {
                break;
            }
            // Until one of its runs is used up, the next set is the same again.
            let sets = chosen.iter().map(|&(at, count)| free[at].place.count / count).min().unwrap_or(1).min(left);
            left -= sets;
            chosen.iter().for_each(|&(at, count)| free[at].place.count -= count * sets);
            made.push((set, sets));
        }
        made
    }

    /// Units of one set.
    #[inline]
    fn size(&self) -> i64 {
        self.pieces.iter().map(|(count, _)| count).sum()
    }

    /// How many sets there are units for, if no unit could fill several pieces.
    #[inline]
    fn sets_at_most(&self, free: &[Free]) -> i64 {
        let units = |pieces: usize| -> i64 {
            free.iter().filter(|one| one.fills & pieces != 0).map(|one| one.place.count).sum()
        };
        let of_piece = |(bit, (count, _)): (usize, &(i64, Matcher))| units(1 << bit) / count;
        let sets = self.pieces.iter().enumerate().map(of_piece).min().unwrap_or(0);
        sets.min(units(usize::MAX) / self.size()).min(self.times)
    }

    /// True if these counts of the free runs fill one set exactly (Hall's theorem, see [`Compiled::one_set`]).
    #[inline]
    fn fills(&self, free: &[Free], counts: &[i64]) -> bool {
        let groups = 1_usize << self.pieces.len();
        let room = |group: usize| -> i64 {
            self.pieces.iter().enumerate().filter(|(bit, _)| group >> bit & 1 == 1).map(|(_, (count, _))| count).sum()
        };
        let inside = |group: usize| -> i64 {
            free.iter().zip(counts).filter(|(one, _)| one.fills & !group == 0).map(|(_, count)| count).sum()
        };
        counts.iter().sum::<i64>() == self.size() && (0..groups).all(|group| inside(group) <= room(group))
    }

    /// Every way to make sets of the free units, none counted in two orders: as in the pinned meaning a set of dearer units is made first, so of equal
    /// units of a line it has those that stand first. None if there are too many.
    #[inline]
    fn all_ways(&self, free: &[Free]) -> Option<Vec<Vec<Vec<i64>>>> {
        let options: Vec<usize> = free
            .iter()
            .map(|one| usize::try_from(one.place.count.min(self.size())).unwrap_or(usize::MAX).saturating_add(1))
            .collect();
        let counts = |way: Vec<usize>| -> Vec<i64> { way.into_iter().map(|count| count as i64).collect() };
        let mut sets: Vec<Vec<i64>> =
            combinations(&options)?.into_iter().map(counts).filter(|counts| self.fills(free, counts)).collect();
        sets.reverse();
        let whole: Vec<i64> = free.iter().map(|one| one.place.count).collect();
        let mut ways: Vec<(Vec<usize>, Vec<i64>)> = vec![(Vec::new(), whole)];
        let mut at = 0;
        while at < ways.len() {
            let (way, left) = ways[at].clone();
            at += 1;
            for (next, set) in sets.iter().enumerate().skip(way.last().copied().unwrap_or(0)) {
                let rest: Vec<i64> = left.iter().zip(set).map(|(left, taken)| left - taken).collect();
                if rest.iter().all(|left| *left >= 0) && way.len() < usize::try_from(self.times).unwrap_or(usize::MAX) {
                    ways.push((way.iter().copied().chain([next]).collect(), rest));
                }
            }
            if ways.len() > WAYS_MAX {
                return None;
            }
        }
        Some(ways.into_iter().skip(1).map(|(way, _)| way.into_iter().map(|at| sets[at].clone()).collect()).collect())
    }
}

/// More ways than this are not listed.
const WAYS_MAX: usize = 2_000;

impl Effect for Compiled {
    fn plan(&self, state: &State, terms: &Terms) -> Result<Plan, Overflow> {
        self.give(state, terms, &self.dearest_first(state))
    }

    /// Every unit of the dearest that could be in sets saves at most what is above its share of the set's price: over all units, or piece by piece.
    #[inline]
    fn most(&self, state: &State, terms: &Terms) -> Result<Most, Overflow> {
        let (size, free) = (self.size(), self.free(state));
        let sets = self.sets_at_most(&free);
        if let Give::Off(off) = self.give {
            return Ok(Most::once(off.saturating_mul(sets)));
        }
        let mut units: Vec<(i128, i64, usize)> = Vec::with_capacity(free.len());
        for one in &free {
            let (line, run) = one.place.parts(state);
            let unit = match self.give {
                Give::Price(price) => (i128::from(run.current) * i128::from(size) - i128::from(price)).max(0),
                Give::Off(_) => 0,
                Give::Percent(rate) => {
                    i128::from(rate.of(run.price(line, terms.base), RoundingMode::Down)? + 1) * i128::from(size)
                }
                Give::FixedPrice(price) => {
                    i128::from((run.current - price).clamp(0, run.room(line))) * i128::from(size)
                }
            };
            units.push((unit, one.place.count, one.fills));
        }
        sort::by_key(&mut units, |(unit, _, _)| -unit);
        let dearest = |pieces: usize, mut left: i64| -> i128 {
            let units = units.iter().filter(|(_, _, fills)| fills & pieces != 0);
            units.fold(0, |amount, (unit, count, _)| {
                let count = left.min(*count);
                left -= count;
                amount + unit * i128::from(count)
            })
        };
        let by_piece: i128 = self
            .pieces
            .iter()
            .enumerate()
            .map(|(bit, (count, _))| dearest(1 << bit, sets.saturating_mul(*count)))
            .sum();
        let amount = dearest(usize::MAX, sets.saturating_mul(size)).min(by_piece);
        let amount = i64::try_from((amount + i128::from(size) - 1) / i128::from(size)).map_err(|_| Overflow)?;
        Ok(Most::once(amount))
    }

    #[inline]
    fn looks_at<'s>(&'s self, see: &mut dyn FnMut(&'s Matcher)) {
        self.pieces.iter().for_each(|(_, of)| see(of));
    }

    #[inline]
    fn others(&self, state: &State, terms: &Terms, _: &Wanted) -> Result<Variants, Overflow> {
        let mut plans = Vec::new();
        let free = self.free(state);
        let ways = self.all_ways(&free);
        let complete = ways.is_some();
        for way in ways.unwrap_or_default() {
            let set = |counts: Vec<i64>| {
                let places = free.iter().zip(counts).filter(|(_, count)| *count > 0);
                let mut set: Vec<Match> = places.map(|(one, count)| Match { count, ..one.place }).collect();
                sort::by_key(&mut set, Match::place);
                (set, 1)
            };
            plans.push(self.give(state, terms, &way.into_iter().map(set).collect())?);
        }
        Ok(Variants { plans, complete })
    }

    fn takes(&self) -> bool {
        true
    }

    /// What is above its share of the set's price.
    #[inline]
    fn in_set(&self, state: &State, terms: &Terms, unit: &Match) -> i64 {
        let (line, run) = unit.parts(state);
        if !self.pieces.iter().any(|(_, of)| of.matches(line, run)) {
            return 0;
        }
        match self.give {
            Give::Price(price) => (run.current - price / self.size()).max(0),
            Give::Off(off) => off / self.size() + 1,
            Give::Percent(rate) => most_of_unit(state, unit, rate, terms),
            Give::FixedPrice(price) => (run.current - price).max(0),
        }
    }

    fn moves(&self) -> bool {
        self.pieces.iter().any(|(_, of)| of.moves())
    }

    #[inline]
    fn anchors(&self) -> Option<Vec<Anchor>> {
        self.pieces.iter().find_map(|(_, of)| of.anchors())
    }

    /// The rest of the first set, where some of it is there.
    fn next(&self, state: &State) -> Option<(Need, Option<i64>)> {
        let (set, missing) = self.begin_set(&self.free(state));
        (!set.is_empty() && missing > 0).then_some((Need::Units(missing), None))
    }
}

/// One match per run, in the order of lines.
fn merged(mut matches: Vec<Match>) -> Vec<Match> {
    sort::by_key(&mut matches, Match::place);
    let mut merged: Vec<Match> = Vec::with_capacity(matches.len());
    for one in matches {
        match merged.last_mut() {
            Some(last) if (last.line, last.run) == (one.line, one.run) => last.count += one.count,
            _ => merged.push(one),
        }
    }
    merged
}
