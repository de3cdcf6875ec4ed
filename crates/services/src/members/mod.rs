//! Members: one-time codes, sessions, accounts.

mod account;
mod birthday;
mod code;
pub(crate) mod phone;
mod session;
mod sign_in;

pub use session::{FoundSession, SessionToken};
pub use sign_in::SignedIn;
