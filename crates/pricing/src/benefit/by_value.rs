//! Benefits as functions of the cart's value: what the search for the best price needs to know of the classes that come later.

use money::Ratio;

/// Shares are kept in parts of this: a power of two, since they are looked at often.
pub(crate) const WHOLE: i128 = 1 << 30;

/// What a benefit takes off all goods together, told by their value alone: for goods of a value, in a state or in any that follows it, no more than that.
#[derive(Clone, Debug)]
pub(crate) enum ByValue {
    /// One of the tiers that are reached.
    Tiers(Vec<Tier>),
    /// `off` for each full `each`, so many `times` at the most.
    Every { off: i64, each: i64, times: i64 },
}

/// From a value on, an amount, or all but a share that is left, in parts of [`WHOLE`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tier {
    pub(crate) from: i64,
    pub(crate) off: i64,
    pub(crate) left: i128,
}

impl ByValue {
    /// An amount, whatever the goods are worth.
    #[inline]
    pub(crate) fn amount(off: i64) -> Self {
        Self::Tiers(vec![Tier { from: 0, off, left: WHOLE }])
    }
}

/// What is left of a whole after a share, in parts of [`WHOLE`], rounded down.
#[inline]
pub(crate) fn left_after(share: Ratio) -> i128 {
    (WHOLE - (WHOLE * i128::from(share.numerator()) / i128::from(share.denominator())).min(WHOLE) - 1).max(0)
}
