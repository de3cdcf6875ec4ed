//! What an account counts.

use money::Currency;
use std::{fmt, str::FromStr};

/// What an account counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Whole points.
    Points,
    /// Minor units of a currency.
    Money(Currency),
}

/// A text that names no unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownUnit(pub String);

impl fmt::Display for UnknownUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no unit of a ledger; write points or an ISO 4217 currency code", self.0)
    }
}

impl std::error::Error for UnknownUnit {}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Points => f.write_str("points"),
            Self::Money(currency) => f.write_str(currency.code()),
        }
    }
}

impl FromStr for Unit {
    type Err = UnknownUnit;

    fn from_str(text: &str) -> Result<Self, UnknownUnit> {
        if text == "points" {
            return Ok(Self::Points);
        }
        text.parse().map(Self::Money).map_err(|_| UnknownUnit(text.to_owned()))
    }
}
