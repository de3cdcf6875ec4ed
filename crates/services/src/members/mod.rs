//! Members: signing in by telephone, sessions, and the account.

mod account;
mod codes;
pub(crate) mod phone;
mod sessions;

pub use sessions::{FoundSession, SessionToken, SignedIn};
