//! Prices and promotions: the one place where Concord computes what anything costs.
//!
//! A [`PriceBook`](book::PriceBook) is compiled once into a [`CompiledBook`]; [`CompiledBook::quote`] answers what a
//! [`Cart`] costs in a [`Context`], to the last minor unit and with the reasons. The crate has no input or output, no clock, no
//! randomness, no floating point and no `unsafe`: the same bytes in give the same bytes out, native and as WebAssembly.
//!
//! It is not `no_std`, though it uses nothing of `std` beyond `core` and `alloc`, and each crate that it needs can do without: both places where the core runs,
//! a server and a browser's WebAssembly, have `std`. `examples/` has small programs to begin with, and `schemas/`
//! the JSON Schemas of all documents.
//!
//! The pages of the [guide] say what everything means, rule by rule.
#![cfg_attr(any(doc, doctest), doc = include_str!("../docs/cart.md"))]

pub mod benefit;
pub mod book;
mod cart;
pub mod condition;
mod context;
pub mod diff;
mod engine;
mod explanation;
#[cfg(any(doc, doctest))]
pub mod guide;
mod hash;
mod list;
mod open;
mod quote;
mod quote_hash;
mod registry;
pub mod returns;
mod sort;
mod text;
mod time;
mod trace;
mod tree;
pub mod words;

pub use book::{BookError, CompiledBook, Slice, canonical_json};
pub use cart::{COUPONS_MAX, Cart, CartLine, GiftChoice, LINES_MAX, QUANTITY_MAX};
pub use context::{Context, Member, Usage};
pub use engine::{QuoteError, UnitPrice};
pub use explanation::{Bound, Explained, Explanation, Fate, How, LineShare};
pub use list::{Entry, List};
pub use open::{OpenCart, OpenLine, OpenShipping};
pub use quote::{
    Applied, Certificate, CouponOutcome, ENGINE_VERSION, Gift, Hint, LineDiscount, Missed, MissedView, Need, Quote,
    QuoteLine, QuoteShipping, Run, ShareView,
};
pub use text::Text;
pub use time::{BadInstant, Instant};
pub use trace::Reason;
pub use tree::{Fault, Read, read, write};
