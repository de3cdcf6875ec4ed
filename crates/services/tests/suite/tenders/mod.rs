//! Tenders of the shop's own money, and what follows from a payment, on SQLite and on PostgreSQL.

mod exchange;
mod follow;
mod over_counter;
mod purses;
mod shop;
