//! All that an order gives back once a set of units is back, in every amount of a refund.

use super::{
    Refund, Tender,
    kept::Case,
    share,
    standing::Floored,
    step::{Back, on_top},
    tenders::split,
};
use money::RoundingMode;

/// All that is given back by now, without lines, gifts and reasons.
pub(super) fn sum(case: &Case, back: &Back, stand: &Floored, ships: bool) -> Refund {
    let (original, quote, mode) = (case.original, case.original.quote, case.book.rounder.mode);
    let nets: Vec<i64> = quote.lines.iter().zip(back.units).map(|(line, units)| share::goods(line, *units)).collect();
    let taxes = quote.lines.iter().zip(&nets).map(|(line, goods)| share::tax(line, *goods, mode));
    let (goods, tax): (i64, i64) = (nets.iter().sum(), taxes.sum());
    let held = goods + on_top(quote, tax) - stand.net;
    let charged = if stand.own { stand.itself.charge } else { stand.itself.charge.min(held.max(0)) };
    let lost_tax = tax - stand.tax;
    let shipping = quote.shipping.as_ref().filter(|_| ships).map_or((0, 0), |one| (one.total, one.tax));
    let worth = stand.net + shipping.0 + on_top(quote, shipping.1);
    let weights: Vec<i64> =
        [quote.points_value].into_iter().chain(original.tenders.iter().map(|one| one.amount)).collect();
    let parts = split(worth, &weights);
    let tender = |(tender, &amount): (&Tender, &i64)| Tender { name: tender.name.clone(), amount };
    let all: i64 = quote.lines.iter().map(|line| line.total).sum();
    Refund {
        discounts_lost: held - charged - on_top(quote, lost_tax),
        discounts_lost_tax: lost_tax,
        gifts_charged: charged,
        shipping: shipping.0,
        shipping_tax: shipping.1,
        tax: stand.tax + shipping.1,
        points_back: share::part(quote.points_spent, parts[0], quote.points_value, RoundingMode::HalfUp),
        points_back_value: parts[0],
        points_clawed: share::part(quote.points_earned, goods, all, RoundingMode::HalfUp),
        tenders: original.tenders.iter().zip(&parts[1..]).map(tender).collect(),
        total: worth - parts[0],
        ..Refund::default()
    }
}
