//! The departments. Their names and blurbs are translations of the entity `category`.

use crate::{Query, Result, Tx, bulk, values};
use ids::CategorySlug;

/// A department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryRow {
    /// Its address part.
    pub slug: CategorySlug,
    /// The product type of imports that belongs to it.
    pub type_name: String,
    /// Where it stands, from 0.
    pub position: i64,
}

/// All departments in their order.
pub async fn all(on: &impl Query) -> Result<Vec<CategoryRow>> {
    let rows = on.rows("SELECT slug, type_name, position FROM categories ORDER BY position, slug", vec![]).await?;
    let read = |row: &crate::Row| {
        Ok(CategoryRow { slug: row.id("slug")?, type_name: row.text("type_name")?, position: row.int("position")? })
    };
    rows.iter().map(read).collect()
}

/// Adds departments; one whose slug is there already gets the new type and position.
pub async fn put(tx: &Tx, rows: &[CategoryRow]) -> Result<()> {
    let values = rows.iter().flat_map(|row| values![&row.slug, &row.type_name, row.position]).collect();
    let tail = " ON CONFLICT (slug) DO UPDATE SET type_name = excluded.type_name, position = excluded.position";
    bulk::insert(tx, "INSERT INTO categories (slug, type_name, position) VALUES ", 3, values, tail).await
}
