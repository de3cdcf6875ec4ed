//! Stock in three tiers: what is where, what moves it, and where the goods of orders come from.

mod allocate;
mod availability;
mod bundles;
mod counts;
mod deeds;
mod export;
pub(crate) mod held;
mod lines;
mod once;
mod planning;
mod problem;
mod provinces;
mod see;
mod shelves;
mod sourcing;
mod transfers;

pub(crate) use allocate::{Allocated, AllocationAsk, Need, Short, allocate};
pub(crate) use availability::arrivals;
pub(crate) use bundles::put as put_bundle;
pub use problem::StockProblem;
pub(crate) use shelves::Shelves;
pub(crate) use sourcing::Sourcing;
pub(crate) use transfers::{Purchase, announce};

#[cfg(test)]
mod tests;
