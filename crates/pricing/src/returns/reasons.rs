//! Why a refund is not just the units' stored nets.

use super::{
    ReturnError, ReturnReason,
    kept::{Case, unearned},
    share,
    standing::Floored,
    step::Back,
};
use crate::{Applied, LineDiscount, Quote, QuoteLine};
use ids::PromotionId;

/// The reasons, as the order stands with these units and gifts back.
pub(super) fn reasons(case: &Case, back: &Back, stand: &Floored) -> Result<Vec<ReturnReason>, ReturnError> {
    let mut reasons = re_evaluated(case, back.units, stand.itself.kept.as_ref());
    for (gift, &back) in case.original.quote.gifts.iter().zip(back.gifts) {
        let units = unearned(gift, back, stand.itself.kept.as_ref());
        if units > 0 {
            let promotion = gift.promotion.clone();
            let value = case.gift_value(gift, units)?;
            let applied = case.original.quote.applied.iter().find(|one| one.promotion == promotion);
            let name = applied.map(|one| one.name.clone()).unwrap_or_default();
            reasons.push(ReturnReason::GiftKept { promotion, name, sku: gift.sku.clone(), units, value });
        }
    }
    reasons.extend((!stand.own).then_some(ReturnReason::NoLess));
    reasons.extend((!stand.proved).then_some(ReturnReason::InSteps));
    Ok(reasons)
}

/// The re-evaluated promotions that give the kept units something else than their stored shares.
fn re_evaluated(case: &Case, units: &[i64], kept: Option<&Quote>) -> Vec<ReturnReason> {
    let quote = case.original.quote;
    let new = kept.into_iter().flat_map(|kept| &kept.applied);
    let new = new.filter(|one| quote.applied.iter().all(|known| known.promotion != one.promotion));
    let all = quote.applied.iter().chain(new).filter(|one| case.is_again(&one.promotion));
    let reason = |one: &Applied| {
        let of_line = |line: &QuoteLine| off(&line.discounts, &one.promotion);
        let was: i64 = quote.lines.iter().map(of_line).sum();
        let now: i64 = kept.map_or(0, |kept| kept.lines.iter().map(of_line).sum());
        let back =
            |(line, &units): (&QuoteLine, &i64)| share::discount(line, of_line(line), units, share::goods(line, units));
        let stored = was - quote.lines.iter().zip(units).map(back).sum::<i64>();
        let (promotion, name) = (one.promotion.clone(), one.name.clone());
        (stored != now).then_some(ReturnReason::ReEvaluated { promotion, name, was, now })
    };
    all.filter_map(reason).collect()
}

/// What a promotion took off a line.
fn off(discounts: &[LineDiscount], promotion: &PromotionId) -> i64 {
    discounts.iter().filter(|one| one.promotion == *promotion).map(|one| one.amount).sum()
}
