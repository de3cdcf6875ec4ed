//! Which units of a cart make up "buy so many, get so many": shared by buy X get Y and n-th unit.

use super::{
    choice::{Ahead, Asked, Open, takings, takings_ahead},
    ladder::{Ladder, Rung},
    target::{Pick, discountable, largest, sort_by_price},
};
use crate::{
    book::Matcher,
    engine::{Match, State},
    sort,
};
use smallvec::SmallVec;

/// The rule of an exchange.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) buy_count: i64,
    pub(crate) buy: Matcher,
    pub(crate) get_count: i64,
    pub(crate) get: Matcher,
    pub(crate) times: i64,
    pub(crate) pick: Pick,
    /// True if the same units may be bought and got.
    pub(crate) alike: bool,
}

/// A free run that can be bought, got, or either.
struct Free {
    place: Match,
    buy: bool,
    get: bool,
}

/// The units bought and got over all sets together.
pub(crate) struct Exchanged {
    pub(crate) bought: Vec<Match>,
    pub(crate) got: Vec<Match>,
}

impl Exchange {
    fn free(&self, state: &State) -> Vec<Free> {
        let places = discountable(state, &Matcher::All).into_iter().filter(|place| !place.parts(state).1.taken);
        let sides = places.map(|place| {
            let (line, run) = place.parts(state);
            Free { place, buy: self.buy.matches(line, run), get: self.get.matches(line, run) }
        });
        sides.filter(|free| free.buy || free.get).collect()
    }

    /// How many sets the units allow: a unit that matches both sides is used where it is needed. Returns the sets, and how many units
    /// that match both sides may be got so that enough are left to buy.
    fn sets(&self, free: &[Free]) -> (i64, i64) {
        let count = |buy: bool, get: bool| -> i64 {
            free.iter().filter(|one| one.buy == buy && one.get == get).map(|one| one.place.count).sum()
        };
        let (only_buy, only_get, both) = (count(true, false), count(false, true), count(true, true));
        let fits = |sets: i64| {
            let buy = (sets * self.buy_count - only_buy).max(0);
            let get = (sets * self.get_count - only_get).max(0);
            buy + get <= both
        };
        let (mut sets, mut too_many) = (0, (only_buy + only_get + both) / (self.buy_count + self.get_count) + 1);
        while sets + 1 < too_many {
            let middle = sets + (too_many - sets) / 2;
            if fits(middle) { sets = middle } else { too_many = middle }
        }
        let sets = sets.min(self.times);
        (sets, both + only_buy - sets * self.buy_count)
    }

    /// The most sets that fit; then the units got are the cheapest (or dearest), and the units bought the dearest of the rest.
    pub(crate) fn exchange(&self, state: &State) -> Option<Exchanged> {
        let mut free = self.free(state);
        let (sets, mut both_left) = self.sets(&free);
        if sets == 0 {
            return None;
        }
        let sign = if self.pick == Pick::Cheapest { 1 } else { -1 };
        sort::by_key(&mut free, |one| (sign * one.place.parts(state).1.current, one.place.line, one.place.run));
        let mut got = take(free.iter_mut().filter(|one| one.get), sets * self.get_count, &mut both_left);
        let mut bought: Vec<Match> = free.iter().filter(|one| one.buy).map(|one| one.place).collect();
        sort_by_price(state, &mut bought, Pick::Dearest);
        let mut left = sets * self.buy_count;
        for one in &mut bought {
            one.count = one.count.min(left);
            left -= one.count;
        }
        bought.retain(|one| one.count > 0);
        sort::by_key(&mut bought, Match::place);
        sort::by_key(&mut got, Match::place);
        Some(Exchanged { bought, got })
    }

    /// Every legal way to make one set or more that saves `least` at least: inside each set the units got are no dearer than the units bought (or no
    /// cheaper). `saves` tells what a unit got saves at the most. Units bought matter only on lines that are `contested`: elsewhere one choice of
    /// them will do. False if there are too many ways to list.
    #[inline]
    pub(crate) fn choices(
        &self,
        state: &State,
        contested: &dyn Fn(usize) -> bool,
        saves: &dyn Fn(&Match) -> i64,
        least: i64,
    ) -> (Vec<Exchanged>, bool) {
        let free = self.free(state);
        let open = |one: &Free| Open { units: if one.get { one.place.count } else { 0 }, saves: saves(&one.place) };
        let places: Vec<Open> = free.iter().map(open).collect();
        let ladder = self.ladder(state, &free);
        let whole = |units: i64| units > 0 && units % self.get_count == 0;
        let asked =
            Asked { most: self.sets(&free).0 * self.get_count, least, fits: &whole, may: &|counts| ladder.may(counts) };
        let order = ladder.order();
        let falls = order.windows(2).all(|pair| places[pair[0]].saves >= places[pair[1]].saves);
        let ways = if falls {
            let saves = |at: usize, taken: i64, left: i64| ladder.saves(&places, at, taken, left);
            takings_ahead(&places, &asked, &Ahead { order, saves: &saves })
        } else {
            takings(&places, &asked)
        };
        let Some(ways) = ways else { return (Vec::new(), false) };
        let mut choices = Vec::new();
        for got in ways {
            let Some(of_one) = self.with_bought(state, &free, &got, contested) else { return (Vec::new(), false) };
            choices.extend(of_one);
            if choices.len() > CHOICES_MAX {
                return (Vec::new(), false);
            }
        }
        (choices, true)
    }

    /// The free units from those that may have the others below them on.
    #[inline]
    fn ladder(&self, state: &State, free: &[Free]) -> Ladder {
        let sign = if self.pick == Pick::Cheapest { 1 } else { -1 };
        let rung = |one: &Free| {
            let units = one.place.count;
            Rung { price: sign * one.place.parts(state).1.current, units, buy: one.buy, get: one.get }
        };
        Ladder::new(free.iter().map(rung).collect(), self.buy_count, self.get_count)
    }

    /// The units got with those that may be bought for them: any of the lines that are contested, but none where others would do, since units that are
    /// left free do no harm; and of the others the best, which are the dearest of the rest (or the cheapest). None if there are too many ways.
    #[inline]
    fn with_bought(
        &self,
        state: &State,
        free: &[Free],
        got: &[i64],
        contested: &dyn Fn(usize) -> bool,
    ) -> Option<Vec<Exchanged>> {
        let needed = got.iter().sum::<i64>() / self.get_count * self.buy_count;
        let rest = |(one, got): (&Free, &i64)| Match { count: one.place.count - got, ..one.place };
        let open: Vec<Match> = free.iter().zip(got).filter(|(one, _)| one.buy).map(rest).collect();
        let (wanted, mut others): (Vec<Match>, Vec<Match>) = open.into_iter().partition(|one| contested(one.line));
        let dearest = self.pick == Pick::Cheapest;
        sort_by_price(state, &mut others, if dearest { Pick::Dearest } else { Pick::Cheapest });
        let places: Vec<Open> = wanted.iter().map(|one| Open { units: one.count, saves: 0 }).collect();
        let mut ways = takings(&places, &Asked::of(needed, i64::MIN, &|_| true))?;
        sort::by_key(&mut ways, |way| way.iter().sum::<i64>());
        let got: Vec<Match> = free
            .iter()
            .zip(got)
            .filter(|(_, count)| **count > 0)
            .map(|(one, &count)| Match { count, ..one.place })
            .collect();
        let chosen = |way: &[i64]| {
            let mut left = needed - way.iter().sum::<i64>();
            let mut bought: Vec<Match> = wanted.iter().zip(way).map(|(one, &count)| Match { count, ..*one }).collect();
            for one in &others {
                let count = one.count.min(left);
                bought.push(Match { count, ..*one });
                left -= count;
            }
            bought.retain(|one| one.count > 0);
            sort::by_key(&mut bought, Match::place);
            (left == 0).then(|| Exchanged { bought, got: got.clone() })
        };
        let (mut kept, mut choices): (Vec<Vec<i64>>, Vec<Exchanged>) = Default::default();
        for way in ways {
            let needless = |fewer: &Vec<i64>| fewer.iter().zip(&way).all(|(fewer, more)| fewer <= more);
            if kept.iter().any(needless) {
                continue;
            }
            if let Some(choice) = chosen(&way).filter(|choice| self.is_legal(state, choice)) {
                choices.push(choice);
                kept.push(way);
            }
        }
        Some(choices)
    }

    #[inline]
    fn is_legal(&self, state: &State, chosen: &Exchanged) -> bool {
        let (got, bought) = (units(&chosen.got), units(&chosen.bought));
        let sets = got / self.get_count;
        let whole = sets > 0 && got == sets * self.get_count && bought == sets * self.buy_count;
        whole && sets <= self.times && self.fits(state, chosen, sets)
    }

    /// Sorted alike and dealt out set by set, each set's units stand in the right order if any dealing does.
    #[inline]
    fn fits(&self, state: &State, chosen: &Exchanged, sets: i64) -> bool {
        let sign = if self.pick == Pick::Cheapest { 1 } else { -1 };
        let (got, bought) = (Prices::of(state, &chosen.got, sign), Prices::of(state, &chosen.bought, sign));
        (0..sets).all(|set| sign * got.nth(set * self.get_count) <= sign * bought.nth((set + 1) * self.buy_count - 1))
    }

    /// The free units sorted by price and cut into sets, as a shopper would lay them out at the till: the most sets, and of those what saves most.
    #[inline]
    pub(crate) fn blocks(&self, state: &State) -> Option<Exchanged> {
        let free = self.free(state);
        let (sets, _) = self.sets(&free);
        let both = free.iter().all(|one| one.buy && one.get);
        if sets == 0 || !both || self.pick != Pick::Cheapest {
            return None;
        }
        let mut sorted: Vec<Match> = free.iter().map(|one| one.place).collect();
        sort_by_price(state, &mut sorted, Pick::Dearest);
        let size = self.buy_count + self.get_count;
        let (mut bought, mut got, mut at) = (Vec::new(), Vec::new(), 0);
        for one in &sorted {
            let end = at + one.count;
            let got_until = |units: i64| units / size * self.get_count + (units % size - self.buy_count).max(0);
            let most = sets * size;
            let count = got_until(end.min(most)) - got_until(at.min(most));
            let rest = (end.min(most) - at.min(most)) - count;
            got.extend((count > 0).then_some(Match { count, ..*one }));
            bought.extend((rest > 0).then_some(Match { count: rest, ..*one }));
            at = end;
        }
        sort::by_key(&mut bought, Match::place);
        sort::by_key(&mut got, Match::place);
        Some(Exchanged { bought, got })
    }

    /// Units worth at least as much as those of any legal choice, now or when units cost less: the i-th unit got has the units bought for it
    /// and the i-1 units got before it above it. Where that can't be counted so, the dearest units. None where a dearer unit may save less, because
    /// of what some unit is not priced below.
    #[inline]
    pub(crate) fn dearest(&self, state: &State) -> Option<Vec<Match>> {
        let free = self.free(state);
        if free.iter().any(|one| one.place.parts(state).0.floor > 0) {
            return None;
        }
        if let Some(blocks) = self.blocks(state) {
            return Some(blocks.got);
        }
        let (sets, _) = self.sets(&free);
        let mut got: Vec<Match> = free.iter().filter(|one| one.get).map(|one| one.place).collect();
        sort_by_price(state, &mut got, Pick::Dearest);
        let mut left = sets * self.get_count;
        for one in &mut got {
            one.count = one.count.min(left);
            left -= one.count;
        }
        got.retain(|one| one.count > 0);
        sort::by_key(&mut got, Match::place);
        Some(got)
    }

    /// What as many units as could be got save at the most, whichever they are.
    #[inline]
    pub(crate) fn most(&self, state: &State, saves: &dyn Fn(&Match) -> i64) -> i64 {
        let free = self.free(state);
        let (sets, _) = self.sets(&free);
        let got = free.iter().filter(|one| one.get).map(|one| (saves(&one.place), one.place.count));
        largest(got, sets.saturating_mul(self.get_count))
    }

    pub(crate) fn moves(&self) -> bool {
        self.buy.moves() || self.get.moves()
    }

    /// How many more units would make one more set; none if no more sets are allowed.
    pub(crate) fn units_to_next_set(&self, state: &State) -> Option<i64> {
        let free = self.free(state);
        let units: i64 = free.iter().map(|one| one.place.count).sum();
        let (sets, _) = self.sets(&free);
        let missing = (sets + 1) * (self.buy_count + self.get_count) - units;
        (units > 0 && sets < self.times && missing > 0).then_some(missing)
    }
}

fn take<'f>(free: impl Iterator<Item = &'f mut Free>, mut left: i64, both_left: &mut i64) -> Vec<Match> {
    let mut taken = Vec::new();
    for one in free {
        let most = if one.buy { one.place.count.min(*both_left) } else { one.place.count };
        let count = most.min(left);
        if count > 0 {
            taken.push(Match { count, ..one.place });
            one.place.count -= count;
            left -= count;
            *both_left -= if one.buy { count } else { 0 };
        }
    }
    taken
}

/// More choices than this are not listed.
const CHOICES_MAX: usize = 4_000;

fn units(of: &[Match]) -> i64 {
    of.iter().map(|one| one.count).sum()
}

/// What units cost, the dearest first, or the cheapest first with the other sign: so many, and the price of one.
struct Prices(SmallVec<[(i64, i64); 8]>);

impl Prices {
    #[inline]
    fn of(state: &State, units: &[Match], sign: i64) -> Self {
        let mut prices: SmallVec<[(i64, i64); 8]> =
            units.iter().map(|one| (one.count, one.parts(state).1.current)).collect();
        sort::by_key(&mut prices, |(_, price)| -sign * price);
        Self(prices)
    }

    /// The price of the unit at a place.
    #[inline]
    fn nth(&self, at: i64) -> i64 {
        let mut left = at;
        for &(count, price) in &self.0 {
            if left < count {
                return price;
            }
            left -= count;
        }
        0
    }
}
