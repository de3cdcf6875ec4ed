//! From cart to order.

mod cart;
pub(crate) mod check;
mod commit;
mod explain;
mod number;
mod place;
mod reprice;
mod sourcing;
mod view;

pub use explain::OrderRecord;
pub use reprice::{Differing, Repriced};

pub(crate) use place::same_charge;
