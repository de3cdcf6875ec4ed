//! From cart to order.

mod check;
mod items;
mod number;
mod place;
mod quote;
mod read;
mod source;
