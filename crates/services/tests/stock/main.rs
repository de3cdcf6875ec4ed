//! Stock, as the shop's own people and shoppers move it: nothing is oversold, lost or made, and the ledger shows it.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

mod moving;
mod selling;
mod shop;
