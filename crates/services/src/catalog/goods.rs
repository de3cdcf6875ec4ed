//! Products and variants with their texts, pictures and stock, as pages and orders need them.

use super::texts::{OptionTexts, text_of};
use crate::Result;
use ids::{PlaceId, Sku};
use pricing::Text;
use std::collections::HashMap;
use storage::{
    Query,
    products::{self, ImageRow, ProductRow},
    stock::{self, StockRow},
    translations::{self, Texts},
    variants::{self, VariantRow},
};
use wire::OptionValue;

/// Some products with all that is shown of them.
pub(crate) struct Goods {
    pub(crate) products: HashMap<i64, ProductRow>,
    pub(crate) variants: Vec<VariantRow>,
    titles: Texts,
    options: OptionTexts,
    images: Vec<ImageRow>,
    stock: HashMap<Sku, Vec<StockRow>>,
}

impl Goods {
    /// Reads products by their numbers.
    pub(crate) async fn of_products(on: &impl Query, numbers: &[i64]) -> Result<Self> {
        let variants = variants::of_products(on, numbers).await?;
        Self::load(on, numbers, variants).await
    }

    /// Reads variants by their SKUs, with their products.
    pub(crate) async fn of_skus(on: &impl Query, skus: &[Sku]) -> Result<Self> {
        let variants = variants::by_skus(on, skus).await?;
        let mut numbers: Vec<i64> = variants.iter().map(|variant| variant.product).collect();
        numbers.sort_unstable();
        numbers.dedup();
        Self::load(on, &numbers, variants).await
    }

    async fn load(on: &impl Query, numbers: &[i64], variants: Vec<VariantRow>) -> Result<Self> {
        let products = products::by_numbers(on, numbers).await?;
        let handles: Vec<String> = products.iter().map(|product| product.handle.to_string()).collect();
        let skus: Vec<Sku> = variants.iter().map(|variant| variant.sku.clone()).collect();
        let mut stock: HashMap<Sku, Vec<StockRow>> = HashMap::new();
        for row in stock::of_skus(on, &skus).await? {
            stock.entry(row.sku.clone()).or_default().push(row);
        }
        Ok(Self {
            titles: translations::of(on, "product", Some("title"), &handles).await?,
            options: OptionTexts::load(on, &handles).await?,
            images: products::images(on, numbers).await?,
            products: products.into_iter().map(|product| (product.number, product)).collect(),
            variants,
            stock,
        })
    }

    /// A product's name.
    pub(crate) fn title(&self, product: &ProductRow) -> Text {
        text_of(&self.titles, product.handle.as_str(), "title")
    }

    /// The pictures of a product; none where it has none of its own.
    pub(crate) fn images(&self, product: &ProductRow) -> impl Iterator<Item = &ImageRow> {
        self.images.iter().filter(|image| image.product == product.number)
    }

    /// The address of a product's first picture, its own or the drawn one.
    pub(crate) fn image(&self, product: &ProductRow) -> String {
        self.images(product).next().map_or_else(|| drawn(product), |image| image.src.clone())
    }

    /// The variants of a product in order.
    pub(crate) fn variants_of(&self, number: i64) -> impl Iterator<Item = &VariantRow> {
        self.variants.iter().filter(move |variant| variant.product == number)
    }

    /// An option's name.
    pub(crate) fn option_name(&self, product: &ProductRow, own: &str) -> Text {
        self.options.name(product, own)
    }

    /// A value of an option.
    pub(crate) fn option_value(&self, product: &ProductRow, own: &str) -> Text {
        self.options.value(product, own)
    }

    /// What was chosen of a variant's options.
    pub(crate) fn chosen(&self, product: &ProductRow, variant: &VariantRow) -> Vec<OptionValue> {
        let pairs = product.options.iter().zip(&variant.options);
        let text = |(option, value): (&storage::products::OptionRow, &String)| OptionValue {
            name: self.options.name(product, &option.name),
            value: self.options.value(product, value),
        };
        pairs.map(text).collect()
    }

    /// Stock of a SKU at every place that has or had some.
    pub(crate) fn stock(&self, sku: &Sku) -> &[StockRow] {
        self.stock.get(sku).map_or(&[], Vec::as_slice)
    }

    /// Units that can be promised: at one place, or over all.
    pub(crate) fn available(&self, sku: &Sku, place: Option<&PlaceId>) -> i64 {
        let rows = self.stock(sku).iter().filter(|row| place.is_none_or(|place| row.place == *place));
        rows.map(StockRow::available).sum()
    }
}

/// The address of the picture that is drawn for a product without one.
pub(crate) fn drawn(product: &ProductRow) -> String {
    format!("/img/p/{}.svg", product.handle)
}
