//! Sheets of shelf labels.

use super::{
    cards::shelf_price,
    texts::{OptionTexts, text_of},
};
use crate::{Result, Services, Who, active::Active};
use storage::{products, variants::VariantRow};
use wire::{Label, LabelRequest, Labels, ShelfPrice};

/// Labels on a sheet.
const LABELS_MAX: usize = 200;

/// Draws what labels need; the server has the libraries.
pub trait LabelArt: Send + Sync {
    /// A QR code of a text as SVG.
    fn qr_svg(&self, text: &str) -> String;
    /// An EAN-13 barcode of a GTIN of 14 digits as SVG; none if it is no EAN-13.
    fn ean13_svg(&self, gtin: &str) -> Option<String>;
}

impl Services {
    /// Shelf labels with the prices that guests pay at the store's own kiosk, or on the web where no store is named.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`](crate::ServiceError) for an unknown store.
    pub async fn labels(&self, who: &Who, request: &LabelRequest, art: &dyn LabelArt) -> Result<Labels> {
        let active = self.active().await?;
        let channel = if request.store.is_some() { "kiosk" } else { "web" };
        let who = Who { member: None, ..who.at(Some(channel), request.store.as_ref()) };
        let context = self.context(&who, &active, self.now()).await?;
        let numbers = self.labelled(&active, request).await?;
        let rows = self.rows(&numbers).await?;
        let handles: Vec<String> = rows.products.values().map(|row| row.handle.to_string()).collect();
        let options = OptionTexts::load(&self.stale(), &handles).await?;
        let mut labels = Vec::new();
        for product in numbers.iter().filter_map(|number| rows.products.get(number)) {
            let title = text_of(&rows.titles, product.handle.as_str(), "title");
            for variant in rows.variants.get(&product.number).into_iter().flatten() {
                let Some(price) = shelf_price(&active.book, &context, variant) else { continue };
                let url = self.shelf_url(variant, request);
                labels.push(Label {
                    title: title.clone(),
                    options: variant.options.iter().map(|own| options.value(product, own)).collect(),
                    per_100g: per_100g(&price, variant.grams),
                    price,
                    gtin: variant.gtin.clone(),
                    qr_svg: art.qr_svg(&url),
                    barcode_svg: variant.gtin.as_deref().and_then(|gtin| art.ean13_svg(gtin)),
                    url,
                });
            }
        }
        labels.truncate(LABELS_MAX);
        Ok(Labels { labels })
    }

    async fn labelled(&self, active: &Active, request: &LabelRequest) -> Result<Vec<i64>> {
        let catalogue = &active.catalogue;
        if let Some(handle) = &request.handle {
            let rows = products::by_handles(&self.stale(), std::slice::from_ref(handle)).await?;
            return Ok(rows.iter().filter(|row| row.active).map(|row| row.number).collect());
        }
        let word = request.category.as_ref().map(|slug| catalogue.category_words.find(slug.as_str()));
        let all = catalogue.products.iter().filter(|entry| word.is_none_or(|word| word == Some(entry.category)));
        Ok(all.take(LABELS_MAX).map(|entry| entry.number).collect())
    }

    /// The address that a label's code opens: a GS1 Digital Link where there is a GTIN, else our short code.
    fn shelf_url(&self, variant: &VariantRow, request: &LabelRequest) -> String {
        let path = match &variant.gtin {
            Some(gtin) => format!("01/{gtin}"),
            None => format!("s/{}", variant.short_code),
        };
        let store = request.store.as_ref().map_or_else(String::new, |store| format!("?s={}", encoded(store.as_str())));
        format!("{}/{path}{store}", self.0.public_url)
    }
}

/// The price per 100 g, half a minor unit up; none if the weight is not known.
fn per_100g(price: &ShelfPrice, grams: i64) -> Option<i64> {
    if grams <= 0 {
        return None;
    }
    let exact = money::divide(i128::from(price.price) * 100, i128::from(grams), money::RoundingMode::HalfUp);
    i64::try_from(exact).ok()
}

/// A text for a query string: everything but unreserved characters as `%XX`.
fn encoded(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut url, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => url.push(char::from(byte)),
            _ => write!(url, "%{byte:02X}").expect("writing to a string never fails"),
        }
        url
    })
}
