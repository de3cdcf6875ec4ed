//! Days, months and years as the shop's own clock shows them. The zone is an offset in minutes, so that nothing is read from anywhere.

use crate::Millis;
use jiff::{
    Span, Timestamp,
    civil::{Date, DateTime, date},
    tz::Offset,
};
use money::Overflow;

fn offset(offset_minutes: i32) -> Result<Offset, Overflow> {
    Offset::from_seconds(offset_minutes.checked_mul(60).ok_or(Overflow)?).map_err(|_| Overflow)
}

fn local(at: Millis, offset_minutes: i32) -> Result<DateTime, Overflow> {
    let at = Timestamp::from_millisecond(at).map_err(|_| Overflow)?;
    Ok(offset(offset_minutes)?.to_datetime(at))
}

fn instant(local: DateTime, offset_minutes: i32) -> Result<Millis, Overflow> {
    let at = offset(offset_minutes)?.to_timestamp(local).map_err(|_| Overflow)?;
    Ok(at.as_millisecond())
}

/// The day on which an instant falls.
///
/// # Errors
/// For instants outside of the years that calendars are made for.
pub fn day_of(at: Millis, offset_minutes: i32) -> Result<Date, Overflow> {
    Ok(local(at, offset_minutes)?.date())
}

/// The same hour so many months later (or earlier, for a negative number); the last day of a month that is too short.
///
/// # Errors
/// For instants outside of the years that calendars are made for.
pub fn add_months(at: Millis, months: i32, offset_minutes: i32) -> Result<Millis, Overflow> {
    let span = Span::new().try_months(months).map_err(|_| Overflow)?;
    let later = local(at, offset_minutes)?.checked_add(span).map_err(|_| Overflow)?;
    instant(later, offset_minutes)
}

/// The instant at which the year ends that comes `years_after` the year of `at`: 0 is the same year.
///
/// # Errors
/// For instants outside of the years that calendars are made for.
pub fn end_of_year(at: Millis, years_after: i16, offset_minutes: i32) -> Result<Millis, Overflow> {
    let year = day_of(at, offset_minutes)?.year().checked_add(years_after).and_then(|year| year.checked_add(1));
    let year = year.filter(|year| (-9999..=9999).contains(year)).ok_or(Overflow)?;
    instant(date(year, 1, 1).at(0, 0, 0, 0), offset_minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHANGHAI: i32 = 480;

    fn at(text: &str) -> Millis {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }

    #[test]
    fn the_shops_own_clock_decides_the_year() {
        // Ten in the evening of the last day in London is the next year in Shanghai.
        let eve = at("2026-12-31T22:00:00Z");
        assert_eq!(end_of_year(eve, 0, 0), Ok(at("2027-01-01T00:00:00Z")));
        assert_eq!(end_of_year(eve, 1, SHANGHAI), Ok(at("2028-12-31T16:00:00Z")));
    }

    #[test]
    fn months_end_where_they_are_too_short() {
        assert_eq!(add_months(at("2026-01-31T01:00:00Z"), 1, SHANGHAI), Ok(at("2026-02-28T01:00:00Z")));
        assert_eq!(add_months(at("2026-03-31T01:00:00Z"), -13, SHANGHAI), Ok(at("2025-02-28T01:00:00Z")));
        assert_eq!(add_months(i64::MAX, 1, 0), Err(Overflow));
        assert_eq!(end_of_year(at("2026-01-01T00:00:00Z"), 9000, 0), Err(Overflow));
    }
}
