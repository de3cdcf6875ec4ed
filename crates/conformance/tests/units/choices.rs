//! Which units a benefit may take: every legal choice, listed.

use super::model::{Kinds, Pick, Place, State, open_for, unit};

/// Every subset of a size.
pub fn subsets(of: &[Place], size: usize) -> Vec<Vec<Place>> {
    let all = (0..1_usize << of.len()).filter(|bits| bits.count_ones() as usize == size);
    all.map(|bits| of.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, place)| *place).collect())
        .collect()
}

/// True if the units can be dealt to the pieces.
pub fn fills(state: &State, set: &[Place], pieces: &[(usize, Kinds)]) -> bool {
    let Some((first, rest)) = set.split_first() else { return pieces.iter().all(|piece| piece.0 == 0) };
    (0..pieces.len()).any(|at| {
        let mut left = pieces.to_vec();
        let fits = left[at].0 > 0 && left[at].1 >> state[first.0].kind & 1 == 1;
        left[at].0 = left[at].0.saturating_sub(1);
        fits && fills(state, rest, &left)
    })
}

/// The units that a benefit means: all, so many as its pick says, or any so many.
pub fn chosen(state: &State, places: Vec<Place>, most: Option<usize>, pick: Option<Pick>) -> Vec<Vec<Place>> {
    let Some(most) = most.filter(|most| *most < places.len()) else { return vec![places] };
    let Some(pick) = pick else {
        let mut ways = subsets(&places, most);
        ways.retain(|way| takes_the_first(state, &places, way));
        return ways;
    };
    let mut sorted = places;
    let sign = if pick == Pick::Cheapest { 1 } else { -1 };
    sorted.sort_by_key(|&place| (sign * unit(state, place).current, place));
    sorted.truncate(most);
    sorted.sort_unstable();
    vec![sorted]
}

/// Of equal units that stand side by side in a line the first are taken: which of them is no choice.
fn takes_the_first(state: &State, places: &[Place], way: &[Place]) -> bool {
    let passed_over = |pair: &[Place]| {
        let equal = pair[0].0 == pair[1].0 && unit(state, pair[0]) == unit(state, pair[1]);
        equal && !way.contains(&pair[0]) && way.contains(&pair[1])
    };
    !places.windows(2).any(passed_over)
}

/// The units got and bought: of every legal choice, and of the one that the pinned meaning makes.
pub fn exchanges(
    state: &State,
    buy: (usize, Kinds),
    get: (usize, Kinds),
    times: Option<usize>,
    pick: Pick,
) -> Vec<(Vec<Place>, Vec<Place>)> {
    let free: Vec<Place> = open_for(state, buy.1 | get.1).into_iter().filter(|&at| !unit(state, at).taken).collect();
    let fit = |places: &[Place], of: Kinds| places.iter().all(|place| of >> state[place.0].kind & 1 == 1);
    let mut ways = Vec::new();
    for way in sides(state, &free) {
        let side = |side: u8| -> Vec<Place> {
            free.iter().zip(&way).filter(|(_, one)| **one == side).map(|(at, _)| *at).collect()
        };
        let (got, bought) = (side(2), side(1));
        let sets = got.len() / get.0;
        let whole = sets > 0 && got.len() == sets * get.0 && bought.len() == sets * buy.0;
        if whole && times.is_none_or(|times| sets <= times) && fit(&got, get.1) && fit(&bought, buy.1) {
            ways.push((got, bought));
        }
    }
    let sign = if pick == Pick::Cheapest { 1 } else { -1 };
    let sorted = |places: &[Place], sign: i64| {
        let mut keys: Vec<(i64, Place)> = places.iter().map(|&at| (sign * unit(state, at).current, at)).collect();
        keys.sort_unstable();
        keys
    };
    // First as many sets as can be made; then the cheapest got (or dearest); then the dearest of the rest bought.
    let pinned = ways
        .iter()
        .min_by_key(|(got, bought)| (usize::MAX - got.len(), sorted(got, sign), sorted(bought, -1)))
        .cloned();
    ways.retain(|(got, bought)| dealt(state, got, bought, get.0, buy.0, pick));
    ways.extend(pinned);
    ways
}

/// Each unit left alone (0), bought (1) or got (2). Of equal neighbours the first are got, the next bought.
fn sides(state: &State, free: &[Place]) -> Vec<Vec<u8>> {
    let mut ways: Vec<Vec<u8>> = vec![Vec::new()];
    for (at, &place) in free.iter().enumerate() {
        let twin = at
            .checked_sub(1)
            .filter(|&before| free[before].0 == place.0 && unit(state, free[before]) == unit(state, place));
        ways = ways
            .into_iter()
            .flat_map(|way| {
                let most = twin.map_or(2, |before| way[before]);
                (0..=most).map(move |side| way.iter().copied().chain([side]).collect())
            })
            .collect();
    }
    ways
}

/// True if the units can be dealt out into sets in which the units got are no dearer (or no cheaper) than those bought.
fn dealt(state: &State, got: &[Place], bought: &[Place], get: usize, buy: usize, pick: Pick) -> bool {
    if got.is_empty() {
        return true;
    }
    let price = |place: &Place| unit(state, *place).current;
    subsets(got, get).iter().any(|some| {
        subsets(bought, buy).iter().any(|for_them| {
            let right = match pick {
                Pick::Cheapest => some.iter().map(price).max() <= for_them.iter().map(price).min(),
                Pick::Dearest => some.iter().map(price).min() >= for_them.iter().map(price).max(),
            };
            let without = |all: &[Place], some: &[Place]| -> Vec<Place> {
                all.iter().copied().filter(|one| !some.contains(one)).collect()
            };
            some.contains(&got[0])
                && right
                && dealt(state, &without(got, some), &without(bought, for_them), get, buy, pick)
        })
    })
}
