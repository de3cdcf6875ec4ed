//! The floor of a refund, whatever the order of returns: a set of units stands at the most that any part of it stands at.

use super::{
    ReturnError,
    kept::{Case, Standing},
    step::on_top,
};
use std::{cmp::Reverse, collections::BTreeSet};

/// The most parts of a set of returned units that are priced to find the one that stands at the most.
pub const PARTS_MAX: usize = 100;

/// What a set of returned units stands at.
pub(super) struct Floored {
    /// What comes back for goods: tax in, less charged gifts; never negative.
    pub(super) net: i64,
    /// The tax of the goods in it.
    pub(super) tax: i64,
    /// True if the set stands at what it is worth itself.
    pub(super) own: bool,
    /// False if not all parts that could stand at more were priced.
    pub(super) proved: bool,
    /// The set itself.
    pub(super) itself: Standing,
}

/// What the set stands at. `record` is what was given back so far, net and tax, where not all parts can be priced.
pub(super) fn floored(case: &Case, units: &[i64], gifts: &[i64], record: (i64, i64)) -> Result<Floored, ReturnError> {
    let itself = case.at(units, gifts)?;
    let own = (net(case, &itself, case.worth(units)?), itself.tax);
    if !case.quotes_again() {
        return Ok(Floored { net: own.0, tax: own.1, own: true, proved: true, itself });
    }
    let (mut best, proved) = best_part(case, units, gifts, own)?;
    if !proved && record.0 > best.0 {
        best = record;
    }
    Ok(Floored { net: best.0, tax: best.1, own: best.0 == own.0, proved, itself })
}

/// What a standing gives back: never more than the units cost without re-evaluated promotions.
fn net(case: &Case, standing: &Standing, worth: i64) -> i64 {
    (standing.goods + on_top(case.original.quote, standing.tax)).min(worth) - standing.charge
}

/// Net and tax of the part that stands at the most, and whether that is proved. The parts are taken the most worthy first, of equals the
/// larger in the first line; no part stands at more than it is worth, so the rest is left as soon as it can't stand at more. `own` is the set itself.
fn best_part(case: &Case, units: &[i64], gifts: &[i64], own: (i64, i64)) -> Result<((i64, i64), bool), ReturnError> {
    let mut best = if own.0 < 0 { (0, 0) } else { own };
    let mut open = BTreeSet::new();
    shrink(case, units, 0, &mut open)?;
    for _ in 0..PARTS_MAX {
        let Some((Reverse(worth), part, at)) = open.pop_first() else { return Ok((best, true)) };
        if worth <= best.0 {
            return Ok((best, true));
        }
        let part: Vec<i64> = part.into_iter().map(|Reverse(units)| units).collect();
        let standing = case.at(&part, gifts)?;
        let net = net(case, &standing, worth);
        if net > best.0 {
            best = (net, standing.tax);
        }
        shrink(case, &part, at, &mut open)?;
    }
    let rest = open.first().is_none_or(|(Reverse(worth), ..)| *worth <= best.0);
    Ok((best, rest))
}

/// A part by its worth, its units, and the first line that may lose a unit, so that no part is met twice.
type Open = BTreeSet<(Reverse<i64>, Vec<Reverse<i64>>, usize)>;

/// Opens each part that lacks one more unit.
fn shrink(case: &Case, part: &[i64], from: usize, open: &mut Open) -> Result<(), ReturnError> {
    for at in (from..part.len()).filter(|&at| part[at] > 0) {
        let mut less = part.to_vec();
        less[at] -= 1;
        open.insert((Reverse(case.worth(&less)?), less.into_iter().map(Reverse).collect(), at));
    }
    Ok(())
}
