//! Member levels: reached by what was bought in the last months, at once; kept for a period and a time of grace.

use crate::{DAY_MS, Millis, add_months};
use ids::LevelId;
use money::Overflow;
use serde::{Deserialize, Serialize};

/// What counts towards a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// What was paid for goods that were kept, in minor units.
    Spend,
    /// Orders of which something was kept.
    Orders,
}

/// A level and what it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelRule {
    /// Which.
    pub level: LevelId,
    /// Minor units or orders within the window.
    pub from: i64,
}

/// What the merchant decides about levels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelRules {
    /// What counts.
    pub measure: Measure,
    /// The months, back from now, in which it counts.
    pub window_months: i32,
    /// For so many months a level is kept.
    pub period_months: i32,
    /// Then it stays for so many days more, in which it can still be earned again.
    pub grace_days: i64,
    /// The levels, the lowest first; each takes more than the one before.
    pub levels: Vec<LevelRule>,
}

/// Something that was bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// When.
    pub at: Millis,
    /// What of it was paid and kept, in minor units.
    pub minor: i64,
}

/// Where a member stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The level; none for a member without one.
    pub level: Option<LevelId>,
    /// Until when it is kept. None: for ever, since the shop gave it (or there is none to lose).
    pub until: Option<Millis>,
}

/// Why a standing is another one after a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelChange {
    /// A higher level was reached.
    Up,
    /// The level was earned again for another period.
    Renewed,
    /// The time and the grace of the level are over.
    Down,
}

impl LevelChange {
    /// The stable word, which the database keeps.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Renewed => "renewed",
            Self::Down => "down",
        }
    }
}

/// How far it is to the next level, and how long this one is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What counts.
    pub measure: Measure,
    /// What there is within the window.
    pub reached: i64,
    /// The next level, what it takes, and what is missing; none at the highest.
    pub next: Option<Next>,
    /// What is missing to keep the level for another period; 0 if nothing is. None if it is not lost.
    pub keep: Option<i64>,
    /// Until when the level is kept.
    pub until: Option<Millis>,
    /// When it is lost, if it is not earned again: `until` and the grace.
    pub lost_at: Option<Millis>,
}

/// The next level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// Which.
    pub level: LevelId,
    /// What it takes.
    pub from: i64,
    /// What is missing.
    pub missing: i64,
}

impl LevelRules {
    /// What is wrong with the rules, in English; none if nothing is.
    #[must_use]
    pub fn fault(&self) -> Option<&'static str> {
        let rising = self.levels.windows(2).all(|pair| pair[0].from < pair[1].from);
        let named_once = self.levels.iter().enumerate().all(|(at, rule)| self.rank(&rule.level) == Some(at));
        if !rising || !named_once || self.levels.first().is_none_or(|first| first.from < 1) {
            return Some("levels are listed once each, the lowest first, and each takes more than the one before");
        }
        if !(1..=120).contains(&self.window_months) || !(1..=120).contains(&self.period_months) {
            return Some("months are from 1 to 120");
        }
        (!(0..=3_650).contains(&self.grace_days)).then_some("days of grace are from 0 to 3650")
    }

    fn rank(&self, level: &LevelId) -> Option<usize> {
        self.levels.iter().position(|rule| rule.level == *level)
    }

    /// The instant from which on purchases count at `now`.
    ///
    /// # Errors
    /// If an instant is out of range.
    pub fn window_from(&self, now: Millis, offset_minutes: i32) -> Result<Millis, Overflow> {
        add_months(now, -self.window_months, offset_minutes)
    }

    /// What counts of purchases at `now`.
    ///
    /// # Errors
    /// If an instant or a sum is out of range.
    pub fn measure(&self, purchases: &[Purchase], now: Millis, offset_minutes: i32) -> Result<i64, Overflow> {
        let from = self.window_from(now, offset_minutes)?;
        let mut counted = purchases.iter().filter(|one| from < one.at && one.at <= now && one.minor > 0);
        match self.measure {
            Measure::Orders => i64::try_from(counted.count()).map_err(|_| Overflow),
            Measure::Spend => counted.try_fold(0_i64, |sum, one| sum.checked_add(one.minor)).ok_or(Overflow),
        }
    }

    fn merited(&self, reached: i64) -> Option<usize> {
        self.levels.iter().rposition(|rule| rule.from <= reached)
    }

    fn lost_at(&self, standing: &Standing) -> Option<Millis> {
        standing.until.map(|until| until.saturating_add(self.grace_days.saturating_mul(DAY_MS)))
    }

    /// Looks at a standing: what it is now and what changed; none if nothing did. A higher level is reached at once. A level whose period is over is
    /// renewed if what it takes was reached again, also within the grace, and else lost when the grace is over, to the level that was
    /// reached. Levels that the rules do not name, and those that the shop gave, are never lowered.
    ///
    /// # Errors
    /// If an instant is out of range.
    pub fn review(
        &self,
        standing: &Standing,
        reached: i64,
        now: Millis,
        offset_minutes: i32,
    ) -> Result<Option<(Standing, LevelChange)>, Overflow> {
        let has = match &standing.level {
            None => None,
            Some(level) => match self.rank(level) {
                Some(rank) => Some(rank),
                None => return Ok(None),
            },
        };
        let (merited, over) = (self.merited(reached), standing.until.is_some_and(|until| until <= now));
        let change = match () {
            () if merited > has => LevelChange::Up,
            () if !over => return Ok(None),
            () if merited == has => LevelChange::Renewed,
            () if self.lost_at(standing).is_some_and(|lost| lost <= now) => LevelChange::Down,
            () => return Ok(None),
        };
        let level = merited.map(|rank| self.levels[rank].level.clone());
        let until = level.as_ref().map(|_| add_months(now, self.period_months, offset_minutes)).transpose()?;
        Ok(Some((Standing { level, until }, change)))
    }

    /// How far it is to the next level, and how long this one is kept.
    #[must_use]
    pub fn progress(&self, standing: &Standing, reached: i64) -> Progress {
        let rank = standing.level.as_ref().map(|level| self.rank(level));
        let next = match rank {
            None => self.levels.first(),
            // A level that the rules do not name leads nowhere.
            Some(None) => None,
            Some(Some(rank)) => self.levels.get(rank + 1),
        };
        let missing = |rule: &LevelRule| (rule.from - reached).max(0);
        let keep = rank.flatten().filter(|_| standing.until.is_some()).map(|rank| missing(&self.levels[rank]));
        Progress {
            measure: self.measure,
            reached,
            next: next.map(|rule| Next { level: rule.level.clone(), from: rule.from, missing: missing(rule) }),
            keep,
            until: standing.until,
            lost_at: self.lost_at(standing),
        }
    }
}
