//! A product page: texts, variants with their prices and stock, and the promotions that could apply.

use super::{
    cards::{Rows, shelf_price},
    texts::{OptionTexts, text_of},
};
use crate::{
    Result, ServiceError, Services, Thing, Who,
    active::Active,
    shop::{is_on, note},
    stock::arrivals,
};
use ids::{Handle, LineId, Sku};
use money::Locale;
use pricing::{Cart, CartLine, Context, CouponOutcome, Quote, Reason, Text, book::Promotion, words};
use storage::{
    products::{self, ProductRow},
    translations,
    variants::VariantRow,
};
use wire::{Product, ProductOption, PromotionNote, Variant};

const RELATED_MAX: usize = 4;
/// Coupon promotions that are tried for a product.
const COUPONS_MAX: usize = 20;

impl Services {
    /// The page of a product as `who` sees it.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] if there is no such product or it is not sold.
    pub async fn product(&self, who: &Who, handle: &Handle) -> Result<Product> {
        let active = self.active().await?;
        let context = self.context(who, &active, self.now()).await?;
        let found = products::by_handles(self.db(), std::slice::from_ref(handle)).await?;
        let row = found.into_iter().find(|row| row.active).ok_or(ServiceError::NotFound(Thing::Product))?;
        let rows = self.rows(&[row.number]).await?;
        let variants = self.variants(&active, &context, &row, &rows).await?;
        let cheapest =
            variants.iter().min_by_key(|variant| variant.price.price).ok_or(ServiceError::NotFound(Thing::Product))?;
        let promotions = notes(&active, &context, &cheapest.price.sku);
        let title = text_of(&rows.titles, handle.as_str(), "title");
        let bodies = translations::of(&self.stale(), "product", Some("body_html"), &[handle.to_string()]).await?;
        Ok(Product {
            handle: handle.clone(),
            body_html: text_of(&bodies, handle.as_str(), "body_html"),
            vendor: row.vendor.clone(),
            category: row.category.clone(),
            tags: products::tags(&self.stale(), row.number).await?,
            images: rows.images(&row, &title),
            options: self.options(&row).await?,
            related: self.cards(&active, &context, &related(&active, row.number)).await?,
            title,
            variants,
            promotions,
        })
    }

    async fn options(&self, row: &ProductRow) -> Result<Vec<ProductOption>> {
        let texts = OptionTexts::load(&self.stale(), &[row.handle.to_string()]).await?;
        let options = row.options.iter().map(|option| ProductOption {
            name: texts.name(row, &option.name),
            values: option.values.iter().map(|value| texts.value(row, value)).collect(),
        });
        Ok(options.collect())
    }

    async fn variants(
        &self,
        active: &Active,
        context: &Context,
        row: &ProductRow,
        rows: &Rows,
    ) -> Result<Vec<Variant>> {
        let variants = rows.variants.get(&row.number).map(Vec::as_slice).unwrap_or_default();
        let skus: Vec<Sku> = variants.iter().map(|variant| variant.sku.clone()).collect();
        let arrivals = arrivals(self.db(), active, &skus, context.at).await?;
        let here = context.store.as_ref().and_then(|store| active.catalogue.place_facts(store)?.point);
        let texts = OptionTexts::load(&self.stale(), &[row.handle.to_string()]).await?;
        let wire = |variant: &VariantRow| {
            Some(Variant {
                sku: variant.sku.clone(),
                gtin: variant.gtin.clone(),
                short_code: variant.short_code.clone(),
                options: variant.options.iter().map(|own| texts.value(row, own)).collect(),
                price: shelf_price(&active.book, context, variant)?,
                grams: variant.grams,
                available: arrivals.shelves.for_web(&variant.sku),
                delivery: arrivals.delivery(&variant.sku, 1),
                stock: arrivals.places(&variant.sku, 1, here),
            })
        };
        Ok(variants.iter().filter_map(wire).collect())
    }
}

/// The products that follow in the same department, from the first again after the last.
fn related(active: &Active, number: i64) -> Vec<i64> {
    let products = &active.catalogue.products;
    let Some(at) = active.catalogue.position(number) else { return Vec::new() };
    let others = products[at + 1..].iter().chain(&products[..at]);
    let same = others.filter(|entry| entry.category == products[at].category);
    same.take(RELATED_MAX).map(|entry| entry.number).collect()
}

/// A cart with one unit and perhaps one code.
pub(crate) fn one_unit(sku: &Sku, promotion: Option<&Promotion>) -> Cart {
    let id = LineId::new("1").expect("a digit is an id");
    let coupons = promotion.and_then(|one| one.coupon.clone()).into_iter().collect();
    Cart { lines: vec![CartLine { id, sku: sku.clone(), quantity: 1 }], coupons, ..Cart::default() }
}

/// A reason in both languages. Only of promotions that are on, so that no reason names a time.
pub(crate) fn reason_text(reason: &Reason, active: &Active) -> Text {
    let say = |locale| {
        let name = |id: &str| name_of(active, id).map(|name| name.get(locale).to_owned());
        let voice = words::Voice { currency: active.book.currency(), locale, utc_offset_minutes: 0, name: &name };
        words::reason(reason, &voice)
    };
    Text::new(say(Locale::Zh), say(Locale::En))
}

/// What the shop calls a level, a store, a way to send goods or a way to pay.
fn name_of<'a>(active: &'a Active, id: &str) -> Option<&'a Text> {
    let level = active.book.document().levels.iter().find(|level| level.id.as_str() == id).map(|level| &level.name);
    let place = active.catalogue.places.iter().find(|place| place.wire.id.as_str() == id);
    let shipping = active.book.document().shipping.iter().find(|one| one.method == id).map(|one| &one.name);
    let tender = active.catalogue.facts.tenders.iter().find(|one| one.tender == id).map(|one| &one.name);
    level.or_else(|| place.map(|place| &place.wire.name)).or(shipping).or(tender)
}

/// The promotions that could apply to a SKU, best first: those that do, then those without a code, then codes.
fn notes(active: &Active, context: &Context, sku: &Sku) -> Vec<PromotionNote> {
    let book = &active.book;
    let on = book.document().promotions.iter().filter(|one| is_on(one, context.at) && active.is_for_all(one));
    let codes: Vec<_> = on.filter_map(|one| one.coupon.clone()).take(COUPONS_MAX).collect();
    let slice = book.slice(std::slice::from_ref(sku), &codes);
    let Ok(plain) = book.quote(&one_unit(sku, None), context) else { return Vec::new() };
    let mut notes: Vec<PromotionNote> = Vec::new();
    for promotion in slice.part.promotions.iter().filter(|one| is_on(one, context.at) && !one.name.is_empty()) {
        let with_code =
            promotion.coupon.as_ref().and_then(|_| book.quote(&one_unit(sku, Some(promotion)), context).ok());
        notes.push(stand(active, promotion, with_code.as_ref().unwrap_or(&plain)));
    }
    notes.sort_by_key(|note| (!note.applies, note.coupon.is_some()));
    notes
}

/// How a promotion stands in a quote.
fn stand(active: &Active, promotion: &Promotion, quote: &Quote) -> PromotionNote {
    let applies = quote.applied.iter().any(|one| one.promotion == promotion.id);
    let missed = quote.missed.iter().find(|one| one.promotion == promotion.id).map(|one| &one.reason);
    let refused = |outcome: &'_ CouponOutcome| outcome.refused.clone();
    let refused = quote.coupons.iter().find(|one| Some(&one.code) == promotion.coupon.as_ref()).and_then(refused);
    let why_not = if applies { None } else { missed.or(refused.as_ref()).map(|reason| reason_text(reason, active)) };
    PromotionNote { applies, why_not, ..note(promotion) }
}
