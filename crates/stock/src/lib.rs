//! Stock, pure: what may happen to goods, what can be promised of them and by when, what a bundle consumes, and from which places the
//! goods of an order come. No input, output, clock, randomness or floating point.
//!
//! Units are whole; amounts are minor units of the shop's currency; instants are milliseconds since 1970 in UTC.

mod bundle;
mod geo;
mod ledger;
mod promise;
pub mod source;

pub use bundle::{BadBundle, Bundles, Component};
pub use geo::Point;
pub use ledger::{Balance, Bucket, Delta, Kind, Movement, Refusal, fold};
pub use promise::{Calendar, Day, Promise, Shelf, Transit, When, promise};

/// A sentence in Chinese and English.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Words {
    /// A sentence from its two forms.
    #[must_use]
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}
