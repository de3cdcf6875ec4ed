//! A product's page.

use super::{
    cards::{is_priced, shelf_price},
    goods::{Goods, drawn},
    texts::text_of,
};
use crate::{Result, ServiceError, Services, Thing, Who, active::Active, shop};
use ids::{Handle, LineId, Sku};
use pricing::{Cart, CartLine, Context, Text, words};
use storage::{
    products::{self, ProductRow},
    translations,
    variants::VariantRow,
};
use wire::{PlaceKind, PlaceStock, Product, ProductImage, ProductOption, PromotionNote, Variant};

/// Other products of the department that are shown.
const RELATED_MAX: usize = 4;

impl Services {
    /// A product with its variants, prices and stock for `who`, and the promotions that could apply.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] if it is not sold; [`ServiceError::Invalid`] for an unknown channel or store.
    pub async fn product(&self, who: &Who, handle: &Handle) -> Result<Product> {
        let active = self.active().await?;
        let context = self.context(who, &active, self.now()).await?;
        let missing = || ServiceError::NotFound(Thing::Product);
        let found = products::by_handles(self.db(), std::slice::from_ref(handle)).await?;
        let number = found.first().filter(|product| product.active).map(|product| product.number).ok_or_else(missing)?;
        let goods = Goods::of_products(self.db(), &[number]).await?;
        let product = goods.products.get(&number).ok_or_else(missing)?;
        let sold = goods.variants_of(number).filter(|one| is_priced(&active, &context, one));
        let variants = sold.map(|one| variant(&active, &context, &goods, product, one)).collect::<Result<Vec<_>>>()?;
        let first = variants.first().ok_or_else(missing)?.sku.clone();
        let handles = [handle.to_string()];
        let bodies = translations::of(self.db(), "product", Some("body_html"), &handles).await?;
        Ok(Product {
            handle: handle.clone(),
            title: goods.title(product),
            body_html: text_of(&bodies, handle.as_str(), "body_html"),
            vendor: product.vendor.clone(),
            category: product.category.clone(),
            tags: products::tags(self.db(), number).await?,
            images: images(&goods, product),
            options: options(&goods, product),
            variants,
            promotions: notes(&active, &context, &first)?,
            related: self.related(&active, &context, number).await?,
        })
    }

    /// The next products of the same department, in the shop's order and around its end.
    async fn related(&self, active: &Active, context: &Context, number: i64) -> Result<Vec<wire::ProductCard>> {
        let catalogue = &active.catalogue;
        let Some(at) = catalogue.position(number) else { return Ok(Vec::new()) };
        let entries = &catalogue.products;
        let others = entries[at + 1..].iter().chain(&entries[..at]);
        let same = others.filter(|entry| entry.category == entries[at].category).take(RELATED_MAX);
        let numbers: Vec<i64> = same.map(|entry| entry.number).collect();
        self.cards(active, context, &numbers).await
    }
}

fn images(goods: &Goods, product: &ProductRow) -> Vec<ProductImage> {
    let title = goods.title(product);
    let alt = |alt: &str| if alt.is_empty() { title.clone() } else { Text::new(alt, alt) };
    let own = goods.images(product).map(|image| ProductImage { src: image.src.clone(), alt: alt(&image.alt) });
    let mut images: Vec<ProductImage> = own.collect();
    if images.is_empty() {
        images.push(ProductImage { src: drawn(product), alt: title });
    }
    images
}

fn options(goods: &Goods, product: &ProductRow) -> Vec<ProductOption> {
    let option = |option: &storage::products::OptionRow| ProductOption {
        name: goods.option_name(product, &option.name),
        values: option.values.iter().map(|value| goods.option_value(product, value)).collect(),
    };
    product.options.iter().map(option).collect()
}

fn variant(
    active: &Active,
    context: &Context,
    goods: &Goods,
    product: &ProductRow,
    row: &VariantRow,
) -> Result<Variant> {
    Ok(Variant {
        sku: row.sku.clone(),
        gtin: row.gtin.clone(),
        short_code: row.short_code.clone(),
        options: goods.chosen(product, row).into_iter().map(|one| one.value).collect(),
        price: shelf_price(active, context, row)?,
        grams: row.grams,
        available: goods.available(&row.sku, None),
        stock: stock(active, goods, &row.sku),
    })
}

/// Stock by place in the shop's order, stores first.
fn stock(active: &Active, goods: &Goods, sku: &Sku) -> Vec<PlaceStock> {
    let rows = goods.stock(sku);
    let (stores, others): (Vec<_>, Vec<_>) =
        active.catalogue.places.iter().map(|place| &place.wire).partition(|place| place.kind == PlaceKind::Store);
    let here = |place: &wire::Place| {
        let row = rows.iter().find(|row| row.place == place.id)?;
        Some(PlaceStock { place: place.id.clone(), available: row.available() })
    };
    stores.into_iter().chain(others).filter_map(here).collect()
}

/// The automatic promotions that could touch the product, and how they stand for one unit alone; those that apply first.
fn notes(active: &Active, context: &Context, sku: &Sku) -> Result<Vec<PromotionNote>> {
    let line = CartLine { id: LineId::new("1").expect("a digit is an id"), sku: sku.clone(), quantity: 1 };
    let cart = Cart { lines: vec![line], ..Cart::default() };
    let quote = active.book.quote(&cart, context).map_err(ServiceError::internal)?;
    let currency = quote.currency;
    let slice = active.book.slice(std::slice::from_ref(sku), &[]);
    let mut notes: Vec<PromotionNote> = Vec::new();
    for promotion in slice.part.promotions.iter().filter(|one| shop::is_on(one, context.at) && !one.name.is_empty()) {
        let missed = quote.missed.iter().find(|missed| missed.promotion == promotion.id);
        let say = |locale| missed.map(|missed| words::reason(&missed.reason, currency, locale)).unwrap_or_default();
        let applies = quote.applied.iter().any(|applied| applied.promotion == promotion.id);
        let why_not = missed.map(|_| Text::new(say(money::Locale::Zh), say(money::Locale::En)));
        notes.push(PromotionNote { applies, why_not, ..shop::note(promotion) });
    }
    notes.sort_by_key(|note| !note.applies);
    Ok(notes)
}
