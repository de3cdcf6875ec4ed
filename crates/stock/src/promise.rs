//! What can be promised of a SKU at a place, and when: from the shelf now, or out of what is under way.

/// What is known of a SKU at a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// Units there.
    pub on_hand: i64,
    /// Units promised to orders.
    pub reserved: i64,
    /// Units that are never promised.
    pub safety: i64,
    /// Units kept for people who walk in: other channels may not take them.
    pub keep_back: i64,
}

impl Shelf {
    /// Units that somebody who holds them can take along: all that nobody else was promised.
    #[must_use]
    pub fn in_hand(&self) -> i64 {
        self.on_hand.saturating_sub(self.reserved).max(0)
    }

    /// Units that can be promised to somebody who stands in front of the shelf.
    #[must_use]
    pub fn available(&self) -> i64 {
        self.spare().max(0)
    }

    /// Units that can be promised from afar.
    #[must_use]
    pub fn from_afar(&self) -> i64 {
        self.spare().saturating_sub(self.keep_back).max(0)
    }

    /// The same before what is missing counts as nothing.
    fn spare(&self) -> i64 {
        self.on_hand.saturating_sub(self.reserved).saturating_sub(self.safety)
    }
}

/// Units under way to the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transit {
    /// How many.
    pub units: i64,
    /// When they should be there, in milliseconds since 1970; none if nobody said.
    pub expected_ms: Option<i64>,
}

/// The clock on the wall of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Milliseconds since 1970.
    pub now_ms: i64,
    /// Minutes by which the place is ahead of UTC.
    pub utc_offset_minutes: i32,
    /// The minute of the day until which goods still leave, or can be taken, on the same day.
    pub cut_off_minute: i64,
}

/// A day of the place's own calendar: days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i64);

const MINUTE_MS: i64 = 60_000;
const DAY_MINUTES: i64 = 1_440;

impl Day {
    /// Year, month and day, by Howard Hinnant's `civil_from_days`.
    #[must_use]
    pub fn date(self) -> (i64, i64, i64) {
        let days = self.0 + 719_468;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        (year_of_era + era * 400 + i64::from(month <= 2), month, day)
    }

    /// The day of the week, from 0 for Sunday.
    #[must_use]
    pub fn weekday(self) -> i64 {
        (self.0 + 4).rem_euclid(7)
    }
}

impl Calendar {
    /// The day of an instant.
    #[must_use]
    pub fn day(&self, ms: i64) -> Day {
        Day(self.minute(ms).div_euclid(DAY_MINUTES))
    }

    fn minute(&self, ms: i64) -> i64 {
        ms.div_euclid(MINUTE_MS) + i64::from(self.utc_offset_minutes)
    }

    /// The first day on which goods that are there at an instant can go on.
    fn leaves(&self, ms: i64) -> Day {
        let late = self.minute(ms).rem_euclid(DAY_MINUTES) >= self.cut_off_minute;
        Day(self.day(ms).0 + i64::from(late))
    }
}

/// When goods can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Today.
    Now,
    /// Tomorrow.
    Tomorrow,
    /// On a later day.
    On(Day),
    /// Nobody knows: there are too few, and too few under way with a date.
    Unknown,
}

/// What can be promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Units that can be promised now.
    pub now: i64,
    /// From each day on, how many units can be promised then, what is there now included; only days on which it is more than before.
    pub later: Vec<(Day, i64)>,
    today: Day,
    first: Day,
}

impl Promise {
    /// When so many units can go on.
    #[must_use]
    pub fn when(&self, wanted: i64) -> When {
        if wanted <= self.now {
            return self.on(self.first);
        }
        self.later.iter().find(|(_, units)| *units >= wanted).map_or(When::Unknown, |(day, _)| self.on(*day))
    }

    fn on(&self, day: Day) -> When {
        match day.0 - self.today.0 {
            ..=0 => When::Now,
            1 => When::Tomorrow,
            _ => When::On(day),
        }
    }
}

/// What can be promised of what is on a shelf (from afar if so said) and of what is under way to it. What should have come before now
/// and has not is promised for tomorrow at the earliest; what has no date is not promised.
#[must_use]
pub fn promise(shelf: &Shelf, from_afar: bool, transits: &[Transit], calendar: &Calendar) -> Promise {
    let keep_back = if from_afar { shelf.keep_back } else { 0 };
    let mut units = shelf.spare().saturating_sub(keep_back);
    let today = calendar.day(calendar.now_ms);
    let arrives = |transit: &Transit| {
        let expected = transit.expected_ms?;
        let day = if expected < calendar.now_ms { Day(today.0 + 1) } else { calendar.leaves(expected) };
        Some((day, transit.units))
    };
    let mut arrivals: Vec<(Day, i64)> = transits.iter().filter_map(arrives).collect();
    arrivals.sort_unstable();
    let now = units.max(0);
    let mut later: Vec<(Day, i64)> = Vec::new();
    for (day, more) in arrivals {
        units = units.saturating_add(more.max(0));
        match later.last_mut() {
            Some((last, sum)) if *last == day => *sum = units,
            _ if units > now => later.push((day, units)),
            _ => {}
        }
    }
    Promise { now, later, today, first: calendar.leaves(calendar.now_ms) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;
    /// 2026-11-22T04:00:00Z, noon in Shanghai, a Sunday.
    const NOON: i64 = 1_795_320_000_000;

    fn calendar(now_ms: i64) -> Calendar {
        Calendar { now_ms, utc_offset_minutes: 480, cut_off_minute: 16 * 60 }
    }

    fn check(shelf: [i64; 4], transits: &[(i64, i64)], now_ms: i64, wanted: i64, expected: When) {
        let [on_hand, reserved, safety, keep_back] = shelf;
        let shelf = Shelf { on_hand, reserved, safety, keep_back };
        let transits =
            transits.iter().map(|(units, hours)| Transit { units: *units, expected_ms: Some(NOON + hours * HOUR) });
        let promise = promise(&shelf, true, &transits.collect::<Vec<_>>(), &calendar(now_ms));
        assert_eq!(promise.when(wanted), expected, "{shelf:?} {promise:?}");
    }

    #[test]
    fn what_is_there_goes_today_until_the_cut_off() {
        check([5, 2, 1, 0], &[], NOON, 2, When::Now);
        check([5, 2, 1, 0], &[], NOON + 4 * HOUR, 2, When::Tomorrow);
        check([5, 2, 1, 0], &[], NOON, 3, When::Unknown);
        check([5, 2, 1, 2], &[], NOON, 1, When::Unknown);
    }

    #[test]
    fn what_is_under_way_is_promised_for_the_day_it_comes() {
        let thursday = Day(20_783);
        assert_eq!((thursday.date(), thursday.weekday()), ((2026, 11, 26), 4));
        check([0; 4], &[(3, 24)], NOON, 3, When::Tomorrow);
        check([0; 4], &[(3, 96)], NOON, 3, When::On(thursday));
        // After the cut-off of its day it goes on the day after.
        check([0; 4], &[(3, 76)], NOON, 3, When::On(thursday));
        check([0; 4], &[(3, 2)], NOON, 3, When::Now);
        // Late goods come tomorrow at the earliest.
        check([0; 4], &[(3, -30)], NOON, 3, When::Tomorrow);
    }

    #[test]
    fn what_is_promised_already_comes_first() {
        // Safety of 2 with nothing on hand: of 5 that come, 3 can be promised.
        check([0, 0, 2, 0], &[(5, 24)], NOON, 3, When::Tomorrow);
        check([0, 0, 2, 0], &[(5, 24)], NOON, 4, When::Unknown);
        check([1, 0, 0, 0], &[(1, 24), (2, 96)], NOON, 4, When::On(Day(20_783)));
        let shelf = Shelf { on_hand: 1, ..Shelf::default() };
        let undated = Transit { units: 9, expected_ms: None };
        assert_eq!(promise(&shelf, true, &[undated], &calendar(NOON)).later, []);
    }

    #[test]
    fn days_have_dates() {
        for (day, date) in [(0, (1970, 1, 1)), (59, (1970, 3, 1)), (11_016, (2000, 2, 29)), (20_783, (2026, 11, 26))] {
            assert_eq!(Day(day).date(), date);
        }
        assert_eq!(Day(0).weekday(), 4);
    }
}
