//! Instants as an operator writes them.

use jiff::{Timestamp, civil, tz::TimeZone};
use pricing::Instant;

/// An instant: RFC 3339 (`2026-12-01T00:00:00+08:00`), or a date with or without a time on the clock of `zone` (`2026-12-01`,
/// `2026-12-01T08:30`).
///
/// # Errors
/// With what can be written.
pub fn instant(text: &str, zone: &TimeZone) -> Result<Instant, String> {
    let exact = text.parse::<Timestamp>().ok();
    let local = || {
        let date = text.parse::<civil::Date>().map(|date| date.at(0, 0, 0, 0));
        let time = if text.len() > 10 { text.parse::<civil::DateTime>() } else { date };
        time.ok()?.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp())
    };
    let found = exact.or_else(local).map(|timestamp| Instant(timestamp.as_millisecond()));
    found.ok_or_else(|| format!("{text:?} is no instant; write 2026-12-01, 2026-12-01T08:30 or 2026-12-01T00:30:00Z"))
}

/// An instant on the clock of `zone`: `2026-12-01 08:30:00`.
#[must_use]
pub fn local(instant: Instant, zone: &TimeZone) -> String {
    let time = Timestamp::from_millisecond(instant.0).unwrap_or(Timestamp::UNIX_EPOCH);
    time.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_the_shops_own() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let rows = [
            ("2026-12-01", "2026-11-30T16:00:00Z"),
            ("2026-12-01T08:30", "2026-12-01T00:30:00Z"),
            ("2026-12-01T08:30:15", "2026-12-01T00:30:15Z"),
            ("2026-12-01T00:30:00Z", "2026-12-01T00:30:00Z"),
            ("2026-12-01T00:30:00-05:00", "2026-12-01T05:30:00Z"),
        ];
        for (text, expected) in rows {
            let found = instant(text, &zone).unwrap();
            assert_eq!(found.to_string(), expected, "{text}");
        }
        assert_eq!(local("2026-12-01T00:30:00Z".parse().unwrap(), &zone), "2026-12-01 08:30:00");
        for wrong in ["", "tomorrow", "2026-13-01", "2026-02-30", "08:30"] {
            assert!(instant(wrong, &zone).is_err(), "{wrong}");
        }
    }
}
