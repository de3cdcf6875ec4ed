//! What a member owns and is: points and stored value as ledgers in double entry, lots of points that expire, levels, coupons.
//!
//! Nothing here reads a clock or a database: instants come in as [`Millis`], facts as slices, and every function answers with a value that
//! says what is to be done. Amounts are minor units of a currency or whole points, and what does not fit into 64 bits is an error.

mod calendar;
pub mod coupons;
pub mod ledger;
pub mod levels;
pub mod points;

pub use calendar::{add_months, day_of, end_of_year};

/// Milliseconds since 1970 in UTC.
pub type Millis = i64;

/// A day in milliseconds.
pub const DAY_MS: Millis = 86_400_000;
