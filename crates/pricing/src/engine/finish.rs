//! From an applied cart to the quote: tax, points, and the words of record.

use super::{
    QuoteError,
    apply::{Given, Outcome},
    hints,
    state::{Discount, Line, Shipping, State},
    tax,
};
use crate::{
    Applied, Certificate, CompiledBook, CouponOutcome, ENGINE_VERSION, Gift, LineDiscount, Missed, Quote, QuoteLine,
    QuoteShipping, Run, Text,
    book::{Promotion, funding_weights},
    sort,
    trace::Reason,
};
use ids::CouponCode;
use money::{Overflow, RoundingMode, allocate, divide};

pub(super) fn finish(book: &CompiledBook, state: &State, mut outcome: Outcome) -> Result<Quote, QuoteError> {
    let wishes = state.context.wishes;
    let included = book.document().tax.included;
    let taxes = tax::taxes(state, book.rounder, included)?;
    let lines: Vec<QuoteLine> =
        state.lines.iter().zip(&taxes.lines).map(|(line, &tax)| quote_line(book, line, tax)).collect();
    let shipping = state.shipping.as_ref().map(|one| quote_shipping(book, one, taxes.shipping));
    let tax = taxes.lines.iter().try_fold(taxes.shipping, |sum, tax| sum.checked_add(*tax)).ok_or(Overflow)?;
    let subtotal = lines.iter().map(|line| line.subtotal).sum();
    let goods = state.goods();
    let added = if included { 0 } else { tax };
    let total = (goods + shipping.as_ref().map_or(0, |one| one.total)).checked_add(added).ok_or(Overflow)?;
    let (points_spent, points_value) = spend_points(book, wishes.points, state, total)?;
    let mut quote = Quote {
        engine: ENGINE_VERSION.to_owned(),
        book: book.id().clone(),
        currency: book.currency(),
        tax_included: included,
        lines,
        subtotal,
        discount: subtotal - goods,
        shipping,
        tax,
        total,
        points_spent,
        points_value,
        payable: total - points_value,
        points_earned: earn_points(book, state, goods)?,
        gifts: gifts(book, state),
        coupons: coupons(book, wishes.coupons, &outcome, state),
        certificate: match outcome.gap {
            None => Certificate::Pinned,
            Some(0) => Certificate::Optimal,
            Some(gap) => Certificate::Bounded(gap),
        },
        hints: hints::best(book, &mut outcome),
        applied: outcome.given.iter().map(|given| applied(book, given)).collect::<Result<_, _>>()?,
        missed: missed(book, outcome.missed, &outcome.idle, state),
        hash: String::new(),
    };
    quote.hash = quote.compute_hash();
    Ok(quote)
}

fn shares(book: &CompiledBook, discounts: &[Discount]) -> Vec<LineDiscount> {
    let share = |one: &Discount| LineDiscount {
        promotion: book.promotion(one.promotion).id.clone(),
        amount: one.amount,
        units: one.units,
    };
    discounts.iter().map(share).collect()
}

fn quote_line(book: &CompiledBook, line: &Line, tax: i64) -> QuoteLine {
    let mut runs: Vec<Run> = Vec::with_capacity(line.runs.len());
    for run in &line.runs {
        match runs.iter_mut().find(|known| known.net == run.current) {
            Some(known) => known.quantity += run.count,
            None => runs.push(Run { quantity: run.count, net: run.current }),
        }
    }
    sort::by_key(&mut runs, |run| -run.net);
    QuoteLine {
        id: line.id.clone(),
        sku: line.sku_id.clone(),
        quantity: line.quantity,
        list: line.list,
        subtotal: line.list * line.quantity,
        discounts: shares(book, &line.discounts),
        total: line.total(),
        tax,
        runs,
    }
}

fn quote_shipping(book: &CompiledBook, shipping: &Shipping, tax: i64) -> QuoteShipping {
    QuoteShipping {
        method: shipping.method.unwrap_or_default().to_owned(),
        list: shipping.price,
        discounts: shares(book, &shipping.discounts),
        total: shipping.current,
        tax,
    }
}

fn applied(book: &CompiledBook, given: &Given) -> Result<Applied, Overflow> {
    let promotion = book.promotion(given.promotion);
    let shares = allocate(given.amount, &funding_weights(promotion))?;
    Ok(Applied {
        promotion: promotion.id.clone(),
        name: promotion.name.clone(),
        class: promotion.class,
        coupon: promotion.coupon.clone(),
        amount: given.amount,
        base: given.base,
        units: given.units,
        limited: given.limited || given.floored,
        funding: promotion.funding.keys().cloned().zip(shares).collect(),
    })
}

/// The promotions that gave nothing, sorted by id: those that had their turn, and those whose schedule does not run, which come by their ranks.
fn missed(book: &CompiledBook, mut missed: Vec<(usize, Reason)>, idle: &[usize], state: &State) -> Vec<Missed> {
    sort::by_key(&mut missed, |(one, _)| book.rank(*one));
    let (mut told, mut idle) = (Vec::with_capacity(missed.len() + idle.len()), idle.iter().copied().peekable());
    let tell = |promotion: &Promotion, reason: Reason| Missed {
        promotion: promotion.id.clone(),
        name: name(promotion),
        coupon: promotion.coupon.clone(),
        reason,
    };
    let tell_idle = |rank: usize| {
        let promotion = book.promotion(book.at_rank(rank));
        tell(promotion, off_schedule(promotion, state))
    };
    for (one, reason) in missed {
        let rank = book.rank(one);
        while let Some(before) = idle.next_if(|idle| *idle < rank) {
            told.push(tell_idle(before));
        }
        told.push(tell(book.promotion(one), reason));
    }
    told.extend(idle.map(tell_idle));
    told
}

/// Most promotions that come in hundreds have no name, and nothing is copied for them.
fn name(promotion: &Promotion) -> Text {
    if promotion.name.is_empty() { Text::default() } else { promotion.name.clone() }
}

/// Why a promotion gives nothing whose schedule does not run.
fn off_schedule(promotion: &Promotion, state: &State) -> Reason {
    match promotion.starts {
        Some(starts) if state.context.at < starts => Reason::NotStarted { starts },
        _ => Reason::Ended { ended: promotion.ends.unwrap_or_default() },
    }
}

fn gifts(book: &CompiledBook, state: &State) -> Vec<Gift> {
    let gift = |(promotion, sku, quantity): &(usize, ids::Sku, i64)| Gift {
        promotion: book.promotion(*promotion).id.clone(),
        sku: sku.clone(),
        quantity: *quantity,
    };
    state.gifts.iter().map(gift).collect()
}

/// What became of each code: taken if one of its promotions gave something, else the first reason in the order of application.
fn coupons(book: &CompiledBook, codes: &[CouponCode], outcome: &Outcome, state: &State) -> Vec<CouponOutcome> {
    let has = |one: usize, code: &CouponCode| book.promotion(one).coupon.as_ref() == Some(code);
    let mut coupons: Vec<CouponOutcome> = Vec::with_capacity(codes.len());
    for code in codes {
        if coupons.iter().any(|known| known.code == *code) {
            continue;
        }
        let taken = outcome.given.iter().any(|given| has(given.promotion, code));
        let missed = outcome.missed.iter().filter(|(one, _)| has(*one, code)).min_by_key(|(one, _)| *one);
        let unscheduled = outcome.idle.iter().map(|&rank| book.at_rank(rank)).filter(|&one| has(one, code)).min();
        let refused = match (missed, unscheduled) {
            _ if taken => None,
            (Some((one, reason)), idle) if idle.is_none_or(|idle| *one < idle) => Some(reason.clone()),
            (_, Some(idle)) => Some(off_schedule(book.promotion(idle), state)),
            _ if book.knows(code) => Some(Reason::NothingLeft),
            _ => Some(Reason::UnknownCode),
        };
        coupons.push(CouponOutcome { code: code.clone(), refused });
    }
    coupons
}

/// Points that are spent and what they are worth: what the shopper offers, at most what the member has, at most the share of what is owed that points may
/// pay, in whole steps. With a step above 1 the last one that would be worth more than what is left to pay is not spent.
fn spend_points(book: &CompiledBook, points: i64, state: &State, owed: i64) -> Result<(i64, i64), Overflow> {
    let value = book.points_value;
    let offered = state.context.member.as_ref().map_or(0, |member| points.min(member.points).max(0));
    if offered == 0 || value.is_zero() {
        return Ok((0, 0));
    }
    let owed = book.points_cap.of(owed, RoundingMode::Down)?;
    let enough = i128::from(owed) * i128::from(value.denominator());
    let needed = (enough + i128::from(value.numerator()) - 1) / i128::from(value.numerator());
    let spent = i128::from(offered).min(needed);
    let spent = spent - spent % i128::from(book.document().points.step);
    let worth = divide(spent * i128::from(value.numerator()), i128::from(value.denominator()), RoundingMode::Down);
    let fits = |number: i128| i64::try_from(number).map_err(|_| Overflow);
    Ok((fits(spent)?, fits(worth)?.min(owed)))
}

fn earn_points(book: &CompiledBook, state: &State, goods: i64) -> Result<i64, Overflow> {
    if state.context.member.is_none() {
        return Ok(0);
    }
    let (earn, times) = (book.points_earn, state.multiplier);
    let product = [earn.numerator(), times.numerator()]
        .into_iter()
        .try_fold(i128::from(goods), |product, factor| product.checked_mul(i128::from(factor)));
    let over = i128::from(earn.denominator()).checked_mul(i128::from(times.denominator())).ok_or(Overflow)?;
    i64::try_from(divide(product.ok_or(Overflow)?, over, RoundingMode::Down)).map_err(|_| Overflow)
}
