//! Instants as the core knows them: milliseconds since 1970 in UTC, written as RFC 3339. No clock and no time zone.

use crate::tree::texts;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = DateTime, example = "2026-01-15T12:00:00Z"))]
#[serde(try_from = "String", into = "String")]
pub struct Instant(pub i64);

/// The text is no RFC 3339 instant in UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadInstant(String);

impl fmt::Display for BadInstant {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no instant; write it in UTC, like 2026-01-15T12:00:00Z", self.0)
    }
}

impl std::error::Error for BadInstant {}

const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar, by Howard Hinnant's `days_from_civil`.
#[inline]
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The date of a day since 1970-01-01, by Howard Hinnant's `civil_from_days`.
#[inline]
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

impl Instant {
    /// The month, from 1 to 12, on a clock that is so many minutes ahead of UTC.
    #[must_use]
    #[inline]
    pub fn month(self, utc_offset_minutes: i32) -> u8 {
        let local = self.0.saturating_add(i64::from(utc_offset_minutes) * MINUTE_MS);
        u8::try_from(civil_from_days(local.div_euclid(DAY_MS)).1).expect("a month is from 1 to 12")
    }
}

#[inline]
fn month_days(year: i64, month: i64) -> i64 {
    let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    days_from_civil(next.0, next.1, 1) - days_from_civil(year, month, 1)
}

impl FromStr for Instant {
    type Err = BadInstant;

    #[inline]
    fn from_str(text: &str) -> Result<Self, BadInstant> {
        parse(text).ok_or_else(|| BadInstant(text.to_owned()))
    }
}

#[inline]
fn number(text: &str, at: std::ops::Range<usize>) -> Option<i64> {
    let digits = text.get(at)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

#[inline]
fn parse(text: &str) -> Option<Instant> {
    let shape = text.len() >= 20 && text.is_ascii() && text.ends_with('Z');
    let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    if !shape || marks.iter().any(|&(at, mark)| text.as_bytes()[at] != mark) {
        return None;
    }
    let (year, month, day) = (number(text, 0..4)?, number(text, 5..7)?, number(text, 8..10)?);
    let (hour, minute, second) = (number(text, 11..13)?, number(text, 14..16)?, number(text, 17..19)?);
    let in_range = (1..=12).contains(&month) && day >= 1 && hour < 24 && minute < 60 && second < 60;
    if !in_range || day > month_days(year, month) {
        return None;
    }
    let fraction = match &text[19..text.len() - 1] {
        "" => 0,
        rest => milliseconds(rest)?,
    };
    let seconds = hour * 3600 + minute * 60 + second;
    Some(Instant(days_from_civil(year, month, day) * DAY_MS + seconds * 1000 + fraction))
}

/// `.5` is 500; digits past the third are dropped.
#[inline]
fn milliseconds(fraction: &str) -> Option<i64> {
    let digits = fraction.strip_prefix('.')?;
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    let padded = format!("{digits:0<3}");
    number(digits, 0..digits.len())?;
    number(&padded, 0..3)
}

texts!(Instant);

impl TryFrom<String> for Instant {
    type Error = BadInstant;
    #[inline]
    fn try_from(text: String) -> Result<Self, BadInstant> {
        text.parse()
    }
}

impl From<Instant> for String {
    #[inline]
    fn from(instant: Instant) -> Self {
        instant.to_string()
    }
}

impl fmt::Display for Instant {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(self.0.div_euclid(DAY_MS));
        let ms = self.0.rem_euclid(DAY_MS);
        let (hour, minute, second) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        match ms % 1000 {
            0 => f.write_str("Z"),
            fraction => write!(f, ".{fraction:03}Z"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_read_and_write_the_same() {
        for text in ["1970-01-01T00:00:00Z", "2026-01-15T12:00:00Z", "2024-02-29T23:59:59.250Z", "1969-12-31T23:59:59Z"]
        {
            assert_eq!(text.parse::<Instant>().unwrap().to_string(), text);
        }
        assert_eq!("2026-01-15T12:00:00Z".parse::<Instant>().unwrap(), Instant(1_768_478_400_000));
    }

    #[test]
    fn the_month_is_that_of_the_clock() {
        for (at, ahead, month) in [
            ("2026-01-31T15:59:59Z", 480, 1),
            ("2026-01-31T16:00:00Z", 480, 2),
            ("2027-01-01T03:00:00Z", -300, 12),
            ("1969-12-31T23:59:59Z", 0, 12),
        ] {
            assert_eq!(at.parse::<Instant>().unwrap().month(ahead), month, "{at}");
        }
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        for text in ["", "2026-01-15", "2026-02-29T00:00:00Z", "2026-01-15T24:00:00Z", "2026-01-15T12:00:00+08:00"] {
            assert!(text.parse::<Instant>().is_err(), "{text}");
        }
    }
}
