//! What was written down: messages that leave, and who saw what.

pub mod audit;
pub mod messages;
mod texts;
