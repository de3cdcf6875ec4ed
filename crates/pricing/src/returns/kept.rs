//! What an order stands at after some units are back: what was paid for its goods, less the price of those that are kept.

use super::{Original, ReturnError, share};
use crate::{Cart, CartLine, CompiledBook, Gift, LineDiscount, Quote, QuoteLine, book::ReturnMethod};
use ids::PromotionId;
use money::Ratio;
use std::collections::BTreeSet;

/// An order under return, checked and made ready.
pub(super) struct Case<'a> {
    pub(super) book: &'a CompiledBook,
    pub(super) original: &'a Original<'a>,
    /// The promotions that are re-evaluated; none if none of them took anything off the order's goods.
    again: BTreeSet<&'a PromotionId>,
}

/// What the order stands at, without the floor that a refund has.
pub(super) struct Standing {
    /// Goods given back, tax in or out as the prices are.
    pub(super) goods: i64,
    /// The tax on them.
    pub(super) tax: i64,
    /// The value of kept gifts that are no longer earned, tax in.
    pub(super) charge: i64,
    /// The quote of the kept goods alone, where one was needed and goods are kept.
    pub(super) kept: Option<Quote>,
}

impl<'a> Case<'a> {
    pub(super) fn new(book: &'a CompiledBook, original: &'a Original<'a>) -> Result<Self, ReturnError> {
        let quote = original.quote;
        if quote.book != *book.id() {
            return Err(ReturnError::OtherBook { needed: quote.book.clone(), given: book.id().clone() });
        }
        if quote.compute_hash() != quote.hash {
            return Err(ReturnError::BrokenQuote);
        }
        let asks = book.document().promotions.iter().filter(|one| one.returns == ReturnMethod::ReEvaluate);
        let mut again: BTreeSet<&PromotionId> = asks.map(|one| &one.id).collect();
        if !quote.lines.iter().flat_map(|line| &line.discounts).any(|one| again.contains(&one.promotion)) {
            again.clear();
        }
        let case = Self { book, original, again };
        if case.quotes_again() && book.quote(original.cart, original.context)?.hash != quote.hash {
            return Err(ReturnError::OtherQuote { engine: quote.engine.clone() });
        }
        Ok(case)
    }

    /// True if it matters what the kept goods earn by themselves.
    pub(super) fn quotes_again(&self) -> bool {
        !self.again.is_empty() || !self.original.quote.gifts.is_empty()
    }

    /// True if the discounts of this promotion are re-evaluated.
    pub(super) fn is_again(&self, promotion: &PromotionId) -> bool {
        self.again.contains(promotion)
    }

    /// What the order stands at once so many units of each line, and of each gift, are back.
    pub(super) fn at(&self, units: &[i64], gifts: &[i64]) -> Result<Standing, ReturnError> {
        let kept = if self.quotes_again() { self.quote_kept(units)? } else { None };
        let mut standing = Standing { goods: 0, tax: 0, charge: 0, kept: None };
        for (line, &back) in self.original.quote.lines.iter().zip(units) {
            let (price, tax) = self.kept_price(line, back, kept.as_ref())?;
            standing.goods += line.total - price;
            standing.tax += line.tax - tax;
        }
        for (gift, &back) in self.original.quote.gifts.iter().zip(gifts) {
            let value = self.gift_value(gift, unearned(gift, back, kept.as_ref()))?;
            standing.charge = standing.charge.checked_add(value).ok_or(money::Overflow)?;
        }
        standing.kept = kept;
        Ok(standing)
    }

    /// The quote of what is kept; none if nothing is.
    fn quote_kept(&self, units: &[i64]) -> Result<Option<Quote>, ReturnError> {
        let kept = self.original.quote.lines.iter().zip(units).filter(|(line, back)| line.quantity > **back);
        let line = |(line, back): (&QuoteLine, &i64)| CartLine {
            id: line.id.clone(),
            sku: line.sku.clone(),
            quantity: line.quantity - back,
        };
        let lines: Vec<CartLine> = kept.map(line).collect();
        if lines.is_empty() {
            return Ok(None);
        }
        let cart = Cart { lines, ..self.original.cart.clone() };
        Ok(Some(self.book.quote(&cart, self.original.context)?))
    }

    /// What the kept units of a line cost, and the tax on them.
    fn kept_price(&self, line: &QuoteLine, back: i64, kept: Option<&Quote>) -> Result<(i64, i64), ReturnError> {
        let goods = share::goods(line, back);
        let stored = line.total - goods;
        let own = self.own(&line.discounts);
        let was = own - share::discount(line, own, back, goods);
        let earns = kept.and_then(|kept| kept.lines.iter().find(|one| one.id == line.id));
        let now = earns.map_or(0, |one| self.own(&one.discounts));
        if was == now {
            return Ok((stored, line.tax - share::tax(line, goods, self.book.rounder.mode)));
        }
        let price = (stored + was - now).max(0);
        Ok((price, self.rate(&line.sku)?.of(price, self.book.rounder.mode)?))
    }

    /// The discounts of re-evaluated promotions among these.
    fn own(&self, discounts: &[LineDiscount]) -> i64 {
        discounts.iter().filter(|one| self.is_again(&one.promotion)).map(|one| one.amount).sum()
    }

    /// What so many units of each line cost, tax in, without the discounts of re-evaluated promotions. It grows with the units.
    pub(super) fn worth(&self, units: &[i64]) -> Result<i64, ReturnError> {
        let lines = self.original.quote.lines.iter().zip(units);
        lines.map(|(line, &back)| self.worth_of(line, back)).sum()
    }

    fn worth_of(&self, line: &QuoteLine, back: i64) -> Result<i64, ReturnError> {
        let mode = self.book.rounder.mode;
        let goods = share::goods(line, back);
        let off = share::discount(line, self.own(&line.discounts), back, goods);
        if self.original.quote.tax_included {
            return Ok(goods + off);
        }
        let tax_off = if off > 0 { self.rate(&line.sku)?.of(off, mode)? } else { 0 };
        Ok(goods + off + share::tax(line, goods, mode) + tax_off)
    }

    fn rate(&self, sku: &ids::Sku) -> Result<Ratio, ReturnError> {
        let place = self.book.find_sku(sku);
        let engine = || self.original.quote.engine.clone();
        let rate = self.book.skus[place.ok_or_else(|| ReturnError::OtherQuote { engine: engine() })?].tax;
        Ok(if self.original.quote.tax_included { rate.contained()? } else { rate })
    }

    /// What so many units of a gift are worth: their list price, with the tax that comes on top. A gift that the book does not sell is worth nothing.
    pub(super) fn gift_value(&self, gift: &Gift, units: i64) -> Result<i64, ReturnError> {
        let Some(place) = self.book.find_sku(&gift.sku).filter(|_| units > 0) else { return Ok(0) };
        let value = self.book.skus[place].list.checked_mul(units).ok_or(money::Overflow)?;
        let on_top = if self.original.quote.tax_included {
            0
        } else {
            self.rate(&gift.sku)?.of(value, self.book.rounder.mode)?
        };
        Ok(value.checked_add(on_top).ok_or(money::Overflow)?)
    }
}

/// How many units of a gift are neither back nor earned by what is kept.
pub(super) fn unearned(gift: &Gift, back: i64, kept: Option<&Quote>) -> i64 {
    let given = kept.and_then(|kept| kept.gifts.iter().find(|one| one.promotion == gift.promotion));
    (gift.quantity - back - given.map_or(0, |one| one.quantity)).max(0)
}
