//! A product as a file states it, and what of it the database holds.

use super::findings::Spot;
use crate::secret;
use ids::{CategorySlug, Handle, Sku};
use pricing::Instant;
use serde::Serialize;
use storage::{
    products::{ImageRow, OptionRow, ProductRow},
    translations::Translation,
    variants::VariantRow,
};

/// A product of a file.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Draft {
    #[serde(skip)]
    pub(super) spot: Spot,
    pub(super) handle: Handle,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) locale: &'static str,
    pub(super) vendor: String,
    pub(super) type_name: String,
    pub(super) tags: Vec<String>,
    pub(super) active: bool,
    pub(super) options: Vec<String>,
    pub(super) variants: Vec<DraftVariant>,
    pub(super) images: Vec<DraftImage>,
}

/// A variant of a file.
#[derive(Clone, Debug, Serialize)]
pub(super) struct DraftVariant {
    #[serde(skip)]
    pub(super) spot: Spot,
    pub(super) sku: Sku,
    pub(super) options: Vec<String>,
    pub(super) price_minor: i64,
    pub(super) compare_at_minor: Option<i64>,
    pub(super) cost_minor: Option<i64>,
    pub(super) gtin: Option<String>,
    pub(super) grams: i64,
    pub(super) taxable: bool,
    /// Units on hand for a variant that is new; a shop that sells already counts its stock in another way.
    #[serde(skip)]
    pub(super) units: Option<i64>,
}

/// A picture of a file.
#[derive(Clone, Debug, Serialize)]
pub(super) struct DraftImage {
    pub(super) position: i64,
    pub(super) src: String,
    pub(super) alt: String,
}

/// Counts up when the importer makes other rows of the same file, so that the next import brings them up to date.
const FORMAT: &str = "1";

impl Draft {
    /// A hash of everything that is imported.
    pub(super) fn fingerprint(&self) -> String {
        let text = serde_json::to_string(&(FORMAT, self)).expect("a draft has only texts, numbers and lists");
        secret::hex(&secret::sha256(text.as_bytes()))
    }

    pub(super) fn row(&self, number: i64, category: Option<CategorySlug>, now: Instant) -> ProductRow {
        ProductRow {
            number,
            handle: self.handle.clone(),
            locale: self.locale.to_owned(),
            vendor: self.vendor.clone(),
            type_name: self.type_name.clone(),
            category,
            active: self.active,
            options: self.options.iter().enumerate().map(|(at, name)| self.option(at, name)).collect(),
            fingerprint: self.fingerprint(),
            created_at: now,
            updated_at: now,
        }
    }

    fn option(&self, at: usize, name: &str) -> OptionRow {
        let mut values: Vec<String> = Vec::new();
        for variant in &self.variants {
            if let Some(value) = variant.options.get(at)
                && !values.contains(value)
            {
                values.push(value.clone());
            }
        }
        OptionRow { name: name.to_owned(), values }
    }

    /// The variants as rows; `code` gives each its short code.
    pub(super) fn variant_rows(&self, number: i64, mut code: impl FnMut(&Sku) -> String) -> Vec<VariantRow> {
        let row = |(position, variant): (i64, &DraftVariant)| VariantRow {
            sku: variant.sku.clone(),
            product: number,
            position,
            active: true,
            options: variant.options.clone(),
            price_minor: variant.price_minor,
            compare_at_minor: variant.compare_at_minor,
            cost_minor: variant.cost_minor,
            gtin: variant.gtin.clone(),
            short_code: code(&variant.sku),
            grams: variant.grams,
            taxable: variant.taxable,
        };
        (0_i64..).zip(&self.variants).map(row).collect()
    }

    pub(super) fn image_rows(&self, number: i64) -> Vec<ImageRow> {
        let row = |(position, image): (i64, &DraftImage)| ImageRow {
            product: number,
            position,
            src: image.src.clone(),
            alt: image.alt.clone(),
        };
        (1_i64..).zip(&self.images).map(row).collect()
    }

    /// The texts in the product's own language. An empty body is stated too: it replaces an old one.
    pub(super) fn texts(&self) -> [Translation; 2] {
        [("title", &self.title), ("body_html", &self.body)].map(|(field, text)| Translation {
            id: self.handle.as_str().to_owned(),
            field: field.to_owned(),
            locale: self.locale.to_owned(),
            text: text.clone(),
        })
    }
}
