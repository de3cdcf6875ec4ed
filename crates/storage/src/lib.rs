//! All SQL of Concord, one file per aggregate; the same code on SQLite and PostgreSQL.

/// Why the database could not do what was asked.
#[derive(Debug, thiserror::Error)]
#[error("storage")]
pub struct Error;
