//! What happened once, in balance or not at all.

use super::{Account, Unit};
use money::Overflow;
use std::{collections::BTreeMap, fmt};

/// One side of what happened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    /// Whose.
    pub account: Account,
    /// Of what.
    pub unit: Unit,
    /// More (positive) or less (negative) for the account; never 0.
    pub amount: i64,
}

/// What happened once. Kind and reference name it: the same pair is never written twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    kind: &'static str,
    reference: String,
    postings: Vec<Posting>,
}

/// Why postings make no entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadEntry {
    /// There are none, or one of them moves nothing.
    Nothing,
    /// They do not sum to zero in this unit.
    Unbalanced {
        /// In which.
        unit: Unit,
        /// What they sum to.
        sum: i64,
    },
    /// Their sum does not fit into 64 bits.
    Overflow,
}

impl fmt::Display for BadEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("an entry needs postings, and each must move something"),
            Self::Unbalanced { unit, sum } => write!(f, "the postings in {unit} sum to {sum} and not to 0"),
            Self::Overflow => Overflow.fmt(f),
        }
    }
}

impl std::error::Error for BadEntry {}

impl Entry {
    /// An entry of postings, which are sorted by account, so that whoever locks them does so in the same order as all others.
    ///
    /// # Errors
    /// If the postings move nothing or do not sum to zero in every unit.
    pub fn new(kind: &'static str, reference: impl Into<String>, mut postings: Vec<Posting>) -> Result<Self, BadEntry> {
        if postings.is_empty() || postings.iter().any(|posting| posting.amount == 0) {
            return Err(BadEntry::Nothing);
        }
        let mut sums: BTreeMap<Unit, i64> = BTreeMap::new();
        for posting in &postings {
            let sum = sums.entry(posting.unit).or_default();
            *sum = sum.checked_add(posting.amount).ok_or(BadEntry::Overflow)?;
        }
        if let Some((unit, sum)) = sums.into_iter().find(|(_, sum)| *sum != 0) {
            return Err(BadEntry::Unbalanced { unit, sum });
        }
        postings.sort();
        Ok(Self { kind, reference: reference.into(), postings })
    }

    /// What kind of thing happened, a stable word.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// Which one of its kind.
    #[must_use]
    pub fn reference(&self) -> &str {
        &self.reference
    }

    /// Its sides, sorted by account.
    #[must_use]
    pub fn postings(&self) -> &[Posting] {
        &self.postings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use money::Currency;

    fn posting(account: Account, unit: Unit, amount: i64) -> Posting {
        Posting { account, unit, amount }
    }

    #[test]
    fn an_entry_balances_in_every_unit_or_is_none() {
        use Account::{PointsIssued as A, PointsSpent as B};
        let cny = Unit::Money(Currency::CNY);
        let check = |postings: &[(Account, Unit, i64)], expected: Result<(), BadEntry>| {
            let postings = postings.iter().cloned().map(|(account, unit, amount)| posting(account, unit, amount));
            assert_eq!(Entry::new("test", "1", postings.collect()).map(drop), expected);
        };
        check(&[(A, Unit::Points, 5), (B, Unit::Points, -5)], Ok(()));
        check(&[(A, Unit::Points, 5), (B, Unit::Points, -3), (B, Unit::Points, -2)], Ok(()));
        check(&[], Err(BadEntry::Nothing));
        check(&[(A, Unit::Points, 0), (B, Unit::Points, 0)], Err(BadEntry::Nothing));
        let unbalanced = |unit, sum| Err(BadEntry::Unbalanced { unit, sum });
        check(&[(A, Unit::Points, 5), (B, Unit::Points, -4)], unbalanced(Unit::Points, 1));
        // Five points are not five cents.
        check(&[(A, Unit::Points, 5), (B, cny, -5)], unbalanced(Unit::Points, 5));
        check(&[(A, Unit::Points, i64::MAX), (B, Unit::Points, 1)], Err(BadEntry::Overflow));
    }
}
