//! Documents of which there is one: the shop's own facts, its promotions, the stamp of the catalogue.

use crate::{Query, Result, Tx, value, values};
use serde::{Serialize, de::DeserializeOwned};

/// The document under `name`, if it was ever set.
pub async fn get<T: DeserializeOwned>(on: &impl Query, name: &str) -> Result<Option<T>> {
    let row = on.row("SELECT value FROM settings WHERE name = $1", values![name]).await?;
    row.map(|row| row.json("value")).transpose()
}

/// Sets the document under `name`.
pub async fn set<T: Serialize + Sync>(tx: &Tx, name: &str, document: &T) -> Result<()> {
    let sql =
        "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    tx.run(sql, values![name, value::json(document)?]).await?;
    Ok(())
}
