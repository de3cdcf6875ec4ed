//! All SQL of Concord, one file per aggregate; the same code on SQLite and PostgreSQL.
//!
//! Statements are written once with `$1` placeholders and run on anything that is [`Query`]: the [`Db`] for reads, a
//! [`Tx`] for writes. Amounts are minor units, instants milliseconds, documents JSON.

mod bulk;
mod db;
mod error;
mod migrate;
mod value;

pub mod audit;
pub mod books;
pub mod bundles;
pub mod cards;
pub mod categories;
pub mod changes;
pub mod codes;
pub mod consents;
pub mod consignments;
pub mod copy;
pub mod counts;
pub mod coupons;
pub mod demo_pay;
pub mod fulfilments;
pub mod held;
pub mod jobs;
pub mod ledger;
pub mod ledger_proof;
pub mod levels;
pub mod limits;
pub mod lots;
pub mod members;
pub mod order_events;
pub mod orders;
pub mod outbox;
pub mod payment_inbox;
pub mod payments;
pub mod persons;
pub mod places;
pub mod points;
pub mod postings;
pub mod products;
pub mod proofs;
pub mod purses;
pub mod refunds;
pub mod returns;
pub mod sealed;
pub mod search;
pub mod sessions;
pub mod settings;
pub mod sourcings;
pub mod staff;
pub mod stock;
pub mod translations;
pub mod usage;
pub mod variants;
pub mod wallet;

pub use db::{Db, Query, Tx};
pub use error::{Error, Result};
pub use migrate::migrate;
/// Says that a statement put together at run time holds nothing that somebody else wrote.
pub use sqlx::AssertSqlSafe;
pub use value::{Row, Value};

/// A new id of 32 letters and digits, for what payment providers know by our ids: some take no more, and no dashes.
#[must_use]
pub fn new_plain_id() -> String {
    uuid::Uuid::now_v7().simple().to_string()
}

/// A new id: a UUID of version 7, so that ids sort by the time of their making.
#[must_use]
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}
