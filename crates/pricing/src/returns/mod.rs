//! Returns: what a shopper gets back for goods that come back. A pure function of the order's own quote, price book and context.
//!
//! # The meaning
//! Everything is defined by **what the order stands at** after a set of units has come back. A refund is the difference between two such
//! standings, so neither the order nor the number of steps in which goods come back matters.
//!
//! - **Which units.** Units of a line are alike, their prices may not be: a returned unit is the dearest that is not back yet. So the first
//!   unit of a "second at half price" that comes back is worth the full price, and the last one half of it.
//! - **Pro-rata** ([`ReturnMethod::ProRata`](crate::book::ReturnMethod), the default): a unit is worth its stored net; every discount on it goes with it.
//!   The line's tax goes in proportion to the line's net, cumulatively, so that it ends exact.
//! - **Re-evaluated**: if a promotion that applied to the order says `"returns": "re_evaluate"`, the kept goods are quoted alone, with the
//!   order's own book, codes and context. Each promotion that says so then gives the kept goods what it gives in that quote; each
//!   other keeps its stored shares. So the price of a kept line is its stored net, plus the stored discounts of re-evaluated promotions on the
//!   kept units, less what these give now, and never below zero. Where all promotions are re-evaluated, this is the price of what is
//!   kept, and the refund is what was paid less that. (On a line with both kinds, the discount of the units is split between them in
//!   proportion to the line's discounts.)
//! - **Floor zero, in any order.** Returning one more unit may lose a discount that is worth more than the unit; the shopper never pays for
//!   returning. So a set of units stands at the most that itself or any part of it stands at: what the shopper would get with the best order
//!   of single returns. It never stands at more than its units cost without the re-evaluated promotions. Nobody loses by returning at once what could be returned one by one.
//! - **Gifts** that are kept, though their promotion no longer holds for the kept goods, are charged at their list price (with the tax that
//!   comes on top, if it does), and never beyond the refund. Bringing a gift back later returns its charge.
//! - **Shipping** as [`ShippingRefund`] says: with everything, never, or now.
//! - **Points and tenders.** Earned points are taken back in proportion to the stored nets. What is refunded comes back in proportion to how the order was
//!   paid, spent points first, the other tenders as listed: each gets its rounded share of what those before it left. For two tenders
//!   that is the largest-remainder rule applied to all refunds together; for more, that rule itself could take a cent back from a
//!   tender that has it already (the Alabama paradox).
//!
//! From this follow the laws, which are property tests: no step is negative; everything returned is everything paid, to the cent, per line, tax
//! and tender; the standing of a set is the same whatever came before.
//!
//! The part that stands at the most is searched with a bound: no part stands at more than its units cost without the re-evaluated promotions, which holds by
//! definition. Where [`PARTS_MAX`] parts were priced and the search is not over, the set stands at the most that it found, or at what was refunded so far if that is
//! more; the refund says so ([`ReturnReason::InSteps`]). Then too no step is negative and everything is exact in the end, but the way may matter.
//!
//! # An example
//! ¥30 off ¥200 says `re_evaluate`. Two teas at ¥109.00 were ¥188.00; the one that is kept costs ¥109.00 alone.
//!
//! ```
//! use pricing::{Cart, CompiledBook, Context, Instant, book::PriceBook};
//! use pricing::returns::{Original, Refund, ReturnOptions, Returned, Tender};
//!
//! let book: PriceBook = serde_json::from_str(r#"{
//!     "format": 1, "currency": "CNY", "skus": [{"sku": "TEA", "price": "109.00"}],
//!     "promotions": [{"id": "FULL200", "class": "order", "name": {"zh": "满200减30", "en": "¥30 off ¥200"}, "returns": "re_evaluate",
//!                     "if": [{"min_subtotal": "200.00"}], "then": {"amount": "30.00", "on": "order"}}]
//! }"#).unwrap();
//! let book = CompiledBook::new(book).unwrap();
//! let cart: Cart = serde_json::from_str(r#"{"lines": [{"id": "1", "sku": "TEA", "quantity": 2}]}"#).unwrap();
//! let context = Context::guest(Instant(0));
//! let quote = book.quote(&cart, &context).unwrap();
//! let tenders = [Tender { name: "card".into(), amount: 18800 }];
//! let original = Original { quote: &quote, cart: &cart, context: &context, tenders: &tenders };
//! let one: Returned = serde_json::from_str(r#"{"lines": [{"line": "1", "units": 1}]}"#).unwrap();
//!
//! let first = book.refund(&original, &Refund::default(), &one, ReturnOptions::default()).unwrap();
//! // The unit's net is 94.00; 15.00 of the discount lie on the kept one, which alone does not earn it.
//! assert_eq!((first.lines[0].goods, first.discounts_lost, first.total), (9400, 1500, 7900));
//! let second = book.refund(&original, &first, &one, ReturnOptions::default()).unwrap();
//! assert_eq!((second.discounts_lost, second.total), (-1500, 10900));
//! assert_eq!(first.total + second.total, quote.payable);
//! ```

mod asked;
mod count;
mod error;
mod kept;
mod reasons;
mod refund;
mod share;
mod standing;
mod step;
mod sum;
mod tenders;

pub use asked::{Original, ReturnOptions, Returned, ReturnedGift, ReturnedLine, ShippingRefund, Tender};
pub use error::ReturnError;
pub use refund::{Refund, RefundLine, ReturnReason};
pub use standing::PARTS_MAX;

use crate::CompiledBook;
use money::{Overflow, RoundingMode};

impl CompiledBook {
    /// What the shopper gets back for `now`, where `before` is the sum of all earlier refunds of the order ([`Refund::and`], the default if there were none).
    /// `self` is the book that the order was quoted with, whole or the slice.
    ///
    /// # Errors
    /// [`ReturnError`]: a line, gift or number of units that is not in the order, tenders that don't sum to what was payable, another book, or
    /// a cart and context that don't give the order's quote.
    pub fn refund(
        &self,
        original: &Original,
        before: &Refund,
        now: &Returned,
        options: ReturnOptions,
    ) -> Result<Refund, ReturnError> {
        step::step(self, original, before, now, options)
    }

    /// What so many points are worth when they are spent, in minor units, rounded down.
    ///
    /// # Errors
    /// If that does not fit into 64 bits.
    pub fn points_worth(&self, points: i64) -> Result<i64, Overflow> {
        self.points_value.of(points, RoundingMode::Down)
    }
}
