//! All SQL of Concord, one file per aggregate; the same code on SQLite and PostgreSQL.
//!
//! Statements are written once with `$1` placeholders and run on anything that is [`Query`]: the [`Db`] for reads, a
//! [`Tx`] for writes. Amounts are minor units, instants milliseconds, documents JSON.

mod bulk;
mod db;
mod error;
mod migrate;
mod value;

pub mod books;
pub mod categories;
pub mod codes;
pub mod held;
pub mod limits;
pub mod members;
pub mod orders;
pub mod places;
pub mod points;
pub mod products;
pub mod search;
pub mod sessions;
pub mod settings;
pub mod stock;
pub mod translations;
pub mod usage;
pub mod variants;

pub use db::{Db, Query, Tx};
pub use error::{Error, Result};
pub use migrate::migrate;
pub use value::{Row, Value};

/// A new id: a UUID of version 7, so that ids sort by the time of their making.
#[must_use]
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}
