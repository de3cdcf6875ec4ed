//! One refund: what the order stands at after it, less what was given back before.

use super::{
    Original, Refund, RefundLine, ReturnError, ReturnOptions, ReturnReason, Returned, ReturnedGift, ShippingRefund,
    count, kept::Case, reasons::reasons, share, standing::floored, sum::sum,
};
use crate::{CompiledBook, Gift, Quote, QuoteLine, sort};

pub(super) fn step(
    book: &CompiledBook,
    original: &Original,
    before: &Refund,
    now: &Returned,
    options: ReturnOptions,
) -> Result<Refund, ReturnError> {
    let quote = original.quote;
    let case = Case::new(book, original)?;
    check_tenders(original, before)?;
    let units_before = count::units(quote, before.lines.iter().map(|one| (one.line.clone(), one.units)), None)?;
    let lines_now = now.lines.iter().map(|one| (one.line.clone(), one.units));
    let units_after = count::units(quote, lines_now, Some(&units_before))?;
    let gifts_before = count::gifts(quote, &before.gifts, &vec![0; quote.gifts.len()])?;
    let gifts_after = count::gifts(quote, &now.gifts, &gifts_before)?;
    let back = Back { units: &units_after, gifts: &gifts_after };
    let stand = floored(&case, back.units, back.gifts, record(quote, before))?;
    let mut refund = sum(&case, &back, &stand, ships(quote, before, &back, options));
    refund.amounts(before, -1);
    refund.tenders.iter_mut().zip(&before.tenders).for_each(|(now, before)| now.amount -= before.amount);
    if refund.total < 0 || refund.points_back < 0 || refund.tenders.iter().any(|one| one.amount < 0) {
        return Err(ReturnError::OtherBefore);
    }
    refund.lines = lines(&case, &units_before, &units_after);
    refund.gifts = gifts_step(quote, &gifts_before, &gifts_after);
    refund.reasons = reasons(&case, &back, &stand)?;
    if refund.shipping + before.shipping < quote.shipping.as_ref().map_or(0, |one| one.total) {
        refund.reasons.push(ReturnReason::ShippingKept);
    }
    Ok(refund)
}

/// All that is back so far: units of each line, and of each gift.
pub(super) struct Back<'b> {
    pub(super) units: &'b [i64],
    pub(super) gifts: &'b [i64],
}

fn check_tenders(original: &Original, before: &Refund) -> Result<(), ReturnError> {
    let tenders = original.tenders;
    let sum = tenders.iter().try_fold(0_i64, |sum, one| sum.checked_add(one.amount)).ok_or(ReturnError::Overflow)?;
    if sum != original.quote.payable || tenders.iter().any(|one| one.amount < 0) {
        return Err(ReturnError::OtherTenders { payable: original.quote.payable, sum });
    }
    let same = before.tenders.iter().map(|one| &one.name).eq(tenders.iter().map(|one| &one.name));
    if before.tenders.is_empty() || same { Ok(()) } else { Err(ReturnError::OtherBefore) }
}

/// Tax, where it comes on top of prices.
pub(super) fn on_top(quote: &Quote, tax: i64) -> i64 {
    if quote.tax_included { 0 } else { tax }
}

/// What was given back for goods so far, net of charged gifts and with tax, and the tax in it.
fn record(quote: &Quote, before: &Refund) -> (i64, i64) {
    let shipping = before.shipping + on_top(quote, before.shipping_tax);
    (before.total + before.points_back_value - shipping, before.tax - before.shipping_tax)
}

/// True if shipping is given back by now.
fn ships(quote: &Quote, before: &Refund, back: &Back, options: ReturnOptions) -> bool {
    let all = quote.lines.iter().zip(back.units).all(|(line, back)| line.quantity == *back);
    let due = match options.shipping {
        ShippingRefund::WithEverything => all,
        ShippingRefund::Never => false,
        ShippingRefund::Now => true,
    };
    due || before.shipping > 0
}

/// The units that come back in this step.
fn lines(case: &Case, before: &[i64], after: &[i64]) -> Vec<RefundLine> {
    let mode = case.book.rounder.mode;
    let both =
        case.original.quote.lines.iter().zip(before.iter().zip(after)).filter(|(_, (before, after))| before < after);
    let line = |(line, (&before, &after)): (&QuoteLine, (&i64, &i64))| {
        let (from, to) = (share::goods(line, before), share::goods(line, after));
        RefundLine {
            line: line.id.clone(),
            sku: line.sku.clone(),
            units: after - before,
            goods: to - from,
            tax: share::tax(line, to, mode) - share::tax(line, from, mode),
            runs: share::runs(line, before, after),
        }
    };
    both.map(line).collect()
}

fn gifts_step(quote: &Quote, before: &[i64], after: &[i64]) -> Vec<ReturnedGift> {
    let both = quote.gifts.iter().zip(after.iter().zip(before)).filter(|(_, (after, before))| after > before);
    let gift = |(gift, (after, before)): (&Gift, (&i64, &i64))| ReturnedGift {
        promotion: gift.promotion.clone(),
        units: after - before,
    };
    let mut gifts: Vec<ReturnedGift> = both.map(gift).collect();
    sort::by(&mut gifts, |a, b| a.promotion.cmp(&b.promotion));
    gifts
}
