//! Names of products and options in both languages.

use crate::Result;
use pricing::Text;
use storage::{Query, products::ProductRow, translations, translations::Texts};

/// A text of an entity; empty where there is none.
pub(crate) fn text_of(texts: &Texts, id: &str, field: &str) -> Text {
    texts.get(&(id.to_owned(), field.to_owned())).cloned().unwrap_or_default()
}

/// The texts of the options of some products.
pub(crate) struct OptionTexts {
    names: Texts,
    values: Texts,
}

impl OptionTexts {
    /// Reads them.
    pub(crate) async fn load(on: &impl Query, handles: &[String]) -> Result<Self> {
        let names = translations::of(on, "option", None, handles).await?;
        Ok(Self { names, values: translations::of(on, "option_value", None, handles).await? })
    }

    /// An option's name.
    pub(crate) fn name(&self, product: &ProductRow, own: &str) -> Text {
        with_own(text_of(&self.names, product.handle.as_str(), own), product, own)
    }

    /// A value of an option.
    pub(crate) fn value(&self, product: &ProductRow, own: &str) -> Text {
        with_own(text_of(&self.values, product.handle.as_str(), own), product, own)
    }
}

/// A translated text together with the product's own one.
fn with_own(mut text: Text, product: &ProductRow, own: &str) -> Text {
    let side = if product.locale == "en" { &mut text.en } else { &mut text.zh };
    own.clone_into(side);
    text
}
