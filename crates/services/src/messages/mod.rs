//! Messages to shoppers. They are written down in the transaction of what they tell of (`enqueue`), and sent after it by whoever relays them
//! (`relay`): a message goes if and only if its order does, at least once, with an id that stays the same.

mod enqueue;
mod notice;
mod relay;
mod texts;
mod view;

pub use notice::{Envelope, Notice, Recipient};
pub use relay::Relayed;

pub(crate) use enqueue::{Message, To};
