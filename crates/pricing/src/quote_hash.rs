//! What of a quote is hashed: everything that was promised to the shopper. Why other promotions gave nothing, and what could be bought on top, is
//! no promise and is left out, as are names, which belong to the price book whose id is hashed.

use crate::{
    Applied, CouponOutcome, Gift, LineDiscount, Quote, QuoteLine, QuoteShipping, Run,
    hash::{Feed, Plain, fold, quick},
    list::Promise,
};

impl Quote {
    /// The hash over the promise: engine, book, currency, every line with its discounts, units and tax, shipping, totals, points, gifts, the promotions
    /// applied, and which codes were taken. 32 hexadecimal digits.
    #[must_use]
    pub fn compute_hash(&self) -> String {
        let mut feed = Feed::new();
        feed.and(self.engine.as_str()).and(self.book.as_str()).and(self.currency.code()).and(&self.tax_included);
        feed.and(self.lines.as_slice()).and(&self.subtotal).and(&self.discount).and(&self.shipping);
        feed.and(&self.tax).and(&self.total).and(&self.points_spent).and(&self.points_value).and(&self.payable);
        feed.and(&self.points_earned).and(self.gifts.as_slice()).and(self.applied.as_slice());
        feed.and(self.coupons.as_slice());
        feed.hash()
    }
}

impl Plain for QuoteLine {
    fn feed(&self, feed: &mut Feed) {
        feed.and(self.id.as_str()).and(self.sku.as_str()).numbers([self.quantity, self.list, self.subtotal]);
        feed.and(&self.discounts).numbers([self.total, self.tax]).and(self.runs.as_slice());
    }
}

impl Promise for LineDiscount {
    fn digest(&self, before: u64) -> u64 {
        share(before, quick(self.promotion.as_str().as_bytes()), self.amount, self.units)
    }
}

/// The digest of the shares of a line before, and of one more: of the promotion's id, hashed by itself, since carts have thousands of shares and books
/// know their promotions' hashes. Units stand above amounts, which rarely have more than 32 bits.
#[inline]
pub(crate) fn share(before: u64, promotion: u64, amount: i64, units: i64) -> u64 {
    fold(before, promotion.wrapping_add(amount.cast_unsigned()).wrapping_add(units.cast_unsigned().rotate_left(32)))
}

impl Plain for Run {
    fn feed(&self, feed: &mut Feed) {
        feed.numbers([self.quantity, self.net]);
    }
}

impl Plain for QuoteShipping {
    fn feed(&self, feed: &mut Feed) {
        feed.and(self.method.as_str()).and(&self.list).and(&self.discounts).and(&self.total).and(&self.tax);
    }
}

impl Plain for Gift {
    fn feed(&self, feed: &mut Feed) {
        feed.and(self.promotion.as_str()).and(self.sku.as_str()).and(&self.quantity);
    }
}

impl Plain for Applied {
    fn feed(&self, feed: &mut Feed) {
        feed.and(self.promotion.as_str()).numbers([self.amount, self.base, self.units]).and(&self.limited);
    }
}

impl Plain for CouponOutcome {
    fn feed(&self, feed: &mut Feed) {
        feed.and(self.code.as_str()).and(&self.refused.is_some());
    }
}
