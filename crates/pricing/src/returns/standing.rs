//! The floor of a refund, whatever the order of returns: a set of units stands at the most that any part of it stands at.

use super::{
    ReturnError,
    kept::{Case, Standing},
};

/// The most parts of a set of returned units that are compared: each costs one quote.
pub const WAYS_MAX: u64 = 1_000;

/// What a set of returned units stands at.
pub(super) struct Floored {
    /// What comes back for goods: tax in, less charged gifts; never negative.
    pub(super) net: i64,
    /// The tax of the goods in it.
    pub(super) tax: i64,
    /// True if the set stands at what it is worth itself.
    pub(super) own: bool,
    /// False if there were too many parts to compare.
    pub(super) listed: bool,
    /// The set itself.
    pub(super) itself: Standing,
}

/// What the set stands at. `record` is what was given back so far, net and tax, for sets with too many parts.
pub(super) fn floored(case: &Case, units: &[i64], gifts: &[i64], record: (i64, i64)) -> Result<Floored, ReturnError> {
    let itself = case.at(units, gifts)?;
    let own = (net(case, &itself), itself.tax);
    let listed = !case.quotes_again() || ways(units).is_some();
    let other = match (case.quotes_again(), listed) {
        (false, _) => own,
        (true, true) => best_part(case, units, gifts)?,
        (true, false) => record,
    };
    let (net, tax) = if other.0 > own.0 { other } else { own };
    Ok(Floored { net, tax, own: other.0 <= own.0, listed, itself })
}

/// How many parts a set has, itself and nothing among them; none if there are more than [`WAYS_MAX`].
fn ways(units: &[i64]) -> Option<u64> {
    let parts = |ways: u64, &units: &i64| ways.checked_mul(units.unsigned_abs() + 1).filter(|ways| *ways <= WAYS_MAX);
    units.iter().try_fold(1, parts)
}

fn net(case: &Case, standing: &Standing) -> i64 {
    let added = if case.original.quote.tax_included { 0 } else { standing.tax };
    standing.goods + added - standing.charge
}

/// Net and tax of the part that stands at the most; of equal ones the first, counted up from nothing with the first line turning fastest.
fn best_part(case: &Case, units: &[i64], gifts: &[i64]) -> Result<(i64, i64), ReturnError> {
    let mut part = vec![0; units.len()];
    let mut best = (0, 0);
    while count_up(&mut part, units) {
        let standing = case.at(&part, gifts)?;
        let net = net(case, &standing);
        if net > best.0 {
            best = (net, standing.tax);
        }
    }
    Ok(best)
}

/// The next part of the set; false after the last one.
fn count_up(part: &mut [i64], units: &[i64]) -> bool {
    for (count, &most) in part.iter_mut().zip(units) {
        if *count < most {
            *count += 1;
            return true;
        }
        *count = 0;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_counted_once() {
        let (units, mut part, mut seen) = ([2, 0, 1], vec![0; 3], vec![vec![0; 3]]);
        while count_up(&mut part, &units) {
            seen.push(part.clone());
        }
        assert_eq!(seen, [[0, 0, 0], [1, 0, 0], [2, 0, 0], [0, 0, 1], [1, 0, 1], [2, 0, 1]]);
        assert_eq!(ways(&units), Some(6));
        assert_eq!((ways(&[999]), ways(&[999, 1]), ways(&[i64::MAX, i64::MAX])), (Some(1_000), None, None));
    }
}
