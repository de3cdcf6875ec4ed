//! The checkout: how the goods reach the shopper, who is told, points to spend, and the order at the price that is shown.

mod attempt;
mod cards;
mod changed;
mod draft;
mod fields;
mod order;
mod page;
mod parts;
mod pay;
mod split;
mod tender;
mod texts;

pub use attempt::{Key, answered as attempt_answered, forget as forget_attempt, send as attempt};
pub use cards::{Cards, cards};
pub use draft::{Draft, is_mobile};
pub use page::CheckoutPage;
pub use split::{Split, split};
