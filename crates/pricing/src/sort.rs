//! Sorting with little code. The standard library's sorts are made for millions of items and bring several kilobytes of
//! WebAssembly for each type and key; carts are short. Both keep the order of equal items.

use std::cmp::Ordering;

/// Up to here moving items one by one is quicker than anything else.
const SHORT: usize = 32;

/// Sorts by a key, smallest first.
pub(crate) fn by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    by(items, |a, b| key(a).cmp(&key(b)));
}

/// Sorts by a comparison.
pub(crate) fn by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if items.len() > SHORT {
        let order = order(items.len(), &mut |a, b| compare(&items[a], &items[b]));
        return arrange(order, &mut |a, b| items.swap(a, b));
    }
    for start in 1..items.len() {
        let mut at = start;
        while at > 0 && compare(&items[at - 1], &items[at]) == Ordering::Greater {
            items.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// The places of the items in their order: runs that are sorted are merged by twos until one is left. Not generic, so that it is compiled once.
fn order(length: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    let mut run = 1;
    while run < length {
        let mut merged = Vec::with_capacity(length);
        for pair in order.chunks(2 * run) {
            merge(pair.split_at(run.min(pair.len())), compare, &mut merged);
        }
        order = merged;
        run *= 2;
    }
    order
}

/// Appends two runs as one; of equal items the first run's come first.
fn merge(
    (mut one, mut other): (&[usize], &[usize]),
    compare: &mut dyn FnMut(usize, usize) -> Ordering,
    to: &mut Vec<usize>,
) {
    while let ([first, one_rest @ ..], [second, other_rest @ ..]) = (one, other) {
        if compare(*first, *second) == Ordering::Greater {
            to.push(*second);
            other = other_rest;
        } else {
            to.push(*first);
            one = one_rest;
        }
    }
    to.extend_from_slice(one);
    to.extend_from_slice(other);
}

/// Brings the items into an order, each with at most one swap.
fn arrange(order: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    let mut goal = vec![0; order.len()];
    order.iter().enumerate().for_each(|(at, &from)| goal[from] = at);
    for at in 0..goal.len() {
        while goal[at] != at {
            let to = goal[at];
            swap(at, to);
            goal.swap(at, to);
        }
    }
}

/// Sorts places, smallest first.
pub(crate) fn places(places: &mut [usize]) {
    if places.len() <= SHORT {
        return by(places, usize::cmp);
    }
    let pairs = places.iter().map(|&place| (u32::try_from(place).expect("an index holds its places in 32 bits"), 0));
    let sorted = by_number(pairs.collect());
    places.iter_mut().zip(sorted).for_each(|(place, (number, _))| *place = number as usize);
}

/// The places of items by groups, in their order within each: where those of each group begin, one more than there are groups, and the places.
pub(crate) fn by_group(groups: usize, of: &[u32]) -> (Vec<u32>, Vec<u32>) {
    // Counted one group further on, so that when all are placed each start is where the group before it ends.
    let (mut starts, mut places) = (vec![0; groups + 2], vec![0; of.len()]);
    of.iter().for_each(|&group| starts[group as usize + 2] += 1);
    (2..starts.len()).for_each(|group| starts[group] += starts[group - 1]);
    for (&group, place) in of.iter().zip(0..) {
        let next = &mut starts[group as usize + 1];
        places[*next as usize] = place;
        *next += 1;
    }
    (starts, places)
}

/// Sorts pairs by their first numbers, smallest first: by the bytes of these, the last first, as far as they differ. Hundreds are sorted so in a fraction
/// of the time that comparing them takes.
pub(crate) fn by_number(mut pairs: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    if pairs.is_sorted_by_key(|pair| pair.0) {
        return pairs;
    }
    if pairs.len() <= SHORT {
        by_key(&mut pairs, |pair| pair.0);
        return pairs;
    }
    let most = pairs.iter().fold(0, |most, pair| most | pair.0);
    let mut sorted = vec![(0, 0); pairs.len()];
    for shift in (0..u32::BITS).step_by(8).take_while(|shift| most >> shift > 0) {
        let byte = |pair: &(u32, u32)| (pair.0 >> shift) as usize & 255;
        let mut starts = [0_usize; 257];
        pairs.iter().for_each(|pair| starts[byte(pair) + 1] += 1);
        (0..255).for_each(|byte| starts[byte + 1] += starts[byte]);
        for pair in &pairs {
            let start = &mut starts[byte(pair)];
            sorted[*start] = *pair;
            *start += 1;
        }
        std::mem::swap(&mut pairs, &mut sorted);
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn groups_keep_the_order_of_their_items(of in prop::collection::vec(0_u32..9, 0..60)) {
            let (starts, places) = by_group(9, &of);
            for group in 0..9 {
                let expected: Vec<u32> = (0..).zip(&of).filter(|(_, one)| **one == group).map(|(place, _)| place).collect();
                let (start, end) = (starts[group as usize] as usize, starts[group as usize + 1] as usize);
                prop_assert_eq!(&places[start..end], expected);
            }
        }

        #[test]
        fn sorts_as_the_standard_library_does(mut items in prop::collection::vec((0..9, 0..9), 0..100)) {
            let mut expected = items.clone();
            expected.sort_by_key(|one| one.0);
            by_key(&mut items, |one| one.0);
            prop_assert_eq!(items, expected);
        }

        #[test]
        fn sorts_places(mut items in prop::collection::vec(prop_oneof![0_usize..9, 0_usize..70_000], 0..100)) {
            let mut expected = items.clone();
            expected.sort_unstable();
            places(&mut items);
            prop_assert_eq!(items, expected);
        }

        #[test]
        fn sorts_numbers(items in prop::collection::vec((prop_oneof![0_u32..9, 0_u32..70_000, any::<u32>()], 0_u32..9), 0..100)) {
            let mut expected = items.clone();
            expected.sort_by_key(|one| one.0);
            prop_assert_eq!(by_number(items), expected);
        }
    }
}
