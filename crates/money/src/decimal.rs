//! From decimal numbers of documents to minor units, and back.

use crate::Currency;
use rust_decimal::Decimal;
use std::fmt;

/// Why a decimal number is not an amount of a currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// More decimals than the currency has.
    TooPrecise {
        /// What was written.
        amount: Decimal,
        /// The currency, with fewer decimals.
        currency: Currency,
    },
    /// Too large for 64 bits of minor units.
    TooLarge(Decimal),
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooPrecise { amount, currency } => {
                write!(f, "{amount} has more decimals than {currency} ({})", currency.exponent())
            }
            Self::TooLarge(amount) => write!(f, "{amount} is too large an amount"),
        }
    }
}

impl std::error::Error for AmountError {}

/// The minor units of a decimal amount: `19.99` CNY is 1999. Nothing is rounded.
pub fn minor_from_decimal(amount: Decimal, currency: Currency) -> Result<i64, AmountError> {
    let amount = amount.normalize();
    let Some(missing) = currency.exponent().checked_sub(amount.scale()) else {
        return Err(AmountError::TooPrecise { amount, currency });
    };
    let minor = amount.mantissa().checked_mul(10_i128.pow(missing));
    minor.and_then(|minor| i64::try_from(minor).ok()).ok_or(AmountError::TooLarge(amount))
}

/// The decimal amount of minor units: 1999 CNY is `19.99`.
#[must_use]
pub fn minor_to_decimal(minor: i64, currency: Currency) -> Decimal {
    Decimal::new(minor, currency.exponent())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_or_refused() {
        let minor = |text: &str, code: &str| minor_from_decimal(text.parse().unwrap(), code.parse().unwrap());
        assert_eq!(minor("19.99", "CNY"), Ok(1999));
        assert_eq!(minor("19.990", "CNY"), Ok(1999));
        assert_eq!(minor("-3", "JPY"), Ok(-3));
        assert_eq!(minor("1.5", "KWD"), Ok(1500));
        assert!(matches!(minor("0.5", "JPY"), Err(AmountError::TooPrecise { .. })));
        assert!(matches!(minor("99999999999999999999", "CNY"), Err(AmountError::TooLarge(_))));
    }
}
