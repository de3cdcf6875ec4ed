//! Members: one-time codes, sessions, accounts; points, stored money, levels, coupons.

mod account;
mod base32;
mod birthday;
mod card_worth;
mod code;
mod coupons;
mod desk;
mod gift_cards;
mod history;
mod jobs;
mod levels;
mod member_code;
pub(crate) mod phone;
mod points;
mod proof;
pub(crate) mod session;
mod sign_in;
mod staff;
mod value;
mod words;

pub use coupons::CodeExport;
pub use proof::LedgerProof;
pub use session::{FoundSession, SessionToken};
pub use sign_in::SignedIn;

pub(crate) use account::own_coupons;
pub(crate) use coupons::{Claim, CouponRefused};
pub(crate) use desk::Desk;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]
mod tests;
