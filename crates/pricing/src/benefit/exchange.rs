//! Which units of a cart make up "buy so many, get so many": shared by buy X get Y and n-th unit.

use super::target::{Pick, discountable, sort_by_price};
use crate::{
    book::Matcher,
    engine::{Match, State},
    sort,
};

/// The rule of an exchange.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) buy_count: i64,
    pub(crate) buy: Matcher,
    pub(crate) get_count: i64,
    pub(crate) get: Matcher,
    pub(crate) times: i64,
    pub(crate) pick: Pick,
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
