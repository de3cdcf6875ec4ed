//! Personal data: who may see how much of them, what a member allowed, what the shop knows of a person, and forgetting it.

pub(crate) mod audit;
pub(crate) mod consent;
mod erase;
mod export;
mod keys;
pub(crate) mod mask;
mod person;

pub use mask::{Field, Need, Sight, sight};
