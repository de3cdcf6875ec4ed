//! Shelf labels.

use super::{
    cards::{is_priced, shelf_price},
    goods::Goods,
};
use crate::{Result, ServiceError, Services, Thing, Who, active::Active};
use pricing::{Context, Text};
use storage::{products, products::ProductRow, variants::VariantRow};
use wire::{Label, LabelRequest, Labels};

/// Labels on one sheet.
const LABELS_MAX: usize = 200;

/// Draws what labels need; the server has the libraries.
pub trait LabelArt: Send + Sync {
    /// A QR code of a text as SVG.
    fn qr_svg(&self, text: &str) -> String;
    /// An EAN-13 barcode of a GTIN of 14 digits as SVG; none if it is no EAN-13.
    fn ean13_svg(&self, gtin: &str) -> Option<String>;
}

impl Services {
    /// A sheet of shelf labels with the prices of a store, at most 200.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for an unknown product or department; [`ServiceError::Invalid`] for an unknown store.
    pub async fn labels(&self, who: &Who, request: &LabelRequest, art: &dyn LabelArt) -> Result<Labels> {
        let active = self.active().await?;
        let mut who = who.at(None, request.store.as_ref());
        if who.store.is_some() {
            // A label hangs in the store: its price is the one that is asked there.
            "till".clone_into(&mut who.channel);
        }
        // A label shows what anybody pays, so no member is asked for.
        who.member = None;
        let context = self.context(&who, &active, self.now()).await?;
        let numbers = self.wanted(&active, request).await?;
        let goods = Goods::of_products(self.db(), &numbers).await?;
        let mut labels = Vec::new();
        for number in &numbers {
            let Some(product) = goods.products.get(number) else { continue };
            let variants = goods.variants_of(*number).filter(|one| is_priced(&active, &context, one));
            for variant in variants.take(LABELS_MAX - labels.len().min(LABELS_MAX)) {
                labels.push(self.label(&active, &context, &goods, product, variant, art)?);
            }
        }
        Ok(Labels { labels })
    }

    async fn wanted(&self, active: &Active, request: &LabelRequest) -> Result<Vec<i64>> {
        if let Some(handle) = &request.handle {
            let found = products::by_handles(self.db(), std::slice::from_ref(handle)).await?;
            let found = found.first().filter(|product| product.active);
            return Ok(vec![found.ok_or(ServiceError::NotFound(Thing::Product))?.number]);
        }
        let catalogue = &active.catalogue;
        let entries = catalogue.products.iter();
        let Some(category) = &request.category else {
            return Ok(entries.take(LABELS_MAX).map(|entry| entry.number).collect());
        };
        let word = catalogue.category_words.find(category.as_str()).ok_or(ServiceError::NotFound(Thing::Category))?;
        Ok(entries.filter(|entry| entry.category == word).take(LABELS_MAX).map(|entry| entry.number).collect())
    }

    fn label(
        &self,
        active: &Active,
        context: &Context,
        goods: &Goods,
        product: &ProductRow,
        variant: &VariantRow,
        art: &dyn LabelArt,
    ) -> Result<Label> {
        let price = shelf_price(active, context, variant)?;
        let path = match &variant.gtin {
            Some(gtin) => format!("/01/{gtin}"),
            None => format!("/s/{}", variant.short_code),
        };
        let store = context.store.as_ref().map_or_else(String::new, |store| format!("?s={store}"));
        let url = format!("{}{path}{store}", self.0.public_url);
        let options: Vec<Text> = goods.chosen(product, variant).into_iter().map(|one| one.value).collect();
        Ok(Label {
            title: goods.title(product),
            options,
            per_100g: per_100g(price.price, variant.grams),
            price,
            gtin: variant.gtin.clone(),
            qr_svg: art.qr_svg(&url),
            barcode_svg: variant.gtin.as_deref().and_then(|gtin| art.ean13_svg(gtin)),
            url,
        })
    }
}

/// The price of 100 g, rounded half up; none where the weight is unknown.
fn per_100g(price: i64, grams: i64) -> Option<i64> {
    let exact = |grams: i64| money::divide(i128::from(price) * 100, i128::from(grams), money::RoundingMode::HalfUp);
    (grams > 0).then(|| i64::try_from(exact(grams)).ok()).flatten()
}
