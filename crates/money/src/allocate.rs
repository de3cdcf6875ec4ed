//! Splitting an amount so that the parts always sum to it: the largest-remainder method.
//!
//! Source of the rule: `q_i = floor(D * w_i / W)`, the left-over units to the largest remainders, ties to the earlier.

use crate::{Overflow, small::allocate_narrowed};
use smallvec::{SmallVec, smallvec};
use std::cmp::Reverse;

/// A run of equal units among which an amount is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// How many equal units; not negative.
    pub count: i64,
    /// The weight of one unit; not negative.
    pub weight: i64,
    /// The most that one unit can take; not negative.
    pub cap: i64,
}

/// The share of a run: `more` of its units take `each + 1`, the others `each`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// What every unit of the run takes at least.
    pub each: i64,
    /// How many units, from the first on, take one minor unit more.
    pub more: i64,
}

/// Shares in the order of their parts; those of a few parts take no memory of their own.
pub type Shares = SmallVec<[Share; 8]>;

impl Share {
    /// What `count` units take together.
    #[must_use]
    pub fn total(self, count: i64) -> i64 {
        self.each * count + self.more
    }
}

/// Splits `total` over single units in proportion to `weights`; ties go to the earlier one.
///
/// Returns one amount per weight; they sum to `total`, or to nothing where all weights are zero. An error if a product
/// leaves 128 bits, which no sum of real weights does.
pub fn allocate(total: i64, weights: &[i64]) -> Result<Vec<i64>, Overflow> {
    let mut shares = Vec::with_capacity(weights.len());
    allocate_into(total, weights, &mut shares)?;
    Ok(shares)
}

/// [`allocate`] into a list that is there already, in place of what it holds.
pub fn allocate_into(total: i64, weights: &[i64], into: &mut Vec<i64>) -> Result<(), Overflow> {
    if allocate_narrowed(total, weights, into) {
        return Ok(());
    }
    let part = |at: usize| Part { count: 1, weight: weights[at], cap: i64::MAX };
    let shares = match shares_if_open(total, weights.len(), part) {
        Some(shares) => shares,
        None => shares_by_rounds(total, &(0..weights.len()).map(part).collect::<Vec<Part>>())?,
    };
    into.clear();
    into.extend(shares.into_iter().map(|share| share.total(1)));
    Ok(())
}

/// What [`allocate_capped`] splits over a single run: each of its units gets the same, and what is left goes to the first.
#[must_use]
#[inline]
pub fn allocate_alone(total: i64, part: Part) -> Share {
    if part.count <= 0 || part.weight <= 0 || total <= 0 {
        return Share::default();
    }
    let each = if part.count == 1 { total } else { total / part.count };
    let more = total - each * part.count;
    if each > part.cap || (each == part.cap && more > 0) {
        Share { each: part.cap, more: 0 }
    } else {
        Share { each, more }
    }
}

/// Splits `total` over runs of equal units in proportion to their weights, no unit above its cap; what one unit can't take
/// goes to the others in the same proportion. Cost grows with the runs and never with the units.
///
/// The shares sum to `total`, or to what all caps allow, or to nothing where all weights are zero.
pub fn allocate_capped(total: i64, parts: &[Part]) -> Result<Shares, Overflow> {
    if let [only] = parts {
        return Ok(smallvec![allocate_alone(total, *only)]);
    }
    match shares_if_open(total, parts.len(), |at| parts[at]) {
        Some(shares) => Ok(shares),
        None => shares_by_rounds(total, parts),
    }
}

/// The shares of most carts: no unit reaches its cap, and all fits in 64 bits. None where that is not so.
fn shares_if_open(total: i64, parts: usize, part: impl Fn(usize) -> Part) -> Option<Shares> {
    let total = u64::try_from(total).unwrap_or(0);
    let mut sum = 0_u64;
    for at in 0..parts {
        let part = part(at);
        let (count, weight) = (u64::try_from(part.count).ok()?, u64::try_from(part.weight).ok()?);
        sum = count.checked_mul(weight)?.checked_add(sum)?;
    }
    // The place of a part stands behind its remainder in one number, by which they are sorted.
    if parts >= 1 << PLACE_BITS || sum >= u64::MAX >> PLACE_BITS || total.checked_mul(sum)? > i64::MAX.unsigned_abs() {
        return None;
    }
    let mut shares: Shares = smallvec![Share::default(); parts];
    let (mut left, mut orders) = (total, SmallVec::<[u64; 8]>::new());
    for (at, share) in shares.iter_mut().enumerate() {
        let part = part(at);
        if part.count == 0 || part.weight == 0 {
            continue;
        }
        let product = total * part.weight.unsigned_abs();
        let (each, rest) = (product / sum, product % sum);
        if each > part.cap.unsigned_abs() || (each == part.cap.unsigned_abs() && rest > 0) {
            return None;
        }
        share.each = i64::try_from(each).ok()?;
        left -= each * part.count.unsigned_abs();
        if rest > 0 {
            orders.push((sum - rest) << PLACE_BITS | at as u64);
        }
    }
    if sum > 0 && left > 0 {
        hand_out(left, &mut orders, &mut shares, |at| part(at).count);
    }
    Some(shares)
}

/// Parts that are told apart in the lower bits of an order.
const PLACE_BITS: u32 = 16;

/// The place of a part that an order names.
fn place(order: u64) -> usize {
    (order & ((1 << PLACE_BITS) - 1)) as usize
}

/// Hands what is left to the largest remainders, ties to the earlier: to those whose order is the smallest.
fn hand_out(left: u64, orders: &mut [u64], shares: &mut Shares, count: impl Fn(usize) -> i64) {
    let mut left = i64::try_from(left).unwrap_or(i64::MAX);
    let mut heap = Heap::new(orders);
    while left > 0
        && let Some(order) = heap.least()
    {
        let place = place(order);
        shares[place].more = left.min(count(place));
        left -= shares[place].more;
    }
}

/// The shares by the book: who can't take all of it takes what it can, and the others share the rest.
fn shares_by_rounds(total: i64, parts: &[Part]) -> Result<Shares, Overflow> {
    let mut shares: Shares = smallvec![Share::default(); parts.len()];
    let mut open: Vec<usize> = (0..parts.len()).filter(|&i| parts[i].count > 0 && parts[i].weight > 0).collect();
    let mut rest = i128::from(total.max(0));
    loop {
        let weight = open
            .iter()
            .try_fold(0_i128, |sum, &i| sum.checked_add(i128::from(parts[i].count) * i128::from(parts[i].weight)));
        let weight = weight.ok_or(Overflow)?;
        if weight == 0 {
            return Ok(shares);
        }
        let (full, others): (Vec<usize>, Vec<usize>) =
            open.iter().partition(|&&i| rest * i128::from(parts[i].weight) > i128::from(parts[i].cap) * weight);
        if full.is_empty() {
            share_out(rest, weight, &open, parts, &mut shares)?;
            return Ok(shares);
        }
        for i in full {
            shares[i] = Share { each: parts[i].cap, more: 0 };
            rest -= i128::from(parts[i].cap) * i128::from(parts[i].count);
        }
        open = others;
    }
}

fn share_out(rest: i128, weight: i128, open: &[usize], parts: &[Part], shares: &mut [Share]) -> Result<(), Overflow> {
    let mut left = rest;
    let mut remainders: Vec<(Reverse<i128>, usize)> = Vec::with_capacity(open.len());
    for &i in open {
        let product = rest.checked_mul(i128::from(parts[i].weight)).ok_or(Overflow)?;
        shares[i].each = i64::try_from(product / weight).map_err(|_| Overflow)?;
        left -= i128::from(shares[i].each) * i128::from(parts[i].count);
        remainders.push((Reverse(product % weight), i));
    }
    let mut heap = Heap::new(&mut remainders);
    while left > 0
        && let Some((_, i)) = heap.least()
    {
        let more = left.min(i128::from(parts[i].count));
        shares[i].more = i64::try_from(more).map_err(|_| Overflow)?;
        left -= more;
    }
    Ok(())
}

/// Gives items from the least on. It takes less code than a sort, and less time where not all are asked for.
struct Heap<'h, T>(&'h mut [T]);

impl<'h, T: Ord + Copy> Heap<'h, T> {
    fn new(items: &'h mut [T]) -> Self {
        let mut heap = Self(items);
        (0..heap.0.len() / 2).rev().for_each(|at| heap.sink(at));
        heap
    }

    fn sink(&mut self, mut at: usize) {
        loop {
            let children = 2 * at + 1..(2 * at + 3).min(self.0.len());
            let least = children.fold(at, |least, child| if self.0[child] < self.0[least] { child } else { least });
            if least == at {
                return;
            }
            self.0.swap(at, least);
            at = least;
        }
    }

    fn least(&mut self) -> Option<T> {
        let least = *self.0.first()?;
        let items = std::mem::take(&mut self.0);
        let last = items.len() - 1;
        items.swap(0, last);
        self.0 = &mut items[..last];
        self.sink(0);
        Some(least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocate_units;
    use proptest::prelude::*;

    #[test]
    fn left_over_units_go_to_the_largest_remainders_then_to_the_first() {
        assert_eq!(allocate(100, &[1, 1, 1]).unwrap(), [34, 33, 33]);
        assert_eq!(allocate(10, &[6, 3, 1]).unwrap(), [6, 3, 1]);
        assert_eq!(allocate(1, &[1, 2]).unwrap(), [0, 1]);
        assert_eq!(allocate(5, &[0, 0]).unwrap(), [0, 0]);
        assert_eq!(allocate(0, &[3, 4]).unwrap(), [0, 0]);
    }

    #[test]
    fn what_one_cannot_take_goes_to_the_others() {
        let parts = [Part { count: 1, weight: 10, cap: 2 }, Part { count: 2, weight: 10, cap: 10 }];
        let shares = allocate_capped(15, &parts).unwrap();
        assert_eq!(shares.as_slice(), [Share { each: 2, more: 0 }, Share { each: 6, more: 1 }]);
    }

    #[test]
    fn a_hundred_thousand_units_are_one_run() {
        let parts = [Part { count: 89_638, weight: 3, cap: 3 }];
        assert_eq!(allocate_capped(100_000, &parts).unwrap().as_slice(), [Share { each: 1, more: 10_362 }]);
    }

    proptest! {
        #[test]
        fn one_run_and_large_amounts_split_by_the_book(total in 0..i64::MAX / 8, units in 1_i64..9, weight in 0..i64::MAX / 64, cap in 0..i64::MAX / 64) {
            let parts = [Part { count: units, weight, cap }, Part { count: 1, weight: weight / 3, cap }];
            for parts in [&parts[..1], &parts] {
                prop_assert_eq!(allocate_capped(total, parts), shares_by_rounds(total, parts));
            }
            let weights = [weight, weight / 3, 7];
            let parts = weights.map(|weight| Part { count: 1, weight, cap: i64::MAX });
            let shares: Vec<i64> = shares_by_rounds(total, &parts).unwrap().iter().map(|share| share.total(1)).collect();
            prop_assert_eq!(allocate(total, &weights).unwrap(), shares);
        }
    }

    /// The same split, one unit at a time and by the book.
    fn oracle(total: i64, units: &[(i64, i64)]) -> Vec<i64> {
        let mut shares = vec![0; units.len()];
        let mut open: Vec<usize> = (0..units.len()).filter(|&i| units[i].0 > 0).collect();
        let mut rest = total;
        loop {
            let weight: i64 = open.iter().map(|&i| units[i].0).sum();
            if weight == 0 {
                return shares;
            }
            let full: Vec<usize> = open.iter().copied().filter(|&i| rest * units[i].0 > units[i].1 * weight).collect();
            if full.is_empty() {
                open.iter().for_each(|&i| shares[i] = rest * units[i].0 / weight);
                let mut left = rest - open.iter().map(|&i| shares[i]).sum::<i64>();
                open.sort_by_key(|&i| (-(rest * units[i].0 % weight), i));
                for i in open {
                    if left > 0 {
                        shares[i] += 1;
                        left -= 1;
                    }
                }
                return shares;
            }
            full.iter().for_each(|&i| shares[i] = units[i].1);
            rest -= full.iter().map(|&i| units[i].1).sum::<i64>();
            open.retain(|i| !full.contains(i));
        }
    }

    proptest! {
        #[test]
        fn runs_split_as_their_units_would(total in 0_i64..5000, runs in prop::collection::vec((0_i64..5, 0_i64..900, 0_i64..900), 0..6)) {
            let parts: Vec<Part> = runs.iter().map(|&(count, weight, cap)| Part { count, weight, cap }).collect();
            let units: Vec<(i64, i64)> = runs.iter().flat_map(|&(count, weight, cap)| vec![(weight, cap); count as usize]).collect();
            let mut flat = Vec::new();
            for (part, share) in parts.iter().zip(allocate_capped(total, &parts).unwrap()) {
                flat.extend((0..part.count).map(|unit| share.each + i64::from(unit < share.more)));
            }
            let room: i64 = units.iter().filter(|unit| unit.0 > 0).map(|unit| unit.1).sum();
            prop_assert_eq!(flat.iter().sum::<i64>(), total.min(room));
            prop_assert!(flat.iter().zip(&units).all(|(share, unit)| (0..=unit.1).contains(share)));
            prop_assert_eq!(flat, oracle(total, &units));
            prop_assert_eq!(allocate_capped(total, &parts), shares_by_rounds(total, &parts));
        }

        #[test]
        fn small_sums_split_by_the_book(share in 0_u64..=1 << 32, weights in prop::collection::vec(0_i64..1 << 28, 0..9), few in prop::collection::vec(0_i64..40, 0..80)) {
            for weights in [weights, few] {
                let sum: i64 = weights.iter().sum();
                let total = i64::try_from((u128::from(sum.unsigned_abs()) * u128::from(share)) >> 32).unwrap();
                let parts: Vec<Part> = weights.iter().map(|&weight| Part { count: 1, weight, cap: i64::MAX }).collect();
                let expected: Vec<i64> = shares_by_rounds(total, &parts).unwrap().iter().map(|share| share.total(1)).collect();
                prop_assert_eq!(&allocate(total, &weights).unwrap(), &expected);
                if let Some(shares) = <[i64; 3]>::try_from(weights.as_slice()).ok().and_then(|weights| allocate_units(total, weights)) {
                    prop_assert_eq!(shares.as_slice(), expected);
                }
            }
        }
    }
}
