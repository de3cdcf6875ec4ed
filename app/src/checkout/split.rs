//! How an amount is split: purses first, as far as they reach, and one more way for the rest.

/// What each purse pays, and what is left for another way to pay, in minor units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// Out of stored value.
    pub stored: i64,
    /// Out of each gift card, in their order.
    pub cards: Vec<i64>,
    /// What they leave.
    pub rest: i64,
}

/// Splits what is payable over what is stored and what is on gift cards.
#[must_use]
pub fn split(payable: i64, stored: i64, cards: &[i64]) -> Split {
    let mut rest = payable.max(0);
    let mut take = |balance: i64| {
        let part = balance.clamp(0, rest);
        rest -= part;
        part
    };
    let stored = take(stored);
    let cards = cards.iter().map(|balance| take(*balance)).collect();
    Split { stored, cards, rest }
}

/// True if a price may be made for the tender that pays the rest: it has to pay something of it. Where purses reach further than that price, the price
/// without it holds, which they may not cover.
#[must_use]
pub fn prices(purses: i64, payable_with_tender: i64) -> bool {
    purses < payable_with_tender
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purses_pay_as_far_as_they_reach() {
        let of = |payable, stored, cards: &[i64]| {
            let Split { stored, cards, rest } = split(payable, stored, cards);
            (stored, cards, rest)
        };
        assert_eq!(of(100, 0, &[]), (0, vec![], 100));
        assert_eq!(of(100, 30, &[]), (30, vec![], 70));
        assert_eq!(of(100, 30, &[50, 40]), (30, vec![50, 20], 0));
        assert_eq!(of(100, 300, &[50]), (100, vec![0], 0));
        assert_eq!(of(0, 300, &[50]), (0, vec![0], 0));
        assert_eq!(of(100, -5, &[i64::MAX]), (0, vec![100], 0));
    }

    #[test]
    fn a_tender_that_pays_nothing_makes_no_price() {
        assert!(prices(0, 1) && prices(94, 95));
        assert!(!prices(95, 95) && !prices(0, 0));
    }
}
