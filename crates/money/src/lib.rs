//! Exact money: amounts in minor units, named rounding, and splits that always sum.
//!
//! Nothing here knows about shops. Amounts are `i64` minor units of a [`Currency`]; rates are [`Ratio`]s, made from decimal
//! numbers without loss; every division names its [`RoundingMode`]; every split goes through [`allocate`] or
//! [`allocate_capped`]. Overflow is an error and never a wrap.

mod allocate;
mod currency;
mod decimal;
mod format;
mod ratio;
mod small;

pub use allocate::{Part, Share, Shares, allocate, allocate_alone, allocate_capped, allocate_into};
pub use currency::{Currency, UnknownCurrency};
pub use decimal::{AmountError, minor_from_decimal, minor_to_decimal};
pub use format::{Locale, format_amount, format_plain};
pub use ratio::{Ratio, RatioError, RoundingMode, divide};
pub use rust_decimal::Decimal;
pub use small::{allocate_small, allocate_units};

/// A result that does not fit into 64 bits: the cart or the price book holds an absurd amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overflow;

impl std::fmt::Display for Overflow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an amount is too large to compute with")
    }
}

impl std::error::Error for Overflow {}
