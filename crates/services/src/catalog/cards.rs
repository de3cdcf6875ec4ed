//! Products in lists.

use super::goods::Goods;
use crate::{Result, ServiceError, Services, active::Active};
use ids::Sku;
use pricing::Context;
use storage::variants::VariantRow;
use wire::{ProductCard, ShelfPrice};

/// What one unit costs by itself, by the pricing core.
pub(crate) fn shelf_price(active: &Active, context: &Context, variant: &VariantRow) -> Result<ShelfPrice> {
    let sku: &Sku = &variant.sku;
    let unit = active.book.unit_price(sku, context).map_err(ServiceError::internal)?;
    let compare_at = variant.compare_at_minor.filter(|former| *former > unit.price);
    Ok(ShelfPrice { sku: sku.clone(), list: unit.list, price: unit.price, reasons: unit.reasons, compare_at })
}

/// True if the book has a price for the SKU: a book that is still loading may not know what was just imported.
pub(crate) fn is_priced(active: &Active, context: &Context, variant: &VariantRow) -> bool {
    active.book.unit_price(&variant.sku, context).is_ok()
}

impl Services {
    /// Cards of products by their numbers, in that order; what has no price yet is left out.
    pub(crate) async fn cards(&self, active: &Active, context: &Context, numbers: &[i64]) -> Result<Vec<ProductCard>> {
        let goods = Goods::of_products(self.db(), numbers).await?;
        let mut cards = Vec::with_capacity(numbers.len());
        for number in numbers {
            cards.extend(card(active, context, &goods, *number)?);
        }
        Ok(cards)
    }
}

fn card(active: &Active, context: &Context, goods: &Goods, number: i64) -> Result<Option<ProductCard>> {
    let Some(product) = goods.products.get(&number) else { return Ok(None) };
    let variants = goods.variants_of(number).filter(|variant| is_priced(active, context, variant));
    let mut prices = variants.map(|one| shelf_price(active, context, one)).collect::<Result<Vec<_>>>()?;
    prices.sort_by_key(|price| price.price);
    let from = prices.windows(2).any(|pair| pair[0].price != pair[1].price);
    let variants = i64::try_from(prices.len()).unwrap_or(i64::MAX);
    let Some(price) = prices.into_iter().next() else { return Ok(None) };
    let in_stock = goods.variants_of(number).any(|one| goods.available(&one.sku, context.store.as_ref()) > 0);
    Ok(Some(ProductCard {
        handle: product.handle.clone(),
        title: goods.title(product),
        vendor: product.vendor.clone(),
        category: product.category.clone(),
        image: goods.image(product),
        price,
        from,
        variants,
        in_stock,
    }))
}
