//! Products as cards: name, picture, the price of the cheapest variant, and whether any can be had.

use super::texts::text_of;
use crate::{Result, Services, active::Active, stock::Shelves};
use ids::Sku;
use pricing::{CompiledBook, Context};
use std::collections::{HashMap, HashSet};
use storage::{
    products::{self, ImageRow, ProductRow},
    translations::{self, Texts},
    variants::{self, VariantRow},
};
use wire::{PriceReason, ProductCard, ProductImage, ShelfPrice};

/// The rows behind some products.
pub(crate) struct Rows {
    pub(crate) products: HashMap<i64, ProductRow>,
    pub(crate) titles: Texts,
    pub(crate) variants: HashMap<i64, Vec<VariantRow>>,
    images: HashMap<i64, Vec<ImageRow>>,
    in_stock: HashSet<Sku>,
}

/// What one unit costs for the shopper of `context`; none for a SKU that the book does not have (yet).
pub(crate) fn shelf_price(book: &CompiledBook, context: &Context, variant: &VariantRow) -> Option<ShelfPrice> {
    let unit = book.unit_price(&variant.sku, context).ok()?;
    Some(ShelfPrice {
        sku: variant.sku.clone(),
        list: unit.list,
        price: unit.price,
        reasons: unit.reasons.into_iter().map(|(name, amount)| PriceReason { name, amount }).collect(),
        compare_at: variant.compare_at_minor.filter(|former| *former > unit.list),
    })
}

impl Rows {
    fn of<T>(rows: Vec<T>, number: impl Fn(&T) -> i64) -> HashMap<i64, Vec<T>> {
        let mut by_product: HashMap<i64, Vec<T>> = HashMap::new();
        for row in rows {
            by_product.entry(number(&row)).or_default().push(row);
        }
        by_product
    }

    /// The picture of a product; where there is none, one is drawn from its handle.
    pub(crate) fn image(&self, product: &ProductRow) -> String {
        let first = self.images.get(&product.number).and_then(|images| images.first());
        first.map_or_else(|| drawn(product), |image| image.src.clone())
    }

    /// All pictures of a product, at least one.
    pub(crate) fn images(&self, product: &ProductRow, title: &pricing::Text) -> Vec<ProductImage> {
        let images = self.images.get(&product.number).into_iter().flatten().map(|image| {
            let alt = if image.alt.is_empty() { title.clone() } else { pricing::Text::new(&image.alt, "") };
            ProductImage { src: image.src.clone(), alt }
        });
        let images: Vec<ProductImage> = images.collect();
        if images.is_empty() { vec![ProductImage { src: drawn(product), alt: title.clone() }] } else { images }
    }

    fn card(&self, book: &CompiledBook, context: &Context, number: i64) -> Option<ProductCard> {
        let (product, variants) = (self.products.get(&number)?, self.variants.get(&number)?);
        let prices: Vec<ShelfPrice> = variants.iter().filter_map(|one| shelf_price(book, context, one)).collect();
        let cheapest = prices.iter().min_by_key(|price| price.price)?;
        Some(ProductCard {
            handle: product.handle.clone(),
            title: text_of(&self.titles, product.handle.as_str(), "title"),
            vendor: product.vendor.clone(),
            category: product.category.clone(),
            image: self.image(product),
            price: cheapest.clone(),
            from: prices.iter().any(|price| price.price != cheapest.price),
            variants: i64::try_from(variants.len()).unwrap_or(i64::MAX),
            in_stock: variants.iter().any(|variant| self.in_stock.contains(&variant.sku)),
        })
    }
}

/// The address of the picture that is drawn for a product.
fn drawn(product: &ProductRow) -> String {
    format!("/img/p/{}.svg", product.handle)
}

impl Services {
    /// Reads what is needed to show some products.
    pub(crate) async fn rows(&self, numbers: &[i64]) -> Result<Rows> {
        let variants = variants::of_products(self.db(), numbers).await?;
        let skus: Vec<Sku> = variants.iter().map(|variant| variant.sku.clone()).collect();
        let shelves = Shelves::load(self.db(), &skus).await?;
        Ok(Rows {
            variants: Rows::of(variants, |variant| variant.product),
            in_stock: skus.into_iter().filter(|sku| shelves.for_web(sku) > 0).collect(),
            ..self.named(numbers).await?
        })
    }

    /// Reads what is needed to name some products and show their pictures: without variants and stock.
    pub(crate) async fn named(&self, numbers: &[i64]) -> Result<Rows> {
        let db = self.db();
        let products = products::by_numbers(db, numbers).await?;
        let handles: Vec<String> = products.iter().map(|product| product.handle.to_string()).collect();
        Ok(Rows {
            products: products.into_iter().map(|product| (product.number, product)).collect(),
            titles: translations::of(db, "product", Some("title"), &handles).await?,
            variants: HashMap::new(),
            images: Rows::of(products::images(db, numbers).await?, |image| image.product),
            in_stock: HashSet::new(),
        })
    }

    /// Products as cards in the order of `numbers`; what is not sold any more is left out.
    pub(crate) async fn cards(&self, active: &Active, context: &Context, numbers: &[i64]) -> Result<Vec<ProductCard>> {
        let rows = self.rows(numbers).await?;
        Ok(numbers.iter().filter_map(|number| rows.card(&active.book, context, *number)).collect())
    }
}
