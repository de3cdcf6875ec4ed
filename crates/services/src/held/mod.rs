//! Held quotes: the server signs what it promised, and honours it until it expires, even if the price book changes meanwhile.

mod hold;
mod honour;
mod problem;
mod ring;
mod token;

pub use problem::HeldProblem;
pub use ring::{FixedKeys, KeyRing, KeyRingError, KeyStore};

pub(crate) use honour::Terms;
