//! What the engine needs of a SKU.

use super::{
    CompiledBook, Compiler, PriceBook, SkuPrice,
    compiler::{NO_WORD, amount},
};
use ids::Sku;
use money::{Decimal, Ratio};
use rust_decimal::RoundingStrategy;
use smallvec::SmallVec;

/// What the engine needs of a SKU.
#[derive(Debug)]
pub(crate) struct SkuFacts {
    /// Its text, which is compared where the facts are read anyway.
    name: SmallVec<[u8; 16]>,
    pub(crate) sku: u32,
    pub(crate) category: u32,
    pub(crate) brand: u32,
    pub(crate) tags: SmallVec<[u32; 4]>,
    pub(crate) list: i64,
    pub(crate) floor: i64,
    pub(crate) tax: Ratio,
    pub(crate) discountable: bool,
}

impl SkuFacts {
    /// True if they are this SKU's.
    #[inline]
    pub(super) fn is_of(&self, sku: &Sku) -> bool {
        self.name.as_slice() == sku.as_str().as_bytes()
    }
}

/// What no benefit brings one unit below: the merchant's own floor or what the cost asks for, whichever is higher.
#[inline]
fn floor(sku: &SkuPrice, book: &PriceBook) -> Result<i64, String> {
    let least = sku.min_price.map_or(Ok(0), |price| amount(price, book.currency))?;
    let Some(cost) = sku.cost else { return Ok(least) };
    if cost.is_sign_negative() && !cost.is_zero() {
        return Err(format!("the cost {cost} is negative"));
    }
    let Some(rate) = book.margin_floor else { return Ok(least) };
    let floor = rate.checked_add(Decimal::ONE).and_then(|factor| cost.checked_mul(factor));
    let floor = floor.ok_or("the cost is too large an amount")?;
    let floor = floor.round_dp_with_strategy(book.currency.exponent(), RoundingStrategy::AwayFromZero);
    Ok(amount(floor, book.currency)?.max(least))
}

#[inline]
pub(super) fn sku_facts(sku: &SkuPrice, book: &PriceBook, compiler: &mut Compiler) -> Result<SkuFacts, String> {
    let words = FactWords {
        sku: compiler.symbols.sku(sku.sku.as_str()),
        category: sku.category.as_ref().map_or(NO_WORD, |word| compiler.symbols.category(word)),
        brand: sku.brand.as_ref().map_or(NO_WORD, |word| compiler.symbols.brand(word)),
        tags: sku.tags.iter().map(|tag| compiler.symbols.tag(tag)).collect(),
    };
    facts(sku, words, book)
}

/// The words of a SKU as numbers.
struct FactWords {
    sku: u32,
    category: u32,
    brand: u32,
    tags: SmallVec<[u32; 4]>,
}

#[inline]
fn facts(sku: &SkuPrice, words: FactWords, book: &PriceBook) -> Result<SkuFacts, String> {
    let tax = sku.tax_rate.unwrap_or(book.tax.rate);
    Ok(SkuFacts {
        name: SmallVec::from_slice(sku.sku.as_str().as_bytes()),
        sku: words.sku,
        category: words.category,
        brand: words.brand,
        tags: words.tags,
        list: amount(sku.price, book.currency)?,
        floor: floor(sku, book)?,
        tax: Ratio::from_rate(tax).map_err(|error| error.to_string())?,
        discountable: sku.discountable,
    })
}

impl CompiledBook {
    /// The facts of an item that brings its own price.
    #[inline]
    pub(crate) fn facts_of(&self, item: &SkuPrice) -> Result<SkuFacts, String> {
        let symbols = &self.symbols;
        let words = FactWords {
            sku: symbols.skus.find(item.sku.as_str()),
            category: item.category.as_ref().map_or(NO_WORD, |word| symbols.categories.find(word)),
            brand: item.brand.as_ref().map_or(NO_WORD, |word| symbols.brands.find(word)),
            tags: item.tags.iter().map(|tag| symbols.tags.find(tag)).collect(),
        };
        facts(item, words, self.document())
    }

    /// Price and tax rate of shipping that brings its own price.
    #[inline]
    pub(crate) fn shipping_of(&self, shipping: &crate::OpenShipping) -> Result<(i64, Ratio), String> {
        let tax = shipping.tax_rate.unwrap_or(self.document().tax.rate);
        let tax = Ratio::from_rate(tax).map_err(|error| error.to_string())?;
        Ok((amount(shipping.price, self.document().currency)?, tax))
    }
}
