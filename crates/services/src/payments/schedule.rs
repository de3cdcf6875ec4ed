//! When somebody looks at a payment again that a gateway has not settled.

use pricing::Instant;

/// How long an order waits to be paid.
pub(crate) const PAY_WITHIN_MS: i64 = 15 * 60 * 1000;
/// Who takes a payment to look at it has so long before another server may.
pub(crate) const LEASE_MS: i64 = 60 * 1000;
/// So long before an order's time is over its payments are looked at once more.
const LAST_LOOK_MS: i64 = 10 * 1000;

const SECOND: i64 = 1000;
const STEPS: [i64; 9] = [
    5 * SECOND,
    15 * SECOND,
    30 * SECOND,
    60 * SECOND,
    120 * SECOND,
    300 * SECOND,
    900 * SECOND,
    3_600 * SECOND,
    21_600 * SECOND,
];

/// When to look after so many tries without news: soon at first, and at least every six hours.
pub(crate) fn after(tries: i64, now: Instant) -> Instant {
    let at = usize::try_from(tries).unwrap_or(0).min(STEPS.len() - 1);
    Instant(now.0.saturating_add(STEPS[at]))
}

/// The same for an open payment of an order that has to be paid by then: not later than shortly before.
pub(crate) fn while_open(tries: i64, now: Instant, pay_by: Option<Instant>) -> Instant {
    let next = after(tries, now);
    let last = pay_by.map(|by| Instant(by.0 - LAST_LOOK_MS)).filter(|last| *last > now);
    last.map_or(next, |last| next.min(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end_before_the_order_does() {
        let gaps: Vec<i64> = (0..12).map(|tries| after(tries, Instant(0)).0 / SECOND).collect();
        assert_eq!(gaps, [5, 15, 30, 60, 120, 300, 900, 3600, 21_600, 21_600, 21_600, 21_600]);
        let next = |tries, now| while_open(tries, Instant(now), Some(Instant(900_000))).0;
        assert_eq!((next(0, 0), next(7, 0)), (5_000, 890_000));
        assert_eq!(next(1, 895_000), 910_000, "the last look was taken");
    }
}
