//! `{"weekly": {"days": ["tue"], "from": "18:00", "to": "22:00", "zone": "Asia/Shanghai", "known": [..], "instants": [..]}}`: certain hours of
//! certain days of the week, on the clock of a time zone.
//!
//! The core has no time-zone data. Publishing a book computes the windows as instants over a stated span and writes them beside the
//! merchant's words; see `services::windows`. A book in which that is missing is refused.

use super::{Check, Condition, Rule};
use crate::{
    book::Compiler,
    engine::State,
    time::Instant,
    trace::Reason,
    tree::{reads, texts, words},
};
use serde::Serialize;
use std::{fmt, str::FromStr};

/// It is one of these hours.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Weekly {
    /// The hours.
    pub weekly: Hours,
}

reads! { Weekly { weekly } }

/// Hours of the week: what the merchant wrote, and what publishing computed of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The days on which a window begins.
    pub days: Vec<Day>,
    /// When it begins.
    pub from: TimeOfDay,
    /// When it ends; before `from` it is the next day's. `24:00` is the end of the day.
    pub to: TimeOfDay,
    /// The IANA name of the time zone whose clock counts, such as `Asia/Shanghai`: the store's.
    pub zone: String,
    /// The span over which `instants` are computed, first included and last not; none before publishing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<(Instant, Instant)>,
    /// Begin and end of each window within the span, sorted; they neither touch nor overlap. The end is no longer in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instants: Vec<(Instant, Instant)>,
}

reads! { Hours { days, from, to, zone; known = None, instants = Vec::new() } }

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

words! { Day { Mon = "mon", Tue = "tue", Wed = "wed", Thu = "thu", Fri = "fri", Sat = "sat", Sun = "sun" } }

/// A time on a clock to the minute, from `00:00` to `24:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay {
    minutes: u16,
}

/// The text is no time of day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadTimeOfDay(String);

impl fmt::Display for BadTimeOfDay {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no time of day; write it like 18:00, from 00:00 to 24:00", self.0)
    }
}

impl std::error::Error for BadTimeOfDay {}

const DAY_MINUTES: u16 = 24 * 60;

impl TimeOfDay {
    /// Minutes since the day began, at most 1440.
    #[must_use]
    #[inline]
    pub fn minutes(self) -> u16 {
        self.minutes
    }
}

impl FromStr for TimeOfDay {
    type Err = BadTimeOfDay;

    #[inline]
    fn from_str(text: &str) -> Result<Self, BadTimeOfDay> {
        let digits = |part: &str| (part.len() == 2).then(|| part.parse::<u8>().ok()).flatten().map(u16::from);
        let parts = text.split_once(':').and_then(|(hour, minute)| Some((digits(hour)?, digits(minute)?)));
        let minutes = parts.filter(|(_, minute)| *minute < 60).map(|(hour, minute)| hour * 60 + minute);
        let minutes = minutes.filter(|minutes| *minutes <= DAY_MINUTES && text.bytes().all(|byte| byte != b'+'));
        minutes.map(|minutes| Self { minutes }).ok_or_else(|| BadTimeOfDay(text.to_owned()))
    }
}

texts!(TimeOfDay);

impl TryFrom<String> for TimeOfDay {
    type Error = BadTimeOfDay;

    #[inline]
    fn try_from(text: String) -> Result<Self, BadTimeOfDay> {
        text.parse()
    }
}

impl From<TimeOfDay> for String {
    #[inline]
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

impl fmt::Display for TimeOfDay {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

impl Hours {
    /// What is wrong with the merchant's own words, whether instants are computed or not.
    ///
    /// # Errors
    /// No day, a window of no length, or one that begins when the day is over.
    pub fn check(&self) -> Result<(), String> {
        if self.days.is_empty() {
            return Err("weekly needs at least one day, such as \"tue\"".to_owned());
        }
        if self.from == self.to || self.from.minutes == DAY_MINUTES {
            return Err(format!(
                "weekly from {} to {} is no window; the whole day is 00:00 to 24:00",
                self.from, self.to
            ));
        }
        Ok(())
    }
}

impl Condition {
    /// Shows every `weekly` in these conditions, nested ones too, so that publishing can compute their instants.
    #[inline]
    pub fn each_weekly<E>(conditions: &mut [Self], see: &mut dyn FnMut(&mut Hours) -> Result<(), E>) -> Result<(), E> {
        conditions.iter_mut().try_for_each(|one| match one {
            Self::Weekly(weekly) => see(&mut weekly.weekly),
            Self::Any(any) => Self::each_weekly(&mut any.any, see),
            Self::Not(not) => Self::each_weekly(std::slice::from_mut(&mut *not.not), see),
            _ => Ok(()),
        })
    }
}

#[derive(Debug)]
struct Compiled {
    known: (Instant, Instant),
    windows: Vec<(Instant, Instant)>,
}

impl Rule for Weekly {
    const KEY: &'static str = "weekly";

    #[inline]
    fn compile(&self, _: &mut Compiler) -> Result<Box<dyn Check>, String> {
        let hours = &self.weekly;
        hours.check()?;
        let Some(known) = hours.known else {
            return Err("the windows of weekly are not computed yet; publish the book, which computes them".to_owned());
        };
        let windows = hours.instants.clone();
        let sorted = windows.windows(2).all(|pair| pair[0].1 < pair[1].0);
        if !sorted || windows.iter().any(|(starts, ends)| starts >= ends) {
            return Err("the instants of weekly are out of order; publish the book, which computes them".to_owned());
        }
        Ok(Box::new(Compiled { known, windows }))
    }
}

impl Check for Compiled {
    /// An instant outside the span that was computed is never taken for one outside the windows.
    fn check(&self, state: &State) -> Option<Reason> {
        let at = state.context.at;
        if at < self.known.0 || at >= self.known.1 {
            return Some(Reason::WindowsUnknown { from: self.known.0, until: self.known.1 });
        }
        let begun = self.windows.partition_point(|(starts, _)| *starts <= at);
        let inside = begun > 0 && at < self.windows[begun - 1].1;
        let next = self.windows.get(begun).map(|(starts, _)| *starts);
        (!inside).then_some(Reason::OutsideHours { next })
    }
}
