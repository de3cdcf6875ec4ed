//! Stock, as the shop's own people and shoppers move it: nothing is oversold, lost or made, and the ledger shows it.

mod moving;
mod selling;
mod shop;
