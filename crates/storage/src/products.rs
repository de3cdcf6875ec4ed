//! Products with their tags and pictures. Titles and bodies are translations of the entity `product`, the names of options
//! and of their values of `option` and `option_value`, each by handle.

use crate::{Query, Result, Row, Tx, bulk, value, values};
use ids::{CategorySlug, Handle};
use pricing::Instant;
use serde::{Deserialize, Serialize};

/// Something that can be chosen, in the product's own language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionRow {
    /// Its name.
    pub name: String,
    /// Its values in order.
    pub values: Vec<String>,
}

/// A product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductRow {
    /// The shop's own order.
    pub number: i64,
    /// Its address part.
    pub handle: Handle,
    /// The language of its own texts, `zh` or `en`.
    pub locale: String,
    /// The brand.
    pub vendor: String,
    /// The product type as imported.
    pub type_name: String,
    /// The department.
    pub category: Option<CategorySlug>,
    /// False: not shown and not sold.
    pub active: bool,
    /// What can be chosen.
    pub options: Vec<OptionRow>,
    /// A hash of everything imported, to see what an import would change.
    pub fingerprint: String,
    /// When it was added.
    pub created_at: Instant,
    /// When it was changed last.
    pub updated_at: Instant,
}

/// A picture of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageRow {
    /// Of which product.
    pub product: i64,
    /// Where it stands, from 1.
    pub position: i64,
    /// Its address.
    pub src: String,
    /// What it shows.
    pub alt: String,
}

/// What the catalogue's index in memory needs of a product that is sold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexRow {
    /// The shop's own order.
    pub number: i64,
    /// Its department.
    pub category: Option<CategorySlug>,
    /// The brand.
    pub vendor: String,
    /// The list price of its cheapest variant.
    pub price_minor: i64,
    /// When it was added.
    pub created_at: Instant,
}

const COLUMNS: [&str; 2] = [
    "SELECT number, handle, locale, vendor, type_name, category, active, options, fingerprint, created_at, updated_at
     FROM products WHERE number IN ({keys})",
    "SELECT number, handle, locale, vendor, type_name, category, active, options, fingerprint, created_at, updated_at
     FROM products WHERE handle IN ({keys})",
];

fn read(row: &Row) -> Result<ProductRow> {
    Ok(ProductRow {
        number: row.int("number")?,
        handle: row.id("handle")?,
        locale: row.text("locale")?,
        vendor: row.text("vendor")?,
        type_name: row.text("type_name")?,
        category: row.maybe_id("category")?,
        active: row.flag("active")?,
        options: row.json("options")?,
        fingerprint: row.text("fingerprint")?,
        created_at: row.instant("created_at")?,
        updated_at: row.instant("updated_at")?,
    })
}

/// Products by their numbers, in no order.
pub async fn by_numbers(on: &impl Query, numbers: &[i64]) -> Result<Vec<ProductRow>> {
    bulk::by_keys(on, COLUMNS[0], &[], numbers.iter().copied()).await?.iter().map(read).collect()
}

/// Products by their handles, in no order.
pub async fn by_handles(on: &impl Query, handles: &[Handle]) -> Result<Vec<ProductRow>> {
    bulk::by_keys(on, COLUMNS[1], &[], handles).await?.iter().map(read).collect()
}

/// Number, handle and fingerprint of every product.
pub async fn fingerprints(on: &impl Query) -> Result<Vec<(i64, String, String)>> {
    let rows = on.rows("SELECT number, handle, fingerprint FROM products ORDER BY number", vec![]).await?;
    rows.iter().map(|row| Ok((row.int("number")?, row.text("handle")?, row.text("fingerprint")?))).collect()
}

/// True if there is any product.
pub async fn any(on: &impl Query) -> Result<bool> {
    Ok(on.row("SELECT number FROM products LIMIT 1", vec![]).await?.is_some())
}

/// What the index in memory needs, in the shop's own order.
pub async fn index_rows(on: &impl Query) -> Result<Vec<IndexRow>> {
    let sql = "SELECT p.number AS number, p.category AS category, p.vendor AS vendor, p.created_at AS created_at,
        MIN(v.price_minor) AS price_minor
        FROM products p JOIN variants v ON v.product = p.number AND v.active = 1 WHERE p.active = 1
        GROUP BY p.number, p.category, p.vendor, p.created_at ORDER BY p.number";
    let read = |row: &Row| {
        Ok(IndexRow {
            number: row.int("number")?,
            category: row.maybe_id("category")?,
            vendor: row.text("vendor")?,
            price_minor: row.int("price_minor")?,
            created_at: row.instant("created_at")?,
        })
    };
    on.rows(sql, vec![]).await?.iter().map(read).collect()
}

/// Every tag of every product, by product and then as the merchant listed them.
pub async fn all_tags(on: &impl Query) -> Result<Vec<(i64, String)>> {
    let rows = on.rows("SELECT product, tag FROM product_tags ORDER BY product, position, tag", vec![]).await?;
    rows.iter().map(|row| Ok((row.int("product")?, row.text("tag")?))).collect()
}

/// The tags of a product as the merchant listed them.
pub async fn tags(on: &impl Query, number: i64) -> Result<Vec<String>> {
    let sql = "SELECT tag FROM product_tags WHERE product = $1 ORDER BY position, tag";
    on.rows(sql, values![number]).await?.iter().map(|row| row.text("tag")).collect()
}

/// The pictures of some products, by product and position.
pub async fn images(on: &impl Query, numbers: &[i64]) -> Result<Vec<ImageRow>> {
    let sql = "SELECT product, position, src, alt FROM images WHERE product IN ({keys}) ORDER BY product, position";
    let rows = bulk::by_keys(on, sql, &[], numbers.iter().copied()).await?;
    let read = |row: &Row| {
        Ok(ImageRow {
            product: row.int("product")?,
            position: row.int("position")?,
            src: row.text("src")?,
            alt: row.text("alt")?,
        })
    };
    rows.iter().map(read).collect()
}

/// Adds products; one whose number is there already is replaced, but keeps the time of its making.
pub async fn put(tx: &Tx, rows: &[ProductRow]) -> Result<()> {
    let mut values = Vec::with_capacity(rows.len() * 11);
    for row in rows {
        values.extend(values![
            row.number,
            &row.handle,
            &row.locale,
            &row.vendor,
            &row.type_name,
            row.category.as_ref()
        ]);
        values.extend(values![
            row.active,
            value::json(&row.options)?,
            &row.fingerprint,
            row.created_at,
            row.updated_at
        ]);
    }
    let head = "INSERT INTO products
        (number, handle, locale, vendor, type_name, category, active, options, fingerprint, created_at, updated_at) VALUES ";
    let tail = " ON CONFLICT (number) DO UPDATE SET handle = excluded.handle, locale = excluded.locale,
        vendor = excluded.vendor, type_name = excluded.type_name, category = excluded.category, active = excluded.active,
        options = excluded.options, fingerprint = excluded.fingerprint, updated_at = excluded.updated_at";
    bulk::insert(tx, head, 11, values, tail).await
}

/// Replaces the tags of some products.
pub async fn put_tags(tx: &Tx, numbers: &[i64], tags: &[(i64, i64, String)]) -> Result<()> {
    bulk::by_keys(tx, "DELETE FROM product_tags WHERE product IN ({keys})", &[], numbers.iter().copied()).await?;
    let values = tags.iter().flat_map(|(product, position, tag)| values![*product, *position, tag]).collect();
    let head = "INSERT INTO product_tags (product, position, tag) VALUES ";
    bulk::insert(tx, head, 3, values, " ON CONFLICT DO NOTHING").await
}

/// Replaces the pictures of some products.
pub async fn put_images(tx: &Tx, numbers: &[i64], images: &[ImageRow]) -> Result<()> {
    bulk::by_keys(tx, "DELETE FROM images WHERE product IN ({keys})", &[], numbers.iter().copied()).await?;
    let values = images.iter().flat_map(|row| values![row.product, row.position, &row.src, &row.alt]).collect();
    bulk::insert(tx, "INSERT INTO images (product, position, src, alt) VALUES ", 4, values, "").await
}
