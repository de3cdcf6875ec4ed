//! Small shared pieces. They get all they show from their arguments and never fetch.

mod card;
mod field;
mod icon;
mod loaded;
mod price;
mod problem;
mod stepper;
pub(crate) mod texts;

pub use card::cards;
pub use field::{Entry, Field, field};
pub use icon::{Icon, icon};
pub use loaded::{load, loaded};
pub use price::{per_100g, price};
pub use problem::{empty, problem};
pub use stepper::stepper;
