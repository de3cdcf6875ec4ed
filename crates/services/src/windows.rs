//! Hours of the week as instants. Publishing a book computes them, so that the pricing core and the browser need no time-zone data.

use crate::{Result, ServiceError};
use jiff::{
    Timestamp,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use pricing::{
    Instant,
    book::{PriceBook, Promotion},
    condition::{Condition, Day, Hours, TimeOfDay},
};

/// How far ahead windows are computed at the most. A book that holds longer must be published again.
const HORIZON_DAYS: i64 = 400;
const DAY_MS: i64 = 86_400_000;

/// Begin and end; the end is no longer in it.
type Span = (Instant, Instant);

/// Computes the windows of every `weekly` condition of the book: from the beginning of the month of `from` in UTC, or the promotion's start, to
/// the promotion's end, at most 400 days on. What stood there before is replaced. Publishing twice in a month gives the same book.
///
/// A clock that is put forward or back within a window makes it shorter or longer; where it begins or ends at an hour that the day does not
/// have, it does so an hour later, and at one that the day has twice, at the first.
///
/// # Errors
/// [`ServiceError::BadData`] with every promotion whose hours make no window or whose time zone does not exist.
pub(crate) fn expand(book: &mut PriceBook, from: Instant) -> Result<()> {
    let mut faults = Vec::new();
    for promotion in &mut book.promotions {
        let span = span(promotion, from).map_err(ServiceError::internal)?;
        let computed = Condition::each_weekly(&mut promotion.conditions, &mut |hours| compute(hours, span));
        faults.extend(computed.err().map(|message| format!("promotion {}: {message}", promotion.id)));
    }
    if faults.is_empty() { Ok(()) } else { Err(ServiceError::BadData(faults)) }
}

fn span(promotion: &Promotion, from: Instant) -> Result<Span, jiff::Error> {
    let first = day_of(from, &TimeZone::UTC)?.first_of_month();
    let first = Instant(first.to_zoned(TimeZone::UTC)?.timestamp().as_millisecond());
    let begin = promotion.starts.map_or(first, |starts| starts.max(first));
    let horizon = Instant(first.0 + HORIZON_DAYS * DAY_MS);
    Ok((begin, promotion.ends.map_or(horizon, |ends| ends.min(horizon)).max(begin)))
}

fn compute(hours: &mut Hours, span: Span) -> Result<(), String> {
    hours.check()?;
    let zone = TimeZone::get(&hours.zone).map_err(|_| {
        format!("there is no time zone {:?}; write the IANA name of the store's, such as Asia/Shanghai", hours.zone)
    })?;
    hours.instants = windows(hours, &zone, span).map_err(|error| error.to_string())?;
    hours.known = Some(span);
    Ok(())
}

/// The windows within a span, sorted; those that touch are one.
fn windows(hours: &Hours, zone: &TimeZone, span: Span) -> Result<Vec<Span>, jiff::Error> {
    let mut windows: Vec<Span> = Vec::new();
    // The window of the evening before may reach into the span.
    let (mut day, last) = (day_of(span.0, zone)?.yesterday()?, day_of(span.1, zone)?);
    while day <= last {
        let window = window(hours, zone, day)?;
        let (starts, ends) = (window.0.max(span.0), window.1.min(span.1));
        day = day.tomorrow()?;
        if starts >= ends || !hours.days.contains(&name(window.2)) {
            continue;
        }
        match windows.last_mut() {
            Some(before) if before.1 >= starts => before.1 = before.1.max(ends),
            _ => windows.push((starts, ends)),
        }
    }
    Ok(windows)
}

/// The window that begins on a day, with the day of the week.
fn window(hours: &Hours, zone: &TimeZone, day: Date) -> Result<(Instant, Instant, Weekday), jiff::Error> {
    let last = if hours.to < hours.from { day.tomorrow()? } else { day };
    Ok((instant(day, hours.from, zone)?, instant(last, hours.to, zone)?, day.weekday()))
}

fn instant(day: Date, time: TimeOfDay, zone: &TimeZone) -> Result<Instant, jiff::Error> {
    let (hour, minute) = (time.minutes() / 60, time.minutes() % 60);
    let (day, hour) = if hour == 24 { (day.tomorrow()?, 0) } else { (day, hour) };
    let part = |part: u16| i8::try_from(part).expect("hours and minutes are below 60");
    let zoned = day.at(part(hour), part(minute), 0, 0).to_zoned(zone.clone())?;
    Ok(Instant(zoned.timestamp().as_millisecond()))
}

fn day_of(at: Instant, zone: &TimeZone) -> Result<Date, jiff::Error> {
    Ok(Timestamp::from_millisecond(at.0)?.to_zoned(zone.clone()).date())
}

fn name(day: Weekday) -> Day {
    match day {
        Weekday::Monday => Day::Mon,
        Weekday::Tuesday => Day::Tue,
        Weekday::Wednesday => Day::Wed,
        Weekday::Thursday => Day::Thu,
        Weekday::Friday => Day::Fri,
        Weekday::Saturday => Day::Sat,
        Weekday::Sunday => Day::Sun,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]
mod tests {
    use super::*;
    use pricing::CompiledBook;
    use serde_json::{Value, json};

    fn book(schedule: &Value, hours: &str) -> PriceBook {
        let hours: Value = serde_json::from_str(hours).unwrap();
        let mut promotion = json!({
            "id": "P", "class": "order", "if": [{"any": [{"not": {"weekly": hours}}]}], "then": {"percent": "10", "on": "order"},
        });
        promotion["starts"] = schedule[0].clone();
        promotion["ends"] = schedule[1].clone();
        let book = json!({"format": 1, "currency": "CNY", "skus": [], "promotions": [promotion]});
        serde_json::from_value(book).unwrap()
    }

    fn hours(book: &PriceBook) -> Hours {
        let mut found = Vec::new();
        let mut conditions = book.promotions[0].conditions.clone();
        let see = &mut |hours: &mut Hours| {
            found.push(hours.clone());
            Ok::<(), ()>(())
        };
        Condition::each_weekly(&mut conditions, see).unwrap();
        found.remove(0)
    }

    /// The windows of a promotion between two instants, as `begin/end`.
    #[track_caller]
    fn check(between: [&str; 2], weekly: &str, expected: &[&str]) {
        let mut book = book(&json!(between), weekly);
        assert!(CompiledBook::new(book.clone()).is_err(), "a book that was not published is refused");
        expand(&mut book, between[0].parse().unwrap()).unwrap();
        let windows = hours(&book).instants;
        let windows: Vec<String> = windows.iter().map(|(starts, ends)| format!("{starts}/{ends}")).collect();
        assert_eq!(windows, expected, "{weekly}");
        CompiledBook::new(book).unwrap();
    }

    #[test]
    fn an_evening_every_week() {
        check(
            ["2026-01-05T00:00:00Z", "2026-01-19T00:00:00Z"],
            r#"{"days": ["tue"], "from": "18:00", "to": "22:00", "zone": "Asia/Shanghai"}"#,
            &["2026-01-06T10:00:00Z/2026-01-06T14:00:00Z", "2026-01-13T10:00:00Z/2026-01-13T14:00:00Z"],
        );
    }

    #[test]
    fn past_midnight_and_whole_days() {
        // Saturday's window reaches into the span, and the last one is cut off at its end.
        check(
            ["2026-01-04T00:30:00Z", "2026-01-10T23:00:00Z"],
            r#"{"days": ["sat"], "from": "22:00", "to": "02:00", "zone": "UTC"}"#,
            &["2026-01-04T00:30:00Z/2026-01-04T02:00:00Z", "2026-01-10T22:00:00Z/2026-01-10T23:00:00Z"],
        );
        // Whole days that follow one another are one window.
        check(
            ["2026-01-05T00:00:00Z", "2026-01-12T00:00:00Z"],
            r#"{"days": ["fri", "sat", "mon"], "from": "00:00", "to": "24:00", "zone": "UTC"}"#,
            &["2026-01-05T00:00:00Z/2026-01-06T00:00:00Z", "2026-01-09T00:00:00Z/2026-01-11T00:00:00Z"],
        );
    }

    #[test]
    fn clocks_that_are_put_forward_and_back() {
        // New York, 8 March 2026: two o'clock becomes three. 1 November: two o'clock becomes one.
        check(
            ["2026-03-01T00:00:00Z", "2026-03-16T00:00:00Z"],
            r#"{"days": ["sun"], "from": "18:00", "to": "20:00", "zone": "America/New_York"}"#,
            &[
                "2026-03-01T23:00:00Z/2026-03-02T01:00:00Z",
                "2026-03-08T22:00:00Z/2026-03-09T00:00:00Z",
                "2026-03-15T22:00:00Z/2026-03-16T00:00:00Z",
            ],
        );
        let sunday = |from: &str, to: &str| {
            format!(r#"{{"days": ["sun"], "from": "{from}", "to": "{to}", "zone": "America/New_York"}}"#)
        };
        let march = ["2026-03-08T00:00:00Z", "2026-03-09T00:00:00Z"];
        check(march, &sunday("01:00", "04:00"), &["2026-03-08T06:00:00Z/2026-03-08T08:00:00Z"]);
        check(march, &sunday("02:15", "02:45"), &["2026-03-08T07:15:00Z/2026-03-08T07:45:00Z"]);
        // The clock never shows half past two, and at three the window is over.
        check(march, &sunday("02:30", "03:00"), &[]);
        let november = ["2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"];
        check(november, &sunday("00:00", "03:00"), &["2026-11-01T04:00:00Z/2026-11-01T08:00:00Z"]);
        check(november, &sunday("01:30", "02:30"), &["2026-11-01T05:30:00Z/2026-11-01T07:30:00Z"]);
    }

    #[test]
    fn how_far_windows_are_computed() {
        let tuesdays = r#"{"days": ["tue"], "from": "18:00", "to": "22:00", "zone": "Asia/Shanghai"}"#;
        let known = |schedule: Value, from: &str| {
            let mut book = book(&schedule, tuesdays);
            expand(&mut book, from.parse().unwrap()).unwrap();
            let once = book.clone();
            expand(&mut book, from.parse().unwrap()).unwrap();
            assert_eq!(book, once, "publishing again changes nothing");
            let (from, until) = hours(&book).known.unwrap();
            (format!("{from}/{until}"), hours(&book).instants.len())
        };
        let open = known(json!([null, null]), "2026-01-15T12:00:00Z");
        assert_eq!(open, ("2026-01-01T00:00:00Z/2027-02-05T00:00:00Z".to_owned(), 57));
        assert_eq!(known(json!([null, null]), "2026-01-31T23:59:59Z"), open);
        let later = known(json!(["2026-03-01T00:00:00Z", "2026-03-08T00:00:00Z"]), "2026-01-15T12:00:00Z");
        assert_eq!(later, ("2026-03-01T00:00:00Z/2026-03-08T00:00:00Z".to_owned(), 1));
        // A promotion that begins behind the horizon has no windows yet, and its book is published again before.
        let far = known(json!(["2028-01-01T00:00:00Z", null]), "2026-01-15T12:00:00Z");
        assert_eq!(far, ("2028-01-01T00:00:00Z/2028-01-01T00:00:00Z".to_owned(), 0));
    }

    #[test]
    fn hours_that_make_no_sense_are_refused() {
        let refuse = |hours: &str| match expand(&mut book(&json!([null, null]), hours), Instant(0)) {
            Err(ServiceError::BadData(faults)) => faults.join("; "),
            other => panic!("{other:?}"),
        };
        let moon = refuse(r#"{"days": ["tue"], "from": "18:00", "to": "22:00", "zone": "Moon/Sea"}"#);
        assert!(moon.contains("promotion P: there is no time zone \"Moon/Sea\""), "{moon}");
        let empty = refuse(r#"{"days": [], "from": "18:00", "to": "22:00", "zone": "UTC"}"#);
        assert!(empty.contains("at least one day"), "{empty}");
    }
}
