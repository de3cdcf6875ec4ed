//! Splits of small sums, which need a single division: most carts never leave them.

use smallvec::{SmallVec, smallvec};
use std::cmp::Reverse;

/// The bits of the sums that are small.
const SMALL_BITS: u32 = 31;

/// Splits a total that is no more than the weights together, and these less than 2³¹: all is then worked out with a single division. False if that is
/// not so.
pub(crate) fn allocate_small(total: i64, weights: &[i64], into: &mut Vec<i64>) -> bool {
    let (sum, bits) = weights.iter().fold((0_u64, 0), |(sum, bits), weight| {
        (sum.wrapping_add(weight.cast_unsigned()), bits | weight.cast_unsigned())
    });
    let total = total.cast_unsigned();
    if bits >> SMALL_BITS != 0
        || sum == 0
        || sum >> SMALL_BITS != 0
        || total > sum
        || weights.len() > usize::from(u16::MAX)
    {
        return false;
    }
    // A weight times this, without its lower 32 bits, is the weight's share or one less: what is lost is below a half, as a weight is below 2³¹.
    let factor = (total << 32) / sum;
    let (mut left, mut rests): (u64, SmallVec<[u32; 64]>) = (total, smallvec![0; weights.len()]);
    into.clear();
    into.resize(weights.len(), 0);
    for ((weight, share), over) in weights.iter().zip(into.iter_mut()).zip(&mut rests) {
        let weight = weight.cast_unsigned();
        let near = (weight * factor) >> 32;
        let rest = weight * total - near * sum;
        let (each, rest) = if rest >= sum { (near + 1, rest - sum) } else { (near, rest) };
        left -= each;
        *share = each.cast_signed();
        // Below the sum, and so below 2³¹.
        *over = rest as u32;
    }
    if rests.len() <= FEW_RESTS {
        give_few(left, &mut rests, into)
    } else {
        give_left(left, sum, &rests, into)
    }
    true
}

/// Up to here it is quickest to look for the largest remainder again and again.
const FEW_RESTS: usize = 16;

/// [`give_left`] where there are few remainders.
fn give_few(left: u64, rests: &mut [u32], shares: &mut [i64]) {
    for _ in 0..left {
        let first = (1..rests.len()).fold(0, |first, at| if rests[at] > rests[first] { at } else { first });
        shares[first] += 1;
        rests[first] = 0;
    }
}

/// Gives one more to so many as are left: to those with the largest remainders, ties to the earlier. Remainders are counted by their upper bits,
/// so that only those few are compared that share them with the last one.
fn give_left(left: u64, sum: u64, rests: &[u32], shares: &mut [i64]) {
    let shift = (u64::BITS - sum.leading_zeros()).saturating_sub(BUCKET_BITS);
    let mut counts = [0_u16; 1 << BUCKET_BITS];
    rests.iter().for_each(|&rest| counts[bucket(rest, shift)] += 1);
    let (mut last, mut before) = (counts.len() - 1, 0);
    while last > 0 && before + u64::from(counts[last]) < left {
        before += u64::from(counts[last]);
        last -= 1;
    }
    let mut close: SmallVec<[(Reverse<u32>, usize); 8]> = SmallVec::new();
    for (at, (&rest, share)) in rests.iter().zip(shares.iter_mut()).enumerate() {
        let bucket = bucket(rest, shift);
        *share += i64::from(bucket > last);
        if bucket == last {
            close.push((Reverse(rest), at));
        }
    }
    close.sort_unstable();
    let left = usize::try_from(left.saturating_sub(before)).unwrap_or(usize::MAX);
    close.iter().take(left).for_each(|&(_, at)| shares[at] += 1);
}

/// The upper bits of a remainder by which it is counted.
const BUCKET_BITS: u32 = 6;

fn bucket(rest: u32, shift: u32) -> usize {
    (rest >> shift) as usize & ((1 << BUCKET_BITS) - 1)
}

/// [`allocate`] over a few units, which needs no memory; none where the weights are not small, or the total is more than they are together.
#[must_use]
#[inline]
pub fn allocate_units<const UNITS: usize>(total: i64, weights: [i64; UNITS]) -> Option<[i64; UNITS]> {
    let small = |bits: u64| bits >> SMALL_BITS == 0;
    let bits = weights.iter().fold(total.cast_unsigned(), |bits, weight| bits | weight.cast_unsigned());
    let sum = if small(bits) { weights.iter().sum() } else { 0_i64 };
    if sum == 0 || total > sum || !small(sum.cast_unsigned()) {
        return None;
    }
    // As in `allocate_small`, a weight times this, without its lower 32 bits, is the weight's share or one less.
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
