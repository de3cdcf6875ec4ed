//! All balances as the sums of their postings: the model that databases are held against.

use super::{Account, Entry, Unit};
use money::Overflow;
use std::collections::BTreeMap;

/// The balances that entries make.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Books(BTreeMap<(Account, Unit), i64>);

/// An entry that would leave an account of a holder below zero, or past 64 bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Short {
    /// Which.
    pub account: Account,
    /// What it holds.
    pub balance: i64,
}

impl Books {
    /// What an account holds.
    #[must_use]
    pub fn balance(&self, account: &Account, unit: Unit) -> i64 {
        self.0.get(&(account.clone(), unit)).copied().unwrap_or(0)
    }

    /// Writes an entry, all of it or nothing.
    ///
    /// # Errors
    /// [`Short`] with the first account, in their order, that can't take its postings.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), Short> {
        let mut after = self.0.clone();
        for posting in entry.postings() {
            let key = (posting.account.clone(), posting.unit);
            let balance = after.get(&key).copied().unwrap_or(0);
            let short = Short { account: posting.account.clone(), balance };
            let sum = balance.checked_add(posting.amount).ok_or_else(|| short.clone())?;
            if sum < 0 && posting.account.is_guarded() {
                return Err(short);
            }
            after.insert(key, sum);
        }
        self.0 = after;
        Ok(())
    }

    /// What all accounts of a unit sum to: 0, whatever was written.
    ///
    /// # Errors
    /// If the sum does not fit into 64 bits.
    pub fn sum(&self, unit: Unit) -> Result<i64, Overflow> {
        let mut of_unit = self.0.iter().filter(|((_, of), _)| *of == unit).map(|(_, balance)| *balance);
        of_unit.try_fold(0_i64, i64::checked_add).ok_or(Overflow)
    }

    /// All balances that are not zero, by account.
    pub fn iter(&self) -> impl Iterator<Item = (&Account, Unit, i64)> {
        self.0.iter().filter(|(_, balance)| **balance != 0).map(|((account, unit), balance)| (account, *unit, *balance))
    }
}
