//! What the merchant decides about points.

use crate::{DAY_MS, Millis, end_of_year};
use money::Overflow;
use serde::{Deserialize, Serialize};

/// How long points can be spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Expiry {
    /// For ever.
    Never,
    /// Until a year ends, by the shop's own clock.
    EndOfYear {
        /// 0 is the year in which they were earned, 1 the next.
        years_after: i16,
    },
    /// For so many days from when they were earned.
    Days {
        /// How many.
        days: i64,
    },
}

/// What becomes of points that should be taken back, and were spent already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shortfall {
    /// They are the shop's loss.
    #[default]
    WriteOff,
    /// Their worth is to be kept back from the refund, never more than the refund.
    Withhold,
}

/// What the merchant decides about points. A balance is never below zero, whatever is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PointsRules {
    /// Earned points wait for so many days, the time in which goods may come back; 0 is not at all.
    pub pending_days: i64,
    /// How long they can be spent.
    pub expiry: Expiry,
    /// Points that come back after their time was over can be spent for so many days more.
    pub give_back_days: i64,
    /// What becomes of points that should be taken back and were spent.
    pub shortfall: Shortfall,
}

impl Default for PointsRules {
    fn default() -> Self {
        Self {
            pending_days: 15,
            expiry: Expiry::EndOfYear { years_after: 1 },
            give_back_days: 30,
            shortfall: Shortfall::default(),
        }
    }
}

impl PointsRules {
    /// What is wrong with the rules, in English; none if nothing is.
    #[must_use]
    pub fn fault(&self) -> Option<&'static str> {
        let days = 0..=36_500;
        if !days.contains(&self.pending_days) || !days.contains(&self.give_back_days) {
            return Some("days are from 0 to 36500");
        }
        match self.expiry {
            Expiry::EndOfYear { years_after } if !(0..=100).contains(&years_after) => {
                Some("years_after is from 0 to 100")
            }
            Expiry::Days { days } if !(1..=36_500).contains(&days) => Some("points last from 1 to 36500 days"),
            _ => None,
        }
    }

    /// When points that are earned now may be spent, and when their time is over. They can be spent for a day at least, however long they wait.
    ///
    /// # Errors
    /// If an instant is out of range.
    pub fn times(&self, at: Millis, offset_minutes: i32) -> Result<(Millis, Option<Millis>), Overflow> {
        let releases = after_days(at, self.pending_days)?;
        let expires = match self.expiry {
            Expiry::Never => None,
            Expiry::EndOfYear { years_after } => Some(end_of_year(at, years_after, offset_minutes)?),
            Expiry::Days { days } => Some(after_days(at, days)?),
        };
        let least = after_days(releases, 1)?;
        Ok((releases, expires.map(|expires| expires.max(least))))
    }
}

pub(super) fn after_days(at: Millis, days: i64) -> Result<Millis, Overflow> {
    days.checked_mul(DAY_MS).and_then(|span| at.checked_add(span)).ok_or(Overflow)
}
