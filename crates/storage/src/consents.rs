//! What members allowed and took back, append-only.

use crate::{Query, Result, Row, new_id, value, values};
use ids::MemberId;
use serde::{Deserialize, de::IntoDeserializer};
use wire::{ConsentEntry, Purpose};

/// The word of a purpose in the table.
fn word(purpose: Purpose) -> Result<String> {
    match serde_json::to_value(purpose) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        _ => Err(value::bad("purpose", "a purpose has no word")),
    }
}

fn read(row: &Row) -> Result<ConsentEntry> {
    let purpose: serde::de::value::StringDeserializer<serde_json::Error> = row.text("purpose")?.into_deserializer();
    Ok(ConsentEntry {
        purpose: Purpose::deserialize(purpose).map_err(|error| value::bad("purpose", error))?,
        given: row.flag("given")?,
        text_version: row.text("text_version")?,
        channel: row.text("channel")?,
        by: row.text("actor")?,
        at: row.instant("at")?,
    })
}

/// Writes an answer down.
pub async fn insert(on: &impl Query, member: &MemberId, entry: &ConsentEntry) -> Result<()> {
    let sql = "INSERT INTO consents (id, member, purpose, given, text_version, channel, actor, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let mut values = values![new_id(), member, word(entry.purpose)?, entry.given, &entry.text_version];
    values.extend(values![&entry.channel, &entry.by, entry.at]);
    on.run(sql, values).await.map(drop)
}

/// All answers of a member, the oldest first.
pub async fn of_member(on: &impl Query, member: &MemberId) -> Result<Vec<ConsentEntry>> {
    let sql = "SELECT * FROM consents WHERE member = $1 ORDER BY at, id";
    on.rows(sql, values![member]).await?.iter().map(read).collect()
}

/// The last answer of a member for a purpose.
pub async fn last(on: &impl Query, member: &MemberId, purpose: Purpose) -> Result<Option<ConsentEntry>> {
    let sql = "SELECT * FROM consents WHERE member = $1 AND purpose = $2 ORDER BY at DESC, id DESC LIMIT 1";
    on.row(sql, values![member, word(purpose)?]).await?.map(|row| read(&row)).transpose()
}
