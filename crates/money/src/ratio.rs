//! Exact rates and the one division of the house.

use crate::Overflow;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How a quotient that is no whole number becomes one. All modes are symmetric around zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RoundingMode {
    /// To the nearest, a half away from zero (四舍五入).
    #[default]
    HalfUp,
    /// To the nearest, a half to the even neighbour.
    HalfEven,
    /// To the nearest, a half towards zero.
    HalfDown,
    /// Towards zero.
    Down,
}

/// Divides `numerator` by a positive `denominator` and rounds by `mode`.
///
/// # Panics
/// If `denominator` is not positive, which is a mistake of the caller's and not of the data's.
#[must_use]
pub fn divide(numerator: i128, denominator: i128, mode: RoundingMode) -> i128 {
    assert!(denominator > 0, "a denominator is positive");
    let (quotient, rest) = (numerator / denominator, (numerator % denominator).unsigned_abs());
    // The distance to the half is compared as `rest` against what is missing, so that nothing is doubled and overflows.
    let missing = denominator.unsigned_abs() - rest;
    let away = match mode {
        RoundingMode::Down => false,
        RoundingMode::HalfUp => rest >= missing,
        RoundingMode::HalfDown => rest > missing,
        RoundingMode::HalfEven => rest > missing || (rest == missing && quotient % 2 != 0),
    };
    if away { quotient + numerator.signum() } else { quotient }
}

/// A rate as an exact fraction: 15 percent is 15/100, a tax rate of 0.13 is 13/100.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    numerator: i64,
    denominator: i64,
}

/// Why a decimal number is not usable as a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatioError {
    /// Rates are never negative here.
    Negative,
    /// More digits than fit: at most 14 in front of and behind the point together.
    TooPrecise,
}

impl fmt::Display for RatioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Negative => "a rate may not be negative",
            Self::TooPrecise => "a rate may have at most 14 digits",
        })
    }
}

impl std::error::Error for RatioError {}

impl Ratio {
    /// Nothing.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };

    /// The rate that the number states: `0.13` is 13/100.
    pub fn from_rate(rate: Decimal) -> Result<Self, RatioError> {
        Self::scaled(rate, 1)
    }

    /// The rate that a percentage states: `15` is 15/100.
    pub fn from_percent(percent: Decimal) -> Result<Self, RatioError> {
        Self::scaled(percent, 100)
    }

    fn scaled(number: Decimal, by: i64) -> Result<Self, RatioError> {
        let number = number.normalize();
        if number.is_sign_negative() && !number.is_zero() {
            return Err(RatioError::Negative);
        }
        let digits_max = 10_i128.pow(14);
        if number.mantissa() >= digits_max || number.scale() > 14 {
            return Err(RatioError::TooPrecise);
        }
        let numerator = i64::try_from(number.mantissa()).map_err(|_| RatioError::TooPrecise)?;
        Ok(Self { numerator, denominator: by * 10_i64.pow(number.scale()) })
    }

    /// What is above the line.
    #[must_use]
    pub fn numerator(self) -> i64 {
        self.numerator
    }

    /// What is below the line, at least 1.
    #[must_use]
    pub fn denominator(self) -> i64 {
        self.denominator
    }

    /// True if the rate is nothing.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// One.
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// True if the rate is larger than `other`.
    #[must_use]
    pub fn is_more_than(self, other: Self) -> bool {
        let cross = |a: Self, b: Self| i128::from(a.numerator) * i128::from(b.denominator);
        cross(self, other) > cross(other, self)
    }

    /// True if both are the same rate, however it was written.
    #[must_use]
    pub fn equals(self, other: Self) -> bool {
        !self.is_more_than(other) && !other.is_more_than(self)
    }

    /// `amount` times the rate, rounded. An error if the result leaves 64 bits.
    pub fn of(self, amount: i64, mode: RoundingMode) -> Result<i64, Overflow> {
        if let Some(product) = amount.checked_mul(self.numerator)
            && (0..=i64::MAX / 2).contains(&product)
        {
            return Ok(divide_small(product.cast_unsigned(), self.denominator.cast_unsigned(), mode).cast_signed());
        }
        let exact = divide(i128::from(amount) * i128::from(self.numerator), i128::from(self.denominator), mode);
        i64::try_from(exact).map_err(|_| Overflow)
    }

    /// The rate as the part contained in an amount: `r / (1 + r)`, for prices that include tax.
    pub fn contained(self) -> Result<Self, Overflow> {
        let denominator = self.denominator.checked_add(self.numerator).ok_or(Overflow)?;
        Ok(Self { numerator: self.numerator, denominator })
    }
}

/// [`divide`] in 64 bits, several times quicker; most carts never leave it.
fn divide_small(numerator: u64, denominator: u64, mode: RoundingMode) -> u64 {
    let (quotient, rest) = (numerator / denominator, numerator % denominator);
    let missing = denominator - rest;
    let away = match mode {
        RoundingMode::Down => false,
        RoundingMode::HalfUp => rest >= missing,
        RoundingMode::HalfDown => rest > missing,
        RoundingMode::HalfEven => rest > missing || (rest == missing && quotient % 2 != 0),
    };
    quotient + u64::from(away)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_mode_rounds_as_its_name_says() {
        use RoundingMode::{Down, HalfDown, HalfEven, HalfUp};
        let rows = [
            (5, 2, HalfUp, 3),
            (5, 2, HalfEven, 2),
            (7, 2, HalfEven, 4),
            (5, 2, HalfDown, 2),
            (5, 2, Down, 2),
            (-5, 2, HalfUp, -3),
            (-5, 2, Down, -2),
            (4, 3, HalfUp, 1),
            (1, 2, HalfEven, 0),
            (0, 7, HalfUp, 0),
        ];
        for (numerator, denominator, mode, expected) in rows {
            assert_eq!(divide(numerator, denominator, mode), expected, "{numerator}/{denominator} {mode:?}");
        }
    }

    #[test]
    fn rates_are_exact_or_refused() {
        let ratio = Ratio::from_percent("12.5".parse().unwrap()).unwrap();
        assert_eq!((ratio.numerator(), ratio.denominator()), (125, 1000));
        assert_eq!(Ratio::from_rate("-0.1".parse().unwrap()), Err(RatioError::Negative));
        assert_eq!(Ratio::from_rate("0.123456789012345".parse().unwrap()), Err(RatioError::TooPrecise));
        assert_eq!(Ratio::from_percent(Decimal::from(300)).unwrap().of(i64::MAX, RoundingMode::Down), Err(Overflow));
    }

    proptest! {
        #[test]
        fn the_small_and_the_large_way_agree(amount in -1_000_000_000_i64..1_000_000_000, percent in 0_i64..100_000, mode in 0..4) {
            let mode = [RoundingMode::HalfUp, RoundingMode::HalfEven, RoundingMode::HalfDown, RoundingMode::Down][mode as usize];
            let ratio = Ratio::from_percent(Decimal::new(percent, 2)).unwrap();
            let wide = divide(i128::from(amount) * i128::from(ratio.numerator()), i128::from(ratio.denominator()), mode);
            prop_assert_eq!(i128::from(ratio.of(amount, mode).unwrap()), wide);
        }
    }
}
