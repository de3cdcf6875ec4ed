//! Splits of small sums, which need a single division and 32 bits for each part: most carts never leave them.

use smallvec::{SmallVec, smallvec};

/// The bits of the sums that are small.
const SMALL_BITS: u32 = 31;

/// True if sums of so much can be split by [`allocate_small`].
fn is_small(sum: u64) -> bool {
    sum > 0 && sum >> SMALL_BITS == 0
}

/// [`allocate`](crate::allocate) in 32 bits: `sum` is what the weights are together, and as many shares are written as there are weights. False, with
/// nothing of use written, if the sum is nothing or not below 2³¹, or the total is more than it. `rests` is only room to work in, which is worth keeping.
pub fn allocate_small(total: u32, sum: u32, weights: &[u32], shares: &mut [u32], rests: &mut Vec<u32>) -> bool {
    if !is_small(sum.into()) || total > sum {
        return false;
    }
    if rests.len() != weights.len() {
        rests.resize(weights.len(), 0);
    }
    split(total, sum, weights, shares, rests);
    true
}

/// The same where the weights are wide numbers, which may be too large for it.
pub(crate) fn allocate_narrowed(total: i64, weights: &[i64], into: &mut Vec<i64>) -> bool {
    let (sum, bits) = weights.iter().fold((0_u64, 0), |(sum, bits), weight| {
        (sum.wrapping_add(weight.cast_unsigned()), bits | weight.cast_unsigned())
    });
    if bits >> SMALL_BITS != 0 || !is_small(sum) || total.cast_unsigned() > sum {
        return false;
    }
    let narrow = |wide: u64| u32::try_from(wide).unwrap_or(u32::MAX);
    let weights: SmallVec<[u32; 64]> = weights.iter().map(|weight| narrow(weight.cast_unsigned())).collect();
    let (mut shares, mut rests) = (smallvec![0; weights.len()], smallvec![0; weights.len()]);
    let (shares, rests): (&mut SmallVec<[u32; 64]>, &mut SmallVec<[u32; 64]>) = (&mut shares, &mut rests);
    split(narrow(total.cast_unsigned()), narrow(sum), &weights, shares, rests);
    into.clear();
    into.extend(shares.iter().map(|share| i64::from(*share)));
    true
}

/// Splits the total, which is no more than the sum.
fn split(total: u32, sum: u32, weights: &[u32], shares: &mut [u32], rests: &mut [u32]) {
    if total == sum {
        return shares.copy_from_slice(weights);
    }
    // A weight times this, without its lower 32 bits, is the weight's share or one less: what is lost is below a half, as a weight is below 2³¹.
    let factor = u64::from(((u64::from(total) << 32) / u64::from(sum)) as u32);
    let (wide_total, wide_sum, mut given) = (u64::from(total), u64::from(sum), 0);
    for ((weight, share), over) in weights.iter().zip(&mut *shares).zip(&mut *rests) {
        let weight = u64::from(*weight);
        let near = (weight * factor) >> 32;
        let rest = (weight * wide_total).wrapping_sub(near * wide_sum);
        // The rest is below twice the sum, so that 32 bits hold how far it is from the sum. All bits of `none` are set where it is below.
        let beyond = (rest as u32).wrapping_sub(sum);
        let none = (beyond.cast_signed() >> 31).cast_unsigned();
        *share = (near as u32).wrapping_add(1).wrapping_add(none);
        *over = beyond.wrapping_add(sum & none);
        given += *share;
    }
    // Weights of nothing behind all others, as there are where shares are written in blocks, are never given what is left.
    let some = weights.len() - weights.iter().rev().take_while(|weight| **weight == 0).count();
    give_left(total - given, sum, some as u32, rests, shares);
}

/// So often the bound is looked for where it is likely; then in the middle, so that it is found soon whatever the remainders are.
const GUESSES: u32 = 6;

/// Gives one more to so many as are left: to those with the largest remainders, ties to the earlier. Looks for the remainder from which on one more is
/// given, by counting how many are not below a bound: below `high` are more than are left, from `low` on at least so many. No more than `some` of the
/// remainders are more than nothing, and more than are left.
fn give_left(left: u32, sum: u32, some: u32, rests: &[u32], shares: &mut [u32]) {
    if left == 0 {
        return;
    }
    let (mut low, mut high, mut guesses) = (0, sum, 0);
    let (mut from_low, mut from_high) = (some, 0);
    while from_low > left && high - low > 1 {
        let span = high - low;
        let likely = u64::from(span) * u64::from(from_low - left) / u64::from(from_low - from_high);
        let step = if guesses < GUESSES { likely as u32 } else { span / 2 };
        guesses += 1;
        let bound = low + step.clamp(1, span - 1);
        let below: u32 = rests.iter().map(|rest| u32::from(rest.cast_signed() < bound.cast_signed())).sum();
        let from_bound = rests.len() as u32 - below;
        if from_bound >= left {
            (low, from_low) = (bound, from_bound);
        } else {
            (high, from_high) = (bound, from_bound);
        }
    }
    if from_low == left {
        return shares
            .iter_mut()
            .zip(rests)
            .for_each(|(share, rest)| *share += u32::from(rest.cast_signed() >= low.cast_signed()));
    }
    // Between the bounds all remainders are the same.
    let mut ties = left - from_high;
    for (share, rest) in shares.iter_mut().zip(rests) {
        let tie = (low..high).contains(rest) && ties > 0;
        ties -= u32::from(tie);
        *share += u32::from(tie || *rest >= high);
    }
}

/// [`allocate`](crate::allocate) over a few units, which needs no memory; none where the weights are not small, or the total is more than they are together.
#[must_use]
#[inline]
pub fn allocate_units<const UNITS: usize>(total: i64, weights: [i64; UNITS]) -> Option<[i64; UNITS]> {
    let small = |bits: u64| bits >> SMALL_BITS == 0;
    let bits = weights.iter().fold(total.cast_unsigned(), |bits, weight| bits | weight.cast_unsigned());
    let sum = if small(bits) { weights.iter().sum() } else { 0_i64 };
    if sum == 0 || total > sum || !small(sum.cast_unsigned()) {
        return None;
    }
    // As in `split`, a weight times this, without its lower 32 bits, is the weight's share or one less.
    let factor = (total << 32) / sum;
    let (mut left, mut shares, mut rests) = (total, [0; UNITS], [0; UNITS]);
    for at in 0..UNITS {
        let near = (weights[at] * factor) >> 32;
        let rest = weights[at] * total - near * sum;
        (shares[at], rests[at]) = if rest >= sum { (near + 1, rest - sum) } else { (near, rest) };
        left -= shares[at];
    }
    for _ in 0..left {
        let first = (1..UNITS).fold(0, |first, at| if rests[at] > rests[first] { at } else { first });
        shares[first] += 1;
        rests[first] = 0;
    }
    Some(shares)
}
