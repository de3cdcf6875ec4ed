//! What units of a line stand for: their stored nets, the dearest first, and their parts of tax and discounts.

use crate::{QuoteLine, Run, sort};
use money::{RoundingMode, divide};

/// The first units of a line that come back, from `from` up to `to`, by their net.
pub(super) fn runs(line: &QuoteLine, from: i64, to: i64) -> Vec<Run> {
    let mut dearest = line.runs.clone();
    sort::by_key(&mut dearest, |run| -run.net);
    let mut begin = 0;
    let mut parts = Vec::with_capacity(dearest.len());
    for run in dearest {
        let end = begin + run.quantity;
        let quantity = end.min(to) - begin.max(from);
        if quantity > 0 {
            parts.push(Run { quantity, net: run.net });
        }
        begin = end;
    }
    parts
}

/// What the first `units` cost together.
pub(super) fn goods(line: &QuoteLine, units: i64) -> i64 {
    runs(line, 0, units).iter().map(|run| run.quantity * run.net).sum()
}

/// The part of the line's tax that lies on goods of the line worth `goods`.
pub(super) fn tax(line: &QuoteLine, goods: i64, mode: RoundingMode) -> i64 {
    part(line.tax, goods, line.total, mode)
}

/// The part of an amount of discount `stored` on the line that lies on the first `units`, which cost `goods`.
pub(super) fn discount(line: &QuoteLine, stored: i64, units: i64, goods: i64) -> i64 {
    part(stored, line.list * units - goods, line.subtotal - line.total, RoundingMode::Down)
}

/// `whole` times `of` by `over`; nothing of nothing. It lies between 0 and `whole`, since `of` is at most `over`.
pub(super) fn part(whole: i64, of: i64, over: i64, mode: RoundingMode) -> i64 {
    if over <= 0 {
        return 0;
    }
    let exact = divide(i128::from(whole) * i128::from(of), i128::from(over), mode);
    i64::try_from(exact).expect("a part of an amount of 64 bits has 64 bits")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dearest_unit_comes_back_first() {
        let line: QuoteLine = serde_json::from_str(
            r#"{"id": "1", "sku": "TEA", "quantity": 4, "list": 100, "subtotal": 400, "discounts": [], "total": 250, "tax": 33,
                "runs": [{"quantity": 1, "net": 50}, {"quantity": 2, "net": 100}, {"quantity": 1, "net": 0}]}"#,
        )
        .unwrap();
        let taxes = |units| tax(&line, goods(&line, units), RoundingMode::HalfUp);
        assert_eq!((0..=4).map(|units| goods(&line, units)).collect::<Vec<_>>(), [0, 100, 200, 250, 250]);
        assert_eq!((0..=4).map(taxes).collect::<Vec<_>>(), [0, 13, 26, 33, 33]);
        assert_eq!(
            (0..=4).map(|units| discount(&line, 150, units, goods(&line, units))).collect::<Vec<_>>(),
            [0, 0, 0, 50, 150]
        );
        assert_eq!(runs(&line, 1, 3), [Run { quantity: 1, net: 100 }, Run { quantity: 1, net: 50 }]);
    }
}
