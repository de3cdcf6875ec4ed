//! From an applied cart to the quote: tax, points, and the words of record.

use super::{
    QuoteError,
    apply::{Below, Given, Outcome},
    hints,
    record::{Record, digests, name, off_schedule},
    state::{Line, Shipping, State},
    tax,
};
use crate::{
    Applied, Certificate, CompiledBook, CouponOutcome, ENGINE_VERSION, Gift, LineDiscount, Quote, QuoteLine,
    QuoteShipping, Run, book::funding_weights, list::List, sort, trace::Reason,
};
use ids::CouponCode;
use money::{Overflow, RoundingMode, allocate, divide};
use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

#[inline(never)]
pub(super) fn finish(book: &CompiledBook, mut state: State, mut outcome: Outcome) -> Result<Quote, QuoteError> {
    let hints = hints::best(book, &mut outcome);
    let coupons = coupons(book, state.context.wishes.coupons, &outcome, &state);
    let mut told = Vec::with_capacity(outcome.given.len());
    for given in &outcome.given {
        told.push(applied(book, given)?);
    }
    let record = record(book, &mut state, &mut outcome);
    let state = &state;
    let included = book.document().tax.included;
    let taxes = tax::taxes(state, book.rounder, included)?;
    let numbered = state.lines.iter().zip(&taxes.lines).enumerate();
    let lines: Vec<QuoteLine> =
        numbered.map(|(at, (line, &tax))| quote_line(line, discounts(&record, at), tax)).collect();
    let of_shipping = || discounts(&record, state.lines.len());
    let shipping = state.shipping.as_ref().map(|one| quote_shipping(one, of_shipping(), taxes.shipping));
    let tax = taxes.lines.iter().try_fold(taxes.shipping, |sum, tax| sum.checked_add(*tax)).ok_or(Overflow)?;
    let subtotal = lines.iter().map(|line| line.subtotal).sum();
    let goods = state.goods();
    let added = if included { 0 } else { tax };
    let total = (goods + shipping.as_ref().map_or(0, |one| one.total)).checked_add(added).ok_or(Overflow)?;
    let (points_spent, points_value) = spend_points(book, state.context.wishes.points, state, total)?;
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
        coupons,
        certificate: match outcome.gap {
            None => Certificate::Pinned,
            Some(0) => Certificate::Optimal,
            Some(gap) => Certificate::Bounded(gap),
        },
        hints,
        applied: told,
        missed: if record.nothing_missed() { List::default() } else { List::of(record, 0) },
        hash: String::new(),
    };
    quote.hash = quote.compute_hash();
    Ok(quote)
}

/// What was noted of the promotions, taken out of where it was noted.
fn record(book: &CompiledBook, state: &mut State, outcome: &mut Outcome) -> Arc<Record> {
    let (lines, shares) = (state.lines.len() + 1, std::mem::take(&mut state.discounts));
    let sheet = std::mem::take(&mut outcome.sheet);
    Arc::new(Record {
        directory: book.directory().clone(),
        at: state.context.at,
        lines,
        digests: digests(book.directory(), lines, &shares, &sheet),
        shares,
        sheet,
        by_line: OnceLock::new(),
        missed: std::mem::take(&mut outcome.missed),
        below: std::mem::take(&mut outcome.below),
        idle: std::mem::take(&mut outcome.idle),
    })
}

/// The shares in a line; shipping stands after the lines.
fn discounts(record: &Arc<Record>, line: usize) -> List<LineDiscount> {
    if record.nothing_given() { List::default() } else { List::of(record.clone(), line) }
}

fn quote_line(line: &Line, discounts: List<LineDiscount>, tax: i64) -> QuoteLine {
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
        discounts,
        total: line.total(),
        tax,
        runs,
    }
}

fn quote_shipping(shipping: &Shipping, discounts: List<LineDiscount>, tax: i64) -> QuoteShipping {
    QuoteShipping {
        method: shipping.method.unwrap_or_default().to_owned(),
        list: shipping.price,
        discounts,
        total: shipping.current,
        tax,
    }
}

fn applied(book: &CompiledBook, given: &Given) -> Result<Applied, Overflow> {
    let promotion = book.promotion(given.promotion);
    let shares =
        if promotion.funding.is_empty() { Vec::new() } else { allocate(given.amount, &funding_weights(promotion))? };
    // One by one: to collect them would bring a sort of their own.
    let mut funding = BTreeMap::new();
    funding.extend(promotion.funding.keys().cloned().zip(shares));
    Ok(Applied {
        promotion: promotion.id.clone(),
        name: name(promotion),
        class: promotion.class,
        coupon: promotion.coupon.clone(),
        amount: given.amount,
        base: given.base,
        units: given.units,
        limited: given.limited || given.floored,
        funding,
    })
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
    let mut coupons: Vec<CouponOutcome> = Vec::with_capacity(codes.len());
    for code in codes {
        if coupons.iter().any(|known| known.code == *code) {
            continue;
        }
        let taken = book.of_code(code).any(|one| outcome.given.iter().any(|given| given.promotion == one));
        let first = || book.of_code(code).find_map(|one| why_not(book, outcome, state, one));
        let unknown = if book.of_code(code).next().is_some() { Reason::NothingLeft } else { Reason::UnknownCode };
        let refused = if taken { None } else { Some(first().unwrap_or(unknown)) };
        coupons.push(CouponOutcome { code: code.clone(), refused });
    }
    coupons
}

/// Why a promotion gave nothing, if it did not.
fn why_not(book: &CompiledBook, outcome: &Outcome, state: &State, one: usize) -> Option<Reason> {
    let missed = outcome.missed.iter().find(|(missed, _)| *missed == one).map(|(_, reason)| reason.clone());
    let below = || outcome.below.iter().find(|below| below.promotion == one).map(Below::reason);
    let rests = || outcome.idle.iter().any(|idle| *idle as usize == one);
    missed.or_else(below).or_else(|| rests().then(|| off_schedule(book.promotion(one), state.context.at)))
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
