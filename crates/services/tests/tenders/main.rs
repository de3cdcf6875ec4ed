//! Tenders of the shop's own money, and what follows from a payment, on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

mod exchange;
mod follow;
mod purses;
mod shop;
