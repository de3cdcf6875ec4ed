//! Stock keeping units.

use crate::{Query, Result, Row, Tx, bulk, value, values};
use ids::{CategorySlug, Handle, Sku};

/// A stock keeping unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantRow {
    /// What.
    pub sku: Sku,
    /// The product's number.
    pub product: i64,
    /// Where it stands among the product's variants, from 0.
    pub position: i64,
    /// False: not shown and not sold.
    pub active: bool,
    /// One value per option, in the product's own language.
    pub options: Vec<String>,
    /// The list price.
    pub price_minor: i64,
    /// The seller's former price, where one is stated.
    pub compare_at_minor: Option<i64>,
    /// What it costs the shop, where known.
    pub cost_minor: Option<i64>,
    /// The GTIN as 14 digits.
    pub gtin: Option<String>,
    /// Our own short code.
    pub short_code: String,
    /// The weight of one unit; 0 if unknown.
    pub grams: i64,
    /// False: no tax.
    pub taxable: bool,
}

/// What a price book needs of a stock keeping unit that is sold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceRow {
    /// What.
    pub sku: Sku,
    /// The product's number.
    pub product: i64,
    /// The list price.
    pub price_minor: i64,
    /// The department.
    pub category: Option<CategorySlug>,
    /// False: no tax.
    pub taxable: bool,
    /// The brand, or empty.
    pub vendor: String,
    /// What it costs the shop, where known.
    pub cost_minor: Option<i64>,
}

fn read(row: &Row) -> Result<VariantRow> {
    Ok(VariantRow {
        sku: row.id("sku")?,
        product: row.int("product")?,
        position: row.int("position")?,
        active: row.flag("active")?,
        options: row.json("options")?,
        price_minor: row.int("price_minor")?,
        compare_at_minor: row.maybe_int("compare_at_minor")?,
        cost_minor: row.maybe_int("cost_minor")?,
        gtin: row.maybe_text("gtin")?,
        short_code: row.text("short_code")?,
        grams: row.int("grams")?,
        taxable: row.flag("taxable")?,
    })
}

/// The variants of some products that are sold, by product and position.
pub async fn of_products(on: &impl Query, numbers: &[i64]) -> Result<Vec<VariantRow>> {
    let sql = "SELECT * FROM variants WHERE active = 1 AND product IN ({keys}) ORDER BY product, position";
    bulk::by_keys(on, sql, &[], numbers.iter().copied()).await?.iter().map(read).collect()
}

/// Variants by SKU, those that are not sold any more too, in no order.
pub async fn by_skus(on: &impl Query, skus: &[Sku]) -> Result<Vec<VariantRow>> {
    let rows = bulk::by_keys(on, "SELECT * FROM variants WHERE sku IN ({keys})", &[], skus).await?;
    rows.iter().map(read).collect()
}

/// The product and SKU of something sold with this GTIN of 14 digits.
pub async fn by_gtin(on: &impl Query, gtin: &str) -> Result<Option<(Handle, Sku)>> {
    let sql = "SELECT p.handle AS handle, v.sku AS sku FROM variants v JOIN products p ON p.number = v.product
        WHERE v.gtin = $1 AND v.active = 1 AND p.active = 1";
    found(on.row(sql, values![gtin]).await?)
}

/// The product and SKU of something sold with this short code.
pub async fn by_short_code(on: &impl Query, code: &str) -> Result<Option<(Handle, Sku)>> {
    let sql = "SELECT p.handle AS handle, v.sku AS sku FROM variants v JOIN products p ON p.number = v.product
        WHERE v.short_code = $1 AND v.active = 1 AND p.active = 1";
    found(on.row(sql, values![code]).await?)
}

fn found(row: Option<Row>) -> Result<Option<(Handle, Sku)>> {
    row.map(|row| Ok((row.id("handle")?, row.id("sku")?))).transpose()
}

/// Every stock keeping unit that is sold, as a price book needs it, by SKU.
pub async fn price_rows(on: &impl Query) -> Result<Vec<PriceRow>> {
    let sql = "SELECT v.sku AS sku, v.product AS product, v.price_minor AS price_minor, v.taxable AS taxable,
        v.cost_minor AS cost_minor, p.category AS category, p.vendor AS vendor FROM variants v JOIN products p ON p.number = v.product
        WHERE v.active = 1 AND p.active = 1 ORDER BY v.sku";
    let read = |row: &Row| {
        Ok(PriceRow {
            sku: row.id("sku")?,
            product: row.int("product")?,
            price_minor: row.int("price_minor")?,
            category: row.maybe_id("category")?,
            taxable: row.flag("taxable")?,
            vendor: row.text("vendor")?,
            cost_minor: row.maybe_int("cost_minor")?,
        })
    };
    on.rows(sql, vec![]).await?.iter().map(read).collect()
}

/// What tells variants apart: SKU, product, GTIN and short code of every one.
pub async fn keys(on: &impl Query) -> Result<Vec<(String, i64, Option<String>, String)>> {
    let rows = on.rows("SELECT sku, product, gtin, short_code FROM variants", vec![]).await?;
    let read =
        |row: &Row| Ok((row.text("sku")?, row.int("product")?, row.maybe_text("gtin")?, row.text("short_code")?));
    rows.iter().map(read).collect()
}

/// Takes all variants of some products out of sale and frees their GTINs, before [`put`] brings back those that stay.
pub async fn retire(tx: &Tx, numbers: &[i64]) -> Result<()> {
    let sql = "UPDATE variants SET active = 0, gtin = NULL WHERE product IN ({keys})";
    bulk::by_keys(tx, sql, &[], numbers.iter().copied()).await.map(drop)
}

/// Adds variants; one whose SKU is there already is replaced, but keeps its short code, which is printed on shelves.
pub async fn put(tx: &Tx, rows: &[VariantRow]) -> Result<()> {
    let mut values = Vec::with_capacity(rows.len() * 12);
    for row in rows {
        values.extend(values![&row.sku, row.product, row.position, row.active, value::json(&row.options)?]);
        values.extend(values![row.price_minor, row.compare_at_minor, row.cost_minor, &row.gtin, &row.short_code]);
        values.extend(values![row.grams, row.taxable]);
    }
    let head =
        "INSERT INTO variants (sku, product, position, active, options, price_minor, compare_at_minor, cost_minor,
        gtin, short_code, grams, taxable) VALUES ";
    let tail = " ON CONFLICT (sku) DO UPDATE SET product = excluded.product, position = excluded.position,
        active = excluded.active, options = excluded.options, price_minor = excluded.price_minor,
        compare_at_minor = excluded.compare_at_minor, cost_minor = excluded.cost_minor, gtin = excluded.gtin,
        grams = excluded.grams, taxable = excluded.taxable";
    bulk::insert(tx, head, 12, values, tail).await
}
