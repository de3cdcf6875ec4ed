//! Amounts as Stripe counts them, which is not always in the currency's smallest unit.

use money::Currency;
use services::payments::{Amount, GatewayError};

/// What Stripe counts in whole units. Of these, our table gives the ariary two decimals.
const WHOLE: &str = "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF";
/// What Stripe counts in thousandths, in steps of ten.
const THOUSANDTHS: &str = "BHD JOD KWD OMR TND";

/// Ten to the power of this is Stripe's unit; none for currencies that Stripe does not take.
fn decimals(currency: Currency) -> Option<u32> {
    let code = currency.code();
    match currency.exponent() {
        4 => None,
        3 if !THOUSANDTHS.contains(code) => None,
        3 => Some(3),
        _ if WHOLE.contains(code) => Some(0),
        // Krónur and shillings have no smaller unit, and Stripe counts them in hundredths all the same.
        _ => Some(2),
    }
}

/// Minor units as Stripe counts them.
pub(super) fn to_stripe(amount: Amount) -> Result<i64, GatewayError> {
    let ours = amount.currency.exponent();
    let counted = decimals(amount.currency).and_then(|theirs| scaled(amount.minor, ours, theirs));
    counted.filter(|counted| amount.currency.exponent() != 3 || counted % 10 == 0).ok_or_else(|| refused(amount))
}

/// What Stripe counted as minor units.
pub(super) fn from_stripe(counted: i64, currency: Currency) -> Result<i64, GatewayError> {
    let ours = currency.exponent();
    let minor = decimals(currency).and_then(|theirs| scaled(counted, theirs, ours));
    minor.ok_or_else(|| GatewayError::Unknown(format!("{counted} is no amount of {}", currency.code())))
}

fn scaled(amount: i64, from: u32, to: u32) -> Option<i64> {
    if to >= from {
        return amount.checked_mul(10_i64.checked_pow(to - from)?);
    }
    let by = 10_i64.checked_pow(from - to)?;
    (amount % by == 0).then(|| amount / by)
}

fn refused(amount: Amount) -> GatewayError {
    let message = format!("Stripe takes no {} of {} minor units", amount.currency.code(), amount.minor);
    GatewayError::Refused { code: "amount".to_owned(), message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_counted_as_documented() {
        let rows = [
            ("CNY", 12_345, Some(12_345)),
            ("JPY", 500, Some(500)),
            ("ISK", 500, Some(50_000)),
            ("UGX", 500, Some(50_000)),
            ("MGA", 500, Some(5)),
            ("MGA", 501, None),
            ("KWD", 5_120, Some(5_120)),
            ("KWD", 5_124, None),
            ("LYD", 5_120, None),
            ("CLF", 5_120, None),
        ];
        for (code, minor, counted) in rows {
            let amount = Amount { minor, currency: code.parse().unwrap() };
            assert_eq!(to_stripe(amount).ok(), counted, "{code} {minor}");
            if let Some(counted) = counted {
                assert_eq!(from_stripe(counted, amount.currency), Ok(minor), "{code}");
            }
        }
    }
}
