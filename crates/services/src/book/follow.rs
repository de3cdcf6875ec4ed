//! The book in force follows the catalogue: what an import changed is changed in it, and all else stays as it was published.

use super::{put, sku_prices, stored};
use crate::{Result, ServiceError};
use ids::{PriceBookId, Sku};
use pricing::{
    Instant,
    book::{PriceBook, SkuPrice},
};
use std::collections::HashMap;
use storage::{Tx, books};

/// Makes the book in force follow an import. `before` are the catalogue's SKUs as they were before it, or none if it changed no SKU.
pub(crate) async fn follow(tx: &Tx, now: Instant, before: Option<Vec<SkuPrice>>) -> Result<PriceBookId> {
    let active = books::active(tx, now).await?;
    let active = active.ok_or_else(|| ServiceError::internal("no price book is in force"))?;
    let mut book = stored(tx, &active.source).await?;
    if let Some(before) = before {
        take_over(&mut book, &before, &sku_prices(tx).await?);
    }
    put(tx, book, now, "import").await
}

/// Takes over what is new, gone or changed between two states of the catalogue.
fn take_over(book: &mut PriceBook, before: &[SkuPrice], after: &[SkuPrice]) {
    let by_sku = |skus| -> HashMap<Sku, SkuPrice> {
        <[SkuPrice]>::iter(skus).map(|one| (one.sku.clone(), one.clone())).collect()
    };
    let (old, new) = (by_sku(before), by_sku(after));
    book.skus.retain(|own| !old.contains_key(&own.sku) || new.contains_key(&own.sku));
    for own in &mut book.skus {
        if let (Some(before), Some(after)) = (old.get(&own.sku), new.get(&own.sku)) {
            take_fields(own, before, after);
        }
    }
    let known = by_sku(&book.skus);
    let added = after.iter().filter(|one| !old.contains_key(&one.sku) && !known.contains_key(&one.sku));
    book.skus.extend(added.cloned());
}

/// A price that the merchandiser set stays, unless the import is about just that price; likewise each other fact.
fn take_fields(own: &mut SkuPrice, before: &SkuPrice, after: &SkuPrice) {
    if before.price != after.price {
        own.price = after.price;
    }
    if before.category != after.category {
        own.category.clone_from(&after.category);
    }
    if before.tags != after.tags {
        own.tags.clone_from(&after.tags);
    }
    if before.tax_rate != after.tax_rate {
        own.tax_rate = after.tax_rate;
    }
    if before.brand != after.brand {
        own.brand.clone_from(&after.brand);
    }
    if before.cost != after.cost {
        own.cost = after.cost;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use money::Currency;
    use pricing::book::BOOK_FORMAT;

    fn sku(id: &str, price: &str, category: &str) -> SkuPrice {
        serde_json::from_value(serde_json::json!({"sku": id, "price": price, "category": category})).unwrap()
    }

    #[test]
    fn only_what_the_import_changed_is_taken_over() {
        let skus = vec![sku("A", "90.00", "tea"), sku("B", "20.00", "tea"), sku("C", "5.00", "tea")];
        let mut book: PriceBook =
            serde_json::from_value(serde_json::json!({"format": BOOK_FORMAT, "currency": Currency::CNY, "skus": skus}))
                .unwrap();
        let before = [sku("A", "100.00", "tea"), sku("B", "20.00", "tea"), sku("C", "5.00", "tea")];
        let after = [sku("A", "100.00", "gifts"), sku("B", "25.00", "tea"), sku("D", "7.00", "tea")];
        take_over(&mut book, &before, &after);
        // A keeps the published price and takes the new category; B takes the new price; C is gone; D is new.
        assert_eq!(book.skus, [sku("A", "90.00", "gifts"), sku("B", "25.00", "tea"), sku("D", "7.00", "tea")]);
    }
}
