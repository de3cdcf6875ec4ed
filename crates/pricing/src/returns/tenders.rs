//! How a refund goes back to what the order was paid with.

use super::share::part;
use money::RoundingMode;

/// Splits all that was refunded so far, `amount`, over the tenders: each its rounded share of what those before it left. Every part grows with
/// `amount`, is at most its tender, and all together are `amount`.
pub(super) fn split(amount: i64, tenders: &[i64]) -> Vec<i64> {
    let (mut left, mut over) = (amount, tenders.iter().sum());
    let share = |&tender: &i64| {
        let share = part(left, tender, over, RoundingMode::HalfUp);
        left -= share;
        over -= tender;
        share
    };
    tenders.iter().map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn two_tenders_follow_the_largest_remainder() {
        for amount in 0..=10 {
            assert_eq!(split(amount, &[7, 3]), money::allocate(amount, &[7, 3]).unwrap(), "{amount}");
        }
        assert_eq!(split(0, &[]), [0; 0]);
        assert_eq!(split(0, &[0, 0]), [0, 0]);
    }

    proptest! {
        #[test]
        fn no_cent_is_taken_back(tenders in prop::collection::vec(0_i64..40, 1..5)) {
            let mut before = vec![0; tenders.len()];
            for amount in 0..=tenders.iter().sum() {
                let now = split(amount, &tenders);
                prop_assert_eq!(now.iter().sum::<i64>(), amount);
                prop_assert!(now.iter().zip(&before).all(|(now, before)| now >= before));
                prop_assert!(now.iter().zip(&tenders).all(|(now, tender)| now <= tender));
                before = now;
            }
            prop_assert_eq!(before, tenders);
        }
    }
}
