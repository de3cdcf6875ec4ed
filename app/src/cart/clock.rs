//! The server's clock in the browser: the instant of the last answer, moved on by the browser's monotonic clock. A shopper
//! who changes the computer's clock changes no price.

use leptos::prelude::window;
use pricing::Instant;

/// Milliseconds since the page was opened; never goes back.
#[must_use]
pub fn now_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// The instant `at` of an answer that came `received_ms`, moved on to `now_ms`.
#[must_use]
pub fn moved_on(at: Instant, received_ms: f64, now_ms: f64) -> Instant {
    // Whole milliseconds of a page's life fit into 53 bits, so nothing is lost.
    #[expect(clippy::cast_possible_truncation)]
    let elapsed_ms = (now_ms - received_ms).max(0.0) as i64;
    Instant(at.0.saturating_add(elapsed_ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_only_moves_forward() {
        assert_eq!(moved_on(Instant(1000), 50.0, 80.9), Instant(1030));
        assert_eq!(moved_on(Instant(1000), 50.0, 20.0), Instant(1000));
    }
}
