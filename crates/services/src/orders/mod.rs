//! From cart to order.

mod cart;
mod check;
mod commit;
mod explain;
mod number;
mod place;
mod sourcing;
mod view;

pub use explain::OrderRecord;
