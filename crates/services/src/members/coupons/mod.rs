//! Coupons that are given out singly: unique codes of batches, and coupons in wallets.
//!
//! The price book knows one generic code per promotion; prices are computed with it, in the browser and here, and nobody has to know who may use
//! it. Who may is settled when the order is placed: for a generic code with batches, the order's transaction takes one unique code or one coupon of
//! the member's wallet, or there is no order.

mod batches;
mod claim;
mod code;
mod export;
mod give;
mod resolve;

pub use export::CodeExport;

pub(crate) use claim::{Claim, CouponRefused};

/// The coder of a batch that has codes.
#[cfg(test)]
pub(super) fn coder(batch: &storage::coupons::BatchRow) -> Option<code::Coder> {
    code::Coder::new(batch).ok()?
}
