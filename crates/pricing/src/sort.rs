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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(mut items in prop::collection::vec((0..9, 0..9), 0..100)) {
            let mut expected = items.clone();
            expected.sort_by_key(|one| one.0);
            by_key(&mut items, |one| one.0);
            prop_assert_eq!(items, expected);
        }
    }
}
