//! Texts of entities in the shop's languages.

use crate::{Query, Result, Tx, Value, bulk, values};
use pricing::Text;
use std::collections::HashMap;

/// One text in one language.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Translation {
    /// Which entity, within its kind.
    pub id: String,
    /// Which of its texts.
    pub field: String,
    /// `zh` or `en`.
    pub locale: String,
    /// The text.
    pub text: String,
}

/// Texts by id and field.
pub type Texts = HashMap<(String, String), Text>;

fn gather(rows: &[crate::Row]) -> Result<Texts> {
    let mut texts = Texts::new();
    for row in rows {
        let text = texts.entry((row.text("id")?, row.text("field")?)).or_default();
        match row.text("locale")?.as_str() {
            "zh" => text.zh = row.text("text")?,
            _ => text.en = row.text("text")?,
        }
    }
    Ok(texts)
}

/// The texts of some entities of one kind; `field` leaves out all others.
pub async fn of(on: &impl Query, entity: &str, field: Option<&str>, ids: &[String]) -> Result<Texts> {
    let (sql, first): (&'static str, Vec<Value>) = match field {
        Some(field) => (
            "SELECT id, field, locale, text FROM translations WHERE entity = $1 AND field = $2 AND id IN ({keys})",
            values![entity, field],
        ),
        None => {
            ("SELECT id, field, locale, text FROM translations WHERE entity = $1 AND id IN ({keys})", values![entity])
        }
    };
    gather(&bulk::by_keys(on, sql, &first, ids).await?)
}

/// The texts of all entities of one kind.
pub async fn all(on: &impl Query, entity: &str) -> Result<Texts> {
    gather(&on.rows("SELECT id, field, locale, text FROM translations WHERE entity = $1", values![entity]).await?)
}

/// Sets texts of one kind of entity.
pub async fn put(tx: &Tx, entity: &str, rows: &[Translation]) -> Result<()> {
    let values = rows.iter().flat_map(|row| values![entity, &row.id, &row.field, &row.locale, &row.text]);
    let head = "INSERT INTO translations (entity, id, field, locale, text) VALUES ";
    let tail = " ON CONFLICT (entity, id, field, locale) DO UPDATE SET text = excluded.text";
    bulk::insert(tx, head, 5, values.collect(), tail).await
}
