//! Prices and promotions: the one place where Concord computes what anything costs.
//!
//! A [`PriceBook`](book::PriceBook) is compiled once into a [`CompiledBook`]; [`CompiledBook::quote`] answers what a
//! [`Cart`] costs in a [`Context`], to the last minor unit and with the reasons. The crate has no input or output, no clock, no
//! randomness, no floating point and no `unsafe`: the same bytes in give the same bytes out, native and as WebAssembly.
//!
//! ```
//! use pricing::{Cart, CompiledBook, Context, Instant, book::PriceBook};
//!
//! let book: PriceBook = serde_json::from_str(r#"{
//!     "format": 1, "currency": "CNY", "resolution": "pinned",
//!     "skus": [{"sku": "TEA", "price": "109.00"}],
//!     "promotions": [{"id": "FULL200", "class": "order", "name": {"zh": "满200减30", "en": "¥30 off ¥200"},
//!                     "if": [{"min_subtotal": "200.00"}], "then": {"amount": "30.00", "on": "order"}}]
//! }"#).unwrap();
//! let book = CompiledBook::new(book).unwrap();
//! let cart: Cart = serde_json::from_str(r#"{"lines": [{"id": "1", "sku": "TEA", "quantity": 2}]}"#).unwrap();
//! let quote = book.quote(&cart, &Context::guest(Instant(0))).unwrap();
//! assert_eq!((quote.subtotal, quote.discount, quote.payable), (21800, 3000, 18800));
//! ```

pub mod benefit;
pub mod book;
mod cart;
pub mod condition;
mod context;
mod engine;
mod explanation;
mod hash;
mod open;
mod quote;
mod quote_hash;
mod registry;
mod sort;
mod text;
mod time;
mod trace;
pub mod words;

pub use book::{BookError, CompiledBook, Slice, canonical_json};
pub use cart::{COUPONS_MAX, Cart, CartLine, LINES_MAX, QUANTITY_MAX};
pub use context::{Context, Member, Usage};
pub use engine::{QuoteError, UnitPrice};
pub use explanation::{Bound, Explained, Explanation, Fate, How, LineShare};
pub use open::{OpenCart, OpenLine, OpenShipping};
pub use quote::{
    Applied, Certificate, CouponOutcome, ENGINE_VERSION, Gift, Hint, LineDiscount, Missed, Need, Quote, QuoteLine,
    QuoteShipping, Run,
};
pub use text::Text;
pub use time::{BadInstant, Instant};
pub use trace::Reason;
