//! The book that catalogue and settings ask for.

use crate::{
    Result,
    setup::{self, ShopFacts},
    stock::Shelves,
};
use ids::Sku;
use money::Decimal;
use pricing::{
    benefit::Rules,
    book::{BOOK_FORMAT, PriceBook, Promotion, SkuPrice},
};
use std::collections::HashMap;
use storage::{Query, products, settings, variants};

/// The one gift of a promotion: what, and how many. Where there is a choice, what is out of stock gives way to the others in the quote.
fn gift(promotion: &Promotion) -> Option<(&Sku, i64)> {
    match &promotion.then.rule {
        Rules::Gift(gift) => gift.gift.sku.as_ref().map(|sku| (sku, gift.gift.quantity)),
        _ => None,
    }
}

/// The gifts among which shoppers may choose, and how many are given at once.
pub(crate) fn gift_choices(book: &PriceBook) -> Vec<(Sku, i64)> {
    let of_promotion = |promotion: &Promotion| match &promotion.then.rule {
        Rules::Gift(gift) => gift.gift.choose.iter().map(|sku| (sku.clone(), gift.gift.quantity)).collect(),
        _ => Vec::new(),
    };
    book.promotions.iter().flat_map(of_promotion).collect()
}

/// Those of the gifts of which fewer are left in stock than are given at once.
pub(crate) async fn gifts_out(on: &impl Query, gifts: &[(Sku, i64)]) -> Result<Vec<Sku>> {
    let skus: Vec<Sku> = gifts.iter().map(|(sku, _)| sku.clone()).collect();
    let shelves = Shelves::load(on, &skus).await?;
    let short = gifts.iter().filter(|(sku, wanted)| shelves.for_web(sku) < *wanted);
    let mut out: Vec<Sku> = short.map(|one| one.0.clone()).collect();
    out.sort_unstable();
    out.dedup();
    Ok(out)
}

/// Every SKU of the catalogue as a price book has it.
pub(crate) async fn sku_prices(on: &impl Query) -> Result<Vec<SkuPrice>> {
    let facts: ShopFacts = settings::get(on, setup::FACTS).await?.unwrap_or_default();
    let mut tags: HashMap<i64, Vec<String>> = HashMap::new();
    for (product, tag) in products::all_tags(on).await? {
        tags.entry(product).or_default().push(tag);
    }
    let rows = variants::price_rows(on).await?.into_iter().map(|row| SkuPrice {
        price: money::minor_to_decimal(row.price_minor, facts.currency),
        category: row.category.map(String::from),
        tags: tags.get(&row.product).cloned().unwrap_or_default(),
        tax_rate: (!row.taxable).then_some(Decimal::ZERO),
        discountable: true,
        min_price: None,
        brand: (!row.vendor.is_empty()).then_some(row.vendor),
        cost: row.cost_minor.map(|cost| money::minor_to_decimal(cost, facts.currency)),
        sku: row.sku,
    });
    Ok(rows.collect())
}

/// The book that catalogue and settings ask for.
pub(super) async fn build(on: &impl Query) -> Result<PriceBook> {
    let facts: ShopFacts = settings::get(on, setup::FACTS).await?.unwrap_or_default();
    let promotions: Vec<Promotion> = settings::get(on, setup::PROMOTIONS).await?.unwrap_or_default();
    let skus = sku_prices(on).await?;
    let ShopFacts { currency, levels, shipping, points, tax, rounding, resolution, margin_floor, .. } = facts;
    Ok(PriceBook {
        format: BOOK_FORMAT,
        currency,
        resolution,
        rounding,
        tax,
        points,
        levels,
        shipping,
        margin_floor,
        skus,
        promotions,
    })
}

/// The book without the promotions whose gift is not sold here or of which there are none left.
pub(super) async fn without_empty_gifts(on: &impl Query, mut book: PriceBook) -> Result<PriceBook> {
    let gifts: Vec<Sku> = book.promotions.iter().filter_map(|one| Some(gift(one)?.0.clone())).collect();
    let shelves = Shelves::load(on, &gifts).await?;
    let sold_here = |sku: &Sku| book.skus.iter().any(|one| one.sku == *sku);
    let known: Vec<bool> = book.promotions.iter().map(|one| gift(one).is_none_or(|(sku, _)| sold_here(sku))).collect();
    let mut at = 0;
    book.promotions.retain(|promotion| {
        at += 1;
        gift(promotion).is_none_or(|(sku, quantity)| known[at - 1] && shelves.for_web(sku) >= quantity)
    });
    Ok(book)
}
