//! What may become of an order, as pure functions: the stages of its goods and the steps between them ([`Stage`], [`Step`]), what a step does to the goods on the
//! shelf ([`Goods`]), where the whole order stands ([`stands`]), what may still be changed ([`may_change`]), and who of a timeline's readers sees what ([`Level`]).
//!
//! Nothing here reads a clock or a database: services load, ask, and write down what came out in one transaction.

mod change;
mod fulfilment;
mod standing;
mod timeline;

pub use change::{CHANGE_MS, Change, NoChange, may_change};
pub use fulfilment::{Goods, Refused, Stage, Step, Way, step};
pub use standing::{Standing, stands};
pub use timeline::{Event, Level};
