//! From cart to order.

mod address;
mod again;
mod allocation;
mod cancel;
mod cart;
mod change;
pub(crate) mod check;
mod commit;
mod confirm;
mod desk;
mod exchange;
mod explain;
mod fulfil;
mod goods;
mod number;
mod pick_up;
mod place;
mod refund;
mod reprice;
mod returns;
mod tell;
mod view;
mod words;

pub use explain::OrderRecord;
pub use reprice::{Differing, Repriced};

pub(crate) use change::{Actor, Change, Doing};
pub(crate) use check::{KEY_WORDS, is_key};
pub(crate) use place::same_charge;
pub(crate) use refund::Moving;
pub(crate) use view::may_see;
